import TallyBytes
import TallyCodec
import TallyModel
import TallyProjections
import TallyTables

/// What the steps of one record have done to codes so far, on top of the state: two codes of one purchase share a budget, and a card
/// to which money comes back can pay in the same exchange.
struct CodeSheet: ~Copyable {
    /// The records of the steps, back to back, and their lengths.
    private(set) var steps = ByteWriter(capacity: 0)
    private(set) var lengths: [Int] = []
    private var instruments: [Int: InstrumentRow] = [:]
    private var codes: [UInt32: InstrumentCodeRow] = [:]
    private var usesOfMembers: [UseKey: Int64] = [:]
    private var endedSlots: Set<Int> = []

    private struct UseKey: Hashable {
        var instrument: Int
        var member: MemberNumber
    }

    /// True when no step was written.
    var isEmpty: Bool { lengths.isEmpty }

    // MARK: What is known

    func instrument(_ row: Int, _ state: borrowing ProgrammeState) -> InstrumentRow {
        instruments[row] ?? state.instruments[row]
    }

    func code(_ serial: UInt32, issue: Int, _ state: borrowing ProgrammeState) -> InstrumentCodeRow {
        codes[serial] ?? state.instrumentCode(serial, issue: issue)
    }

    /// Uses made and reserved by a member, with all who were merged into it.
    func uses(of instrument: Int, by member: MemberNumber, _ state: borrowing ProgrammeState) -> Int64 {
        let uses = state.uses(of: instrument, by: member)
        return Int64(uses.made) + Int64(uses.reserved)
            + usesOfMembers[UseKey(instrument: instrument, member: member), default: 0]
    }

    func hasEnded(_ slot: Int) -> Bool { endedSlots.contains(slot) }

    // MARK: What a step does

    /// Notes a use, with the reservation that it ends.
    mutating func note(useOf copy: CodeCopy, _ step: DecidedStep) {
        var (instrument, code) = (copy.instrument, copy.code)
        let isMoney = instrument.isMoney
        if let reservation = copy.reservation {
            endedSlots.insert(step.slot)
            instrument.usesReserved -= 1
            if !isMoney { instrument.amountReserved -= reservation.amount }
            if copy.place.serial != 0 { code.reservations -= 1 }
            if isMoney { code.reserved -= reservation.amount }
            if !isMoney { count(-1, copy, by: copy.member) }
        }
        instrument.usesTaken += 1
        if isMoney {
            code.balance -= step.amount + step.lost
        } else {
            instrument.amountTaken += step.amount
            count(1, copy, by: step.member)
        }
        code.uses += 1
        code.isRestored = 0
        keep(instrument, code, of: copy)
    }

    /// Notes what comes back; the first time the use itself does, later only more of its money.
    mutating func note(restorationOf copy: CodeCopy, _ step: DecidedStep, isFirst: Bool) {
        var (instrument, code) = (copy.instrument, copy.code)
        if isFirst { instrument.usesTaken -= 1 }
        if isFirst, code.uses > 0 { code.uses -= 1 }
        if instrument.isMoney {
            code.balance += step.amount + step.lost
        } else {
            instrument.amountTaken -= step.amount
            count(-1, copy, by: step.member)
        }
        code.isRestored = 1
        keep(instrument, code, of: copy)
    }

    /// Keeps the record of a step: it has no receipt of its own.
    ///
    /// The `place` of a restoration is that of the use among the steps of the record that made it, from 1.
    mutating func append(
        _ step: DecidedStep, _ moment: Moment, store: UInt32, place: UInt32 = 0, _ envelope: RecordEnvelope
    ) {
        var envelope = envelope
        envelope.member = step.member.rawValue
        let start = steps.count
        steps.append(step, moment, store: store, slot: step.slot, endsAt: place, why: .released, envelope)
        steps.append(u8: 0)
        steps.append(postings: step.draft.postings)
        steps.append(u16: 0)
        lengths.append(steps.count - start)
    }

    private mutating func keep(_ instrument: InstrumentRow, _ code: InstrumentCodeRow, of copy: CodeCopy) {
        instruments[copy.place.instrument] = instrument
        if copy.place.serial != 0 { codes[copy.place.serial] = code }
    }

    private mutating func count(_ uses: Int64, _ copy: CodeCopy, by member: MemberNumber) {
        guard member != .none else { return }
        usesOfMembers[UseKey(instrument: copy.place.instrument, member: member), default: 0] += uses
    }
}
