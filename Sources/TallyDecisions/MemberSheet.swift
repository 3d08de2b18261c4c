import TallyModel
import TallyProjections
import TallyTables

/// A member's wallets while one command is decided: the state before it, and what has been decided on top of it.
///
/// An exchange decides its purchase on what its return has left, so changes are kept here until the record is applied.
struct MemberSheet {
    let member: MemberNumber
    private var wallets: [WalletSheet] = []

    init(_ member: MemberNumber) { self.member = member }

    /// Looks at a wallet, or changes it.
    mutating func with<R>(
        _ wallet: WalletNumber, _ state: borrowing ProgrammeState, _ body: (inout WalletSheet) throws(Refused) -> R
    ) throws(Refused) -> R {
        if let index = wallets.firstIndex(where: { $0.wallet == wallet }) { return try body(&wallets[index]) }
        wallets.append(WalletSheet(member, wallet, state))
        return try body(&wallets[wallets.count - 1])
    }
}

/// One wallet of a member while a command is decided.
struct WalletSheet {
    let wallet: WalletNumber
    let member: MemberNumber
    let terms: TermsRow
    var active: Int64 = 0
    var pending: Int64 = 0
    var held: Int64 = 0
    var debt: Int64 = 0
    /// Where lots end by activity, up to when they live.
    let slidesTo: UInt32
    /// What is left in the lots that were touched, by row.
    private var left = LotsLeft()
    /// Lots that this command has made again, which the state does not know yet; the n-th stands for row −1 − n.
    private var made: [LotRow] = []

    init(_ member: MemberNumber, _ wallet: WalletNumber, _ state: borrowing ProgrammeState) {
        self.member = member
        self.wallet = wallet
        terms = state.terms(of: wallet.rawValue)
        let row = state.balance(member, wallet)
        active = row?.active ?? 0
        pending = row?.pending ?? 0
        held = row?.held ?? 0
        debt = row?.debt ?? 0
        slidesTo = row?.slidesTo ?? 0
    }

    /// What can be spent less what is owed.
    var net: Int64 { active - debt }

    /// What is left in a lot.
    func remaining(_ row: Int, _ lot: LotRow) -> Int64 { left.of(row) ?? lot.remaining }

    /// Notes a lot that the command makes again: what follows in it may take from the lot.
    mutating func make(_ lot: LotRow) { made.append(lot) }

    /// Walks over the lots of the wallet in the order in which they end, those made again among them.
    ///
    /// - Parameters:
    ///   - state: What is known before the command.
    ///   - body: Receives row and lot; returns false to stop.
    func forEachLot(_ state: borrowing ProgrammeState, _ body: (Int, LotRow) -> Bool) {
        guard !made.isEmpty else { return state.forEachLot(of: member, wallet, body) }
        var rest = made.indices.sorted { made[$0].ends(before: made[$1]) }[...]
        var goesOn = true
        state.forEachLot(of: member, wallet) { row, lot in
            while goesOn, let first = rest.first, made[first].ends(before: lot) {
                rest.removeFirst()
                goesOn = body(-1 - first, made[first])
            }
            goesOn = goesOn && body(row, lot)
            return goesOn
        }
        for index in rest where goesOn { goesOn = body(-1 - index, made[index]) }
    }

    /// A lot of the wallet by its name, those made again among them; nil when there is none.
    func lot(_ id: LotID, _ state: borrowing ProgrammeState) -> (row: Int, lot: LotRow)? {
        if let index = made.firstIndex(where: { $0.id == id }) { return (-1 - index, made[index]) }
        return state.lot(id, of: member, wallet)
    }

    mutating func note(_ points: Int64, takenFrom row: Int, _ lot: LotRow) {
        left.set(row, remaining(row, lot) - points)
    }

    /// True when the lot has ended by `second`, whether or not the clock's record has been written.
    func hasEnded(_ lot: LotRow, by second: UInt32) -> Bool { lot.endsAt != 0 && end(of: lot) <= second }

    /// When the lot ends, in seconds since 1970; where lots end by activity, what the latest purchase reached counts.
    func end(of lot: LotRow) -> UInt32 {
        lot.endsAt == 0 ? 0 : max(lot.endsAt, terms.expiryKind == 4 ? slidesTo : 0)
    }

    /// Points that can be spent at a moment: what is active and has not ended, less what is owed.
    func spendable(at second: UInt32, _ state: borrowing ProgrammeState) -> Int64 {
        var ended: Int64 = 0
        forEachLot(state) { row, lot in
            guard lot.endsAt != 0, lot.endsAt <= second else { return false }
            if lot.isPending == 0, hasEnded(lot, by: second) { ended += remaining(row, lot) }
            return true
        }
        return max(0, active - ended - debt)
    }
}

/// What is left in lots, by row: a few one after the other, as most commands touch, many by their hashes.
private struct LotsLeft {
    private static let fewMax = 8
    private var few: [(row: Int, points: Int64)] = []
    private var many: [Int: Int64] = [:]

