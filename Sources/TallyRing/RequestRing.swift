internal import Synchronization

/// A bounded queue of references from many producers to one consumer, without locks.
///
/// Every cell carries a sequence number that says whose turn it is:
///
///     position p uses cell p mod capacity
///     sequence == p              free: the producer that claims p may fill it
///     sequence == p + 1          filled: the consumer may take it
///     sequence == p + capacity   free again, for the producer of the next round
///
/// Producers compete for positions on `tail` only; the consumer alone moves `head`. An element of a producer never
/// overtakes an earlier one of the same producer.
///
/// ## Which store pairs with which load
///
/// * Producer's exchange to `p + 1` → consumer's load in `tryPop`: the element is complete when it is taken.
/// * Consumer's store of `p + capacity` → producer's load in `tryPush`: the cell is empty when it is filled again.
/// * `tail` and `head` order nothing by themselves; they are relaxed.
/// * The sleeping consumer: see `Doorbell.ringIfAsleep`. The exchange to `p + 1` and the load in `isEmpty` are the
///   pair that has to be sequentially consistent.
///
/// > Source: Dmitry Vyukov, "Bounded MPMC queue", with one consumer.
@safe
public final class RequestRing<Element: AnyObject & Sendable>: @unchecked Sendable {
    // `@unchecked Sendable`: the pointer is constant; a cell's element is touched only by the thread whose turn its
    // sequence number announces.
    private let cells: UnsafeMutablePointer<RingCell<Element>>
    private let mask: UInt
    private let tail = PaddedCounter()
    private let head = PaddedCounter()
    private let bell = Doorbell()

    /// The most elements that the ring holds.
    public var capacity: Int { Int(mask) + 1 }

    /// An empty ring.
    ///
    /// - Parameter capacityLog2: The binary logarithm of the capacity, 1…24.
    public init(capacityLog2: Int) {
        precondition((1...24).contains(capacityLog2), "a ring holds between 2 and 16,777,216 elements")
        let capacity = 1 << capacityLog2
        mask = UInt(capacity) - 1
        unsafe cells = RingCell<Element>.allocate(count: capacity)
    }

    deinit {
        while tryPop() != nil {}
        unsafe cells.deinitialize(count: capacity)
        unsafe cells.deallocate()
    }

    /// Puts an element at the end and wakes the consumer when it sleeps.
    ///
    /// Any thread may call it.
    ///
    /// - Parameter element: What to hand over; the ring holds a reference until it is popped.
    /// - Returns: false when the ring is full; the element was not taken.
    public func tryPush(_ element: Element) -> Bool {
        var position = tail.value.load(ordering: .relaxed)
        while true {
            let cell = unsafe cells + Int(truncatingIfNeeded: position & mask)
            let turn = unsafe cell.pointee.sequence.load(ordering: .acquiring)
            // Positions wrap around after 2⁶⁴ pushes; the signed distance stays right even then.
            let distance = Int(bitPattern: turn &- position)
            if distance < 0 { return false }
            if distance > 0 {
                position = tail.value.load(ordering: .relaxed)
                continue
            }
            let (claimed, current) = tail.value.weakCompareExchange(
                expected: position, desired: position &+ 1, ordering: .relaxed)
            guard claimed else {
                position = current
                continue
            }
            unsafe cell.pointee.element = Unmanaged.passRetained(element)
            // An exchange, not a store: the compiler's reference counting may move the retain down past stores, even
            // atomic ones, and then the consumer releases what nobody has retained. It stops at an exchange, which
            // costs the same, because a sequentially consistent store is compiled to one.
            _ = unsafe cell.pointee.sequence.exchange(position &+ 1, ordering: .sequentiallyConsistent)
            bell.ringIfAsleep()
            return true
        }
    }

    /// Takes the first element.
    ///
    /// Only the consumer may call it.
    ///
    /// - Returns: nil when the ring is empty, or when the next producer has claimed its cell and not yet filled it.
    public func tryPop() -> Element? {
        let position = head.value.load(ordering: .relaxed)
        let cell = unsafe cells + Int(truncatingIfNeeded: position & mask)
        guard unsafe cell.pointee.sequence.load(ordering: .acquiring) == position &+ 1 else { return nil }
        let element = unsafe cell.pointee.element.unsafelyUnwrapped.takeRetainedValue()
        unsafe cell.pointee.element = nil
        head.value.store(position &+ 1, ordering: .relaxed)
        unsafe cell.pointee.sequence.store(position &+ mask &+ 1, ordering: .releasing)
        return element
    }

    /// True when there is nothing to pop.
    ///
    /// Exact for the consumer, a hint for everybody else.
    public var isEmpty: Bool {
        let position = head.value.load(ordering: .relaxed)
        let cell = unsafe cells + Int(truncatingIfNeeded: position & mask)
        return unsafe cell.pointee.sequence.load(ordering: .sequentiallyConsistent) != position &+ 1
    }

    /// Waits until there is something to pop, `wake()` is called or the time is over.
    ///
    /// Only the consumer may call it.
    ///
    /// The wait may also end early without a reason, so look again.
    ///
    /// - Parameter timeoutMicroseconds: How long to sleep at most; 0 does not sleep.
    public func wait(timeoutMicroseconds: UInt32) {
        bell.wait(timeoutMicroseconds: timeoutMicroseconds) { !isEmpty }
    }

    /// Waits until `wake()` is called or the time is over, also while there is something to pop.
    ///
    /// For a consumer that must not take more now, because something else has to finish first. Only the consumer may call
    /// it. A push may end the wait early.
    ///
    /// - Parameter timeoutMicroseconds: How long to sleep at most; 0 does not sleep.
    public func waitForWake(timeoutMicroseconds: UInt32) {
        bell.wait(timeoutMicroseconds: timeoutMicroseconds)
    }

    /// Ends the consumer's wait, or its next one, although nothing was pushed.
    ///
    /// Any thread may call it.
    public func wake() {
        bell.ring()
    }
}
