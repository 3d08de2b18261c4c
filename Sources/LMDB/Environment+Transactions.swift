internal import CLMDB

extension Environment {
    /// Reads one consistent state of all tables.
    ///
    /// Keep it short: pages that a reader can still see are not reused, so one long reader makes the file grow.
    ///
    /// - Parameter body: Reads; what it borrows from the transaction stays inside it.
    /// - Returns: What `body` returns.
    /// - Throws: ``LMDBError``, or what `body` throws.
    public func read<Result>(_ body: (borrowing ReadTransaction) throws -> Result) throws -> Result {
        try checkProcess()
        gate.enter()
        defer { gate.leave() }
        let transaction = try ReadTransaction(in: self)
        return try body(transaction)
    }

    /// Changes tables, all or nothing: committed durably when `body` returns, undone when it throws.
    ///
    /// - Parameter body: Reads and writes, on the calling thread.
    /// - Returns: What `body` returns, after the disk has confirmed the commit.
    /// - Throws: ``LMDBError/commitFailed(code:)`` when it is unknown whether the commit is on disk; any other
    ///   error means that nothing was written.
    public func write<Result>(_ body: (inout WriteTransaction) throws -> Result) throws -> Result {
        try checkProcess()
        gate.enter()
        defer { gate.leave() }
        var transaction = try WriteTransaction(in: self)
        let result = try body(&transaction)
        try transaction.commit()
        return result
    }

    /// Opens a table, and makes it when the environment is writable and the table is missing.
    ///
    /// Do this once after opening, not beside other transactions.
    ///
    /// - Parameters:
    ///   - name: The table's name; at most 511 bytes.
    ///   - keyedBy: The type of the keys; the same each time, because the table is ordered by it.
    /// - Returns: A handle that is valid as long as the environment.
    /// - Throws: ``LMDBError/notFound`` for a missing table of a read-only environment,
    ///   ``LMDBError/incompatible`` when it was made with another kind of key.
    public func openTable<Key: TableKey>(_ name: String, keyedBy: Key.Type = Key.self) throws -> Table<Key> {
        let flags = Key.order == .integer ? UInt32(MDB_INTEGERKEY) : 0
        if options.isReadOnly {
            return try openTableForReading(name, flags: flags)
        }
        return try write { transaction in try transaction.openTable(name, flags: flags | UInt32(MDB_CREATE)) }
    }

    /// LMDB closes a table again when the transaction that opened it is aborted, so this one is committed.
    private func openTableForReading<Key: TableKey>(_ name: String, flags: UInt32) throws -> Table<Key> {
        try checkProcess()
        gate.enter()
        defer { gate.leave() }
        let transaction = try ReadTransaction(in: self)
        let table: Table<Key> = try transaction.openTable(name, flags: flags)
        try transaction.commit()
        return table
    }
}
