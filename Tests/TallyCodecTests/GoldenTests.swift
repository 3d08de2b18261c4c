import Foundation
import TallyBytes
import TallyCodec
import TallyModel
import Testing

@Suite("Golden files")
struct GoldenTests {
    @Test(arguments: GoldenMessage.all)
    func `values are written as the committed bytes`(message: GoldenMessage) throws {
        #expect(try Hex.encode(message.encoded()) == Hex.encode(message.fixture()))
    }

    @Test(arguments: GoldenMessage.all)
    func `the committed bytes are read as the values`(message: GoldenMessage) throws {
        let bytes = try message.fixture()
        let isRead = try bytes.read { try message.isRead(from: $0) }
        #expect(isRead)
    }

    @Test func `every message of the schema has a file, and every file a message`() throws {
        let schema = try String(contentsOf: Repository.schema, encoding: .utf8)
        let names = schema.matches(of: #/<sbe:message name="(\w+)"/#).map { String($0.output.1) }
        let files = try FileManager.default.contentsOfDirectory(atPath: GoldenMessage.folder.path)
        #expect(names.sorted() == GoldenMessage.all.map(\.name).sorted())
        #expect(files.sorted() == names.map { $0 + ".hex" }.sorted())
    }
}
