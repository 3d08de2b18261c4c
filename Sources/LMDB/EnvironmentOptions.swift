/// How an environment is opened.
public struct EnvironmentOptions: Sendable {
    /// The virtual size of the map in bytes: the most the file can grow to before ``Environment/grow(to:)``.
    ///
    /// It costs address space, not memory or disk; when the address space is scarce a smaller map is taken.
    public var mapSizeBytes: Int
    /// The most tables that will be opened.
    public var tablesMax: Int
    /// True when a missing environment may be made; false makes a missing or empty one an error.
    public var mayCreate: Bool
    /// True to forbid writing.
    public var isReadOnly: Bool
    /// True to work without a lock file, for a copy on read-only storage that nobody writes to.
    public var isWithoutLocks: Bool
    /// When a commit is on disk.
    public var syncMode: SyncMode

    /// When a commit counts as done.
    public enum SyncMode: Sendable {
        /// After the disk has confirmed it.
        case durable
        /// Before anything has reached the disk: a power cut destroys the whole file. Only for tests that prove
        /// that they would notice.
        case unsafeNoSyncLosesDataOnPowerCutTestsOnly
    }

    /// Options for a durable environment.
    ///
    /// - Parameters:
    ///   - mapSizeBytes: See ``mapSizeBytes``; default 1 GiB.
    ///   - tablesMax: The most tables that will be opened; default 8.
    ///   - mayCreate: True when a missing environment may be made; default false.
    ///   - isReadOnly: True to forbid writing; default false.
    ///   - isWithoutLocks: True to work without a lock file; only for a copy that nobody writes to. Default false.
    ///   - syncMode: When a commit counts as done; default after the disk has confirmed it.
    public init(
        mapSizeBytes: Int = 1 << 30,
        tablesMax: Int = 8,
        mayCreate: Bool = false,
        isReadOnly: Bool = false,
        isWithoutLocks: Bool = false,
        syncMode: SyncMode = .durable
    ) {
        self.mapSizeBytes = mapSizeBytes
        self.tablesMax = tablesMax
        self.mayCreate = mayCreate
        self.isReadOnly = isReadOnly
        self.isWithoutLocks = isWithoutLocks
        self.syncMode = syncMode
    }
}
