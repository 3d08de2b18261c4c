import TallyLog
import TallyProjections
import TallyReplay
import TallyTables
import TallyTesting
import Testing

@Suite("Recovery")
struct RecoveryTests {
    @Test func `without a checkpoint the log is replayed from its first record`() throws {
        let fixture = try DataFixture()
        let found = try fixture.recover(EventLog.open(directory: fixture.directory.path))
        #expect(found.origin == .beginning(reason: "there is no checkpoint"))
        #expect(found.replayed == 200)
        #expect(found.isRight)
    }

    @Test(arguments: [UInt64(1), 100, 200])
    func `with a checkpoint only the tail is replayed`(record: UInt64) throws {
        let fixture = try DataFixture()
        let log = try EventLog.open(directory: fixture.directory.path)
        let end = try fixture.saveCheckpoint(log, through: record)
        let found = try fixture.recover(log)
        #expect(found.origin == .checkpoint(sequence: end))
        #expect(found.replayed == 200 - Int(end))
        #expect(found.isRight)
    }

    @Test func `a checkpoint whose tables do not have its digest is erased, and the log decides`() throws {
        let fixture = try DataFixture()
        let log = try EventLog.open(directory: fixture.directory.path)
        try fixture.saveCheckpoint(log, through: 100) { state in
            state.withMutableMemory(of: .members) { memory in
                var bytes = [UInt8](repeating: 0, count: memory.byteCount)
                bytes[8] = 1
                _ = unsafe memory.load(bytes.span.bytes, chunk: 0)
            }
        }
        let found = try fixture.recover(log)
        guard case .beginning(let reason) = found.origin else {
            Issue.record("The checkpoint was used.")
            return
        }
        #expect(reason.contains("digest"))
        #expect(found.isRight)
        // Its run index would answer for records that it does not know.
        #expect(try fixture.recover(log).origin == .beginning(reason: "there is no checkpoint"))
    }

    /// Bytes that would lead outside the tables are noticed by their digest before anybody follows them.
    @Test func `a checkpoint with places outside its texts is erased, not followed`() throws {
        let fixture = try DataFixture()
        let log = try EventLog.open(directory: fixture.directory.path)
        try fixture.saveCheckpoint(log, through: 100) { state in
            state.withMutableMemory(of: .members) { memory in
                let bytes = [UInt8](repeating: 0xFF, count: memory.byteCount)
                _ = unsafe memory.load(bytes.span.bytes, chunk: 0)
            }
        }
        #expect(try fixture.recover(log).isRight)
    }

    @Test func `a flipped bit in the saved state is noticed, and the log decides`() throws {
        let fixture = try DataFixture()
        try fixture.saveCheckpoint(EventLog.open(directory: fixture.directory.path), through: 100)
        let path = fixture.directory.appending("state/data.mdb")
        let bytes = FileBytes.read(path)
        // Names and ids are saved one behind the other, as they are in memory.
        let place = try #require(Self.find(Array("Store 1UTC".utf8), in: bytes))
        FileBytes.flip(bit: 0, at: place, of: path)
        let found = try fixture.recover(EventLog.open(directory: fixture.directory.path))
        #expect(found.isRight)
        guard case .beginning = found.origin else {
            Issue.record("The damaged checkpoint was used.")
            return
        }
    }

    /// The same records in another ledger have other hashes.
    @Test func `a checkpoint of another log is refused`() throws {
        let (mine, other) = (try DataFixture(), try DataFixture())
        let foreign = try EventLog.open(directory: other.directory.path)
        try mine.saveCheckpoint(foreign, through: 100)
        let found = try mine.recover(EventLog.open(directory: mine.directory.path))
        guard case .beginning(let reason) = found.origin else {
            Issue.record("The foreign checkpoint was used.")
            return
        }
        #expect(reason.contains("another log"))
        #expect(found.isRight)
    }

    @Test func `a checkpoint ahead of the log is refused`() throws {
        let (short, long) = (try DataFixture(count: 100), try DataFixture(count: 200))
        try short.saveCheckpoint(EventLog.open(directory: long.directory.path), through: 200)
        let found = try short.recover(EventLog.open(directory: short.directory.path))
        guard case .beginning(let reason) = found.origin else {
            Issue.record("The checkpoint was used.")
            return
        }
        #expect(reason.contains("ahead"))
        #expect(found.isRight)
    }

    private static func find(_ text: [UInt8], in bytes: [UInt8]) -> Int? {
        (0...(bytes.count - text.count)).first { bytes[$0..<($0 + text.count)].elementsEqual(text) }
    }
}
