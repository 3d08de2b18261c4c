internal import TallyBytes
internal import TallyCodec
internal import TallyDecisions
internal import TallyLog
internal import TallyModel
internal import TallyProjections
internal import TallyTables

/// Writes a ledger as the daemon does: each command is decided on the state, its record applied and appended.
///
/// So a replay is measured on the very bytes that a daemon leaves behind, not on an imitation of them.
struct LedgerWriter: ~Copyable {
    /// Records of a block; the most that the daemon puts into one.
    static let blockRecords = 8192

    private let log: EventLog
    private let decider: Decider
    private let draft = BlockDraft(firstSequence: 1, recordBytes: 2 << 20)
    private var state = ProgrammeState()
    private var end = LogPosition.empty
    private var command = ByteWriter()

    private init(log: EventLog, key: IdentityKey) {
        self.log = log
        decider = Decider(key: key)
    }

    /// Creates a ledger with one source, which sends everything.
    static func create(directory: String) throws -> LedgerWriter {
        guard let key = IdentityKey(Array(repeating: 7, count: IdentityKey.byteCount)) else {
            preconditionFailure("A key has IdentityKey.byteCount bytes.")
        }
        let log = try EventLog.create(directory: directory, ledgerID: Benchmark.ledgerID)
        var ledger = LedgerWriter(log: log, key: key)
        try ledger.begin()
        return ledger
    }

    /// Writes the two records that the ledger writes of its own accord: itself and its source.
    private mutating func begin() throws {
        let created = envelope(source: .ledger, digest: 0)
        draft.records.append(ledgerCreated: (log.ledgerID.high, log.ledgerID.low), created)
        try take(created, offset: 0)
        let opened = envelope(source: .ledger, digest: 0)
        let offset = draft.records.count
        let name: [UInt8] = Array("till".utf8)
        unsafe draft.records.append(sourceOpened: SourceNumber(1), name: name.span.bytes, opened)
        try take(opened, offset: offset)
    }

    /// The last record written.
    var sequence: UInt64 { state.sequence }

    /// Records a command that must be accepted.
    mutating func record(_ command: Command) throws {
        self.command.removeAll()
        try command.encode(into: &self.command)
        try decide()
    }

    /// Records an encoded command that `write` appends; it must be accepted.
    mutating func record(_ write: (inout ByteWriter) -> Void) throws {
        command.removeAll()
        write(&command)
        try decide()
    }

    /// Makes durable what is left.
    mutating func flush() throws {
        guard !draft.isEmpty else { return }
        end = try log.append(draft, expecting: end)
        draft.reset(firstSequence: end.sequence + 1)
    }

    private mutating func decide() throws {
        let envelope = envelope(source: SourceNumber(1), digest: decider.digest(command: command.bytes))
        let offset = draft.records.count
        let outcome = decider.decide(
            command.bytes, envelope, state: state, history: NoHistory(), into: &draft.records)
        guard outcome.status == .recorded else { throw BenchmarkError("a command was refused: code \(outcome.code)") }
        try take(envelope, offset: offset)
    }

    private mutating func take(_ envelope: RecordEnvelope, offset: Int) throws {
        let draft = draft
        draft.noteRecord(offset: offset, source: envelope.source, number: envelope.number)
        draft.lastRecordedAt = envelope.recordedAt
        try state.apply(draft.record(at: draft.recordCount - 1), sequence: state.sequence + 1)
        if draft.recordCount == LedgerWriter.blockRecords { try flush() }
    }

    /// The next envelope of a source.
    ///
    /// Time moves on by a microsecond a record, so runs do not depend on the clock.
    private func envelope(source: SourceNumber, digest: UInt64) -> RecordEnvelope {
        let row = Int(source.rawValue)
        let last = row < state.sources.count ? state.sources[row].lastNumber : 0
        return RecordEnvelope(
            recordedAt: Benchmark.firstMoment + Int64(state.sequence), source: source.rawValue, number: last + 1,
            commandDigest: digest)
    }
}

/// Purchases look nothing up.
private struct NoHistory: RecordSource {
    func withRecord(_ sequence: UInt64, _ body: (RawSpan) -> Void) {}
    func sequence(source: UInt32, number: UInt64) -> UInt64? { nil }
}
