import TallyBytes
import TallyCodec
import TallyLedger
import TallyModel
import TallyProjections
import TallyPromotions
import TallyTables

extension Decider {
    /// Decides a purchase that asks the promotions.
    ///
    /// 1. Its form is checked as that of any purchase, at the totals of the shelf.
    /// 2. The promotions in force when it occurred look at it (`price`).
    /// 3. What comes out is compared with what the customer was told.
    /// 4. The purchase is decided at what is to be paid, with the points that promotions give.
    /// 5. What promotions looked at and did is recorded around it.
    func decidePricedPurchase(
        _ command: RawSpan, _ envelope: RecordEnvelope, state: borrowing ProgrammeState, history: some RecordSource,
        desk: PromotionDesk?, into records: inout ByteWriter
    ) throws(Refused) -> Outcome {
        let asked = try AskedPurchase(command, self)
        let facts = try purchaseForm(try plainPurchase(in: asked.purchase), state: state)
        let stated = try asked.statedPayable(of: facts.total)
        var priced = try price(asked, facts, state: state, history: history, desk: desk)
        if let stated, !asked.isSettled, stated != priced.payable {
            return priceChanged(priced, stated: stated, envelope, into: &records)
        }
        let paid = stated ?? priced.payable
        var lines = priced.due
        if paid != priced.payable {
            priced.account.extras = priced.extras(paid: paid, skus: facts.skus)
            for line in lines.indices { lines[line] += priced.account.extras[line] }
        }
        let purchase = try asked.purchase(lines: lines, total: paid, self)
        let receipt = try decideReceipt(
            purchase.bytes, envelope, gifts: priced.gifts, state: state, history: history)
        try records.append(
            promoted: receipt.bytes, priced, difference: paid - priced.payable,
            chained(envelope, facts.member, state: state))
        return receipt.outcome
    }

    /// The record of a purchase at what is to be paid, and its answer.
    private struct DecidedReceipt: ~Copyable {
        var writer: ByteWriter
        var outcome: Outcome
        var bytes: RawSpan {
            @_lifetime(borrow self)
            get { writer.bytes }
        }
    }

    private func decideReceipt(
        _ purchase: RawSpan, _ envelope: RecordEnvelope, gifts: [PricedBasket.Gift], state: borrowing ProgrammeState,
        history: some RecordSource
    ) throws(Refused) -> DecidedReceipt {
        let facts = try purchaseForm(try plainPurchase(in: purchase), state: state)
        let envelope = chained(envelope, facts.member, state: state)
        var sheet = MemberSheet(facts.member)
        var codes = CodeSheet()
        var receipt = ByteWriter(capacity: 2048)
        let outcome = try decidePurchase(
            facts, of: purchase, envelope, &sheet, &codes, gifts: gifts, state: state, history: history,
            into: &receipt)
        var record = ByteWriter(capacity: 2048)
        try record.append(receipt, codes, envelope)
        return DecidedReceipt(writer: record, outcome: outcome)
    }

    /// Records that something else is to be paid than the customer was told.
    private func priceChanged(
        _ priced: PricedBasket, stated: Int64, _ envelope: RecordEnvelope, into records: inout ByteWriter
    ) -> Outcome {
        records.append(header: PriceChangedLayout.shape)
        records.append(envelope: envelope)
        records.append(i64: stated)
        records.append(i64: priced.payable)
        records.append(u32: priced.revision)
        records.append(u16: PricedPurchaseLayout.templateID)
        return Outcome(
            status: .rejected, code: Rejection.priceChanged.rawValue, points: priced.payable - stated,
            balance: priced.payable)
    }

    // MARK: What promotions do

    /// Lets the promotions in force look at a receipt.
    ///
    /// Whatever may not apply is barred, and the receipt is looked at again as if it were not there: promotions that rest, those that leave
    /// the buyer out, those that have reached a limit. Each look bars one at least, so it ends.
    private func price(
        _ asked: borrowing AskedPurchase, _ facts: borrowing PurchaseForm, state: borrowing ProgrammeState,
        history: some RecordSource, desk: PromotionDesk?
    ) throws(Refused) -> PricedBasket {
        var priced = PricedBasket(shelf: facts.lineTotals)
        priced.account.codes = try asked.codes(of: facts, self, state: state)
        let revision = state.promotions(at: facts.occurredAt)
        guard revision > 0 else { return priced }
        guard let desk else { throw Refused(.promotionsMissing) }
        let row = state.promotionSets[Int(revision) - 1]
        let live = try live(words: row.words, rules: row.rules, state: state, history: history, desk: desk)
        priced.revision = revision
        priced.account.facts = live.gatherer.facts(
            of: facts.occasion, stated: try asked.facts(), state: state)
        let basket = Basket(
            facts: priced.account.facts, tokens: priced.account.codes,
            lines: facts.basketLines(live.book.assortment))
        let canEarn = facts.member != .none && state.members[Int(facts.member.rawValue) - 1].blocked != 2
        var barred = live.resting(in: revision, state)
        var withheld: [PromotionAward] = []
        while true {
            guard let decisions = live.decide(basket, barred: barred) else { throw Refused(.promotionsTooMany) }
            let before = barred.count
            var meter = UseMeter(key, day: facts.day, store: facts.store, member: facts.member)
            for decision in decisions {
                // Of every award so little that no sum of a receipt leaves 64 bits.
                guard decision.award.points <= Limits.amountMinorMax else { throw Refused(.sumTooLarge) }
                let promotion = live.promotion(decision.award.promotion)
                if let group = promotion.terms.control, group.contains(facts.member, of: promotion.id) {
                    withheld.append(PromotionAward(decision, isWithheld: true))
                    barred.append(decision.award.promotion)
                } else if !meter.take(
                    promotion, discount: decision.award.discount, points: canEarn ? decision.award.points : 0,
                    state: state)
                {
                    barred.append(decision.award.promotion)
                }
            }
            guard barred.count == before else { continue }
            guard meter.uses.count <= Limits.usesPerReceiptMax else { throw Refused(.promotionsTooMany) }
            priced.uses = meter.uses
            for decision in decisions {
                let promotion = live.promotion(decision.award.promotion)
                priced.take(
                    decision, promotion, wallet: canEarn ? wallet(of: promotion, facts, state) : nil)
            }
            priced.account.awards += withheld
            for award in priced.account.awards
            where state.promotionTally(rules: row.rules, place: award.place) == nil {
                let id = live.promotion(Int32(award.place)).id
                priced.account.names.append(PromotionAccount.Name(place: award.place, id: id))
            }
            try checkTallies(priced.account.awards, rules: row.rules, state: state)
            guard priced.account.names.isEmpty || state.texts.hasRoom(for: Limits.recordBytesMax) else {
                throw Refused(.capacityReached)
            }
            return priced
        }
    }

