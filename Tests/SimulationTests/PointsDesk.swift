import TallyBytes
import TallyCodec
import TallyDecisions
import TallyModel
import TallyProjections
import TallyTables
import TallyTesting

/// A decider with the state and the records that it decides on: the ledger without threads, disk and machine clock.
final class PointsDesk {
    let decider: Decider
    private(set) var state = ProgrammeState()
    private(set) var records = KeptRecords()
    /// The machine's clock, in microseconds; records never go back behind it.
    var now: Int64 = 1

    /// A ledger with one source.
    init() {
        guard let key = IdentityKey(Array(repeating: 7, count: IdentityKey.byteCount)) else {
            preconditionFailure("A key has 32 bytes.")
        }
        decider = Decider(key: key)
        ledger { _, writer, envelope, _ in
            writer.append(ledgerCreated: (1, 2), envelope)
            return true
        }
        let name = Array("till".utf8)
        ledger { _, writer, envelope, _ in
            unsafe writer.append(sourceOpened: SourceNumber(1), name: name.span.bytes, envelope)
            return true
        }
    }

    /// Decides a command and takes its record into the state.
    @discardableResult
    func send(_ command: Command) -> Outcome {
        let bytes = SentEvent(command).bytes
        var record = ByteWriter()
        var outcome = unsafe decider.decide(
            bytes.span.bytes, envelope(source: 1), state: state, history: records, into: &record)
        apply(record)
        outcome.sequence = state.sequence
        records.places.append(state.sequence)
        return outcome
    }

    /// The number of the latest event of the till.
    var number: UInt64 { UInt64(records.places.count) }

    /// Moves the ledger's clock to the machine's: lots begin and end, then holds run out.
    @discardableResult
    func passTime() -> Outcome {
        let outcome = send(.advanceClock(Instant(microseconds: now)))
        followClock()
        return outcome
    }

    /// Writes what is due by the moment to which a command has moved the clock.
    func followClock() {
        let target = state.ledger[0].clockTarget
        while ledger({ $0.advanceLots(to: target, $2, state: $3, into: &$1) }) {}
    }

    /// Ends the holds that have run out by the machine's clock.
    func endHolds() {
        let second = UInt32(now / 1_000_000)
        while ledger({ $0.endDueHold(by: second, $2, state: $3, into: &$1) }) {}
    }

    /// Applies all records to a new state.
    func replayed() throws -> ProgrammeState {
        var copy = ProgrammeState()
        for (index, record) in records.records.enumerated() {
            unsafe try copy.apply(record.span.bytes, sequence: UInt64(index + 1))
        }
        return copy
    }

    /// Goes on with the tables alone, as a ledger does that starts from a checkpoint.
    func restart() {
        var loaded = ProgrammeState()
        for table in StateTable.allCases {
            state.withMemory(of: table) { memory in
                loaded.withMutableMemory(of: table) { copy in
                    copy.prepareToLoad(byteCount: memory.byteCount)
                    for chunk in 0..<memory.chunkCount { _ = copy.load(memory.chunk(chunk), chunk: chunk) }
                }
            }
        }
        loaded.finishLoading(sequence: state.sequence)
        state = loaded
    }

    /// Active, pending, held and owed points of a member.
    func figures(_ member: Int, wallet: UInt16 = 1) -> [Int64] {
        guard let row = state.balance(MemberNumber(UInt32(member)), WalletNumber(wallet)) else { return [0, 0, 0, 0] }
        return [row.active, row.pending, row.held, row.debt]
    }

    /// The lots of a member that are not used up, in the order of their ends.
    func lots(_ member: Int, wallet: UInt16 = 1) -> [LotRow] {
        var lots: [LotRow] = []
        state.forEachLot(of: MemberNumber(UInt32(member)), WalletNumber(wallet)) { _, lot in
            lots.append(lot)
            return true
        }
        return lots
    }

    /// Takes a record that the ledger writes of its own accord; false when it writes none.
    @discardableResult
    private func ledger(
        _ write: (Decider, inout ByteWriter, RecordEnvelope, borrowing ProgrammeState) -> Bool
    ) -> Bool {
        var record = ByteWriter()
        guard write(decider, &record, envelope(source: 0), state) else { return false }
        apply(record)
        return true
    }

    private func envelope(source: UInt32) -> RecordEnvelope {
        let isFirst = state.sequence == 0
        let last = isFirst || state.sources.count <= Int(source) ? 0 : state.sources[Int(source)].lastNumber
        return RecordEnvelope(
            recordedAt: max(now, state.recordedAt + 1), source: source, number: last + 1, commandDigest: 0)
    }

    private func apply(_ record: borrowing ByteWriter) {
        records.records.append(unsafe record.bytes.withUnsafeBytes { unsafe Array($0) })
        do throws(StateError) { try state.apply(record.bytes, sequence: state.sequence + 1) } catch {
            preconditionFailure("A record that was just decided cannot be applied: \(error)")
        }
    }
}

/// All records, in memory.
struct KeptRecords: RecordSource {
    var records: [[UInt8]] = []
    /// Where the events of source 1 stand.
    var places: [UInt64] = []

    func withRecord(_ sequence: UInt64, _ body: (RawSpan) -> Void) {
        guard sequence > 0, sequence <= UInt64(records.count) else { return }
        let record = records[Int(sequence) - 1]
        unsafe body(record.span.bytes)
    }

    func sequence(source: UInt32, number: UInt64) -> UInt64? {
        guard source == 1, number > 0, number <= UInt64(places.count) else { return nil }
        return places[Int(number) - 1]
    }
}
