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

    /// Usual bounds for the ledger in `dataDirectory`.
    public init(dataDirectory: String) { self.dataDirectory = dataDirectory }
}
