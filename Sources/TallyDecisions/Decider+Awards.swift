import TallyLedger
import TallyModel
import TallyProjections
import TallyTables

/// When a lot that is given now begins and ends.
struct LotTimes {
    /// True when it begins later.
    var isPending = false
    var beginsAt: UInt32
    var endsAt: UInt32
}

extension Decider {
    /// When a lot begins and ends that a wallet's terms give on a receipt's day.
    ///
    /// - Parameters:
    ///   - terms: The wallet's terms.
    ///   - occurredAt: When the receipt was printed, in microseconds since the epoch.
    ///   - utcOffsetMinutes: The store's distance from UTC.
    ///   - state: Knows the days of the year that terms name.
    /// - Returns: Seconds since 1970.
    @inline(__always)
    func lotTimes(
        _ terms: TermsRow, at occurredAt: Int64, utcOffsetMinutes: Int16, state: borrowing ProgrammeState
    ) -> LotTimes {
        let moment = Instant(microseconds: occurredAt)
        let second = LotDays.second(of: moment)
        if terms.expiryKind == 0, terms.pendingKind == 0 { return LotTimes(beginsAt: second, endsAt: 0) }
        let day = CivilDay(of: moment, utcOffsetMinutes: utcOffsetMinutes)
        let begins = LotDays.beginning(
            state.pendingTerm(of: terms), given: day, returnWindowDays: terms.returnWindowDays)
        let last = LotDays.lastDay(state.expiryTerm(of: terms), from: begins ?? day)
        return LotTimes(
            isPending: begins != nil,
            beginsAt: begins.map { LotDays.start(of: Int64($0.days), utcOffsetMinutes: utcOffsetMinutes) } ?? second,
            endsAt: last.map { LotDays.start(of: Int64($0.days) + 1, utcOffsetMinutes: utcOffsetMinutes) } ?? 0)
    }

    /// Gives points to a member: what is owed is covered first, unless the points begin later.
    ///
    /// - Parameters:
    ///   - points: Minor units, above 0.
    ///   - business: Who gives them.
    ///   - account: The account of the business that says why.
    ///   - times: When the lot begins and ends.
    ///   - sheet: The wallet.
    ///   - draft: Receives the postings.
    ///   - state: What is known before the command.
    /// - Throws: ``Refused`` when a sum would leave 64 bits.
    func give(
        _ points: Int64, by business: BusinessNumber, _ account: Purpose, _ times: LotTimes,
        to sheet: inout WalletSheet,
        _ draft: inout EntryDraft, state: borrowing ProgrammeState
    ) throws(Refused) {
        let wallet = sheet.wallet
        guard !sheet.active.addingReportingOverflow(points).overflow,
            !sheet.pending.addingReportingOverflow(points).overflow,
            !state.account(business, wallet, account).subtractingReportingOverflow(points).overflow
        else { throw Refused(.sumTooLarge) }
        draft.add(-points, business.rawValue, wallet, account)
        guard !times.isPending else {
            draft.addLot(points, business.rawValue, wallet, .pending, beginsAt: times.beginsAt, endsAt: times.endsAt)
            sheet.pending += points
            return
        }
        let covered = min(points, sheet.debt)
        draft.add(covered, business.rawValue, wallet, .debt)
        draft.addLot(
            points - covered, business.rawValue, wallet, .active, beginsAt: times.beginsAt, endsAt: times.endsAt)
        sheet.debt -= covered
        sheet.active += points - covered
    }

    /// The rate of a total, by a rule.
    func points(of total: Int64, by rule: AccrualRow) throws(Refused) -> Int64 {
        let rate = Rate(numerator: rule.numerator, denominator: rule.denominator)
        guard let rounding = Rounding(rawValue: UInt8(truncatingIfNeeded: rule.rounding)),
            let points = rate.of(total, rounding: rounding)
        else { throw Refused(.sumTooLarge) }
        return points
    }
}
