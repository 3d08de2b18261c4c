import TallyModel
import TallyProjections
import TallyTables
import TallyTesting

/// A history drawn from a seed: commands of tills and hotlines, sound ones and others, on a ledger and on the model.
struct PointsHistory {
    let desk = PointsDesk()
    var model = PointsModel()
    var random: SeededRandom
    /// Purchases as they can be named.
    private var bought: [(sequence: UInt64, number: UInt64, receipt: String)] = []
    private var receiptNumber = 0
    /// The till's numbers of holds, by where they stand.
    private var holdNumbers: [UInt64: UInt64] = [:]
    /// What the last step was.
    private(set) var last = ""
    /// How often what was answered.
    private(set) var answers: [String: Int] = [:]

    init(seed: UInt64) {
        random = SeededRandom(seed: seed)
        PointsProgramme.define(desk, &model, &random)
    }

    /// Draws a command, sends it, and asks the model.
    ///
    /// - Returns: Where the two disagree; nil when they do not.
    mutating func step() -> String? {
        switch random.next(below: 100) {
        case 0..<36: return purchase()
        case 36..<46: return hold()
        case 46..<48: return release()
        case 48..<66: return takeBack()
        case 66..<69: return void()
        case 69..<75: return exchange()
        case 75..<78: return blind()
        case 78..<87: return adjust()
        case 87: return change()
        default: return time()
        }
    }

    // MARK: Commands

    private mutating func purchase() -> String? {
        let member = someone(orNobody: 5)
        let receipt = receipt(of: member)
        last = "\(receipt)"
        let outcome = desk.send(.purchase(named(receipt)))
        if outcome.status == .recorded { bought.append((outcome.sequence, desk.number, receipt.number)) }
        return compare(outcome, model.purchase(receipt, member: member, at: outcome.sequence))
    }

    private mutating func hold() -> String? {
        let member = someone(orNobody: 0) ?? 0
        let (at, offset) = moment()
        let request = HoldRequest(
            store: random.pick(["s1", "s2"]), member: .external("m\(member + 1)"), occurredAt: at,
            utcOffsetMinutes: offset, receiptTotal: Money(minor: Int64(random.next(below: 4_000))),
            redemption: redemption(random.pick(model.walletNames)),
            seconds: random.pick([1, 900, 86_400, 86_400, 86_401]))
        last = "\(request)"
        let outcome = desk.send(.placeHold(request))
        holdNumbers[outcome.sequence] = desk.number
        return compare(
            outcome,
            model.placeHold(request, member: member, recordedAt: desk.state.recordedAt, at: outcome.sequence))
    }

    private mutating func release() -> String? {
        let sequence = someHold(of: nil)
        last = "release of \(sequence)"
        let outcome = desk.send(.releaseHold(.sequence(LogSequence(sequence))))
        return compare(outcome, model.releaseHold(sequence, at: outcome.sequence))
    }

    private mutating func takeBack() -> String? {
        guard let purchase = somePurchase() else { return nil }
        let slip = slip(of: purchase)
        last = "\(slip.slip)"
        let outcome = desk.send(.return(slip.slip))
        return compare(
            outcome, model.takeBack(slip.slip, of: purchase.sequence, member: slip.member, at: outcome.sequence))
    }

    private mutating func void() -> String? {
        guard let purchase = somePurchase() else { return nil }
        let (at, offset) = moment()
        let slip = VoidSlip(
            store: random.pick(["s1", "s2"]), number: nextReceipt(), occurredAt: at, utcOffsetMinutes: offset,
            purchase: .sequence(LogSequence(purchase.sequence)))
        last = "\(slip)"
        let outcome = desk.send(.voidPurchase(slip))
        return compare(outcome, model.void(purchase.sequence, slip, at: outcome.sequence))
    }

