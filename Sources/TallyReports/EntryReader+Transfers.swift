import TallyBytes
import TallyCodec
import TallyModel

/// Issuer and beginning: lots that agree in them, and in their ends, become one when they pass to another member.
///
/// Ends do not count here, because where lots live on by activity an end that passes on is the one that was reached.
private struct LotForm: Hashable {
    var issuer: UInt16
    var beginsAt: UInt32

    init(_ move: LotMove) { (issuer, beginsAt) = (move.issuer, move.beginsAt) }
    init(_ origin: LotOriginFacts) { (issuer, beginsAt) = (origin.business, origin.beginsAt) }
}

extension EntryReader {
    /// A transfer: an entry for who gives and one for who takes, each of which adds up to zero.
    mutating func transfer(_ record: RawSpan, _ sequence: UInt64) throws(CodecError) -> [BookEntry] {
        typealias Layout = TransferredLayout
        let message = try Message(record, shape: Layout.shape)
        let moment = message.i64(Layout.occurredAt)
        let offset = message.i16(Layout.utcOffsetMinutes)
        var gave = BookEntry(
            sequence: sequence, kind: .transfer, member: message.envelope.member, moment: moment,
            day: CivilDay(of: Instant(microseconds: moment), utcOffsetMinutes: offset))
        gave.utcOffsetMinutes = offset
        var cursor = Int(message.u8(Layout.operatorLength))
        gave.reason = message.string(&cursor, Int(message.u8(Layout.reasonLength)))
        var got = gave
        (got.member, got.part) = (message.u32(Layout.otherMember), 1)
        gave.postings = try postings(message, message.firstGroup)
        got.postings = try postings(message, message.secondGroup)
        let taken = message.u16(Layout.lotsLength)
        try moveLots(message, length: taken, taking: .transferred, &gave)
        try receive(message.lots(length: message.u16(Layout.madeLength), before: taken), from: gave, &got)
        return [gave, got]
    }

    /// Makes the lots of who takes, and covers what that member owed.
    private mutating func receive(
        _ made: LotList, from gave: BookEntry, _ got: inout BookEntry
    ) throws(CodecError) {
        var list = made
        var origins: [LotForm: LotOriginFacts] = [:]
        for change in gave.changes {
            let form = LotForm(change.origin)
            origins[form] = origins[form]?.joined(with: change.origin) ?? change.origin
        }
        while let move = try list.next() {
            var origin =
                origins[LotForm(move)]
                ?? LotOriginFacts(
                    madeBy: got, business: move.issuer, beginsAt: move.beginsAt, endsAt: move.endsAt, isPending: false)
            origin.filledOn = max(origin.filledOn, got.day)
            origin.endsAt = move.endsAt
            make(move.lot, origin)
            got.add(.transferred, move.lot, move.wallet, .active, move.points, origin)
        }
        let origin = got.kind
        makeLots(.transferred, &got) { _ in (0, origin) }
    }
}

extension LotOriginFacts {
    /// Where points of two lots come from that became one: from the earlier of the two days, and from a store, rule or
    /// kind only when it is that of both.
    fileprivate func joined(with other: LotOriginFacts) -> LotOriginFacts {
        var both = self
        both.madeOn = min(madeOn, other.madeOn)
        both.filledOn = max(filledOn, other.filledOn)
        if store != other.store { both.store = 0 }
        if rule != other.rule || kind != other.kind { (both.rule, both.kind) = (0, .transfer) }
        return both
    }
}
