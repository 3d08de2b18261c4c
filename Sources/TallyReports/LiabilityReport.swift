import TallyModel
public import TallyProjections

/// What the programme owes its members and how it came to: the roll-forward of a period.
///
/// Every column is the effect on what members hold and owe, with its sign, so a row adds up as it stands:
///
/// `opening + accrued + opened + goodwill + corrected + redeemed + expired + taken_back + restored + transferred =
/// closing`
///
/// The closing balance is active, pending and held points less debts; three of these stand behind it as well. A lot
/// stays with the business, store and rule that gave it, wherever it is spent; a debt is with those where it arose, and
/// what covers it with those that gave the covering points.
/// A transfer moves nothing between businesses; `transferred` differs from zero only by store and rule, where lots of
/// several origins become one.
public struct LiabilityReport: FinanceScan {
    /// By what the rows are told apart, beside the wallet.
    public enum Grouping: String, Sendable, CaseIterable {
        /// By nothing else.
        case wallet
        /// By who stands for the points.
        case business
        /// By the store that gave them.
        case store
        /// By the accrual rule that gave them; what no rule gave is named by its kind in brackets.
        case promotion
    }

    /// A row before its group has a name.
    private struct Key: Hashable {
        var wallet: UInt16
        /// A business, a store or a rule, 0 for none.
        var group: UInt32
        /// What gave points that no rule gave.
        var kind: BookEntry.Kind?
    }

    private struct Line {
        var opening: Int64 = 0
        var byCause: [Cause: Int64] = [:]
        var byPurpose: [Purpose: Int64] = [:]
        var trail: Trail

        mutating func add(_ change: LotChange, isBefore: Bool, _ sequence: UInt64) {
            byPurpose[change.purpose, default: 0] += change.amount
            if isBefore {
                opening += change.amount
            } else {
                byCause[change.cause, default: 0] += change.amount
                trail.note(sequence)
            }
        }

        mutating func add(_ other: Line) {
            opening += other.opening
            byCause.merge(other.byCause, uniquingKeysWith: +)
            byPurpose.merge(other.byPurpose, uniquingKeysWith: +)
            trail.merge(other.trail)
        }

        var closing: Int64 { byCause.values.reduce(opening, +) }
    }

    private static let causes: [Cause] = [
        .accrued, .opened, .goodwill, .corrected, .redeemed, .expired, .takenBack, .restored,
        .transferred,
    ]
    private let period: BooksPeriod
    private let grouping: Grouping
    private let keepsSequences: Bool
    private var lines: [Key: Line] = [:]
    private var fromPostings: [AccountKey: Int64] = [:]
    private var fromChanges: [AccountKey: Int64] = [:]
    private var check = BooksCheck()

    /// A roll-forward before the first entry.
    ///
    /// - Parameters:
    ///   - period: The days of the movements.
    ///   - grouping: By what the rows are told apart.
    ///   - keepsSequences: True to name the records behind each row's movements.
    public init(period: BooksPeriod = .all, by grouping: Grouping = .wallet, keepsSequences: Bool = false) {
        (self.period, self.grouping, self.keepsSequences) = (period, grouping, keepsSequences)
    }

    /// Takes an entry in.
    public mutating func add(_ entry: BookEntry, _ state: borrowing ProgrammeState) {
        check.add(entry)
        let place = period.place(of: entry.day)
        guard place != .after else { return }
        for change in entry.changes where change.cause != .slid {
            lines[key(of: change), default: Line(trail: Trail(isKept: keepsSequences))]
                .add(change, isBefore: place == .before, entry.sequence)
            fromChanges[account(change.business, change.wallet), default: 0] += change.amount
        }
        for posting in entry.postings where posting.purpose.isOfMembers {
            fromPostings[account(posting.business, posting.wallet), default: 0] += posting.amount
        }
    }

    private func account(_ business: UInt16, _ wallet: UInt16) -> AccountKey {
        AccountKey(business: business, wallet: wallet, purpose: .active)
    }

    private func key(of change: LotChange) -> Key {
        switch grouping {
        case .wallet: Key(wallet: change.wallet, group: 0)
        case .business: Key(wallet: change.wallet, group: UInt32(change.business))
        case .store: Key(wallet: change.wallet, group: change.origin.store)
        case .promotion:
            Key(
                wallet: change.wallet, group: UInt32(change.origin.rule),
                kind: change.origin.rule == 0 ? change.origin.kind : nil)
        }
    }

    private func name(of key: Key, _ names: ProgrammeNames) -> String {
        switch grouping {
        case .wallet: ""
        case .business: names.business(UInt16(key.group))
        case .store: names.store(key.group)
        case .promotion: key.kind.map { "(\($0.rawValue))" } ?? names.rule(UInt16(key.group))
        }
    }

    /// The rows by the names of their groups: revisions of a rule with one id are one row.
    private func named(_ names: ProgrammeNames) -> [(wallet: UInt16, group: String, line: Line)] {
        var found: [Named: Line] = [:]
        for (key, line) in lines {
            found[
                Named(wallet: key.wallet, group: name(of: key, names)),
                default: Line(trail: Trail(isKept: keepsSequences))
            ]
            .add(line)
        }
        return found.map { ($0.key.wallet, $0.key.group, $0.value) }
            .sorted { ($0.wallet, $0.group) < ($1.wallet, $1.group) }
    }

    private struct Named: Hashable {
        var wallet: UInt16
        var group: String
    }

    /// The rows in the order of wallets and groups.
    public func report(_ state: borrowing ProgrammeState) -> FinanceReport {
        let names = ProgrammeNames(state)
        var table = ReportTable(
            "liability",
            ["wallet"] + (grouping == .wallet ? [] : [grouping.rawValue]) + ["opening"]
                + LiabilityReport.causes.map(\.columnName) + [
                    "closing", "of_which_pending", "of_which_held", "of_which_debt",
                ])
        for (wallet, group, line) in named(names) {
            let figures =
                [line.opening] + LiabilityReport.causes.map { line.byCause[$0, default: 0] } + [line.closing]
                + [Purpose.pending, .held, .debt].map { line.byPurpose[$0, default: 0] }
            table.add(
                [.text(names.wallet(wallet))] + (grouping == .wallet ? [] : [.text(group)])
                    + figures.map { .points($0, wallet, names) }, sequences: line.trail.sequences)
        }
        return FinanceReport(
            sequence: LogSequence(state.sequence), tables: [table],
            checks: [neutralCheck(), closingCheck(names)] + check.checks(state))
    }

    /// What holds set aside, what begins and what merged members bring leaves members with as much as before.
    private func neutralCheck() -> ReportCheck {
        let moved = lines.values.reduce(0) { sum, line in
            [Cause.held, .begun, .merged].reduce(sum) { $0 + line.byCause[$1, default: 0].magnitude }
        }
        return ReportCheck(
            "holds, beginnings and merges change no liability", fault: moved == 0 ? nil : "\(moved) points did")
    }

    private func closingCheck(_ names: ProgrammeNames) -> ReportCheck {
        ReportCheck(
            "the closing balance is that of the accounts", fault: difference(fromChanges, fromPostings, names))
    }
}

extension Cause {
    /// The name of its column.
    var columnName: String { self == .takenBack ? "taken_back" : rawValue }
}
