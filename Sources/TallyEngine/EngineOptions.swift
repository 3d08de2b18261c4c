public import TallyDecisions

/// How an engine runs.
///
/// Every bound has a unit.
public struct EngineOptions: Sendable {
    /// Where the ledger lies; made when it is not there.
    public var dataDirectory: String
    /// Seconds between checkpoints while events arrive.
    public var checkpointSeconds = 10
    /// Records after which a checkpoint is taken before its time: what a restart replays at most, about a quarter of a
    /// second of work.
    public var checkpointRecords = 2_000_000
    /// Requests that may wait for the engine; a door that finds the queue full stops reading.
    public var queueRequestsMax = 1_024

    /// What moves the clock by which lots begin and end.
    public var clock = ClockSource.machine

    /// Reads the documents that are published; without one, no promotions can be.
    public var promotionReader: (any PromotionReader)?

    /// Usual bounds for the ledger in `dataDirectory`.
    public init(dataDirectory: String) { self.dataDirectory = dataDirectory }
}

/// What moves the clock by which lots begin and end.
public enum ClockSource: String, Sendable, CaseIterable {
    /// The machine's clock: lots end when their day does.
    case machine
    /// Commands alone: for a history that is loaded later than it happened, whose lots end between its receipts.
    case commands
}
