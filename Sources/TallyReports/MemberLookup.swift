import TallyBytes
import TallyCodec
public import TallyLog
public import TallyModel

/// Finds members in a log without the key under which phones and cards are hashed.
public enum MemberLookup {
    /// The member of that name.
    ///
    /// - Parameters:
    ///   - name: The id of other systems, or `#5` for the ledger's number 5. An id that begins with `#` is found first.
    ///   - log: The log.
    /// - Returns: nil when nobody is registered under it.
    /// - Throws: `LogError` or `CodecError` when the log cannot be read.
    public static func find(_ name: String, in log: some RecordLog) throws -> MemberNumber? {
        let number = name.hasPrefix("#") ? UInt32(name.dropFirst()) : nil
        var byNumber: MemberNumber?
        var byID: MemberNumber?
        try log.forEachBlock(from: 1, through: nil, check: .quick) { block in
            for index in 0..<block.recordCount {
                let record = block.record(at: index)
                guard try Message.templateID(of: record) == MemberRegisteredLayout.templateID else { continue }
                let message = try Message(record, shape: MemberRegisteredLayout.shape)
                let member = message.envelope.member
                if member == number { byNumber = MemberNumber(member) }
                var cursor = 0
                let length = Int(message.u8(MemberRegisteredLayout.externalLength))
                if length > 0, message.string(&cursor, length) == name { byID = MemberNumber(member) }
            }
            return byID == nil
        }
        return byID ?? byNumber
    }
}
