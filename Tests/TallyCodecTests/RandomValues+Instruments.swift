import TallyModel

/// Random values of gift cards, certificates, coupons and promo codes.
extension Seed {
    mutating func instrumentDefinition() -> InstrumentDefinition {
        InstrumentDefinition(
            id: text(), name: text(255), kind: pick(), codes: pick(), code: text(), checkScheme: pick(),
            business: text(), wallet: text(), faceValue: Points(minor: number()), validFrom: dayOrNone(),
            validThrough: dayOrNone(), utcOffsetMinutes: number(), codesMax: number(), usesPerCode: number(),
            usesBudget: number(), amountBudget: number(), memberLimit: number(), onReturn: pick())
    }

    mutating func instrumentIssue() -> InstrumentIssue {
        InstrumentIssue(
            instrument: text(), count: number(), faceValue: Points(minor: number()), member: member(),
            occurredAt: Instant(microseconds: number()), utcOffsetMinutes: number(), endsOn: dayOrNone(),
            seconds: number())
    }

    mutating func instrumentMove() -> InstrumentMove {
        InstrumentMove(
            pick(), instrumentReference(), amount: number(), store: text(), member: member(), receipt: text(),
            occurredAt: Instant(microseconds: number()), utcOffsetMinutes: number(), seconds: number(),
            reference: Bool.random(using: &self) ? holdReference() : nil)
    }

    mutating func purchaseCode() -> PurchaseCode {
        PurchaseCode(
            instrumentReference(), amount: number(),
            reservation: Bool.random(using: &self) ? holdReference() : nil)
    }

    private mutating func instrumentReference() -> InstrumentReference {
        switch next() % 3 {
        case 0: .code("c" + text(60))
        case 1: .serial(instrument: "i" + text(60), number())
        default: .byReference
        }
    }

    /// Any day but the one that stands for none.
    private mutating func dayOrNone() -> CivilDay? {
        Bool.random(using: &self) ? CivilDay(days: number() | 1) : nil
    }
}
