import TallyBytes
import TallyModel
public import TallyProjections
import TallyTables

/// Everything that happened to one copy of an instrument, and how it stands.
public struct CodeReport: FinanceScan {
    /// Which copy.
    public enum Copy: Sendable, Hashable {
        /// By the number of the instrument and the serial.
        case serial(instrument: UInt32, UInt32)
        /// By the printed code of a generic instrument, in capitals.
        case word(String)
    }

    private let copy: Copy
    private let keepsSequences: Bool
    private var steps: [(entry: BookEntry, step: InstrumentStep)] = []

    /// A report before the first entry.
    ///
    /// - Parameters:
    ///   - copy: Which copy.
    ///   - keepsSequences: True to name the record of each row in a column of its own.
    public init(of copy: Copy, keepsSequences: Bool = false) {
        (self.copy, self.keepsSequences) = (copy, keepsSequences)
    }

    /// Takes an entry in.
    public mutating func add(_ entry: BookEntry, _ state: borrowing ProgrammeState) {
        for step in entry.steps where concerns(step, state) { steps.append((entry, step)) }
    }

    private func concerns(_ step: InstrumentStep, _ state: borrowing ProgrammeState) -> Bool {
        guard let (instrument, serial) = place(state), step.instrument == instrument else { return false }
        // An issue or its end concerns all serials that follow the first one.
        return serial == step.serial || (serial > step.serial && serial - step.serial < step.count)
    }

    private func place(_ state: borrowing ProgrammeState) -> (instrument: UInt32, serial: UInt32)? {
        switch copy {
        case .serial(let instrument, let serial): return (instrument, serial)
        case .word(let word):
            var bytes = ByteWriter(capacity: 64)
            bytes.append(text: word)
            return state.instrument(genericCode: bytes.bytes).map { (UInt32($0 + 1), 0) }
        }
    }

    /// How the copy stands, then its steps in the order of the log; no rows for a copy that was never issued.
    public func report(_ state: borrowing ProgrammeState) -> FinanceReport {
        let names = ProgrammeNames(state)
        var code = ReportTable(
            "code",
            [
                "instrument", "kind", "business", "serial", "state", "balance", "reserved", "uses", "reservations",
                "ends_at", "member",
            ])
        var history = ReportTable(
            "steps", ["day", "sequence", "step", "amount", "lost", "store", "receipt", "member", "reference"])
        if let (number, serial) = place(state), number > 0, Int(number) <= state.instruments.count {
            let row = state.instruments[Int(number) - 1]
            let scale = row.isMoney ? names.scale(ofWallet: row.wallet) : names.currency(row.business).scale
            if let cells = figures(row, serial, scale, state, names) { code.add(cells) }
            for (entry, step) in steps {
                history.add(cells(entry, step, scale, state, names), sequences: [entry.sequence])
            }
        }
        return FinanceReport(sequence: LogSequence(state.sequence), tables: [code, history], checks: [])
    }

    private func figures(
        _ row: InstrumentRow, _ serial: UInt32, _ scale: UInt8, _ state: borrowing ProgrammeState,
        _ names: ProgrammeNames
    ) -> [ReportTable.Cell]? {
        let head: [ReportTable.Cell] = [
            .text(state.texts.string(row.id)), .text(InstrumentKind(rawValue: row.kind).map { "\($0)" } ?? ""),
            .text(names.business(row.business)), .number(serial == 0 ? nil : Int64(serial)),
        ]
        guard serial != 0 else {
            return head + [
                .text(row.codesCancelled > 0 ? "cancelled" : "active"), .amount(nil, scale: scale),
                .amount(row.amountReserved, scale: scale), .number(row.usesTaken), .number(Int64(row.usesReserved)),
                .text(CodeReport.moment(row.endsAt)), .text(""),
            ]
        }
        guard let figures = state.figures(ofCode: serial) else { return nil }
        return head + [
            .text("\(figures.state)"), .amount(row.isMoney ? figures.balance : nil, scale: scale),
            .amount(figures.reserved, scale: scale), .number(Int64(figures.uses)),
            .number(Int64(figures.reservations)), .text(CodeReport.moment(figures.endsAt)),
            .text(ProgrammeNames.member(figures.member.rawValue, state)),
        ]
    }

    private func cells(
        _ entry: BookEntry, _ step: InstrumentStep, _ scale: UInt8, _ state: borrowing ProgrammeState,
        _ names: ProgrammeNames
    ) -> [ReportTable.Cell] {
        let amount = step.count > 1 ? step.amount / Int64(step.count) : step.amount
        return [
            .day(entry.day), .number(Int64(entry.sequence)), .text(step.kind.rawValue),
            // The end of an issue is booked for all its copies at once.
            .amount(step.kind == .expire ? nil : amount, scale: scale), .amount(step.lost, scale: scale),
            .text(names.store(entry.store)), .text(entry.receipt),
            .text(ProgrammeNames.member(entry.member, state)),
            .number(step.reference == 0 ? nil : Int64(clamping: step.reference)),
        ]
    }

    /// A second since 1970 as people read it; nothing for none.
    private static func moment(_ second: UInt32) -> String {
        second == 0 ? "" : Instant(microseconds: Int64(second) * 1_000_000).description
    }
}
