package import NIOCore
import TallyBytes
package import TallyCodec
import TallyModel

extension Connection {
    /// What a client may say when.
    ///
    /// Pure: bytes in, instructions out; no socket, no clock.
    ///
    /// ```
    ///                      ┌ "{" ──────────────────────────▸ lines ─┐
    /// awaitingFirstByte ───┤                                        ├─▸ closing
    ///                      └ "TALLY1\r\n" ─▸ awaitingHello ─▸ open ─┘
    /// ```
    package struct StateMachine {
        /// What the connection has to do next.
        package enum Step: Equatable {
            /// Wait for bytes: what was there is used up.
            case needsMore
            /// Answer the greeting of the client so named.
            case welcome(client: String)
            /// Hand the message to the engine.
            case submit(ByteBuffer)
            /// Hand the line of JSON to the session.
            case line(String)
            /// Answer this, the last answer, and close.
            case refuse(Refusal)
        }

        /// The language that the client speaks, known from its first byte on.
        package enum Dialect: Equatable { case undecided, frames, lines }

        private enum State { case awaitingFirstByte, inPreamble(matched: Int), awaitingHello, open, lines, closing }

        private var state = State.awaitingFirstByte
        private var frames = FrameCollector()
        private var lines = LineCollector()

        /// The machine of a connection that has said nothing yet.
        package init() {}

        /// The language that the client speaks.
        package var dialect: Dialect = .undecided

        /// True once nothing that the client sends is looked at any more.
        package var isClosing: Bool { if case .closing = state { true } else { false } }

        /// Looks at what the client sent and takes the next instruction's bytes from it.
        package mutating func next(from input: inout ByteBuffer) -> Step {
            while input.readableBytes > 0 {
                switch state {
                case .awaitingFirstByte: chooseDialect(by: input)
                case .inPreamble(let matched):
                    if let refusal = matchPreamble(matched, in: &input) { return refuse(refusal) }
                case .awaitingHello: return greeting(from: &input)
                case .open: return frame(from: &input)
                case .lines: return line(from: &input)
                case .closing: input.clear()
                }
            }
            return .needsMore
        }

        /// The client has closed its side: a last line needs no line feed.
        package mutating func inputClosed() -> Step {
            guard case .lines = state, lines.isInsideLine else { return .needsMore }
            return step(for: lines.finish())
        }

        /// From now on nothing that the client sends is looked at.
        package mutating func close() { state = .closing }
    }
}

// MARK: - The beginning

extension Connection.StateMachine {
    private mutating func chooseDialect(by input: ByteBuffer) {
        if input.getInteger(at: input.readerIndex, as: UInt8.self) == UInt8(ascii: "{") {
            (dialect, state) = (.lines, .lines)
        } else {
            (dialect, state) = (.frames, .inPreamble(matched: 0))
        }
    }

    private mutating func matchPreamble(_ matched: Int, in input: inout ByteBuffer) -> Refusal? {
        var matched = matched
        while matched < Frame.preamble.count, let byte = input.readInteger(as: UInt8.self) {
            guard byte == Frame.preamble[matched] else {
                return Refusal(
                    .malformed, isClosing: true,
                    text: """
                        byte \(matched): the connection begins neither with the eight bytes "TALLY1\\r\\n" nor with "{": send \
                        the preamble and then frames, or send one JSON object a line
                        """)
            }
            matched += 1
        }
        state = matched == Frame.preamble.count ? .awaitingHello : .inPreamble(matched: matched)
        return nil
    }

    private mutating func greeting(from input: inout ByteBuffer) -> Step {
        do {
            guard let message = try frames.next(from: &input) else { return .needsMore }
            let template = try Message.templateID(of: message.readableBytesSpan)
            guard template == HelloLayout.templateID else { return refuse(helloMissing(template)) }
            let hello = try Hello(message.readableBytesSpan)
            guard hello.protocolVersion == protocolVersion else {
                return refuse(versionMismatch(hello.protocolVersion))
            }
            state = .open
            return .welcome(client: hello.client)
        } catch {
            return refuse(malformed(error))
        }
    }

    private func helloMissing(_ template: UInt16) -> Refusal {
        Refusal(
            .unexpected, isClosing: true,
            text: "message \(template) came before hello: send hello as the first frame after the preamble")
    }

    private func versionMismatch(_ version: UInt16) -> Refusal {
        Refusal(
            .versionUnsupported, isClosing: true,
            text: """
                hello: the client speaks version \(version) of the protocol, this daemon version \(protocolVersion): use a \
                client and a daemon of the same version
                """)
    }
}

// MARK: - The conversation

extension Connection.StateMachine {
    private mutating func frame(from input: inout ByteBuffer) -> Step {
        do {
            guard let message = try frames.next(from: &input) else { return .needsMore }
            return .submit(message)
        } catch {
            return refuse(malformed(error))
        }
    }

    private mutating func line(from input: inout ByteBuffer) -> Step {
        step(for: lines.next(from: &input))
    }

    private mutating func step(for next: LineCollector.Next) -> Step {
        switch next {
        case .needsMore: .needsMore
        case .line(let text): .line(text)
        case .tooLong: refuse(lineTooLong)
        case .notText: refuse(lineNotText)
        }
    }

    private var lineTooLong: Refusal {
        Refusal(
            .frameTooLong, isClosing: true,
            text: """
                line \(lines.linesSeen) is longer than \(Limits.jsonLineBytesMax) bytes: end every JSON object with a line \
                feed and split long ones
                """)
    }

    private var lineNotText: Refusal {
        Refusal(.malformed, isClosing: true, text: "line \(lines.linesSeen) is not UTF-8: encode every line as UTF-8")
    }

    private func malformed(_ error: CodecError) -> Refusal {
        guard case .frameTooLong = error.fault else {
            return Refusal(.malformed, isClosing: true, text: "\(error): send whole messages of the schema")
        }
        return Refusal(.frameTooLong, isClosing: true, text: "\(error): send smaller batches")
    }

    private mutating func refuse(_ refusal: Refusal) -> Step {
        state = .closing
        return .refuse(refusal)
    }
}
