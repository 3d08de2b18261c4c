internal import TallyBytes

extension BlockDraft {
    /// A record that is not durable yet; valid until the next change of the draft.
    ///
    /// - Parameter index: 0..<``recordCount``.
    /// - Returns: The record's bytes in place.
    @_lifetime(borrow self)
    public func record(at index: Int) -> RawSpan {
        precondition(index >= 0 && index < recordCount, "A draft has no record of this index.")
        let start = tables.offset(at: index)
        let end = index + 1 == recordCount ? records.count : tables.offset(at: index + 1)
        let record = records.bytes.extracting(start..<end)
        return unsafe _overrideLifetime(record, borrowing: self)
    }

    /// Where a source's event is, when it is in this draft.
    ///
    /// - Returns: Its sequence, or nil.
    public func findNumber(source: UInt32, number: UInt64) -> UInt64? {
        var sequence = firstSequence
        for index in 0..<tables.runCount {
            let run = tables.run(at: index)
            if run.source == source, let place = run.index(of: number) { return sequence + UInt64(place) }
            sequence += UInt64(run.count)
        }
        return nil
    }

    /// Calls `body` with every run and the sequence of its first record.
    public func forEachRun(_ body: (_ run: SourceRun, _ firstSequence: UInt64) throws -> Void) rethrows {
        var sequence = firstSequence
        for index in 0..<tables.runCount {
            let run = tables.run(at: index)
            try body(run, sequence)
            sequence += UInt64(run.count)
        }
    }
}
