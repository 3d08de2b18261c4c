import TallyBytes
import TallyDecisions
import TallyLog

/// All records so far: the block being filled, the one being written, and the log.
///
/// A value of references, made for one decision: it is used on the engine's thread only.
struct History: RecordSource {
    let filling: OpenBlock
    let writing: OpenBlock?
    let log: any RecordLog
    let store: StateStore
    let recent: RecentRuns

    func withRecord(_ sequence: UInt64, _ body: (RawSpan) -> Void) {
        if sequence >= filling.draft.firstSequence {
            lend(sequence, of: filling.draft, body)
            return
        }
        if let writing, sequence >= writing.draft.firstSequence {
            lend(sequence, of: writing.draft, body)
            return
        }
        // A record that cannot be read is as good as none: the command that needs it is refused, not guessed at.
        try? log.read(sequence: sequence) { body($0) }
    }

    private func lend(_ sequence: UInt64, of draft: BlockDraft, _ body: (RawSpan) -> Void) {
        // A command may name any number, also one whose distance is beyond `Int`.
        guard sequence < draft.nextSequence else { return }
        body(draft.record(at: Int(sequence - draft.firstSequence)))
    }

    func sequence(source: UInt32, number: UInt64) -> UInt64? {
        if let found = filling.draft.findNumber(source: source, number: number) { return found }
        if let found = writing?.draft.findNumber(source: source, number: number) { return found }
        if let found = recent.sequence(source: source, number: number) { return found }
        guard let found = try? store.findRun(source: source, number: number), let index = found.run.index(of: number)
        else {
            return nil
        }
        return found.firstSequence + UInt64(index)
    }
}

extension Pipeline {
    /// All records so far.
    var history: History {
        History(
            filling: filling, writing: writing, log: services.log, store: services.store, recent: recent)
    }
}