    private mutating func exchange() -> String? {
        guard let purchase = somePurchase(), let bought = model.purchases[purchase.sequence], bought.member >= 0 else {
            return nil
        }
        var slip = slip(of: purchase).slip
        var receipt = receipt(of: bought.member)
        slip.member = receipt.member
        (slip.store, slip.occurredAt, slip.utcOffsetMinutes) = (
            receipt.store, receipt.occurredAt, receipt.utcOffsetMinutes
        )
        receipt.member = .external("m\(bought.member + 1)")
        let isBlind = random.chance(15)
        if isBlind {
            slip.purchase = .blind
            for index in slip.lines.indices { slip.lines[index].purchaseLine = 0 }
        } else if random.chance(30) {
            // Whoever brings goods back is whoever buys; a receipt's number is one of a named member's alone.
            slip.member = .anonymous
            slip.purchase = .sequence(LogSequence(purchase.sequence))
        }
        let exchange = Exchange(slip: slip, receipt: receipt)
        last = "\(exchange)"
        let outcome = desk.send(.exchange(Exchange(slip: slip, receipt: named(receipt))))
        if outcome.status == .recorded { self.bought.append((outcome.sequence, desk.number, receipt.number)) }
        return compare(
            outcome,
            model.exchange(
                exchange, of: isBlind ? nil : purchase.sequence, member: bought.member, at: outcome.sequence))
    }

    private mutating func blind() -> String? {
        let member = someone(orNobody: 5)
        let (at, offset) = moment()
        let lines = lines().map {
            ReturnLine(sku: $0.sku, category: $0.category, quantity: $0.quantity, total: $0.total)
        }
        let slip = ReturnSlip(
            store: random.pick(["s1", "s2"]), member: reference(member), number: nextReceipt(), occurredAt: at,
            utcOffsetMinutes: offset, total: Money(minor: lines.reduce(0) { $0 + $1.total.minor }), lines: lines)
        last = "\(slip)"
        let outcome = desk.send(.return(slip))
        return compare(outcome, model.takeBack(slip, of: nil, member: member, at: outcome.sequence))
    }

    private mutating func adjust() -> String? {
        let member = someone(orNobody: 0) ?? 0
        let (at, offset) = moment()
        let day = CivilDay(of: at, utcOffsetMinutes: offset).days
        let kind = random.pick(Adjustment.Kind.allCases)
        let points = Int64(random.next(below: 800))
        var adjustment = Adjustment(
            member: .external("m\(member + 1)"), wallet: random.pick(model.walletNames),
            business: random.pick(model.businessNames), kind: kind,
            points: Points(minor: random.chance(kind == .correction ? 60 : 5) ? -points : points), occurredAt: at,
            utcOffsetMinutes: offset, reason: random.chance(90) ? "because" : "")
        if random.chance(40) { adjustment.beginsOn = CivilDay(days: day - 3 + Int32(random.next(below: 20))) }
        if random.chance(40) { adjustment.endsOn = CivilDay(days: day - 1 + Int32(random.next(below: 60))) }
        last = "\(adjustment)"
        let outcome = desk.send(.adjust(adjustment))
        return compare(outcome, model.adjust(adjustment, member: member, at: outcome.sequence))
    }

    /// Other terms or another rate from now on.
    private mutating func change() -> String? {
        let wallet = Int(random.next(below: UInt64(model.walletNames.count)))
        let command: Command
        if random.chance(60) {
            model.terms[wallet] = PointsProgramme.terms(model.walletNames[wallet], &random)
            command = .setWalletTerms(model.terms[wallet])
        } else {
            let rule = PointsProgramme.rule(model.walletNames[wallet], 1 + Int(random.next(below: 3)), &random)
            model.take(rule, wallet: wallet)
            command = .defineAccrual(rule)
        }
        last = "\(command)"
        return compare(desk.send(command), PointsModel.Answer(balances: [0]))
    }

    private mutating func time() -> String? {
        let step =
            random.chance(50)
            ? Int64(random.next(below: 40_000_000_000)) : Int64(random.next(below: 20)) * PointsProgramme.day
        desk.now = max(desk.now, desk.state.recordedAt + 1) + step
        last = "the clock goes to \(desk.now)"
        if random.chance(10) { desk.restart() }
        if random.chance(80) {
            let outcome = desk.passTime()
            guard outcome.status == .recorded else { return "the clock is refused: \(outcome)" }
            model.advance(to: UInt32(desk.now / 1_000_000))
        }
        desk.endHolds()
        model.endHolds(by: UInt32(desk.now / 1_000_000))
        return compareState()
    }

    // MARK: Their parts

    private mutating func someone(orNobody percent: UInt64) -> Int? {
        random.chance(percent) ? nil : Int(random.next(below: UInt64(PointsProgramme.memberCount)))
    }

    private func reference(_ member: Int?) -> MemberReference { member.map { .external("m\($0 + 1)") } ?? .anonymous }

