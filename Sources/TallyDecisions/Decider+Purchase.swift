import TallyBytes
import TallyCodec
import TallyLedger
import TallyModel
import TallyProjections
import TallyTables

extension Decider {
    /// Decides a purchase: checks it, takes the points that pay a part, finds the rates in force when it occurred, gives points.
    @inline(__always)
    func decidePurchase(
        _ command: RawSpan, _ envelope: RecordEnvelope, state: borrowing ProgrammeState, history: some RecordSource,
        into records: inout ByteWriter
    ) throws(Refused) -> Outcome {
        let facts = try purchaseForm(command, state: state)
        var envelope = envelope
        envelope.member = facts.member.rawValue
        envelope.previousOfMember =
            facts.member == .none ? 0 : state.members[Int(facts.member.rawValue) - 1].lastSequence
        guard facts.isPlain, let rule = try plainRule(facts, state: state) else {
            var sheet = MemberSheet(facts.member)
            return try decideRichPurchase(facts, envelope, &sheet, state: state, history: history, into: &records)
        }
        try checkSums(adding: facts.total, member: facts.member, state: state)
        let award = try plainAward(facts, rule, state: state)
        append(facts, envelope, balance: award.balance, revision: rule.revision, lotsLength: 0, into: &records)
        append(linesOf: facts, marks: award.points > 0 ? 1 : 0, into: &records)
        records.append(postings: award.postings)
        records.append(groupOf: 0, entryLength: PurchaseRecordedLayout.Redemptions.entryLength)
        records.append(textOf: facts.message, from: facts.receiptStart)
        return Outcome(
            status: .recorded, member: facts.member.rawValue, points: award.points, balance: award.balance)
    }

    /// A purchase whose form was checked.
    struct PurchaseForm: ~Escapable {
        let message: Message
        let receiptStart: Int
        /// Where the strings of the lines begin.
        let linesStart: Int
        let store: StoreNumber
        let business: BusinessNumber
        let member: MemberNumber
        let channel: Channel
        let occurredAt: Int64
        let utcOffsetMinutes: Int16
        let total: Int64
        let receiptLength: UInt8

        @_lifetime(copy message)
        init(
            _ message: Message, receiptStart: Int, linesStart: Int, store: StoreNumber, business: BusinessNumber,
            member: MemberNumber, channel: Channel
        ) {
            typealias Layout = PurchaseLayout
            self.message = message
            self.receiptStart = receiptStart
            self.linesStart = linesStart
            self.store = store
            self.business = business
            self.member = member
            self.channel = channel
            occurredAt = message.i64(Layout.occurredAt)
            utcOffsetMinutes = message.i16(Layout.utcOffsetMinutes)
            total = message.i64(Layout.total)
            receiptLength = message.u8(Layout.receiptLength)
        }

        /// True when no points pay and no hold ends.
        var isPlain: Bool {
            typealias Layout = PurchaseLayout
            return message.secondGroup.count == 0 && message.u64(Layout.hold) == 0
                && message.u64(Layout.holdNumber) == 0
        }
    }

    /// Checks everything about a purchase that needs no points.
    @inline(__always)
    @_lifetime(copy command)
    func purchaseForm(
        _ command: RawSpan, state: borrowing ProgrammeState
    ) throws(Refused) -> PurchaseForm {
        typealias Layout = PurchaseLayout
        let message = try message(command, Layout.shape)
        var cursor = TextCursor(message)
        let storeID = try cursor.identifier(message.u8(Layout.storeLength), of: message)
        let memberKey = try cursor.name(message.u8(Layout.memberKeyLength), of: message)
        let receiptStart = cursor.offset
        _ = try cursor.identifier(message.u8(Layout.receiptLength), of: message)
        let trailing = message.secondGroup.count == 0 ? 0 : try redemptionTexts(message, isPlain: cursor.isPlain)
        try ReceiptCheck.lineTexts(message, message.firstGroup, behind: cursor, trailing: trailing)
        guard let channel = Channel(rawValue: message.u8(Layout.channel)) else { throw Refused(.textMalformed) }
        guard let store = state.store(id: storeID) else { throw Refused(.storeUnknown) }
        if trailing > 0 { try checkWallets(message, trailing: trailing, state: state) }
        let member = try member(
            kind: message.u8(Layout.memberKind), number: message.u32(Layout.member), memberKey: memberKey, state: state)
        let facts = PurchaseForm(
            message, receiptStart: receiptStart, linesStart: cursor.offset, store: store,
            business: BusinessNumber(state.stores[Int(store.rawValue) - 1].business), member: member, channel: channel)
        if member != .none, state.members[Int(member.rawValue) - 1].blocked != 0, trailing > 0 {
            throw Refused(.memberBlocked)
        }
        try ReceiptCheck.time(facts.occurredAt, utcOffsetMinutes: facts.utcOffsetMinutes)
        try ReceiptCheck.lines(message, message.firstGroup, total: facts.total)
        return facts
    }

