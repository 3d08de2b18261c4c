internal import Dispatch
internal import Glibc
internal import TallyPromotions
internal import TallyTesting

/// Two workers that share a rule table, beside one.
enum PromotionWorkers {
    /// Prints seconds of a pass over all baskets by one worker and by two, baskets, and the hash of what was decided.
    ///
    /// One and two take turns, because a machine is not as fast in one second as in the next. Both read the same table; who
    /// submits waits asleep.
    static func measure(directory: String, promotions: Int) throws {
        let workload = PromotionWorkload(directory: directory, promotions: promotions)
        let table = RuleTable(workload.ruleSet, workload.assortment, workload.schema)
        let requests = requests(workload)
        var (one, two): ([Double], [Double]) = ([], [])
        var hashes: Set<String> = []
        for _ in 0..<5 {
            one.append(seconds(requests, table, workers: 1))
            hashes.insert(hash(requests))
            two.append(seconds(requests, table, workers: 2))
            hashes.insert(hash(requests))
        }
        guard hashes.count == 1, let hash = hashes.first else { throw BenchmarkError("workers do not decide alike") }
        print(one.sorted()[2], two.sorted()[2], workload.baskets.count, hash)
    }

    private static func requests(_ workload: PromotionWorkload) -> [BatchRequest] {
        var requests: [BatchRequest] = []
        for basket in workload.baskets {
            if requests.last?.batch.append(basket) != true {
                requests.append(BatchRequest(facts: workload.schema.facts.count))
                requests.last?.batch.append(basket)
            }
        }
        return requests
    }

    /// Seconds of a pass, over at least half a second of passes.
    private static func seconds(_ requests: [BatchRequest], _ table: RuleTable, workers: Int) -> Double {
        let pool = EvaluatorPool(table, workers: workers)
        let finished = DispatchGroup()
        for worker in 0..<workers {
            finished.enter()
            // A thread of its own: the shared pool may have only one.
            Thread.start {
                pool.work(as: worker)
                finished.leave()
            }
        }
        run(pool, requests) { _ in false }
        let start = ContinuousClock.now
        let baskets = run(pool, requests) { _ in ContinuousClock.now - start < .milliseconds(500) }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        pool.close()
        finished.wait()
        return seconds * Double(requests.reduce(0) { $0 + $1.batch.count }) / Double(baskets)
    }

    /// Has all batches decided, and those that come back again as long as `again` says so.
    ///
    /// - Returns: Baskets that were decided.
    @discardableResult
    private static func run(
        _ pool: EvaluatorPool, _ requests: [BatchRequest], _ again: (BatchRequest) -> Bool
    ) -> Int {
        var (waiting, outstanding, baskets) = (requests, 0, 0)
        while outstanding > 0 || !waiting.isEmpty {
            while let request = waiting.last, pool.submit(request) {
                waiting.removeLast()
                outstanding += 1
            }
            while let request = pool.takeAnswered() {
                outstanding -= 1
                baskets += request.batch.count
                if again(request) { waiting.insert(request, at: 0) }
            }
            if outstanding > 0 { pool.waitForAnswer(timeoutMicroseconds: 100_000) }
        }
        return baskets
    }

    private static func hash(_ requests: [BatchRequest]) -> String {
        var hash = ResultHash()
        for request in requests {
            for basket in 0..<request.batch.count {
                for award in request.awards.awards(of: basket) {
                    for word in [Int64(award.promotion), award.discount, award.points] {
                        hash.add(UInt64(bitPattern: word))
                    }
                }
            }
        }
        return hash.digits
    }
}

/// A thread of the operating system.
private enum Thread {
    static func start(_ body: @escaping @Sendable () -> Void) {
        var handle = pthread_t()
        let box = unsafe Unmanaged.passRetained(Body(run: body))
        let code = unsafe pthread_create(
            &handle, nil,
            { argument in
                unsafe Unmanaged<Body>.fromOpaque(argument!).takeRetainedValue().run()
                return nil
            }, box.toOpaque())
        precondition(code == 0, "The system starts no more threads.")
    }

    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(run: @escaping @Sendable () -> Void) { self.run = run }
    }
}