    private mutating func nextReceipt() -> String {
        receiptNumber += 1
        return "r\(receiptNumber)"
    }

    /// Now, or a while ago when the till was offline.
    private mutating func moment() -> (Instant, Int16) {
        let ago = random.chance(80) ? 0 : Int64(random.next(below: 15)) * PointsProgramme.day
        return (Instant(microseconds: desk.now - ago), random.pick([180, 180, 0, -600]))
    }

    private mutating func redemption(_ wallet: String) -> Redemption {
        let points = random.chance(97) ? 1 + Int64(random.next(below: random.pick([50, 500, 5_000]))) : 0
        return Redemption(wallet: wallet, points: Points(minor: points), isUpTo: random.chance(50))
    }

    private mutating func lines() -> [ReceiptLine] {
        (0..<(1 + random.next(below: 4))).map { _ in
            ReceiptLine(
                sku: random.pick(["a", "b", "c"]), category: random.pick(PointsProgramme.categories),
                quantity: Quantity(thousandths: 1_000 * Int64(1 + random.next(below: 4))),
                total: Money(minor: random.chance(8) ? 0 : Int64(random.next(below: random.pick([20, 3_000])))))
        }
    }

    private mutating func receipt(of member: Int?) -> Receipt {
        let (at, offset) = moment()
        let lines = lines()
        var receipt = Receipt(
            store: random.pick(["s1", "s2"]), member: reference(member), number: nextReceipt(), occurredAt: at,
            utcOffsetMinutes: offset, total: Money(minor: lines.reduce(0) { $0 + $1.total.minor }), lines: lines)
        guard let member else { return receipt }
        if random.chance(35) {
            let count = 1 + Int(random.next(below: 2))
            receipt.redemptions = model.walletNames.shuffled(using: &random).prefix(count).map { redemption($0) }
        }
        if random.chance(3) { receipt.redemptions += receipt.redemptions.prefix(1) }
        guard random.chance(model.holds.contains { $0.member == member } ? 60 : 3) else { return receipt }
        let hold = someHold(of: member)
        receipt.hold = .sequence(LogSequence(hold))
        if let found = model.holds.first(where: { $0.sequence == hold }), random.chance(80) {
            var redemption = redemption(model.walletNames[found.wallet])
            if random.chance(50) { redemption.points = Points(minor: found.points) }
            receipt.redemptions.removeAll { $0.wallet == redemption.wallet }
            receipt.redemptions.append(redemption)
        }
        return receipt
    }

    /// The receipt as the till sends it that names the hold by its own number, because the answer has not arrived yet.
    private mutating func named(_ receipt: Receipt) -> Receipt {
        guard case .sequence(let hold) = receipt.hold, let number = holdNumbers[hold.rawValue], random.chance(30) else {
            return receipt
        }
        var receipt = receipt
        receipt.hold = .event(source: SourceNumber(1), number: number)
        return receipt
    }

    /// A hold of a member if there is one, else some number.
    private mutating func someHold(of member: Int?) -> UInt64 {
        let own = model.holds.filter { member == nil || $0.member == member }
        if let hold = own.randomElement(using: &random), random.chance(95) { return hold.sequence }
        return random.chance(50)
            ? model.everHeld.sorted().randomElement(using: &random) ?? 1 : 1 + random.next(below: desk.state.sequence)
    }

    private mutating func somePurchase() -> (sequence: UInt64, number: UInt64, receipt: String)? {
        random.chance(70) ? bought.suffix(10).randomElement(using: &random) : bought.randomElement(using: &random)
    }

