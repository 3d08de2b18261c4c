import TallyModel

extension Auditor {
    /// A purchase gives the rate in force when it occurred; the balance that is answered is that of the rule's wallet.
    mutating func purchase(_ receipt: Receipt, _ place: EventPlace) throws(Refused) -> Outcome {
        let member = try checkReceipt(
            store: receipt.store, member: receipt.member, number: receipt.number, at: receipt.occurredAt,
            receipt.utcOffsetMinutes, receipt.total, receipt.lines)
        let rule = member == 0 ? nil : rule(at: receipt.occurredAt, store: receipt.store)
        let points = rule.map { Auditor.points(of: Int(receipt.total.minor), by: $0) } ?? 0
        let balance = move(points, member: member, wallet: rule?.wallet)
        purchases.append(
            AuditedPurchase(
                sequence: place.sequence, source: place.source, number: place.number, member: member, receipt: receipt,
                points: points, wallet: rule?.wallet,
                returned: Array(repeating: (0, 0), count: receipt.lines.count)))
        note(
            receipt.store, member, total: Int(receipt.total.minor), receipt.occurredAt, receipt.utcOffsetMinutes,
            receipt.lines, points: points, wallet: rule?.wallet)
        return Outcome(status: .recorded, member: UInt32(member), points: Int64(points), balance: Int64(balance))
    }

    /// A return takes back the purchase's own points in proportion to the money, so that partial returns add up to the
    /// whole; without a purchase it takes back the rate in force.
    ///
    /// > Source: Domain model, section 4, rule 5, and section 5.
    mutating func takeBack(_ slip: ReturnSlip) throws(Refused) -> Outcome {
        if case .receipt(let number) = slip.purchase { try check(identifiers: [], optional: [number]) }
        let lines = slip.lines.map {
            ReceiptLine(sku: $0.sku, category: $0.category, quantity: $0.quantity, total: $0.total)
        }
        let named = try checkReceipt(
            store: slip.store, member: slip.member, number: slip.number, at: slip.occurredAt, slip.utcOffsetMinutes,
            slip.total, lines)
        let total = Int(slip.total.minor)
        var (member, points, wallet) = (named, 0, String?.none)
        if let index = try findPurchase(slip.purchase, of: named) {
            let purchase = purchases[index]
            try check(named == 0 || named == purchase.member, .purchaseOfAnotherMember)
            let returned = try adding(slip.lines, to: purchase)
            let before = purchase.returned.reduce(0) { $0 + $1.money }
            purchases[index].returned = returned
            (member, wallet) = (purchase.member, purchase.wallet)
            points = share(purchase, before + total) - share(purchase, before)
        } else {
            for (index, line) in slip.lines.enumerated() {
                try check(line.purchaseLine == 0, .purchaseLineUnknown, line: index + 1)
            }
            let rule = member == 0 ? nil : rule(at: slip.occurredAt, store: slip.store)
            (points, wallet) = (rule.map { Auditor.points(of: total, by: $0) } ?? 0, rule?.wallet)
        }
        let balance = move(-points, member: member, wallet: wallet)
        note(
            slip.store, member, total: -total, slip.occurredAt, slip.utcOffsetMinutes, lines, points: -points,
            wallet: wallet)
        return Outcome(status: .recorded, member: UInt32(member), points: Int64(-points), balance: Int64(balance))
    }

    /// The part of a purchase's points that belongs to the first `money` of its total.
    private func share(_ purchase: AuditedPurchase, _ money: Int) -> Int {
        let total = Int(purchase.receipt.total.minor)
        return total == 0 ? 0 : Int(Int128(purchase.points) * Int128(money) / Int128(total))
    }

    private mutating func move(_ points: Int, member: Int, wallet: String?) -> Int {
        guard member > 0, let wallet else { return 0 }
        members[member - 1].net[wallet, default: 0] += points
        return members[member - 1].net[wallet, default: 0]
    }

    // MARK: Checks in the order of their codes

