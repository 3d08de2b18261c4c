internal import Glibc
internal import LMDB
internal import TallyBytes

extension EventLog {
    /// The map that is tried first.
    ///
    /// It is address space, not memory; where it is scarce LMDB gets less, and the map grows when it is full.
    static let mapSizeBytes = 1 << 40

    /// Bytes of a data file at most that may never have held a block: LMDB's own first pages, with room to spare.
    private static let unusedDataFileBytesMax = 64 * 1024

    /// True when there is a log in a directory.
    ///
    /// A program that is killed in the middle of ``create(directory:ledgerID:)`` leaves a data file without a block and
    /// without a head. That is a ledger that was never created. A data file with blocks is a log, whatever its head is.
    ///
    /// - Parameter directory: The data directory; no other program may have its log open.
    /// - Returns: False when there is nothing, or only a small data file without a block and without a readable head.
    /// - Throws: ``LogError`` when the data file cannot be read.
    public static func exists(directory: String) throws(LogError) -> Bool {
        let layout = DataLayout(directory: directory)
        var file = stat()
        guard unsafe stat(layout.logDirectory + "/data.mdb", &file) == 0 else {
            return unsafe access(layout.headPath, F_OK) == 0
        }
        if file.st_size > unusedDataFileBytesMax || (try? HeadFile.read(path: layout.headPath)) != nil { return true }
        let (environment, blocks) = try openEnvironment(layout, mayCreate: true, isReadOnly: false)
        return try lastHeader(environment, blocks) != nil
    }

    /// Creates the log of a new ledger, or finishes what was begun and never held a block.
    ///
    /// - Parameters:
    ///   - directory: The data directory; it is made when its parent is there.
    ///   - ledgerID: The identity of the ledger.
    /// - Returns: An empty log, open for writing.
    /// - Throws: ``LogError/alreadyExists(directory:)`` or ``LogError/unavailable(cause:)``.
    public static func create(directory: String, ledgerID: LedgerID) throws(LogError) -> EventLog {
        let layout = DataLayout(directory: directory)
        guard try !exists(directory: directory) else { throw .alreadyExists(directory: directory) }
        for path in [directory, layout.logDirectory] {
            try check(DataLayout.makeDirectory(path), "making \(path)")
        }
        let (environment, blocks) = try openEnvironment(layout, mayCreate: true, isReadOnly: false)
        let slot = HeadSlot(ledgerID: ledgerID, position: .empty, dataFileBytes: 0)
        let head = try HeadFile.create(path: layout.headPath, slot)
        for path in [layout.logDirectory, directory] {
            try check(DataLayout.syncDirectory(path), "syncing \(path)")
        }
        let opened = OpenedLog(
            ledgerID: ledgerID, environment: environment, blocks: blocks, tip: .empty, head: consume head)
        return EventLog(opened, layout: layout, isReadOnly: false)
    }

    /// Opens the log of a ledger and checks that it is the newest one.
    ///
    /// - Parameters:
    ///   - directory: The data directory.
    ///   - isReadOnly: True to read beside the program that writes.
    /// - Returns: The log, with its end checked against the head file.
    /// - Throws: ``LogError/missing(directory:)``, ``LogError/headMissing(path:)``,
    ///   ``LogError/differsFromHead(head:log:)``, ``LogError/corrupt(sequence:what:)`` or
    ///   ``LogError/unavailable(cause:)``.
    public static func open(directory: String, isReadOnly: Bool = false) throws(LogError) -> EventLog {
        let layout = DataLayout(directory: directory)
        guard unsafe access(layout.logDirectory + "/data.mdb", F_OK) == 0 else { throw .missing(directory: directory) }
        let (slot, newest) = try HeadFile.read(path: layout.headPath)
        let (environment, blocks) = try openEnvironment(layout, mayCreate: false, isReadOnly: isReadOnly)
        let tip = try checkedTip(environment, blocks, slot)
        let head = isReadOnly ? nil : try HeadFile.open(path: layout.headPath, newest: newest)
        let opened = OpenedLog(
            ledgerID: slot.ledgerID, environment: environment, blocks: blocks, tip: tip, head: head)
        return EventLog(opened, layout: layout, isReadOnly: isReadOnly)
    }

