import TallyBytes

/// The part of the file that is in memory.
struct FileWindow {
    /// The bytes.
    var bytes: [UInt8] = []
    /// Where they begin in the file.
    private(set) var position = 0

    /// The bytes of a field whose place is counted from the first byte of the file.
    subscript(field: Field) -> RawSpan {
        @_lifetime(borrow self) get {
            let start = field.start - position
            return unsafe bytes.span.bytes.extracting(start..<(start + field.count))
        }
    }

    /// Drops bytes from the front.
    mutating func forget(_ count: Int) {
        bytes.removeFirst(count)
        position += count
    }
}
