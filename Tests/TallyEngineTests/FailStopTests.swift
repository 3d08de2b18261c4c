import Glibc
import TallyCodec
import TallyEngine
import TallyModel
import TallyTesting
import Testing

/// The disk is full in the middle of the work.
///
/// The limit on the length of files stands for it: it belongs to a process, so each story is told in a process of its
/// own.
@Suite("Fail-stop")
struct FailStopTests {
    /// | till | disk |
    /// |---|---|
    /// | sends batch after batch | takes them |
    /// | | is full |
    /// | is refused, and from then on always | |
    /// | asks, and is answered with what is durable | |
    /// | | has room again; the daemon starts anew |
    /// | finds everything that was acknowledged, and goes on | |
    @Test func `after a failed write nothing is acknowledged, questions are answered, and a restart has it all`() async
    {
        await #expect(processExitsWith: .success) {
            let fixture = try EngineFixture()
            try fixture.openTill()
            let acknowledged = try FullDisk.fill(fixture)
            try FullDisk.expectOnlyQuestionsAreAnswered(fixture, members: acknowledged)
            fixture.stop()

            FullDisk.limitFiles(to: .max)
            let next = try EngineFixture(on: fixture.directory)
            let opened = try next.openTill()
            // The block whose write failed may be there: nobody was told that it is not.
            #expect(opened.lastNumber >= UInt64(acknowledged))
            #expect(try next.status().members == UInt32(opened.lastNumber))
            let outcomes = try next.outcomes([EngineFixture.registration(1)], firstNumber: 1)
            #expect(outcomes.map(\.member) == [1])
            let after = try next.outcomes([EngineFixture.registration(-1)], firstNumber: opened.lastNumber + 1)
            #expect(after.map(\.status) == [.recorded])
        }
    }

    /// Requests that wait while the disk fills up: none hangs, none is told a lie.
    @Test func `everything that waits for a failed write is answered, also questions for a digest`() async {
        await #expect(processExitsWith: .success) {
            let fixture = try EngineFixture()
            try fixture.openTill()
            FullDisk.limitFiles(to: FullDisk.logBytes(fixture))
            let size = 4_000
            let requests = (0..<8).flatMap { index in
                let commands = (0..<size).map { EngineFixture.registration(index * size + $0) }
                return [
                    fixture.send(EngineFixture.batch(commands, firstNumber: UInt64(index * size + 1))),
                    fixture.send(SentMessage.question(.status(wantDigest: true))),
                ]
            }
            for request in requests {
                if case .results = try request.wait() { Issue.record("A batch was acknowledged that is on no disk.") }
            }
            try FullDisk.expectOnlyQuestionsAreAnswered(fixture, members: 0)
        }
    }
}

/// A disk without room, by the system's limit on the length of a file.
enum FullDisk {
    /// Forbids this process to make any file longer.
    static func limitFiles(to byteCount: Int) {
        // The signal would end the process before the write can fail.
        _ = signal(SIGXFSZ, SIG_IGN)
        var limit = rlimit(rlim_cur: rlim_t(byteCount), rlim_max: rlim_t.max)
        let code = unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
        precondition(code == 0, "A process may lower its own limit.")
    }

    static func logBytes(_ fixture: EngineFixture) -> Int {
        FileBytes.size(of: fixture.directory.appending("log/data.mdb")) ?? 0
    }

    /// Registers members until the disk is full.
    ///
    /// - Returns: How many registrations were acknowledged.
    static func fill(_ fixture: EngineFixture) throws -> Int {
        limitFiles(to: logBytes(fixture) + 256 * 1_024)
        for batch in 0..<1_000 {
            let first = batch * 50 + 1
            let commands = (first..<(first + 50)).map { EngineFixture.registration($0) }
            switch try fixture.send(commands, firstNumber: UInt64(first)) {
            case .results: continue
            case .refused(let refusal):
                #expect(refusal.code == .readOnly)
                #expect(batch > 0, "The disk takes the first batch.")
                return first - 1
            case let other:
                Issue.record("\(other)")
                throw Unanswered()
            }
        }
        Issue.record("The disk was never full.")
        throw Unanswered()
    }

    static func expectOnlyQuestionsAreAnswered(_ fixture: EngineFixture, members: Int) throws {
        for message in [
            EngineFixture.batch([EngineFixture.registration(0)], firstNumber: 1), SentMessage.openSource("b"),
        ] {
            guard case .refused(let refusal) = try fixture.ask(message) else { throw Unanswered() }
            #expect(refusal.code == .readOnly)
        }
        #expect(fixture.engine?.failure?.code == .ioFailed)
        let durable = try fixture.status().tip
        #expect(durable.rawValue == UInt64(members + 2))
        let question = SentMessage.question(.balances(asOf: .now, member: .anonymous))
        guard case .balances(_, let sequence) = try fixture.ask(question) else { throw Unanswered() }
        #expect(sequence == durable)
        guard case .kpi = try fixture.ask(SentMessage.question(.kpi(asOf: .now, windowDays: 1))) else {
            throw Unanswered()
        }
    }
}
