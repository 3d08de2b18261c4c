internal import CLMDB
internal import Glibc

extension LMDBError: CustomStringConvertible {
    /// One line for an operator: what happened, and what to do about it.
    public var description: String { "\(what); \(remedy)" }

    /// The name of the code in `lmdb.h`, or nil for the guards of this room and errors of the system.
    public var codeName: String? { Self.named.values.first { $0.error == self }?.name }

    private var what: String {
        switch self {
        case .system(let number): "the system refused: \(Self.text(of: number)) (errno \(number))"
        case .outOfOrder: "a key was appended that is not behind the last one"
        case .commitFailed(let code): "a commit failed: \(Self.text(of: code)) (\(code))"
        case .alreadyOpen(let directory): "\(directory) is already open in this process"
        case .usedAfterFork: "an LMDB environment of the parent process was used after fork"
        case .missing(let directory): "there is no LMDB environment in \(directory)"
        case .fileTooShort(let expected, let actual): "data.mdb has \(actual) bytes but needs \(expected)"
        case .damaged(let page, let what): "page \(page) of data.mdb is damaged: \(what)"
        default:
            Self.named.first { $0.value.error == self }.map { "\($0.value.name): \(Self.text(of: $0.key))" } ?? "LMDB"
        }
    }

    private var remedy: String {
        switch self {
        case .mapFull, .mapResized: "grow the map and repeat the transaction"
        case .readersFull: "end long reads, or run a reader check to free the slots of dead processes"
        case .tablesFull: "raise tablesMax"
        case .panic, .commitFailed: "stop writing, check the disk, and open the environment anew"
        case .pageNotFound, .corrupted, .cursorFull, .damaged, .fileTooShort, .invalid:
            "do not write to it; restore the file from a backup"
        case .versionMismatch: "open it with the LMDB version that wrote it"
        case .incompatible: "open the table with the key type it was made with"
        case .alreadyOpen: "share the one that is open"
        case .usedAfterFork: "open the environment in the child process"
        case .missing: "check the path, or create one"
        case .system(ENOMEM): "lift the limit on address space (ulimit -v) or choose a smaller map"
        case .system(ENOSPC), .system(EIO): "check the disk and its free space"
        case .system(EACCES), .system(EPERM), .system(EROFS): "check owner and mode of the directory"
        case .outOfOrder, .keyExists: "nothing was written"
        default: "this is an error in the program that uses LMDB"
        }
    }

    private static func text(of code: Int32) -> String { unsafe String(cString: mdb_strerror(code)) }
}
