import TallyBytes
import TallyCodec
import TallyDecisions
import TallyModel
import TallyProjections
import TallyPromotionFiles
import TallyPromotions
import TallyTables
import TallyTesting
import Testing

/// Random receipts that ask random promotions, beside a model in plain words.
///
/// The model knows rule sets, a dictionary of what is used and nothing of the ledger: it bars what may not apply, decides by the plain
/// evaluator and says what every line costs and gives.
@Suite("Promotions in the ledger, at random")
struct PromotionPropertyTests {
    private typealias Sound = SoundPromotions

    /// Every record says what the model says; no limit is passed; returns take back exactly what was given; a replay of the records gives
    /// the same state.
    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func `receipts, returns and pauses come out as the model says`(round: UInt64) throws {
        let seed = round &* 0x9E37_79B9_7F4A
        print("promotions in the ledger: seed \(seed)")
        var dice = SeededRandom(seed: seed)
        for _ in 0..<3 {
            let desk = DecisionDesk.withPromotions(rules: Self.rules(&dice))
            let model = try PromotionModel(desk)
            var bought: [Outcome] = []
            for step in 0..<60 {
                switch dice.next() % 10 {
                case 0: try Self.rest(desk, model, &dice)
                case 1 where !bought.isEmpty:
                    try Self.giveBack(bought.remove(at: Int(dice.next() % UInt64(bought.count))), desk)
                default:
                    let receipt = Self.receipt(step, &dice)
                    let outcome = desk.send(.purchase(receipt))
                    try model.check(receipt, outcome, desk)
                    if outcome.status == .recorded, receipt.member != .anonymous { bought.append(outcome) }
                }
                try desk.state.checkInvariants()
            }
            try model.checkTallies(desk)
            #expect(try Self.replayed(desk) == desk.state.digest())
        }
    }

    // MARK: What is thrown

    /// Ten promotions or so of all sorts, some with limits, some in groups.
    private static func rules(_ dice: inout SeededRandom) -> String {
        func pick(_ choices: [String]) -> String { choices[Int(dice.next() % UInt64(choices.count))] }
        var text = """
            groups:
              - {group: g, mode: \(pick(["best", "first", "worst", "all"]))}
            lanes: {earn: {mode: \(pick(["all", "best"]))}}
            promotions:

            """
        for number in 0..<(4 + Int(dice.next() % 8)) {
            let earns = dice.next() % 3 == 0
            var lines = ["  - promotion: p\(number)"]
            if earns { lines.append("    lane: earn") } else if dice.next() % 2 == 0 { lines.append("    group: g") }
            lines.append("    priority: \(dice.next() % 3)")
            if dice.next() % 2 == 0 {
                let scope = pick(["promotion", "member", "store"])
                let measure = pick(earns ? ["uses: 3", "points: 9.00"] : ["uses: 3", "discount: 9.00"])
                let every = pick(["", ", every: day", ", every: week", ", every: month"])
                lines.append("    limits: [{per: \(scope), \(measure)\(every)}]")
            }
            if dice.next() % 4 == 0 { lines.append("    control: {percent: 30}") }
            if earns, dice.next() % 2 == 0 { lines.append("    points_to: {wallet: extra, expiry: 5 days}") }
            let conditions = pick([
                "", "tier: gold", "member: yes", "weekday: [mon, tue]", "code: A", "first_receipt: no",
            ])
            if !conditions.isEmpty { lines.append("    when: {\(conditions)}") }
            let effect =
                earns
                ? pick([
                    "points_percent: {percent: 7}", "points: 1.00",
                    "points_percent: {percent: 9, goods: {category: cakes}}",
                    "points_per_step: {step: 10.00, points: 0.50, goods: all}",
                ])
                : pick([
                    "percent_off: {percent: 11}", "percent_off: {percent: 13, goods: {category: food}}",
                    "amount_off: {amount: 1.50, goods: all}", "every_nth: {every: 2, percent: 50, goods: {sku: oil}}",
                    "unit_price: {price: 3.00, goods: {sku: pillow}}",
                ])
            lines.append("    then: [{\(effect)}]")
            text += lines.joined(separator: "\n") + "\n"
        }
        return text
    }

