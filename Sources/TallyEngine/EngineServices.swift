import Synchronization
import TallyLog
import TallyRing

/// What the engine's threads share: the queue, the log, the other threads, the flag to stop.
final class EngineServices: Sendable {
    let options: EngineOptions
    let data: DataDirectory
    let log: EventLog
    let store: StateStore
    let requests: RequestRing<QueuedRequest>
    let writer: LogWriter
    let checkpointer: Checkpointer
    let clerk: Clerk
    let metrics = EngineMetrics()
    /// Receives sentences for the operator, from any thread.
    let notice: @Sendable (String) -> Void
    private let stopping = Atomic<Bool>(false)
    /// Threads between asking whether the engine still takes requests and having given it one.
    private let submitting = Atomic<Int>(0)
    private let failed = Mutex<EngineError?>(nil)

    init(
        options: EngineOptions, data: DataDirectory, recovered: borrowing RecoveredLedger,
        notice: @escaping @Sendable (String) -> Void
    ) {
        self.notice = notice
        self.options = options
        self.data = data
        log = recovered.log
        store = recovered.store
        var capacityLog2 = 4
        while 1 << capacityLog2 < options.queueRequestsMax { capacityLog2 += 1 }
        let requests = RequestRing<QueuedRequest>(capacityLog2: capacityLog2)
        self.requests = requests
        writer = LogWriter(log: recovered.log) { requests.wake() }
        checkpointer = Checkpointer(store: recovered.store, digest: recovered.digest) { requests.wake() }
        clerk = Clerk(log: recovered.log)
    }

    /// Gives the engine a request, unless it takes nothing more.
    ///
    /// Whoever submits announces itself before it looks at the flag, and the engine looks for announcements after it has
    /// seen the flag: all four in one order, so a request is refused or it is answered.
    func submit(_ request: any Request) -> Submission {
        submitting.add(1, ordering: .sequentiallyConsistent)
        defer { submitting.subtract(1, ordering: .sequentiallyConsistent) }
        guard !stopping.load(ordering: .sequentiallyConsistent) else { return .stopping }
        return requests.tryPush(QueuedRequest(request)) ? .accepted : .busy
    }

    /// True once no request can come any more: the engine is stopping and nobody is about to give it one.
    var isClosed: Bool {
        stopping.load(ordering: .sequentiallyConsistent) && submitting.load(ordering: .sequentiallyConsistent) == 0
    }

    /// True once the engine takes nothing more.
    var isStopping: Bool { stopping.load(ordering: .acquiring) }

    /// Takes nothing more from now on.
    ///
    /// - Returns: False when that was so before.
    func beginStopping() -> Bool {
        let wasStopping = stopping.exchange(true, ordering: .sequentiallyConsistent)
        requests.wake()
        return !wasStopping
    }

    /// Why writing failed; nil while it did not.
    var failure: EngineError? { failed.withLock { $0 } }

    /// Notes that writing failed, once and for all.
    func fail(_ error: EngineError) {
        failed.withLock { $0 = $0 ?? error }
        notice("writing has failed, only questions are answered from now on: \(error)")
    }

    /// The machine's clock, which the pipeline reads once a batch.
    func now() -> Int64 { SystemClock.microseconds() }

    /// A clock for intervals.
    func monotonic() -> Int64 { SystemClock.monotonicMicroseconds() }
}

/// A request on its way through the ring, which carries references of one final class.
final class QueuedRequest: Sendable {
    let request: any Request
    init(_ request: any Request) { self.request = request }
}
