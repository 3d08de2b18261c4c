import TallyBytes
import TallyCodec
import TallyTables

extension ProgrammeState {
    /// Asks the CPU for the row of the member of a record that will be applied soon.
    ///
    /// Only a hint: any bytes will do.
    @inline(__always)
    public func prefetchMember(of record: RawSpan) {
        let offset = messageHeaderLength + LedgerCreatedLayout.member
        guard record.byteCount >= offset + 4 else { return }
        members.prefetch(Int(record.u32(at: offset)) - 1)
    }

    /// Asks the CPU for the first wallet of the member of a record that will be applied very soon; the member's row should
    /// be near by then.
    @inline(__always)
    public func prefetchBalance(of record: RawSpan) {
        let offset = messageHeaderLength + LedgerCreatedLayout.member
        guard record.byteCount >= offset + 4 else { return }
        let row = Int(record.u32(at: offset)) - 1
        guard row >= 0, row < members.count else { return }
        balances.prefetch(Int(members[row].firstBalance) - 1)
    }
}