    private func checkReceipt(
        store: String, member: MemberReference, number: String, at occurredAt: Instant, _ offset: Int16, _ total: Money,
        _ lines: [ReceiptLine]
    ) throws(Refused) -> Int {
        try check(identifiers: [store, number], texts: [key(of: member)])
        for (index, line) in lines.enumerated() {
            let isSound =
                AuditedText.isIdentifier(line.sku) && (line.category.isEmpty || AuditedText.isIdentifier(line.category))
            try check(isSound, .textMalformed, line: index + 1)
        }
        try check(stores[store] != nil, .storeUnknown)
        let member = try find(member)
        try check(isPossible(occurredAt) && (-1080...1080).contains(offset), .timeOutOfRange)
        try check(!lines.isEmpty, .linesMissing)
        try check(lines.count <= 2000, .linesTooMany)
        for (index, line) in lines.enumerated() {
            try check(line.quantity.thousandths >= 0, .quantityNegative, line: index + 1)
        }
        for (index, line) in lines.enumerated() {
            try check(line.total.minor >= 0, .amountNegative, line: index + 1)
        }
        try check(total.minor >= 0, .amountNegative)
        for (index, line) in lines.enumerated() {
            let isSmall = line.quantity.thousandths <= 1_000_000_000_000 && line.total.minor <= 1_000_000_000_000
            try check(isSmall, .amountTooLarge, line: index + 1)
        }
        try check(total.minor <= 1_000_000_000_000, .amountTooLarge)
        try check(lines.reduce(0) { $0 + $1.total.minor } == total.minor, .totalMismatch)
        return member
    }

    /// The purchase that a return names; nil for a blind return.
    ///
    /// Of several with one number on the receipt the latest.
    private func findPurchase(_ reference: PurchaseReference, of member: Int) throws(Refused) -> Int? {
        var place: Int?
        switch reference {
        case .blind: return nil
        case .receipt(let number):
            place = purchases.last { $0.receipt.number == number && $0.member == member && member > 0 }?.sequence
        case .sequence(let sequence): place = Int(exactly: sequence.rawValue).flatMap { $0 <= tip - 1 ? $0 : nil }
        case .event(let source, let number):
            let events = sources.values.first { $0.number == Int(source.rawValue) }?.events ?? []
            let index = Int(exactly: number).map { $0 - 1 }
            place = index.flatMap { events.indices.contains($0) ? Int(events[$0].outcome.sequence) : nil }
        }
        guard let place else { throw Refused(.purchaseUnknown) }
        guard let index = purchases.firstIndex(where: { $0.sequence == place }) else {
            throw Refused(.purchaseExpected)
        }
        return index
    }

    private func adding(
        _ lines: [ReturnLine], to purchase: AuditedPurchase
    ) throws(Refused) -> [(quantity: Int, money: Int)] {
        for (index, line) in lines.enumerated() {
            let isThere = (1...purchase.receipt.lines.count).contains(Int(line.purchaseLine))
            try check(isThere, .purchaseLineUnknown, line: index + 1)
        }
        var returned = purchase.returned
        for (index, line) in lines.enumerated() {
            let place = Int(line.purchaseLine) - 1
            returned[place].quantity += Int(line.quantity.thousandths)
            returned[place].money += Int(line.total.minor)
            let bought = purchase.receipt.lines[place]
            let isWithin =
                returned[place].quantity <= bought.quantity.thousandths && returned[place].money <= bought.total.minor
            try check(isWithin, .returnExceedsPurchase, line: index + 1)
        }
        return returned
    }

    private mutating func note(
        _ store: String, _ member: Int, total: Int, _ occurredAt: Instant, _ offset: Int16, _ lines: [ReceiptLine],
        points: Int, wallet: String?
    ) {
        let local = Int(occurredAt.microseconds) + Int(offset) * 60_000_000
        let day = (local - (local % 86_400_000_000 + 86_400_000_000) % 86_400_000_000) / 86_400_000_000
        receipts.append(
            AuditedReceipt(
                sequence: tip, member: member, store: store, total: total, day: day, lines: lines.count,
                quantity: lines.reduce(0) { $0 + ($1.total.minor > 0 ? Int($1.quantity.thousandths) : 0) },
                points: points, wallet: wallet))
    }
}