    /// Writes a new head file from what the log holds, after a verification found it sound.
    ///
    /// This is the remedy for a lost head file. It takes the log's word for where it ends, so it must be the
    /// operator's decision.
    ///
    /// - Returns: The end of the log.
    /// - Throws: ``LogError``.
    public static func rebuildHead(directory: String) throws(LogError) -> LogPosition {
        let layout = DataLayout(directory: directory)
        let (environment, blocks) = try openEnvironment(layout, mayCreate: false, isReadOnly: true)
        let last = try lastHeader(environment, blocks)
        guard let last else { throw .missing(directory: directory) }
        let slot = HeadSlot(ledgerID: last.ledgerID, position: last.position, dataFileBytes: 0)
        _ = try HeadFile.create(path: layout.headPath, slot)
        try check(DataLayout.syncDirectory(directory), "syncing \(directory)")
        return last.position
    }

    private static func check(_ code: Int32, _ what: String) throws(LogError) {
        guard code != 0 else { return }
        throw .unavailable(cause: unsafe "\(what): \(String(cString: strerror(code)))")
    }
}

// MARK: - Steps

extension EventLog {
    private static func openEnvironment(
        _ layout: DataLayout, mayCreate: Bool, isReadOnly: Bool
    ) throws(LogError) -> (Environment, Table<UInt64>) {
        do {
            let options = EnvironmentOptions(
                mapSizeBytes: mapSizeBytes, tablesMax: 2, mayCreate: mayCreate, isReadOnly: isReadOnly)
            let environment = try Environment(directory: layout.logDirectory, options: options)
            try environment.audit(.affordable)
            return (environment, try environment.openTable("blocks"))
        } catch {
            throw LogError(opening: error)
        }
    }

    /// The end of the log, when it agrees with the head file: the log may be ahead of it, never behind, and the
    /// block that the head names must be there.
    private static func checkedTip(
        _ environment: Environment, _ blocks: Table<UInt64>, _ slot: HeadSlot
    ) throws(LogError) -> LogPosition {
        let last = try lastHeader(environment, blocks)
        let tip = last?.position ?? .empty
        if let last, last.ledgerID != slot.ledgerID { throw .differsFromHead(head: slot.position, log: tip) }
        guard slot.position.sequence > 0 else { return tip }
        let atHead = try reading { () throws in
            try environment.read { transaction in
                var cursor = try transaction.cursor(over: blocks)
                guard try cursor.seek(toOrBefore: slot.position.sequence) else { return nil as LogPosition? }
                let header = try BlockHeader(of: cursor.value, blamedOn: cursor.key ?? 0)
                return BlockView(trusting: cursor.value, header: header).position
            }
        }
        guard let atHead, atHead.sequence == slot.position.sequence, atHead.blockHash == slot.position.blockHash else {
            throw .differsFromHead(head: slot.position, log: tip)
        }
        return tip
    }

    private static func lastHeader(
        _ environment: Environment, _ blocks: Table<UInt64>
    ) throws(LogError) -> (ledgerID: LedgerID, position: LogPosition)? {
        try reading { () throws in
            try environment.read { transaction in
                var cursor = try transaction.cursor(over: blocks)
                guard try cursor.last() else { return nil as (LedgerID, LogPosition)? }
                let key = cursor.key ?? 0
                let header = try BlockHeader(of: cursor.value, blamedOn: key)
                guard header.firstSequence == key else {
                    throw LogError.corrupt(
                        sequence: key, what: "a block of sequence \(header.firstSequence) in its place")
                }
                return (header.ledgerID, BlockView(trusting: cursor.value, header: header).position)
            }
        }
    }

    /// Runs `body` and turns errors of LMDB into errors of the log.
    static func reading<Result>(_ body: () throws -> Result) throws(LogError) -> Result {
        do { return try body() } catch { throw LogError(reading: error) }
    }
}
