public import TallyModel
public import TallyProjections

/// What became of the points of each month: how many were given, spent, taken back and how many ended unused.
///
/// A vintage is the month in which a lot was given. Spent points that come back to their lot come back to its vintage;
/// a lot that is made for the days of grace is a vintage of the month of the return, in the column `restored`.
///
/// Every column is an effect with its sign, so a row adds up as it stands:
///
/// `given + covered_debt + redeemed + taken_back + corrected + expired + restored + transferred = left`
///
/// `transferred` is what paid the debt of another member, and what moved because lots of several months became one.
///
/// `breakage_bp` is expired points in hundredths of a per cent of those given, rounded half to even from whole numbers.
public struct BreakageReport: FinanceScan {
    private struct Key: Hashable {
        /// Months since the year 0.
        var month: Int
        var wallet: UInt16
        var business: UInt16
    }

    private struct Line {
        var given: Int64 = 0
        var covered: Int64 = 0
        var byCause: [Cause: Int64] = [:]
        var trail: Trail

        mutating func add(_ change: LotChange, _ sequence: UInt64) {
            trail.note(sequence)
            switch change.cause {
            case .accrued, .opened, .goodwill: give(change)
            case .corrected where change.amount > 0: give(change)
            case .begun, .merged: covered += change.amount
            default: byCause[change.cause, default: 0] += change.amount
            }
        }

        /// Points that are given: those that cover a debt never become a lot.
        private mutating func give(_ change: LotChange) {
            given += change.amount
            if change.lot == nil { covered -= change.amount }
        }

        func effect(_ cause: Cause) -> Int64 { byCause[cause, default: 0] }
        var left: Int64 { given + covered + byCause.values.reduce(0, +) }
    }

    private static let causes: [Cause] = [
        .redeemed, .takenBack, .corrected, .expired, .restored, .transferred,
    ]
    private let day: CivilDay?
    private let keepsSequences: Bool
    private var lines: [Key: Line] = [:]
    private var accounts: [AccountKey: Int64] = [:]

    /// A vintage table before the first entry.
    ///
    /// - Parameters:
    ///   - day: Entries of earlier days count; nil for all.
    ///   - keepsSequences: True to name the records behind each row.
    public init(before day: CivilDay? = nil, keepsSequences: Bool = false) {
        (self.day, self.keepsSequences) = (day, keepsSequences)
    }

    /// Takes an entry in.
    public mutating func add(_ entry: BookEntry, _ state: borrowing ProgrammeState) {
        if let day, entry.day >= day { return }
        for change in entry.changes where change.cause != .held && change.cause != .slid {
            // What a member owes is nobody's vintage; what covers it is one of the points that cover.
            if change.lot == nil, change.cause == .takenBack { continue }
            if change.lot == nil, [.begun, .transferred, .merged].contains(change.cause) { continue }
            let key = Key(month: change.origin.madeOn.monthNumber, wallet: change.wallet, business: change.business)
            lines[key, default: Line(trail: Trail(isKept: keepsSequences))].add(change, entry.sequence)
        }
        for posting in entry.postings where posting.purpose.isOfMembers && posting.purpose != .debt {
            accounts[AccountKey(business: posting.business, wallet: posting.wallet, purpose: .active), default: 0] +=
                posting.amount
        }
    }

    /// The vintages in the order of months, wallets and businesses.
    public func report(_ state: borrowing ProgrammeState) -> FinanceReport {
        let names = ProgrammeNames(state)
        var table = ReportTable(
            "breakage",
            ["month", "wallet", "business", "given", "covered_debt"] + BreakageReport.causes.map(\.columnName)
                + ["left", "breakage_bp"])
        let ordered = lines.sorted {
            ($0.key.month, $0.key.wallet, $0.key.business) < ($1.key.month, $1.key.wallet, $1.key.business)
        }
        var left: [AccountKey: Int64] = [:]
        for (key, line) in ordered {
            let figures = [line.given, line.covered] + BreakageReport.causes.map(line.effect) + [line.left]
            let share = exactRatio(Int128(-line.effect(.expired)), Int128(line.given), times: 10_000)
            table.add(
                [
                    .text(CivilDay.monthText(key.month)), .text(names.wallet(key.wallet)),
                    .text(names.business(key.business)),
                ]
                    + figures.map { .points($0, key.wallet, names) } + [.number(share)],
                sequences: line.trail.sequences)
            left[AccountKey(business: key.business, wallet: key.wallet, purpose: .active), default: 0] += line.left
        }
        return FinanceReport(
            sequence: LogSequence(state.sequence), tables: [table],
            checks: [ReportCheck("what is left is what members hold", fault: difference(left, accounts, names))])
    }
}
