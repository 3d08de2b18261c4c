import TallyBytes
import TallyCodec
import TallyLedger
import TallyModel
import TallyProjections
import TallyTables

extension Decider {
    /// Takes points back that a manifest gave: an import or a bulk accrual that was wrong.
    ///
    /// Only from lots that adjustments of this manifest made and that the business of the correction stands for, whether
    /// they have begun or not, in the order in which they end. Nobody else's points and no points of another origin are
    /// touched, and a debt of the member does not matter, because these points were never the member's to owe from. What
    /// was spent, given away, set aside or has ended is not there any more and cannot be asked for.
    ///
    /// > Source: checklist S0-11 (reversal of an import).
    func takeBack(
        _ points: Int64, of form: borrowing AdjustmentForm, from sheet: inout WalletSheet, _ draft: inout EntryDraft,
        state: borrowing ProgrammeState, history: some RecordSource
    ) throws(Refused) {
        let second = form.moment.second
        let gifts = LotsOfManifest(form.manifest)
        var found: [TakenLot] = []
        var missing = points
        sheet.forEachLot(state) { row, lot in
            let part = min(sheet.remaining(row, lot), missing)
            guard part > 0, lot.issuer == form.business.rawValue, !sheet.hasEnded(lot, by: second),
                gifts.made(lot.id, history)
            else { return true }
            found.append(TakenLot(row: row, lot: lot, points: part))
            missing -= part
            return missing > 0
        }
        guard missing == 0 else { throw Refused(.pointsInsufficient) }
        for part in found {
            let purpose: Purpose = part.lot.isPending != 0 ? .pending : .active
            draft.move(.take, part.points, form.wallet, part.lot)
            draft.transfer(
                part.points, from: purpose, of: part.lot.issuer, to: .adjusted, of: form.business, form.wallet)
            if part.lot.isPending != 0 { sheet.pending -= part.points } else { sheet.active -= part.points }
        }
    }
}

/// Tells the lots of a manifest from others by the records that made them; a record is read once.
final class LotsOfManifest {
    private let manifest: UInt64
    private var known: [UInt64: Bool] = [:]

    /// - Parameter manifest: Whose lots are looked for; not 0.
    init(_ manifest: UInt64) { self.manifest = manifest }

    /// True when an adjustment of the manifest made the lot; false also when the log does not hold its record.
    func made(_ lot: LotID, _ history: some RecordSource) -> Bool {
        if let known = known[lot.sequence] { return known }
        var isOurs = false
        history.withRecord(lot.sequence) { record in
            guard let adjusted = try? Message(record, shape: AdjustedLayout.shape) else { return }
            isOurs = adjusted.u64(AdjustedLayout.manifest) == manifest
        }
        known[lot.sequence] = isOurs
        return isOurs
    }
}
