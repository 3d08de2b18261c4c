import Logging
import Synchronization
import TallyBytes
import TallyCodec
import TallyEngine
import TallyModel
import TallyServer

/// An engine that remembers numbers of one source and answers like the real one, as far as a client can tell.
final class FakeEngine: RequestTaker {
    private struct State {
        var lastNumber: UInt64 = 0
        var largestUnanswered = 0
        var held: [any Request] = []
    }

    private let state = Mutex(State())
    private let holdsBatches: Bool
    private let version: UInt16

    init(holdsBatches: Bool = false, version: UInt16 = protocolVersion) {
        (self.holdsBatches, self.version) = (holdsBatches, version)
    }

    var heldCount: Int { state.withLock { $0.held.count } }

    func welcome(server: String) -> Welcome {
        var welcome = Welcome(durability: .memory, ledgerID: (1, 2), tip: .none, server: server)
        welcome.protocolVersion = version
        return welcome
    }

    func submit(_ request: any Request) -> Submission {
        var isBatch = false
        request.withMessage { isBatch = (try? BatchView($0)) != nil }
        if holdsBatches, isBatch { state.withLock { $0.held.append(request) } } else { answer(request) }
        return .accepted
    }

    /// Answers the oldest request that is held.
    func answerOne() {
        let request = state.withLock { $0.held.isEmpty ? nil : $0.held.removeFirst() }
        if let request { answer(request) }
    }

    private func answer(_ request: any Request) {
        var writer = ByteWriter()
        request.withMessage { message in
            do {
                try answer(message, into: &writer)
            } catch {
                let text = "\(error)"
                writer.appendFrame { Refusal(.malformed, isClosing: true, text: text).encode(into: &$0) }
            }
        }
        request.answer(writer.bytes, isLast: true)
    }

    private func answer(_ message: RawSpan, into writer: inout ByteWriter) throws(CodecError) {
        switch try Message.templateID(of: message) {
        case OpenSourceLayout.templateID: opened(try OpenSource(message), into: &writer)
        case BatchLayout.templateID:
            let batch = try BatchView(message)
            try batch.checkEvents()
            results(firstNumber: batch.firstNumber, count: batch.count, into: &writer)
        case AskBalancesLayout.templateID: balances(into: &writer)
        case AskKPILayout.templateID:
            let report = KPIReport(
                sequence: .none, asOfDay: nil, windowDays: 7, values: KPIFigure.allCases.map { _ in 1 })
            writer.appendFrame { report.encode(into: &$0) }
        default: writer.appendFrame { DaemonStatus().encode(into: &$0) }
        }
    }

    private func opened(_ request: OpenSource, into writer: inout ByteWriter) {
        guard !request.name.isEmpty else {
            return writer.appendFrame { Refusal(.sourceUnknown, isClosing: false, text: "no name").encode(into: &$0) }
        }
        let last = state.withLock { $0.lastNumber }
        let answer = SourceOpened(source: SourceNumber(1), lastNumber: last, lastSequence: LogSequence(last))
        writer.appendFrame { answer.encode(into: &$0) }
    }

    private func results(firstNumber: UInt64, count: Int, into writer: inout ByteWriter) {
        let last = firstNumber + UInt64(count) - 1
        state.withLock { $0.lastNumber = max($0.lastNumber, last) }
        let outcomes = (firstNumber...last).map { Outcome(status: .recorded, sequence: $0) }
        let answer = BatchResults(
            source: SourceNumber(1), firstNumber: firstNumber, tip: LogSequence(last), nextNumber: last + 1, credit: 16,
            outcomes: outcomes)
        writer.appendFrame { answer.encode(into: &$0) }
    }

    /// Three pages, the second one empty.
    private func balances(into writer: inout ByteWriter) {
        for (page, rows) in [(1, 2), (2, 0), (3, 1)] {
            let rows = (0..<rows).map {
                BalanceRow(
                    member: MemberNumber(UInt32(page * 10 + $0)), externalID: "", wallet: "points", active: 1,
                    pending: 0,
                    held: 0, debt: 0)
            }
            let answer = BalancesPage(sequence: LogSequence(9), isLast: page == 3, rows: rows)
            writer.appendFrame { answer.encode(into: &$0) }
        }
    }
}

/// Runs `body` against a server with `engine` on a socket in a directory of its own.
func withDaemon(_ engine: FakeEngine, _ body: (Server, String) async throws -> Void) async throws {
    let directory = "/tmp/tally-client-\(UInt64.random(in: 0 ... .max))"
    let server = server(engine, directory + "/s.sock")
    try await server.start()
    do {
        try await body(server, directory + "/s.sock")
    } catch {
        await server.stop()
        throw error
    }
    await server.stop()
}

/// A server that does not listen yet.
func server(_ engine: FakeEngine, _ path: String) -> Server {
    var options = ServerOptions(socketPath: path)
    options.drainSeconds = 1
    options.lingerMilliseconds = 100
    return Server(options: options, engine: engine, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
}
