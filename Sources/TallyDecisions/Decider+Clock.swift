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
        state.dueLots.forEach(through: second) { row, due in
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
    /// Debts that lots of this record have covered already, by the row of the wallet.
    private var covered: [UInt32: Int64] = [:]

    mutating func add(_ row: Int, _ state: borrowing ProgrammeState, by second: UInt32) {
        let lot = state.lots[row]
        let balance = state.balances[Int(lot.balance) - 1]
        let wallet = WalletNumber(balance.wallet)
        var covers: Int64 = 0
        var until: UInt32 = 0
        let event: UInt8
        if lot.isPending != 0 {
            event = 0
            covers = min(lot.remaining, balance.debt - covered[lot.balance, default: 0])
            if covers > 0 { covered[lot.balance, default: 0] += covers }
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
}
