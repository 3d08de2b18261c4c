import Glibc
import LMDB
import TallyTesting
import Testing

@Suite struct AuditTests {
    let directory = TemporaryDirectory()
    var file: String { directory.appending("data.mdb") }

    /// Tables with deep trees, long values, deletions and hence unused pages.
    func makeFile() throws {
        let environment = try Environment(
            directory: directory.path, options: EnvironmentOptions(mayCreate: true))
        let small: Table<UInt64> = try environment.openTable("small")
        let large: Table<UInt64> = try environment.openTable("large")
        for round in UInt64(0)..<4 {
            try environment.write { transaction in
                for key in UInt64(0)..<4000 where key % 4 == round || round == 3 {
                    try transaction.put((key &* round).bytes.span.rawBytes, at: key, in: small)
                }
                for key in UInt64(0)..<20 {
                    try transaction.put(at: key, byteCount: 9000, in: large) { $0.fill(UInt8(key)) }
                }
                for key in stride(from: UInt64(0), to: 4000, by: 9) { try transaction.delete(key, from: small) }
            }
        }
    }

    @Test func `a sound file passes`() throws {
        try makeFile()
        let environment = try Environment(directory: directory.path)
        let report = try environment.audit(.everything)
        #expect(report.tableCount == 2)
        #expect(report.pagesFree > 0)
        let lastPage = try environment.statistics().lastPage
        #expect(report.pagesInUse + report.pagesFree == Int(lastPage) + 1, "every page is accounted for")
    }

    @Test func `an empty environment passes`() throws {
        let environment = try Environment(
            directory: directory.path, options: EnvironmentOptions(mayCreate: true))
        #expect(try environment.audit(.everything).pagesInUse == 2)
    }

    @Test func `a truncated file is refused before it is mapped, wherever it ends`() throws {
        try makeFile()
        let size = try #require(FileBytes.size(of: file))
        for length in stride(from: size - 4096, through: 0, by: -max(4096, size / 4096 / 20 * 4096)) + [100, 0] {
            unsafe _ = truncate(file, length)
            #expect(throws: LMDBError.self, "\(length) of \(size) bytes") {
                let environment = try Environment(directory: directory.path)
                try environment.audit(.everything)
            }
        }
    }

    /// A flipped bit in a key, a page header, a meta page or the list of unused pages is found, or it is in a value
    /// or in a byte that nobody reads.
    ///
    /// LMDB must survive whatever passes.
    @Test func `no flipped bit makes a walk crash`() throws {
        try makeFile()
        let seed = UInt64.random(in: .min ... .max)
        print("flipped bits in LMDB pages: seed \(seed)")
        var random = SeededRandom(seed: seed)
        let size = try #require(FileBytes.size(of: file))
        var found = 0
        for _ in 0..<600 {
            let (offset, bit) = (Int(random.next(below: UInt64(size))), UInt8(random.next(below: 8)))
            FileBytes.flip(bit: bit, at: offset, of: file)
            defer { FileBytes.flip(bit: bit, at: offset, of: file) }
            do { try walkEverything() } catch is LMDBError { found += 1 }
        }
        #expect(found > 20, "seed \(seed)")
    }

    private func walkEverything() throws {
        let environment = try Environment(directory: directory.path, options: EnvironmentOptions(isReadOnly: true))
        try environment.audit(.everything)
        for name in ["small", "large"] {
            let table: Table<UInt64> = try environment.openTable(name)
            try environment.read { transaction in
                var cursor = try transaction.cursor(over: table)
                var sum: UInt64 = 0
                while try cursor.next() {
                    for offset in 0..<cursor.value.byteCount {
                        sum &+= UInt64(unsafe cursor.value.unsafeLoad(fromByteOffset: offset, as: UInt8.self))
                    }
                }
                #expect(sum != 1)
            }
        }
    }
}
