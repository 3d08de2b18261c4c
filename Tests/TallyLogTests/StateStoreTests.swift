import Glibc
import TallyBytes
import TallyLog
import TallyTesting
import Testing

@Suite struct StateStoreTests {
    let directory = TemporaryDirectory()
    let checkpoint = Checkpoint(
        position: LogPosition(
            sequence: 42, blockHash: SHA256Digest(hex: String(repeating: "ab", count: 32))!, recordedAt: 99),
        digest: SHA256Digest(hex: String(repeating: "cd", count: 32))!,
        tables: [.init(id: 3, byteCount: 150_000), .init(id: 9, byteCount: 0), .init(id: 12, byteCount: 65_536)])
    let runs = [
        IndexedRun(run: SourceRun(source: 7, count: 10, firstNumber: 1), firstSequence: 1),
        IndexedRun(run: SourceRun(source: 7, count: 5, firstNumber: 11), firstSequence: 20),
        IndexedRun(run: SourceRun(source: 256, count: 1, firstNumber: 300), firstSequence: 30),
    ]

    func save(_ store: StateStore, salt: UInt8 = 0) throws {
        try store.save(checkpoint, runs: runs) { put in
            for table in checkpoint.tables {
                for index in 0..<UInt32(table.chunkCount) {
                    let left = Int(table.byteCount) - Int(index) * Checkpoint.chunkBytes
                    let bytes = [UInt8](repeating: UInt8(index) &+ salt, count: min(left, Checkpoint.chunkBytes))
                    try unsafe put(table.id, index, bytes.span.bytes)
                }
            }
        }
    }

    /// Everything that a load lends, as text.
    func load(_ store: StateStore) throws -> [String] {
        var lines: [String] = []
        let loaded = try store.load {
            lines.append("\($0.tables.count) tables")
        } takeChunk: { table, index, bytes in
            lines.append("\(table).\(index): \(bytes.byteCount) × \(bytes.u8(at: bytes.byteCount - 1))")
        }
        if let loaded { #expect(loaded == checkpoint) }
        return lines
    }

    @Test func `what is saved is loaded after reopening`() throws {
        do { try save(StateStore(directory: directory.path)) }
        let store = try StateStore(directory: directory.path)
        #expect(try store.checkpoint() == checkpoint)
        #expect(
            try load(store) == ["3 tables", "3.0: 65536 × 0", "3.1: 65536 × 1", "3.2: 18928 × 2", "12.0: 65536 × 0"])
        try save(store, salt: 5)
        #expect(try load(store).last == "12.0: 65536 × 5")
    }

    @Test func `nothing is loaded when nothing is saved, or after erasing`() throws {
        let store = try StateStore(directory: directory.path)
        #expect(try load(store).isEmpty && store.checkpoint() == nil)
        try save(store)
        try store.erase()
        #expect(try load(store).isEmpty)
        #expect(try store.findRun(source: 7, number: 1) == nil)
    }

    @Test func `a failed save leaves the one before`() throws {
        struct Stop: Error {}
        let store = try StateStore(directory: directory.path)
        try save(store)
        #expect(throws: Stop.self) {
            try store.save(checkpoint, runs: []) { put in
                let bytes: [UInt8] = [1, 2, 3]
                try unsafe put(3, 0, bytes.span.bytes)
                throw Stop()
            }
        }
        #expect(try load(store)[1] == "3.0: 65536 × 0")
    }

    @Test func `a run is found by any of its numbers`() throws {
        let store = try StateStore(directory: directory.path)
        try save(store)
        let expected: [(UInt32, UInt64, Int?)] = [
            (7, 1, 0), (7, 10, 0), (7, 11, 1), (7, 15, 1), (7, 16, nil), (256, 300, 2), (256, 299, nil), (6, 1, nil),
            (8, 1, nil), (7, 0, nil),
        ]
        for (source, number, index) in expected {
            #expect(try store.findRun(source: source, number: number) == index.map { runs[$0] }, "\(source) \(number)")
        }
    }

    @Test func `a flipped bit in saved state is found or harmless`() throws {
        do { try save(StateStore(directory: directory.path)) }
        let file = DataLayout(directory: directory.path).stateDirectory + "/data.mdb"
        let size = try #require(FileBytes.size(of: file))
        let seed = UInt64.random(in: .min ... .max)
        print("flipped bits in saved state: seed \(seed)")
        var random = SeededRandom(seed: seed)
        var found = 0
        for _ in 0..<300 {
            let (offset, bit) = (Int(random.next(below: UInt64(size))), UInt8(random.next(below: 8)))
            FileBytes.flip(bit: bit, at: offset, of: file)
            defer { FileBytes.flip(bit: bit, at: offset, of: file) }
            do {
                let store = try StateStore(directory: directory.path, isReadOnly: true)
                #expect(try load(store).count == 5, "seed \(seed): bit \(bit) of byte \(offset)")
                for run in runs {
                    #expect(try store.findRun(source: run.run.source, number: run.run.firstNumber) == run)
                }
            } catch is StateStoreError { found += 1 }
        }
        #expect(found > 100, "seed \(seed)")
    }

    @Test func `files that cannot be opened can be deleted`() throws {
        do { try save(StateStore(directory: directory.path)) }
        let file = DataLayout(directory: directory.path).stateDirectory + "/data.mdb"
        FileBytes.flip(bit: 1, at: 16, of: file)
        FileBytes.flip(bit: 1, at: 4096 + 16, of: file)
        #expect(throws: StateStoreError.self) { _ = try StateStore(directory: directory.path) }
        try StateStore.deleteFiles(directory: directory.path)
        #expect(try load(StateStore(directory: directory.path)).isEmpty)
    }
}
