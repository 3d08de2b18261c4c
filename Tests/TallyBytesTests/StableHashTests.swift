import Testing
import TallyBytes

@Suite struct StableHashTests {
    let hash = StableHash(key0: 0x0706_0504_0302_0100, key1: 0x0f0e_0d0c_0b0a_0908)

    /// The reference vectors of SipHash-2-4 (`vectors_sip64` of its authors): key 00…0f, message 00, 01, … of length *n*.
    static let published: [(Int, UInt64)] = [
        (0, 0x726f_db47_dd0e_0e31), (1, 0x74f8_39c5_93dc_67fd), (2, 0x0d6c_8009_d9a9_4f5a),
        (3, 0x8567_6696_d7fb_7e2d), (4, 0xcf27_94e0_2771_87b7), (5, 0x1876_5564_cd99_a68d),
        (6, 0xcbc9_466e_58fe_e3ce), (7, 0xab02_00f5_8b01_d137), (8, 0x93f5_f579_9a93_2462),
        (15, 0xa129_ca61_49be_45e5),
    ]

    @Test(arguments: published) func `the reference vectors are met`(count: Int, expected: UInt64) {
        let message = (0..<count).map { UInt8($0) }
        #expect(unsafe hash.hash(message.span.bytes) == expected)
    }

    @Test func `a word hashes as its eight bytes`() {
        for word in [UInt64(0), 1, .max, 0x0706_0504_0302_0100] {
            let bytes = (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
            #expect(unsafe hash.hash(word) == hash.hash(bytes.span.bytes))
        }
    }
}
