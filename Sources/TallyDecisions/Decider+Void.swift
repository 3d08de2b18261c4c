import TallyBytes
import TallyCodec
import TallyLedger
import TallyModel
import TallyProjections
import TallyTables

extension Decider {
    /// Takes back all that is left of a purchase.
    ///
    /// The record is that of a return with every line that has not come back, so whoever reads returns reads voids.
    func decideVoid(
        _ command: RawSpan, _ envelope: RecordEnvelope, state: borrowing ProgrammeState, history: some RecordSource,
        into records: inout ByteWriter
    ) throws(Refused) -> Outcome {
        typealias Layout = VoidPurchaseLayout
        let message = try message(command, Layout.shape)
        var cursor = TextCursor(message)
        let storeID = try cursor.identifier(message.u8(Layout.storeLength), of: message)
        let memberKey = try cursor.name(message.u8(Layout.memberKeyLength), of: message)
        let purchaseReceipt = try cursor.optionalIdentifier(message.u8(Layout.purchaseReceiptLength), of: message)
        let receipt = try cursor.identifier(message.u8(Layout.receiptLength), of: message)
        try cursor.finish(message)
        guard let channel = Channel(rawValue: message.u8(Layout.channel)) else { throw Refused(.textMalformed) }
        guard let store = state.store(id: storeID) else { throw Refused(.storeUnknown) }
        let named = try member(
            kind: message.u8(Layout.memberKind), number: message.u32(Layout.member), memberKey: memberKey, state: state)
        let moment = Moment(message.i64(Layout.occurredAt), message.i16(Layout.utcOffsetMinutes))
        try ReceiptCheck.time(moment.microseconds, utcOffsetMinutes: moment.utcOffsetMinutes)
        let name = PurchaseName(
            sequence: message.u64(Layout.purchaseSequence), source: message.u32(Layout.purchaseSource),
            number: message.u64(Layout.purchaseNumber))
        let found = try purchase(name, receipt: purchaseReceipt, of: named, state: state, history: history)
        guard let purchase = found else { throw Refused(.purchaseUnknown) }
        guard named == .none || named == purchase.member else { throw Refused(.purchaseOfAnotherMember) }
        let plan = ReturnPlan(purchase, linesLeft(of: purchase, state: state), state: state)
        guard !plan.lines.isEmpty else { throw Refused(.returnExceedsPurchase) }
        let total = plan.lines.reduce(0) { $0 + $1.money }
        try checkSums(adding: -total, member: purchase.member, state: state)
        var sheet = MemberSheet(purchase.member)
        var draft = EntryDraft()
        var codes = CodeSheet()
        let envelope = chained(envelope, purchase.member, state: state)
        try giveBack(codesOf: plan, isVoid: true, at: moment, in: store, envelope, &codes, state: state)
        try takeBack(plan, at: moment, &sheet, &draft, state: state, history: history)
        let lots = try draft.lotBytes(beyond: .returnTooLarge)
        let balance = try balance(behind: draft, purchase.revision, &sheet, state: state)
        var slip = ByteWriter(capacity: 2048)
        slip.append(header: ReturnRecordedLayout.shape)
        slip.append(envelope: envelope)
        slip.append(
            receiptAt: store, moment.microseconds, total: total, balance: balance, moment.utcOffsetMinutes,
            revision: purchase.revision, channel, receiptLength: UInt8(receipt.byteCount))
        slip.append(returned: plan, kind: 1, lotsLength: lots.count)
        slip.append(voided: plan)
        slip.append(postings: draft.postings)
        slip.append(restored: plan)
        try slip.append(textOf: plan, receipt: receipt, lots)
        guard slip.count <= Limits.recordBytesMax else { throw Refused(.returnTooLarge) }
        try records.append(slip, codes, envelope)
        return Outcome(status: .recorded, member: purchase.member.rawValue, points: draft.points, balance: balance)
    }

    /// The lines of a purchase with what of each has not come back.
    private func linesLeft(of purchase: PurchaseFacts, state: borrowing ProgrammeState) -> [ReturnPlan.Line] {
        var left: [ReturnPlan.Line] = []
        for (index, line) in purchase.lines.enumerated() {
            let before = state.returned(purchase: purchase.sequence, line: UInt32(index + 1))
            let rest = ReturnPlan.Line(
                quantity: line.quantity - before.quantity, money: line.total - before.money,
                purchaseLine: UInt16(index + 1), skuLength: UInt8(line.sku.count),
                categoryLength: UInt8(line.category.count))
            if rest.quantity > 0 || rest.money > 0 { left.append(rest) }
        }
        return left
    }
}

extension ByteWriter {
    fileprivate mutating func append(voided plan: ReturnPlan) {
        append(groupOf: plan.lines.count, entryLength: ReturnRecordedLayout.Lines.entryLength)
        for line in plan.lines {
            append(i64: line.quantity)
            append(i64: line.money)
            append(u8: line.skuLength)
            append(u8: line.categoryLength)
            append(u16: line.purchaseLine)
        }
    }

    fileprivate mutating func append(
        textOf plan: ReturnPlan, receipt: RawSpan, _ lots: borrowing ByteWriter
    ) throws(Refused) {
        let strings = plan.lines.reduce(0) { $0 + Int($1.skuLength) + Int($1.categoryLength) }
        append(u16: try textBytes(receipt.byteCount + strings, lots.count, beyond: .returnTooLarge))
        append(bytes: receipt)
        for line in plan.lines {
            let bought = plan.purchase.lines[Int(line.purchaseLine) - 1]
            for byte in bought.sku { append(u8: byte) }
            for byte in bought.category { append(u8: byte) }
        }
        append(bytes: lots.bytes)
    }
}
