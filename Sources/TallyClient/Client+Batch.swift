import TallyBytes
import TallyCodec
public import TallyModel

/// Packs commands into a batch; the memory is used again for the next one.
public struct BatchWriter: ~Copyable {
    /// Where the batch's count stands in the message.
    private static let countOffset = messageHeaderLength + BatchLayout.count

    private var writer: ByteWriter
    /// Who sends.
    public private(set) var source: SourceNumber
    /// The number of the batch's first event.
    public private(set) var firstNumber: UInt64
    /// Events in the batch.
    public private(set) var count = 0

    /// An empty batch.
    ///
    /// - Parameters:
    ///   - source: The number that the daemon gave the source.
    ///   - firstNumber: The number of the first event: the source's last one and one.
    ///   - capacity: Bytes to set aside at once.
    public init(source: SourceNumber, firstNumber: UInt64, capacity: Int = 64 * 1024) {
        (self.source, self.firstNumber) = (source, firstNumber)
        writer = ByteWriter(capacity: capacity)
        writer.append(batchOf: 0, source: source, firstNumber: firstNumber)
    }

    /// The number that the next event gets.
    public var nextNumber: UInt64 { firstNumber + UInt64(count) }

    /// True when another event might not fit: send the batch and begin the next one.
    public var isFull: Bool {
        count == Limits.batchEventsMax
            || writer.count + Frame.lengthBytes + Limits.commandBytesMax > Limits.frameBytesMax
    }

    /// Adds an event.
    ///
    /// - Precondition: The batch is not full.
    /// - Throws: The `Rejection` that says why the command cannot be written down; the batch is as before then.
    public mutating func append(_ command: Command) throws(Rejection) {
        precondition(!isFull, "A full batch is sent before another event is added.")
        try writer.appendEvent(command)
        count += 1
        writer.set(u32: UInt32(count), at: BatchWriter.countOffset)
    }

    /// Begins the batch that follows this one.
    public mutating func startNext() { start(at: nextNumber) }

    /// Begins a batch at `firstNumber` and forgets the events at hand.
    public mutating func start(at firstNumber: UInt64) {
        self.firstNumber = firstNumber
        count = 0
        writer.removeAll()
        writer.append(batchOf: 0, source: source, firstNumber: firstNumber)
    }

    /// The message of the batch, without its length; valid until the next change.
    public var message: RawSpan {
        @_lifetime(borrow self) get { writer.bytes }
    }
}
