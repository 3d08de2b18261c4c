import TallyBytes
import TallyCodec
import TallyLedger
import TallyModel
import TallyProjections
import TallyTables

extension Decider {
    /// Decides a purchase: checks it, finds the rate in force when it occurred, gives the points.
    @inline(__always)
    func decidePurchase(
        _ command: RawSpan, _ envelope: RecordEnvelope, state: borrowing ProgrammeState, into records: inout ByteWriter
    ) throws(Refused) -> Outcome {
        typealias Layout = PurchaseLayout
        let message = try message(command, Layout.shape)
        var cursor = TextCursor(message)
        let storeID = try cursor.identifier(message.u8(Layout.storeLength), of: message)
        let memberKey = try cursor.name(message.u8(Layout.memberKeyLength), of: message)
        let receiptStart = cursor.offset
        _ = try cursor.identifier(message.u8(Layout.receiptLength), of: message)
        try ReceiptCheck.lineTexts(message, message.firstGroup, behind: cursor)
        guard let channel = Channel(rawValue: message.u8(Layout.channel)) else { throw Refused(.textMalformed) }
        guard let store = state.store(id: storeID) else { throw Refused(.storeUnknown) }
        let member = try member(
            kind: message.u8(Layout.memberKind), number: message.u32(Layout.member), memberKey: memberKey, state: state)
        let occurredAt = message.i64(Layout.occurredAt)
        try ReceiptCheck.time(occurredAt, utcOffsetMinutes: message.i16(Layout.utcOffsetMinutes))
        let total = message.i64(Layout.total)
        try ReceiptCheck.lines(message, message.firstGroup, total: total)
        try checkSums(adding: total, member: member, state: state)
        let award = try award(total, member: member, store: store, at: occurredAt, state: state)

        var envelope = envelope
        envelope.member = member.rawValue
        envelope.previousOfMember = member == .none ? 0 : state.members[Int(member.rawValue) - 1].lastSequence
        records.append(header: PurchaseRecordedLayout.shape)
        records.append(envelope: envelope)
        records.append(
            receiptAt: store, occurredAt, total: total, balance: award.balance, message.i16(Layout.utcOffsetMinutes),
            revision: award.revision, channel, receiptLength: message.u8(Layout.receiptLength))
        records.append(
            entriesOf: message.firstGroup, in: command, entryLength: PurchaseRecordedLayout.Lines.entryLength)
        records.append(postings: award.postings)
        records.append(textOf: message, from: receiptStart)
        return Outcome(
            status: .recorded, member: member.rawValue, points: award.points, balance: award.balance)
    }

    /// The points of a purchase and what they do to the member's wallet.
    struct Award {
        var points: Int64 = 0
        var balance: Int64 = 0
        var revision: UInt16 = 0
        var postings = PostingList()
    }

    @inline(__always)
    private func award(
        _ total: Int64, member: MemberNumber, store: StoreNumber, at occurredAt: Int64, state: borrowing ProgrammeState
    ) throws(Refused) -> Award {
        guard member != .none else { return Award() }
        let business = BusinessNumber(state.stores[Int(store.rawValue) - 1].business)
        guard let rule = state.accrual(at: occurredAt, business: business) else { return Award() }
        let points = try points(of: total, by: rule.row)
        let wallet = WalletNumber(rule.row.wallet)
        let figures = state.figures(member, wallet)
        let after = figures.net.addingReportingOverflow(points)
        let issued = state.account(business, wallet, .issued).subtractingReportingOverflow(points)
        guard !after.overflow, !issued.overflow else { throw Refused(.sumTooLarge) }
        return Award(
            points: points, balance: after.partialValue, revision: rule.revision,
            postings: Movement.accrual(points, to: figures, business: business, wallet: wallet))
    }

    /// The rate of a total, by a rule.
    func points(of total: Int64, by rule: AccrualRow) throws(Refused) -> Int64 {
        let rate = Rate(numerator: rule.numerator, denominator: rule.denominator)
        guard let rounding = Rounding(rawValue: UInt8(truncatingIfNeeded: rule.rounding)),
            let points = rate.of(total, rounding: rounding)
        else { throw Refused(.sumTooLarge) }
        return points
    }

    /// Checks that no sum over money leaves 64 bits.
    @inline(__always)
    func checkSums(adding total: Int64, member: MemberNumber, state: borrowing ProgrammeState) throws(Refused) {
        guard !state.ledger[0].turnover.addingReportingOverflow(total).overflow else { throw Refused(.sumTooLarge) }
        guard member != .none else { return }
        let row = state.members[Int(member.rawValue) - 1]
        guard !row.monetary.addingReportingOverflow(total).overflow,
            total < 0 || !row.gross.addingReportingOverflow(total).overflow
        else { throw Refused(.sumTooLarge) }
    }
}

extension ByteWriter {
    /// Appends the fields that the records of a purchase and of a return share behind the envelope.
    @inline(__always)
    mutating func append(
        receiptAt store: StoreNumber, _ occurredAt: Int64, total: Int64, balance: Int64, _ utcOffsetMinutes: Int16,
        revision: UInt16, _ channel: Channel, receiptLength: UInt8
    ) {
        append(u32: store.rawValue)
        append(i64: occurredAt)
        append(i64: total)
        append(i64: balance)
        append(i16: utcOffsetMinutes)
        append(u16: revision)
        append(u8: channel.rawValue)
        append(u8: receiptLength)
    }
}
