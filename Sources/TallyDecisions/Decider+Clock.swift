public import TallyBytes
public import TallyCodec
import TallyLedger
import TallyModel
public import TallyProjections
import TallyTables

extension Decider {
    /// Tells the clock where to go.
    func decideClock(
        _ command: RawSpan, _ envelope: RecordEnvelope, state: borrowing ProgrammeState, into records: inout ByteWriter
    ) throws(Refused) -> Outcome {
        let message = try message(command, AdvanceClockLayout.shape)
        let target = message.i64(AdvanceClockLayout.to)
        guard target >= max(state.ledger[0].clock, state.ledger[0].clockTarget), target <= envelope.recordedAt else {
            throw Refused(.clockMalformed)
        }
        records.append(header: ClockSetLayout.shape)
        records.append(envelope: envelope)
        records.append(i64: target)
        return Outcome(status: .recorded)
    }

    /// Writes the record of the lots that begin or end next.
    ///
    /// - Parameters:
    ///   - time: Lots that are due by then, in microseconds since the epoch.
    ///   - envelope: Time, source and number of the record.
    ///   - state: What is known before it.
    ///   - records: Receives the record, with at most ``TallyModel/Limits/lotsPerTickMax`` lots.
    /// - Returns: False when no lot is due, and nothing was written.
    public func advanceLots(
        to time: Int64, _ envelope: RecordEnvelope, state: borrowing ProgrammeState, into records: inout ByteWriter
    ) -> Bool {
        let second = UInt32(clamping: max(0, time / 1_000_000))
        guard let next = state.dueLots.nextDue, next <= second else { return false }
        var tick = Tick()
        var leftBehind: UInt32?
        state.dueLots.forEach(through: second, state.lots) { row, due in
            guard tick.count < Limits.lotsPerTickMax else {
                leftBehind = due
                return false
            }
            tick.add(row, state, by: second)
            return true
        }
        // When lots are left behind the clock stands before their second.
        let reached = leftBehind.map { Int64($0) * 1_000_000 - 1 } ?? time
        records.append(header: ClockAdvancedLayout.shape)
        records.append(envelope: envelope)
        records.append(i64: max(reached, state.ledger[0].clock))
        records.append(groupOf: tick.count, entryLength: ClockAdvancedLayout.Lots.entryLength)
        records.append(bytes: tick.lots.bytes)
        records.append(postings: tick.draft.postings)
        return true
    }
}

/// What the clock does to the lots that are due.
private struct Tick: ~Copyable {
    var lots = ByteWriter(capacity: 1 << 14)
    var draft = EntryDraft()
    var count = 0
    /// What lots that begin cover of a debt, by the row of the wallet plus one and by the lot's name.
    private var covers: [UInt32: [UInt64: Int64]] = [:]

    mutating func add(_ row: Int, _ state: borrowing ProgrammeState, by second: UInt32) {
        let lot = state.lots[row]
        let balance = state.balances[Int(lot.balance) - 1]
        let wallet = WalletNumber(balance.wallet)
        var covers: Int64 = 0
        var until: UInt32 = 0
        let event: UInt8
        if lot.isPending != 0 {
            event = 0
            if balance.debt > 0 { covers = share(of: lot, in: balance, state, by: second) }
            draft.add(-lot.remaining, lot.issuer, wallet, .pending)
            draft.add(covers, lot.issuer, wallet, .debt)
            draft.add(lot.remaining - covers, lot.issuer, wallet, .active)
        } else if balance.slidesTo > second, state.terms(of: balance.wallet).expiryKind == 4 {
            (event, until) = (2, balance.slidesTo)
        } else {
            event = 1
            draft.add(-lot.remaining, lot.issuer, wallet, .active)
            draft.add(lot.remaining, lot.issuer, wallet, .expired)
        }
        count += 1
        lots.append(u64: lot.lot)
        lots.append(i64: lot.remaining)
        lots.append(i64: covers)
        lots.append(u32: balance.member)
        lots.append(u32: UInt32(row))
        lots.append(u32: until)
        lots.append(u8: event)
    }

    /// What a lot that begins covers of its member's debt.
    ///
    /// Lots cover in the order in which they begin, those of one second as they were made, whichever rows they have and whichever of
    /// them this record still has room for.
    private mutating func share(
        of lot: LotRow, in balance: BalanceTableRow, _ state: borrowing ProgrammeState, by second: UInt32
    ) -> Int64 {
        if let known = covers[lot.balance] { return known[lot.lot, default: 0] }
        var waiting: [LotRow] = []
        state.forEachLot(of: MemberNumber(balance.member), WalletNumber(balance.wallet)) { _, lot in
            if lot.isPending != 0, lot.remaining > 0, lot.beginsAt <= second { waiting.append(lot) }
            return true
        }
        var (owed, shares) = (balance.debt, [UInt64: Int64]())
        for lot in waiting.sorted(by: { ($0.beginsAt, $0.lot) < ($1.beginsAt, $1.lot) }) where owed > 0 {
            shares[lot.lot] = min(lot.remaining, owed)
            owed -= min(lot.remaining, owed)
        }
        covers[lot.balance] = shares
        return shares[lot.lot, default: 0]
    }
}
