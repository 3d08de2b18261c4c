internal import LMDB
internal import TallyBytes

/// Looks at every byte of a log that matters, and at its head file.
///
/// It works on a log that cannot be opened any more, beside the program that writes, and on any garbage: before
/// LMDB follows a page, that page was audited.
public struct LogVerifier: Sendable {
    /// What a verification found.
    public struct Report: Sendable, Hashable {
        /// Sound blocks, from the first one on.
        public var blockCount: UInt64 = 0
        /// Records in them.
        public var recordCount: UInt64 = 0
        /// Where the sound part ends.
        public var tip = LogPosition.empty
        /// The ledger, when anything says which.
        public var ledgerID: LedgerID?
        /// The end as the head file has it; nil when it is missing or unreadable.
        public var head: LogPosition?
        /// What is wrong; nil in a sound log.
        public var failure: LogError?

        /// True when everything is as it was written.
        public var isSound: Bool { failure == nil }
        /// The first sequence that cannot be trusted, when the log is damaged.
        public var firstBadSequence: UInt64? {
            if case .corrupt(let sequence, _) = failure { sequence } else { nil }
        }
    }

    private let layout: DataLayout

    /// A verifier of the log of a data directory.
    public init(directory: String) { layout = DataLayout(directory: directory) }

    /// Verifies the log: its pages, the chain of its blocks, every hash, and the head file.
    ///
    /// - Returns: What was found; damage is a result, not an error.
    public func verify() -> Report {
        var report = Report()
        do {
            let slot = try? HeadFile.read(path: layout.headPath).slot
            (report.head, report.ledgerID) = (slot?.position, slot?.ledgerID)
            try scan(&report, head: slot)
            try compareWithHead(report)
        } catch {
            report.failure = LogError(opening: error)
        }
        return report
    }

    private func scan(_ report: inout Report, head: HeadSlot?) throws {
        let options = EnvironmentOptions(mapSizeBytes: EventLog.mapSizeBytes, tablesMax: 2, isReadOnly: true)
        let environment = try Environment(directory: layout.logDirectory, options: options)
        try environment.audit(.everything)
        let blocks: Table<UInt64> = try environment.openTable("blocks")
        let end = try environment.read { transaction in try LogScan.end(of: blocks, in: transaction) }
        guard let end else { return }
        let ledgerID = head?.ledgerID ?? end.ledgerID
        report.ledgerID = ledgerID
        let scan = LogScan(environment: environment, blocks: blocks, ledgerID: ledgerID, check: .full)
        try scan.run(from: 1, through: end.lastSequence) { block in
            if let head, block.header.lastSequence == head.position.sequence, block.blockHash != head.position.blockHash
            {
                throw LogError.differsFromHead(head: head.position, log: block.position)
            }
            report.blockCount += 1
            report.recordCount += UInt64(block.recordCount)
            report.tip = block.position
            return true
        }
    }

    private func compareWithHead(_ report: Report) throws(LogError) {
        guard let head = report.head else {
            if report.tip.sequence > 0 { throw .headMissing(path: layout.headPath) }
            return
        }
        if head.sequence > report.tip.sequence { throw .differsFromHead(head: head, log: report.tip) }
    }
}
