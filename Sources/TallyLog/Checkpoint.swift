public import TallyBytes

/// What is saved beside the bytes of all tables, so that a start can go on from there.
public struct Checkpoint: Sendable, Hashable {
    /// The bytes of one chunk of a table; the last chunk of a table may be shorter.
    public static let chunkBytes = 65_536
    /// The most tables of one checkpoint.
    public static let tablesMax = 256

    /// One table and its length.
    public struct TableSize: Sendable, Hashable {
        /// Which table; the caller's numbering.
        public var id: UInt16
        /// The length of the table in bytes.
        public var byteCount: UInt64

        /// A table and its length.
        public init(id: UInt16, byteCount: UInt64) {
            self.id = id
            self.byteCount = byteCount
        }

        /// The number of chunks that hold it.
        public var chunkCount: UInt64 { byteCount / UInt64(chunkBytes) + (byteCount % UInt64(chunkBytes) > 0 ? 1 : 0) }
    }

    /// Up to where the log is contained in the state.
    public var position: LogPosition
    /// The digest of the whole state, computed by the caller.
    public var digest: SHA256Digest
    /// All tables, also unchanged ones.
    public var tables: [TableSize]

    /// A checkpoint.
    public init(position: LogPosition, digest: SHA256Digest, tables: [TableSize]) {
        self.position = position
        self.digest = digest
        self.tables = tables
    }
}

/// A run of a source and where the log has it.
public struct IndexedRun: Sendable, Hashable {
    /// The run.
    public var run: SourceRun
    /// The sequence of its first record.
    public var firstSequence: UInt64

    /// A run and its place.
    public init(run: SourceRun, firstSequence: UInt64) {
        self.run = run
        self.firstSequence = firstSequence
    }
}
