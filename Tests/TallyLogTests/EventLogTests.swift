import Glibc
import LMDB
import TallyBytes
import TallyLog
import TallyTesting
import Testing

@Suite struct EventLogTests {
    @Test func `what was acknowledged is there after reopening`() throws {
        let fixture = try LogFixture(blocks: mixedBlocks)
        let log = try fixture.open()
        #expect(log.tip().sequence == UInt64(mixedBlocks.reduce(0, +)))
        #expect(try countRightRecords(log, check: .full) == mixedBlocks.reduce(0, +))
        _ = try LogContract.append(10, to: log)
        for sequence in log.tip().sequence - 20...log.tip().sequence {
            #expect(try log.read(sequence: sequence) { LogContract.isRecord($0, of: sequence) })
        }
    }

    @Test func `a log is created once`() throws {
        let fixture = try LogFixture(blocks: [])
        #expect(throws: LogError.alreadyExists(directory: fixture.directory.path)) {
            _ = try EventLog.create(directory: fixture.directory.path, ledgerID: .random())
        }
        #expect(throws: LogError.missing(directory: "/nowhere")) { _ = try EventLog.open(directory: "/nowhere") }
    }

    @Test func `an empty log keeps its ledger`() throws {
        let directory = TemporaryDirectory()
        let ledgerID = LedgerID.random()
        _ = try EventLog.create(directory: directory.path, ledgerID: ledgerID)
        let log = try EventLog.open(directory: directory.path)
        #expect(log.ledgerID == ledgerID && log.tip() == .empty)
    }

    @Test func `a log opened for reading takes no records`() throws {
        let fixture = try LogFixture(blocks: [3])
        let log = try fixture.open(isReadOnly: true)
        #expect(throws: LogError.unavailable(cause: "it was opened for reading only")) {
            _ = try LogContract.append(1, to: log)
        }
        #expect(try countRightRecords(log) == 3)
    }

    @Test func `an older copy of the log is refused`() throws {
        let fixture = try LogFixture(blocks: [5, 5])
        let old = FileBytes.read(fixture.dataFile)
        let oldTip = try fixture.open().tip()
        do { _ = try LogContract.append(5, to: fixture.open()) }
        FileBytes.write(old, to: fixture.dataFile)
        #expect { _ = try fixture.open() } throws: { error in
            guard case LogError.differsFromHead(let head, oldTip) = error else { return false }
            return head.sequence == 15
        }
        #expect(LogVerifier(directory: fixture.directory.path).verify().failure != nil)
    }

    @Test func `another history of the same length is refused`() throws {
        let fixture = try LogFixture(blocks: [5])
        let old = FileBytes.read(fixture.dataFile)
        let oldHead = FileBytes.read(fixture.layout.headPath)
        do { _ = try LogContract.append(5, to: fixture.open()) }
        let newHead = FileBytes.read(fixture.layout.headPath)
        FileBytes.write(old, to: fixture.dataFile)
        FileBytes.write(oldHead, to: fixture.layout.headPath)
        do {
            let log = try fixture.open()
            _ = try log.append(draft(["a", "b", "c", "d", "e"], behind: log.tip()), expecting: log.tip())
        }
        _ = try fixture.open()
        FileBytes.write(newHead, to: fixture.layout.headPath)
        #expect(throws: LogError.self) { _ = try fixture.open() }
    }

    @Test func `a log ahead of its head file is opened`() throws {
        let fixture = try LogFixture(blocks: [5])
        let head = FileBytes.read(fixture.layout.headPath)
        do { _ = try LogContract.append(5, to: fixture.open()) }
        FileBytes.write(head, to: fixture.layout.headPath)
        #expect(try fixture.open().tip().sequence == 10)
    }

    @Test func `a missing head file is refused and can be made again`() throws {
        let fixture = try LogFixture(blocks: [5])
        unsafe _ = unlink(fixture.layout.headPath)
        #expect(throws: LogError.headMissing(path: fixture.layout.headPath)) { _ = try fixture.open() }
        #expect(LogVerifier(directory: fixture.directory.path).verify().tip.sequence == 5)
        #expect(try EventLog.rebuildHead(directory: fixture.directory.path).sequence == 5)
        #expect(try fixture.open().tip().sequence == 5)
    }

    @Test func `a torn head slot leaves the other one`() throws {
        let fixture = try LogFixture(blocks: [5, 5, 5])
        for slot in 0...1 {
            FileBytes.flip(bit: 3, at: 128 * slot + 30, of: fixture.layout.headPath)
            #expect(try fixture.open().tip().sequence == 15)
            FileBytes.flip(bit: 3, at: 128 * slot + 30, of: fixture.layout.headPath)
        }
    }

    @Test func `a second opening in one process is refused`() throws {
        let fixture = try LogFixture(blocks: [1])
        let log = try fixture.open()
        #expect(throws: LogError.self) { _ = try fixture.open(isReadOnly: true) }
        #expect(log.tip().sequence == 1)
    }

    @Test func `a truncated log is refused without a signal`() throws {
        let fixture = try LogFixture(blocks: mixedBlocks)
        let size = try #require(FileBytes.size(of: fixture.dataFile))
        for length in [size - 1, size - 4096, size / 2, 3 * 4096, 8192, 4096, 100, 0] {
            unsafe _ = truncate(fixture.dataFile, length)
            #expect(throws: LogError.self, "\(length) bytes") { _ = try fixture.open() }
            #expect(!LogVerifier(directory: fixture.directory.path).verify().isSound)
        }
    }

    /// A disk that refuses one write: here the limit on the size of a file, which LMDB meets as an I/O error.
    @Test func `after a failed append the log refuses more but still reads`() async {
        await #expect(processExitsWith: .success) {
            let fixture = try LogFixture(blocks: [5])
            let log = try fixture.open()
            _ = signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: rlim_t(FileBytes.size(of: fixture.dataFile)!), rlim_max: .max)
            unsafe _ = setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            #expect(throws: LogError.self) { _ = try LogContract.append(5000, to: log) }
            limit.rlim_cur = .max
            unsafe _ = setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            #expect(log.failure != nil)
            #expect(throws: LogError.self) { _ = try LogContract.append(1, to: log) }
            #expect(try countRightRecords(log) == 5)
        }
    }
}
