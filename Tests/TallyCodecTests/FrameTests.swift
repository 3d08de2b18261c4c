import TallyBytes
import TallyCodec
import TallyModel
import Testing

@Suite("Frame")
struct FrameTests {
    @Test func `the preamble is not the beginning of a line of JSON`() {
        #expect(Frame.preamble == [0x54, 0x41, 0x4C, 0x4C, 0x59, 0x31, 0x0D, 0x0A])
    }

    /// A row: bytes, offset, what stands there.
    @Test(
        arguments: [
            ([], 0, .needsMore(total: 4)),
            ([1, 0, 0], 0, .needsMore(total: 4)),
            ([0, 0, 0, 0], 0, .frame(offset: 4, count: 0)),
            ([2, 0, 0, 0], 0, .needsMore(total: 6)),
            ([2, 0, 0, 0, 9], 0, .needsMore(total: 6)),
            ([2, 0, 0, 0, 9, 9], 0, .frame(offset: 4, count: 2)),
            ([2, 0, 0, 0, 9, 9, 1], 0, .frame(offset: 4, count: 2)),
            ([2, 0, 0, 0, 9, 9, 1], 6, .needsMore(total: 4)),
            ([2, 0, 0, 0, 9, 9, 1, 0, 0, 0, 7], 6, .frame(offset: 10, count: 1)),
            ([0, 0, 0x80, 0], 0, .needsMore(total: 8_388_612)),
        ] as [([UInt8], Int, Frame.Next)])
    func `the front of what was received is named`(bytes: [UInt8], offset: Int, expected: Frame.Next) throws {
        let found = try bytes.read { try Frame.next(in: $0, at: offset) }
        #expect(found == expected)
    }

    @Test(arguments: [[1, 0, 0x80, 0], [0xFF, 0xFF, 0xFF, 0xFF], [0, 0, 0, 0x80]] as [[UInt8]])
    func `a frame beyond the limit is refused by its length alone`(bytes: [UInt8]) {
        let error = #expect(throws: CodecError.self) { _ = try bytes.read { try Frame.next(in: $0) } }
        guard case .frameTooLong(_, max: Limits.frameBytesMax)? = error?.fault else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `a written frame is found again`() throws {
        var writer = ByteWriter()
        writer.append(u8: 0xAA)
        writer.appendFrame { Hello(client: "till").encode(into: &$0) }
        let next = try Frame.next(in: writer.bytes, at: 1)
        #expect(next == .frame(offset: 5, count: writer.count - 5))
        let hello = try Hello(writer.bytes.extracting(5..<writer.count))
        #expect(hello == Hello(client: "till"))
    }
}
