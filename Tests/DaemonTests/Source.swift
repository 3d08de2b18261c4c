import Synchronization
import TallyClient
import TallyCodec
import TallyModel

/// Sends the events of one journal over a connection of its own, several batches at once, until the daemon is gone.
struct Source {
    let journal: Journal
    /// The event of a number; nil behind the last one.
    let event: @Sendable (UInt64, SourceNumber) -> Command?
    /// Events of one connection at most, so that a test ends.
    let eventsMax: UInt64

    /// Connects, opens, repeats what was answered lately, retries what was not, and goes on.
    ///
    /// - Parameters:
    ///   - socket: Where the daemon listens.
    ///   - memory: How many acknowledged events are sent again.
    ///   - dice: Chance of this life of the daemon.
    /// - Returns: True when everything that was to be sent was answered.
    func run(socket: String, memory: UInt64, dice: Seed) async -> Bool {
        guard let client = try? await Client.connect(path: socket, name: journal.name),
            let opened = try? await client.openSource(journal.name)
        else { return false }
        journal.judge(lastNumber: opened.lastNumber)
        let answered = UInt64(journal.outcomes.count)
        let first = answered > memory ? answered - memory + 1 : 1
        let isWhole = await send(client, opened.source, first...(answered + eventsMax), dice)
        await client.close()
        return isWhole
    }

    private func send(
        _ client: Client, _ source: SourceNumber, _ numbers: ClosedRange<UInt64>, _ dice: Seed
    ) async -> Bool {
        var dice = dice
        let underWay = UnderWay()
        var batch = BatchWriter(source: source, firstNumber: numbers.lowerBound)
        while !underWay.hasFailed, batch.firstNumber <= numbers.upperBound {
            for _ in 0...(dice.next() % 24) where batch.nextNumber <= numbers.upperBound {
                guard let event = event(batch.nextNumber, source) else { break }
                do throws(Rejection) { try batch.append(event) } catch { journal.report("\(error)") }
            }
            guard batch.count > 0 else { break }
            journal.noteSent(through: batch.nextNumber - 1)
            underWay.begin()
            await client.submit(batch) { [journal] message in
                if let results = try? BatchResults(message) {
                    journal.take(results.outcomes, from: results.firstNumber)
                } else {
                    journal.report("an answer could not be read")
                }
                underWay.end()
            } failure: { error in
                underWay.end(failed: error)
            }
            batch.startNext()
        }
        return await underWay.isDone()
    }
}

/// Batches that have no answer yet.
final class UnderWay: Sendable {
    private struct State {
        var count = 1
        var failure: ClientError?
        var waiter: CheckedContinuation<Bool, Never>?
    }

    private let state = Mutex(State())

    var hasFailed: Bool { state.withLock { $0.failure != nil } }

    var failure: ClientError? { state.withLock { $0.failure } }

    func begin() { state.withLock { $0.count += 1 } }

    func end(failed error: ClientError? = nil) {
        let (waiter, isWhole) = state.withLock { state in
            state.count -= 1
            state.failure = state.failure ?? error
            return (state.count == 0 ? state.waiter.take() : nil, state.failure == nil)
        }
        waiter?.resume(returning: isWhole)
    }

    /// Waits until every batch has an answer or has failed.
    ///
    /// - Returns: True when none has failed.
    func isDone() async -> Bool {
        await withCheckedContinuation { continuation in
            state.withLock { $0.waiter = continuation }
            end()
        }
    }
}
