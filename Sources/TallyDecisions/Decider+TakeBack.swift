import TallyCodec
import TallyLedger
import TallyModel
import TallyProjections
import TallyTables

/// A moment on a store's clock.
struct Moment {
    var microseconds: Int64
    var utcOffsetMinutes: Int16

    init(_ microseconds: Int64, _ utcOffsetMinutes: Int16) {
        (self.microseconds, self.utcOffsetMinutes) = (microseconds, utcOffsetMinutes)
    }

    /// Its second since 1970.
    var second: UInt32 { LotDays.second(of: Instant(microseconds: microseconds)) }
    /// Its day on the store's clock.
    var day: CivilDay { CivilDay(of: Instant(microseconds: microseconds), utcOffsetMinutes: utcOffsetMinutes) }
}

extension Decider {
    /// Takes back what a purchase gave and gives back what it took, for the lines that come back.
    ///
    /// Spent points come back first, so what is taken back may be taken from them.
    func takeBack(
        _ plan: ReturnPlan, at moment: Moment, _ sheet: inout MemberSheet, _ draft: inout EntryDraft,
        state: borrowing ProgrammeState, history: some RecordSource
    ) throws(Refused) {
        guard plan.purchase.member != .none else { return }
        let business = BusinessNumber(state.stores[Int(plan.purchase.store.rawValue) - 1].business)
        for (payment, back) in zip(plan.purchase.redemptions, plan.spent) where back.points > 0 {
            let before = state.returned(
                purchase: plan.purchase.sequence, line: ProgrammeState.restoredLine(of: payment.wallet.rawValue)
            ).quantity
            let parts = Restoring.parts(
                of: plan.purchase.taken, wallet: payment.wallet, skip: before, points: back.points)
            try sheet.with(payment.wallet, state) { (wallet) throws(Refused) in
                let known = NamedLots(of: wallet, toFind: parts.count, state)
                for part in parts {
                    try restore(part, known, to: &wallet, &draft, by: business, moment, state: state, history: history)
                }
            }
        }
        for (award, points) in zip(plan.purchase.awards, plan.earned) where points > 0 {
            try sheet.with(award.wallet, state) { (wallet) throws(Refused) in
                guard wallet.terms.keepsOnReturn == 0 else { return }
                try claw(points, from: &wallet, first: award.lots, by: award.business, &draft, state: state)
            }
        }
    }

    /// Takes points of a return without its purchase: the rates in force when the return occurred.
    ///
    /// - Returns: The revision of the first rate; 0 when there is none.
    func takeBackBlind(
        _ total: Int64, member: MemberNumber, store: StoreNumber, at occurredAt: Int64, _ sheet: inout MemberSheet,
        _ draft: inout EntryDraft, state: borrowing ProgrammeState
    ) throws(Refused) -> UInt16 {
        guard member != .none else { return 0 }
        let business = BusinessNumber(state.stores[Int(store.rawValue) - 1].business)
        let rules = state.accruals(at: occurredAt, business: business)
        for rule in rules {
            let points = try points(of: total, by: rule.row)
            guard points > 0 else { continue }
            try sheet.with(WalletNumber(rule.row.wallet), state) { (wallet) throws(Refused) in
                guard wallet.terms.takesBackBlind != 0 else { return }
                try claw(points, from: &wallet, first: [], by: business, &draft, state: state)
            }
        }
        return rules.first?.revision ?? 0
    }

