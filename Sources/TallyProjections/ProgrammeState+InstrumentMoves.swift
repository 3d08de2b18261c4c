import TallyBytes
import TallyCodec
import TallyModel
import TallyTables

/// A step of a copy as its record says it, with the rows that it concerns.
private struct Step {
    let action: InstrumentAction
    let amount: Int64
    let lost: Int64
    let reference: UInt64
    let slot: Int
    let endsAt: UInt32
    let store: UInt32
    let member: UInt32
    /// Row of the instrument.
    let instrument: Int
    let isMoney: Bool
    /// Row of the code; nil for the code of a generic instrument.
    var code: Int?
    /// Row of its issue.
    var issue: Int?
}

extension ProgrammeState {
    /// A copy takes a step.
    mutating func applyInstrumentMoved(_ record: RawSpan, _ sequence: UInt64) throws(StateError.Fault) {
        typealias Layout = InstrumentMovedLayout
        let message = try message(record, Layout.shape)
        let envelope = message.envelope
        try note(envelope, sequence)
        if envelope.member != 0 { try chain(envelope, sequence) }
        try takeStep(message, sequence)
    }

    /// What a step does besides moving its source and its member's chain on.
    mutating func takeStep(_ message: borrowing Message, _ sequence: UInt64) throws(StateError.Fault) {
        typealias Layout = InstrumentMovedLayout
        let step = try step(message)
        if step.store != 0 { try checkStore(step.store) }
        let change: Int64
        switch step.action {
        case .reserve: change = try reserve(step, sequence)
        case .redeem: change = try redeem(step)
        case .release:
            _ = try endReservation(step)
            change = try lose(step)
        case .restore: change = try restore(step)
        case .cancel: change = try cancel(step)
        case .charge: change = try charge(step)
        }
        try bookCards(message, message.firstGroup, change: change, of: instruments[step.instrument])
        let (stated, left) = (message.i64(Layout.balanceAfter), spendable(step))
        guard stated == left else { throw .balanceMismatch(stated: stated, computed: left) }
    }

    private mutating func step(_ message: borrowing Message) throws(StateError.Fault) -> Step {
        typealias Layout = InstrumentMovedLayout
        let instrument = Int(message.u32(Layout.instrument)) - 1
        guard instrument >= 0, instrument < instruments.count else {
            throw .unknown(what: "instrument", number: UInt64(instrument + 1))
        }
        guard let action = InstrumentAction(rawValue: message.u8(Layout.action)) else {
            throw .unknown(what: "step of instrument", number: UInt64(message.u8(Layout.action)))
        }
        var step = Step(
            action: action, amount: message.i64(Layout.amount), lost: message.i64(Layout.lost),
            reference: message.u64(Layout.reference), slot: Int(message.u32(Layout.slot)),
            endsAt: message.u32(Layout.endsAt), store: message.u32(Layout.store), member: message.envelope.member,
            instrument: instrument, isMoney: instruments[instrument].isMoney)
        guard step.amount >= 0, step.lost >= 0 else { throw .impossibleSum }
        let serial = message.u32(Layout.serial)
        guard instruments[instrument].isGeneric == (serial == 0) else {
            throw .unknown(what: "serial", number: UInt64(serial))
        }
        guard serial != 0 else { return step }
        guard let issue = instrumentIssue(of: serial), instrumentIssues[issue].instrument == UInt32(instrument + 1)
        else {
            throw .unknown(what: "serial", number: UInt64(serial))
        }
        step.issue = issue
        step.code = instrumentCodeRow(serial) ?? openCode(serial, issue: issue)
        return step
    }

    @inline(never)
    private mutating func openCode(_ serial: UInt32, issue: Int) -> Int {
        let row = instrumentCodes.append(instrumentCode(serial, issue: issue))
        indexInstrumentCode(row)
        instrumentIssues.update(issue) { $0.touched += 1 }
        return row
    }

    /// Money that can be spent on the code now; 0 for a right to a discount.
    private func spendable(_ step: Step) -> Int64 {
        guard step.isMoney, let code = step.code, let issue = step.issue, instrumentIssues[issue].hasEnded == 0 else {
            return 0
        }
        return instrumentCodes[code].balance - instrumentCodes[code].reserved
    }

    /// Changes what is on a code, and with it what its issue is worth.
    ///
    /// - Throws: ``StateError/Fault/impossibleSum`` when less would be left than is reserved: no card ends below zero.
    private mutating func change(_ step: Step, by amount: Int64) throws(StateError.Fault) {
        guard let code = step.code, let issue = step.issue else { throw .impossibleSum }
        let balance = instrumentCodes[code].balance.addingReportingOverflow(amount)
        let worth = instrumentIssues[issue].outstanding.addingReportingOverflow(amount)
        guard !balance.overflow, !worth.overflow, balance.partialValue >= instrumentCodes[code].reserved,
            worth.partialValue >= instrumentIssues[issue].reserved
        else { throw .impossibleSum }
        instrumentCodes.update(code) { $0.balance = balance.partialValue }
        instrumentIssues.update(issue) { $0.outstanding = worth.partialValue }
    }

