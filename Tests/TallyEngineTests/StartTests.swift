import TallyCodec
import TallyEngine
import TallyLog
import TallyModel
import TallyTesting
import Testing

@Suite("Start")
struct StartTests {
    @Test func `a second engine on the same data is refused`() throws {
        let first = try EngineFixture()
        let error = #expect(throws: EngineError.self) { try EngineFixture(on: first.directory) }
        #expect(error?.code == .dataInUse)
        // The first one noticed nothing.
        #expect(try first.openTill().source == SourceNumber(1))
    }

    @Test func `when the first engine is gone the second takes over what it stored`() throws {
        let first = try EngineFixture()
        try first.openTill()
        first.stop()
        let second = try EngineFixture(on: first.directory)
        #expect(try second.status().sources == 1)
    }

    @Test func `an empty name of the data directory is refused`() {
        let error = #expect(throws: EngineError.self) { try Engine.start(EngineOptions(dataDirectory: "")) }
        #expect(error?.code == .optionsWrong)
    }

    @Test func `a directory whose parent is missing is refused`() {
        let place = TemporaryDirectory().appending("missing/data")
        let error = #expect(throws: EngineError.self) { try Engine.start(EngineOptions(dataDirectory: place)) }
        #expect(error?.code == .ioFailed)
    }

    /// Without its key the ledger would take every known phone for a new one.
    @Test(arguments: [0, 31, 33, 4_096])
    func `a log beside a key of another length is not opened`(byteCount: Int) throws {
        let fixture = try EngineFixture()
        try fixture.openTill()
        fixture.stop()
        let path = fixture.directory.appending("identity.key")
        let key = FileBytes.read(path)
        FileBytes.write(Array(repeating: 1, count: byteCount), to: path)
        let error = #expect(throws: EngineError.self) { try EngineFixture(on: fixture.directory) }
        #expect(error?.code == .logDamaged)
        #expect(FileBytes.size(of: path) == byteCount)
        FileBytes.write(key, to: path)
        #expect(throws: Never.self) { try EngineFixture(on: fixture.directory) }
    }

    @Test func `a log without its key is not opened, and no new key is drawn`() throws {
        let fixture = try EngineFixture()
        fixture.stop()
        let copy = TemporaryDirectory()
        CrashCopy.take(fixture.directory.path, to: copy.path)
        #expect(throws: Never.self) { try EngineFixture(on: copy) }
        let keyless = TemporaryDirectory()
        CrashCopy.take(fixture.directory.path, to: keyless.path, withKey: false)
        let error = #expect(throws: EngineError.self) { try EngineFixture(on: keyless) }
        #expect(error?.code == .logDamaged)
        #expect(FileBytes.size(of: keyless.appending("identity.key")) == nil)
    }

    @Test func `a key half drawn beside no log is drawn anew`() throws {
        let directory = TemporaryDirectory()
        FileBytes.write([1, 2, 3], to: directory.appending("identity.key"))
        let fixture = try EngineFixture(on: directory)
        #expect(try fixture.openTill().source == SourceNumber(1))
        #expect(FileBytes.size(of: directory.appending("identity.key")) == 32)
    }

    @Test func `a phone is found after a restart, because the key stayed`() throws {
        let fixture = try EngineFixture()
        try fixture.openTill()
        let registration = Command.registerMember(Registration(phone: "+7 903 123-45-67"))
        #expect(try fixture.outcomes([registration], firstNumber: 1)[0].member == 1)
        fixture.stop()
        let next = try EngineFixture(on: fixture.directory)
        #expect(try next.outcomes([registration], firstNumber: 2)[0].rejection == .identifierTaken)
    }
}