    /// Takes earned points back.
    ///
    /// First from the lots that they made, then from the others in the order in which they end, then as debt as far as the
    /// wallet's terms go. What is left then is lost to the business.
    ///
    /// > Source: Domain model, section 5.
    private func claw(
        _ points: Int64, from wallet: inout WalletSheet, first own: [LotID], by business: BusinessNumber,
        _ draft: inout EntryDraft, state: borrowing ProgrammeState
    ) throws(Refused) {
        var missing = points
        let number = wallet.wallet
        guard !state.account(business, number, .clawback).addingReportingOverflow(points).overflow else {
            throw Refused(.sumTooLarge)
        }
        for isOwn in own.isEmpty ? [false] : [true, false] {
            for lot in lots(of: wallet, among: isOwn ? own : nil, upTo: missing, state) where missing > 0 {
                let part = min(lot.points, missing)
                missing -= part
                let purpose: Purpose = lot.lot.isPending != 0 ? .pending : .active
                draft.move(.take, part, number, lot.lot)
                draft.transfer(part, from: purpose, of: lot.lot.issuer, to: .clawback, of: business, number)
                wallet.note(part, takenFrom: lot.row, lot.lot)
                if lot.lot.isPending != 0 { wallet.pending -= part } else { wallet.active -= part }
            }
        }
        let owed = min(missing, debtRoom(of: wallet))
        guard !wallet.debt.addingReportingOverflow(owed).overflow else { throw Refused(.sumTooLarge) }
        draft.add(-owed, business.rawValue, number, .debt)
        draft.add(owed, business.rawValue, number, .clawback)
        wallet.debt += owed
    }

    /// Lots with something left: those that a purchase made, pending or not; or all that have begun.
    private func lots(
        of wallet: WalletSheet, among own: [LotID]?, upTo points: Int64, _ state: borrowing ProgrammeState
    ) -> [TakenLot] {
        var found: [TakenLot] = []
        var missing = points
        let note = { (row: Int, lot: LotRow) in
            let left = wallet.remaining(row, lot)
            guard left > 0, own != nil || lot.isPending == 0 else { return true }
            found.append(TakenLot(row: row, lot: lot, points: left))
            missing -= left
            return missing > 0 && found.count < Limits.lotsPerRecordMax
        }
        guard let own else {
            wallet.forEachLot(state, note)
            return found
        }
        // A purchase made a few lots, and its member may have thousands.
        for (row, lot) in own.compactMap({ wallet.lot($0, state) }).sorted(by: { $0.lot.ends(before: $1.lot) })
        where !note(row, lot) { break }
        return found
    }

    private func debtRoom(of wallet: WalletSheet) -> Int64 {
        switch wallet.terms.negativeKind {
        case 0: 0
        case 1: max(0, wallet.terms.negativeLimit - wallet.debt)
        default: .max
        }
    }

    /// Gives spent points back to the lot that they came from: to the lot itself, or made anew when it is used up; when it has
    /// ended meanwhile, to a lot that lives for the days of grace.
    private func restore(
        _ part: (lot: LotID, points: Int64), _ known: NamedLots, to wallet: inout WalletSheet,
        _ draft: inout EntryDraft, by business: BusinessNumber, _ moment: Moment, state: borrowing ProgrammeState,
        history: some RecordSource
    ) throws(Refused) {
        let number = wallet.wallet
        guard !wallet.active.addingReportingOverflow(part.points).overflow,
            !state.account(business, number, .restored).subtractingReportingOverflow(part.points).overflow
        else { throw Refused(.sumTooLarge) }
        let issuer: UInt16
        if let alive = known.lot(part.lot, of: wallet, state), !wallet.hasEnded(alive.lot, by: moment.second) {
            draft.move(.give, part.points, number, alive.lot)
            wallet.note(-part.points, takenFrom: alive.row, alive.lot)
            issuer = alive.lot.issuer
        } else {
            var origin: LotOrigin?
            var owner: UInt32?
            history.withRecord(part.lot.sequence) { record in
                origin = LotOrigin(part.lot, in: record)
                owner = LotOwners.owner(in: record)
            }
            guard let origin, let owner else { throw Refused(.purchaseUnknown) }
            // A lot of somebody who was split from this member since keeps its name there, so here it is a new one.
            let isOwn = state.standing(for: MemberNumber(owner)) == wallet.member
            remake(part, origin, isOwn: isOwn, of: &wallet, &draft, moment, state: state)
            issuer = origin.issuer
        }
        draft.transfer(-part.points, from: .active, of: issuer, to: .restored, of: business, number)
        wallet.active += part.points
    }

