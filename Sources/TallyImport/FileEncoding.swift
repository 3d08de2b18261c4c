/// How the bytes of a file stand for text.
public enum FileEncoding: String, Sendable, Hashable, CaseIterable {
    /// UTF-8, with or without a byte order mark.
    case utf8 = "utf-8"
    /// The code page of Russian Windows; see ``Windows1251``.
    case cp1251
    /// UTF-8 when the bytes are UTF-8, otherwise the code page.
    ///
    /// Russian text of the code page is never UTF-8 by accident: each of its words would have to begin with a capital letter
    /// out of one half of the alphabet and go on with nothing but signs.
    case auto

    /// The text of a file.
    ///
    /// - Parameter bytes: The file.
    /// - Returns: The text in UTF-8 without a byte order mark, and how it was read: never ``auto``.
    /// - Throws: ``PointsFault`` with the line of the first byte that is no text.
    public func text(of bytes: [UInt8]) throws(PointsFault) -> (utf8: [UInt8], encoding: FileEncoding) {
        let isUTF8 = self != .cp1251 && String(validating: bytes, as: UTF8.self) != nil
        if isUTF8 { return (FileEncoding.withoutMark(bytes), .utf8) }
        guard self != .utf8 else {
            throw PointsFault(
                line: FileEncoding.firstBrokenLine(of: bytes), column: 1, field: "text",
                found: "bytes that are not UTF-8",
                expected: "UTF-8; say --encoding cp1251 for a file of Russian Windows")
        }
        switch Windows1251.utf8(of: bytes) {
        case .success(let text): return (text, .cp1251)
        case .failure(let fault):
            throw PointsFault(
                line: 1 + bytes[..<fault.offset].count { $0 == UInt8(ascii: "\n") }, column: 1, field: "text",
                found: "the byte 0x98", expected: "text in UTF-8 or CP1251; neither has this byte")
        }
    }

    private static func withoutMark(_ bytes: [UInt8]) -> [UInt8] {
        bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    }

    private static func firstBrokenLine(of bytes: [UInt8]) -> Int {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        return 1 + (lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0)
    }
}
