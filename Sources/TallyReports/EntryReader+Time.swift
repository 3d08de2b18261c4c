import TallyBytes
import TallyCodec
import TallyModel
import TallyProjections
import TallyTables

extension EntryReader {
    /// Points given or taken by hand.
    mutating func adjustment(_ record: RawSpan, _ sequence: UInt64) throws(CodecError) -> BookEntry {
        typealias Layout = AdjustedLayout
        let message = try Message(record, shape: Layout.shape)
        let raw = message.u8(Layout.kind)
        guard let kind = Adjustment.Kind(rawValue: raw) else {
            throw CodecError(.valueUnknown(field: "kind", value: Int64(raw)), at: messageHeaderLength + Layout.kind)
        }
        let moment = message.i64(Layout.occurredAt)
        let offset = message.i16(Layout.utcOffsetMinutes)
        var entry = BookEntry(
            sequence: sequence, kind: kind.entryKind, member: message.envelope.member, moment: moment,
            day: CivilDay(of: Instant(microseconds: moment), utcOffsetMinutes: offset))
        entry.utcOffsetMinutes = offset
        entry.business = message.u16(Layout.business)
        var cursor = Int(message.u8(Layout.operatorLength)) + Int(message.u8(Layout.categoryLength))
        entry.reason = message.string(&cursor, Int(message.u8(Layout.reasonLength)))
        entry.postings = try postings(message, message.firstGroup)
        try moveLots(message, length: message.u16(Layout.lotsLength), taking: kind.cause, &entry)
        let origin = entry.kind
        makeLots(kind.cause, &entry) { _ in (0, origin) }
        return entry
    }

    /// Points set aside.
    mutating func hold(_ record: RawSpan, _ sequence: UInt64) throws(CodecError) -> BookEntry {
        typealias Layout = HoldPlacedLayout
        let message = try Message(record, shape: Layout.shape)
        var moves: [LotMove] = []
        var list = try message.lots(length: message.u16(Layout.lotsLength))
        while let move = try list.next() { moves.append(move) }
        var entry = timed(message.envelope, sequence, .hold, firstLot: moves.first?.lot)
        entry.store = message.u32(Layout.store)
        var cursor = 0
        entry.receipt = message.string(&cursor, Int(message.u8(Layout.receiptLength)))
        entry.postings = try postings(message, message.firstGroup)
        for move in moves {
            let origin = origin(of: move.lot, wallet: move.wallet)
            entry.add(.held, move.lot, move.wallet, .active, -move.points, origin)
            entry.add(.held, move.lot, move.wallet, .held, move.points, origin)
        }
        return entry
    }

    /// Points that were set aside and are free again.
    mutating func release(
        _ record: RawSpan, _ sequence: UInt64, _ state: borrowing ProgrammeState
    ) throws(CodecError) -> BookEntry {
        typealias Layout = HoldReleasedLayout
        let message = try Message(record, shape: Layout.shape)
        let slot = Int(message.u32(Layout.slot))
        let kind = message.u8(Layout.why) == 0 ? BookEntry.Kind.release : .timeout
        var entry = timed(message.envelope, sequence, kind, firstLot: firstLot(of: slot, state))
        entry.postings = try postings(message, message.firstGroup)
        endHold(slot: slot, &entry, state)
        return entry
    }

    private func firstLot(of slot: Int, _ state: borrowing ProgrammeState) -> LotID? {
        guard slot < state.holds.count, state.holds[slot].firstLot != 0 else { return nil }
        return state.lots[Int(state.heldLots[Int(state.holds[slot].firstLot) - 1].lot) - 1].id
    }

    /// An entry that has no clock but that of the ledger and of its first lot.
    private func timed(
        _ envelope: RecordEnvelope, _ sequence: UInt64, _ kind: BookEntry.Kind, firstLot: LotID?
    ) -> BookEntry {
        let offset = firstLot.flatMap { lots[$0.rawValue] }?.utcOffsetMinutes ?? 0
        var entry = BookEntry(
            sequence: sequence, kind: kind, member: envelope.member, moment: envelope.recordedAt,
            day: CivilDay(of: Instant(microseconds: envelope.recordedAt), utcOffsetMinutes: offset))
        entry.utcOffsetMinutes = offset
        return entry
    }

