internal import CTally
internal import Synchronization

/// A word on which one thread sleeps until another one rings.
///
/// A ring is never lost: one that comes before the wait ends that wait at once. Rings do not add up; the sleeper
/// looks for everything there is to do whenever it wakes.
///
/// ## Who writes, who reads
///
///     idle ──── wait ────► asleep        only the sleeper
///     any  ──── ring ────► rung          anybody
///     any  ──── wait ends ► idle         only the sleeper
///
/// The sleeper goes from `idle` to `asleep` by compare-and-exchange, so a ring in between makes it fail, and the kernel
/// sleeps only while the word still says `asleep`. Every write of the word is a sequentially consistent exchange: what
/// a thread wrote before it rang is visible to the sleeper after its wait.
@safe
public final class Doorbell: @unchecked Sendable {
    // `@unchecked Sendable`: the only stored property is a constant pointer to an atomic word, freed in `deinit`, when
    // no other thread can hold a reference any more.
    private let word: UnsafeMutablePointer<Atomic<UInt32>>

    private static let idle: UInt32 = 0
    private static let asleep: UInt32 = 1
    private static let rung: UInt32 = 2

    /// How often the sleeper looks before it asks the kernel: about a microsecond.
    ///
    /// A sleep and a wake cost more, and when cores are few a longer spin would keep a producer from the very push that
    /// it waits for.
    private static let spinsMax = 1_000

    /// A bell that nobody has rung.
    public init() {
        unsafe word = .allocate(capacity: 1)
        unsafe word.initialize(to: Atomic(Doorbell.idle))
    }

    deinit {
        unsafe word.deinitialize(count: 1)
        unsafe word.deallocate()
    }

    /// Ends the sleeper's wait, or its next one when it is not asleep.
    ///
    /// Any thread may call it.
    public func ring() {
        let before = unsafe word.pointee.exchange(Doorbell.rung, ordering: .sequentiallyConsistent)
        guard before == Doorbell.asleep else { return }
        unsafe tally_futex_wake(futexWord, 1)
    }

    /// Sleeps until somebody rings or the time is over.
    ///
    /// Only one thread may wait.
    ///
    /// The wait may also end early without a reason, for example because of a signal.
    ///
    /// - Parameter timeoutMicroseconds: How long to sleep at most; 0 does not sleep.
    public func wait(timeoutMicroseconds: UInt32) {
        wait(timeoutMicroseconds: timeoutMicroseconds) { false }
    }

    /// Rings only when the sleeper sleeps or is about to: one load when it is awake.
    ///
    /// The pairing that loses no wake-up, with `work` as what the caller publishes and `isReady` as what reads it, all
    /// four sequentially consistent and therefore in one order that all threads agree on:
    ///
    ///     caller                           sleeper
    ///     C  store work                    A  store asleep
    ///     D  load word                     B  load work (`isReady`)
    ///
    /// If D does not see `asleep`, it comes before A, so C < D < A < B and B sees the work: the sleeper stays awake.
    /// If B does not see the work, it comes before C, so A < B < C < D and D sees `asleep`: the caller rings.
    func ringIfAsleep() {
        guard unsafe word.pointee.load(ordering: .sequentiallyConsistent) == Doorbell.asleep else { return }
        ring()
    }

    /// Waits as `wait(timeoutMicroseconds:)` does, or until `isReady`, which must be a sequentially consistent load of
    /// what callers of `ringIfAsleep` store before they call it.
    @inline(__always)
    func wait(timeoutMicroseconds: UInt32, unless isReady: () -> Bool) {
        // Whatever ends the wait, the next one starts with a silent bell. A ring that this swallows came before the
        // return, and the sleeper looks at everything after it.
        defer { _ = unsafe word.pointee.exchange(Doorbell.idle, ordering: .sequentiallyConsistent) }
        for _ in 0..<Doorbell.spinsMax {
            if isReady() || isRung { return }
            if timeoutMicroseconds == 0 { return }
        }
        let (fellAsleep, _) = unsafe word.pointee.compareExchange(
            expected: Doorbell.idle, desired: Doorbell.asleep, ordering: .sequentiallyConsistent)
        guard fellAsleep, !isReady() else { return }
        unsafe tally_futex_wait(futexWord, Doorbell.asleep, timeoutMicroseconds)
    }

    private var isRung: Bool {
        unsafe word.pointee.load(ordering: .relaxed) == Doorbell.rung
    }

    /// The atomic word as the kernel sees it.
    ///
    /// `Atomic<UInt32>` is exactly its 32 bits.
    private var futexWord: UnsafePointer<UInt32> {
        unsafe UnsafeRawPointer(word).assumingMemoryBound(to: UInt32.self)
    }
}
