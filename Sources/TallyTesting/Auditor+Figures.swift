public import TallyModel

extension Auditor {
    private func receipts(_ asOf: AsOf) -> [AuditedReceipt] {
        receipts.filter { receipt in
            receipt.sequence <= asOf.sequence.map { Int($0.rawValue) } ?? tip
                && receipt.day < asOf.day.map { Int($0.days) } ?? .max
        }
    }

    /// What everybody holds: a row for each member and wallet, in the order of registration and definition.
    public func balances(_ asOf: AsOf = .now) -> [BalanceRow] {
        let last = asOf.sequence.map { Int($0.rawValue) } ?? tip
        let counted = receipts(asOf)
        var rows: [BalanceRow] = []
        for (index, member) in members.enumerated() where member.sequence <= last {
            for wallet in wallets where wallet.sequence <= last {
                let moves = counted.filter { $0.member == index + 1 }.flatMap(\.moves).filter { $0.wallet == wallet.id }
                let (active, debt) = (moves.reduce(0) { $0 + $1.active }, moves.reduce(0) { $0 + $1.debt })
                // Receipts that do not count may have made the debt that these covered, or the points that these took.
                let (has, owes) = (active - min(debt, 0), max(debt, 0))
                rows.append(
                    BalanceRow(
                        member: MemberNumber(UInt32(index + 1)), externalID: member.externalID, wallet: wallet.id,
                        active: Int64(max(has, 0)), pending: 0, held: 0, debt: Int64(owes - min(has, 0))))
            }
        }
        return rows
    }

    /// The key figures, each by its definition.
    ///
    /// > Source: Checklist S1-09 "average check", S1-10 "average number of checks per member", S1-11 "checks/items (items
    /// > per check)"; domain model, section 10.
    public func figure(_ figure: KPIFigure, _ asOf: AsOf, windowDays: Int) -> Int64? {
        let all = receipts(asOf)
        let purchases = all.filter { $0.total > 0 }
        let ofMembers = purchases.filter { $0.member > 0 }
        let start = asOf.day.map { Int($0.days) - windowDays } ?? .min
        let inWindow = ofMembers.filter { $0.day >= start }
        let active = Set(ofMembers.map(\.member)).count
        let gross = purchases.reduce(0) { $0 + $1.total }
        let items = purchases.reduce(0) { $0 + $1.quantity }
        let purchaseLines = purchases.reduce(0) { $0 + $1.lines }
        let value: Int? =
            switch figure {
            case .receiptsAll: all.count
            case .linesAll: all.reduce(0) { $0 + $1.lines }
            case .purchases: purchases.count
            case .returns: all.count { $0.total < 0 }
            case .empty: all.count { $0.total == 0 }
            case .turnoverMinor: all.reduce(0) { $0 + $1.total }
            case .grossMinor: gross
            case .stores: Set(all.map(\.store)).count
            case .membersAny: Set(all.map(\.member)).subtracting([0]).count
            case .membersActive: active
            case .memberPurchases: ofMembers.count
            case .memberGrossMinor: ofMembers.reduce(0) { $0 + $1.total }
            case .purchaseLines: purchaseLines
            case .purchaseItems: items / 1000
            case .membersInWindow: Set(inWindow.map(\.member)).count
            case .purchasesInWindow: inWindow.count
            case .cashbackTotalMinor: all.filter { $0.member > 0 }.reduce(0) { $0 + $1.points }
            case .cashbackGrossTotalMinor: ofMembers.reduce(0) { $0 + $1.points }
            case .averageReceiptMinor: Auditor.halfEven(gross, purchases.count)
            case .receiptsPerMemberX1000: Auditor.halfEven(ofMembers.count * 1000, active)
            case .linesPerReceiptX1000: Auditor.halfEven(purchaseLines * 1000, purchases.count)
            case .itemsPerReceiptX1000: Auditor.halfEven(items, purchases.count)
            case .cardShareX10000: Auditor.halfEven(ofMembers.count * 10_000, purchases.count)
            }
        return value.map { Int64($0) }
    }

    /// A ratio rounded half to even; nil without a denominator.
    static func halfEven(_ numerator: Int, _ denominator: Int) -> Int? {
        guard denominator > 0 else { return nil }
        let (quotient, rest) = numerator.quotientAndRemainder(dividingBy: denominator)
        let isUp = rest * 2 > denominator || (rest * 2 == denominator && quotient % 2 == 1)
        return quotient + (isUp ? 1 : 0)
    }
}
