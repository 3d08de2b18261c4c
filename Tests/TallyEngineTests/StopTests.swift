import Synchronization
import TallyBytes
import TallyCodec
import TallyEngine
import TallyModel
import TallyTesting
import Testing

@Suite("Queue and stop")
struct StopTests {
    @Test func `a full queue is busy, and every request that was accepted is answered`() throws {
        let fixture = try EngineFixture { $0.queueRequestsMax = 16 }
        try fixture.openTill()
        // The engine reads the first request on its own thread and stays there until it is let go.
        let gate = GatedRequest(EngineFixture.batch([EngineFixture.registration(0)], firstNumber: 1))
        #expect(fixture.engine?.submit(gate) == .accepted)
        gate.waitUntilRead()
        var accepted: [PendingRequest] = []
        var isBusy = false
        for _ in 0..<100 {
            let request = PendingRequest(SentMessage.question(.status(wantDigest: false)))
            switch fixture.engine?.submit(request) {
            case .accepted: accepted.append(request)
            case .busy: isBusy = true
            default: Issue.record("The engine is not stopping.")
            }
        }
        #expect(isBusy)
        #expect(accepted.count == 16)
        gate.letGo()
        for request in accepted {
            guard case .status(let status) = try request.wait() else { throw Unanswered() }
            #expect(status.members == 1)
        }
        #expect(try fixture.outcomes([EngineFixture.registration(1)], firstNumber: 2)[0].status == .recorded)
    }

    @Test func `a stop answers everything that was accepted, durable, and takes nothing more`() throws {
        let fixture = try EngineFixture()
        try fixture.openTill()
        let engine = try #require(fixture.engine)
        let requests = (1...200).map { number in
            fixture.send(EngineFixture.batch([EngineFixture.registration(number)], firstNumber: UInt64(number)))
        }
        let questions = (0..<20).map { _ in fixture.send(SentMessage.question(.kpi(asOf: .now, windowDays: 1))) }
        engine.stop()
        for request in requests + questions { #expect(request.isAnswered) }
        for (index, request) in requests.enumerated() {
            guard case .results(let results) = try request.wait() else { throw Unanswered() }
            #expect(results.outcomes.map(\.member) == [UInt32(index + 1)])
        }
        #expect(engine.submit(PendingRequest(SentMessage.openSource("late"))) == .stopping)
        engine.stop()
        let copy = TemporaryDirectory()
        CrashCopy.take(fixture.directory.path, to: copy.path)
        let status = try EngineFixture(on: copy).status()
        #expect(status.members == 200)
        #expect(status.checkpoint == status.tip)
    }

    @Test func `a question about a place behind the end of the log is refused`() throws {
        let fixture = try EngineFixture()
        let asOf = AsOf(sequence: LogSequence(99))
        for question in [Question.kpi(asOf: asOf, windowDays: 1), .balances(asOf: asOf, member: .anonymous)] {
            guard case .refused(let refusal) = try fixture.ask(SentMessage.question(question)) else {
                throw Unanswered()
            }
            #expect(refusal.code == .questionFailed)
        }
    }

    /// The first and the last day that the schema can name, and the longest window.
    @Test(arguments: [Int32.min + 1, Int32.max])
    func `a question about any day is answered`(days: Int32) throws {
        let fixture = try EngineFixture()
        let asOf = AsOf(day: CivilDay(days: days))
        guard case .kpi(let report) = try fixture.ask(SentMessage.question(.kpi(asOf: asOf, windowDays: .max))) else {
            throw Unanswered()
        }
        #expect(report[.receiptsAll] == 0)
    }
}

/// A request that keeps the engine waiting while it is read.
private final class GatedRequest: Request {
    private let inner: PendingRequest
    private let isRead = Atomic<Bool>(false)
    private let isOpen = Atomic<Bool>(false)

    init(_ message: [UInt8]) { inner = PendingRequest(message) }

    func withMessage(_ body: (RawSpan) -> Void) {
        isRead.store(true, ordering: .releasing)
        while !isOpen.load(ordering: .acquiring) {}
        inner.withMessage(body)
    }

    func answer(_ frames: RawSpan, isLast: Bool) { inner.answer(frames, isLast: isLast) }

    func waitUntilRead() { while !isRead.load(ordering: .acquiring) {} }
    func letGo() { isOpen.store(true, ordering: .releasing) }
}
