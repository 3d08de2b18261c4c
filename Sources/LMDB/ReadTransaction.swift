internal import CLMDB
internal import Glibc

/// One consistent state of all tables, inside ``Environment/read(_:)``.
///
/// It sees nothing that is committed after it began. Spans it hands out point into the map and end with it.
@safe
public struct ReadTransaction: ~Copyable, ~Escapable {
    let handle: OpaquePointer

    @_lifetime(borrow environment)
    init(in environment: borrowing Environment) throws(LMDBError) {
        unsafe handle = try beginTransaction(in: environment.handle, flags: UInt32(MDB_RDONLY))
    }

    deinit { unsafe mdb_txn_abort(handle) }

    /// The number of the last write transaction that this one sees.
    public var number: UInt64 { unsafe UInt64(mdb_txn_id(handle)) }

    /// The value of a key.
    ///
    /// - Returns: The bytes in the map, or nil when the table has no such key.
    /// - Throws: ``LMDBError``.
    @_lifetime(borrow self)
    public func value<Key: TableKey>(of key: Key, in table: Table<Key>) throws(LMDBError) -> RawSpan? {
        guard let found = unsafe try lookUp(key, in: table.number, by: handle) else { return nil }
        return unsafe _overrideLifetime(RawSpan(_unsafeStart: found.mv_data, byteCount: found.mv_size), borrowing: self)
    }

    /// A cursor in front of the first key.
    ///
    /// - Throws: ``LMDBError``.
    @_lifetime(borrow self)
    public func cursor<Key: TableKey>(over table: Table<Key>) throws(LMDBError) -> Cursor<Key> {
        let cursor = try unsafe Cursor<Key>(opening: table.number, by: handle)
        return unsafe _overrideLifetime(cursor, borrowing: self)
    }

    /// The size of a table.
    ///
    /// - Throws: ``LMDBError``.
    public func statistics<Key: TableKey>(of table: Table<Key>) throws(LMDBError) -> TableStatistics {
        unsafe try tableStatistics(of: table.number, by: handle)
    }

    func openTable<Key: TableKey>(_ name: String, flags: UInt32) throws(LMDBError) -> Table<Key> {
        Table(number: unsafe try openTableNumber(name, flags: flags, by: handle))
    }

    /// Ends the transaction and keeps the tables it opened.
    consuming func commit() throws(LMDBError) {
        let handle = unsafe handle
        discard self
        try check(unsafe mdb_txn_commit(handle))
    }
}

// MARK: - What both kinds of transaction do

func beginTransaction(in environment: OpaquePointer, flags: UInt32) throws(LMDBError) -> OpaquePointer {
    var begun: OpaquePointer?
    try check(unsafe mdb_txn_begin(environment, nil, flags, &begun))
    guard let handle = unsafe begun else { throw .system(errno: ENOMEM) }
    return unsafe handle
}

func lookUp<Key: TableKey>(_ key: Key, in table: UInt32, by handle: OpaquePointer) throws(LMDBError) -> MDB_val? {
    let (code, found) = unsafe key.withKeyBytes { span in
        unsafe span.withUnsafeBytes { bytes -> (Int32, MDB_val) in
            var wanted = unsafe MDB_val(mv_size: bytes.count, mv_data: .init(mutating: bytes.baseAddress))
            var found = unsafe MDB_val()
            let code = unsafe mdb_get(handle, table, &wanted, &found)
            return unsafe (code, found)
        }
    }
    if code == MDB_NOTFOUND { return nil }
    try check(code)
    return unsafe found
}

func tableStatistics(of table: UInt32, by handle: OpaquePointer) throws(LMDBError) -> TableStatistics {
    var pages = MDB_stat()
    try check(unsafe mdb_stat(handle, table, &pages))
    return TableStatistics(
        entryCount: pages.ms_entries, depth: Int(pages.ms_depth), branchPages: pages.ms_branch_pages,
        leafPages: pages.ms_leaf_pages, overflowPages: pages.ms_overflow_pages)
}

func openTableNumber(_ name: String, flags: UInt32, by handle: OpaquePointer) throws(LMDBError) -> UInt32 {
    var number: MDB_dbi = 0
    try check(unsafe mdb_dbi_open(handle, name, flags, &number))
    return number
}
