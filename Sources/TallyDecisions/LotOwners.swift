import TallyBytes
import TallyCodec
import TallyModel

/// Tells lots of some members from others by the records that made them.
///
/// A record is read once, however many lots it made.
final class LotOwners {
    private let members: Set<UInt32>
    private var known: [UInt64: UInt32] = [:]

    /// - Parameter members: Whose lots are looked for.
    init(_ members: Set<UInt32>) { self.members = members }

    /// True when one of the members' records made the lot; nil when the log does not hold that record.
    func own(_ lot: LotID, _ history: some RecordSource) -> Bool? {
        if let owner = known[lot.sequence] { return members.contains(owner) }
        var owner: UInt32?
        history.withRecord(lot.sequence) { owner = LotOwners.owner(in: $0) }
        known[lot.sequence] = owner
        return owner.map { members.contains($0) }
    }

    /// The member for whom a record makes lots: a transfer makes them for who takes.
    ///
    /// - Returns: nil when the bytes are too short for a record.
    static func owner(in record: RawSpan) -> UInt32? {
        if let transfer = try? Message(record, shape: TransferredLayout.shape) {
            return transfer.u32(TransferredLayout.otherMember)
        }
        let offset = messageHeaderLength + LedgerCreatedLayout.member
        return record.byteCount >= offset + 4 ? record.u32(at: offset) : nil
    }
}
