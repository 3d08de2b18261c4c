internal import LMDB
internal import TallyBytes

/// The state computed from the log, saved so that a start need not replay everything.
///
/// One transaction saves a position of the log and exactly the state there, so what is loaded is always whole. It
/// is disposable: with any ``StateStoreError`` the caller erases it and replays the log. The index of runs lives
/// here too: where in the log a source's event of some number is.
///
/// Every chunk and every run carries a CRC-32C, because LMDB 0.9 has none.
public final class StateStore: Sendable {
    /// Where the state is.
    public let layout: DataLayout

    let environment: Environment
    /// Key 0: the ``Checkpoint``.
    let about: Table<UInt64>
    /// Key: table times 2³² plus index of the chunk.
    let chunks: Table<UInt64>
    /// One entry a run.
    let runs: Table<RunKey>

    static let checkpointKey: UInt64 = 0

    /// Opens the state of a data directory, and makes an empty one when there is none.
    ///
    /// - Parameters:
    ///   - directory: The data directory.
    ///   - isReadOnly: True to look only.
    /// - Throws: ``StateStoreError``.
    public init(directory: String, isReadOnly: Bool = false) throws(StateStoreError) {
        layout = DataLayout(directory: directory)
        let code = isReadOnly ? 0 : DataLayout.makeDirectory(layout.stateDirectory)
        guard code == 0 else { throw .unavailable(cause: String(describing: LMDBError.system(errno: code))) }
        do {
            let options = EnvironmentOptions(
                mapSizeBytes: 1 << 40, tablesMax: 4, mayCreate: !isReadOnly, isReadOnly: isReadOnly)
            environment = try Environment(directory: layout.stateDirectory, options: options)
            try environment.audit(.affordable)
            about = try environment.openTable("about")
            chunks = try environment.openTable("chunks")
            runs = try environment.openTable("runs")
        } catch {
            throw StateStoreError(error)
        }
    }

    static func chunkKey(table: UInt16, index: UInt32) -> UInt64 { UInt64(table) << 32 | UInt64(index) }
}

extension StateStoreError {
    /// The error of a failed operation on the environment.
    init(_ error: any Error) {
        switch error {
        case let error as StateStoreError: self = error
        case let error as LMDBError where error.isDamage: self = .damaged(what: error.description)
        default: self = .unavailable(cause: String(describing: error))
        }
    }
}
