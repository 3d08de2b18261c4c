internal import TallyBytes

/// Consecutive records of one source with consecutive numbers.
///
/// A till that uploads a thousand receipts makes one run of a thousand, so finding an event again by its source
/// and number needs sixteen bytes a batch, not an index entry an event.
public struct SourceRun: BitwiseCopyable, Sendable, Hashable {
    /// Who numbered the events.
    public var source: UInt32
    /// How many records the run has.
    public var count: UInt32
    /// The source's number of the first record.
    public var firstNumber: UInt64

    /// A run.
    public init(source: UInt32, count: UInt32, firstNumber: UInt64) {
        self.source = source
        self.count = count
        self.firstNumber = firstNumber
    }

    /// The length of a run in a block, in bytes.
    static var byteCount: Int { 16 }

    /// The run stored at `offset` of `bytes`, which must hold it.
    init(at offset: Int, of bytes: RawSpan) {
        source = bytes.u32(at: offset)
        count = bytes.u32(at: offset + 4)
        firstNumber = bytes.u64(at: offset + 8)
    }

    /// The place of `number` in the run, counted from 0, or nil when it is not in it.
    public func index(of number: UInt64) -> Int? {
        guard number >= firstNumber, number - firstNumber < UInt64(count) else { return nil }
        return Int(number - firstNumber)
    }
}
