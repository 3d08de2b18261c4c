import TallyBytes
import TallyCodec
import TallyModel
import TallyTables

extension ProgrammeState {
    /// The clock is told where to go; lots begin and end by the records that follow.
    mutating func applyClockSet(_ record: RawSpan, _ sequence: UInt64) throws(StateError.Fault) {
        let message = try message(record, ClockSetLayout.shape)
        try note(message.envelope, sequence)
        let target = message.i64(ClockSetLayout.to)
        guard target >= ledger[0].clockTarget else { throw .timeOutOfOrder }
        ledger.update(0) { $0.clockTarget = target }
    }

    /// Lots begin, end, or live on because their member was there.
    mutating func applyClockAdvanced(_ record: RawSpan, _ sequence: UInt64) throws(StateError.Fault) {
        typealias Layout = ClockAdvancedLayout
        let message = try message(record, Layout.shape)
        try note(message.envelope, sequence)
        let clock = message.i64(Layout.to)
        guard clock >= ledger[0].clock else { throw .timeOutOfOrder }
        ledger.update(0) { $0.clock = clock }
        let group = message.firstGroup
        var flow = Flow()
        for index in 0..<group.count {
            if index &+ 8 < group.count {
                prefetchLot(message, at: group.offset &+ (index &+ 8) &* group.stride)
            }
            try applyDue(message, at: group.offset &+ index &* group.stride, &flow)
        }
        for index in 0..<message.secondGroup.count {
            guard let posting = message.posting(index, of: message.secondGroup) else {
                throw .unknown(what: "purpose of posting", number: UInt64(index))
            }
            try checkIsDefined(posting)
            guard flow.add(posting) else { throw .impossibleSum }
            try book(posting)
            guard posting.purpose.isOfMembers else { continue }
            flow.expect(posting.amount, posting.business, posting.wallet, posting.purpose)
        }
        guard flow.isSound else { throw .unbalanced(sum: flow.sum) }
    }

    @inline(__always)
    private mutating func prefetchLot(_ message: borrowing Message, at entry: Int) {
        let slot = Int(message.bytes.u32(at: entry &+ ClockAdvancedLayout.Lots.slot))
        lots.prefetch(slot)
        if slot < lots.count { balances.prefetch(Int(lots[slot].balance) - 1) }
    }

    @inline(__always)
    private mutating func applyDue(
        _ message: borrowing Message, at entry: Int, _ flow: inout Flow
    ) throws(StateError.Fault) {
        typealias Entry = ClockAdvancedLayout.Lots
        let slot = Int(message.bytes.u32(at: entry &+ Entry.slot))
        let id = message.bytes.u64(at: entry &+ Entry.lot)
        let amount = message.bytes.i64(at: entry &+ Entry.amount)
        guard slot < lots.count, lots[slot].lot == id, id != 0 else { throw .unknown(what: "lot", number: id) }
        let balance = Int(lots[slot].balance) - 1
        guard balances[balance].member == message.bytes.u32(at: entry &+ Entry.member),
            lots[slot].remaining == amount
        else { throw .balanceMismatch(stated: amount, computed: lots[slot].remaining) }
        switch message.bytes.u8(at: entry &+ Entry.event) {
        case 0: try begin(slot, covers: message.bytes.i64(at: entry &+ Entry.covers), in: balance, &flow)
        case 1: try expire(slot, amount, in: balance, &flow)
        case 2: try rechainLot(slot, endsAt: message.bytes.u32(at: entry &+ Entry.until))
        default: throw .unknown(what: "event of lot", number: id)
        }
    }

    private mutating func begin(
        _ slot: Int, covers: Int64, in balance: Int, _ flow: inout Flow
    ) throws(StateError.Fault) {
        let lot = lots[slot]
        let wallet = balances[balance].wallet
        guard lot.isPending != 0, covers >= 0, covers <= lot.remaining, covers <= balances[balance].debt else {
            throw .impossibleSum
        }
        lots.update(slot) { row in
            row.isPending = 0
            row.remaining -= covers
        }
        noteDue(slot, insteadOf: lot.dueAt)
        guard change(balance, .pending, by: -lot.remaining), change(balance, .active, by: lot.remaining - covers),
            change(balance, .debt, by: covers)
        else { throw .impossibleSum }
        flow.found(-lot.remaining, lot.issuer, wallet, .pending)
        flow.found(lot.remaining - covers, lot.issuer, wallet, .active)
        flow.found(covers, lot.issuer, wallet, .debt)
        if covers == lot.remaining { try sweepLot(slot, in: balance) }
    }

    @inline(__always)
    private mutating func expire(
        _ slot: Int, _ amount: Int64, in balance: Int, _ flow: inout Flow
    ) throws(StateError.Fault) {
        let lot = lots[slot]
        guard lot.isPending == 0, lot.endsAt != 0 else { throw .impossibleSum }
        let isUsedUp = try take(amount, fromLot: slot)
        guard change(balance, .active, by: -amount) else { throw .impossibleSum }
        flow.found(-amount, lot.issuer, balances[balance].wallet, .active)
        if isUsedUp { try sweepLot(slot, in: balance) }
    }
}