    /// Checks that no sum of what promotions have done leaves 64 bits.
    private func checkTallies(
        _ awards: [PromotionAward], rules: UInt32, state: borrowing ProgrammeState
    ) throws(Refused) {
        for award in awards {
            guard let row = state.promotionTally(rules: rules, place: award.place) else { continue }
            let tally = state.promotionTallies[row]
            let before =
                award.isWithheld ? (tally.withheldDiscount, tally.withheldPoints) : (tally.discount, tally.points)
            guard !before.0.addingReportingOverflow(award.discount).overflow,
                !before.1.addingReportingOverflow(award.points).overflow
            else { throw Refused(.sumTooLarge) }
        }
    }

    /// Where the points of a promotion go: to the wallet that it names, else to the first that earns on the receipt, else to the first.
    private func wallet(
        of promotion: Promotion, _ facts: borrowing PurchaseForm, _ state: borrowing ProgrammeState
    ) -> WalletNumber? {
        let named = promotion.terms.points.wallet
        if !named.isEmpty { return wallet(named: named, state) }
        let earning = state.accruals(at: facts.occurredAt, business: facts.business).first
        return earning.map { WalletNumber($0.row.wallet) } ?? (state.wallets.count > 0 ? WalletNumber(1) : nil)
    }

    // MARK: Points

    /// Gives the points of promotions, behind what the receipt earns by its rates.
    func give(
        _ gifts: [PricedBasket.Gift], _ facts: borrowing PurchaseForm, _ sheet: inout MemberSheet,
        _ draft: inout EntryDraft, state: borrowing ProgrammeState
    ) throws(Refused) {
        let business = facts.business
        for gift in gifts {
            let times = lotTimes(of: gift, facts, state: state)
            try sheet.with(gift.wallet, state) { (wallet) throws(Refused) in
                try give(gift.points, by: business, .issued, times, to: &wallet, &draft, state: state)
            }
        }
    }

    /// When the points of a promotion begin and end: by its own terms, and where it has none by those of the wallet.
    private func lotTimes(
        of gift: PricedBasket.Gift, _ facts: borrowing PurchaseForm, state: borrowing ProgrammeState
    ) -> LotTimes {
        let row = state.terms(of: gift.wallet.rawValue)
        guard gift.terms.pending != nil || gift.terms.expiry != nil else {
            return lotTimes(row, at: facts.occurredAt, utcOffsetMinutes: facts.utcOffsetMinutes, state: state)
        }
        let begins = LotDays.beginning(
            gift.terms.pending ?? state.pendingTerm(of: row), given: facts.day, returnWindowDays: row.returnWindowDays)
        let last = LotDays.lastDay(gift.terms.expiry ?? state.expiryTerm(of: row), from: begins ?? facts.day)
        let offset = facts.utcOffsetMinutes
        return LotTimes(
            isPending: begins != nil,
            beginsAt: begins.map { LotDays.start(of: Int64($0.days), utcOffsetMinutes: offset) }
                ?? LotDays.second(of: Instant(microseconds: facts.occurredAt)),
            endsAt: last.map { LotDays.start(of: Int64($0.days) + 1, utcOffsetMinutes: offset) } ?? 0)
    }
}

extension ByteWriter {
    /// Appends the record of a receipt with what promotions did.
    fileprivate mutating func append(
        promoted receipt: RawSpan, _ priced: PricedBasket, difference: Int64, _ envelope: RecordEnvelope
    ) throws(Refused) {
        typealias Layout = PromotedReceiptRecordedLayout
        append(header: Layout.shape)
        append(envelope: envelope)
        append(i64: priced.shelfTotal)
        append(i64: difference)
        append(u32: priced.revision)
        guard let length = UInt16(exactly: receipt.byteCount) else { throw Refused(.promotionsTooMany) }
        append(u16: length)
        append(groupOf: priced.uses.count, entryLength: Layout.Uses.entryLength)
        for use in priced.uses {
            append(u64: use.high)
            append(u64: use.low)
            append(i64: use.amount)
        }
        let textLengthAt = count
        append(u16: 0)
        let start = count
        append(bytes: receipt)
        append(priced.account)
        guard let textLength = UInt16(exactly: count - start) else { throw Refused(.promotionsTooMany) }
        set(u16: textLength, at: textLengthAt)
    }
}
