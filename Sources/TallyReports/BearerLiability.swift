import TallyModel
import TallyProjections
import TallyTables

/// What businesses owe to the bearers of gift cards and certificates, from opening to closing.
///
/// Every column is an effect with its sign.
struct BearerLiability: Sendable {
    private enum Column: Int, CaseIterable {
        case sold, redeemed, restored, expired, cancelled
    }

    private struct Line {
        var opening: Int64 = 0
        var movements = [Int64](repeating: 0, count: Column.allCases.count)
        var trail: Trail

        var closing: Int64 { movements.reduce(opening, +) }
    }

    private var lines: [AccountKey: Line] = [:]
    private var postings: [AccountKey: Int64] = [:]

    /// Takes a step of a copy in that stands for money.
    mutating func add(
        _ step: InstrumentStep, of account: AccountKey, isBefore: Bool, _ sequence: UInt64, keepsSequences: Bool
    ) {
        guard step.liability != 0 else { return }
        var line = lines[account] ?? Line(trail: Trail(isKept: keepsSequences))
        if isBefore {
            line.opening += step.liability
        } else {
            line.trail.note(sequence)
            for (column, amount) in BearerLiability.movements(of: step) { line.movements[column.rawValue] += amount }
        }
        lines[account] = line
    }

    /// Takes in what the same entry does to the books.
    mutating func add(_ entry: [Posting]) {
        for posting in entry where posting.purpose == .cards {
            postings[AccountKey(business: posting.business, wallet: posting.wallet, purpose: .cards), default: 0] +=
                posting.amount
        }
    }

    private static func movements(of step: InstrumentStep) -> [(Column, Int64)] {
        switch step.kind {
        case .issue, .charge: [(.sold, step.amount)]
        case .reserve: []
        case .redeem: [(.redeemed, -step.amount), (.expired, -step.lost)]
        case .release: [(.expired, -step.lost)]
        case .restore: [(.restored, step.amount), (.expired, step.lost)]
        case .cancel: [(.cancelled, -step.lost)]
        case .expire: [(.expired, -step.amount)]
        }
    }

    /// The rows in the order of businesses and wallets.
    func table(_ names: ProgrammeNames) -> ReportTable {
        var table = ReportTable(
            "bearer_liability",
            ["business", "wallet", "opening"] + Column.allCases.map { "\($0)" } + ["closing"])
        for (account, line) in lines.sorted(by: { $0.key < $1.key }) {
            table.add(
                [.text(names.business(account.business)), .text(names.wallet(account.wallet))]
                    + ([line.opening] + line.movements + [line.closing]).map { .points($0, account.wallet, names) },
                sequences: line.trail.sequences)
        }
        return table
    }

    /// The closing balances are those of the accounts.
    func check(_ names: ProgrammeNames) -> ReportCheck {
        ReportCheck(
            "what bearers are owed is the accounts of cards",
            fault: difference(lines.mapValues(\.closing), postings, names))
    }

    /// The accounts of cards are what is on the cards themselves.
    static func check(_ state: borrowing ProgrammeState, _ names: ProgrammeNames) -> ReportCheck {
        var onCards: [AccountKey: Int64] = [:]
        for row in 0..<state.instrumentIssues.count {
            let issue = state.instrumentIssues[row]
            let instrument = state.instruments[Int(issue.instrument) - 1]
            guard instrument.isMoney else { continue }
            let account = AccountKey(business: instrument.business, wallet: instrument.wallet, purpose: .cards)
            onCards[account, default: 0] += issue.outstanding
        }
        var books: [AccountKey: Int64] = [:]
        for row in 0..<state.accounts.count where state.accounts[row].purpose == UInt16(Purpose.cards.rawValue) {
            let account = state.accounts[row]
            books[AccountKey(business: account.business, wallet: account.wallet, purpose: .cards)] = account.balance
        }
        return ReportCheck(
            "the accounts of cards are what is on the cards", fault: difference(books, onCards, names))
    }
}
