import NIOCore
import TallyBytes
import TallyCodec
import TallyModel
import TallyServer
import Testing

@Suite struct ConnectionStateMachineTests {
    typealias Machine = Connection.StateMachine

    /// All steps of a conversation whose bytes arrive in the pieces given.
    private func steps(_ pieces: [ArraySlice<UInt8>]) -> [Machine.Step] {
        var machine = Machine()
        var steps: [Machine.Step] = []
        for piece in pieces {
            var input = ByteBuffer(bytes: piece)
            while true {
                let step = machine.next(from: &input)
                if step == .needsMore { break }
                steps.append(step)
            }
            #expect(input.readableBytes == 0)
        }
        return steps
    }

    @Test func `however the bytes are split, the steps are the same`() {
        let bytes = Sent.greeting + Sent.status + Sent.status
        let message = ByteBuffer(bytes: Sent.status.dropFirst(Frame.lengthBytes))
        let expected: [Machine.Step] = [.welcome(client: "test"), .submit(message), .submit(message)]
        for split in 0...bytes.count { #expect(steps([bytes[..<split], bytes[split...]]) == expected) }
        #expect(steps(bytes.indices.map { bytes[$0...$0] }) == expected)
    }

    @Test func `however lines are split, the steps are the same`() {
        let bytes = Array("{\"a\":1}\n{\"ж\":2}\n".utf8)
        let expected: [Machine.Step] = [.line("{\"a\":1}"), .line("{\"ж\":2}")]
        for split in 0...bytes.count { #expect(steps([bytes[..<split], bytes[split...]]) == expected) }
        #expect(steps(bytes.indices.map { bytes[$0...$0] }) == expected)
    }

    @Test(
        arguments: [
            (Array("GET / HTTP/1.1\r\n".utf8), Refusal.Code.malformed, "byte 0"),
            (Array("TALLY2\r\n".utf8), .malformed, "byte 5"),
            (Array("TALLY1\n\n".utf8), .malformed, "byte 6"),
            (Frame.preamble + [0, 0, 0, 0], .malformed, "8 bytes are needed, 0 are there"),
            (Frame.preamble + [7, 0, 0, 0], .malformed, "8 bytes are needed, 7 are there"),
            (Frame.preamble + [1, 0, 128, 0], .frameTooLong, "8388609 bytes"),
            (Frame.preamble + [255, 255, 255, 255], .frameTooLong, "4294967295 bytes"),
            (Frame.preamble + [8, 0, 0, 0] + [UInt8](repeating: 0, count: 8), .malformed, "schema 0"),
            (Frame.preamble + Sent.status, .unexpected, "send hello as the first frame"),
            (
                Frame.preamble + Sent.frame { Hello(protocolVersion: 9, client: "t").encode(into: &$0) },
                .versionUnsupported, "version 9"
            ),
            (Sent.greeting + [1, 0, 128, 0], .frameTooLong, "8388609 bytes"),
            (Sent.greeting + [3, 0, 0, 0], .malformed, "8 bytes are needed, 3 are there"),
            (Array("{\"a\":\"".utf8) + [0xFF, 0x0A], .malformed, "line 1 is not UTF-8"),
            (
                [UInt8](repeating: UInt8(ascii: "{"), count: Limits.jsonLineBytesMax + 1), .frameTooLong,
                "line 1 is longer"
            ),
        ] as [([UInt8], Refusal.Code, String)])
    func `a violation is refused with a reason, and nothing after it is looked at`(
        bytes: [UInt8], code: Refusal.Code, text: String
    ) {
        let last = steps([bytes[...], Sent.status[...]]).last
        guard case .refuse(let refusal) = last else {
            Issue.record("\(String(describing: last)) is no refusal")
            return
        }
        #expect(refusal.code == code)
        #expect(refusal.isClosing)
        #expect(refusal.text.contains(text), "\(refusal.text)")
    }

    @Test func `a hello of every wrong length is refused`() {
        let hello = Sent.hello
        for length in 0..<(hello.count - Frame.lengthBytes) {
            let bytes = Frame.preamble + [UInt8(length), 0, 0, 0] + hello[Frame.lengthBytes...].prefix(length)
            guard case .refuse(let refusal) = steps([bytes[...]]).last else {
                Issue.record("a hello of \(length) bytes was taken")
                continue
            }
            #expect(refusal.code == .malformed)
        }
    }

    @Test func `the last line needs no line feed when the client closes its side`() {
        var machine = Machine()
        var input = ByteBuffer(string: "{\"a\":1}")
        #expect(machine.next(from: &input) == .needsMore)
        #expect(machine.inputClosed() == .line("{\"a\":1}"))
    }

    @Test func `an announced frame costs nothing before its bytes arrive`() throws {
        var collector = FrameCollector()
        var input = ByteBuffer(bytes: [0, 0, 128, 0])
        #expect(try collector.next(from: &input) == nil)
        #expect(collector.bytesSetAside < 1024)
        for arrived in stride(from: 65_536, through: 1_048_576, by: 65_536) {
            var piece = ByteBuffer(repeating: 1, count: 65_536)
            #expect(try collector.next(from: &piece) == nil)
            #expect(collector.bytesSetAside <= 2 * arrived)
        }
    }

    @Test func `a frame of the greatest length is taken`() throws {
        var collector = FrameCollector()
        var input = ByteBuffer(bytes: [0, 0, 128, 0])
        input.writeRepeatingByte(7, count: Limits.frameBytesMax)
        #expect(try collector.next(from: &input)?.readableBytes == Limits.frameBytesMax)
    }
}
