import Logging
package import NIOCore
import TallyCodec

/// What the pipeline tells the connection.
extension Connection {
    package func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    package func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    package func channelActive(context: ChannelHandlerContext) {
        logger.debug("client connected")
        logPeer(of: context.channel)
        if !registry.admit(context.channel) { refuse(.tooManyConnections(max: options.connectionsMax)) }
        context.fireChannelActive()
    }

    package func channelInactive(context: ChannelHandlerContext) {
        logger.debug("client gone")
        flow.isClosing = true
        machine.close()
        answers.removeAll()
        refusedByBusyEngine = nil
        input = ByteBuffer()
        for closing in closings { closing.cancel() }
        closings = []
        registry.remove(context.channel)
        context.fireChannelInactive()
    }

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !flow.isClosing else { return }
        var bytes = unwrapInboundIn(data)
        if input.readableBytes == 0 { input = bytes } else { input.writeBuffer(&bytes) }
    }

    package func channelReadComplete(context: ChannelHandlerContext) {
        work()
        context.fireChannelReadComplete()
    }

    package func channelWritabilityChanged(context: ChannelHandlerContext) {
        flow.isWritable = context.channel.isWritable
        work()
        context.fireChannelWritabilityChanged()
    }

    package func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed:
            isInputClosed = true
            if isLingering { context.close(promise: nil) } else { work() }
        case is ChannelShouldQuiesceEvent: drain()
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    package func errorCaught(context: ChannelHandlerContext, error: any Error) {
        logger.debug("connection failed", metadata: ["error": "\(error)"])
        context.close(promise: nil)
    }

    /// Lets a read through only when its bytes can be used; otherwise they stay in the kernel and the client waits.
    package func read(context: ChannelHandlerContext) {
        if mayRead { context.read() } else { isReadOutstanding = true }
    }

    /// Makes up for a read that was held back, once it is allowed.
    func readOn() {
        guard isReadOutstanding, mayRead, let context else { return }
        isReadOutstanding = false
        context.read()
    }

    private var mayRead: Bool { isLingering || flow.mayTake }
}

// MARK: - Closing

extension Connection {
    /// Closes once everything written has left; the client may go on sending for a moment, so that it reads the last
    /// answer instead of an error for bytes that nobody took.
    func closeWhenWritten() {
        guard let context, !isLingering else { return }
        flow.isClosing = true
        machine.close()
        answers.removeAll()
        isLingering = true
        let channel = context.channel
        // A client that reads nothing keeps the last answer from leaving; it does not keep its connection for that.
        close(channel, in: .seconds(options.drainSeconds))
        context.writeAndFlush(wrapOutboundOut(ByteBuffer())).assumeIsolated().whenComplete { _ in
            self.lastByteHasLeft(channel)
        }
        readOn()
    }

    private func lastByteHasLeft(_ channel: any Channel) {
        guard !isInputClosed else { return channel.close(promise: nil) }
        channel.close(mode: .output, promise: nil)
        close(channel, in: .milliseconds(options.lingerMilliseconds))
    }

    /// Closes at a later moment; when the client has gone before, nothing is kept waiting for it.
    private func close(_ channel: any Channel, in time: TimeAmount) {
        guard channel.isActive else { return }
        closings.append(channel.eventLoop.scheduleTask(in: time) { channel.close(promise: nil) })
    }
}
