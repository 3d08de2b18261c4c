import TallyModel
import TallyProjections
import TallyTables

/// A short story on a desk: one shop and one salon, a wallet, 10 % of every receipt, two members.
struct LessonTestsStory {
    let desk = PointsDesk()
    /// 2024-01-01T12:00:00Z.
    private static let noon: Int64 = PointsProgramme.start + PointsProgramme.day / 2

    /// A story with a change of the standard terms.
    init(_ change: (inout WalletTerms) -> Void = { _ in }) {
        desk.now = LessonTestsStory.noon
        var terms = WalletTerms.standard(wallet: "points")
        change(&terms)
        let commands: [Command] = [
            .defineBusiness(BusinessDefinition(id: "toys", name: "Toys", currency: "RUB", scale: 2)),
            .defineBusiness(BusinessDefinition(id: "salon", name: "Salon", currency: "RUB", scale: 2)),
            .defineStore(StoreDefinition(id: "s1", business: "toys")),
            .defineStore(StoreDefinition(id: "s2", business: "salon")),
            .defineWallet(WalletDefinition(id: "points", name: "Points", scale: 2)), .setWalletTerms(terms),
            rule("base", Rate(numerator: 1, denominator: 10)),
            .registerMember(Registration(externalID: "anna")), .registerMember(Registration(externalID: "boris")),
        ]
        for command in commands { precondition(desk.send(command).status == .recorded, "\(command)") }
    }

    /// A rate from a day on.
    func rule(_ id: String, _ rate: Rate, fromDay day: Int? = nil, rounding: Rounding = .halfEven) -> Command {
        .defineAccrual(
            AccrualDefinition(
                id: id, wallet: "points", business: "",
                effectiveFrom: day.map { moment($0) } ?? .distantPast, rate: rate, rounding: rounding))
    }

    /// Noon of a day of the story, or as many seconds later.
    func moment(_ day: Int, seconds: Int64 = 0) -> Instant {
        Instant(microseconds: LessonTestsStory.noon + Int64(day) * PointsProgramme.day + seconds * 1_000_000)
    }

    /// A receipt with a line for each amount.
    func receipt(
        _ amounts: [Int64], day: Int = 0, seconds: Int64 = 0, store: String = "s1", member: String = "anna",
        points: Int64 = 0, upTo: Bool = false, hold: Outcome? = nil
    ) -> Receipt {
        let lines = amounts.enumerated().map { index, amount in
            ReceiptLine(
                sku: "sku-\(index)", category: "c\(index + 1)", quantity: Quantity(thousandths: 1_000),
                total: Money(minor: amount))
        }
        let redemption = Redemption(wallet: "points", points: Points(minor: points), isUpTo: upTo)
        return Receipt(
            store: store, member: .external(member), number: "r\(desk.number + 1)",
            occurredAt: moment(day, seconds: seconds), total: Money(minor: amounts.reduce(0, +)), lines: lines,
            redemptions: points > 0 ? [redemption] : [],
            hold: hold.map { .sequence(LogSequence($0.sequence)) })
    }

    /// Buys.
    @discardableResult
    func buy(
        _ amounts: Int64..., day: Int = 0, seconds: Int64 = 0, store: String = "s1", member: String = "anna",
        points: Int64 = 0, upTo: Bool = false, hold: Outcome? = nil
    ) -> Outcome {
        desk.now = max(desk.now, moment(day, seconds: seconds).microseconds)
        return desk.send(
            .purchase(
                receipt(
                    amounts, day: day, seconds: seconds, store: store, member: member, points: points, upTo: upTo,
                    hold: hold)))
    }

    /// The slip of one line that comes back.
    func slip(_ purchase: Outcome, line: UInt16 = 1, _ money: Int64, thousandths: Int64 = 0, day: Int = 0) -> ReturnSlip
    {
        ReturnSlip(
            store: "s1", member: .external("anna"), number: "b\(desk.number + 1)", occurredAt: moment(day),
            total: Money(minor: money), purchase: .sequence(LogSequence(purchase.sequence)),
            lines: [
                ReturnLine(
                    purchaseLine: line, sku: "sku", quantity: Quantity(thousandths: thousandths),
                    total: Money(minor: money))
            ])
    }

    /// Brings one line of a purchase back.
    @discardableResult
    func back(_ purchase: Outcome, line: UInt16 = 1, _ money: Int64, thousandths: Int64 = 0, day: Int = 0) -> Outcome {
        desk.now = max(desk.now, moment(day).microseconds)
        return desk.send(.return(slip(purchase, line: line, money, thousandths: thousandths, day: day)))
    }

    /// Takes a purchase back as a whole.
    @discardableResult
    func void(_ purchase: Outcome, day: Int = 0) -> Outcome {
        desk.now = max(desk.now, moment(day).microseconds)
        return desk.send(
            .voidPurchase(
                VoidSlip(
                    store: "s1", number: "v\(desk.number + 1)", occurredAt: moment(day),
                    purchase: .sequence(LogSequence(purchase.sequence)))))
    }

    /// Sets points aside.
    func hold(_ points: Int64, day: Int = 0, store: String = "s1", seconds: UInt32 = 900) -> Outcome {
        desk.now = max(desk.now, moment(day).microseconds)
        return desk.send(
            .placeHold(
                HoldRequest(
                    store: store, member: .external("anna"), occurredAt: moment(day),
                    receiptTotal: Money(minor: 100_000),
                    redemption: Redemption(wallet: "points", points: Points(minor: points)), seconds: seconds)))
    }

    /// Gives back what was set aside.
    func release(_ hold: Outcome) -> Outcome { desk.send(.releaseHold(.sequence(LogSequence(hold.sequence)))) }

    /// Gives points by hand.
    @discardableResult
    func give(
        _ points: Int64, day: Int = 0, lastDay: Int? = nil, kind: Adjustment.Kind = .award, business: String = "toys"
    ) -> Outcome {
        desk.send(
            .adjust(
                Adjustment(
                    member: .external("anna"), wallet: "points", business: business, kind: kind,
                    points: Points(minor: points), occurredAt: moment(day),
                    endsOn: lastDay.map { CivilDay(of: moment($0), utcOffsetMinutes: 0) }, reason: "because")))
    }

    /// Lets time pass until noon of a day.
    func wait(untilDay day: Int) {
        desk.now = max(desk.now, moment(day).microseconds)
        desk.passTime()
        desk.endHolds()
    }

    /// Anna's active, pending, held and owed points.
    var anna: [Int64] { desk.figures(1) }

    /// The balance of an account of the toy shop, or of the salon.
    func account(_ purpose: Purpose, business: UInt16 = 1) -> Int64 {
        desk.state.account(BusinessNumber(business), WalletNumber(1), purpose)
    }
}
