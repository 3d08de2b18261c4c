import TallyBytes
import TallyCodec
import TallyDecisions
import TallyLedger
import TallyModel
import TallyProjections
import TallyPromotionFiles
import TallyTables
import TallyTesting

/// A decider with the state and the records that it decides on: the engine without threads and disk.
final class DecisionDesk {
    let decider: Decider
    /// Keeps promotions compiled, read by the reader that the daemon has.
    let promotions = PromotionDesk(PromotionFileReader())
    private(set) var state = ProgrammeState()
    private(set) var log = RecordedBefore()
    /// The time of recording, unless the record before has a later one.
    var now: Int64 = 0

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

    /// A ledger in which most commands are accepted: see ``SoundCommands``.
    static func withProgramme() -> DecisionDesk {
        let desk = DecisionDesk()
        for command in SoundCommands.programme {
            let outcome = desk.send(command)
            precondition(outcome.status == .recorded, "The programme of the tests is sound, but: \(outcome)")
        }
        return desk
    }

    /// Decides a command and takes its record into the state.
    @discardableResult
    func send(_ command: Command) -> Outcome { send(SentEvent(command)) }

    /// Decides the bytes of a command and takes its record into the state.
    @discardableResult
    func send(_ event: SentEvent) -> Outcome {
        let envelope = RecordEnvelope(
            recordedAt: max(now, state.recordedAt + 1), source: 1, number: state.sources[1].lastNumber + 1,
            commandDigest: 0)
        var record = ByteWriter()
        let bytes = event.bytes
        var outcome = unsafe decider.decide(
            bytes.span.bytes, envelope, state: state, history: log, desk: promotions, into: &record)
        apply(record)
        outcome.sequence = state.sequence
        log.places[1, default: []].append(state.sequence)
        return outcome
    }

    /// Takes a record that no command would lead to.
    func record(_ body: (inout ByteWriter, RecordEnvelope) -> Void) {
        let isFirst = state.sequence == 0
        let envelope = RecordEnvelope(
            recordedAt: isFirst ? 1 : max(now, state.recordedAt + 1), source: 0,
            number: isFirst ? 1 : state.sources[0].lastNumber + 1,
            commandDigest: 0)
        var record = ByteWriter()
        body(&record, envelope)
        apply(record)
    }

    private func apply(_ record: borrowing ByteWriter) {
        log.records.append(unsafe record.bytes.withUnsafeBytes { unsafe Array($0) })
        do throws(StateError) { try state.apply(record.bytes, sequence: state.sequence + 1) } catch {
            preconditionFailure("A record that was just decided cannot be applied: \(error)")
        }
    }

    /// Active points and debt of a member in the wallet `points`.
    func figures(_ member: UInt32) -> [Int64] {
        let figures = state.figures(MemberNumber(member), WalletNumber(1))
        return [figures.active, figures.debt]
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
