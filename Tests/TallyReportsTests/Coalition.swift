import TallyModel

/// Two businesses, two wallets and a winter of receipts that can be added up by hand.
///
/// `points`: 10 % everywhere, at once, for 60 days. `bonus`: 5 % in toys, from the third day on, for a month. Salons
/// pay toys' points at one to one less 5 %; the other way nothing was agreed before the spring.
enum Coalition {
    /// A moment on the clock of Moscow.
    static func moment(_ day: String, hour: Int64 = 12) -> Instant {
        guard let day = CivilDay(text: day) else { preconditionFailure("A test names days that there are.") }
        return Instant(microseconds: (Int64(day.days) * 86_400 + (hour - 3) * 3600) * 1_000_000)
    }

    static let programme: [Command] = [
        .defineBusiness(BusinessDefinition(id: "toys", name: "Toys", currency: "RUB", scale: 2)),
        .defineBusiness(BusinessDefinition(id: "salons", name: "Salons", currency: "RUB", scale: 2)),
        .defineStore(StoreDefinition(id: "t1", business: "toys")),
        .defineStore(StoreDefinition(id: "s1", business: "salons")),
        .defineWallet(WalletDefinition(id: "points", name: "Points", scale: 2)),
        .defineWallet(WalletDefinition(id: "bonus", name: "Bonus", scale: 0)),
        .setWalletTerms(WalletTerms(wallet: "points", expiry: .days(60))),
        .setWalletTerms(WalletTerms(wallet: "bonus", expiry: .months(1), pending: .days(3))),
        .defineAccrual(
            AccrualDefinition(
                id: "base", wallet: "points", business: "", effectiveFrom: .distantPast,
                rate: Rate(numerator: 10, denominator: 100), rounding: .floor)),
        .defineAccrual(
            AccrualDefinition(
                id: "extra", wallet: "bonus", business: "toys", effectiveFrom: .distantPast,
                rate: Rate(numerator: 5, denominator: 100), rounding: .floor)),
        .setSettlementTerms(
            SettlementTerms(issuer: "toys", redeemer: "salons", wallet: "points", feeBasisPoints: 500)),
        .registerMember(Registration(externalID: "anna")),
        .registerMember(Registration(externalID: "boris")),
    ]

    static func purchase(
        _ member: String, _ store: String, _ number: String, on day: String, _ minor: Int64, points: Int64 = 0,
        hold: HoldReference? = nil
    ) -> Receipt {
        Receipt(
            store: store, member: .external(member), number: number, occurredAt: moment(day), utcOffsetMinutes: 180,
            total: Money(minor: minor),
            lines: [ReceiptLine(sku: "x", quantity: Quantity(thousandths: 1_000), total: Money(minor: minor))],
            redemptions: points == 0 ? [] : [Redemption(wallet: "points", points: Points(minor: points))], hold: hold)
    }

    static func slip(
        _ store: String, _ number: String, on day: String, _ minor: Int64, of purchase: UInt64
    ) -> ReturnSlip {
        ReturnSlip(
            store: store, member: .anonymous, number: number, occurredAt: moment(day), utcOffsetMinutes: 180,
            total: Money(minor: minor), purchase: .sequence(LogSequence(purchase)),
            lines: [
                ReturnLine(
                    purchaseLine: 1, sku: "x", quantity: Quantity(thousandths: 500), total: Money(minor: minor))
            ])
    }

    static func adjustment(
        _ kind: Adjustment.Kind, _ member: String, _ business: String, _ points: Int64, on day: String
    ) -> Command {
        .adjust(
            Adjustment(
                member: .external(member), wallet: "points", business: business, kind: kind,
                points: Points(minor: points), occurredAt: moment(day), utcOffsetMinutes: 180, operatorID: "olga",
                reason: "because"))
    }

    static func hold(
        _ member: String, _ store: String, _ points: Int64, on day: String, seconds: UInt32 = Limits.holdSecondsDefault
    ) -> Command {
        .placeHold(
            HoldRequest(
                store: store, member: .external(member), receipt: "h", occurredAt: moment(day), utcOffsetMinutes: 180,
                receiptTotal: Money(minor: 1_000_000),
                redemption: Redemption(wallet: "points", points: Points(minor: points)), seconds: seconds))
    }

