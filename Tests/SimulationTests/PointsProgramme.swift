import TallyModel
import TallyTesting

/// A programme drawn from a seed: two businesses, two stores, two or three wallets with any terms, rules of accrual.
struct PointsProgramme {
    static let memberCount = 8
    static let categories = ["food", "toys", "tea", ""]
    /// 2024-01-01T00:00:00Z.
    static let start: Int64 = 1_704_067_200_000_000
    static let day: Int64 = 86_400_000_000

    /// Defines it on a desk and tells the model.
    static func define(_ desk: PointsDesk, _ model: inout PointsModel, _ random: inout SeededRandom) {
        model.businessNames = ["toys", "salon"]
        model.stores = [("s1", 1), ("s2", 2)]
        model.walletNames = Array(["points", "gold", "gift"].prefix(2 + Int(random.next(below: 2))))
        var commands: [Command] = [
            .defineBusiness(BusinessDefinition(id: "toys", name: "Toys", currency: "RUB", scale: 2)),
            .defineBusiness(BusinessDefinition(id: "salon", name: "Salon", currency: "RUB", scale: 2)),
            .defineStore(StoreDefinition(id: "s1", business: "toys")),
            .defineStore(StoreDefinition(id: "s2", business: "salon")),
        ]
        for (index, name) in model.walletNames.enumerated() {
            commands.append(.defineWallet(WalletDefinition(id: name, name: name, scale: 2)))
            let terms = terms(name, &random)
            model.terms.append(terms)
            commands.append(.setWalletTerms(terms))
            for number in 0..<(1 + Int(random.next(below: 2))) {
                let rule = rule(name, number, &random)
                commands.append(.defineAccrual(rule))
                model.take(rule, wallet: index)
            }
        }
        for member in 1...memberCount { commands.append(.registerMember(Registration(externalID: "m\(member)"))) }
        desk.now = start
        for command in commands {
            precondition(desk.send(command).status == .recorded, "The programme is sound, but not \(command).")
        }
        model.open(members: memberCount)
    }

    /// Any rate for a wallet.
    static func rule(_ wallet: String, _ number: Int, _ random: inout SeededRandom) -> AccrualDefinition {
        let rates = [(5, 100), (1, 10), (1, 3), (7, 1_000), (1, 1)]
        let rate = random.pick(rates)
        return AccrualDefinition(
            id: "\(wallet)-\(number)", wallet: wallet, business: random.pick(["", "", "toys", "salon"]),
            effectiveFrom: number == 0
                ? .distantPast : Instant(microseconds: start + Int64(random.next(below: 60)) * day),
            rate: Rate(numerator: UInt32(rate.0), denominator: UInt32(rate.1)),
            rounding: random.pick(Rounding.allCases))
    }

    /// Any terms that are within their bounds.
    static func terms(_ wallet: String, _ random: inout SeededRandom) -> WalletTerms {
        let money = random.pick([(1, 1), (1, 1), (1, 2), (10, 1), (3, 7)])
        return WalletTerms(
            wallet: wallet,
            expiry: random.pick([
                .never, .days(1), .days(20), .days(90), .months(1), .months(6), .sliding(10), .sliding(40),
                .dates([DayOfYear(month: 2, day: 29), DayOfYear(month: 7, day: 15), DayOfYear(month: 12, day: 31)]),
            ]),
            pending: random.pick([
                .none, .none, .none, .days(1), .days(14), .returnWindow,
                .date(CivilDay(days: Int32(start / day) + Int32(random.next(below: 90)))),
            ]),
            returnWindowDays: random.pick([0, 3, 14]), burnOrder: random.pick(BurnOrder.allCases),
            maxShareBasisPoints: random.pick([10_000, 10_000, 5_000, 3_333, 0]),
            maxPerReceipt: Points(minor: random.pick([0, 0, 0, 300, 1_500])),
            minReceipt: Money(minor: random.pick([0, 0, 0, 700])),
            negative: random.pick([.none, .upTo(Points(minor: 150)), .unlimited]), graceDays: random.pick([0, 1, 14]),
            moneyRate: Rate(numerator: UInt32(money.0), denominator: UInt32(money.1)),
            earnFilter: filter(&random), burnFilter: filter(&random),
            returns: random.pick([.reverse, .reverse, .keep]),
            takesBackBlind: random.next(below: 4) > 0, earnsOnPoints: random.next(below: 3) == 0)
    }

    private static func filter(_ random: inout SeededRandom) -> LineFilter {
        random.pick([.all, .all, .only(["food", "tea"]), .except(["toys"]), .only(["toys"])])
    }
}

extension PointsModel {
    /// Learns a rate.
    mutating func take(_ rule: AccrualDefinition, wallet: Int) {
        rules.append(
            Rule(
                wallet: wallet, business: ["": 0, "toys": 1, "salon": 2][rule.business] ?? 0,
                from: rule.effectiveFrom, rate: rule.rate, rounding: rule.rounding))
    }
}

extension SeededRandom {
    /// One of some values.
    mutating func pick<Value>(_ values: [Value]) -> Value { values[Int(next(below: UInt64(values.count)))] }

    /// True in so many of a hundred cases.
    mutating func chance(_ percent: UInt64) -> Bool { next(below: 100) < percent }
}
