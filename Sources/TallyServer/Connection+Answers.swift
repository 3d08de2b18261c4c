import Logging
import NIOCore
import TallyBytes
import TallyCodec
import TallyJSON

extension Connection {
    /// Takes a part of an answer from the engine.
    ///
    /// - Parameters:
    ///   - frames: Whole frames, each with its length.
    ///   - place: Which request is answered.
    ///   - isLast: True for the part that ends the answer.
    func answered(_ frames: ByteBuffer, place: AnswerQueue.Place, isLast: Bool) {
        let closes = Connection.containsClosingRefusal(frames)
        deliver(part(ofFrames: frames, closes: closes, isForOpen: place == openPlace), to: place, isLast: isLast)
        // An answer that has left may mean room in the engine's queue.
        offerAgain()
    }

    /// Answers the request just read without the engine, in the order of all requests.
    func answerAtOnce(_ part: AnswerQueue.Part) {
        let place = answers.takePlace()
        deliver(part, to: place, isLast: true)
    }

    /// Adds a part to its answer and writes what may leave.
    func deliver(_ part: AnswerQueue.Part, to place: AnswerQueue.Place, isLast: Bool) {
        let released = answers.add(part, to: place, isLast: isLast)
        flow.unanswered = answers.count
        write(released)
        cutOffWhenUnread()
    }

    private func write(_ parts: [AnswerQueue.Part]) {
        guard let context, !parts.isEmpty, !isLingering else { return }
        for part in parts {
            context.write(wrapOutboundOut(part.bytes), promise: nil)
            if part.closes { return closeWhenWritten() }
        }
        context.flush()
    }

    /// A client that asks for much and reads nothing must not fill the memory with answers.
    private func cutOffWhenUnread() {
        guard let context, !context.channel.isWritable || answers.heldBytes > 0 else { return }
        let written = (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
        guard written + answers.heldBytes > options.answerBytesMax else { return }
        logger.warning(
            "client cut off: it does not read its answers",
            metadata: ["unreadBytes": "\(written + answers.heldBytes)", "max": "\(options.answerBytesMax)"])
        context.close(promise: nil)
    }
}

// MARK: - Parts in the client's language

extension Connection {
    /// The part of one message in the language that the client speaks.
    func part(ofMessage encode: (inout ByteWriter) -> Void, closes: Bool = false) -> AnswerQueue.Part {
        var writer = ByteWriter()
        writer.appendFrame(encode)
        var frame = ByteBufferAllocator().buffer(capacity: writer.count)
        frame.writeBytes(writer.bytes)
        return part(ofFrames: frame, closes: closes)
    }

    /// The part of whole frames in the language that the client speaks.
    private func part(ofFrames frames: ByteBuffer, closes: Bool, isForOpen: Bool = false) -> AnswerQueue.Part {
        guard machine.dialect == .lines else { return AnswerQueue.Part(frames, closes: closes) }
        var lines: [String] = []
        Connection.forEachMessage(of: frames) { lines += session.lines(forAnswer: $0, isForOpen: isForOpen) }
        flow.isOpeningSource = session.isOpening
        return part(ofLines: lines, closes: closes)
    }

    /// The part of some lines of JSON.
    func part(ofLines lines: [String], closes: Bool) -> AnswerQueue.Part {
        var bytes = ByteBufferAllocator().buffer(capacity: lines.reduce(0) { $0 + $1.utf8.count + 1 })
        for line in lines {
            bytes.writeString(line)
            bytes.writeInteger(UInt8(ascii: "\n"))
        }
        return AnswerQueue.Part(bytes, closes: closes)
    }

    private static func containsClosingRefusal(_ frames: ByteBuffer) -> Bool {
        var isClosing = false
        forEachMessage(of: frames) { message in
            guard let refusal = try? Refusal(message) else { return }
            isClosing = isClosing || refusal.isClosing
        }
        return isClosing
    }

    private static func forEachMessage(of frames: ByteBuffer, _ body: (RawSpan) -> Void) {
        let bytes = frames.readableBytesSpan
        var offset = 0
        while case .frame(let start, let count)? = try? Frame.next(in: bytes, at: offset) {
            body(bytes.extracting(start..<(start + count)))
            offset = start + count
        }
    }
}
