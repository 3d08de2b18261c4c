import TallyBytes
import TallyCodec
import TallyLedger
import TallyModel
import TallyProjections
import TallyTables

extension Decider {
    /// Decides a return: finds its purchase, checks that no more comes back than was bought, takes the points back.
    func decideReturn(
        _ command: RawSpan, _ envelope: RecordEnvelope, state: borrowing ProgrammeState, history: some RecordSource,
        into records: inout ByteWriter
    ) throws(Refused) -> Outcome {
        let form = try returnForm(command, state: state, history: history)
        let envelope = chained(envelope, form.member, state: state)
        var sheet = MemberSheet(form.member)
        guard form.usedCodes else {
            return try decideReturn(form, envelope, &sheet, state: state, history: history, into: &records)
        }
        var codes = CodeSheet()
        try giveBack(form, envelope, &codes, state: state)
        var receipt = ByteWriter(capacity: 2048)
        let outcome = try decideReturn(form, envelope, &sheet, state: state, history: history, into: &receipt)
        try records.append(receipt, codes, envelope)
        return outcome
    }

    /// Gives back what the codes of the purchase did for what comes back; nothing for a blind return.
    func giveBack(
        _ form: borrowing ReturnForm, _ envelope: RecordEnvelope, _ codes: inout CodeSheet,
        state: borrowing ProgrammeState
    ) throws(Refused) {
        typealias Layout = ReturnLayout
        guard let plan = form.plan else { return }
        let moment = Moment(form.message.i64(Layout.occurredAt), form.message.i16(Layout.utcOffsetMinutes))
        try giveBack(codesOf: plan, isVoid: false, at: moment, in: form.store, envelope, &codes, state: state)
    }

    /// A return whose form was checked.
    struct ReturnForm: ~Escapable {
        let message: Message
        let receiptStart: Int
        let store: StoreNumber
        let channel: Channel
        /// The purchase and what comes back of it; nil for a blind return.
        let plan: ReturnPlan?
        let member: MemberNumber
        /// True when the purchase used codes.
        var usedCodes: Bool { plan.map { !$0.purchase.codes.isEmpty } ?? false }

        @_lifetime(copy message)
        init(
            _ message: Message, receiptStart: Int, store: StoreNumber, channel: Channel, plan: ReturnPlan?,
            member: MemberNumber
        ) {
            self.message = message
            self.receiptStart = receiptStart
            self.store = store
            self.channel = channel
            self.plan = plan
            self.member = member
        }
    }

    /// Checks everything about a return that needs no points.
    @_lifetime(copy command)
    func returnForm(
        _ command: RawSpan, state: borrowing ProgrammeState, history: some RecordSource
    ) throws(Refused) -> ReturnForm {
        typealias Layout = ReturnLayout
        let message = try message(command, Layout.shape)
        var cursor = TextCursor(message)
        let storeID = try cursor.identifier(message.u8(Layout.storeLength), of: message)
        let memberKey = try cursor.name(message.u8(Layout.memberKeyLength), of: message)
        let purchaseReceipt = try cursor.optionalIdentifier(message.u8(Layout.purchaseReceiptLength), of: message)
        let receiptStart = cursor.offset
        _ = try cursor.identifier(message.u8(Layout.receiptLength), of: message)
        try ReceiptCheck.lineTexts(message, message.firstGroup, behind: cursor)
        guard let channel = Channel(rawValue: message.u8(Layout.channel)) else { throw Refused(.textMalformed) }
        guard let store = state.store(id: storeID) else { throw Refused(.storeUnknown) }
        let named = try member(
            kind: message.u8(Layout.memberKind), number: message.u32(Layout.member), memberKey: memberKey, state: state)
        let occurredAt = message.i64(Layout.occurredAt)
        try ReceiptCheck.time(occurredAt, utcOffsetMinutes: message.i16(Layout.utcOffsetMinutes))
        let total = message.i64(Layout.total)
        try ReceiptCheck.lines(message, message.firstGroup, total: total)
        let reference = PurchaseName(
            sequence: message.u64(Layout.purchaseSequence), source: message.u32(Layout.purchaseSource),
            number: message.u64(Layout.purchaseNumber))
        let purchase = try purchase(reference, receipt: purchaseReceipt, of: named, state: state, history: history)
        let member = purchase?.member ?? named
        var plan: ReturnPlan?
        if let purchase {
            guard named == .none || named == purchase.member else { throw Refused(.purchaseOfAnotherMember) }
            let lines = try linesBack(message, of: purchase, state: state)
            plan = ReturnPlan(purchase, lines, state: state)
        } else {
            try checkNamesNoLine(message)
        }
        try checkSums(adding: -total, member: member, state: state)
        return ReturnForm(
            message, receiptStart: receiptStart, store: store, channel: channel, plan: plan, member: member)
    }

