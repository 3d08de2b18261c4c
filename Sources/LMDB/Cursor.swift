internal import CLMDB
internal import Glibc

/// A place in a table, moving over its keys in order.
@safe
public struct Cursor<Key: TableKey>: ~Copyable, ~Escapable {
    private let handle: OpaquePointer
    private var currentKey = unsafe MDB_val()
    private var currentValue = unsafe MDB_val()

    @_lifetime(immortal)
    init(opening table: UInt32, by transaction: OpaquePointer) throws(LMDBError) {
        unsafe handle = try Self.open(table, by: transaction)
    }

    deinit { unsafe mdb_cursor_close(handle) }

    private static func open(_ table: UInt32, by transaction: OpaquePointer) throws(LMDBError) -> OpaquePointer {
        var opened: OpaquePointer?
        try check(unsafe mdb_cursor_open(transaction, table, &opened))
        guard let handle = unsafe opened else { throw .system(errno: ENOMEM) }
        return unsafe handle
    }

    /// The key under the cursor; only after a move that returned true.
    ///
    /// - Returns: nil when the bytes are no such key, that is, when the file is damaged.
    public var key: Key? {
        unsafe Key(keyBytes: RawSpan(_unsafeStart: currentKey.mv_data, byteCount: currentKey.mv_size))
    }

    /// The value under the cursor; only after a move that returned true, and until the next move.
    public var value: RawSpan {
        @_lifetime(borrow self) get {
            let span = unsafe RawSpan(_unsafeStart: currentValue.mv_data, byteCount: currentValue.mv_size)
            return unsafe _overrideLifetime(span, borrowing: self)
        }
    }

    /// Moves to the first key.
    ///
    /// - Returns: False in an empty table.
    @_lifetime(self: copy self)
    public mutating func first() throws(LMDBError) -> Bool { try move(MDB_FIRST) }

    /// Moves to the last key.
    ///
    /// - Returns: False in an empty table.
    @_lifetime(self: copy self)
    public mutating func last() throws(LMDBError) -> Bool { try move(MDB_LAST) }

    /// Moves to the next key; to the first one at the start.
    ///
    /// - Returns: False at the end.
    @_lifetime(self: copy self)
    public mutating func next() throws(LMDBError) -> Bool { try move(MDB_NEXT) }

    /// Moves to the previous key; to the last one at the start.
    ///
    /// - Returns: False at the beginning.
    @_lifetime(self: copy self)
    public mutating func previous() throws(LMDBError) -> Bool { try move(MDB_PREV) }

    /// Moves to exactly this key.
    ///
    /// - Returns: False when there is none.
    @_lifetime(self: copy self)
    public mutating func seek(to key: Key) throws(LMDBError) -> Bool { try seek(key, MDB_SET_KEY) }

    /// Moves to the first key that is not smaller.
    ///
    /// - Returns: False when all are smaller.
    @_lifetime(self: copy self)
    public mutating func seek(toOrAfter key: Key) throws(LMDBError) -> Bool { try seek(key, MDB_SET_RANGE) }

    /// Moves to the last key that is not greater.
    ///
    /// - Returns: False when all are greater.
    @_lifetime(self: copy self)
    public mutating func seek(toOrBefore wanted: Key) throws(LMDBError) -> Bool {
        guard try seek(wanted, MDB_SET_RANGE) else { return try move(MDB_LAST) }
        return try isAt(wanted) ? true : move(MDB_PREV)
    }

    private func isAt(_ wanted: Key) -> Bool {
        let size = unsafe currentKey.mv_size
        guard let start = unsafe currentKey.mv_data else { return false }
        return wanted.withKeyBytes { span in
            unsafe span.byteCount == size && span.withUnsafeBytes { unsafe memcmp($0.baseAddress!, start, size) == 0 }
        }
    }

    @_lifetime(self: copy self)
    private mutating func move(_ operation: MDB_cursor_op) throws(LMDBError) -> Bool {
        var (key, value) = unsafe (MDB_val(), MDB_val())
        let code = unsafe mdb_cursor_get(handle, &key, &value, operation)
        return unsafe try arrive(code, key, value)
    }

    @_lifetime(self: copy self)
    private mutating func seek(_ wanted: Key, _ operation: MDB_cursor_op) throws(LMDBError) -> Bool {
        let handle = unsafe handle
        let (code, key, value) = unsafe wanted.withKeyBytes { span in
            unsafe span.withUnsafeBytes { bytes -> (Int32, MDB_val, MDB_val) in
                var key = unsafe MDB_val(mv_size: bytes.count, mv_data: .init(mutating: bytes.baseAddress))
                var value = unsafe MDB_val()
                let code = unsafe mdb_cursor_get(handle, &key, &value, operation)
                return unsafe (code, key, value)
            }
        }
        return unsafe try arrive(code, key, value)
    }

    @_lifetime(self: copy self)
    private mutating func arrive(_ code: Int32, _ key: MDB_val, _ value: MDB_val) throws(LMDBError) -> Bool {
        if code == MDB_NOTFOUND { return false }
        try check(code)
        unsafe (currentKey, currentValue) = unsafe (key, value)
        return true
    }
}
