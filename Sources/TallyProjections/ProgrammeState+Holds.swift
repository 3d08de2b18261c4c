import TallyBytes
import TallyCodec
import TallyModel
import TallyTables

extension ProgrammeState {
    /// A hold: points of some lots are set aside.
    mutating func applyHoldPlaced(_ record: RawSpan, _ sequence: UInt64) throws(StateError.Fault) {
        typealias Layout = HoldPlacedLayout
        let message = try message(record, Layout.shape)
        let envelope = message.envelope
        try note(envelope, sequence)
        try chain(envelope, sequence)
        try checkStore(message.u32(Layout.store))
        var flow = Flow()
        let moved = try post(message, message.firstGroup, member: envelope.member, sequence, &flow)
        guard let moved else { throw .impossibleSum }
        try openHold(message, sequence, balance: moved, &flow)
        try check(flow, moved: moved, stated: message.i64(Layout.balanceAfter))
    }

    private mutating func openHold(
        _ message: borrowing Message, _ sequence: UInt64, balance: Int, _ flow: inout Flow
    ) throws(StateError.Fault) {
        typealias Layout = HoldPlacedLayout
        let slot = Int(message.u32(Layout.slot))
        guard slot == nextHoldSlot else {
            throw .numberNotDense(what: "hold", expected: UInt64(nextHoldSlot), found: UInt64(slot))
        }
        let hold = HoldRow(
            hold: sequence, points: message.i64(Layout.points), balance: UInt32(balance + 1), firstLot: 0,
            endsAt: message.u32(Layout.endsAt), store: message.u32(Layout.store))
        guard hold.endsAt > 0 else { throw .impossibleSum }
        if ledger[0].freeHold == 0 {
            holds.append(hold)
        } else {
            let next = holds[slot].firstLot
            ledger.update(0) { $0.freeHold = next }
            holds.update(slot) { $0 = hold }
        }
        ledger.update(0) { $0.holds += 1 }
        dueHolds.insert(slot, due: hold.endsAt)
        let held = try holdLots(message, length: message.u16(Layout.lotsLength), slot: slot, balance: balance, &flow)
        guard held == hold.points else { throw .unbalanced(sum: held &- hold.points) }
    }

    /// The place that the next hold takes.
    public var nextHoldSlot: Int { ledger[0].freeHold == 0 ? holds.count : Int(ledger[0].freeHold) - 1 }

    /// Moves points from lots into a hold.
    ///
    /// - Returns: How many.
    private mutating func holdLots(
        _ message: borrowing Message, length: UInt16, slot: Int, balance: Int, _ flow: inout Flow
    ) throws(StateError.Fault) -> Int64 {
        let moves: [LotMove]
        do throws(CodecError) { moves = try message.lotMoves(length: length) } catch { throw .malformed(error) }
        var sum: Int64 = 0
        var last = 0
        var place = balances[balance].firstLot
        for move in moves {
            guard move.kind == .take, move.wallet == balances[balance].wallet else {
                throw .unknown(what: "lot", number: move.lot.rawValue)
            }
            let row = try findLot(move.lot.rawValue, in: balance, from: place)
            place = UInt32(row + 1)
            guard lots[row].isPending == 0, lots[row].holds < .max else { throw .impossibleSum }
            lots.update(row) { $0.holds += 1 }
            _ = try take(move.points, fromLot: row)
            flow.found(-move.points, lots[row].issuer, move.wallet, .active)
            flow.found(move.points, lots[row].issuer, move.wallet, .held)
            last = appendHeldLot(HeldLotRow(points: move.points, lot: place, next: 0), behind: last, of: slot)
            sum &+= move.points
        }
        return sum
    }

    private mutating func appendHeldLot(_ held: HeldLotRow, behind last: Int, of slot: Int) -> Int {
        let row: Int
        if ledger[0].freeHeldLot == 0 {
            row = heldLots.append(held)
        } else {
            row = Int(ledger[0].freeHeldLot) - 1
            let next = heldLots[row].next
            ledger.update(0) { $0.freeHeldLot = next }
            heldLots.update(row) { $0 = held }
        }
        let place = UInt32(row + 1)
        if last == 0 {
            holds.update(slot) { $0.firstLot = place }
        } else {
            heldLots.update(last - 1) { $0.next = place }
        }
        return row + 1
    }

    /// The end of a hold that no purchase used.
    mutating func applyHoldReleased(_ record: RawSpan, _ sequence: UInt64) throws(StateError.Fault) {
        typealias Layout = HoldReleasedLayout
        let message = try message(record, Layout.shape)
        let envelope = message.envelope
        try note(envelope, sequence)
        try chain(envelope, sequence)
        var flow = Flow()
        try endHold(message.u64(Layout.hold), slot: Int(message.u32(Layout.slot)), member: envelope.member, &flow)
        let moved = try post(message, message.firstGroup, member: envelope.member, sequence, &flow)
        try check(flow, moved: moved, stated: message.i64(Layout.balanceAfter))
    }

    /// Gives the points of a hold back to their lots and frees its row.
    mutating func endHold(_ hold: UInt64, slot: Int, member: UInt32, _ flow: inout Flow) throws(StateError.Fault) {
        guard slot >= 0, slot < holds.count, holds[slot].hold == hold, hold != 0 else {
            throw .unknown(what: "hold", number: hold)
        }
        let row = holds[slot]
        let balance = Int(row.balance) - 1
        guard standing(for: MemberNumber(balances[balance].member)) == MemberNumber(member) else {
            throw .unknown(what: "hold of member", number: hold)
        }
        dueHolds.remove(slot, due: row.endsAt)
        var place = row.firstLot
        while place != 0 { place = try giveBack(Int(place) - 1, wallet: balances[balance].wallet, &flow) }
        let free = ledger[0].freeHold
        holds.update(slot) { $0 = HoldRow(hold: 0, points: 0, balance: 0, firstLot: free, endsAt: 0, store: 0) }
        ledger.update(0) { ledger in
            ledger.freeHold = UInt32(slot + 1)
            ledger.holds -= 1
        }
    }

    private mutating func giveBack(
        _ row: Int, wallet: UInt16, _ flow: inout Flow
    ) throws(StateError.Fault) -> UInt32 {
        let held = heldLots[row]
        let lot = Int(held.lot) - 1
        lots.update(lot) { $0.holds -= 1 }
        try give(held.points, toLot: lot)
        flow.found(held.points, lots[lot].issuer, wallet, .active)
        flow.found(-held.points, lots[lot].issuer, wallet, .held)
        let free = ledger[0].freeHeldLot
        heldLots.update(row) { $0 = HeldLotRow(points: 0, lot: 0, next: free) }
        ledger.update(0) { $0.freeHeldLot = UInt32(row + 1) }
        return held.next
    }
}

extension Message {
    /// The moves of the list of lots at the end of the text.
    func lotMoves(length: UInt16) throws(CodecError) -> [LotMove] {
        var moves: [LotMove] = []
        var list = try lots(length: length)
        while let move = try list.next() { moves.append(move) }
        return moves
    }
}
