import TallyBytes
import TallyCodec
import TallyModel
import Testing

@Suite("Batch")
struct BatchViewTests {
    /// Where the first event begins, and with it the offsets in errors about events.
    private let head = messageHeaderLength + BatchLayout.blockLength

    @Test(arguments: [0, 1, 2, 500])
    func `events are read in the order they were written`(count: Int) throws {
        var seed = Seed.printed()
        let commands = (0..<count).map { _ in seed.command() }
        var writer = ByteWriter()
        writer.append(batchOf: count, source: SourceNumber(9), firstNumber: 77)
        for command in commands { try writer.appendEvent(command) }
        let view = try BatchView(writer.bytes)
        try view.checkEvents()
        var offset = 0
        for command in commands { #expect(try Command(view.event(at: &offset)) == command) }
        #expect(view.source == SourceNumber(9))
        #expect(view.firstNumber == 77)
        #expect(view.count == count)
    }

    /// A row: the count that the head says, the error.
    @Test(
        arguments: [
            (0, .trailingBytes(36)), (1, .trailingBytes(18)), (3, .countMismatch(said: 3, found: 2)),
            (.max, .countMismatch(said: Int(UInt32.max), found: 2)),
        ] as [(UInt32, CodecError.Fault)])
    func `a wrong count is an error`(count: UInt32, fault: CodecError.Fault) {
        var bytes = twoEvents()
        bytes.set(count, at: messageHeaderLength + BatchLayout.count)
        #expect(error(in: bytes)?.fault == fault)
    }

    /// A row: the length that the first event says, where the error lies.
    @Test(arguments: [(0, 4), (1, 4), (7, 4), (13, 18), (15, 19), (36, 0), (.max, 0)] as [(UInt32, Int)])
    func `a wrong length of an event is an error with its position`(length: UInt32, offset: Int) {
        var bytes = twoEvents()
        #expect(bytes.count == head + 36, "an event of this test has 4 + 14 bytes")
        bytes.set(length, at: head)
        let found = error(in: bytes)
        #expect(found != nil)
        if length != 13, length != 15 { #expect(found?.offset == offset) }
    }

    @Test func `an event of another schema is an error at its schema id`() {
        var bytes = twoEvents()
        bytes[head + 18 + 4 + 4] ^= 1
        #expect(error(in: bytes)?.offset == 18 + 4 + 4)
    }

    @Test func `a batch cut at any byte is an error`() {
        let bytes = twoEvents()
        for count in 0..<bytes.count { #expect(error(in: Array(bytes[..<count])) != nil, "cut at \(count)") }
    }

    @Test func `a longer head of a later version is passed over`() throws {
        var bytes = twoEvents()
        bytes.insert(contentsOf: [1, 2, 3], at: head)
        bytes[0] += 3
        #expect(error(in: bytes) == nil)
    }

    @Test func `an event that cannot be written leaves nothing behind`() throws {
        var writer = ByteWriter()
        writer.append(batchOf: 1, source: SourceNumber(9), firstNumber: 1)
        let before = writer.count
        let command = Command.registerMember(Registration(externalID: String(repeating: "x", count: 256)))
        do {
            try writer.appendEvent(command)
            Issue.record("a text of 256 bytes was written")
        } catch {
            #expect(error == .textMalformed)
        }
        #expect(writer.count == before)
    }

    /// Two registrations of 14 bytes each.
    private func twoEvents() -> [UInt8] {
        var writer = ByteWriter()
        writer.append(batchOf: 2, source: SourceNumber(9), firstNumber: 1)
        for id in ["a", "b"] { try? writer.appendEvent(.registerMember(Registration(externalID: id))) }
        return Array(copying: writer.bytes)
    }

    private func error(in bytes: [UInt8]) -> CodecError? {
        do {
            try bytes.read { try BatchView($0).checkEvents() }
            return nil
        } catch {
            return error as? CodecError
        }
    }
}

extension [UInt8] {
    fileprivate mutating func set(_ value: UInt32, at offset: Int) {
        for index in 0..<4 { self[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * UInt32(index))) }
    }
}
