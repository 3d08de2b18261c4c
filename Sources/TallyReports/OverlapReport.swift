import TallyModel
public import TallyProjections
import TallyTables

/// Whom the businesses of a coalition share, and how members and points cross from one to the other.
///
/// `members` has for each pair of businesses the members who have bought in both and what they spent in each; a
/// business beside itself has all its members. `cross_flow` has for each ordered pair the members whose first purchase
/// of all was in the one and who came to the other as their second business, with the days between, and the points that
/// the one issued and the other took.
///
/// A purchase counts when its total is above zero; returns and voids subtract from what was spent, not from who was
/// there. First is the earlier day, then the earlier record.
///
/// > Source: Checklist S0-04, S0-14.
public struct OverlapReport: FinanceScan {
    /// A member in a business.
    private struct Visit {
        var firstDay: CivilDay
        var firstSequence: UInt64
        var spent: Int64
        /// False as long as only returns are known.
        var hasBought: Bool

        /// The visits of two members who are one person.
        func joined(with other: Visit) -> Visit {
            let isFirst = !other.hasBought || (firstDay, firstSequence) < (other.firstDay, other.firstSequence)
            var both = hasBought && isFirst ? self : other
            both.spent = spent + other.spent
            both.hasBought = hasBought || other.hasBought
            return both
        }
    }

    private struct Crossing {
        var days: [Int32] = []
        var bought: Int64 = 0
        var points: [UInt16: Int64] = [:]
        var trail: [UInt64] = []
    }

    private let period: BooksPeriod
    private let keepsSequences: Bool
    private var visits: [UInt32: [UInt16: Visit]] = [:]
    private var points: [Pair: [UInt16: Int64]] = [:]

    private struct Pair: Hashable, Comparable {
        var first: UInt16
        var second: UInt16
        static func < (a: Pair, b: Pair) -> Bool { (a.first, a.second) < (b.first, b.second) }
    }

    /// A report before the first entry.
    ///
    /// - Parameters:
    ///   - period: The days of the receipts that count.
    ///   - keepsSequences: True to name the purchases with which members came to their second business.
    public init(period: BooksPeriod = .all, keepsSequences: Bool = false) {
        (self.period, self.keepsSequences) = (period, keepsSequences)
    }

    /// Takes an entry in.
    public mutating func add(_ entry: BookEntry, _ state: borrowing ProgrammeState) {
        guard entry.isReceipt, entry.member != 0, period.place(of: entry.day) == .inside else { return }
        for change in entry.changes where change.lot != nil && (change.cause == .redeemed || change.cause == .restored)
        {
            let pair = Pair(first: change.business, second: entry.business)
            points[pair, default: [:]][change.wallet, default: 0] -= change.amount
        }
        let business = state.stores[Int(entry.store) - 1].business
        var visit =
            visits[entry.member]?[business]
            ?? Visit(firstDay: entry.day, firstSequence: entry.sequence, spent: 0, hasBought: false)
        visit.spent += entry.total
        if entry.kind == .purchase, entry.total > 0 {
            if !visit.hasBought || (entry.day, entry.sequence) < (visit.firstDay, visit.firstSequence) {
                (visit.firstDay, visit.firstSequence) = (entry.day, entry.sequence)
            }
            visit.hasBought = true
        }
        visits[entry.member, default: [:]][business] = visit
    }

    /// The pairs in the order of the businesses.
    public func report(_ state: borrowing ProgrammeState) -> FinanceReport {
        var whole = self
        whole.joinVisits(state)
        return whole.pairs(state)
    }

    /// Members for whom another one stands are that one: a person is counted once.
    private mutating func joinVisits(_ state: borrowing ProgrammeState) {
        for member in visits.keys.sorted() {
            let person = state.standing(for: MemberNumber(member)).rawValue
            guard person != member, let came = visits.removeValue(forKey: member) else { continue }
            for (business, visit) in came {
                visits[person, default: [:]][business] =
                    visits[person]?[business].map { $0.joined(with: visit) } ?? visit
            }
        }
    }

