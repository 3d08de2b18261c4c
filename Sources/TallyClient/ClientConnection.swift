import NIOCore
import TallyBytes
import TallyCodec
import TallyModel

/// The client's side of one connection: requests leave within the daemon's credit, answers come in their order.
///
/// It lives on one event loop.
final class ClientConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// A request that waits for credit.
    private struct Waiting {
        let frame: ByteBuffer
        let answer: PendingAnswer
        let hasLeft: @Sendable () -> Void
    }

    private var input = ByteBuffer()
    private var waiting = CircularBuffer<Waiting>()
    private var unanswered = CircularBuffer<PendingAnswer>()
    private var context: ChannelHandlerContext?
    private var end: ClientError?
    /// Requests that may be unanswered at once: one until the welcome says more.
    private var credit = 1

    /// Sends a request as soon as there is credit.
    ///
    /// - Parameters:
    ///   - frame: The message with its length.
    ///   - answer: What is done with the answer.
    ///   - hasLeft: Called when the frame is on its way or the answer has failed.
    func send(_ frame: ByteBuffer, answer: PendingAnswer, hasLeft: @escaping @Sendable () -> Void) {
        if let end {
            answer.fail(end)
            return hasLeft()
        }
        waiting.append(Waiting(frame: frame, answer: answer, hasLeft: hasLeft))
        sendWaiting()
    }

    /// Sends bytes that have no answer: the preamble.
    func send(preamble: [UInt8]) {
        context?.write(wrapOutboundOut(ByteBuffer(bytes: preamble)), promise: nil)
    }

    /// Lets so many requests be unanswered at once.
    func set(credit: Int) {
        self.credit = max(1, credit)
        sendWaiting()
    }

    private func sendWaiting() {
        guard let context, !waiting.isEmpty, unanswered.count < credit else { return }
        while unanswered.count < credit, let request = waiting.popFirst() {
            unanswered.append(request.answer)
            context.write(wrapOutboundOut(request.frame), promise: nil)
            request.hasLeft()
        }
        context.flush()
    }
}

// MARK: - Answers

extension ClientConnection {
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        if input.readableBytes == 0 { input = bytes } else { input.writeBuffer(&bytes) }
        do throws(CodecError) {
            try takeMessages()
        } catch {
            finish(.protocolViolation(error))
        }
        sendWaiting()
    }

    private func takeMessages() throws(CodecError) {
        while end == nil, let message = try nextMessage() { try take(message.readableBytesSpan) }
        if input.readableBytes == 0 { input = ByteBuffer() }
    }

    private func nextMessage() throws(CodecError) -> ByteBuffer? {
        let received = input
        guard case .frame(_, let count) = try Frame.next(in: received.readableBytesSpan) else { return nil }
        input.moveReaderIndex(forwardBy: Frame.lengthBytes)
        return input.readSlice(length: count)
    }

    private func take(_ message: RawSpan) throws(CodecError) {
        if try Message.templateID(of: message) == RefusalLayout.templateID { return take(try Refusal(message)) }
        guard let answer = unanswered.first else {
            throw CodecError(.unexpectedTemplate(try Message.templateID(of: message)), at: 2)
        }
        if try answer.receive(message) { unanswered.removeFirst() }
    }

    private func take(_ refusal: Refusal) {
        if let answer = unanswered.popFirst() { answer.fail(.refused(refusal)) }
        if refusal.isClosing { finish(.refused(refusal)) }
    }

    /// Ends the connection: everything that is still asked has failed for the reason given.
    func finish(_ reason: ClientError) {
        guard end == nil else { return }
        end = reason
        for answer in unanswered { answer.fail(reason) }
        for request in waiting {
            request.answer.fail(reason)
            request.hasLeft()
        }
        unanswered.removeAll()
        waiting.removeAll()
        context?.close(promise: nil)
    }
}

// MARK: - The pipeline

extension ClientConnection {
    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelInactive(context: ChannelHandlerContext) {
        finish(.disconnected)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        finish(.disconnected)
    }
}
