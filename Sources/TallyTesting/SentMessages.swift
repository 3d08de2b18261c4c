import TallyBytes
public import TallyCodec
public import TallyModel

/// Messages as a client sends them, without the four bytes of length.
public enum SentMessage {
    /// Asks for a source by name.
    public static func openSource(_ name: String) -> [UInt8] {
        written { writer throws(Rejection) in try OpenSource(name: name).encode(into: &writer) }
    }

    /// Asks a question.
    public static func question(_ question: Question) -> [UInt8] {
        written { writer throws(Rejection) in try question.encode(into: &writer) }
    }

    /// Sends events.
    ///
    /// - Parameters:
    ///   - events: What is sent, in order.
    ///   - source: Who sends.
    ///   - firstNumber: The source's number of the first event; the others follow without gaps.
    ///   - count: How many events the head says there are; nil for the truth.
    /// - Returns: The bytes of the message, without the length in front of its frame.
    public static func batch(
        _ events: [SentEvent], source: SourceNumber, firstNumber: UInt64, saying count: Int? = nil
    ) -> [UInt8] {
        written { writer in
            writer.append(batchOf: count ?? events.count, source: source, firstNumber: firstNumber)
            for event in events {
                writer.append(u32: UInt32(event.bytes.count))
                for byte in event.bytes { writer.append(u8: byte) }
            }
        }
    }

    /// The bytes that `body` writes; what a test sends has strings that fit the schema.
    static func written(_ body: (inout ByteWriter) throws(Rejection) -> Void) -> [UInt8] {
        var writer = ByteWriter()
        do throws(Rejection) { try body(&writer) } catch {
            // A command that is only too long is written whole: the ledger refuses it itself.
            precondition(error == .commandTooLong, "The schema cannot write this: \(error).")
        }
        return unsafe writer.bytes.withUnsafeBytes { unsafe Array($0) }
    }
}

extension SentEvent {
    /// A command as it travels, also one that breaks a rule of its content.
    ///
    /// - Precondition: Its strings fit the schema.
    public init(_ command: Command) {
        self.command = command
        bytes = SentMessage.written { writer throws(Rejection) in try command.encode(into: &writer) }
    }

    /// A message of a kind that no version knows.
    public static let unknownKind = SentEvent(
        command: nil,
        bytes: SentMessage.written { writer in
            writer.append(
                header: MessageShape(
                    templateID: 999, blockLength: 0, entryLengths: (0, 0, 0), groupCount: 0, hasText: false))
        })
}

/// What a client receives.
public enum ReceivedAnswer: Sendable, Hashable {
    /// The outcomes of a batch.
    case results(BatchResults)
    /// Where a source stands.
    case opened(SourceOpened)
    /// How the daemon stands.
    case status(DaemonStatus)
    /// What members hold, all pages together, and the last record that they know.
    case balances([BalanceRow], at: LogSequence)
    /// The key figures.
    case kpi(KPIReport)
    /// The whole frame was refused.
    case refused(Refusal)

    /// Reads the frames of an answer.
    ///
    /// - Throws: `CodecError` when they are none.
    public init(frames: [UInt8]) throws {
        var answer: ReceivedAnswer?
        var offset = 0
        while offset < frames.count {
            let bytes = unsafe frames.span.bytes
            guard case .frame(let start, let count) = try Frame.next(in: bytes, at: offset) else {
                throw CodecError(.tooShort(needed: frames.count + 1, found: frames.count))
            }
            answer = try ReceivedAnswer(message: bytes.extracting(start..<(start + count)), after: answer)
            offset = start + count
        }
        guard let answer else { throw CodecError(.tooShort(needed: messageHeaderLength, found: 0)) }
        self = answer
    }

    private init(message: RawSpan, after earlier: ReceivedAnswer?) throws {
        let template = try Message.templateID(of: message)
        switch template {
        case BatchResultsLayout.templateID: self = .results(try BatchResults(message))
        case SourceOpenedLayout.templateID: self = .opened(try SourceOpened(message))
        case StatusLayout.templateID: self = .status(try DaemonStatus(message))
        case KPILayout.templateID: self = .kpi(try KPIReport(message))
        case RefusalLayout.templateID: self = .refused(try Refusal(message))
        case BalancesLayout.templateID:
            let page = try BalancesPage(message)
            guard case .balances(let rows, _)? = earlier else {
                self = .balances(page.rows, at: page.sequence)
                return
            }
            self = .balances(rows + page.rows, at: page.sequence)
        default: throw CodecError(.unexpectedTemplate(template), at: 2)
        }
    }
}