    private func pairs(_ state: borrowing ProgrammeState) -> FinanceReport {
        let names = ProgrammeNames(state)
        let businesses = (0..<state.businesses.count).map { UInt16($0 + 1) }
        return FinanceReport(
            sequence: LogSequence(state.sequence),
            tables: [members(businesses, names), crossFlow(businesses, state, names)], checks: [])
    }

    private func members(_ businesses: [UInt16], _ names: ProgrammeNames) -> ReportTable {
        var counts: [Pair: (members: Int64, first: Int64, second: Int64)] = [:]
        for visits in visits.values {
            let bought = visits.filter(\.value.hasBought).sorted { $0.key < $1.key }
            for (place, one) in bought.enumerated() {
                for other in bought[place...] {
                    counts[Pair(first: one.key, second: other.key), default: (0, 0, 0)].members += 1
                    counts[Pair(first: one.key, second: other.key), default: (0, 0, 0)].first += one.value.spent
                    counts[Pair(first: one.key, second: other.key), default: (0, 0, 0)].second += other.value.spent
                }
            }
        }
        var table = ReportTable("members", ["first", "second", "members", "spent_in_first", "spent_in_second"])
        for one in businesses {
            for other in businesses where other >= one {
                let count = counts[Pair(first: one, second: other)] ?? (0, 0, 0)
                table.add([
                    .text(names.business(one)), .text(names.business(other)), .number(count.members),
                    .amount(count.first, scale: names.currency(one).scale),
                    .amount(count.second, scale: names.currency(other).scale),
                ])
            }
        }
        return table
    }

    private func crossFlow(
        _ businesses: [UInt16], _ state: borrowing ProgrammeState, _ names: ProgrammeNames
    ) -> ReportTable {
        var crossings: [Pair: Crossing] = [:]
        for visits in visits.values {
            let order = visits.filter(\.value.hasBought).sorted {
                ($0.value.firstDay, $0.value.firstSequence) < ($1.value.firstDay, $1.value.firstSequence)
            }
            guard order.count > 1 else { continue }
            let pair = Pair(first: order[0].key, second: order[1].key)
            crossings[pair, default: Crossing()].days.append(
                order[1].value.firstDay.days - order[0].value.firstDay.days)
            crossings[pair, default: Crossing()].bought += order[1].value.spent
            if keepsSequences { crossings[pair, default: Crossing()].trail.append(order[1].value.firstSequence) }
        }
        for (pair, sums) in points where pair.first != pair.second {
            crossings[pair, default: Crossing()].points = sums
        }
        var table = ReportTable(
            "cross_flow",
            [
                "from", "to", "members", "spent_there", "days_median", "days_sum", "wallet",
                "points_earned_here_spent_there",
            ])
        for (pair, crossing) in crossings.sorted(by: { $0.key < $1.key }) {
            let wallets = crossing.points.keys.sorted()
            for (place, wallet) in (wallets.isEmpty ? [0] : wallets).enumerated() {
                // Members are counted once, however many wallets the points were of.
                let isFirst = place == 0
                table.add(
                    [
                        .text(names.business(pair.first)), .text(names.business(pair.second)),
                        .number(isFirst ? Int64(crossing.days.count) : nil),
                        .amount(isFirst ? crossing.bought : nil, scale: names.currency(pair.second).scale),
                        .number(isFirst ? OverlapReport.median(crossing.days) : nil),
                        .number(isFirst ? crossing.days.reduce(0) { $0 + Int64($1) } : nil),
                        .text(names.wallet(wallet)),
                        .points(crossing.points[wallet], wallet, names),
                    ], sequences: isFirst ? crossing.trail.sorted() : [])
            }
        }
        return table
    }

    /// The lower middle; nil of nothing.
    private static func median(_ days: [Int32]) -> Int64? {
        days.isEmpty ? nil : Int64(days.sorted()[(days.count - 1) / 2])
    }
}