    private mutating func lose(_ step: Step) throws(StateError.Fault) -> Int64 {
        guard step.lost > 0 else { return 0 }
        try change(step, by: -step.lost)
        return -step.lost
    }

    private mutating func redeem(_ step: Step) throws(StateError.Fault) -> Int64 {
        if step.reference != 0 {
            let reservation = try endReservation(step)
            guard step.amount <= reservation.amount else { throw .impossibleSum }
        }
        let instrument = instruments[step.instrument]
        let limit = instrument.usesPerCode
        if let code = step.code {
            guard instrumentCodes[code].isCancelled == 0,
                limit == 0 || instrumentCodes[code].uses + UInt32(instrumentCodes[code].reservations) < limit
            else { throw .impossibleSum }
            instrumentCodes.update(code) { row in
                row.uses &+= 1
                row.isRestored = 0
            }
        }
        instruments.update(step.instrument) { $0.usesTaken += 1 }
        guard step.isMoney else {
            try take(step.amount, uses: 1, step)
            return 0
        }
        try change(step, by: -(step.amount + step.lost))
        return -(step.amount + step.lost)
    }

    /// Counts a use of a right to a discount, or takes its counting back.
    private mutating func take(_ amount: Int64, uses: Int64, _ step: Step) throws(StateError.Fault) {
        let taken = instruments[step.instrument].amountTaken.addingReportingOverflow(amount)
        guard !taken.overflow, taken.partialValue >= 0 else { throw .impossibleSum }
        instruments.update(step.instrument) { $0.amountTaken = taken.partialValue }
        let member = try counted(step)
        guard member != 0 else { return }
        let row = openMemberUses(step, member)
        guard Int64(memberUses[row].uses) + uses >= 0 else { throw .impossibleSum }
        memberUses.update(row) { $0.uses = UInt32(Int64($0.uses) + uses) }
    }

    /// For whom a use counts: the record's member; when a use from before a merge comes back, the one for whom it counted then.
    private func counted(_ step: Step) throws(StateError.Fault) -> UInt32 {
        guard step.action == .restore, step.slot != 0 else { return step.member }
        guard let member = UInt32(exactly: step.slot), member != step.member,
            standing(for: MemberNumber(member)) == MemberNumber(step.member)
        else { throw .unknown(what: "member", number: UInt64(step.slot)) }
        return member
    }

    private mutating func openMemberUses(_ step: Step, _ member: UInt32) -> Int {
        let instrument = UInt32(step.instrument + 1)
        if let row = memberUsesRow(instrument, member) { return row }
        let row = memberUses.append(MemberUsesRow(instrument: instrument, member: member, uses: 0, reserved: 0))
        indexMemberUses(row)
        return row
    }

    private mutating func restore(_ step: Step) throws(StateError.Fault) -> Int64 {
        guard step.reference != 0, step.reference <= sequence else {
            throw .unknown(what: "redemption", number: step.reference)
        }
        let line = step.endsAt == 0 ? 0 : ProgrammeState.codeLine(of: step.endsAt)
        let isFirst = returned(purchase: step.reference, line: line).quantity == 0
        try addReturned(step.reference, line, quantity: isFirst ? 1 : 0, money: step.amount)
        if isFirst {
            guard instruments[step.instrument].usesTaken > 0 else { throw .impossibleSum }
            instruments.update(step.instrument) { $0.usesTaken -= 1 }
        }
        if let code = step.code {
            guard instrumentCodes[code].isCancelled == 0, !isFirst || instrumentCodes[code].uses > 0 else {
                throw .impossibleSum
            }
            instrumentCodes.update(code) { row in
                row.uses -= isFirst ? 1 : 0
                row.isRestored = 1
            }
        }
        guard step.isMoney else {
            guard isFirst else { throw .impossibleSum }
            try take(-step.amount, uses: -1, step)
            return 0
        }
        let sum = step.amount.addingReportingOverflow(step.lost)
        guard !sum.overflow else { throw .impossibleSum }
        try change(step, by: sum.partialValue)
        return sum.partialValue
    }

    private mutating func cancel(_ step: Step) throws(StateError.Fault) -> Int64 {
        instruments.update(step.instrument) { $0.codesCancelled += 1 }
        guard let code = step.code else {
            guard instruments[step.instrument].codesCancelled == 1 else { throw .impossibleSum }
            return 0
        }
        guard instrumentCodes[code].isCancelled == 0, instrumentCodes[code].reservations == 0 else {
            throw .impossibleSum
        }
        instrumentCodes.update(code) { $0.isCancelled = 1 }
        guard step.lost == (step.isMoney ? instrumentCodes[code].balance : 0) else { throw .impossibleSum }
        return try lose(step)
    }

