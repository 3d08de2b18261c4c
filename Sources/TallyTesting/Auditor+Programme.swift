import TallyModel

extension Auditor {
    /// What is defined once keeps its currency, scale and business; its name may change.
    mutating func define(_ definition: BusinessDefinition) throws(Refused) {
        try check(identifiers: [definition.id], texts: [definition.name])
        try check(definition.currency.allSatisfy { ("A"..."Z").contains($0) }, .currencyMalformed)
        try check(definition.scale <= 6, .scaleTooLarge)
        if let known = businesses[definition.id] {
            try check(
                known.currency == definition.currency && known.scale == Int(definition.scale), .definitionFixed)
        }
        businesses[definition.id] = Business(currency: definition.currency, scale: Int(definition.scale))
    }

    mutating func define(_ definition: StoreDefinition) throws(Refused) {
        try check(identifiers: [definition.id, definition.business], texts: [definition.name, definition.zone])
        try check(businesses[definition.business] != nil, .businessUnknown)
        try check(stores[definition.id] ?? definition.business == definition.business, .definitionFixed)
        stores[definition.id] = definition.business
    }

    mutating func define(_ definition: WalletDefinition) throws(Refused) {
        try check(identifiers: [definition.id], texts: [definition.name])
        try check(definition.scale <= 6, .scaleTooLarge)
        if let known = wallets.first(where: { $0.id == definition.id }) {
            try check(known.scale == Int(definition.scale), .definitionFixed)
        } else {
            wallets.append(Wallet(id: definition.id, scale: Int(definition.scale), sequence: tip))
        }
    }

    mutating func define(_ definition: AccrualDefinition) throws(Refused) {
        try check(identifiers: [definition.id, definition.wallet], optional: [definition.business])
        try check(definition.business.isEmpty || businesses[definition.business] != nil, .businessUnknown)
        try check(wallets.contains { $0.id == definition.wallet }, .walletUnknown)
        try check(isPossible(definition.effectiveFrom), .timeOutOfRange)
        try check(definition.rate.numerator <= definition.rate.denominator, .rateMalformed)
        rules.append(
            Rule(
                from: Int(definition.effectiveFrom.microseconds), rate: definition.rate, rounding: definition.rounding,
                wallet: definition.wallet, business: definition.business))
    }

    func isPossible(_ instant: Instant) -> Bool { instant >= .distantPast && instant <= .distantFuture }

    /// The rule that decides a receipt: of those in force for the business the one that came into force last, and of
    /// several the one defined last.
    func rule(of wallet: String, at occurredAt: Instant, store: String) -> Rule? {
        let inForce = rules.filter { rule in
            rule.wallet == wallet && rule.from <= Int(occurredAt.microseconds)
                && (rule.business.isEmpty || rule.business == stores[store])
        }
        let latest = inForce.map(\.from).max()
        return inForce.last { $0.from == latest }
    }

    /// The rate of an amount in exact arithmetic of 128 bits.
    static func points(of amount: Int, by rule: Rule) -> Int {
        let exact = Int128(amount) * Int128(rule.rate.numerator)
        let whole = Int128(rule.rate.denominator)
        let (floor, rest) = exact.quotientAndRemainder(dividingBy: whole)
        let isUp =
            switch rule.rounding {
            case .floor: false
            case .ceiling: rest > 0
            case .halfUp: rest * 2 >= whole
            case .halfEven: rest * 2 > whole || (rest * 2 == whole && floor % 2 == 1)
            }
        return Int(floor) + (isUp ? 1 : 0)
    }

    // MARK: Members

    mutating func register(_ registration: Registration) throws(Refused) -> Outcome {
        try check(identifiers: [], optional: [registration.externalID, registration.card], texts: [registration.phone])
        let phone = try international(registration.phone)
        let hasExternal = !registration.externalID.isEmpty
        try check(!hasExternal || member(externalID: registration.externalID) == nil, .identifierTaken)
        try checkFree(phone: phone, card: registration.card, for: 0)
        try check(hasExternal || phone != nil || !registration.card.isEmpty, .identifierMissing)
        members.append(Member(externalID: registration.externalID, sequence: tip))
        own(phone: phone, card: registration.card, by: members.count)
        return Outcome(status: .recorded, member: UInt32(members.count))
    }

    mutating func link(_ link: IdentifierLink) throws(Refused) -> Outcome {
        try check(identifiers: [], optional: [link.card], texts: [link.phone, key(of: link.member)])
        let member = try find(link.member)
        try check(member != 0, .memberUnknown)
        let phone = try international(link.phone)
        try checkFree(phone: phone, card: link.card, for: member)
        try check(phone != nil || !link.card.isEmpty, .identifierMissing)
        own(phone: phone, card: link.card, by: member)
        return Outcome(status: .recorded, member: UInt32(member))
    }

    private func international(_ typed: String) throws(Refused) -> String? {
        guard !typed.isEmpty else { return nil }
        guard let phone = AuditedText.international(typed) else { throw Refused(.phoneMalformed) }
        return phone
    }

    private func checkFree(phone: String?, card: String, for member: Int) throws(Refused) {
        let owners = [phone.flatMap { phones[$0] }, cards[card]]
        try check(owners.allSatisfy { $0 ?? member == member }, .identifierTaken)
    }

    private mutating func own(phone: String?, card: String, by member: Int) {
        if let phone { phones[phone] = member }
        if !card.isEmpty { cards[card] = member }
    }

    private func member(externalID: String) -> Int? {
        members.firstIndex { $0.externalID == externalID && !externalID.isEmpty }.map { $0 + 1 }
    }

    /// The text with which a reference names its member.
    func key(of reference: MemberReference) -> String {
        switch reference {
        case .anonymous, .number: ""
        case .phone(let text), .card(let text), .external(let text): text
        }
    }

    /// The member whom a reference names; 0 for nobody.
    func find(_ reference: MemberReference) throws(Refused) -> Int {
        var found: Int?
        switch reference {
        case .anonymous: found = 0
        case .number(let number):
            found = (1...max(1, members.count)).contains(Int(number.rawValue)) ? Int(number.rawValue) : nil
        case .phone(let typed):
            guard let phone = AuditedText.international(typed) else { throw Refused(.phoneMalformed) }
            found = phones[phone]
        case .card(let card): found = cards[card]
        case .external(let id): found = member(externalID: id)
        }
        guard let found, found <= members.count else { throw Refused(.memberUnknown) }
        return found
    }
}
