/// Elements of one kind in a row, in memory that neither moves nor grows and begins on a cache line.
///
/// For the columns of batches and of compiled tables: allocated once, then read and written without reference counting.
@safe
public struct Column<Element: BitwiseCopyable>: ~Copyable {
    /// How many elements.
    public let count: Int
    @usableFromInline let base: UnsafeMutablePointer<Element>

    /// A column of one value.
    public init(repeating value: Element, count: Int) {
        self.count = count
        let bytes = max(1, count) * MemoryLayout<Element>.stride
        let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
        unsafe base = memory.bindMemory(to: Element.self, capacity: max(1, count))
        unsafe base.initialize(repeating: value, count: count)
    }

    /// A column of the elements of an array.
    public init(_ elements: [Element]) {
        count = elements.count
        let bytes = max(1, count) * MemoryLayout<Element>.stride
        let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
        unsafe base = memory.bindMemory(to: Element.self, capacity: max(1, count))
        for index in 0..<count { unsafe (base + index).initialize(to: elements[index]) }
    }

    deinit { unsafe base.deallocate() }

    /// The element at `index`.
    @inlinable
    public subscript(index: Int) -> Element {
        @inline(__always) get {
            precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "An element lies within its column.")
            return unsafe base[index]
        }
        @inline(__always) nonmutating set {
            precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "An element lies within its column.")
            unsafe base[index] = newValue
        }
    }

    /// The first elements, to read.
    @_lifetime(borrow self)
    public func span(_ first: Int) -> Span<Element> {
        precondition(first >= 0 && first <= count, "A span lies within its column.")
        let span = unsafe Span(_unsafeStart: base, count: first)
        return unsafe _overrideLifetime(span, borrowing: self)
    }

    /// The first elements, to write; nothing else may touch them meanwhile.
    @_lifetime(borrow self)
    public func mutableSpan(_ first: Int) -> MutableSpan<Element> {
        precondition(first >= 0 && first <= count, "A span lies within its column.")
        let span = unsafe MutableSpan(_unsafeStart: base, count: first)
        return unsafe _overrideLifetime(span, borrowing: self)
    }

    /// Where the elements are, for kernels that check their bounds once a batch.
    @unsafe @inlinable
    public var pointer: UnsafeMutablePointer<Element> { unsafe base }
}

// Sendable: a column is used by one thread at a time, or read by many after it was written.
extension Column: @unchecked Sendable where Element: Sendable {}
