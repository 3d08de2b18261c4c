import TallyCodec
import TallyModel

/// Random values of promotions.
extension Seed {
    mutating func digest() -> DocumentDigest { DocumentDigest(next(), next(), next(), next()) }

    mutating func documentPart() -> DocumentPart {
        DocumentPart(
            digest: digest(), part: number(), parts: number(),
            bytes: list(300) { UInt8(truncatingIfNeeded: $0.next()) })
    }

    mutating func promotionsChange() -> PromotionsChange {
        let ids = list(20) { $0.text() }
        let act: PromotionsChange.Act =
            switch next() % 4 {
            case 0: .publish(words: digest(), rules: digest())
            case 1: .pause(ids)
            case 2: .activate(ids)
            default: .archive(ids)
            }
        // A moment of nothing stands for now.
        let moment = Instant(microseconds: number() | 1)
        return PromotionsChange(
            act, effectiveFrom: Bool.random(using: &self) ? moment : nil, author: text(255), note: text(255))
    }

    mutating func pricing() -> Pricing {
        Pricing(
            payable: Bool.random(using: &self) ? Money(minor: number()) : nil, isSettled: Bool.random(using: &self),
            facts: list(Limits.statedFactsMax) { StatedFact($0.text(), $0.text()) },
            codes: list(Limits.shownCodesMax) { $0.text() }, wantsOffers: Bool.random(using: &self))
    }

    mutating func quotedPromotions() -> QuotedPromotions {
        QuotedPromotions(
            shelfTotal: Money(minor: number()), payable: Money(minor: number()), revision: number(),
            validUntil: Bool.random(using: &self) ? Instant(microseconds: number() | 1) : nil,
            effects: list(6) { $0.quotedEffect() },
            lines: list(9) {
                QuotedLine(discount: Money(minor: $0.number()), points: Points(minor: $0.number()))
            })
    }

    private mutating func quotedEffect() -> QuotedEffect {
        QuotedEffect(
            promotion: text(), title: text(255), discount: Money(minor: number()), points: Points(minor: number()),
            acts: list(3) {
                QuotedAct(
                    $0.pick(), $0.text(500), count: $0.number(), minutes: $0.number(), amount: $0.number(),
                    channel: $0.text())
            }, missing: Bool.random(using: &self) ? QuotedEffect.Missing(number(), pick()) : nil)
    }

    mutating func promotionsPage() -> PromotionsPage {
        let revision: UInt32 = number() | 1
        return PromotionsPage(
            sequence: LogSequence(next()), revision: revision, effectiveFrom: Instant(microseconds: number()),
            isLast: Bool.random(using: &self), rows: list(20) { $0.standing() })
    }

    private mutating func standing() -> PromotionStanding {
        PromotionStanding(
            id: text(), title: text(255), state: pick(), done: figures(), withheld: figures(),
            lastSequence: LogSequence(next()),
            budget: Bool.random(using: &self)
                ? PromotionStanding.Budget(pick(), most: number(), left: number()) : nil)
    }

    private mutating func figures() -> PromotionStanding.Figures {
        PromotionStanding.Figures(uses: number(), discount: number(), points: number())
    }

    /// An account as a record can carry it: amounts are not negative, those of lines that were paid differently may be.
    mutating func account() -> PromotionAccount {
        PromotionAccount(
            awards: list(12) { seed in
                PromotionAward(
                    place: seed.number(), rule: seed.number() & 0x7FFF_FFFF, isWithheld: Bool.random(using: &seed),
                    wallet: Bool.random(using: &seed) ? WalletNumber(seed.number() | 1) : nil,
                    parts: seed.list(9) {
                        PromotionAward.Part(
                            line: $0.number(), discount: $0.number() & .max, points: $0.number() & .max)
                    })
            }, facts: list(60) { $0.number() }, codes: list(8) { $0.text(255) }, extras: list(9) { $0.number() },
            names: list(4) { PromotionAccount.Name(place: $0.number(), id: $0.text()) })
    }
}
