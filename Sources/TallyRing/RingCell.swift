internal import Synchronization

/// One place of a ring, on a cache line of its own: the consumer that empties one cell and the producer that fills the
/// next do not take the line from each other.
@unsafe
struct RingCell<Element: AnyObject>: ~Copyable {
    let sequence: Atomic<UInt>
    var element: Unmanaged<Element>?
    private let padding = InlineArray<6, UInt64>(repeating: 0)

    private init(position: UInt) {
        unsafe sequence = Atomic(position)
        unsafe element = nil
    }

    /// Cells aligned to cache lines, free for the first round.
    static func allocate(count: Int) -> UnsafeMutablePointer<RingCell> {
        let size = unsafe MemoryLayout<RingCell>.stride
        precondition(size == 64, "a cell fills one cache line")
        let memory = UnsafeMutableRawPointer.allocate(byteCount: count * size, alignment: size)
        let cells = unsafe memory.bindMemory(to: RingCell.self, capacity: count)
        for position in 0..<count {
            unsafe (cells + position).initialize(to: RingCell(position: UInt(position)))
        }
        return unsafe cells
    }
}