    /// Moves the points of a return and writes its record.
    func decideReturn(
        _ form: borrowing ReturnForm, _ envelope: RecordEnvelope, _ sheet: inout MemberSheet,
        state: borrowing ProgrammeState, history: some RecordSource, into records: inout ByteWriter
    ) throws(Refused) -> Outcome {
        typealias Layout = ReturnLayout
        let message = form.message
        let occurredAt = message.i64(Layout.occurredAt)
        let offset = message.i16(Layout.utcOffsetMinutes)
        let total = message.i64(Layout.total)
        var draft = EntryDraft()
        var revision: UInt16 = 0
        if let plan = form.plan {
            revision = plan.purchase.revision
            try takeBack(
                plan, at: Moment(occurredAt, offset), &sheet, &draft, state: state, history: history)
        } else {
            revision = try takeBackBlind(
                total, member: form.member, store: form.store, at: occurredAt, &sheet, &draft, state: state)
        }
        let lots = try draft.lotBytes(beyond: .returnTooLarge)
        let balance = try balance(behind: draft, revision, &sheet, state: state)
        let start = records.count
        records.append(header: ReturnRecordedLayout.shape)
        records.append(envelope: envelope)
        records.append(
            receiptAt: form.store, occurredAt, total: total, balance: balance, offset, revision: revision,
            form.channel, receiptLength: message.u8(Layout.receiptLength))
        records.append(returned: form.plan, kind: 0, lotsLength: lots.count)
        records.append(
            entriesOf: message.firstGroup, in: message.bytes, entryLength: ReturnRecordedLayout.Lines.entryLength)
        records.append(postings: draft.postings)
        records.append(restored: form.plan)
        records.append(
            u16: try textBytes(message.textLength - form.receiptStart, lots.count, beyond: .returnTooLarge))
        records.append(
            bytes: message.bytes.extracting(
                (message.textOffset + form.receiptStart)..<(message.textOffset + message.textLength)))
        records.append(bytes: lots.bytes)
        guard records.count - start <= Limits.recordBytesMax else { throw Refused(.returnTooLarge) }
        return Outcome(status: .recorded, member: form.member.rawValue, points: draft.points, balance: balance)
    }

    /// The envelope of a record of a member.
    func chained(_ envelope: RecordEnvelope, _ member: MemberNumber, state: borrowing ProgrammeState) -> RecordEnvelope
    {
        var envelope = envelope
        envelope.member = member.rawValue
        envelope.previousOfMember = member == .none ? 0 : state.members[Int(member.rawValue) - 1].lastSequence
        return envelope
    }

    /// The balance of the wallet that a return moved last; of the rule's wallet when it moved none.
    func balance(
        behind draft: EntryDraft, _ revision: UInt16, _ sheet: inout MemberSheet, state: borrowing ProgrammeState
    ) throws(Refused) -> Int64 {
        let moved = draft.postings.last { $0.purpose.isOfMembers }.map { WalletNumber($0.wallet) }
        let isKnown = revision > 0 && Int(revision) <= state.accruals.count
        let ruled = isKnown ? WalletNumber(state.accruals[Int(revision) - 1].wallet) : nil
        guard let wallet = moved ?? ruled, sheet.member != .none else { return 0 }
        return try sheet.with(wallet, state) { (sheet) throws(Refused) in sheet.net }
    }

    // MARK: Lines

    /// Checks, line by line, that what comes back was bought and has not come back before.
    private func linesBack(
        _ message: borrowing Message, of purchase: PurchaseFacts, state: borrowing ProgrammeState
    ) throws(Refused) -> [ReturnPlan.Line] {
        typealias Entry = ReturnLayout.Lines
        let group = message.firstGroup
        var lines: [ReturnPlan.Line] = []
        var taken: [UInt16: (quantity: Int64, money: Int64)] = [:]
        for index in 0..<group.count {
            let entry = group.offset + index * group.stride
            let line = message.bytes.u16(at: entry + Entry.purchaseLine)
            guard line > 0, Int(line) <= purchase.lines.count else {
                throw Refused(.purchaseLineUnknown, line: index + 1)
            }
            lines.append(
                ReturnPlan.Line(
                    quantity: message.bytes.i64(at: entry + Entry.quantity),
                    money: message.bytes.i64(at: entry + Entry.total), purchaseLine: line,
                    skuLength: message.bytes.u8(at: entry + Entry.skuLength),
                    categoryLength: message.bytes.u8(at: entry + Entry.categoryLength)))
        }
        for (index, line) in lines.enumerated() {
            let before =
                taken[line.purchaseLine] ?? state.returned(purchase: purchase.sequence, line: UInt32(line.purchaseLine))
            let after = (quantity: before.quantity + line.quantity, money: before.money + line.money)
            let bought = purchase.lines[Int(line.purchaseLine) - 1]
            guard after.quantity <= bought.quantity, after.money <= bought.total else {
                throw Refused(.returnExceedsPurchase, line: index + 1)
            }
            taken[line.purchaseLine] = after
        }
        return lines
    }

    /// A blind return has no purchase, so its lines name none of a purchase.
    private func checkNamesNoLine(_ message: borrowing Message) throws(Refused) {
        let group = message.firstGroup
        for index in 0..<group.count {
            let offset = group.offset + index * group.stride + ReturnLayout.Lines.purchaseLine
            guard message.bytes.u16(at: offset) == 0 else { throw Refused(.purchaseLineUnknown, line: index + 1) }
        }
    }
}

extension ByteWriter {
    /// Appends the fields of a return behind those that it shares with a purchase.
    mutating func append(returned plan: ReturnPlan?, kind: UInt8, lotsLength: Int) {
        append(u64: plan?.purchase.sequence ?? 0)
        append(i64: plan?.paidBack ?? 0)
        append(u8: kind)
        append(u16: UInt16(lotsLength))
    }

    /// Appends what of each redemption comes back; what is nothing is left out.
    mutating func append(restored plan: ReturnPlan?) {
        let spent = plan?.spent ?? []
        let back = spent.indices.filter { spent[$0].points != 0 || spent[$0].money != 0 }
        append(groupOf: back.count, entryLength: ReturnRecordedLayout.Redemptions.entryLength)
        for index in back {
            append(i64: spent[index].points)
            append(i64: spent[index].money)
            append(u16: plan?.purchase.redemptions[index].wallet.rawValue ?? 0)
        }
    }
}
