import Metrics

/// What the engine counts.
///
/// Names follow the habits of Prometheus; no label names a member or a till.
struct EngineMetrics: Sendable {
    private let records = Counter(label: "tally_events_appended_total")
    private let blocks = Counter(label: "tally_blocks_appended_total")
    private let bytes = Counter(label: "tally_record_bytes_appended_total")
    private let checkpoints = Counter(label: "tally_checkpoints_total")

    /// A block became durable.
    func wrote(records count: Int, bytes byteCount: Int) {
        records.increment(by: count)
        blocks.increment()
        bytes.increment(by: byteCount)
    }

    /// A checkpoint was saved.
    func savedCheckpoint() { checkpoints.increment() }
}
