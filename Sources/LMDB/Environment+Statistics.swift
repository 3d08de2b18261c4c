internal import CLMDB

/// The size of an environment and who reads it.
public struct EnvironmentStatistics: Sendable, Hashable {
    /// The size of the map in bytes.
    public var mapSizeBytes: Int
    /// The size of one page in bytes.
    public var pageSizeBytes: Int
    /// The number of the last page in use; the file is at least `(lastPage + 1) * pageSizeBytes` long.
    public var lastPage: UInt64
    /// The number of the last committed write transaction.
    public var lastTransaction: UInt64
    /// Reader slots in all.
    public var readersMax: Int
    /// Reader slots that have been used at the same time so far.
    public var readersUsed: Int
}

extension Environment {
    /// The size of the environment and its readers.
    ///
    /// - Returns: Figures of this moment.
    /// - Throws: ``LMDBError/usedAfterFork``.
    public func statistics() throws(LMDBError) -> EnvironmentStatistics {
        try checkProcess()
        var info = unsafe MDB_envinfo()
        var pages = MDB_stat()
        try check(unsafe mdb_env_info(handle, &info))
        try check(unsafe mdb_env_stat(handle, &pages))
        return unsafe EnvironmentStatistics(
            mapSizeBytes: info.me_mapsize, pageSizeBytes: Int(pages.ms_psize), lastPage: UInt64(info.me_last_pgno),
            lastTransaction: UInt64(info.me_last_txnid), readersMax: Int(info.me_maxreaders),
            readersUsed: Int(info.me_numreaders))
    }

    /// Frees the reader slots of processes that died in the middle of a read.
    ///
    /// - Returns: How many slots were freed.
    /// - Throws: ``LMDBError``.
    @discardableResult
    public func releaseDeadReaders() throws(LMDBError) -> Int {
        try checkProcess()
        var dead: Int32 = 0
        try check(unsafe mdb_reader_check(handle, &dead))
        return Int(dead)
    }
}
