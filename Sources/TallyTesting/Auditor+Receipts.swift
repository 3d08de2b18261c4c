import TallyModel

extension Auditor {
    /// A purchase gives, in every wallet, the rate in force when it occurred.
    mutating func purchase(_ receipt: Receipt, _ place: EventPlace) throws(Refused) -> Outcome {
        let member = try checkReceipt(
            store: receipt.store, member: receipt.member, number: receipt.number, at: receipt.occurredAt,
            receipt.utcOffsetMinutes, receipt.total, receipt.lines)
        let awards = member == 0 ? [] : awards(Int(receipt.total.minor), at: receipt.occurredAt, store: receipt.store)
        let moves = awards.map { give($0.points, to: $0.wallet, of: member) }
        purchases.append(
            AuditedPurchase(
                sequence: place.sequence, source: place.source, number: place.number, member: member, receipt: receipt,
                awards: awards, returned: Array(repeating: (0, 0), count: receipt.lines.count)))
        return answer(
            receipt.store, member, total: Int(receipt.total.minor), receipt.occurredAt, receipt.utcOffsetMinutes,
            receipt.lines, moves, last: awards.last { $0.points > 0 } ?? awards.last)
    }

    /// A return takes back, line by line, the line's own points in proportion to its money, so that partial returns add up to
    /// the whole; without a purchase it takes back the rate in force.
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
        var (member, back) = (named, [(wallet: String, points: Int)]())
        if let index = try findPurchase(slip.purchase, of: named) {
            let purchase = purchases[index]
            try check(named == 0 || named == purchase.member, .purchaseOfAnotherMember)
            let returned = try adding(slip.lines, to: purchase)
            purchases[index].returned = returned
            member = purchase.member
            back = purchase.awards.map { award in
                let before = shares(award.points, purchase, purchase.returned)
                return (award.wallet, shares(award.points, purchase, returned) - before)
            }
        } else {
            for (index, line) in slip.lines.enumerated() {
                try check(line.purchaseLine == 0, .purchaseLineUnknown, line: index + 1)
            }
            back = member == 0 ? [] : awards(total, at: slip.occurredAt, store: slip.store)
        }
        let moves = back.map { takeBack($0.points, from: $0.wallet, of: member) }
        return answer(
            slip.store, member, total: -total, slip.occurredAt, slip.utcOffsetMinutes, lines, moves,
            last: back.last { $0.points > 0 } ?? back.first)
    }

    /// Points that have gone back when so much money of each line has: every line's share by its own money, rounded down.
    private func shares(
        _ points: Int, _ purchase: AuditedPurchase, _ returned: [(quantity: Int, money: Int)]
    ) -> Int {
        let ofLines = linePoints(points, purchase)
        return returned.indices.reduce(0) { sum, line in
            let total = Int128(purchase.receipt.lines[line].total.minor)
            return total == 0 ? sum : sum + Int(Int128(ofLines[line]) * Int128(returned[line].money) / total)
        }
    }

    /// Points of each line: unit by unit to the line that is furthest below its exact share; of equal ones to the larger, then by
    /// SKU, then as they stand.
    private func linePoints(_ whole: Int, _ purchase: AuditedPurchase) -> [Int] {
        let lines = purchase.receipt.lines
        let total = Int128(purchase.receipt.total.minor)
        guard total > 0 else { return lines.map { _ in 0 } }
        var points = lines.map { Int(Int128(whole) * Int128($0.total.minor) / total) }
        let missing = { (line: Int) in Int128(whole) * Int128(lines[line].total.minor) % total }
        let order = lines.indices.sorted { a, b in
            if missing(a) != missing(b) { return missing(a) > missing(b) }
            if lines[a].total != lines[b].total { return lines[a].total > lines[b].total }
            if lines[a].sku != lines[b].sku { return lines[a].sku.utf8.lexicographicallyPrecedes(lines[b].sku.utf8) }
            return a < b
        }
        for line in order.prefix(whole - points.reduce(0, +)) { points[line] += 1 }
        return points
    }

    /// What every wallet with a rule in force gives for an amount, in the order of the wallets.
    private func awards(_ total: Int, at moment: Instant, store: String) -> [(wallet: String, points: Int)] {
        wallets.compactMap { wallet in
            rule(of: wallet.id, at: moment, store: store).map { (wallet.id, Auditor.points(of: total, by: $0)) }
        }
    }

    /// Points given cover what is owed first.
    private mutating func give(_ points: Int, to wallet: String, of member: Int) -> PurseMove {
        let covered = min(points, members[member - 1].purses[wallet]?.debt ?? 0)
        return move(wallet, of: member, active: points - covered, debt: -covered)
    }

    /// Points that are not there any more are owed.
    private mutating func takeBack(_ points: Int, from wallet: String, of member: Int) -> PurseMove {
        let taken = min(points, members[member - 1].purses[wallet]?.active ?? 0)
        return move(wallet, of: member, active: -taken, debt: points - taken)
    }

    private mutating func move(_ wallet: String, of member: Int, active: Int, debt: Int) -> PurseMove {
        members[member - 1].purses[wallet, default: (0, 0)].active += active
        members[member - 1].purses[wallet, default: (0, 0)].debt += debt
        return PurseMove(wallet: wallet, active: active, debt: debt)
    }

    /// Notes a receipt and says how it is answered: with the balance of the wallet that it moved last, or of a rule's wallet when it
    /// moved none.
    private mutating func answer(
        _ store: String, _ member: Int, total: Int, _ occurredAt: Instant, _ offset: Int16, _ lines: [ReceiptLine],
        _ moves: [PurseMove], last: (wallet: String, points: Int)?
    ) -> Outcome {
        let points = moves.reduce(0) { $0 + $1.active - $1.debt }
        note(store, member, total: total, occurredAt, offset, lines, points: points, moves: moves)
        let purse = last.flatMap { members[member - 1].purses[$0.wallet] } ?? (0, 0)
        return Outcome(
            status: .recorded, member: UInt32(member), points: Int64(points), balance: Int64(purse.active - purse.debt))
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
        points: Int, moves: [PurseMove]
    ) {
        let local = Int(occurredAt.microseconds) + Int(offset) * 60_000_000
        let day = (local - (local % 86_400_000_000 + 86_400_000_000) % 86_400_000_000) / 86_400_000_000
        receipts.append(
            AuditedReceipt(
                sequence: tip, member: member, store: store, total: total, day: day, lines: lines.count,
                quantity: lines.reduce(0) { $0 + ($1.total.minor > 0 ? Int($1.quantity.thousandths) : 0) },
                points: points, moves: moves))
    }
}
