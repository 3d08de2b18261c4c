import TallyModel

/// Random values of points that are spent, set aside, given and taken, and of their terms.
extension Seed {
    mutating func redemption() -> Redemption {
        Redemption(wallet: text(), points: Points(minor: number()), isUpTo: Bool.random(using: &self))
    }

    mutating func holdReference() -> HoldReference {
        Bool.random(using: &self)
            ? .sequence(LogSequence(next() | 1)) : .event(source: SourceNumber(number()), number: next() | 1)
    }

    mutating func holdRequest() -> HoldRequest {
        HoldRequest(
            store: text(), member: member(), receipt: text(), occurredAt: Instant(microseconds: number()),
            utcOffsetMinutes: number(), receiptTotal: Money(minor: number()), redemption: redemption(),
            seconds: number())
    }

    mutating func voidSlip() -> VoidSlip {
        VoidSlip(
            store: text(), member: member(), number: text(), occurredAt: Instant(microseconds: number()),
            utcOffsetMinutes: number(), channel: pick(),
            purchase: Bool.random(using: &self) ? .sequence(LogSequence(next() | 1)) : .receipt("n" + text()))
    }

    mutating func adjustment() -> Adjustment {
        Adjustment(
            member: member(), wallet: text(), business: text(), kind: pick(), points: Points(minor: number()),
            occurredAt: Instant(microseconds: number()), utcOffsetMinutes: number(), beginsOn: day(), endsOn: day(),
            operatorID: text(), category: text(), reason: text(255), manifest: LogSequence(number()))
    }

    /// Any day but the one that stands for none.
    private mutating func day() -> CivilDay? {
        Bool.random(using: &self) ? CivilDay(days: number() | 1) : nil
    }
}

extension Seed {
    mutating func walletTerms() -> WalletTerms {
        WalletTerms(
            wallet: text(), expiry: expiry(), pending: pending(), returnWindowDays: number(), burnOrder: pick(),
            maxShareBasisPoints: number(), maxPerReceipt: Points(minor: number()), minReceipt: Money(minor: number()),
            negative: negative(), graceDays: number(), moneyRate: rate(), earnFilter: filter(), burnFilter: filter(),
            returns: pick(), takesBackBlind: Bool.random(using: &self), earnsOnPoints: Bool.random(using: &self))
    }

    mutating func settlementTerms() -> SettlementTerms {
        SettlementTerms(
            issuer: text(), redeemer: text(), wallet: text(), rate: rate(), feeBasisPoints: number(), timing: pick())
    }

    private mutating func rate() -> Rate { Rate(numerator: number(), denominator: number() | 1) }

    private mutating func expiry() -> ExpiryTerm {
        switch next() % 5 {
        case 0: .never
        case 1: .days(number())
        case 2: .months(number())
        case 3: .dates(list(12) { DayOfYear(month: UInt8($0.next() % 100), day: UInt8($0.next() % 100)) })
        default: .sliding(number())
        }
    }

    private mutating func pending() -> PendingTerm {
        switch next() % 4 {
        case 0: .none
        case 1: .days(number())
        case 2: .date(CivilDay(days: number()))
        default: .returnWindow
        }
    }

    private mutating func negative() -> NegativeTerm {
        switch next() % 3 {
        case 0: .none
        case 1: .upTo(Points(minor: number()))
        default: .unlimited
        }
    }

    private mutating func filter() -> LineFilter {
        switch next() % 3 {
        case 0: .all
        case 1: .only(list(Limits.filterNamesMax) { $0.text() })
        default: .except(list(5) { $0.text(255) })
        }
    }
}
