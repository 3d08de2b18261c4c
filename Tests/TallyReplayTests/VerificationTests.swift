import TallyLog
import TallyProjections
import TallyReplay
import TallyTesting
import Testing

@Suite("Verification")
struct VerificationTests {
    @Test func `a sound ledger is found sound, with the digest of its records`() throws {
        let fixture = try DataFixture()
        let end = try fixture.saveCheckpoint(EventLog.open(directory: fixture.directory.path), through: 100)
        let found = verifyLedger(directory: fixture.directory.path)
        #expect(found.isSound)
        #expect(found.checkpoint?.sequence == end)
        #expect(found.checkpoint?.agrees == true)
        #expect(found.rebuiltSequence == 200)
        #expect(try found.rebuiltDigest == fixture.digest(through: 200))
    }

    @Test(arguments: [1, 50, 123])
    func `a rebuild up to a record has the digest of that place`(record: Int) throws {
        let fixture = try DataFixture()
        let found = try rebuildState(directory: fixture.directory.path, through: UInt64(record))
        #expect(found.sequence == UInt64(record))
        #expect(try found.digest == fixture.digest(through: record))
        #expect(verifyLedger(directory: fixture.directory.path, through: UInt64(record)).rebuiltDigest == found.digest)
    }

    @Test func `a rebuild beyond the end says where the log ends`() throws {
        let fixture = try DataFixture()
        let error = #expect(throws: ReplayError.self) {
            try rebuildState(directory: fixture.directory.path, through: 201)
        }
        #expect(error?.description == "record 201 was asked for, but the log ends at 200")
    }

    @Test(arguments: [1, 4, 77, 200])
    func `a flipped bit of a record is found, with the first record that cannot be trusted`(record: Int) throws {
        let fixture = try DataFixture()
        let path = fixture.directory.appending("log/data.mdb")
        let bytes = FileBytes.read(path)
        let needle = fixture.script.records[record - 1]
        // Pages that were written anew leave their old bytes in the file; nobody reads those.
        let places = (0...(bytes.count - needle.count)).filter { start in
            bytes[start] == needle[0] && bytes[start..<(start + needle.count)].elementsEqual(needle)
        }
        #expect(!places.isEmpty)
        for place in places { FileBytes.flip(bit: 3, at: place + needle.count / 2, of: path) }
        let found = verifyLedger(directory: fixture.directory.path)
        #expect(!found.isSound)
        // A block of seven stands or falls as a whole.
        #expect(found.firstBadSequence == UInt64((record - 1) / 7 * 7 + 1))
    }

    /// The bytes are whole, the hashes fit, and yet a program wrote what cannot be.
    @Test func `a record that cannot follow is found by its number`() throws {
        var script = RecordScript()
        script.register("anna")
        script.purchase(1, lines: [(1_000, 10_000)], points: 500)
        let broken = RecordScript.withWallet(9, in: script.records[8])
        let directory = TemporaryDirectory()
        try script.replacing(8, with: broken).write(to: EventLog.create(directory: directory.path, ledgerID: .random()))
        let found = verifyLedger(directory: directory.path)
        #expect(!found.isSound)
        #expect(found.logReport.isSound)
        #expect(found.firstBadSequence == 9)
        #expect(found.stateFault?.fault == .unknown(what: "wallet", number: 9))
    }

    @Test func `a checkpoint that disagrees with the log is a finding`() throws {
        let (mine, other) = (try DataFixture(), try DataFixture(seed: 8))
        try mine.saveCheckpoint(EventLog.open(directory: other.directory.path), through: 100)
        let found = verifyLedger(directory: mine.directory.path)
        #expect(found.checkpoint?.agrees == false)
        #expect(!found.isSound)
    }
}
