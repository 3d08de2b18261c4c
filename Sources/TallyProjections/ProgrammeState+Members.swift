import TallyBytes
import TallyCodec
import TallyModel
import TallyTables

extension ProgrammeState {
    mutating func applyMemberRegistered(_ record: RawSpan, _ sequence: UInt64) throws(StateError.Fault) {
        typealias Layout = MemberRegisteredLayout
        let message = try message(record, Layout.shape)
        let envelope = message.envelope
        try note(envelope, sequence)
        try checkDense("member", expected: members.count + 1, found: UInt64(envelope.member))
        guard envelope.previousOfMember == 0 else { throw .chainBroken(expected: 0, found: envelope.previousOfMember) }
        var cursor = 0
        let externalID = try keep(message, &cursor, Int(message.u8(Layout.externalLength)))
        try checkRead(message, cursor)
        let row = members.append(
            MemberRow(
                lastSequence: sequence, registeredSequence: sequence, monetary: 0, gross: 0, externalID: externalID,
                firstBalance: 0, receipts: 0, purchases: 0, firstDay: 0, lastDay: 0, identifiers: 0,
                blocked: 0, isMerged: 0))
        if externalID.count > 0 { indexMember(row) }
        link(message, of: envelope.member, phoneAt: Layout.phoneHigh, cardAt: Layout.cardHigh)
    }

    mutating func applyIdentifierLinked(_ record: RawSpan, _ sequence: UInt64) throws(StateError.Fault) {
        typealias Layout = IdentifierLinkedLayout
        let message = try message(record, Layout.shape)
        let envelope = message.envelope
        try note(envelope, sequence)
        try chain(envelope, sequence)
        link(message, of: envelope.member, phoneAt: Layout.phoneHigh, cardAt: Layout.cardHigh)
    }

    /// Enters the phone and the card of a record, each two words with the upper half first; zero stands for none.
    private mutating func link(_ message: borrowing Message, of member: UInt32, phoneAt: Int, cardAt: Int) {
        for (offset, kind) in [(phoneAt, UInt32(2)), (cardAt, UInt32(3))] {
            let (high, low) = (message.u64(offset), message.u64(offset + 8))
            guard high != 0 || low != 0 else { continue }
            indexIdentifier(identifiers.append(IdentifierRow(high: high, low: low, member: member, kind: kind)))
            members.update(Int(member) - 1) { $0.identifiers &+= 1 }
        }
    }
}