    // MARK: The plain purchase: one rule on the whole receipt

    /// The rule of a receipt on which at most one wallet earns, and on all lines; nil when it must be looked at line by line.
    @inline(__always)
    private func plainRule(
        _ facts: borrowing PurchaseForm, state: borrowing ProgrammeState
    ) throws(Refused) -> (revision: UInt16, row: AccrualRow?)? {
        guard facts.member != .none, state.members[Int(facts.member.rawValue) - 1].blocked != 2 else { return (0, nil) }
        guard state.earningWallets == 1 else { return state.earningWallets == 0 ? (0, nil) : nil }
        guard let rule = state.accrual(at: facts.occurredAt, business: facts.business) else { return (0, nil) }
        guard state.terms(of: rule.row.wallet).earnFilter == 0 else { return nil }
        return (rule.revision, rule.row)
    }

    /// The points of a plain purchase and what they do to the member's wallet.
    struct Award {
        var points: Int64 = 0
        var balance: Int64 = 0
        var postings = PostingList()
    }

    @inline(__always)
    private func plainAward(
        _ facts: borrowing PurchaseForm, _ rule: (revision: UInt16, row: AccrualRow?), state: borrowing ProgrammeState
    ) throws(Refused) -> Award {
        guard let row = rule.row else { return Award() }
        let points = try points(of: facts.total, by: row)
        let wallet = WalletNumber(row.wallet)
        let figures = state.figures(facts.member, wallet)
        let issued = state.account(facts.business, wallet, .issued).subtractingReportingOverflow(points)
        guard !figures.active.addingReportingOverflow(points).overflow, !issued.overflow else {
            throw Refused(.sumTooLarge)
        }
        let times = lotTimes(
            state.terms(of: row.wallet), at: facts.occurredAt, utcOffsetMinutes: facts.utcOffsetMinutes, state: state)
        let postings = Movement.accrual(
            points, to: figures, business: facts.business, wallet: wallet, isPending: times.isPending,
            beginsAt: times.beginsAt, endsAt: times.endsAt)
        let after = times.isPending ? figures.net : figures.net &+ points
        return Award(points: points, balance: after, postings: postings)
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

    // MARK: The record

    /// Appends the record of a purchase up to its groups.
    @inline(__always)
    func append(
        _ facts: borrowing PurchaseForm, _ envelope: RecordEnvelope, balance: Int64, revision: UInt16,
        hold: (sequence: UInt64, slot: UInt32) = (0, 0), lotsLength: Int, into records: inout ByteWriter
    ) {
        records.append(header: PurchaseRecordedLayout.shape)
        records.append(envelope: envelope)
        records.append(
            receiptAt: facts.store, facts.occurredAt, total: facts.total, balance: balance, facts.utcOffsetMinutes,
            revision: revision, facts.channel, receiptLength: facts.receiptLength)
        records.append(u64: hold.sequence)
        records.append(u32: hold.slot)
        records.append(u16: UInt16(lotsLength))
    }

    /// Appends the lines of a plain purchase: all are in the base of its award, or none.
    @inline(__always)
    private func append(linesOf facts: borrowing PurchaseForm, marks: UInt8, into records: inout ByteWriter) {
        let group = facts.message.firstGroup
        records.append(groupOf: group.count, entryLength: PurchaseRecordedLayout.Lines.entryLength)
        for index in 0..<group.count {
            let start = group.offset &+ index &* group.stride
            records.append(
                bytes: facts.message.bytes.extracting(start..<(start &+ PurchaseLayout.Lines.entryLength)))
            records.append(u16: UInt16(marks))
        }
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
