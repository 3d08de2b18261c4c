import Foundation
import TallyPromotions
import Testing

/// Workers decide as one evaluator does, whatever is published meanwhile.
@Suite("Workers", .serialized)
struct EvaluatorPoolTests {
    /// Every batch is decided by one revision, the one that it names, and as an evaluator alone decides by that revision.
    @Test(.timeLimit(.minutes(2)), arguments: [1, 2, 3])
    func `a batch is decided wholly by the revision that it names`(workers: Int) {
        var seed = Seed.printed()
        var random = RandomRules(seed: seed.next())
        let tables = (0..<12).map { _ in RuleTable(random.ruleSet(), random.assortment, random.schema) }
        var published = [0]
        let crew = Crew(tables[0], workers: workers)
        let batches = (0..<24).map { _ in (0..<number(1...60, &seed)).map { _ in random.basket() } }
        var requests = batches.indices.map { ($0, request(batches[$0], random.schema)) }
        var owners: [ObjectIdentifier: Int] = [:]
        for (number, request) in requests { owners[ObjectIdentifier(request)] = number }
        var judge = Judge(tables)
        var (answered, revisions) = (0, Set<UInt64>())
        while answered < 1_200 {
            if let (number, request) = requests.popLast(), !crew.pool.submit(request) {
                requests.append((number, request))
            }
            if chance(4, &seed) {
                published.append(number(0...tables.count - 1, &seed))
                #expect(crew.pool.publish(tables[published[published.count - 1]]) == published.count)
            }
            guard let request = crew.pool.takeAnswered() else { continue }
            let number = owners[ObjectIdentifier(request)] ?? 0
            let table = published[Int(request.revision) - 1]
            #expect(request.awards.listing == judge.listing(of: batches[number], table), "revision \(request.revision)")
            revisions.insert(request.revision)
            requests.append((number, request))
            answered += 1
        }
        crew.end()
        #expect(revisions.count > 5, "rules were replaced while batches were decided")
    }

    @Test(.timeLimit(.minutes(1)))
    func `a revision that was replaced goes, also from workers that have nothing to do`() {
        var random = RandomRules(seed: 1)
        weak var first: RuleTable?
        let crew: Crew
        do {
            let table = RuleTable(random.ruleSet(), random.assortment, random.schema)
            first = table
            crew = Crew(table, workers: 2)
        }
        let request = request([random.basket()], random.schema)
        #expect(crew.decide(request) == 1)
        #expect(first != nil)
        crew.pool.publish(RuleTable(random.ruleSet(), random.assortment, random.schema))
        while crew.pool.releaseRetired() > 0 || first != nil { usleep(100) }
        #expect(crew.decide(request) == 2)
        crew.end()
    }

    @Test(.timeLimit(.minutes(1)))
    func `a crew that is full refuses and takes again when an answer was taken`() {
        var random = RandomRules(seed: 2)
        let table = RuleTable(random.ruleSet(), random.assortment, random.schema)
        let pool = EvaluatorPool(table, workers: 2)
        var submitted = 0
        while pool.submit(request([random.basket()], random.schema)) { submitted += 1 }
        #expect(submitted >= 2)
        let crew = Crew(pool)
        var answered = 0
        while answered < submitted {
            if pool.takeAnswered() == nil { pool.waitForAnswer(timeoutMicroseconds: 1_000_000) } else { answered += 1 }
        }
        #expect(pool.submit(request([random.basket()], random.schema)))
        // What was submitted is decided before the workers go.
        crew.end()
        #expect(pool.takeAnswered() != nil)
    }

    @Test func `tokens of a batch are looked up anew for every table`() {
        let assortment = Assortment([Goods(sku: "cup")])
        let schema = FactSchema([])
        let tables = ["spring", "autumn"].map { code in
            RuleTable(
                RuleSet(promotions: [
                    Promotion(id: code, conditions: [.token(code)], rules: [Rule(effects: [.points(7)])])
                ]), assortment, schema)
        }
        let line = BasketLine(item: assortment.item(sku: "cup"), quantity: 1_000, total: 100)
        var batch = BasketBatch(facts: 0, lines: 3, tokens: 2)
        let isTaken = [("autumn", 1), ("spring", 3), ("spring", 1)].map { code, lines in
            batch.append(Basket(facts: [], tokens: [code], lines: Array(repeating: line, count: lines)))
        }
        #expect(isTaken == [true, false, true])
        for (number, expected) in [(0, [1]), (1, [0]), (0, [1])] {
            var evaluator = Evaluator(tables[number])
            var awards = AwardBatch()
            batch.lookUpTokens(for: tables[number])
            evaluator.evaluate(batch, into: &awards)
            #expect((0..<2).filter { !awards.awards(of: $0).isEmpty } == expected)
        }
    }

    private func request(_ baskets: [Basket], _ schema: FactSchema) -> BatchRequest {
        let request = BatchRequest(facts: schema.facts.count, lines: 16_384, tokens: 1_024)
        for basket in baskets { request.batch.append(basket) }
        return request
    }

    private func number(_ range: ClosedRange<Int>, _ seed: inout Seed) -> Int { Int.random(in: range, using: &seed) }
    private func chance(_ percent: Int, _ seed: inout Seed) -> Bool { number(1...100, &seed) <= percent }
}

/// Threads that work for a pool.
private struct Crew {
    let pool: EvaluatorPool
    private let finished = DispatchGroup()

    init(_ table: RuleTable, workers: Int) { self.init(EvaluatorPool(table, workers: workers)) }

    init(_ pool: EvaluatorPool) {
        self.pool = pool
        for worker in 0..<pool.workerCount {
            let finished = finished
            finished.enter()
            Thread.detachNewThread {
                pool.work(as: worker)
                finished.leave()
            }
        }
    }

    /// Has a batch decided.
    ///
    /// - Returns: The revision that did.
    func decide(_ request: BatchRequest) -> UInt64 {
        while !pool.submit(request) { usleep(100) }
        while pool.takeAnswered() == nil { pool.waitForAnswer(timeoutMicroseconds: 1_000_000) }
        return request.revision
    }

    func end() {
        pool.close()
        finished.wait()
    }
}

/// What an evaluator alone decides, by table and batch.
private struct Judge {
    private let tables: [RuleTable]
    private var known: [Int: [[Basket]: [String]]] = [:]

    init(_ tables: [RuleTable]) { self.tables = tables }

    mutating func listing(of baskets: [Basket], _ table: Int) -> [String] {
        if let listing = known[table]?[baskets] { return listing }
        var evaluator = Evaluator(tables[table])
        var batch = BasketBatch(facts: tables[table].schema.facts.count, lines: 16_384, tokens: 1_024)
        for basket in baskets { batch.append(basket, for: tables[table]) }
        var awards = AwardBatch()
        evaluator.evaluate(batch, into: &awards)
        known[table, default: [:]][baskets] = awards.listing
        return awards.listing
    }
}

extension AwardBatch {
    /// All awards and parts, in words.
    fileprivate var listing: [String] {
        (0..<count).map { basket in
            range(of: basket).map { place in
                "\(awards(of: basket)[place]) \(parts(of: place).map { "\($0)" })"
            }.joined(separator: "; ")
        }
    }
}
