import TallyBytes
import TallyCodec
import TallyModel
import TallyTables

extension ProgrammeState {
    /// Points pass from one member to another: what the one loses the other gets, in one record.
    mutating func applyTransferred(_ record: RawSpan, _ sequence: UInt64) throws(StateError.Fault) {
        typealias Layout = TransferredLayout
        let message = try message(record, Layout.shape)
        let envelope = message.envelope
        try note(envelope, sequence)
        try chain(envelope, sequence)
        let other = message.u32(Layout.otherMember)
        guard standing(for: MemberNumber(other)) == MemberNumber(other) else {
            throw .unknown(what: "member", number: UInt64(other))
        }
        try chain(other: other, of: envelope, previous: message.u64(Layout.previousOfOther), sequence)
        try moveHalves(message, other: other, sequence)
    }

    /// Carries out both halves; each of them adds up to zero, and nothing is left between the two.
    private mutating func moveHalves(
        _ message: borrowing Message, other: UInt32, _ sequence: UInt64
    ) throws(StateError.Fault) {
        typealias Layout = TransferredLayout
        let member = message.envelope.member
        let (taken, made) = (message.u16(Layout.lotsLength), message.u16(Layout.madeLength))
        var flow = Flow()
        try moveLots(message, length: taken, member: member, &flow)
        let gave = try post(message, message.firstGroup, member: member, sequence, &flow)
        try check(flow, moved: gave, stated: message.i64(Layout.balanceAfter))
        var received = Flow()
        try moveLots(message, length: made, before: taken, member: other, &received)
        let got = try post(message, message.secondGroup, member: other, sequence, &received)
        try check(received, moved: got, stated: message.i64(Layout.otherBalanceAfter))
        let wallet = message.u16(Layout.wallet)
        guard let gave, let got, balances[gave].wallet == wallet, balances[got].wallet == wallet else {
            throw .unknown(what: "wallet", number: UInt64(wallet))
        }
        for index in 0..<message.firstGroup.count {
            guard let posting = message.posting(index, of: message.firstGroup), posting.purpose == .transferred else {
                continue
            }
            let left = account(BusinessNumber(posting.business), WalletNumber(posting.wallet), .transferred)
            guard left == 0 else { throw .unbalanced(sum: left) }
        }
    }

    /// A member is blocked, or no more.
    mutating func applyMemberBlocked(_ record: RawSpan, _ sequence: UInt64) throws(StateError.Fault) {
        typealias Layout = MemberBlockedLayout
        let message = try message(record, Layout.shape)
        let envelope = message.envelope
        try note(envelope, sequence)
        try chain(envelope, sequence)
        let mode = message.u8(Layout.mode)
        guard mode <= BlockMode.all.rawValue else { throw .unknown(what: "mode of block", number: UInt64(mode)) }
        members.update(Int(envelope.member) - 1) { $0.blocked = mode }
    }
}