    private mutating func slip(
        of purchase: (sequence: UInt64, number: UInt64, receipt: String)
    ) -> (slip: ReturnSlip, member: Int?) {
        let bought = model.purchases[purchase.sequence]
        let (at, offset) = moment()
        let owner = bought.flatMap { $0.member < 0 ? nil : $0.member }
        var member = random.chance(50) ? owner : nil
        if random.chance(4) { member = someone(orNobody: 0) }
        var lines: [ReturnLine] = []
        for (index, line) in (bought?.lines ?? []).enumerated() where lines.isEmpty || random.chance(50) {
            let all = random.chance(30)
            let (quantity, money) = (line.quantity - line.quantityBack, line.total - line.moneyBack)
            lines.append(
                ReturnLine(
                    purchaseLine: UInt16(index + 1), sku: line.sku,
                    quantity: Quantity(
                        thousandths: all ? quantity : Int64(random.next(below: UInt64(quantity + 1)))),
                    total: Money(
                        minor: all ? money : Int64(random.next(below: UInt64(money + (random.chance(5) ? 9 : 1)))))))
        }
        if random.chance(3) { lines[0].purchaseLine = 9 }
        var reference = PurchaseReference.sequence(LogSequence(purchase.sequence))
        if random.chance(30) { reference = .event(source: SourceNumber(1), number: purchase.number) }
        if let owner, member == owner, random.chance(30) { reference = .receipt(purchase.receipt) }
        return (
            ReturnSlip(
                store: random.pick(["s1", "s2"]), member: self.reference(member), number: nextReceipt(),
                occurredAt: at, utcOffsetMinutes: offset, total: Money(minor: lines.reduce(0) { $0 + $1.total.minor }),
                purchase: reference, lines: lines), member
        )
    }

    // MARK: The comparison

    private mutating func compare(_ outcome: Outcome, _ answer: PointsModel.Answer) -> String? {
        answers[outcome.rejection.map { "\($0)" } ?? "recorded", default: 0] += 1
        guard outcome.rejection == answer.rejection else {
            return "answered \(outcome.rejection.map { "\($0)" } ?? "recorded"), expected "
                + "\(answer.rejection.map { "\($0)" } ?? "recorded")"
        }
        guard outcome.rejection != nil || outcome.points == answer.points else {
            return "answered \(outcome.points) points, expected \(answer.points)"
        }
        guard outcome.rejection != nil || answer.balances.contains(outcome.balance) else {
            return "answered a balance of \(outcome.balance), expected one of \(answer.balances)"
        }
        return compareState()
    }

    /// Compares all figures, lots and accounts.
    private func compareState() -> String? {
        for member in model.members.indices {
            for (wallet, held) in model.members[member].enumerated() {
                let figures = desk.figures(member + 1, wallet: UInt16(wallet + 1))
                let expected = [held.active, held.pending, held.held, held.debt]
                guard figures == expected else {
                    return "member \(member + 1), wallet \(wallet + 1): \(figures), expected \(expected)\n"
                        + lots(member, wallet)
                }
                guard lotsAgree(member, wallet) else {
                    return "member \(member + 1), wallet \(wallet + 1): lots\n" + lots(member, wallet)
                }
            }
        }
        return compareAccounts()
    }

    private func lotsAgree(_ member: Int, _ wallet: Int) -> Bool {
        let lots = desk.lots(member + 1, wallet: UInt16(wallet + 1))
        let expected = model.members[member][wallet].lots
        guard lots.count == expected.count else { return false }
        return lots.allSatisfy { lot in
            expected.contains {
                $0.id == lot.id && $0.issuer == lot.issuer && $0.begins == lot.beginsAt && $0.ends == lot.endsAt
                    && $0.remaining == lot.remaining && $0.isPending == (lot.isPending != 0)
            }
        }
    }

    private func lots(_ member: Int, _ wallet: Int) -> String {
        let ledger = desk.lots(member + 1, wallet: UInt16(wallet + 1)).map {
            "  ledger \($0.id) of \($0.issuer): \($0.remaining), \($0.beginsAt)..<\($0.endsAt), pending \($0.isPending)"
        }
        let model = self.model.members[member][wallet].lots.map {
            "  model  \($0.id) of \($0.issuer): \($0.remaining), \($0.begins)..<\($0.ends), pending \($0.isPending)"
        }
        return (ledger.sorted() + model.sorted()).joined(separator: "\n")
            + "\n  \(self.model.terms[wallet]), slides to \(self.model.members[member][wallet].slidesTo)"
    }

    private func compareAccounts() -> String? {
        for business in 1...UInt16(model.businessNames.count) {
            for wallet in model.walletNames.indices {
                for purpose in Purpose.allCases {
                    let balance = desk.state.account(
                        BusinessNumber(business), WalletNumber(UInt16(wallet + 1)), purpose)
                    let expected = model.accounts[model.accountIndex(business, wallet, purpose)]
                    guard balance == expected else {
                        return "\(purpose) of business \(business), wallet \(wallet + 1): \(balance), not \(expected)"
                    }
                }
            }
        }
        return nil
    }
}
