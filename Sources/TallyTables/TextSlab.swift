/// Where a string lies in a ``TextSlab``.
@frozen
public struct TextPlace: Sendable, Hashable, BitwiseCopyable {
    /// Offset of the first byte.
    public var offset: UInt32
    /// Number of bytes.
    public var count: UInt32

    /// A place of its parts.
    @inlinable public init(offset: UInt32, count: UInt32) { (self.offset, self.count) = (offset, count) }

    /// An empty string, which lies nowhere.
    @inlinable public static var empty: TextPlace { TextPlace(offset: 0, count: 0) }
}

/// Strings one after the other, never removed: names and ids of what is defined.
@safe
public struct TextSlab: ~Copyable {
    /// The strings' bytes, for checkpoints and digests.
    public var memory: PagedMemory

    /// An empty slab.
    public init() { memory = PagedMemory() }

    /// True when `more` bytes still have an offset of four bytes.
    public func hasRoom(for more: Int) -> Bool { memory.byteCount + more <= Int(UInt32.max) }

    /// Adds a copy of `text`.
    ///
    /// - Precondition: ``hasRoom(for:)`` said so; whoever admits a command asks first.
    public mutating func append(_ text: RawSpan) -> TextPlace {
        let count = text.byteCount
        guard count > 0 else { return .empty }
        precondition(hasRoom(for: count), "The strings of a state have at most 4 GiB.")
        let offset = memory.extend(by: count)
        let target = unsafe memory.base + offset
        unsafe text.withUnsafeBytes { source in unsafe target.copyMemory(from: source.baseAddress!, byteCount: count) }
        return TextPlace(offset: UInt32(offset), count: UInt32(count))
    }

    /// The bytes of a string.
    @inlinable
    @_lifetime(borrow self)
    public func bytes(_ place: TextPlace) -> RawSpan {
        memory.bytes.extracting(Int(place.offset)..<(Int(place.offset) + Int(place.count)))
    }

    /// The string itself.
    public func string(_ place: TextPlace) -> String {
        unsafe bytes(place).withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
    }
}
