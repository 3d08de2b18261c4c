public import TallyLog
public import TallyModel
public import TallyProjections
import TallyTables

/// A report that adds up entries of the books.
///
/// Every sum is over integers, and the order of entries does not change it.
public protocol FinanceScan {
    /// Takes an entry in.
    ///
    /// - Parameters:
    ///   - entry: The next entry; they come in the order of the log.
    ///   - state: What is known behind its record.
    mutating func add(_ entry: BookEntry, _ state: borrowing ProgrammeState)

    /// What was found.
    ///
    /// - Parameter state: What is known behind the last record.
    /// - Returns: The tables and what was checked.
    func report(_ state: borrowing ProgrammeState) -> FinanceReport
}

extension FinanceScan {
    /// Reads a log and reports.
    ///
    /// - Parameters:
    ///   - log: The log.
    ///   - last: The last record to read; nil for the end of the log.
    ///   - progress: Called after each block with the last record read and the one to reach.
    /// - Returns: The report.
    /// - Throws: `LogError`, `CodecError` or `StateError` when the log cannot be read.
    public consuming func report(
        _ log: some RecordLog, through last: LogSequence? = nil, progress: ((UInt64, UInt64) -> Void)? = nil
    ) throws -> FinanceReport {
        var report = self
        let scan = try BooksScan.read(log, through: last, progress: progress) { entry, state in
            report.add(entry, state)
        }
        return report.report(scan.state)
    }
}

/// An account of the books.
struct AccountKey: Hashable, Comparable, Sendable {
    var business: UInt16
    var wallet: UInt16
    var purpose: Purpose

    static func < (a: AccountKey, b: AccountKey) -> Bool {
        (a.business, a.wallet, a.purpose.rawValue) < (b.business, b.wallet, b.purpose.rawValue)
    }
}

/// Checks that all entries together are the books: what a report cannot be right without.
struct BooksCheck: Sendable {
    private var postings: [AccountKey: Int64] = [:]
    private var changes: [AccountKey: Int64] = [:]

    mutating func add(_ entry: BookEntry) {
        for posting in entry.postings {
            postings[
                AccountKey(business: posting.business, wallet: posting.wallet, purpose: posting.purpose), default: 0] +=
                posting.amount
        }
        for change in entry.changes {
            changes[
                AccountKey(business: change.business, wallet: change.wallet, purpose: change.purpose), default: 0] +=
                change.amount
        }
    }

    /// Compares with the accounts of the state.
    func checks(_ state: borrowing ProgrammeState) -> [ReportCheck] {
        var books: [AccountKey: Int64] = [:]
        for row in 0..<state.accounts.count {
            let account = state.accounts[row]
            guard let purpose = Purpose(rawValue: UInt8(truncatingIfNeeded: account.purpose)) else { continue }
            books[AccountKey(business: account.business, wallet: account.wallet, purpose: purpose)] = account.balance
        }
        let names = ProgrammeNames(state)
        let members = books.filter { $0.key.purpose.isOfMembers }
        return [
            ReportCheck("the entries of all days are the books", fault: difference(postings, books, names)),
            ReportCheck(
                "the lots and debts of all days are what members hold", fault: difference(changes, members, names)),
        ]
    }
}

/// The first account on which two sides differ, in words; nil when there is none.
func difference(
    _ found: [AccountKey: Int64], _ expected: [AccountKey: Int64], _ names: ProgrammeNames
) -> String? {
    for key in Set(found.keys).union(expected.keys).sorted() {
        let (sum, wanted) = (found[key, default: 0], expected[key, default: 0])
        guard sum != wanted else { continue }
        return "\(names.business(key.business)), \(names.wallet(key.wallet)), \(key.purpose): \(sum), not \(wanted)"
    }
    return nil
}
