/// A handle of one table of an environment, and the type of its keys.
public struct Table<Key: TableKey>: Sendable {
    let number: UInt32
}

/// The size of one table.
public struct TableStatistics: Sendable, Hashable {
    /// The number of keys.
    public var entryCount: Int
    /// Levels of the tree; 0 for an empty table.
    public var depth: Int
    /// Pages that hold keys and pointers.
    public var branchPages: Int
    /// Pages that hold keys and values.
    public var leafPages: Int
    /// Pages that hold values too long for a leaf.
    public var overflowPages: Int
}
