import TallyBytes
import TallyCodec
import TallyLedger
import TallyModel
import TallyTables

extension ProgrammeState {
    /// A purchase: the member's sums, the books, the member's wallet.
    @inline(__always)
    mutating func applyPurchase(_ record: RawSpan, _ sequence: UInt64) throws(StateError.Fault) {
        typealias Layout = PurchaseRecordedLayout
        let message = try message(record, Layout.shape)
        let envelope = message.envelope
        try note(envelope, sequence)
        if envelope.member != 0 { try chain(envelope, sequence) }
        try takePurchase(message, member: envelope.member, sequence)
    }

    /// What a purchase does besides moving its source and its member's chain on.
    @inline(__always)
    mutating func takePurchase(
        _ message: borrowing Message, member: UInt32, _ sequence: UInt64
    ) throws(StateError.Fault) {
        typealias Layout = PurchaseRecordedLayout
        let total = message.i64(Layout.total)
        guard total >= 0 else { throw .impossibleSum }
        try checkStore(message.u32(Layout.store))
        try countReceipt(total)
        guard member != 0 else {
            guard message.secondGroup.count == 0 else { throw .unknown(what: "member", number: 0) }
            return
        }
        let day = CivilDay(
            of: Instant(microseconds: message.i64(Layout.occurredAt)),
            utcOffsetMinutes: message.i16(Layout.utcOffsetMinutes))
        try countPurchase(of: Int(member) - 1, total: total, day: day.days)
        var flow = Flow()
        let hold = message.u64(Layout.hold)
        if hold != 0 { try endHold(hold, slot: Int(message.u32(Layout.holdSlot)), member: member, &flow) }
        let lotsLength = message.u16(Layout.lotsLength)
        if lotsLength != 0 { try moveLots(message, length: lotsLength, member: member, &flow) }
        let moved = try post(message, message.secondGroup, member: member, sequence, &flow)
        try check(flow, moved: moved, stated: message.i64(Layout.balanceAfter))
        if hasSlidingTerms { slide(member, from: day, utcOffsetMinutes: message.i16(Layout.utcOffsetMinutes)) }
    }

    /// A return: as a purchase with its sign turned, and what came back of which line.
    mutating func applyReturn(_ record: RawSpan, _ sequence: UInt64) throws(StateError.Fault) {
        typealias Layout = ReturnRecordedLayout
        let message = try message(record, Layout.shape)
        let envelope = message.envelope
        try note(envelope, sequence)
        if envelope.member != 0 { try chain(envelope, sequence) }
        try takeReturn(message, member: envelope.member, sequence)
    }

    /// What a return does besides that.
    mutating func takeReturn(
        _ message: borrowing Message, member: UInt32, _ sequence: UInt64
    ) throws(StateError.Fault) {
        typealias Layout = ReturnRecordedLayout
        let total = message.i64(Layout.total)
        guard total >= 0 else { throw .impossibleSum }
        try checkStore(message.u32(Layout.store))
        try countReceipt(-total)
        let purchase = message.u64(Layout.purchase)
        if purchase != 0 { try noteReturned(message, purchase: purchase) }
        guard member != 0 else {
            guard message.secondGroup.count == 0 else { throw .unknown(what: "member", number: 0) }
            return
        }
        let row = Int(member) - 1
        let monetary = members[row].monetary.subtractingReportingOverflow(total)
        guard !monetary.overflow else { throw .impossibleSum }
        members.update(row) { member in
            member.monetary = monetary.partialValue
            member.receipts &+= 1
        }
        var flow = Flow()
        try moveLots(message, length: message.u16(Layout.lotsLength), member: member, &flow)
        let moved = try post(message, message.secondGroup, member: member, sequence, &flow)
        try check(flow, moved: moved, stated: message.i64(Layout.balanceAfter))
    }

    /// An exchange: its return, then its purchase, both of one member.
    mutating func applyExchange(_ record: RawSpan, _ sequence: UInt64) throws(StateError.Fault) {
        let message = try message(record, ExchangeRecordedLayout.shape)
        let envelope = message.envelope
        try note(envelope, sequence)
        if envelope.member != 0 { try chain(envelope, sequence) }
        try takeExchange(message, member: envelope.member, sequence)
    }

    /// What an exchange does besides that.
    mutating func takeExchange(
        _ message: borrowing Message, member: UInt32, _ sequence: UInt64
    ) throws(StateError.Fault) {
        let length = Int(message.u16(ExchangeRecordedLayout.returnLength))
        guard let slip = message.text(at: 0, count: length),
            let receipt = message.text(at: length, count: message.textLength - length)
        else { throw .malformed(CodecError(.textLengthMismatch(needed: length, found: message.textLength))) }
        try takeReturn(try self.message(slip, ReturnRecordedLayout.shape), member: member, sequence)
        try takePurchase(try self.message(receipt, PurchaseRecordedLayout.shape), member: member, sequence)
    }

