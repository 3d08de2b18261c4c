import Synchronization
import TallyBytes
import TallyClient
import TallyCodec
import TallyModel

/// Several batches under way at once: sends them as fast as the daemon's credit allows and counts what comes back.
final class BatchPipeline: Sendable {
    private struct State {
        var unanswered = 0
        var counts = OutcomeCounts()
        var failure: (any Error)?
        var latencies: [Duration] = []
        /// Who waits, and until how few batches are unanswered.
        var waiter: (continuation: CheckedContinuation<Void, Never>, unansweredMax: Int)?
    }

    private let client: Client
    private let state = Mutex(State())
    private let inFlightMax: Int

    /// A pipeline over a connection.
    ///
    /// - Parameters:
    ///   - client: The connection.
    ///   - inFlightMax: Batches that may be under way at once, beside the daemon's credit; 1 waits for every answer.
    init(_ client: Client, inFlightMax: Int = .max) { (self.client, self.inFlightMax) = (client, inFlightMax) }

    /// What has been answered so far.
    var counts: OutcomeCounts { state.withLock { $0.counts } }

    /// The time from sending to answer of each batch.
    var latencies: [Duration] { state.withLock { $0.latencies } }

    /// Sends a batch; the writer can be used again at once.
    ///
    /// - Throws: What went wrong with an earlier batch. Which events are stored then, the source tells after a reconnect.
    func submit(_ batch: borrowing ByteWriter) async throws {
        await wait(untilUnanswered: inFlightMax - 1)
        try state.withLock { state in
            if let failure = state.failure { throw failure }
            state.unanswered += 1
        }
        let sent = ContinuousClock.now
        await client.submit(
            message: batch, results: { [self] results in take(results, sent: sent) },
            failure: { [self] error in finish { $0.failure = $0.failure ?? error } })
    }

    /// Waits until every batch is answered.
    ///
    /// - Throws: What went wrong with a batch.
    func drain() async throws {
        await wait(untilUnanswered: 0)
        if let failure = state.withLock({ $0.failure }) { throw failure }
    }

    private func wait(untilUnanswered max: Int) async {
        guard state.withLock({ $0.unanswered > max }) else { return }
        await withCheckedContinuation { continuation in
            let isReached = state.withLock { state in
                if state.unanswered > max { state.waiter = (continuation, max) }
                return state.unanswered <= max
            }
            if isReached { continuation.resume() }
        }
    }

    private func take(_ results: RawSpan, sent: ContinuousClock.Instant) {
        var counts = OutcomeCounts()
        var failure: (any Error)?
        do { try counts.add(results) } catch { failure = error }
        finish { state in
            state.counts.add(counts)
            state.failure = state.failure ?? failure
            state.latencies.append(ContinuousClock.now - sent)
        }
    }

    private func finish(_ change: (inout State) -> Void) {
        let waiter = state.withLock { state in
            change(&state)
            state.unanswered -= 1
            guard let waiter = state.waiter, state.unanswered <= waiter.unansweredMax else {
                return nil as CheckedContinuation<Void, Never>?
            }
            state.waiter = nil
            return waiter.continuation
        }
        waiter?.resume()
    }
}

extension ByteWriter {
    /// Begins a batch whose count is set when its events are written.
    mutating func startBatch(source: UInt32, firstNumber: UInt64) {
        removeAll()
        append(batchOf: 0, source: .init(source), firstNumber: firstNumber)
    }

    /// Says how many events the batch holds.
    mutating func setBatch(count: Int) { set(u32: UInt32(count), at: messageHeaderLength + BatchLayout.count) }
}
