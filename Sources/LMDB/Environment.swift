internal import CLMDB
internal import Glibc

/// An LMDB environment: a directory with one memory-mapped file of sorted tables.
///
/// Transactions live in closures (``read(_:)``, ``write(_:)``), so none is forgotten, and what they hand out cannot
/// leave them. Opening guards what LMDB 0.9 leaves open: a second opening in one process, use after `fork`, and a
/// file shorter than its own bookkeeping.
///
/// Sendable because every stored property is set once, and LMDB's environment handle may be used by all threads;
/// a write transaction begins and ends inside one closure, hence on one thread.
@safe
public final class Environment: @unchecked Sendable {
    /// The directory that was opened.
    public let directory: String
    /// How it was opened.
    public let options: EnvironmentOptions

    let handle: OpaquePointer
    let gate = TransactionGate()
    private let identity: EnvironmentRegistry.Identity
    private let openedByProcess: pid_t

    /// Opens an environment.
    ///
    /// - Parameters:
    ///   - directory: An existing directory.
    ///   - options: See ``EnvironmentOptions``.
    /// - Throws: ``LMDBError``; nothing is left open then.
    public init(directory: String, options: EnvironmentOptions = EnvironmentOptions()) throws(LMDBError) {
        let identity = try EnvironmentRegistry.claim(directory)
        do throws(LMDBError) {
            try MetaPage.checkFile(in: directory, mayBeMissing: options.mayCreate)
            unsafe handle = try Self.open(directory, options)
        } catch {
            EnvironmentRegistry.release(identity)
            throw error
        }
        self.identity = identity
        self.directory = directory
        self.options = options
        openedByProcess = getpid()
    }

    deinit {
        // In a forked child the handle belongs to the parent; closing it would disturb the parent's locks.
        guard getpid() == openedByProcess else { return }
        unsafe mdb_env_close(handle)
        EnvironmentRegistry.release(identity)
    }

    /// - Throws: ``LMDBError/usedAfterFork`` in a child of the process that opened the environment.
    func checkProcess() throws(LMDBError) {
        guard getpid() == openedByProcess else { throw .usedAfterFork }
    }
}

// MARK: - Opening

extension Environment {
    /// The smallest map that is tried before giving up.
    private static let mapSizeBytesMin = 1 << 20

    /// Opens with the wanted map, or with the largest half, quarter, … that the address space allows.
    private static func open(
        _ directory: String, _ options: EnvironmentOptions
    ) throws(LMDBError) -> OpaquePointer {
        var mapSizeBytes = options.mapSizeBytes
        while true {
            do throws(LMDBError) {
                return unsafe try open(directory, options, mapSizeBytes: mapSizeBytes)
            } catch .system(ENOMEM) where mapSizeBytes / 2 >= mapSizeBytesMin {
                mapSizeBytes /= 2
            }
        }
    }

    private static func open(
        _ directory: String, _ options: EnvironmentOptions, mapSizeBytes: Int
    ) throws(LMDBError) -> OpaquePointer {
        var created: OpaquePointer?
        try check(unsafe mdb_env_create(&created))
        guard let handle = unsafe created else { throw .system(errno: ENOMEM) }
        do throws(LMDBError) {
            try check(unsafe mdb_env_set_mapsize(handle, mapSizeBytes))
            try check(unsafe mdb_env_set_maxdbs(handle, MDB_dbi(options.tablesMax)))
            try check(unsafe mdb_env_open(handle, directory, options.flags, 0o600))
        } catch {
            unsafe mdb_env_close(handle)
            throw error
        }
        return unsafe handle
    }
}

extension EnvironmentOptions {
    /// The flags of `mdb_env_open`.
    ///
    /// Reader slots belong to transactions, not threads (`MDB_NOTLS`), because a thread of a pool may have several
    /// reads open.
    fileprivate var flags: UInt32 {
        var flags = UInt32(MDB_NOTLS)
        if isReadOnly { flags |= UInt32(MDB_RDONLY) }
        if isWithoutLocks { flags |= UInt32(MDB_NOLOCK) }
        if syncMode == .unsafeNoSyncLosesDataOnPowerCutTestsOnly { flags |= UInt32(MDB_NOSYNC) }
        return flags
    }
}
