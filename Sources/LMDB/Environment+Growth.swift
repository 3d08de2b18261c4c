internal import CLMDB

extension Environment {
    /// Makes the map larger, after ``LMDBError/mapFull`` or ``LMDBError/mapResized``.
    ///
    /// Waits until all transactions of this process have ended, so never call it from inside one.
    ///
    /// - Parameter mapSizeBytes: The new size; less than the file needs is raised to that by LMDB.
    /// - Throws: ``LMDBError/system(errno:)`` with `ENOMEM` when the address space does not allow it; the
    ///   environment then cannot be used any more.
    public func grow(to mapSizeBytes: Int) throws(LMDBError) {
        try checkProcess()
        gate.enterAlone()
        defer { gate.leave() }
        try check(unsafe mdb_env_set_mapsize(handle, mapSizeBytes))
    }
}