    private func remake(
        _ part: (lot: LotID, points: Int64), _ origin: LotOrigin, isOwn: Bool, of wallet: inout WalletSheet,
        _ draft: inout EntryDraft, _ moment: Moment, state: borrowing ProgrammeState
    ) {
        let slides = wallet.terms.expiryKind == 4 && origin.endsAt != 0
        let endsAt = slides ? max(origin.endsAt, wallet.slidesTo) : origin.endsAt
        let now = max(moment.second, UInt32(clamping: state.ledger[0].clock / 1_000_000))
        var lot = LotRow(
            isOwn ? part.lot : draft.nextLot(of: state.sequence + 1), points: part.points, issuer: origin.issuer,
            beginsAt: origin.beginsAt, endsAt: endsAt)
        if endsAt != 0, endsAt <= now {
            let day = CivilDay(
                of: Instant(microseconds: Int64(now) * 1_000_000), utcOffsetMinutes: moment.utcOffsetMinutes)
            lot.lot = draft.nextLot(of: state.sequence + 1).rawValue
            lot.beginsAt = now
            lot.endsAt = LotDays.start(
                of: Int64(day.days) + Int64(wallet.terms.graceDays) + 1, utcOffsetMinutes: moment.utcOffsetMinutes)
        }
        draft.make(
            lot.id, part.points, wallet.wallet, issuer: lot.issuer, beginsAt: lot.beginsAt, endsAt: lot.endsAt)
        wallet.make(lot)
    }
}

/// The lots of a wallet by their names: a few are looked up one by one, many after one walk over all of them.
///
/// A wallet may have ten thousand lots, and thousands may come back that it has not any more: each would walk over all that it has.
private struct NamedLots {
    private static let lookUpsMax = 16
    /// Rows by name; nil where names are looked up one by one.
    private var rows: [LotID: Int]?

    /// - Parameters:
    ///   - wallet: Whose lots.
    ///   - count: How many names will be looked up.
    ///   - state: What is known before the command.
    init(of wallet: WalletSheet, toFind count: Int, _ state: borrowing ProgrammeState) {
        guard count > NamedLots.lookUpsMax else { return }
        var rows: [LotID: Int] = [:]
        state.forEachLot(of: wallet.member, wallet.wallet) { row, lot in
            rows[lot.id] = row
            return true
        }
        self.rows = rows
    }

    /// A lot that still has a row; nil when there is none of that name.
    func lot(
        _ id: LotID, of wallet: WalletSheet, _ state: borrowing ProgrammeState
    ) -> (row: Int, lot: LotRow)? {
        guard let rows else { return state.lot(id, of: wallet.member, wallet.wallet) }
        return rows[id].map { ($0, state.lots[$0]) }
    }
}

/// To which lots spent points come back.
enum Restoring {
    /// The parts of a redemption that come back next: the last taken first, because those lots end last and fewest have ended.
    ///
    /// - Parameters:
    ///   - taken: What the purchase took, in the order of the lots' ends.
    ///   - wallet: Of which wallet.
    ///   - skip: Points that have come back before.
    ///   - points: Points that come back now.
    /// - Returns: Lots and what comes back to each.
    static func parts(
        of taken: [LotMove], wallet: WalletNumber, skip: Int64, points: Int64
    ) -> [(lot: LotID, points: Int64)] {
        var parts: [(lot: LotID, points: Int64)] = []
        var (toSkip, missing) = (skip, points)
        for move in taken.reversed() where move.wallet == wallet.rawValue && move.kind == .take {
            let skipped = min(toSkip, move.points)
            toSkip -= skipped
            let part = min(missing, move.points - skipped)
            missing -= part
            if part > 0 { parts.append((move.lot, part)) }
        }
        return parts
    }
}
