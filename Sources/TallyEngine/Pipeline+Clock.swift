import TallyBytes
import TallyCodec
import TallyDecisions
import TallyModel
import TallyProjections
import TallyTables

// Time passes by records. Lots begin and end and holds run out by records that the ledger writes of its own accord, so a replay
// sees them at the same place and needs no clock.

extension Pipeline {
    /// Records of the clock that one block takes while tills may be waiting: a million lots that end with one day take turns with
    /// the tills' receipts, block by block.
    private static var ticksPerBlock: Int { 4 }

    /// Lets lots begin and end and holds run out whose time has come, as many as this block may take.
    mutating func tick() {
        guard failure == nil else { return }
        let now = services.now()
        while filling.ticks < Pipeline.ticksPerBlock, !isFull, writeDue(by: clock(now), now) { filling.ticks += 1 }
    }

    /// True when something is due and this block may take it.
    var isTickDue: Bool {
        guard failure == nil, filling.ticks < Pipeline.ticksPerBlock, !isFull else { return false }
        let now = services.now()
        return state.isLotDue(by: clock(now)) || state.isHoldDue(by: now) || state.isIssueDue(by: clock(now))
            || state.isReservationDue(by: now)
    }

    /// Lets everything begin and end up to where a command has told the clock to go.
    ///
    /// The next event of the batch is decided behind it, however many lots that takes.
    mutating func followClock() {
        let target = state.ledger[0].clockTarget
        while state.isLotDue(by: target), writeDueLots(by: target) {}
        while state.isIssueDue(by: target), writeDueIssues(by: target) {}
    }

    /// Up to when lots begin and end now.
    private func clock(_ now: Int64) -> Int64 {
        services.options.clock == .machine ? max(now, state.ledger[0].clockTarget) : state.ledger[0].clockTarget
    }

    /// Writes one record of what is due; false when nothing is.
    private mutating func writeDue(by clock: Int64, _ now: Int64) -> Bool {
        if state.isLotDue(by: clock) { return writeDueLots(by: clock) }
        if state.isIssueDue(by: clock) { return writeDueIssues(by: clock) }
        guard state.isHoldDue(by: now) || state.isReservationDue(by: now) else { return false }
        let second = UInt32(clamping: max(0, now / 1_000_000))
        let envelope = ledgerEnvelope()
        record.removeAll()
        guard
            decider.endDueHold(by: second, envelope, state: state, into: &record)
                || decider.endDueReservation(by: second, envelope, state: state, into: &record)
        else { return false }
        takeRecord(envelope)
        return true
    }

    /// Writes one record of the issues of instruments that end; false when none does.
    private mutating func writeDueIssues(by clock: Int64) -> Bool {
        let envelope = ledgerEnvelope()
        record.removeAll()
        let second = UInt32(clamping: max(0, clock / 1_000_000))
        guard decider.expireInstruments(by: second, envelope, state: state, into: &record) else { return false }
        takeRecord(envelope)
        return true
    }

    private mutating func writeDueLots(by clock: Int64) -> Bool {
        let envelope = ledgerEnvelope()
        record.removeAll()
        guard decider.advanceLots(to: clock, envelope, state: state, into: &record) else { return false }
        takeRecord(envelope)
        return true
    }
}

extension ProgrammeState {
    /// True when a lot begins or ends by a moment in microseconds since the epoch.
    fileprivate func isLotDue(by time: Int64) -> Bool {
        guard let next = dueLots.nextDue else { return false }
        return Int64(next) <= time / 1_000_000
    }

    /// True when codes of instruments end by a moment in microseconds since the epoch.
    fileprivate func isIssueDue(by time: Int64) -> Bool {
        guard let next = dueIssues.nextDue else { return false }
        return Int64(next) <= time / 1_000_000
    }

    /// True when a reserved use runs out by a moment in microseconds since the epoch.
    fileprivate func isReservationDue(by time: Int64) -> Bool {
        guard let next = dueReservations.nextDue else { return false }
        return Int64(next) <= time / 1_000_000
    }

    /// True when a hold runs out by a moment in microseconds since the epoch.
    fileprivate func isHoldDue(by time: Int64) -> Bool {
        guard let next = dueHolds.nextDue else { return false }
        return Int64(next) <= time / 1_000_000
    }
}