    /// Points given or taken by hand.
    mutating func applyAdjusted(_ record: RawSpan, _ sequence: UInt64) throws(StateError.Fault) {
        typealias Layout = AdjustedLayout
        let message = try message(record, Layout.shape)
        let envelope = message.envelope
        try note(envelope, sequence)
        try chain(envelope, sequence)
        var flow = Flow()
        try moveLots(message, length: message.u16(Layout.lotsLength), member: envelope.member, &flow)
        let moved = try post(message, message.firstGroup, member: envelope.member, sequence, &flow)
        try check(flow, moved: moved, stated: message.i64(Layout.balanceAfter))
        try noteOperator(ofAdjusted: message)
    }

    /// A purchase keeps the lots of wallets alive that end by activity.
    private mutating func slide(_ member: UInt32, from day: CivilDay, utcOffsetMinutes: Int16) {
        var place = members[Int(member) - 1].firstBalance
        while place != 0 {
            let row = Int(place) - 1
            let terms = terms(of: balances[row].wallet)
            if terms.expiryKind == 4 {
                let end = LotDays.start(
                    of: Int64(day.days) + Int64(terms.expiryCount) + 1, utcOffsetMinutes: utcOffsetMinutes)
                balances.update(row) { $0.slidesTo = max($0.slidesTo, end) }
            }
            place = balances[row].next
        }
    }

    @inline(__always)
    func checkStore(_ store: UInt32) throws(StateError.Fault) {
        guard store > 0, Int(store) <= stores.count else { throw .unknown(what: "store", number: UInt64(store)) }
    }

    @inline(__always)
    private mutating func countReceipt(_ total: Int64) throws(StateError.Fault) {
        let turnover = ledger[0].turnover.addingReportingOverflow(total)
        guard !turnover.overflow else { throw .impossibleSum }
        ledger.update(0) { row in
            row.receipts &+= 1
            row.turnover = turnover.partialValue
        }
    }

    @inline(__always)
    private mutating func countPurchase(of row: Int, total: Int64, day: Int32) throws(StateError.Fault) {
        var overflow = false
        members.update(row) { member in
            let monetary = member.monetary.addingReportingOverflow(total)
            let gross = member.gross.addingReportingOverflow(total)
            overflow = monetary.overflow || gross.overflow
            member.monetary = monetary.partialValue
            member.gross = gross.partialValue
            member.receipts &+= 1
            // An empty receipt is no purchase: it neither counts nor makes the member active.
            guard total > 0 else { return }
            member.firstDay = member.purchases == 0 ? day : min(member.firstDay, day)
            member.lastDay = member.purchases == 0 ? day : max(member.lastDay, day)
            member.purchases &+= 1
        }
        guard !overflow else { throw .impossibleSum }
    }

    private mutating func noteReturned(_ message: borrowing Message, purchase: UInt64) throws(StateError.Fault) {
        typealias Lines = ReturnRecordedLayout.Lines
        let group = message.firstGroup
        for index in 0..<group.count {
            let entry = group.offset + index * group.stride
            try addReturned(
                purchase, UInt32(message.bytes.u16(at: entry + Lines.purchaseLine)),
                quantity: message.bytes.i64(at: entry + Lines.quantity),
                money: message.bytes.i64(at: entry + Lines.total))
        }
        var points: Int64 = 0
        for index in 0..<message.secondGroup.count {
            guard let posting = message.posting(index, of: message.secondGroup) else { continue }
            if posting.purpose == .clawback { points &+= posting.amount }
        }
        try addReturned(purchase, 0, quantity: points, money: message.i64(ReturnRecordedLayout.total))
        try noteRestored(message, purchase: purchase)
    }

    /// Notes how many points of each redemption have come back, under a line number that no receipt reaches.
    private mutating func noteRestored(_ message: borrowing Message, purchase: UInt64) throws(StateError.Fault) {
        typealias Entry = ReturnRecordedLayout.Redemptions
        let group = message.thirdGroup
        for index in 0..<group.count {
            let entry = group.offset + index * group.stride
            try addReturned(
                purchase, ProgrammeState.restoredLine(of: message.bytes.u16(at: entry + Entry.wallet)),
                quantity: message.bytes.i64(at: entry + Entry.points), money: message.bytes.i64(at: entry + Entry.money)
            )
        }
    }

    /// The line number under which ``returned(purchase:line:)`` keeps what of a wallet's redemption has come back: points as its
    /// quantity and what they paid as its money.
    public static func restoredLine(of wallet: UInt16) -> UInt32 { 1 << 16 | UInt32(wallet) }

    /// Counts what comes back of a line of a purchase, or of a redemption of an instrument.
    mutating func addReturned(
        _ purchase: UInt64, _ line: UInt32, quantity: Int64, money: Int64
    ) throws(StateError.Fault) {
        let row = returnedRow(purchase, line) ?? openReturned(purchase, line)
        let newQuantity = returned[row].quantity.addingReportingOverflow(quantity)
        let newMoney = returned[row].money.addingReportingOverflow(money)
        guard !newQuantity.overflow, !newMoney.overflow else { throw .impossibleSum }
        returned.update(row) { entry in
            entry.quantity = newQuantity.partialValue
            entry.money = newMoney.partialValue
        }
    }

    private mutating func openReturned(_ purchase: UInt64, _ line: UInt32) -> Int {
        let row = returned.append(ReturnedRow(purchase: purchase, quantity: 0, money: 0, line: line))
        indexReturned(row)
        return row
    }
}
