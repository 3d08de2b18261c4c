import Testing
import TallyBytes

@Suite struct HexTests {
    @Test func `all bytes survive being written and read`() {
        let bytes = (0...255).map { UInt8($0) }
        #expect(Hex.decode(Hex.encode(bytes)) == bytes)
        #expect(unsafe Hex.encode(bytes.span.bytes) == Hex.encode(bytes))
        #expect(Hex.decode(Hex.encode(bytes).uppercased()) == bytes)
    }

    @Test(arguments: ["0", "0g", "é0", "0x", " 0"]) func `what is no hexadecimal is refused`(text: String) {
        #expect(Hex.decode(text) == nil)
    }
}
