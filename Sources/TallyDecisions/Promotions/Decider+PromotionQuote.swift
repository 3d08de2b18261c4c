import TallyBytes
import TallyCodec
public import TallyModel
public import TallyProjections
import TallyPromotions
import TallyTables

extension Decider {
    /// What promotions would do, for a quote.
    ///
    /// - Parameters:
    ///   - record: The record that the purchase would make.
    ///   - wantsOffers: True when promotions that need but a little more are to be named as well.
    ///   - state: What is known now.
    ///   - history: Earlier records.
    ///   - desk: Keeps promotions compiled.
    /// - Returns: nil when the record is not of a purchase that asked them.
    public func quote(
        of record: RawSpan, wantsOffers: Bool, state: borrowing ProgrammeState, history: some RecordSource,
        desk: PromotionDesk
    ) -> QuotedPromotions? {
        guard let promoted = try? PromotedReceipt(record), let account = try? promoted.account(),
            let message = try? Message(CodedReceipt.receipt(in: record), shape: PurchaseRecordedLayout.shape)
        else { return nil }
        let payable = message.i64(PurchaseRecordedLayout.total)
        var quote = QuotedPromotions(
            shelfTotal: Money(minor: promoted.shelfTotal), payable: Money(minor: payable), revision: promoted.revision)
        quote.validUntil = state.nextPromotions(after: message.i64(PurchaseRecordedLayout.occurredAt))
            .map(Instant.init(microseconds:))
        quote.lines = Array(
            repeating: QuotedLine(discount: .zero, points: .zero), count: message.firstGroup.count)
        for part in account.awards.filter({ !$0.isWithheld }).flatMap(\.parts) {
            quote.lines[Int(part.line)].discount.minor += part.discount
            quote.lines[Int(part.line)].points.minor += part.points
        }
        guard promoted.revision > 0 else { return quote }
        let row = state.promotionSets[Int(promoted.revision) - 1]
        guard let live = try? live(words: row.words, rules: row.rules, state: state, history: history, desk: desk)
        else { return quote }
        for award in account.awards where !award.isWithheld {
            quote.effects.append(QuotedEffect(award, live.promotion(Int32(award.place))))
        }
        if wantsOffers, let basket = PromotedBasket(record, live.book.assortment) {
            quote.effects += live.offers(basket, resting: live.resting(in: promoted.revision, state))
        }
        quote.leaveOutWhatDoesNotFit()
        return quote
    }
}

extension QuotedPromotions {
    /// Bytes of the strings of a quote's effects: a message has room for a little more.
    private static let textBytesMax = 60_000

    /// Leaves out acts, the last first, whose texts a message has no room for; what is to be paid stays.
    fileprivate mutating func leaveOutWhatDoesNotFit() {
        var bytes = effects.reduce(0) { $0 + $1.promotion.utf8.count + $1.title.utf8.count }
        for effect in effects.indices {
            effects[effect].acts.removeAll { act in
                let more = act.argument.utf8.count + act.channel.utf8.count
                guard bytes + more <= QuotedPromotions.textBytesMax else { return true }
                bytes += more
                return false
            }
        }
        while bytes > QuotedPromotions.textBytesMax, let last = effects.popLast() {
            bytes -= last.promotion.utf8.count + last.title.utf8.count
        }
    }
}

extension QuotedEffect {
    fileprivate init(_ award: PromotionAward, _ promotion: Promotion) {
        self.init(
            promotion: promotion.id, title: promotion.quotedTitle, discount: Money(minor: award.discount),
            points: Points(minor: award.points),
            acts: promotion.rules[Int(award.rule)].effects.compactMap { effect in
                guard case .act(let act) = effect else { return nil }
                return QuotedAct(act)
            })
    }
}

extension QuotedAct {
    fileprivate init?(_ act: Act) {
        guard let kind = ActKind(rawValue: act.kind.rawValue) else { return nil }
        self.init(
            kind, act.argument, count: act.count, minutes: act.minutes, amount: act.amount, channel: act.channel)
    }
}

extension Promotion {
    /// The title as far as a quote has room for it.
    fileprivate var quotedTitle: String { title.utf8.count <= Limits.nameBytesMax ? title : id }
}

extension LivePromotions {
    /// Offers that a quote names at most: a cashier says one or two.
    private static let offersMax = 5

    /// Promotions that would apply with a little more of some goods, the nearest first.
    ///
    /// A promotion is offered when its only condition that does not hold asks for more of goods of which there are some, and half of it at
    /// least is there: who buys one bottle is not asked to buy a hundred.
    fileprivate func offers(_ asked: PromotedBasket, resting: [Int32]) -> [QuotedEffect] {
        let plain = PlainEvaluator(book.ruleSet, book.assortment)
        let applied = Set((asked.applied + asked.withheld).map(\.award.promotion))
        var offers: [(effect: QuotedEffect, lack: Int64)] = []
        for (place, promotion) in book.ruleSet.promotions.enumerated() {
            guard !applied.contains(Int32(place)), !resting.contains(Int32(place)),
                let lack = lack(of: promotion, asked.basket, plain)
            else { continue }
            // Thousandths of what is asked for, so that units and sums can be compared.
            let share = lack.missing.amount.multipliedReportingOverflow(by: 1_000)
            offers.append(
                (
                    QuotedEffect(promotion: promotion.id, title: promotion.quotedTitle, missing: lack.missing),
                    share.overflow ? .max : share.partialValue / lack.asked
                ))
        }
        return offers.sorted { $0.lack < $1.lack }.prefix(LivePromotions.offersMax).map(\.effect)
    }

    private func lack(
        of promotion: Promotion, _ basket: Basket, _ plain: PlainEvaluator
    ) -> (missing: QuotedEffect.Missing, asked: Int64)? {
        for rule in promotion.rules {
            var lacking: Condition?
            var isFar = false
            for condition in promotion.conditions + rule.conditions where !plain.holds(condition, basket) {
                isFar = lacking != nil
                if isFar { break }
                lacking = condition
            }
            guard !isFar, case .goods(let filter, let measure, let atLeast)? = lacking else { continue }
            let found = plain.amount(of: filter, measure, basket)
            guard found > 0, found >= atLeast - found, let measure = BasketMeasure(rawValue: measure.rawValue) else {
                continue
            }
            return (QuotedEffect.Missing(atLeast - found, measure), atLeast)
        }
        return nil
    }
}
