internal import Synchronization
internal import TallyRing

/// Workers that decide batches, all by the one rule table that is current, which can be replaced while they work.
///
/// ## Who does what
///
///     submitter ── submit ──► inbox of a worker ──► worker ──► outbox ── takeAnswered ──► submitter
///     publisher ── publish ──► the current revision ◄── every worker, once a batch
///
/// * The caller brings the threads: each calls ``work(as:)`` with a number of its own. One thread submits and takes answers; one
///   publishes, the same or another.
/// * A worker reads the current revision once for each batch, without a lock and without counting a reference, and decides the whole
///   batch by it. The table is shared and never changed; the scratch of the evaluator is the worker's own and is made anew when the
///   revision is another than before.
/// * A revision that was replaced goes when every worker has passed to a later one: workers that wait for work are woken for it.
public final class EvaluatorPool: Sendable {
    private let rules: Publication<RuleRevision>
    private let inboxes: [RequestRing<BatchRequest>]
    private let outbox: RequestRing<BatchRequest>
    private let isClosed = Atomic(false)
    /// Requests that were submitted and not taken, and the worker whose turn it is; of the thread that submits.
    private let outstanding = Atomic(0)
    private let turn = Atomic(0)
    private let revisions = Atomic<UInt64>(1)

    /// Batches that may wait for one worker: 2 to this.
    private static let inboxLog2 = 4
    /// A worker that waits looks up once in so many microseconds, should a wake-up ever be lost.
    private static let waitMicroseconds: UInt32 = 1_000_000

    /// A pool that decides by a first table, of revision 1.
    ///
    /// - Parameters:
    ///   - table: The table.
    ///   - workers: How many threads will work, from 1.
    public init(_ table: RuleTable, workers: Int) {
        rules = Publication(RuleRevision(number: 1, table), readers: workers)
        inboxes = (0..<workers).map { _ in RequestRing(capacityLog2: EvaluatorPool.inboxLog2) }
        outbox = RequestRing(capacityLog2: EvaluatorPool.inboxLog2 + workers.bitWidth - workers.leadingZeroBitCount)
    }

    /// How many threads work.
    public var workerCount: Int { inboxes.count }

    /// Decides batches until the pool is closed and everything that was submitted is decided.
    ///
    /// - Parameter worker: The number of the worker, counted from 0; each is used by one thread.
    public func work(as worker: Int) {
        let inbox = inboxes[worker]
        var desk: WorkerDesk?
        while true {
            let isLast = isClosed.load(ordering: .acquiring)
            // Also without work a worker passes to the current revision, so that the one before can go.
            rules.read(as: worker) { desk = WorkerDesk.current($0, desk) }
            while let request = inbox.tryPop() {
                rules.read(as: worker) { revision in
                    let current = WorkerDesk.current(revision, desk)
                    request.decide(by: current)
                    desk = current
                }
                // There is room for everything that was submitted.
                let isTaken = outbox.tryPush(request)
                precondition(isTaken, "An answer has room.")
            }
            if isLast { return }
            inbox.wait(timeoutMicroseconds: EvaluatorPool.waitMicroseconds)
        }
    }

    /// Hands a batch to a worker.
    ///
    /// - Parameter request: The batch; it comes back from ``takeAnswered()``.
    /// - Returns: False when all workers have enough to do; then take answers first.
    public func submit(_ request: BatchRequest) -> Bool {
        guard outstanding.load(ordering: .relaxed) < outbox.capacity else { return false }
        let first = turn.load(ordering: .relaxed)
        for offset in inboxes.indices {
            let worker = (first + offset) % inboxes.count
            guard inboxes[worker].tryPush(request) else { continue }
            outstanding.add(1, ordering: .relaxed)
            turn.store((worker + 1) % inboxes.count, ordering: .relaxed)
            return true
        }
        return false
    }

    /// Takes a batch that was decided; batches of different workers come back in any order.
    ///
    /// - Returns: nil when none is ready.
    public func takeAnswered() -> BatchRequest? {
        guard let request = outbox.tryPop() else { return nil }
        outstanding.subtract(1, ordering: .relaxed)
        return request
    }

    /// Waits until a batch is decided or the time is over; it may end early without a reason.
    ///
    /// - Parameter timeoutMicroseconds: How long to wait at most.
    public func waitForAnswer(timeoutMicroseconds: UInt32) { outbox.wait(timeoutMicroseconds: timeoutMicroseconds) }

    /// Replaces the rules: batches that a worker begins from now on are decided by them.
    ///
    /// - Parameter table: A table of the same assortment and the same schema as the one before.
    /// - Returns: The number of its revision.
    @discardableResult
    public func publish(_ table: RuleTable) -> UInt64 {
        let number = revisions.wrappingAdd(1, ordering: .relaxed).newValue
        rules.publish(RuleRevision(number: number, table))
        for inbox in inboxes { inbox.wake() }
        return number
    }

    /// Lets go of revisions that every worker has passed; only the thread that publishes may call it.
    ///
    /// - Returns: How many replaced revisions are still kept.
    @discardableResult
    public func releaseRetired() -> Int { rules.releaseRetired() }

    /// Ends the work: workers return when everything that was submitted is decided.
    public func close() {
        isClosed.store(true, ordering: .releasing)
        for inbox in inboxes { inbox.wake() }
    }
}

/// A rule table with the number of its revision.
final class RuleRevision: Sendable {
    let number: UInt64
    let table: RuleTable

    init(number: UInt64, _ table: RuleTable) { (self.number, self.table) = (number, table) }
}

/// What a worker needs for one revision: its own scratch over the shared table.
final class WorkerDesk {
    let revision: UInt64
    var evaluator: Evaluator

    private init(_ revision: RuleRevision) {
        self.revision = revision.number
        evaluator = Evaluator(revision.table)
    }

    /// The desk at hand when it is of this revision, otherwise a new one.
    static func current(_ revision: RuleRevision, _ desk: WorkerDesk?) -> WorkerDesk {
        if let desk, desk.revision == revision.number { return desk }
        return WorkerDesk(revision)
    }
}