    func of(_ row: Int) -> Int64? {
        if few.isEmpty { return nil }
        return many.isEmpty ? few.first { $0.row == row }?.points : many[row]
    }

    mutating func set(_ row: Int, _ points: Int64) {
        if let place = few.firstIndex(where: { $0.row == row }) {
            few[place].points = points
        } else if few.count < LotsLeft.fewMax {
            if few.isEmpty { few.reserveCapacity(LotsLeft.fewMax) }
            few.append((row, points))
        }
        guard few.count == LotsLeft.fewMax else { return }
        if many.isEmpty { for entry in few { many[entry.row] = entry.points } }
        many[row] = points
    }
}

/// Points taken out of a lot.
struct TakenLot {
    var row: Int
    var lot: LotRow
    var points: Int64
}

extension WalletSheet {
    /// Chooses the lots that a spending takes, in the wallet's order.
    ///
    /// Only the lots that are taken are looked at, and those that stand before them. Where what was made first is spent first, that
    /// goes for long wallets alone: all lots of a short one are sorted.
    ///
    /// - Parameters:
    ///   - points: How many; there are as many.
    ///   - business: Where they are spent.
    ///   - second: When; lots that have ended are passed over.
    ///   - state: What is known before the command.
    /// - Returns: The lots in the order in which they were chosen.
    /// - Throws: ``Refused`` when they are more than a record can name.
    func choose(
        _ points: Int64, spentAt business: BusinessNumber, at second: UInt32, _ state: borrowing ProgrammeState
    ) throws(Refused) -> [TakenLot] {
        switch BurnOrder(rawValue: terms.burnOrder) ?? .earliestExpiry {
        case .earliestExpiry:
            return try take(points, from: usable(at: second, upTo: points, state))
        case .firstInFirstOut:
            if let found = usableAsMade(at: second, upTo: points, state) { return try take(points, from: found) }
            return try take(points, from: ordered(usable(at: second, upTo: .max, state), spentAt: business))
        case .ownBusinessFirst:
            var found = usable(at: second, upTo: points, state) { $0.issuer == business.rawValue }
            let missing = points - found.reduce(0) { $0 + $1.points }
            if missing > 0 { found += usable(at: second, upTo: missing, state) { $0.issuer != business.rawValue } }
            return try take(points, from: found)
        }
    }

    /// Lots in the wallet's order; they come in the order in which they end.
    func ordered(_ lots: [TakenLot], spentAt business: BusinessNumber) -> [TakenLot] {
        switch BurnOrder(rawValue: terms.burnOrder) ?? .earliestExpiry {
        case .earliestExpiry: return lots
        case .firstInFirstOut: return lots.sorted { $0.lot.lot < $1.lot.lot }
        case .ownBusinessFirst:
            let own = lots.filter { $0.lot.issuer == business.rawValue }
            return own + lots.filter { $0.lot.issuer != business.rawValue }
        }
    }

    /// The active lots with all that is left in them, in the order in which they end, until they hold `points`.
    func usable(
        at second: UInt32, upTo points: Int64, _ state: borrowing ProgrammeState,
        where isWanted: (LotRow) -> Bool = { _ in true }
    ) -> [TakenLot] {
        var found: [TakenLot] = []
        found.reserveCapacity(4)
        var missing = points
        forEachLot(state) { row, lot in
            guard let part = usable(row, lot, at: second), isWanted(lot) else { return true }
            found.append(part)
            missing -= part.points
            return missing > 0
        }
        return found
    }

    /// The same in the order in which they were made; nil when that order is not at hand.
    private func usableAsMade(
        at second: UInt32, upTo points: Int64, _ state: borrowing ProgrammeState
    ) -> [TakenLot]? {
        guard made.isEmpty else { return nil }
        var found: [TakenLot] = []
        var missing = points
        let isKnown = state.forEachLotAsMade(of: member, wallet) { row, lot in
            guard let part = usable(row, lot, at: second) else { return true }
            found.append(part)
            missing -= part.points
            return missing > 0
        }
        return isKnown ? found : nil
    }

    /// An active lot with all that is left in it; nil when nothing can be taken from it.
    @inline(__always)
    private func usable(_ row: Int, _ lot: LotRow, at second: UInt32) -> TakenLot? {
        let left = remaining(row, lot)
        guard lot.isPending == 0, left > 0, !hasEnded(lot, by: second) else { return nil }
        return TakenLot(row: row, lot: lot, points: left)
    }

    private func take(_ points: Int64, from lots: consuming [TakenLot]) throws(Refused) -> [TakenLot] {
        var taken = lots
        var (count, missing) = (0, points)
        while count < taken.count, missing > 0 {
            taken[count].points = min(taken[count].points, missing)
            missing -= taken[count].points
            count += 1
        }
        taken.removeLast(taken.count - count)
        guard taken.count <= Limits.lotsPerRecordMax else { throw Refused(.lotsTooMany) }
        guard missing <= 0 else { throw Refused(.pointsInsufficient) }
        return taken
    }
}
