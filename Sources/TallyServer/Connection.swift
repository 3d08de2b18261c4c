import Logging
package import NIOCore
import TallyBytes
import TallyCodec
import TallyEngine
import TallyJSON
import TallyModel

/// One client: carries out what ``StateMachine`` says and ``FlowControl`` allows.
///
/// It lives on one event loop.
/// ```
/// bytes ─▸ StateMachine ─▸ engine ─▸ AnswerQueue ─▸ bytes
///             ▴ asked only while FlowControl allows; otherwise the bytes stay in the kernel
/// ```
package final class Connection: ChannelDuplexHandler {
    package typealias InboundIn = ByteBuffer
    package typealias OutboundIn = ByteBuffer
    package typealias OutboundOut = ByteBuffer

    let options: ServerOptions
    let engine: any RequestTaker
    let registry: ConnectionRegistry
    var logger: Logger

    var machine = StateMachine()
    var flow = FlowControl()
    var answers = AnswerQueue()
    var session = JSONSession()
    var context: ChannelHandlerContext?

    /// Bytes read and not yet looked at; at most one read's worth while the connection waits.
    var input = ByteBuffer()
    /// The place of the last line that asked for a source: answers come in any order, and only this one names the source.
    var openPlace: AnswerQueue.Place?
    /// The request that found the engine's queue full.
    var refusedByBusyEngine: FrameRequest?
    /// True while a moment is set at which that request is offered again.
    var isRetryScheduled = false
    /// True when the pipeline wanted to read while that was not allowed.
    var isReadOutstanding = false
    /// True once the client has closed its side.
    var isInputClosed = false
    /// True while what the client sends is read only to be dropped.
    var isLingering = false
    /// Moments at which the connection is closed at the latest.
    ///
    /// Each holds the channel and with it its read buffer.
    var closings: [Scheduled<Void>] = []

    init(options: ServerOptions, engine: any RequestTaker, registry: ConnectionRegistry, logger: Logger) {
        self.options = options
        self.engine = engine
        self.registry = registry
        self.logger = logger
    }

    /// Takes requests from the bytes at hand as long as that is allowed, then reads on or waits.
    func work() {
        while flow.mayTake {
            let step = machine.next(from: &input)
            if step == .needsMore { break }
            perform(step)
        }
        // The pool of receive buffers takes this one back only when nobody holds it.
        if input.readableBytes == 0 { input = ByteBuffer() }
        if isInputClosed { endInput() }
        readOn()
    }

    private func perform(_ step: StateMachine.Step) {
        switch step {
        case .needsMore: break
        case .welcome(let client): greet(client)
        case .submit(let message): submit(message)
        case .line(let text):
            let step = session.frame(forLine: text)
            flow.isOpeningSource = session.isOpening
            perform(step)
        case .refuse(let refusal): refuse(refusal)
        }
    }

    private func perform(_ step: JSONStep) {
        switch step {
        case .hello: answerAtOnce(part(ofMessage: engine.welcome(server: options.serverName).encode(into:)))
        case .submit(let message): submit(ByteBuffer(bytes: message))
        case .open(let message): submit(ByteBuffer(bytes: message), isOpen: true)
        case .answer(let lines): answerAtOnce(part(ofLines: lines, closes: false))
        case .close(let lines): answerAtOnce(part(ofLines: lines, closes: true))
        }
    }

    private func greet(_ client: String) {
        logger[metadataKey: "client"] = .string(client)
        logger.debug("client greeted")
        answerAtOnce(part(ofMessage: engine.welcome(server: options.serverName).encode(into:)))
    }

    /// Ends the conversation when the client has closed its side and everything it sent is answered.
    private func endInput() {
        if flow.mayTake { perform(machine.inputClosed()) }
        if flow.mayTake, answers.count == 0 { closeWhenWritten() }
    }
}

// MARK: - Requests

extension Connection {
    private func submit(_ message: ByteBuffer, isOpen: Bool = false) {
        guard let context else { return }
        let place = answers.takePlace()
        if isOpen { openPlace = place }
        flow.unanswered = answers.count
        offer(
            FrameRequest(
                message, place: place, channel: context.channel,
                connection: NIOLoopBound(self, eventLoop: context.eventLoop)))
    }

    private func offer(_ request: FrameRequest) {
        switch engine.submit(request) {
        case .accepted: (refusedByBusyEngine, flow.isEngineBusy) = (nil, false)
        case .stopping:
            (refusedByBusyEngine, flow.isEngineBusy) = (nil, false)
            refuse(.stopping, at: request.place)
        case .busy:
            (refusedByBusyEngine, flow.isEngineBusy) = (request, true)
            offerLater()
        }
    }

    private func offerLater() {
        guard !isRetryScheduled else { return }
        isRetryScheduled = true
        context?.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(options.busyRetryMilliseconds)) {
            self.isRetryScheduled = false
            self.offerAgain()
        }
    }

    /// Offers the request once more that found the engine's queue full, and goes on.
    func offerAgain() {
        if let request = refusedByBusyEngine { offer(request) }
        work()
    }

    /// Answers `refusal` after everything that is under way, and closes.
    func refuse(_ refusal: Refusal) {
        let place = answers.takePlace()
        refuse(refusal, at: place)
    }

    private func refuse(_ refusal: Refusal, at place: AnswerQueue.Place) {
        logger.info("client refused", metadata: ["code": "\(refusal.code)", "text": .string(refusal.text)])
        flow.isClosing = true
        machine.close()
        deliver(part(ofMessage: refusal.encode(into:), closes: true), to: place, isLast: true)
    }

    /// Takes no more requests; says so once the answers under way have left, and closes.
    func drain() {
        guard !flow.isClosing else { return }
        if let request = refusedByBusyEngine {
            (refusedByBusyEngine, flow.isEngineBusy) = (nil, false)
            refuse(.stopping, at: request.place)
        } else {
            refuse(.stopping)
        }
    }
}

extension Refusal {
    /// Says that the server stops.
    static var stopping: Refusal {
        Refusal(
            .stopping, isClosing: true, retryAfterMilliseconds: 1_000,
            text: "the daemon is stopping: connect again, ask where the source stands, and go on from there")
    }

    /// Says that there are too many connections.
    static func tooManyConnections(max: Int) -> Refusal {
        Refusal(
            .busy, isClosing: true, retryAfterMilliseconds: 1_000,
            text: "\(max) clients are connected, which is the limit: close idle connections or share one among tills")
    }
}
