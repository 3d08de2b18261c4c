import TallyImport
import Testing

/// Text of old Windows programs.
@Suite("Text encodings of files")
struct WindowsTextTests {
    /// What Python 3.11 makes of the bytes 0x80 to 0xFF: `bytes([b]).decode("cp1251")`, eight a line; 0x98 is an error.
    private static let oracle = """
        0402 0403 201A 0453 201E 2026 2020 2021
        20AC 2030 0409 2039 040A 040C 040B 040F
        0452 2018 2019 201C 201D 2022 2013 2014
        ---- 2122 0459 203A 045A 045C 045B 045F
        00A0 040E 045E 0408 00A4 0490 00A6 00A7
        0401 00A9 0404 00AB 00AC 00AD 00AE 0407
        00B0 00B1 0406 0456 0491 00B5 00B6 00B7
        0451 2116 0454 00BB 0458 0405 0455 0457
        0410 0411 0412 0413 0414 0415 0416 0417
        0418 0419 041A 041B 041C 041D 041E 041F
        0420 0421 0422 0423 0424 0425 0426 0427
        0428 0429 042A 042B 042C 042D 042E 042F
        0430 0431 0432 0433 0434 0435 0436 0437
        0438 0439 043A 043B 043C 043D 043E 043F
        0440 0441 0442 0443 0444 0445 0446 0447
        0448 0449 044A 044B 044C 044D 044E 044F
        """

    /// S0-10: code page CP1251.
    @Test func `every byte of the code page is the character that Python's codec makes of it`() {
        let expected = Self.oracle.split { $0 == " " || $0 == "\n" }.map { UInt32($0, radix: 16) }
        #expect(expected.count == 128)
        for byte in UInt8.min...UInt8.max {
            let scalar = Windows1251.scalar(of: byte)?.value
            #expect(scalar == (byte < 0x80 ? UInt32(byte) : expected[Int(byte) - 0x80]), "byte \(byte)")
        }
    }

    @Test(
        arguments: [
            (FileEncoding.auto, Array("Приход".utf8), FileEncoding.utf8),
            (.auto, [0xEF, 0xBB, 0xBF] + Array("Приход".utf8), .utf8),
            (.auto, [0xCF, 0xF0, 0xE8, 0xF5, 0xEE, 0xE4], .cp1251),
            (.cp1251, [0xCF, 0xF0, 0xE8, 0xF5, 0xEE, 0xE4], .cp1251),
            (.utf8, [0xEF, 0xBB, 0xBF] + Array("Приход".utf8), .utf8),
        ])
    func `text is UTF-8 with or without a mark, or the code page`(
        encoding: FileEncoding, bytes: [UInt8], found: FileEncoding
    ) throws {
        let text = try encoding.text(of: bytes)
        #expect(String(decoding: text.utf8, as: UTF8.self) == "Приход")
        #expect(text.encoding == found)
    }

    @Test func `bytes that are no text are named by their line`() {
        let broken = Array("a\nb\n".utf8) + [0xFF]
        #expect(
            throws: PointsFault(
                line: 3, column: 1, field: "text", found: "bytes that are not UTF-8",
                expected: "UTF-8; say --encoding cp1251 for a file of Russian Windows")
        ) { try FileEncoding.utf8.text(of: broken) }
        #expect(
            throws: PointsFault(
                line: 2, column: 1, field: "text", found: "the byte 0x98",
                expected: "text in UTF-8 or CP1251; neither has this byte")
        ) { try FileEncoding.auto.text(of: Array("a\n".utf8) + [0x98]) }
    }
}
