import TallyLog

/// Where each source's events are, for those that no checkpoint holds yet.
///
/// One entry a batch of a source, and one for many batches when they follow each other without another source between.
struct RecentRuns {
    private var runs: [UInt32: [IndexedRun]] = [:]
    /// Entries in all, for the bound on memory.
    private(set) var count = 0

    /// Adds a run that became durable.
    mutating func add(_ run: SourceRun, firstSequence: UInt64) {
        var list = runs[run.source] ?? []
        runs[run.source] = nil
        if let last = list.last, last.run.firstNumber + UInt64(last.run.count) == run.firstNumber,
            last.firstSequence + UInt64(last.run.count) == firstSequence, last.run.count < UInt32.max - run.count
        {
            list[list.count - 1].run.count += run.count
        } else {
            list.append(IndexedRun(run: run, firstSequence: firstSequence))
            count += 1
        }
        runs[run.source] = list
    }

    /// The place of a source's event.
    func sequence(source: UInt32, number: UInt64) -> UInt64? {
        guard let list = runs[source] else { return nil }
        var (low, high) = (0, list.count)
        while low < high {
            let middle = (low + high) / 2
            if list[middle].run.firstNumber <= number { low = middle + 1 } else { high = middle }
        }
        guard low > 0, let index = list[low - 1].run.index(of: number) else { return nil }
        return list[low - 1].firstSequence + UInt64(index)
    }

    /// All entries, for a checkpoint, in the order of source and number.
    func all() -> [IndexedRun] { runs.keys.sorted().flatMap { runs[$0] ?? [] } }

    /// Forgets the entries that a checkpoint at `sequence` holds whole.
    mutating func forget(through sequence: UInt64) {
        for (source, list) in runs {
            let kept = list.filter { $0.firstSequence + UInt64($0.run.count) - 1 > sequence }
            count -= list.count - kept.count
            runs[source] = kept.isEmpty ? nil : kept
        }
    }
}