    private static func receipt(_ number: Int, _ dice: inout SeededRandom) -> Receipt {
        let skus = ["cake", "oil", "pillow", "unheard-of"]
        let lines = (0..<(1 + Int(dice.next() % 4))).map { _ in
            SoundCommands.line(
                1_000 * Int64(dice.next() % 4), Int64(dice.next() % 3_000),
                sku: skus[Int(dice.next() % UInt64(skus.count))])
        }
        let day = SoundCommands.moment.microseconds + 86_400_000_000 * Int64(dice.next() % 9)
        let members: [MemberReference] = [.external("anna"), .external("boris"), .anonymous]
        return Receipt(
            store: "s1", member: members[Int(dice.next() % 3)], number: "r\(number)",
            occurredAt: Instant(microseconds: day), utcOffsetMinutes: 180,
            total: Money(minor: lines.reduce(0) { $0 + $1.total.minor }), lines: lines,
            pricing: Pricing(
                facts: dice.next() % 2 == 0 ? [StatedFact("tier", "gold")] : [],
                codes: dice.next() % 2 == 0 ? ["A"] : []))
    }

    private static func rest(_ desk: DecisionDesk, _ model: PromotionModel, _ dice: inout SeededRandom) throws {
        let id = "p\(dice.next() % 4)"
        let isResting = model.resting.contains(id)
        let outcome = desk.send(Sound.change(isResting ? .activate([id]) : .pause([id]), from: .distantPast))
        #expect(outcome.status == .recorded)
        if isResting { model.resting.remove(id) } else { model.resting.insert(id) }
    }

    /// Gives back a whole purchase, line by line; in the end its points are gone.
    private static func giveBack(_ bought: Outcome, _ desk: DecisionDesk) throws {
        let record = desk.log.records[Int(bought.sequence) - 1]
        typealias Layout = PurchaseRecordedLayout
        let message = try unsafe Message(CodedReceipt.receipt(in: record.span.bytes), shape: Layout.shape)
        var taken: Int64 = 0
        for index in 0..<message.firstGroup.count {
            let entry = message.firstGroup.offset + index * message.firstGroup.stride
            let total = message.bytes.i64(at: entry + Layout.Lines.total)
            let outcome = desk.send(
                SoundCommands.slip { slip in
                    slip.purchase = .sequence(LogSequence(bought.sequence))
                    slip.member = .anonymous
                    slip.total = Money(minor: total)
                    slip.lines = [SoundCommands.back(UInt16(index + 1), 0, total)]
                })
            #expect(outcome.status == .recorded)
            taken += outcome.points
            try desk.state.checkInvariants()
        }
        // A purchase of nothing has no money to go by, so what a promotion gave for it is kept.
        if message.i64(Layout.total) > 0, bought.points > 0 { #expect(taken < 0) }
    }

    private static func replayed(_ desk: DecisionDesk) throws -> SHA256Digest {
        var state = ProgrammeState()
        for (index, record) in desk.log.records.enumerated() {
            try unsafe state.apply(record.span.bytes, sequence: UInt64(index + 1))
        }
        return state.digest()
    }
}

/// What promotions must do, in plain words.
private final class PromotionModel {
    var resting: Set<String> = []
    private let book: PromotionBook
    private let unknowns: [Int32]
    private var used: [String: Int64] = [:]
    private var tallies: [String: [Int64]] = [:]

    init(_ desk: DecisionDesk) throws {
        let rules = desk.state.promotionSets[0].rules
        var bytes: [UInt8] = []
        for sequence in desk.state.parts(ofDocument: rules) {
            desk.log.withRecord(sequence) { record in
                guard let message = try? Message(record, shape: DocumentKeptLayout.shape),
                    let text = message.text(at: 0, count: message.textLength)
                else { return }
                bytes += (0..<text.byteCount).map { text.u8(at: $0) }
            }
        }
        book = try PromotionFileReader().read(words: Array(SoundPromotions.words.utf8), rules: bytes)
        unknowns = book.unknowns
    }

    /// Checks the last record against what the model says about the receipt.
    func check(_ receipt: Receipt, _ outcome: Outcome, _ desk: DecisionDesk) throws {
        #expect(outcome.status == .recorded, "\(receipt): \(outcome)")
        guard outcome.status == .recorded else { return }
        let account = try #require(desk.account)
        let basket = Basket(
            facts: account.facts, tokens: receipt.pricing?.codes ?? [],
            lines: receipt.lines.map {
                BasketLine(
                    item: book.assortment.item(sku: $0.sku, category: $0.category),
                    quantity: $0.quantity.thousandths, total: $0.total.minor)
            })
        let awards = decide(basket, receipt)
        let applied = account.awards.filter { !$0.isWithheld }
        #expect(applied.map { book.ruleSet.promotions[Int($0.place)].id } == awards.map(\.id))
        var paid = receipt.lines.map(\.total.minor)
        for award in awards { for part in award.parts { paid[Int(part.line)] -= part.discount } }
        #expect(desk.paid.lines == paid)
        let base = (paid.reduce(0, +) * 5 * 2 + 100) / 200
        let points = receipt.member == .anonymous ? 0 : awards.reduce(0) { $0 + $1.points }
        if receipt.member == .anonymous {
            #expect(outcome.points == 0)
        } else {
            // Five per cent, halves to the even: within one of what is rounded to the nearest.
            #expect(abs(outcome.points - points - base) <= 1)
        }
    }

