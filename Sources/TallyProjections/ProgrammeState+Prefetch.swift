import TallyBytes
import TallyCodec
import TallyTables

extension ProgrammeState {
    /// Records ahead of the one being applied whose member is asked for, whose wallet is, and whose last lot is.
    private static var memberAhead: Int { 20 }
    private static var balanceAhead: Int { 10 }
    private static var lotAhead: Int { 4 }

    /// Takes a run of records into the state: ``apply(_:sequence:)`` for each of them, with the rows of those that follow
    /// on their way from memory meanwhile.
    ///
    /// The loop stands in this room, so that everything it calls a million times a second is compiled into it.
    ///
    /// - Parameters:
    ///   - records: Records back to back.
    ///   - offsets: Where each record starts, four bytes each, little-endian; a record ends where the next one starts.
    ///   - range: Which of them to apply.
    ///   - firstSequence: The sequence of the record at index 0.
    /// - Throws: ``StateError`` for the first record that cannot follow.
    public mutating func apply(
        records: RawSpan, offsets: RawSpan, range: Range<Int>, firstSequence: UInt64
    ) throws(StateError) {
        for index in range {
            if index &+ Self.memberAhead < range.upperBound {
                prefetchMember(of: ProgrammeState.record(index &+ Self.memberAhead, records, offsets))
            }
            if index &+ Self.balanceAhead < range.upperBound {
                prefetchBalance(of: ProgrammeState.record(index &+ Self.balanceAhead, records, offsets))
            }
            if index &+ Self.lotAhead < range.upperBound {
                prefetchLastLot(of: ProgrammeState.record(index &+ Self.lotAhead, records, offsets))
            }
            try apply(ProgrammeState.record(index, records, offsets), sequence: firstSequence &+ UInt64(index))
        }
    }

    @inline(__always)
    @_lifetime(copy records)
    private static func record(_ index: Int, _ records: RawSpan, _ offsets: RawSpan) -> RawSpan {
        let start = Int(offsets.u32(at: index &* 4))
        let next = index &* 4 &+ 4
        return records.extracting(start..<(next < offsets.byteCount ? Int(offsets.u32(at: next)) : records.byteCount))
    }

    /// Asks the CPU for the row of the member of a record that will be applied soon.
    ///
    /// Only a hint: any bytes will do.
    @inline(__always)
    mutating func prefetchMember(of record: RawSpan) {
        let offset = messageHeaderLength + LedgerCreatedLayout.member
        guard record.byteCount >= offset + 4 else { return }
        members.prefetch(Int(record.u32(at: offset)) - 1)
    }

    /// Asks the CPU for the first wallet of the member of a record that will be applied very soon; the member's row should
    /// be near by then.
    @inline(__always)
    mutating func prefetchBalance(of record: RawSpan) {
        let offset = messageHeaderLength + LedgerCreatedLayout.member
        guard record.byteCount >= offset + 4 else { return }
        let row = Int(record.u32(at: offset)) - 1
        guard row >= 0, row < members.count else { return }
        balances.prefetch(Int(members[row].firstBalance) - 1)
    }

    /// Asks the CPU for the lot behind which the next one of that wallet is chained; the wallet's row should be near by then.
    @inline(__always)
    mutating func prefetchLastLot(of record: RawSpan) {
        let offset = messageHeaderLength + LedgerCreatedLayout.member
        guard record.byteCount >= offset + 4 else { return }
        let row = Int(record.u32(at: offset)) - 1
        guard row >= 0, row < members.count else { return }
        let balance = Int(members[row].firstBalance) - 1
        guard balance >= 0, balance < balances.count else { return }
        lots.prefetch(Int(balances[balance].lastLot) - 1)
    }
}
