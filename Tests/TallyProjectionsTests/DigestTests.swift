import TallyBytes
import TallyModel
import TallyProjections
import TallyTables
import TallyTesting
import Testing

@Suite("Digest and checkpoint")
struct DigestTests {
    private let seed = UInt64.random(in: 0..<1_000_000_000)
    private let script: RecordScript

    init() {
        print("digests: seed \(seed)")
        script = RecordScript.drawn(seed: seed, count: 3_000)
    }

    @Test func `two states with one history have one digest, and no two places share it`() throws {
        var first = ProgrammeState()
        var second = ProgrammeState()
        var digests: Set<SHA256Digest> = []
        for record in script.records.prefix(300) {
            try unsafe first.apply(record.span.bytes, sequence: first.sequence + 1)
            try unsafe second.apply(record.span.bytes, sequence: second.sequence + 1)
            let digest = first.digest()
            #expect(second.digest() == digest, "seed \(seed)")
            digests.insert(digest)
        }
        #expect(digests.count == 300)
    }

    /// A live engine hashes only what changed since its last checkpoint.
    @Test func `a digest of the changed chunks is the digest of everything`() throws {
        var state = ProgrammeState()
        var digest = StateDigest()
        for (index, record) in script.records.enumerated() {
            try unsafe state.apply(record.span.bytes, sequence: UInt64(index + 1))
            guard index % 500 == 0 else { continue }
            for table in StateTable.allCases {
                state.withMutableMemory(of: table) { memory in
                    digest.setByteCount(memory.byteCount, of: table)
                    for chunk in 0..<memory.chunkCount where memory.isChanged(chunk: chunk) {
                        digest.note(memory.chunk(chunk), chunk: chunk, of: table)
                    }
                    memory.clearChanged()
                }
            }
            #expect(digest.value(sequence: state.sequence) == state.digest(), "seed \(seed), record \(index + 1)")
        }
    }

    @Test func `a state loaded from its chunks goes on as the one that was saved`() throws {
        var saved = ProgrammeState()
        try RecordScript.drawn(seed: seed, count: 2_000).apply(to: &saved)
        var loaded = ProgrammeState()
        for table in StateTable.allCases {
            saved.withMemory(of: table) { memory in
                loaded.withMutableMemory(of: table) { target in
                    target.prepareToLoad(byteCount: memory.byteCount)
                    for chunk in 0..<memory.chunkCount {
                        let isLoaded = target.load(memory.chunk(chunk), chunk: chunk)
                        #expect(isLoaded)
                    }
                }
            }
        }
        loaded.finishLoading(sequence: saved.sequence)
        #expect(loaded.digest() == saved.digest(), "seed \(seed)")
        try script.apply(to: &saved)
        try script.apply(to: &loaded)
        #expect(loaded.digest() == saved.digest(), "seed \(seed)")
        #expect(throws: Never.self) { try loaded.checkInvariants() }
    }

    @Test func `invariants hold after every record`() throws {
        var state = ProgrammeState()
        for (index, record) in script.records.prefix(500).enumerated() {
            try unsafe state.apply(record.span.bytes, sequence: UInt64(index + 1))
            #expect(throws: Never.self, "seed \(seed), record \(index + 1)") { try state.checkInvariants() }
        }
    }
}
