public import TallyModel
public import TallyProjections
import TallyTables

/// Everything that happened to one member's points, as a bank tells it.
///
/// `balances` has what the member held before and after the period; `movements` every lot that an entry moved, in the
/// order of days and then of the log, with what the member holds behind it; `lots` what the member has at the end of
/// the period.
///
/// Identity: opening and the points of all movements of a wallet are its closing balance.
public struct StatementReport: FinanceScan {
    private struct Lot {
        var holding = Holding()
        var wallet: UInt16
        var origin: LotOriginFacts
    }

    private let member: UInt32
    private let period: BooksPeriod
    private var entries: [BookEntry] = []

    /// A statement before the first entry.
    ///
    /// - Parameters:
    ///   - member: Whose.
    ///   - period: The days of the movements.
    public init(of member: MemberNumber, period: BooksPeriod = .all) {
        (self.member, self.period) = (member.rawValue, period)
    }

    /// Takes an entry in.
    public mutating func add(_ entry: BookEntry, _ state: borrowing ProgrammeState) {
        guard entry.member == member, period.place(of: entry.day) != .after else { return }
        entries.append(entry)
    }

    /// The statement.
    public func report(_ state: borrowing ProgrammeState) -> FinanceReport {
        let names = ProgrammeNames(state)
        var book = Book(names: names)
        for entry in entries.sorted(by: { ($0.day, $0.sequence, $0.part) < ($1.day, $1.sequence, $1.part) }) {
            if period.place(of: entry.day) == .before { book.open(entry) } else { book.move(entry) }
        }
        return FinanceReport(
            sequence: LogSequence(state.sequence),
            tables: [book.balances(ProgrammeNames.member(member, state)), book.movements, book.lots()],
            checks: [stateCheck(book, state), book.lotCheck])
    }

    /// Without a last day the statement ends with what the state says.
    private func stateCheck(_ book: Book, _ state: borrowing ProgrammeState) -> ReportCheck {
        let name = "the closing balance is that of the ledger"
        guard period.last == nil else { return ReportCheck(name) }
        for wallet in 0..<state.wallets.count {
            let number = UInt16(wallet + 1)
            let row = state.balance(MemberNumber(member), WalletNumber(number))
            let has = Holding(
                active: row?.active ?? 0, pending: row?.pending ?? 0, held: row?.held ?? 0, debt: row?.debt ?? 0)
            let found = book.closing[number] ?? Holding()
            guard has == found else { return ReportCheck(name, fault: "wallet \(number): \(found), not \(has)") }
        }
        return ReportCheck(name)
    }

    /// The statement while it is written.
    private struct Book {
        let names: ProgrammeNames
        var opening: [UInt16: Holding] = [:]
        var closing: [UInt16: Holding] = [:]
        private var held: [UInt64: Lot] = [:]
        var movements = ReportTable(
            "movements",
            [
                "day", "sequence", "what", "store", "receipt", "reason", "wallet", "why", "lot", "account", "points",
                "begins", "ends", "active", "pending", "held", "debt",
            ])

        init(names: ProgrammeNames) { self.names = names }

        mutating func open(_ entry: BookEntry) {
            for change in entry.changes {
                opening[change.wallet, default: Holding()].add(change.purpose, change.amount)
                note(change)
            }
        }

        mutating func move(_ entry: BookEntry) {
            for change in entry.changes {
                note(change)
                let has = closing[change.wallet, default: Holding()]
                movements.add(
                    head(entry) + [
                        .text(names.wallet(change.wallet)), .text(change.cause.columnName),
                        .text(change.lot.map { "\($0)" } ?? ""), .text("\(change.purpose)"),
                        .points(change.amount, change.wallet, names),
                        .day(change.lot.map { _ in change.origin.firstDay }),
                        .day(change.lot.flatMap { _ in change.origin.lastDay }),
                    ] + figures(has, change.wallet), sequences: [entry.sequence])
            }
            // A receipt that moved no points is part of the member's story all the same.
            guard entry.changes.isEmpty else { return }
            movements.add(
                head(entry) + [.text(""), .text(""), .text(""), .text(""), .number(nil), .day(nil), .day(nil)]
                    + Array(repeating: .number(nil), count: 4), sequences: [entry.sequence])
        }

        private func head(_ entry: BookEntry) -> [ReportTable.Cell] {
            [
                .day(entry.day), .number(Int64(entry.sequence)), .text(entry.kind.rawValue),
                .text(names.store(entry.store)), .text(entry.receipt), .text(entry.reason),
            ]
        }

        private func figures(_ has: Holding, _ wallet: UInt16) -> [ReportTable.Cell] {
            [has.active, has.pending, has.held, has.debt].map { .points($0, wallet, names) }
        }

        private mutating func note(_ change: LotChange) {
            closing[change.wallet, default: Holding()].add(change.purpose, change.amount)
            guard let id = change.lot else { return }
            var lot = held[id.rawValue] ?? Lot(wallet: change.wallet, origin: change.origin)
            lot.holding.add(change.purpose, change.amount)
            lot.origin = change.origin
            held[id.rawValue] = lot.holding == Holding() ? nil : lot
        }

        func balances(_ member: String) -> ReportTable {
            var table = ReportTable("balances", ["member", "wallet", "when", "active", "pending", "held", "debt"])
            for wallet in Set(opening.keys).union(closing.keys).sorted() {
                for (when, has) in [("opening", opening[wallet]), ("closing", closing[wallet])] {
                    table.add(
                        [.text(member), .text(names.wallet(wallet)), .text(when)]
                            + figures(has ?? Holding(), wallet))
                }
            }
            return table
        }

        func lots() -> ReportTable {
            var table = ReportTable(
                "lots",
                ["wallet", "lot", "issuer", "given", "begins", "ends", "active", "pending", "held"])
            let ordered = held.sorted {
                ($0.value.wallet, $0.value.origin.endsAt &- 1, $0.key) < (
                    $1.value.wallet, $1.value.origin.endsAt &- 1, $1.key
                )
            }
            for (id, lot) in ordered {
                table.add(
                    [
                        .text(names.wallet(lot.wallet)), .text("\(LotID(id))"),
                        .text(names.business(lot.origin.business)),
                        .day(lot.origin.madeOn), .day(lot.origin.firstDay), .day(lot.origin.lastDay),
                    ]
                        + [lot.holding.active, lot.holding.pending, lot.holding.held].map {
                            .points($0, lot.wallet, names)
                        }, sequences: [LotID(id).sequence])
            }
            return table
        }

        var lotCheck: ReportCheck {
            var sums: [UInt16: Holding] = [:]
            for lot in held.values {
                sums[lot.wallet, default: Holding()].active += lot.holding.active
                sums[lot.wallet, default: Holding()].pending += lot.holding.pending
                sums[lot.wallet, default: Holding()].held += lot.holding.held
            }
            let wrong = closing.first { wallet, has in
                let sum = sums[wallet] ?? Holding()
                return (sum.active, sum.pending, sum.held) != (has.active, has.pending, has.held)
            }
            return ReportCheck(
                "the lots are the closing balance", fault: wrong.map { "wallet \($0.key): \($0.value)" })
        }
    }
}
