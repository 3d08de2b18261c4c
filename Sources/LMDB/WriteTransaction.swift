internal import CLMDB

/// Changes that become visible and durable together, inside ``Environment/write(_:)``.
@safe
public struct WriteTransaction: ~Copyable, ~Escapable {
    let handle: OpaquePointer

    @_lifetime(borrow environment)
    init(in environment: borrowing Environment) throws(LMDBError) {
        unsafe handle = try beginTransaction(in: environment.handle, flags: 0)
    }

    deinit { unsafe mdb_txn_abort(handle) }

    /// The value of a key, with the changes of this transaction; valid until the next change.
    ///
    /// - Returns: The bytes, or nil when the table has no such key.
    /// - Throws: ``LMDBError``.
    @_lifetime(borrow self)
    public func value<Key: TableKey>(of key: Key, in table: Table<Key>) throws(LMDBError) -> RawSpan? {
        guard let found = unsafe try lookUp(key, in: table.number, by: handle) else { return nil }
        return unsafe _overrideLifetime(RawSpan(_unsafeStart: found.mv_data, byteCount: found.mv_size), borrowing: self)
    }

    /// A cursor in front of the first key; nothing can be changed while it lives.
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

    /// Sets the value of a key, new or not.
    ///
    /// - Throws: ``LMDBError/mapFull`` among others; the transaction must then be given up.
    @_lifetime(self: copy self)
    public mutating func put<Key: TableKey>(_ value: RawSpan, at key: Key, in table: Table<Key>) throws(LMDBError) {
        let code = key.withKeyBytes { keySpan in
            unsafe value.withUnsafeBytes { bytes in
                let data = unsafe MDB_val(mv_size: bytes.count, mv_data: .init(mutating: bytes.baseAddress))
                return unsafe Self.put(keySpan, data, table.number, 0, by: handle).code
            }
        }
        try check(code)
    }

    /// Sets the value of a key to `byteCount` bytes that are written in place.
    ///
    /// - Parameters:
    ///   - key: The key; a value that it has already is replaced.
    ///   - byteCount: Bytes of the value, from 0.
    ///   - table: A table of the same environment.
    ///   - fill: Writes the value; bytes it leaves out are undefined.
    /// - Throws: ``LMDBError/mapFull`` among others; the transaction must then be given up.
    @_lifetime(self: copy self)
    public mutating func put<Key: TableKey>(
        at key: Key, byteCount: Int, in table: Table<Key>, _ fill: (inout MutableRawSpan) -> Void
    ) throws(LMDBError) {
        try reserve(key, byteCount, table, flags: UInt32(MDB_RESERVE), fill)
    }

    /// Adds a key behind the last one, with a value of `byteCount` bytes that is written in place.
    ///
    /// - Parameters:
    ///   - key: The key; greater than every key of the table.
    ///   - byteCount: Bytes of the value, from 0.
    ///   - table: A table of the same environment.
    ///   - fill: Writes the value; bytes it leaves out are undefined.
    /// - Throws: ``LMDBError/outOfOrder`` when the key is not behind the last one; ``LMDBError/mapFull``.
    @_lifetime(self: copy self)
    public mutating func append<Key: TableKey>(
        _ key: Key, byteCount: Int, to table: Table<Key>, _ fill: (inout MutableRawSpan) -> Void
    ) throws(LMDBError) {
        do {
            try reserve(key, byteCount, table, flags: UInt32(MDB_APPEND | MDB_RESERVE), fill)
        } catch .keyExists {
            throw .outOfOrder
        }
    }

    @_lifetime(self: copy self)
    private mutating func reserve<Key: TableKey>(
        _ key: Key, _ byteCount: Int, _ table: Table<Key>, flags: UInt32, _ fill: (inout MutableRawSpan) -> Void
    ) throws(LMDBError) {
        let room = unsafe MDB_val(mv_size: byteCount, mv_data: nil)
        let (code, place) = unsafe key.withKeyBytes { span in
            unsafe Self.put(span, room, table.number, flags, by: handle)
        }
        try check(code)
        guard let place = unsafe place else { throw .corrupted }
        var span = unsafe MutableRawSpan(_unsafeStart: place, byteCount: byteCount)
        fill(&span)
    }

    /// Removes a key.
    ///
    /// - Returns: False when there was no such key.
    /// - Throws: ``LMDBError``.
    @discardableResult
    @_lifetime(self: copy self)
    public mutating func delete<Key: TableKey>(_ key: Key, from table: Table<Key>) throws(LMDBError) -> Bool {
        let code = key.withKeyBytes { span in
            unsafe span.withUnsafeBytes { bytes in
                var wanted = unsafe MDB_val(mv_size: bytes.count, mv_data: .init(mutating: bytes.baseAddress))
                return unsafe mdb_del(handle, table.number, &wanted, nil)
            }
        }
        if code == MDB_NOTFOUND { return false }
        try check(code)
        return true
    }

    /// Removes all keys of a table.
    ///
    /// - Throws: ``LMDBError``.
    @_lifetime(self: copy self)
    public mutating func deleteAll<Key: TableKey>(from table: Table<Key>) throws(LMDBError) {
        try check(unsafe mdb_drop(handle, table.number, 0))
    }

    /// Writes everything to disk and ends the transaction, whatever comes of it.
    consuming func commit() throws(LMDBError) {
        let handle = unsafe handle
        discard self
        switch unsafe mdb_txn_commit(handle) {
        case 0: return
        // A full map is noticed while pages are laid out, before the first byte is written.
        case MDB_MAP_FULL: throw .mapFull
        case let code: throw .commitFailed(code: code)
        }
    }

    func openTable<Key: TableKey>(_ name: String, flags: UInt32) throws(LMDBError) -> Table<Key> {
        Table(number: unsafe try openTableNumber(name, flags: flags, by: handle))
    }

    private static func put(
        _ key: RawSpan, _ value: MDB_val, _ table: UInt32, _ flags: UInt32, by handle: OpaquePointer
    ) -> (code: Int32, place: UnsafeMutableRawPointer?) {
        unsafe key.withUnsafeBytes { keyBytes in
            var keyValue = unsafe MDB_val(mv_size: keyBytes.count, mv_data: .init(mutating: keyBytes.baseAddress))
            var dataValue = unsafe value
            let code = unsafe mdb_put(handle, table, &keyValue, &dataValue, flags)
            return unsafe (code, dataValue.mv_data)
        }
    }
}
