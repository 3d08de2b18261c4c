internal import Synchronization

/// A value that many threads read while one replaces it: readers take no lock and count no references.
///
/// Every reader has a seat. Before it reads the value it writes down the epoch on its seat, and when it is done it takes that off
/// again. Whoever publishes exchanges the value, begins a new epoch, and keeps the old value until nobody sits with an epoch from
/// before.
///
/// ## Which store pairs with which load
///
///     reader                              publisher
///     A  load epoch                       C  exchange value
///     B  store seat                       D  add to epoch
///        load value                          load seats
///
/// * The seat's store, the value's load and exchange, and the loads of the seats are sequentially consistent and therefore in one
///   order that all threads agree on. A reader that still got the old value loaded it before C, so the publisher sees its seat.
/// * D releases and A acquires: a reader that has seen the new epoch gets the new value. So the seat of a reader with the old value
///   holds an earlier epoch.
/// * The store that leaves a seat releases, and the publisher's load of the seat acquires: the reader is done when the value goes.
@safe
public final class Publication<Value: AnyObject & Sendable>: @unchecked Sendable {
    // `@unchecked Sendable`: the pointer to the seats is constant, each seat is written by its reader only; `retired` is touched by
    // the one thread that publishes.
    private let current: Atomic<UnsafeMutableRawPointer>
    private let epoch = PaddedCounter()
    private let seats: UnsafeMutablePointer<PaddedCounter>
    /// Values that were replaced, with the epoch that began then.
    private var retired: [(value: Value, epoch: UInt)] = []

    /// How many threads may read at a time.
    public let readerCount: Int

    /// A seat on which nobody sits.
    private static var empty: UInt { 0 }

    /// Publishes a first value.
    ///
    /// - Parameters:
    ///   - value: The value; a reference is held until it was replaced and everybody is done with it.
    ///   - readers: How many threads read, from 1.
    public init(_ value: Value, readers: Int) {
        precondition(readers > 0, "Somebody reads.")
        readerCount = readers
        unsafe current = Atomic(Unmanaged.passRetained(value).toOpaque())
        unsafe seats = .allocate(capacity: readers)
        for seat in 0..<readers { unsafe (seats + seat).initialize(to: PaddedCounter()) }
        epoch.value.store(1, ordering: .relaxed)
    }

    deinit {
        unsafe Unmanaged<Value>.fromOpaque(current.load(ordering: .relaxed)).release()
        unsafe seats.deinitialize(count: readerCount)
        unsafe seats.deallocate()
    }

    /// Reads the value.
    ///
    /// The value stays while `body` runs, even when it is replaced meanwhile. A reader does not read within its own reading.
    ///
    /// - Parameters:
    ///   - reader: The seat of this thread, counted from 0; only one thread at a time uses it.
    ///   - body: Receives the value that is current now.
    /// - Returns: What `body` returns.
    @inline(__always)
    public func read<Result>(as reader: Int, _ body: (Value) -> Result) -> Result {
        precondition(reader >= 0 && reader < readerCount, "A reader has a seat.")
        let seat = unsafe seats + reader
        let now = epoch.value.load(ordering: .acquiring)
        unsafe seat.pointee.value.store(now, ordering: .sequentiallyConsistent)
        defer { unsafe seat.pointee.value.store(Publication.empty, ordering: .releasing) }
        let value = unsafe current.load(ordering: .sequentiallyConsistent)
        return unsafe Unmanaged<Value>.fromOpaque(value)._withUnsafeGuaranteedRef(body)
    }

    /// Replaces the value.
    ///
    /// Only one thread may publish. Who reads already goes on with the old value.
    ///
    /// - Parameter value: What is read from now on.
    public func publish(_ value: Value) {
        let next = unsafe Unmanaged.passRetained(value).toOpaque()
        let old = unsafe Unmanaged<Value>.fromOpaque(current.exchange(next, ordering: .sequentiallyConsistent))
        let began = epoch.value.wrappingAdd(1, ordering: .acquiringAndReleasing).newValue
        unsafe retired.append((old.takeRetainedValue(), began))
        releaseRetired()
    }

    /// Releases replaced values that nobody reads any more.
    ///
    /// Only the thread that publishes may call it.
    ///
    /// - Returns: How many are still kept.
    @discardableResult
    public func releaseRetired() -> Int {
        guard !retired.isEmpty else { return 0 }
        let earliest = earliestSeat()
        retired.removeFirst(retired.prefix { $0.epoch <= earliest }.count)
        return retired.count
    }

    /// The earliest epoch that a reader sits with.
    private func earliestSeat() -> UInt {
        var earliest = UInt.max
        for seat in 0..<readerCount {
            let epoch = unsafe seats[seat].value.load(ordering: .sequentiallyConsistent)
            if epoch != Publication.empty { earliest = min(earliest, epoch) }
        }
        return earliest
    }
}