    /// The story, with what each step does to points.
    ///
    /// | day | what | points |
    /// |---|---|---|
    /// | 10 January | Anna buys for 100.00 in toys | +1,000 toys; 500 bonus from the 13th |
    /// | 12 January | Anna pays 600 of 200.00 in salons | −600 toys; +1,940 salons |
    /// | 15 January | a hold of 300, released after a quarter of an hour | |
    /// | 20 January | Boris buys for 50.00 in salons | +500 salons |
    /// | 1 February | Boris pays 200 of 30.00 in toys, held before | −200 salons; +280 toys; 140 bonus from the 4th |
    /// | 3 February | half of Anna's purchase in salons comes back | +300 toys; −700 toys, −270 salons |
    /// | 5 February | Boris exchanges his toys for others of 40.00 | all back: +200 salons, −280 toys, −140 bonus; +400 toys, 200 bonus |
    /// | 6 February | an apology and a correction, both by salons | Anna +100 salons, −50 toys, which end first |
    /// | 7 February | Boris brings 70 along from an earlier system of salons | +70 salons |
    /// | 8 February | Boris' other purchase is voided: 10.00 in salons | +100 salons, −100 salons |
    /// | 30 April | the clock has come here | what is left has ended |
    static func desk() -> BooksDesk {
        let desk = BooksDesk()
        for command in programme { accept(command, on: "2026-01-01", desk) }
        accept(.purchase(purchase("anna", "t1", "1", on: "2026-01-10", 10_000)), on: "2026-01-10", desk)
        let salons = accept(
            .purchase(purchase("anna", "s1", "2", on: "2026-01-12", 20_000, points: 600)), on: "2026-01-12", desk)
        accept(hold("anna", "s1", 300, on: "2026-01-15"), on: "2026-01-15", desk)
        accept(.purchase(purchase("boris", "s1", "3", on: "2026-01-20", 5_000)), on: "2026-01-20", desk)
        let held = accept(hold("boris", "t1", 250, on: "2026-02-01"), on: "2026-02-01", desk)
        let toys = accept(
            .purchase(
                purchase(
                    "boris", "t1", "4", on: "2026-02-01", 3_000, points: 200, hold: .sequence(LogSequence(held)))),
            on: "2026-02-01", desk)
        accept(.return(slip("s1", "5", on: "2026-02-03", 10_000, of: salons)), on: "2026-02-03", desk)
        var back = slip("t1", "6", on: "2026-02-05", 3_000, of: toys)
        back.lines[0].quantity = Quantity(thousandths: 1_000)
        accept(
            .exchange(Exchange(slip: back, receipt: purchase("boris", "t1", "7", on: "2026-02-05", 4_000))),
            on: "2026-02-05", desk)
        accept(adjustment(.goodwill, "anna", "salons", 100, on: "2026-02-06"), on: "2026-02-06", desk)
        accept(adjustment(.correction, "anna", "salons", -50, on: "2026-02-06"), on: "2026-02-06", desk)
        accept(adjustment(.opening, "boris", "salons", 70, on: "2026-02-07"), on: "2026-02-07", desk)
        let mistake = accept(
            .purchase(purchase("boris", "s1", "8", on: "2026-02-08", 1_000)), on: "2026-02-08", desk)
        accept(
            .voidPurchase(
                VoidSlip(
                    store: "s1", number: "9", occurredAt: moment("2026-02-08"), utcOffsetMinutes: 180,
                    purchase: .sequence(LogSequence(mistake)))), on: "2026-02-08", desk)
        desk.advance(to: moment("2026-04-30"))
        return desk
    }

    @discardableResult
    private static func accept(_ command: Command, on day: String, _ desk: BooksDesk) -> UInt64 {
        desk.advance(to: moment(day))
        let outcome = desk.send(command)
        precondition(outcome.status == .recorded, "The story is sound, but \(command) is \(outcome)")
        return outcome.sequence
    }
}
