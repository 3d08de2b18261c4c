import Testing
import TallyBytes

@Suite struct CRC32CTests {
    /// RFC 3720, appendix B.4, and the customary check value.
    static let published: [([UInt8], UInt32)] = [
        (Array("123456789".utf8), 0xE306_9283),
        ([UInt8](repeating: 0, count: 32), 0x8A91_36AA),
        ([UInt8](repeating: 0xFF, count: 32), 0x62A8_AB43),
        (Array(0..<32), 0x46DD_794E),
        (Array((0..<32).reversed()), 0x113F_DB5C),
        ([], 0),
    ]

    @Test(arguments: published) func `published checksums are met`(bytes: [UInt8], expected: UInt32) {
        #expect(unsafe CRC32C.checksum(bytes.span.bytes) == expected)
        #expect(unsafe CRC32C.portableChecksum(bytes.span.bytes) == expected)
    }

    @Test func `the fast and the portable checksum agree on any length and alignment`() {
        let seed = UInt64.random(in: .min ... .max)
        var random = SplitMix(state: seed)
        let bytes = (0..<70_000).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        for _ in 0..<400 {
            let start = Int(random.next() % 64)
            let count = Int(random.next() % (random.next() % 2 == 0 ? 300 : 60_000))
            let before = UInt32(truncatingIfNeeded: random.next())
            let piece = unsafe bytes.span.bytes.extracting(start..<start + count)
            #expect(
                CRC32C.checksum(piece, seed: before) == CRC32C.portableChecksum(piece, seed: before),
                "seed \(seed), \(count) bytes from \(start)")
        }
    }

    @Test func `a checksum in pieces is the checksum of the whole`() {
        let bytes = (0..<30_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let span = unsafe bytes.span.bytes
        for cut in [0, 1, 7, 768, 12_288, 29_999, 30_000] {
            let first = CRC32C.checksum(span.extracting(0..<cut))
            #expect(CRC32C.checksum(span.extracting(cut..<30_000), seed: first) == CRC32C.checksum(span))
        }
    }
}

/// Random numbers that a seed repeats.
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
