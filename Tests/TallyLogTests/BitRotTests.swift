import Glibc
import TallyBytes
import TallyLog
import TallyTesting
import Testing

@Suite struct BitRotTests {
    /// One bit of `data.mdb` flips on the disk: in a record, a table of a block, a header, a page of LMDB, or where
    /// nobody looks.
    ///
    /// A verification, an opening, a scan and a random read must each give true records or an error.
    @Test func `a flipped bit is found or harmless, anywhere in the file`() throws {
        let fixture = try LogFixture(blocks: mixedBlocks)
        let size = try #require(FileBytes.size(of: fixture.dataFile))
        let total = mixedBlocks.reduce(0, +)
        let seed = UInt64.random(in: .min ... .max)
        print("flipped bits in a log: seed \(seed)")
        var random = SeededRandom(seed: seed)
        var found = 0
        for _ in 0..<600 {
            let (offset, bit) = (Int(random.next(below: UInt64(size))), UInt8(random.next(below: 8)))
            FileBytes.flip(bit: bit, at: offset, of: fixture.dataFile)
            defer { FileBytes.flip(bit: bit, at: offset, of: fixture.dataFile) }
            let report = LogVerifier(directory: fixture.directory.path).verify()
            if !report.isSound { found += 1 }
            #expect(report.isSound || report.failure != nil)
            let right = readEverything(fixture, total: total, sequence: random.next(below: UInt64(total)) + 1)
            #expect(report.isSound ? right == total : right >= -1, "seed \(seed): bit \(bit) of byte \(offset)")
        }
        #expect(found > 300, "most of the file is records; seed \(seed)")
        #expect(LogVerifier(directory: fixture.directory.path).verify().recordCount == UInt64(total))
    }

    /// - Returns: The number of records read, all true; or -1 when the log said that it is damaged.
    private func readEverything(_ fixture: LogFixture, total: Int, sequence: UInt64) -> Int {
        do {
            let log = try fixture.open(isReadOnly: true)
            do {
                #expect(try log.read(sequence: sequence) { LogContract.isRecord($0, of: sequence) })
            } catch is LogError {}
            let right = try countRightRecords(log)
            #expect(right == total, "a scan that ends lent only true records")
            return right
        } catch {
            #expect(error is LogError)
            return -1
        }
    }

    @Test func `the first bad sequence is named`() throws {
        let fixture = try LogFixture(blocks: [40, 50, 60])
        let bytes = FileBytes.read(fixture.dataFile)
        let sequence: UInt64 = 77
        let offset = try #require(firstOffset(of: sequence &* 0x9E37_79B9_7F4A_7C15, in: bytes))
        FileBytes.flip(bit: 0, at: offset, of: fixture.dataFile)
        let report = LogVerifier(directory: fixture.directory.path).verify()
        #expect(report.firstBadSequence == 41)
        #expect(report.tip.sequence == 40 && report.blockCount == 1)
        let log = try fixture.open(isReadOnly: true)
        #expect(throws: LogError.self) { try log.read(sequence: 80) { _ in } }
        #expect(try log.read(sequence: 40) { LogContract.isRecord($0, of: 40) })
        #expect(try log.read(sequence: 100) { LogContract.isRecord($0, of: 100) })
    }

    private func firstOffset(of word: UInt64, in bytes: [UInt8]) -> Int? {
        (0...bytes.count - 8).first { unsafe bytes.span.bytes.u64(at: $0) == word }
    }
}
