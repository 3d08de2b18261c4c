import TallyModel

/// Random values of what people do by hand.
extension Seed {
    mutating func operatorDefinition() -> OperatorDefinition {
        OperatorDefinition(
            id: text(), name: text(255), rights: OperatorRights(rawValue: number()), limitPerAct: number(),
            limitPerDay: number())
    }

    mutating func approval() -> Approval {
        Approval(
            proposal: holdReference(), verdict: pick(), operatorID: text(), reason: text(255),
            occurredAt: Instant(microseconds: number()), utcOffsetMinutes: number())
    }

    mutating func transfer() -> Transfer {
        Transfer(
            member: member(), other: member(), wallet: text(), points: Points(minor: number()),
            occurredAt: Instant(microseconds: number()), utcOffsetMinutes: number(), operatorID: text(),
            reason: text(255))
    }

    mutating func block() -> Block {
        Block(
            member: member(), mode: pick(), operatorID: text(), reason: text(255),
            occurredAt: Instant(microseconds: number()), utcOffsetMinutes: number())
    }

    mutating func merge() -> Merge {
        Merge(
            survivor: member(), absorbed: member(), operatorID: text(), reason: text(255),
            occurredAt: Instant(microseconds: number()), utcOffsetMinutes: number())
    }

    mutating func split() -> Split {
        Split(
            member: member(), operatorID: text(), reason: text(255), occurredAt: Instant(microseconds: number()),
            utcOffsetMinutes: number())
    }

    mutating func periodClose() -> PeriodClose {
        PeriodClose(year: number(), month: number(), utcOffsetMinutes: number(), operatorID: text())
    }
}
