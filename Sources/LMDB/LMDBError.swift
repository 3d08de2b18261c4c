internal import CLMDB

/// Everything that can go wrong in this room: LMDB's return codes, one case each, and our own guards.
///
/// The first group mirrors `lmdb.h`. The second group are conditions that LMDB 0.9 leaves to its users, who then
/// meet them as silent damage or as a signal; here they are errors.
public enum LMDBError: Error, Hashable {
    // MARK: LMDB's own codes
    /// `MDB_KEYEXIST`: the key is already there.
    case keyExists
    /// `MDB_NOTFOUND`: no such key, or the end of a table.
    case notFound
    /// `MDB_PAGE_NOTFOUND`: a page points outside the file; the file is damaged.
    case pageNotFound
    /// `MDB_CORRUPTED`: a page is of the wrong type; the file is damaged.
    case corrupted
    /// `MDB_PANIC`: an earlier write of the meta page failed; the environment must be opened anew.
    case panic
    /// `MDB_VERSION_MISMATCH`: written by another LMDB format.
    case versionMismatch
    /// `MDB_INVALID`: not an LMDB file.
    case invalid
    /// `MDB_MAP_FULL`: the map is too small; grow it and repeat.
    case mapFull
    /// `MDB_DBS_FULL`: more tables than ``EnvironmentOptions/tablesMax``.
    case tablesFull
    /// `MDB_READERS_FULL`: more concurrent readers than slots.
    case readersFull
    /// `MDB_TLS_FULL`: too many thread-local keys.
    case threadStorageFull
    /// `MDB_TXN_FULL`: too many pages changed in one transaction.
    case transactionFull
    /// `MDB_CURSOR_FULL`: a tree deeper than LMDB can walk; the file is damaged.
    case cursorFull
    /// `MDB_PAGE_FULL`: an internal error of LMDB.
    case pageFull
    /// `MDB_MAP_RESIZED`: another process grew the file beyond our map.
    case mapResized
    /// `MDB_INCOMPATIBLE`: the table was made with another kind of key.
    case incompatible
    /// `MDB_BAD_RSLOT`: a reader slot was reused wrongly.
    case badReaderSlot
    /// `MDB_BAD_TXN`: the transaction has already failed.
    case badTransaction
    /// `MDB_BAD_VALSIZE`: a key is empty or longer than 511 bytes, or a value is too long.
    case badValueSize
    /// `MDB_BAD_DBI`: the table handle is not valid.
    case badTable
    /// An `errno` of the operating system.
    case system(errno: Int32)

    // MARK: Our guards
    /// An appended key is not behind the last key of its table. Nothing was written.
    case outOfOrder
    /// The commit itself failed: whether the transaction is on disk is known only after opening anew.
    case commitFailed(code: Int32)
    /// This process already has the environment open; a second opening would break LMDB's locks.
    case alreadyOpen(directory: String)
    /// The environment was opened by the parent process; LMDB must not be used across `fork`.
    case usedAfterFork
    /// There is no environment in the directory and none was to be made.
    case missing(directory: String)
    /// The file ends before the pages LMDB believes in; reading them would be a SIGBUS.
    case fileTooShort(expectedBytes: UInt64, actualBytes: UInt64)
    /// A page breaks the rules of its format.
    case damaged(page: UInt64, what: String)
}

extension LMDBError {
    /// The error of a return code of LMDB, which must not be 0.
    init(code: Int32) {
        self = Self.named[code]?.error ?? .system(errno: code)
    }

    /// Every return code of `lmdb.h` with our case and its name there.
    static let named: [Int32: (error: LMDBError, name: String)] = [
        MDB_KEYEXIST: (.keyExists, "MDB_KEYEXIST"),
        MDB_NOTFOUND: (.notFound, "MDB_NOTFOUND"),
        MDB_PAGE_NOTFOUND: (.pageNotFound, "MDB_PAGE_NOTFOUND"),
        MDB_CORRUPTED: (.corrupted, "MDB_CORRUPTED"),
        MDB_PANIC: (.panic, "MDB_PANIC"),
        MDB_VERSION_MISMATCH: (.versionMismatch, "MDB_VERSION_MISMATCH"),
        MDB_INVALID: (.invalid, "MDB_INVALID"),
        MDB_MAP_FULL: (.mapFull, "MDB_MAP_FULL"),
        MDB_DBS_FULL: (.tablesFull, "MDB_DBS_FULL"),
        MDB_READERS_FULL: (.readersFull, "MDB_READERS_FULL"),
        MDB_TLS_FULL: (.threadStorageFull, "MDB_TLS_FULL"),
        MDB_TXN_FULL: (.transactionFull, "MDB_TXN_FULL"),
        MDB_CURSOR_FULL: (.cursorFull, "MDB_CURSOR_FULL"),
        MDB_PAGE_FULL: (.pageFull, "MDB_PAGE_FULL"),
        MDB_MAP_RESIZED: (.mapResized, "MDB_MAP_RESIZED"),
        MDB_INCOMPATIBLE: (.incompatible, "MDB_INCOMPATIBLE"),
        MDB_BAD_RSLOT: (.badReaderSlot, "MDB_BAD_RSLOT"),
        MDB_BAD_TXN: (.badTransaction, "MDB_BAD_TXN"),
        MDB_BAD_VALSIZE: (.badValueSize, "MDB_BAD_VALSIZE"),
        MDB_BAD_DBI: (.badTable, "MDB_BAD_DBI"),
    ]
}

/// Turns a return code into success or an error.
@inline(__always)
func check(_ code: Int32) throws(LMDBError) {
    if code != 0 { throw LMDBError(code: code) }
}

extension LMDBError {
    /// True when the file itself is not what was written, as opposed to a failed operation.
    public var isDamage: Bool {
        switch self {
        case .pageNotFound, .corrupted, .cursorFull, .invalid, .fileTooShort, .damaged: true
        default: false
        }
    }
}
