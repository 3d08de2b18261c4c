internal import TallyPromotions
internal import TallyTables
internal import TallyTesting

/// The evaluator without a ledger: baskets of the workload that every engine is measured on.
enum PromotionBenchmarks {
    /// Which promotions match, from the lines of the baskets to lists of promotions.
    static func match(directory: String, promotions: Int) throws {
        let workload = PromotionWorkload(directory: directory, promotions: promotions)
        let table = RuleTable(workload.ruleSet, workload.assortment, workload.schema)
        let batches = workload.batches(for: table)
        let matcher = Matcher(table)
        var hash = ResultHash()
        for batch in batches {
            matcher.match(batch.batch)
            for basket in 0..<batch.batch.count {
                let (start, end) = (Int(matcher.starts[basket]), Int(matcher.starts[basket + 1]))
                hash.add(UInt64(end - start))
                for place in start..<end { hash.add(UInt64(matcher.matches[place])) }
            }
        }
        let seconds = passes { for batch in batches { matcher.match(batch.batch) } }
        Benchmark.print(seconds: seconds, count: UInt64(workload.baskets.count), hash: hash)
    }

    /// What they are worth together: matching, effects, combination, shares of lines.
    static func evaluate(directory: String, promotions: Int) throws {
        let workload = PromotionWorkload(directory: directory, promotions: promotions)
        let table = RuleTable(workload.ruleSet, workload.assortment, workload.schema)
        let batches = workload.batches(for: table)
        var evaluator = Evaluator(table)
        var awards = AwardBatch()
        var hash = ResultHash()
        for batch in batches {
            evaluator.evaluate(batch.batch, into: &awards)
            for basket in 0..<batch.batch.count {
                for award in awards.awards(of: basket) {
                    for word in [Int64(award.promotion), award.discount, award.points] {
                        hash.add(UInt64(bitPattern: word))
                    }
                }
            }
        }
        let seconds = passes { for batch in batches { evaluator.evaluate(batch.batch, into: &awards) } }
        Benchmark.print(seconds: seconds, count: UInt64(workload.baskets.count), hash: hash)
    }

    /// Matches all baskets so many times, untimed: for those who count instructions.
    static func matchOnly(directory: String, promotions: Int, passes: Int) {
        let workload = PromotionWorkload(directory: directory, promotions: promotions)
        let table = RuleTable(workload.ruleSet, workload.assortment, workload.schema)
        let matcher = Matcher(table)
        let batches = workload.batches(for: table)
        for _ in 0..<passes { for batch in batches { matcher.match(batch.batch) } }
        print(passes * workload.baskets.count)
    }

    /// The mean time of a pass, over at least a second of passes.
    private static func passes(_ pass: () -> Void) -> Double {
        let start = ContinuousClock.now
        var count = 0.0
        repeat {
            pass()
            count += 1
        } while ContinuousClock.now - start < .seconds(1)
        return (ContinuousClock.now - start) / .seconds(1) / count
    }
}
