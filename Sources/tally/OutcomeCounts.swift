import TallyBytes
import TallyCodec
import TallyModel

/// What became of many events.
struct OutcomeCounts: Sendable {
    var recorded = 0
    var repeated = 0
    var rejected: [UInt16: Int] = [:]
    /// Events that were not stored: conflicts, gaps, a daemon that stops.
    var refused: [UInt16: Int] = [:]

    /// Counts the outcomes of a batch in place.
    ///
    /// - Throws: `CodecError` when the bytes are no results.
    mutating func add(_ results: RawSpan) throws(CodecError) {
        typealias Entry = BatchResultsLayout.Outcomes
        let message = try Message(results, shape: BatchResultsLayout.shape)
        for index in 0..<message.firstGroup.count {
            let entry = message.firstGroup.offset + index * message.firstGroup.stride
            let code = results.u16(at: entry + Entry.code)
            if results.u8(at: entry + Entry.repeated) != 0 { repeated += 1 }
            switch results.u8(at: entry + Entry.status) {
            case Outcome.Status.recorded.rawValue: recorded += 1
            case Outcome.Status.rejected.rawValue: rejected[code, default: 0] += 1
            default: refused[code, default: 0] += 1
            }
        }
    }

    /// Adds the counts of another part of the work.
    mutating func add(_ other: OutcomeCounts) {
        recorded += other.recorded
        repeated += other.repeated
        rejected.merge(other.rejected, uniquingKeysWith: +)
        refused.merge(other.refused, uniquingKeysWith: +)
    }

    /// The events answered.
    var events: Int { recorded + rejectedCount + refusedCount }
    /// The events rejected by a rule.
    var rejectedCount: Int { rejected.values.reduce(0, +) }
    /// The events not stored.
    var refusedCount: Int { refused.values.reduce(0, +) }

    /// The counts with their names, the rejections by code.
    var lines: [(name: String, value: Int64)] {
        var lines = [("events", events), ("recorded", recorded), ("repeated", repeated), ("rejected", rejectedCount)]
        lines += OutcomeCounts.byCode("rejected", rejected)
        if !refused.isEmpty { lines += [("not_stored", refusedCount)] + OutcomeCounts.byCode("not_stored", refused) }
        return lines.map { (name: $0.0, value: Int64($0.1)) }
    }

    private static func byCode(_ what: String, _ counts: [UInt16: Int]) -> [(String, Int)] {
        counts.sorted { $0.key < $1.key }.map { code, count in
            ("\(what) \(code) \(Rejection(rawValue: code).map { "\($0)" } ?? "unknown")", count)
        }
    }
}