    private struct Applied {
        var id: String
        var points: Int64
        var parts: [AwardPart]
    }

    private func decide(_ basket: Basket, _ receipt: Receipt) -> [Applied] {
        let isAnonymous = receipt.member == .anonymous
        let number = UInt32(receipt.member == .external("anna") ? 1 : 2)
        var barred = resting
        while true {
            var open = book.ruleSet
            open.promotions.removeAll { barred.contains($0.id) }
            let decisions = PlainEvaluator(open, book.assortment).evaluate(basket)
            let before = barred.count
            for decision in decisions {
                let promotion = open.promotions[Int(decision.award.promotion)]
                if !isAnonymous, let group = promotion.terms.control, isLeftOut(number, promotion.id, group) {
                    tally("\(promotion.id) withheld", decision.award)
                    barred.insert(promotion.id)
                } else if !fits(promotion, decision.award, receipt, isAnonymous) {
                    barred.insert(promotion.id)
                }
            }
            guard barred.count == before else { continue }
            return decisions.map { decision in
                let promotion = open.promotions[Int(decision.award.promotion)]
                var award = decision.award
                if isAnonymous { award.points = 0 }
                for limit in promotion.terms.limits {
                    used[name(limit, promotion.id, receipt), default: 0] += amount(limit, award)
                }
                tally(promotion.id, award)
                return Applied(id: promotion.id, points: award.points, parts: decision.parts)
            }
        }
    }

    /// The draw is the ledger's own; that its groups are fair and stay the same is the business of another test.
    private func isLeftOut(_ member: UInt32, _ id: String, _ group: ControlGroup) -> Bool {
        var writer = ByteWriter(capacity: 64)
        writer.append(text: group.salt.isEmpty ? id : group.salt)
        writer.append(u8: 0)
        writer.append(u32: member)
        let draw = StableHash(key0: 0x7461_6C6C_7973_7469, key1: 0x636B_2061_726D_7321).hash(writer.bytes)
        return draw % 10_000 < UInt64(group.basisPoints)
    }

    private func fits(_ promotion: Promotion, _ award: Award, _ receipt: Receipt, _ isAnonymous: Bool) -> Bool {
        promotion.terms.limits.allSatisfy { limit in
            var award = award
            if isAnonymous { award.points = 0 }
            guard amount(limit, award) > 0 else { return true }
            guard limit.scope != .member || !isAnonymous else { return false }
            return used[name(limit, promotion.id, receipt), default: 0] + amount(limit, award) <= limit.most
        }
    }

    private func amount(_ limit: UseLimit, _ award: Award) -> Int64 {
        switch limit.measure {
        case .uses: 1
        case .discount: award.discount
        case .points: award.points
        }
    }

    private func name(_ limit: UseLimit, _ id: String, _ receipt: Receipt) -> String {
        let day = CivilDay(of: receipt.occurredAt, utcOffsetMinutes: receipt.utcOffsetMinutes)
        let time: String
        switch limit.period {
        case .ever: time = ""
        case .day: time = "\(day.days)"
        case .week: time = "\((Int(day.days) + 3) / 7)"
        case .month: time = "\(day.date.year)-\(day.date.month)"
        case .year: time = "\(day.date.year)"
        }
        let whom =
            switch limit.scope {
            case .promotion: ""
            case .member: "\(receipt.member)"
            case .store: receipt.store
            }
        return "\(id) \(limit.scope) \(limit.measure) \(limit.period) \(time) \(whom)"
    }

    private func tally(_ id: String, _ award: Award) {
        var sums = tallies[id] ?? [0, 0, 0]
        sums[0] += 1
        sums[1] += award.discount
        sums[2] += award.points
        tallies[id] = sums
    }

    /// What promotions have done is what the model has counted.
    func checkTallies(_ desk: DecisionDesk) throws {
        for promotion in book.ruleSet.promotions {
            let tally = desk.tally(promotion.id)
            let nothing: [Int64] = [0, 0, 0]
            let done: [Int64] = tally.map { [$0.uses, $0.discount, $0.points] } ?? nothing
            let withheld: [Int64] =
                tally.map { [$0.withheldUses, $0.withheldDiscount, $0.withheldPoints] } ?? nothing
            #expect(done == tallies[promotion.id] ?? nothing)
            #expect(withheld == tallies["\(promotion.id) withheld"] ?? nothing)
        }
    }
}
