import Foundation
import TallyBytes
import TallyCodec
import TallyModel
import Testing

/// One message with fixed values, the bytes that every version must read and write for it, and what another program
/// must read in them.
struct GoldenMessage: Sendable, CustomTestStringConvertible {
    /// The message's name in the schema, with a suffix when it has several forms.
    ///
    /// Also the name of its file.
    let name: String
    /// Its form.
    let shape: MessageShape
    /// Every field with the name that the schema gives it.
    let fields: [String: Reading]
    /// Writes the values.
    let write: @Sendable (inout ByteWriter) throws -> Void
    private let reads: @Sendable (RawSpan) throws -> Bool

    init(
        name: String, shape: MessageShape, fields: [String: Reading],
        write: @escaping @Sendable (inout ByteWriter) throws -> Void,
        isRead: @escaping @Sendable (RawSpan) throws -> Bool
    ) {
        (self.name, self.shape, self.fields, self.write, reads) = (name, shape, fields, write, isRead)
    }

    var testDescription: String { name }

    /// True when `bytes` read as exactly the values.
    func isRead(from bytes: RawSpan) throws -> Bool { try reads(bytes) }

    /// The bytes that the values are written to today.
    func encoded() throws -> [UInt8] {
        var writer = ByteWriter()
        try write(&writer)
        return Array(copying: writer.bytes)
    }

    /// The committed bytes.
    func fixture() throws -> [UInt8] {
        let url = GoldenMessage.folder.appending(path: "\(name).hex")
        try recordIfAsked(at: url)
        let text = try String(contentsOf: url, encoding: .utf8)
        return try #require(Hex.decode(text.filter { !$0.isWhitespace }), "\(url.path) holds hexadecimal digits")
    }

    /// Writes a new message's file when `TALLYSTICK_RECORD_FIXTURES` is set.
    ///
    /// A file that is there is never replaced: what a released version wrote is read for ever.
    private func recordIfAsked(at url: URL) throws {
        guard ProcessInfo.processInfo.environment["TALLYSTICK_RECORD_FIXTURES"] != nil else { return }
        guard !FileManager.default.fileExists(atPath: url.path) else { return }
        let bytes = try encoded()
        let lines = stride(from: 0, to: bytes.count, by: 32).map { Hex.encode(bytes[$0..<min($0 + 32, bytes.count)]) }
        try (lines.joined(separator: "\n") + "\n").write(to: url, atomically: true, encoding: .utf8)
    }

    /// Where the files are.
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures")
}

/// A value that is one message.
protocol WireValue: Equatable, Sendable {
    init(_ bytes: RawSpan) throws(CodecError)
    func encode(into writer: inout ByteWriter) throws
}

extension Hello: WireValue {}
extension Welcome: WireValue {}
extension OpenSource: WireValue {}
extension SourceOpened: WireValue {}
extension BatchResults: WireValue {}
extension Refusal: WireValue {}
extension Question: WireValue {}
extension DaemonStatus: WireValue {}
extension BalancesPage: WireValue {}
extension KPIReport: WireValue {}
extension Definition: WireValue {}
extension Quote: WireValue {}
extension Command: WireValue {}
extension PromotionsPage: WireValue {}

extension GoldenMessage {
    /// A message that stands for one value.
    init(_ name: String, _ shape: MessageShape, _ value: some WireValue, _ fields: [String: Reading]) {
        self.init(
            name: name, shape: shape, fields: fields,
            write: { try value.encode(into: &$0) },
            isRead: { try value.isRead(from: $0) })
    }
}

extension WireValue {
    /// True when `bytes` are this value.
    func isRead(from bytes: RawSpan) throws -> Bool { try Self(bytes) == self }

    /// The value's bytes.
    func encoded() throws -> [UInt8] {
        var writer = ByteWriter()
        try encode(into: &writer)
        return Array(copying: writer.bytes)
    }
}
