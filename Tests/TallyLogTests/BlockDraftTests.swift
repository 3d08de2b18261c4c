import TallyBytes
import TallyLog
import Testing

@Suite struct BlockDraftTests {
    @Test func `a number is found by its source`() {
        let draft = BlockDraft(firstSequence: 1000)
        for (source, number) in [(1, 5), (1, 6), (2, 6), (1, 7), (1, 9)] as [(UInt32, UInt64)] {
            draft.noteRecord(offset: draft.records.count, source: source, number: number)
            draft.records.append(u64: number)
        }
        let expected: [(UInt32, UInt64, UInt64?)] = [
            (1, 5, 1000), (1, 6, 1001), (2, 6, 1002), (1, 7, 1003), (1, 8, nil), (1, 9, 1004), (1, 4, nil), (3, 6, nil),
        ]
        for (source, number, sequence) in expected {
            #expect(draft.findNumber(source: source, number: number) == sequence)
        }
        var runs: [SourceRun] = []
        draft.forEachRun { run, _ in runs.append(run) }
        #expect(runs.map(\.count) == [2, 1, 1, 1])
    }

    @Test func `records are read before they are durable`() {
        let draft = draft(["a", "", "ccc"], behind: .empty)
        #expect((0..<3).map { draft.record(at: $0).byteCount } == [1, 0, 3])
        #expect(draft.record(at: 2).u8(at: 0) == UInt8(ascii: "c"))
        #expect(draft.nextSequence == 4)
    }

    @Test func `a draft is empty after a reset`() {
        let draft = draft(["a", "b"], behind: .empty)
        draft.sealContent()
        draft.reset(firstSequence: 3)
        #expect(draft.isEmpty && draft.records.count == 0 && draft.nextSequence == 3)
        #expect(draft.findNumber(source: 1, number: 1) == nil)
        var runCount = 0
        draft.forEachRun { _, _ in runCount += 1 }
        #expect(runCount == 0)
    }
}
