internal import Glibc
internal import TallyBytes

/// The end of the log, written down outside LMDB.
///
/// LMDB 0.9 opens an old copy of its file, or one with a damaged root, as a shorter log and says nothing. The head
/// file is written after every block, so opening can tell. It has two slots that are written in turn: a torn write
/// leaves the other one valid. It is not synced with every block; after a power cut it may be a little behind the
/// log, never ahead of it, because the log is synced first.
///
/// Sendable because it cannot be copied: whoever has it is alone with the descriptor and the buffer.
struct HeadFile: ~Copyable, @unchecked Sendable {
    private let file: Int32
    private var nextSlot: Int
    private var writer = ByteWriter(capacity: HeadSlot.byteCount)

    private init(file: Int32, nextSlot: Int) {
        self.file = file
        self.nextSlot = nextSlot
    }

    deinit { close(file) }

    /// Makes a head file and writes it to disk.
    ///
    /// - Throws: ``LogError/unavailable(cause:)``.
    static func create(path: String, _ slot: HeadSlot) throws(LogError) -> HeadFile {
        let file = unsafe Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure("making \(path)") }
        var head = HeadFile(file: file, nextSlot: 0)
        try head.write(slot)
        try head.sync()
        return head
    }

    /// Opens a head file for writing.
    ///
    /// - Parameters:
    ///   - path: The file, which must be there.
    ///   - newest: The slot that holds the newest position, 0 or 1; the other one is written next.
    /// - Returns: The file, open until it goes out of use.
    /// - Throws: ``LogError/unavailable(cause:)``.
    static func open(path: String, newest: Int) throws(LogError) -> HeadFile {
        let file = unsafe Glibc.open(path, O_RDWR | O_CLOEXEC)
        guard file >= 0 else { throw failure("opening \(path)") }
        return HeadFile(file: file, nextSlot: 1 - newest)
    }

    /// Reads the newest valid slot.
    ///
    /// - Returns: The slot, and which of the two it was.
    /// - Throws: ``LogError/headMissing(path:)``.
    static func read(path: String) throws(LogError) -> (slot: HeadSlot, index: Int) {
        let file = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw .headMissing(path: path) }
        defer { close(file) }
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 2 * HeadSlot.byteCount) { buffer, filled in
            filled = unsafe max(0, pread(file, buffer.baseAddress, buffer.count, 0))
        }
        let slots = (0...1).compactMap { index in
            unsafe HeadSlot(at: index * HeadSlot.byteCount, of: bytes.span.bytes).map { ($0, index) }
        }
        guard let newest = slots.max(by: { $0.0.position.sequence < $1.0.position.sequence }) else {
            throw .headMissing(path: path)
        }
        return newest
    }

    /// Writes the older slot anew; the system decides when it reaches the disk.
    ///
    /// - Throws: ``LogError/unavailable(cause:)``.
    mutating func write(_ slot: HeadSlot) throws(LogError) {
        writer.removeAll()
        slot.write(to: &writer)
        let offset = nextSlot * HeadSlot.byteCount
        let written = unsafe writer.bytes.withUnsafeBytes { [file] in
            unsafe pwrite(file, $0.baseAddress, $0.count, offset)
        }
        guard written == HeadSlot.byteCount else { throw Self.failure("writing the head file") }
        nextSlot = 1 - nextSlot
    }

    /// Waits until what was written is on disk.
    ///
    /// - Throws: ``LogError/unavailable(cause:)``.
    func sync() throws(LogError) {
        guard fsync(file) == 0 else { throw Self.failure("syncing the head file") }
    }

    private static func failure(_ what: String) -> LogError {
        .unavailable(cause: unsafe "\(what): \(String(cString: strerror(errno)))")
    }
}
