import TallyBytes
import TallyCodec
import TallyDecisions
import TallyLog
import TallyModel
import TallyProjections
import TallyPromotionFiles
import TallyTables
import TallyTesting

/// A ledger without threads and disk: commands are decided, their records kept, and written to a log when a report
/// wants one.
final class BooksDesk {
    let decider: Decider
    /// Keeps promotions compiled.
    private let promotions = PromotionDesk(PromotionFileReader())
    private(set) var state = ProgrammeState()
    private(set) var history = RecordedBefore()
    private var places: [(source: UInt32, number: UInt64)] = []
    /// When the next record is recorded, in microseconds since the epoch.
    var now: Int64 = 1_000_000

    /// A ledger with one source.
    init() {
        guard let key = IdentityKey(Array(repeating: 7, count: IdentityKey.byteCount)) else {
            preconditionFailure("A key has 32 bytes.")
        }
        decider = Decider(key: key)
        record { writer, envelope in writer.append(ledgerCreated: (1, 2), envelope) }
        let name = Array("till".utf8)
        record { writer, envelope in
            unsafe writer.append(sourceOpened: SourceNumber(1), name: name.span.bytes, envelope)
        }
    }

    /// Decides a command and takes its record into the state.
    @discardableResult
    func send(_ command: Command) -> Outcome {
        let envelope = nextEnvelope(source: 1, number: state.sources[1].lastNumber + 1)
        var record = ByteWriter()
        let bytes = SentEvent(command).bytes
        var outcome = unsafe decider.decide(
            bytes.span.bytes, envelope, state: state, history: history, desk: promotions, into: &record)
        keep(record, source: 1, number: envelope.number)
        outcome.sequence = state.sequence
        return outcome
    }

    /// Lets a moment come: holds that have run out end, lots that are due begin and end.
    func advance(to moment: Instant) {
        now = max(now, moment.microseconds)
        while record({ [self] in
            decider.endDueHold(by: UInt32(clamping: now / 1_000_000), $1, state: state, into: &$0)
        }) {}
        while record({ [self] in decider.advanceLots(to: now, $1, state: state, into: &$0) }) {}
    }

    @discardableResult
    private func record(_ body: (inout ByteWriter, RecordEnvelope) -> Bool) -> Bool {
        let number = state.sequence == 0 ? 1 : state.sources[0].lastNumber + 1
        var record = ByteWriter()
        guard body(&record, nextEnvelope(source: 0, number: number)) else { return false }
        keep(record, source: 0, number: number)
        return true
    }

    private func record(_ body: (inout ByteWriter, RecordEnvelope) -> Void) {
        record { (writer: inout ByteWriter, envelope: RecordEnvelope) -> Bool in
            body(&writer, envelope)
            return true
        }
    }

    private func nextEnvelope(source: UInt32, number: UInt64) -> RecordEnvelope {
        now = max(now, state.recordedAt + 1)
        return RecordEnvelope(recordedAt: now, source: source, number: number, commandDigest: 0)
    }

    private func keep(_ record: borrowing ByteWriter, source: UInt32, number: UInt64) {
        history.records.append(unsafe record.bytes.withUnsafeBytes { unsafe Array($0) })
        places.append((source, number))
        do throws(StateError) { try state.apply(record.bytes, sequence: state.sequence + 1) } catch {
            preconditionFailure("A record that was just decided cannot be applied: \(error)")
        }
        if source == 1 { history.places[1, default: []].append(state.sequence) }
    }

    /// The log of everything so far.
    func log(recordsPerBlock: Int = 7) throws -> MemoryLog {
        let log = MemoryLog()
        while log.tip().sequence < state.sequence {
            let tip = log.tip()
            let draft = BlockDraft(firstSequence: tip.sequence + 1, recordBytes: 1 << 12)
            let end = min(history.records.count, Int(tip.sequence) + recordsPerBlock)
            for index in Int(tip.sequence)..<end {
                draft.noteRecord(
                    offset: draft.records.count, source: places[index].source, number: places[index].number)
                for byte in history.records[index] { draft.records.append(u8: byte) }
            }
            draft.lastRecordedAt = Int64(draft.nextSequence - 1)
            _ = try log.append(draft, expecting: tip)
        }
        return log
    }
}

/// All records, in memory.
struct RecordedBefore: RecordSource {
    var records: [[UInt8]] = []
    /// By source: where its events stand.
    var places: [UInt32: [UInt64]] = [:]

    func withRecord(_ sequence: UInt64, _ body: (RawSpan) -> Void) {
        guard sequence > 0, sequence <= UInt64(records.count) else { return }
        let record = records[Int(sequence) - 1]
        unsafe body(record.span.bytes)
    }

    func sequence(source: UInt32, number: UInt64) -> UInt64? {
        guard let places = places[source], number > 0, number <= UInt64(places.count) else { return nil }
        return places[Int(number) - 1]
    }
}