    // MARK: The clock

    /// Lots that begin, end or live on: an entry each.
    mutating func clock(
        _ record: RawSpan, _ sequence: UInt64, _ state: borrowing ProgrammeState
    ) throws(CodecError) -> [BookEntry] {
        let message = try Message(record, shape: ClockAdvancedLayout.shape)
        let group = message.firstGroup
        var entries: [BookEntry] = []
        entries.reserveCapacity(group.count)
        for index in 0..<group.count {
            let due = try DueLot(message, at: group.offset + index * group.stride, state)
            entries.append(entry(of: due, sequence, part: index))
        }
        return entries
    }

    private mutating func entry(of due: DueLot, _ sequence: UInt64, part: Int) -> BookEntry {
        var origin = origin(of: due.lot, wallet: due.wallet)
        let second = due.event == .begin ? origin.beginsAt : origin.endsAt
        let day = due.event == .begin ? origin.firstDay : origin.lastDay(endingAt: origin.endsAt)
        var entry = BookEntry(
            sequence: sequence, kind: due.event, member: due.member, moment: Int64(second) * 1_000_000,
            day: max(day, origin.filledOn))
        entry.part = part
        entry.utcOffsetMinutes = origin.utcOffsetMinutes
        switch due.event {
        case .begin:
            begin(due.lot)
            origin.isPending = false
            entry.add(.begun, due.lot, due.wallet, .pending, -due.amount, origin)
            if due.amount > due.covers {
                entry.add(.begun, due.lot, due.wallet, .active, due.amount - due.covers, origin)
            }
            if due.covers > 0 { entry.add(.begun, nil, due.wallet, .debt, due.covers, origin) }
        case .expiry:
            entry.add(.expired, due.lot, due.wallet, .active, -due.amount, origin)
        default:
            slide(due.lot, to: due.until)
            origin.endsAt = due.until
            entry.add(.slid, due.lot, due.wallet, .active, 0, origin)
        }
        entry.postings = entry.changes.filter { $0.amount != 0 }.map {
            Posting(amount: $0.amount, business: $0.business, wallet: $0.wallet, purpose: $0.purpose)
        }
        if due.event == .expiry {
            entry.postings.append(
                Posting(amount: due.amount, business: origin.business, wallet: due.wallet, purpose: .expired))
        }
        return entry
    }
}

/// A lot of a record of the clock.
private struct DueLot {
    var lot: LotID
    var amount: Int64
    var covers: Int64
    var member: UInt32
    var until: UInt32
    var wallet: UInt16 = 0
    var event: BookEntry.Kind

    init(_ message: borrowing Message, at entry: Int, _ state: borrowing ProgrammeState) throws(CodecError) {
        typealias Entry = ClockAdvancedLayout.Lots
        lot = LotID(message.bytes.u64(at: entry + Entry.lot))
        amount = message.bytes.i64(at: entry + Entry.amount)
        covers = message.bytes.i64(at: entry + Entry.covers)
        member = message.bytes.u32(at: entry + Entry.member)
        until = message.bytes.u32(at: entry + Entry.until)
        let raw = message.bytes.u8(at: entry + Entry.event)
        switch raw {
        case 0: event = .begin
        case 1: event = .expiry
        case 2: event = .slide
        default: throw CodecError(.valueUnknown(field: "event", value: Int64(raw)), at: entry + Entry.event)
        }
        let slot = Int(message.bytes.u32(at: entry + Entry.slot))
        guard slot < state.lots.count, state.lots[slot].balance > 0 else { return }
        wallet = state.balances[Int(state.lots[slot].balance) - 1].wallet
    }
}

extension Adjustment.Kind {
    var entryKind: BookEntry.Kind {
        switch self {
        case .correction: .correction
        case .goodwill: .goodwill
        case .award: .award
        case .opening: .opening
        }
    }

    var cause: Cause {
        switch self {
        case .correction: .corrected
        case .goodwill: .goodwill
        case .award: .accrued
        case .opening: .opened
        }
    }
}
