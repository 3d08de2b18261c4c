internal import Glibc

/// What LMDB's bookkeeping page says, read from the file without LMDB.
///
/// ```
/// page: 0 number u64 · 8 padding u16 · 10 flags u16 · 12 … ·
/// 16 magic u32 · 20 version u32 · 24 address u64 · 32 map size u64 ·
/// 40 tree of free pages (48 bytes; its first u32 is the page size) · 88 main tree (48 bytes) ·
/// 136 last page u64 · 144 transaction u64
/// ```
/// There are two of them, pages 0 and 1; transaction *n* writes page *n* mod 2, and the higher number is valid.
/// LMDB 0.9 has no checksum over them, so what can be checked is checked here: before the first tree page is read.
struct MetaPage: Sendable {
    static let byteCount = 152
    static let magic: UInt32 = 0xBEEF_C0DE
    static let formatVersion: UInt32 = 1
    static let pageFlag: UInt16 = 0x08

    /// The size of a page in bytes.
    let pageSizeBytes: Int
    /// The tree that lists unused pages.
    let freeTree: TreeRecord
    /// The tree whose values are the records of the named tables.
    let mainTree: TreeRecord
    /// The highest page number in use.
    let lastPage: UInt64
    /// The write transaction that wrote this page.
    let transaction: UInt64

    /// The bytes the file must have for this bookkeeping to be true; nil when that exceeds 64 bits.
    var fileBytesMin: UInt64? {
        let (pages, tooManyPages) = lastPage.addingReportingOverflow(1)
        let (bytes, tooManyBytes) = pages.multipliedReportingOverflow(by: UInt64(pageSizeBytes))
        return tooManyPages || tooManyBytes ? nil : bytes
    }

    /// Decodes and checks one page.
    ///
    /// - Throws: ``LMDBError/damaged(page:what:)``.
    init(page number: UInt64, bytes: RawSpan) throws(LMDBError) {
        guard bytes.byteCount >= Self.byteCount,
            bytes.load(UInt16.self, at: 10) & Self.pageFlag != 0,
            bytes.load(UInt32.self, at: 16) == Self.magic,
            bytes.load(UInt32.self, at: 20) == Self.formatVersion
        else { throw .damaged(page: number, what: "not a meta page of LMDB 0.9") }
        freeTree = TreeRecord(bytes: bytes, at: 40)
        mainTree = TreeRecord(bytes: bytes, at: 88)
        lastPage = bytes.load(UInt64.self, at: 136)
        transaction = bytes.load(UInt64.self, at: 144)
        pageSizeBytes = Int(bytes.load(UInt32.self, at: 40))
        guard (512...65536).contains(pageSizeBytes), pageSizeBytes.nonzeroBitCount == 1 else {
            throw .damaged(page: number, what: "a page size of \(pageSizeBytes) bytes")
        }
    }
}

// MARK: - Both meta pages of a file

extension MetaPage {
    /// Checks `data.mdb` of a directory before LMDB maps it.
    ///
    /// - Throws: ``LMDBError/missing(directory:)``, ``LMDBError/fileTooShort(expectedBytes:actualBytes:)`` or
    ///   ``LMDBError/damaged(page:what:)``.
    static func checkFile(in directory: String, mayBeMissing: Bool) throws(LMDBError) {
        let file = unsafe open(directory + "/data.mdb", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT, mayBeMissing { return }
            throw errno == ENOENT ? .missing(directory: directory) : .system(errno: errno)
        }
        defer { close(file) }
        let actual = try fileSizeBytes(of: file)
        if actual == 0 {
            guard mayBeMissing else { throw .fileTooShort(expectedBytes: 2 * 4096, actualBytes: 0) }
            return
        }
        let pair = try readPair(from: file)
        let newest = pair.0.transaction > pair.1.transaction ? pair.0 : pair.1
        guard let needed = newest.fileBytesMin, needed <= actual else {
            throw .fileTooShort(expectedBytes: newest.fileBytesMin ?? .max, actualBytes: actual)
        }
    }

    /// Reads both pages of an open file and checks that they belong together.
    static func readPair(from file: Int32) throws(LMDBError) -> (MetaPage, MetaPage) {
        let first = try read(page: 0, at: 0, from: file)
        let second = try read(page: 1, at: first.pageSizeBytes, from: file)
        guard first.pageSizeBytes == second.pageSizeBytes else {
            throw .damaged(page: 1, what: "the meta pages disagree about the page size")
        }
        // Every transaction writes the page of its parity, so the two numbers are neighbours (or both 0 when new).
        // A flipped bit in the older number would otherwise bring back the state before the last commit.
        let isNew = first.transaction == 0 && second.transaction <= 1
        let areNeighbours =
            first.transaction % 2 == 0 && second.transaction % 2 == 1
            && (first.transaction &+ 1 == second.transaction || second.transaction &+ 1 == first.transaction)
        guard isNew || areNeighbours else {
            throw .damaged(page: 0, what: "transactions \(first.transaction) and \(second.transaction) do not follow")
        }
        return (first, second)
    }

    static func fileSizeBytes(of file: Int32) throws(LMDBError) -> UInt64 {
        var status = stat()
        guard unsafe fstat(file, &status) == 0 else { throw .system(errno: errno) }
        return UInt64(status.st_size)
    }

    private static func read(page number: UInt64, at offset: Int, from file: Int32) throws(LMDBError) -> MetaPage {
        let bytes = try readExactly(byteCount, at: offset, from: file)
        return try unsafe MetaPage(page: number, bytes: bytes.span.bytes)
    }
}

/// Reads `count` bytes at `offset`, or fails.
///
/// - Throws: ``LMDBError/fileTooShort(expectedBytes:actualBytes:)`` at the end of the file, or the system's error.
func readExactly(_ count: Int, at offset: Int, from file: Int32) throws(LMDBError) -> [UInt8] {
    var failure: Int32 = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
        while filled < count {
            let got = unsafe pread(file, buffer.baseAddress! + filled, count - filled, offset + filled)
            if got < 0, errno == EINTR { continue }
            if got < 0 { failure = errno }
            if got <= 0 { return }
            filled += got
        }
    }
    if failure != 0 { throw .system(errno: failure) }
    guard bytes.count == count else {
        throw .fileTooShort(expectedBytes: UInt64(offset + count), actualBytes: UInt64(offset + bytes.count))
    }
    return bytes
}
