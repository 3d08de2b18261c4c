import TallyBytes
import TallyCodec
public import TallyLog
public import TallyModel

/// Finds the issues of codes in a log.
public enum IssueLookup {
    /// Copies that were brought into being together.
    public struct Issue: Sendable, Hashable {
        /// The number of the instrument.
        public var instrument: UInt32
        /// The serial of the first copy; the others follow without gaps.
        public var firstSerial: UInt32
        /// How many.
        public var count: UInt32
    }

    /// The issue that a record made.
    ///
    /// - Parameters:
    ///   - sequence: The record.
    ///   - log: The log.
    /// - Returns: nil when the log has no such record, or it is something else.
    /// - Throws: `LogError` or `CodecError` when the log cannot be read.
    public static func find(_ sequence: LogSequence, in log: some RecordLog) throws -> Issue? {
        typealias Layout = InstrumentsIssuedLayout
        guard sequence.rawValue > 0, sequence.rawValue <= log.tip().sequence else { return nil }
        var found: Issue?
        try log.forEachBlock(from: sequence.rawValue, through: sequence.rawValue, check: .quick) { block in
            for index in 0..<block.recordCount where block.sequence(at: index) == sequence.rawValue {
                let record = block.record(at: index)
                guard try Message.templateID(of: record) == Layout.templateID else { continue }
                let message = try Message(record, shape: Layout.shape)
                found = Issue(
                    instrument: message.u32(Layout.instrument), firstSerial: message.u32(Layout.firstSerial),
                    count: message.u32(Layout.count))
            }
            return true
        }
        return found
    }
}