    private mutating func charge(_ step: Step) throws(StateError.Fault) -> Int64 {
        let taken = instruments[step.instrument].amountTaken.addingReportingOverflow(step.amount)
        guard instruments[step.instrument].kind == InstrumentKind.giftCard.rawValue, !taken.overflow else {
            throw .impossibleSum
        }
        instruments.update(step.instrument) { $0.amountTaken = taken.partialValue }
        try change(step, by: step.amount)
        return step.amount
    }
}

extension ProgrammeState {
    /// The place that the next reservation takes, from 1.
    public var nextReservationSlot: Int {
        guard reservations.count > 0 else { return 1 }
        return reservations[0].next == 0 ? reservations.count : Int(reservations[0].next)
    }

    private mutating func reserve(_ step: Step, _ sequence: UInt64) throws(StateError.Fault) -> Int64 {
        guard step.slot == nextReservationSlot, step.endsAt > 0 else {
            throw .numberNotDense(
                what: "reservation", expected: UInt64(nextReservationSlot), found: UInt64(step.slot))
        }
        let limit = instruments[step.instrument].usesPerCode
        if let code = step.code, limit > 0 {
            guard instrumentCodes[code].uses + UInt32(instrumentCodes[code].reservations) < limit else {
                throw .impossibleSum
            }
        }
        if reservations.count == 0 { reservations.append(.free(next: 0)) }
        let row = ReservationRow(
            sequence: sequence, amount: step.amount, instrument: UInt32(step.instrument + 1),
            code: step.code.map { UInt32($0 + 1) } ?? 0, member: step.member, endsAt: step.endsAt, store: step.store,
            next: 0)
        if step.slot == reservations.count {
            reservations.append(row)
        } else {
            let next = reservations[step.slot].next
            reservations.update(0) { $0.next = next }
            reservations.update(step.slot) { $0 = row }
        }
        dueReservations.insert(step.slot, due: step.endsAt)
        try setAside(row, by: 1)
        return 0
    }

    /// Takes a reservation out of every count that it is in, and frees its row.
    private mutating func endReservation(_ step: Step) throws(StateError.Fault) -> ReservationRow {
        guard step.slot > 0, step.slot < reservations.count, reservations[step.slot].sequence == step.reference,
            step.reference != 0, reservations[step.slot].instrument == UInt32(step.instrument + 1),
            reservations[step.slot].code == step.code.map({ UInt32($0 + 1) }) ?? 0,
            standing(for: MemberNumber(reservations[step.slot].member)) == MemberNumber(step.member)
        else { throw .unknown(what: "reservation", number: step.reference) }
        let row = reservations[step.slot]
        dueReservations.remove(step.slot, due: row.endsAt)
        let free = reservations[0].next
        reservations.update(step.slot) { $0 = .free(next: free) }
        reservations.update(0) { $0.next = UInt32(step.slot) }
        try setAside(row, by: -1)
        return row
    }

    /// Enters a reservation into the counts of its code, issue, instrument and member, or takes it out.
    private mutating func setAside(_ row: ReservationRow, by sign: Int64) throws(StateError.Fault) {
        let instrument = Int(row.instrument) - 1
        let isMoney = instruments[instrument].isMoney
        instruments.update(instrument) { counts in
            counts.usesReserved = UInt32(Int64(counts.usesReserved) + sign)
            if !isMoney { counts.amountReserved += sign * row.amount }
        }
        if row.code != 0 {
            let code = Int(row.code) - 1
            guard instrumentCodes[code].isCancelled == 0, sign < 0 || instrumentCodes[code].reservations < .max else {
                throw .impossibleSum
            }
            instrumentCodes.update(code) { counts in
                counts.reservations = UInt16(Int64(counts.reservations) + sign)
                if isMoney { counts.reserved += sign * row.amount }
            }
            if isMoney {
                instrumentIssues.update(Int(instrumentCodes[code].issue)) { $0.reserved += sign * row.amount }
                guard instrumentCodes[code].reserved <= instrumentCodes[code].balance else { throw .impossibleSum }
            }
        }
        guard !isMoney, row.member != 0 else { return }
        guard let uses = memberUsesRow(row.instrument, row.member) ?? newMemberUses(row) else { throw .impossibleSum }
        memberUses.update(uses) { $0.reserved = UInt32(Int64($0.reserved) + sign) }
    }

    private mutating func newMemberUses(_ row: ReservationRow) -> Int? {
        let uses = memberUses.append(
            MemberUsesRow(instrument: row.instrument, member: row.member, uses: 0, reserved: 0))
        indexMemberUses(uses)
        return uses
    }
}

extension ReservationRow {
    /// A row that the next reservation may take.
    fileprivate static func free(next: UInt32) -> ReservationRow {
        ReservationRow(
            sequence: 0, amount: 0, instrument: 0, code: 0, member: 0, endsAt: 0, store: 0, next: next)
    }
}
