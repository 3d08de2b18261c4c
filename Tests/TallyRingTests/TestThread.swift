import Foundation
import Synchronization

/// A real thread: tasks share the pool's threads, and a sleeping one would stop the others.
final class TestThread: Sendable {
    private let finished = DispatchGroup()

    /// Starts a thread with `body`.
    init(_ body: @escaping @Sendable () -> Void) {
        let finished = finished
        finished.enter()
        Thread.detachNewThread {
            body()
            finished.leave()
        }
    }

    /// Waits until the body has returned.
    func join() { finished.wait() }
}

/// Lets other threads run.
func yieldThread() { sched_yield() }

/// Stops this thread for a while.
func sleepThread(microseconds: UInt32) { usleep(microseconds) }

/// A new seed, printed so that a failing run can be repeated.
func printedSeed() -> UInt64 {
    let seed = UInt64.random(in: 0...UInt64.max)
    print("seed \(seed)")
    return seed
}

/// Pauses at random moments, the same ones for the same seed.
struct Pauses {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// Rarely sleeps, seldom yields, mostly does nothing.
    mutating func sometimes() {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        switch state >> 54 {
        case 0: sleepThread(microseconds: UInt32(state >> 40 & 255))
        case 1..<16: yieldThread()
        default: break
        }
    }
}
