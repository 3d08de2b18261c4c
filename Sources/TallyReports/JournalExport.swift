public import TallyLog
public import TallyModel
import TallyProjections

/// Which program a journal is written for.
public enum JournalFormat: String, Sendable, CaseIterable {
    /// hledger: plain text accounting in Haskell.
    case hledger
    /// Ledger, the first of them.
    case ledger
    /// Beancount.
    case beancount
}

/// The books as a journal for somebody else's program.
///
/// Each entry of the books is a transaction. Every lot has an account of its own, and behind every change of a lot stands what
/// must be left in it, so the other program finds a wrong amount at the very event. Signs are those of a company's books: points
/// that members hold are liabilities and negative, what it cost to give them is an expense and positive.
///
/// A transaction is dated by the day for which the entry counts, but never earlier than the one before it: a receipt that came in
/// late is booked on the day at hand, with its own day in a comment, so balances hold in the order of the dates too.
///
/// ```
/// 2026-11-22 (12) purchase A-1 ; member 15
///     Expenses:Issued:PTSA:B1                  17.50 PTSA
///     Liabilities:Points:PTSA:B1:L12-1        -17.50 PTSA = -17.50 PTSA
/// ```
public struct JournalExport {
    private let format: JournalFormat
    private let write: (String) -> Void
    private var names = JournalNames()
    private var date = CivilDay(days: .min)
    /// Points in each lot, by its packed name.
    private var lots: [UInt64: Int64] = [:]
    /// Accounts that have been opened, for the program that wants it.
    private var opened: Set<String> = []
    /// Lots that moved on the day at hand with the account and the decimals of each, for the program that asserts by days.
    private var moved: [String: (balance: Int64, wallet: UInt16)] = [:]

    /// Writes the journal of a log.
    ///
    /// - Parameters:
    ///   - log: The log.
    ///   - last: The last record that counts; nil for all.
    ///   - format: For which program.
    ///   - write: Takes the text, line by line without line feeds.
    /// - Returns: How many transactions were written.
    /// - Throws: `LogError`, `CodecError` or `StateError` when the log cannot be read.
    public static func write(
        _ log: some RecordLog, through last: LogSequence? = nil, format: JournalFormat,
        to write: @escaping (String) -> Void
    ) throws -> Int {
        var export = JournalExport(format: format, write: write)
        var count = 0
        let scan = try BooksScan.read(log, through: last) { entry, state in
            if export.add(entry, state) { count += 1 }
        }
        export.assertDay()
        export.finish(sequence: scan.state.sequence)
        return count
    }

    private init(format: JournalFormat, write: @escaping (String) -> Void) {
        (self.format, self.write) = (format, write)
        guard format == .beancount else { return }
        write("option \"title\" \"Tallystick\"")
        // Points are exact: nothing is close enough.
        write("option \"tolerance_multiplier\" \"0\"")
    }

    /// Writes an entry; false when it moves nothing.
    private mutating func add(_ entry: BookEntry, _ state: borrowing ProgrammeState) -> Bool {
        // The day at hand ends before anything of the next one is noted.
        if entry.day > date, !(entry.postings.isEmpty && entry.changes.isEmpty) {
            assertDay()
            date = entry.day
        }
        let lines = lines(of: entry, state)
        guard !lines.isEmpty else { return false }
        if format == .beancount {
            for line in lines where opened.insert(line.account).inserted {
                write("\(date) open \(line.account) \(names.commodity(line.wallet))")
            }
        }
        head(entry)
        for line in lines { body(line) }
        write("")
        return true
    }

    // MARK: Lines

    /// A movement of an account, and what must be left when it is that of a lot.
    private struct Line {
        var account: String
        var wallet: UInt16
        var amount: Int64
        var left: Int64?
    }

    private mutating func lines(of entry: BookEntry, _ state: borrowing ProgrammeState) -> [Line] {
        var lines: [Line] = []
        for posting in entry.postings where !posting.purpose.isOfMembers {
            names.note(posting.wallet, state)
            let account = names.account(posting.purpose, posting.wallet, posting.business)
            // In the journal a debit is positive: the other way round than here, where what members gain is.
            JournalExport.add(-posting.amount, to: account, posting.wallet, &lines)
        }
        for change in entry.changes {
            names.note(change.wallet, state)
            let account = names.account(change, of: entry.member)
            JournalExport.add(-change.amount, to: account, change.wallet, &lines)
            if let lot = change.lot { lots[lot.rawValue, default: 0] += change.amount }
        }
        lines.removeAll { $0.amount == 0 }
        assertLots(of: entry, &lines)
        return lines
    }

    /// Says what is left in each lot behind the entry.
    private mutating func assertLots(of entry: BookEntry, _ lines: inout [Line]) {
        for change in entry.changes {
            guard let lot = change.lot, let left = lots[lot.rawValue] else { continue }
            let account = names.account(change, of: entry.member)
            guard let index = lines.firstIndex(where: { $0.account == account }) else { continue }
            lines[index].left = -left
            moved[account] = (-left, change.wallet)
            if left == 0 { lots[lot.rawValue] = nil }
        }
    }

    private static func add(_ amount: Int64, to account: String, _ wallet: UInt16, _ lines: inout [Line]) {
        if let index = lines.firstIndex(where: { $0.account == account }) {
            lines[index].amount += amount
        } else {
            lines.append(Line(account: account, wallet: wallet, amount: amount))
        }
    }

    // MARK: Text

    private func head(_ entry: BookEntry) {
        let receipt = entry.receipt.isEmpty ? "" : " \(JournalNames.plain(entry.receipt))"
        let member = entry.member == 0 ? "" : ", member \(entry.member)"
        let day = entry.day == date ? "" : ", of \(entry.day)"
        switch format {
        case .hledger, .ledger:
            write(
                "\(date) (\(entry.sequence)) \(entry.kind.rawValue)\(receipt)  ; record \(entry.sequence)\(member)\(day)"
            )
        case .beancount:
            write("\(date) * \"\(entry.kind.rawValue)\(receipt)\" \"record \(entry.sequence)\(member)\(day)\"")
            write("  sequence: \(entry.sequence)")
        }
    }

    private func body(_ line: Line) {
        let amount = names.amount(line.amount, line.wallet)
        let left = format == .beancount ? nil : line.left
        let assertion = left.map { " = \(names.amount($0, line.wallet))" } ?? ""
        write("    \(line.account)  \(amount)\(assertion)")
    }

    /// Asserts the lots that moved on the day at hand, for the program that knows balances of days alone.
    private mutating func assertDay() {
        defer { moved = [:] }
        guard format == .beancount, date.days > .min else { return }
        let next = CivilDay(days: date.days + 1)
        for (account, lot) in moved.sorted(by: { $0.key < $1.key }) {
            write("\(next) balance \(account)  \(names.amount(lot.balance, lot.wallet))")
        }
    }

    private func finish(sequence: UInt64) {
        for line in names.legend { write("; \(line)") }
        write("; everything up to record \(sequence)")
    }
}
