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

        let purchase = try purchase(message, receipt: purchaseReceipt, of: named, state: state, history: history)
        let member = purchase?.member ?? named
        if let purchase {
            guard named == .none || named == purchase.member else { throw Refused(.purchaseOfAnotherMember) }
            try checkComesBack(message, of: purchase, state: state)
        } else {
            try checkNamesNoLine(message)
        }
        try checkSums(adding: -total, member: member, state: state)
        let award =
            if let purchase { try takeBack(total, of: purchase, state: state) } else {
                try takeBackBlind(total, member: member, store: store, at: occurredAt, state: state)
            }

        var envelope = envelope
        envelope.member = member.rawValue
        envelope.previousOfMember = member == .none ? 0 : state.members[Int(member.rawValue) - 1].lastSequence
        records.append(header: ReturnRecordedLayout.shape)
        records.append(envelope: envelope)
        records.append(
            receiptAt: store, occurredAt, total: total, balance: award.balance, message.i16(Layout.utcOffsetMinutes),
            revision: award.revision, channel, receiptLength: message.u8(Layout.receiptLength))
        records.append(u64: purchase?.sequence ?? 0)
        records.append(entriesOf: message.firstGroup, in: command, entryLength: ReturnRecordedLayout.Lines.entryLength)
        records.append(postings: award.postings)
        records.append(textOf: message, from: receiptStart)
        return Outcome(status: .recorded, member: member.rawValue, points: award.points, balance: award.balance)
    }

    /// The purchase that the return names; nil for a blind return.
    private func purchase(
        _ message: borrowing Message, receipt: RawSpan, of member: MemberNumber, state: borrowing ProgrammeState,
        history: some RecordSource
    ) throws(Refused) -> PurchaseFacts? {
        typealias Layout = ReturnLayout
        let named = message.u64(Layout.purchaseSequence)
        let number = message.u64(Layout.purchaseNumber)
        let sequence: UInt64?
        if named != 0 {
            sequence = named
        } else if number != 0 {
            sequence = history.sequence(source: message.u32(Layout.purchaseSource), number: number)
        } else if receipt.byteCount > 0 {
            sequence = purchaseSequence(receipt: receipt, of: member, state: state, history: history)
        } else if message.u32(Layout.purchaseSource) != 0 {
            // Half a reference is a mistake at the till, and must not pass for none.
            sequence = nil
        } else {
            return nil
        }
        guard let sequence else { throw Refused(.purchaseUnknown) }
        var isThere = false
        var facts: PurchaseFacts?
        history.withRecord(sequence) { record in
            isThere = true
            facts = PurchaseFacts(record, sequence: sequence)
        }
        guard isThere else { throw Refused(.purchaseUnknown) }
        guard let facts else { throw Refused(.purchaseExpected) }
        return facts
    }

    /// Walks back along the member's records to the purchase with that number on its receipt.
    private func purchaseSequence(
        receipt: RawSpan, of member: MemberNumber, state: borrowing ProgrammeState, history: some RecordSource
    ) -> UInt64? {
        guard member != .none else { return nil }
        var sequence = state.members[Int(member.rawValue) - 1].lastSequence
        for _ in 0..<Limits.returnWalkMax where sequence != 0 {
            var isFound = false
            var previous: UInt64 = 0
            history.withRecord(sequence) { record in
                isFound = PurchaseFacts.isPurchase(record, receipt: receipt)
                previous = PurchaseFacts.previousOfMember(record)
            }
            if isFound { return sequence }
            sequence = previous
        }
        return nil
    }

    /// Checks, line by line, that what comes back was bought and has not come back before.
    private func checkComesBack(
        _ message: borrowing Message, of purchase: PurchaseFacts, state: borrowing ProgrammeState
    ) throws(Refused) {
        typealias Entry = ReturnLayout.Lines
        let group = message.firstGroup
        var taken: [UInt16: (quantity: Int64, money: Int64)] = [:]
        for index in 0..<group.count {
            let line = message.bytes.u16(at: group.offset + index * group.stride + Entry.purchaseLine)
            guard line > 0, Int(line) <= purchase.lines.count else {
                throw Refused(.purchaseLineUnknown, line: index + 1)
            }
        }
        for index in 0..<group.count {
            let entry = group.offset + index * group.stride
            let line = message.bytes.u16(at: entry + Entry.purchaseLine)
            let before = taken[line] ?? state.returned(purchase: purchase.sequence, line: UInt32(line))
            let after = (
                quantity: before.quantity + message.bytes.i64(at: entry + Entry.quantity),
                money: before.money + message.bytes.i64(at: entry + Entry.total)
            )
            let bought = purchase.lines[Int(line) - 1]
            guard after.quantity <= bought.quantity, after.money <= bought.total else {
                throw Refused(.returnExceedsPurchase, line: index + 1)
            }
            taken[line] = after
        }
    }

    /// A blind return has no purchase, so its lines name none of a purchase.
    private func checkNamesNoLine(_ message: borrowing Message) throws(Refused) {
        let group = message.firstGroup
        for index in 0..<group.count {
            let offset = group.offset + index * group.stride + ReturnLayout.Lines.purchaseLine
            guard message.bytes.u16(at: offset) == 0 else { throw Refused(.purchaseLineUnknown, line: index + 1) }
        }
    }

    /// Points that go back with a part of a purchase: its own points in proportion to the money, so that any series of
    /// partial returns takes back exactly what the purchase gave.
    private func takeBack(
        _ total: Int64, of purchase: PurchaseFacts, state: borrowing ProgrammeState
    ) throws(Refused) -> Award {
        guard purchase.member != .none, purchase.revision > 0, Int(purchase.revision) <= state.accruals.count else {
            return Award(revision: purchase.revision)
        }
        // The rule's wallet, because a purchase that gave nothing has no posting that names one.
        let wallet = WalletNumber(state.accruals[Int(purchase.revision) - 1].wallet)
        return try takeBack(
            share(of: total, of: purchase, state: state), member: purchase.member, business: purchase.business,
            wallet: wallet, revision: purchase.revision, state: state)
    }

    /// What the purchase's points shrink by when `total` more comes back of it.
    private func share(of total: Int64, of purchase: PurchaseFacts, state: borrowing ProgrammeState) -> Int64 {
        guard purchase.total > 0 else { return 0 }
        let before = state.returned(purchase: purchase.sequence, line: 0).money
        return cumulativeShare(purchase.points, taken: before + total, total: purchase.total)
            - cumulativeShare(purchase.points, taken: before, total: purchase.total)
    }

    /// Points that go back without a purchase: the rate in force when the return occurred.
    private func takeBackBlind(
        _ total: Int64, member: MemberNumber, store: StoreNumber, at occurredAt: Int64, state: borrowing ProgrammeState
    ) throws(Refused) -> Award {
        guard member != .none else { return Award() }
        let business = BusinessNumber(state.stores[Int(store.rawValue) - 1].business)
        guard let rule = state.accrual(at: occurredAt, business: business) else { return Award() }
        return try takeBack(
            try points(of: total, by: rule.row), member: member, business: business,
            wallet: WalletNumber(rule.row.wallet), revision: rule.revision, state: state)
    }

    private func takeBack(
        _ points: Int64, member: MemberNumber, business: BusinessNumber, wallet: WalletNumber, revision: UInt16,
        state: borrowing ProgrammeState
    ) throws(Refused) -> Award {
        let figures = state.figures(member, wallet)
        let after = figures.net.subtractingReportingOverflow(points)
        let issued = state.account(business, wallet, .issued).addingReportingOverflow(points)
        guard !after.overflow, !issued.overflow else { throw Refused(.sumTooLarge) }
        return Award(
            points: -points, balance: after.partialValue, revision: revision,
            postings: Movement.takingBack(points, from: figures, business: business, wallet: wallet))
    }
}
