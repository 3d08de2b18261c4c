import TallyModel
public import TallyProjections

/// The accounts of the books over a period: opening, movement, closing.
///
/// Identity: for each business and wallet every column adds up to zero; closing is opening and movement.
public struct TrialBalance: FinanceScan {
    private struct Line {
        var opening: Int64 = 0
        var movement: Int64 = 0
        var trail: Trail

        mutating func add(_ amount: Int64, isBefore: Bool, _ sequence: UInt64) {
            if isBefore {
                opening += amount
            } else {
                movement += amount
                trail.note(sequence)
            }
        }
    }

    private let period: BooksPeriod
    private let keepsSequences: Bool
    private var lines: [AccountKey: Line] = [:]
    private var check = BooksCheck()

    /// A trial balance before the first entry.
    ///
    /// - Parameters:
    ///   - period: The days of the movement.
    ///   - keepsSequences: True to name the records behind each movement.
    public init(period: BooksPeriod = .all, keepsSequences: Bool = false) {
        (self.period, self.keepsSequences) = (period, keepsSequences)
    }

    /// Takes an entry in.
    public mutating func add(_ entry: BookEntry, _ state: borrowing ProgrammeState) {
        check.add(entry)
        let place = period.place(of: entry.day)
        guard place != .after else { return }
        for posting in entry.postings {
            let key = AccountKey(business: posting.business, wallet: posting.wallet, purpose: posting.purpose)
            lines[key, default: Line(trail: Trail(isKept: keepsSequences))]
                .add(posting.amount, isBefore: place == .before, entry.sequence)
        }
    }

    /// The accounts in the order of businesses, wallets and purposes.
    public func report(_ state: borrowing ProgrammeState) -> FinanceReport {
        let names = ProgrammeNames(state)
        var table = ReportTable("trial_balance", ["business", "wallet", "account", "opening", "movement", "closing"])
        for (key, line) in lines.sorted(by: { $0.key < $1.key }) {
            table.add(
                [
                    .text(names.business(key.business)), .text(names.wallet(key.wallet)), .text("\(key.purpose)"),
                    .points(line.opening, key.wallet, names), .points(line.movement, key.wallet, names),
                    .points(line.opening + line.movement, key.wallet, names),
                ], sequences: line.trail.sequences)
        }
        return FinanceReport(
            sequence: LogSequence(state.sequence), tables: [table],
            checks: [zeroCheck(names), BearerLiability.check(state, names)] + check.checks(state))
    }

    private func zeroCheck(_ names: ProgrammeNames) -> ReportCheck {
        var sums: [AccountKey: (opening: Int64, movement: Int64)] = [:]
        for (key, line) in lines {
            let pair = AccountKey(business: key.business, wallet: key.wallet, purpose: .issued)
            sums[pair, default: (0, 0)].opening += line.opening
            sums[pair, default: (0, 0)].movement += line.movement
        }
        let wrong = sums.filter { $0.value.opening != 0 || $0.value.movement != 0 }.min { $0.key < $1.key }
        return ReportCheck(
            "every business and wallet adds up to zero",
            fault: wrong.map { key, sum in
                "\(names.business(key.business)), \(names.wallet(key.wallet)): \(sum.opening) and \(sum.movement)"
            })
    }
}
