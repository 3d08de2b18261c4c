public import TallyBytes
public import TallyModel

/// A batch of events read in place.
public struct BatchView: ~Escapable {
    /// Who sends.
    public let source: SourceNumber
    /// The number of the first event; the others follow without gaps.
    public let firstNumber: UInt64
    /// How many events follow.
    public let count: Int
    let events: RawSpan

    /// Reads the head of the batch in a frame; the events are checked one by one as they are read.
    ///
    /// - Throws: ``CodecError`` when the head is not that of a batch.
    @_lifetime(copy frame)
    public init(_ frame: RawSpan) throws(CodecError) {
        let length = messageHeaderLength + BatchLayout.blockLength
        guard frame.byteCount >= length else { throw CodecError(.tooShort(needed: length, found: frame.byteCount)) }
        let head = messageHeaderLength + Int(frame.u16(at: 0))
        guard head >= length, frame.byteCount >= head else {
            throw CodecError(.tooShort(needed: head, found: frame.byteCount))
        }
        let message = try Message(frame.extracting(0..<head), shape: BatchLayout.shape)
        source = SourceNumber(message.u32(BatchLayout.source))
        firstNumber = message.u64(BatchLayout.firstNumber)
        count = Int(message.u32(BatchLayout.count))
        events = frame.extracting(head..<frame.byteCount)
    }

    /// The event at `offset` of the events; the offset moves behind it.
    ///
    /// - Throws: ``CodecError`` when the event is cut.
    @_lifetime(copy self)
    public func event(at offset: inout Int) throws(CodecError) -> RawSpan {
        guard events.byteCount - offset >= Frame.lengthBytes else {
            throw CodecError(.tooShort(needed: offset + Frame.lengthBytes, found: events.byteCount), at: offset)
        }
        let length = Int(events.u32(at: offset))
        let start = offset + Frame.lengthBytes
        guard events.byteCount - start >= length else {
            throw CodecError(.tooShort(needed: start + length, found: events.byteCount), at: offset)
        }
        offset = start + length
        return events.extracting(start..<offset)
    }

    /// Checks that exactly `count` events with a header each follow, before any of them is decided.
    ///
    /// - Throws: ``CodecError`` at the first that is cut, foreign or too many; its offset counts from the first event.
    public func checkEvents() throws(CodecError) {
        var offset = 0
        for index in 0..<count {
            guard offset < events.byteCount else {
                throw CodecError(.countMismatch(said: count, found: index), at: offset)
            }
            let event = try event(at: &offset)
            do {
                _ = try Message.templateID(of: event)
            } catch {
                throw CodecError(error.fault, at: offset - event.byteCount + error.offset)
            }
        }
        guard offset == events.byteCount else {
            throw CodecError(.trailingBytes(events.byteCount - offset), at: offset)
        }
    }
}

extension ByteWriter {
    /// Appends the head of a batch; its events follow with ``appendEvent(_:)``.
    public mutating func append(batchOf count: Int, source: SourceNumber, firstNumber: UInt64) {
        append(header: BatchLayout.shape)
        append(u32: source.rawValue)
        append(u32: UInt32(count))
        append(u64: firstNumber)
    }

    /// Appends one event of a batch.
    ///
    /// - Throws: The ``TallyModel/Rejection`` that says why the command cannot be written down; nothing is appended then.
    public mutating func appendEvent(_ command: Command) throws(Rejection) {
        let start = count
        append(u32: 0)
        do {
            try command.encode(into: &self)
        } catch {
            truncate(to: start)
            throw error
        }
        set(u32: UInt32(count - start - Frame.lengthBytes), at: start)
    }
}

/// The answer to a batch: an outcome for every event, in order.
public struct BatchResults: Sendable, Hashable {
    /// Whose events.
    public var source: SourceNumber
    /// The number of the first event.
    public var firstNumber: UInt64
    /// The last record of the log after the batch.
    public var tip: LogSequence
    /// The number that the source's next event must have.
    public var nextNumber: UInt64
    /// Frames that may still be sent before an answer is awaited.
    public var credit: UInt16
    /// What became of each event.
    public var outcomes: [Outcome]

    /// Results of their parts.
    public init(
        source: SourceNumber, firstNumber: UInt64, tip: LogSequence, nextNumber: UInt64, credit: UInt16,
        outcomes: [Outcome]
    ) {
        self.source = source
        self.firstNumber = firstNumber
        self.tip = tip
        self.nextNumber = nextNumber
        self.credit = credit
        self.outcomes = outcomes
    }

    /// Reads the message.
    ///
    /// - Throws: ``CodecError`` when the bytes are not this message.
    public init(_ bytes: RawSpan) throws(CodecError) {
        typealias Layout = BatchResultsLayout
        let message = try Message(bytes, shape: Layout.shape)
        source = SourceNumber(message.u32(Layout.source))
        firstNumber = message.u64(Layout.firstNumber)
        tip = LogSequence(message.u64(Layout.tip))
        nextNumber = message.u64(Layout.nextNumber)
        credit = message.u16(Layout.credit)
        outcomes = []
        outcomes.reserveCapacity(message.firstGroup.count)
        for index in 0..<message.firstGroup.count {
            let entry = message.firstGroup.offset + index * message.firstGroup.stride
            outcomes.append(try BatchResults.outcome(bytes, at: entry))
        }
    }

    static func outcome(_ bytes: RawSpan, at entry: Int) throws(CodecError) -> Outcome {
        typealias Entry = BatchResultsLayout.Outcomes
        guard let status = Outcome.Status(rawValue: bytes.u8(at: entry + Entry.status)) else {
            throw CodecError(
                .valueUnknown(field: "status", value: Int64(bytes.u8(at: entry + Entry.status))), at: entry)
        }
        return Outcome(
            status: status, isRepeated: bytes.u8(at: entry + Entry.repeated) != 0,
            code: bytes.u16(at: entry + Entry.code),
            line: bytes.u16(at: entry + Entry.line), member: bytes.u32(at: entry + Entry.member),
            sequence: bytes.u64(at: entry + Entry.sequence), points: bytes.i64(at: entry + Entry.points),
            balance: bytes.i64(at: entry + Entry.balance))
    }

    /// Writes the message.
    public func encode(into writer: inout ByteWriter) {
        writer.append(
            resultsOf: outcomes.count, source: source, firstNumber: firstNumber, tip: tip, nextNumber: nextNumber,
            credit: credit)
        for outcome in outcomes { writer.append(outcome: outcome) }
    }
}

extension ByteWriter {
    /// Appends the head of results; exactly `count` outcomes follow with ``append(outcome:)``.
    public mutating func append(
        resultsOf count: Int, source: SourceNumber, firstNumber: UInt64, tip: LogSequence, nextNumber: UInt64,
        credit: UInt16
    ) {
        append(header: BatchResultsLayout.shape)
        append(u32: source.rawValue)
        append(u64: firstNumber)
        append(u64: tip.rawValue)
        append(u64: nextNumber)
        append(u16: credit)
        append(groupOf: count, entryLength: BatchResultsLayout.Outcomes.entryLength)
    }

    /// Appends one outcome.
    public mutating func append(outcome: Outcome) {
        append(u64: outcome.sequence)
        append(i64: outcome.points)
        append(i64: outcome.balance)
        append(u32: outcome.member)
        append(u16: outcome.code)
        append(u16: outcome.line)
        append(u8: outcome.status.rawValue)
        append(u8: outcome.isRepeated ? 1 : 0)
    }
}
