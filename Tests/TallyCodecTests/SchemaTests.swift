import Foundation
import TallyBytes
import TallyCodec
import TallyModel
import Testing

@Suite("Schema")
struct SchemaTests {
    @Test func `the layouts in Swift are what the schema says`() throws {
        try Tool.run(URL(filePath: "/usr/bin/env"), ["python3", Repository.generator.path, "--check"])
    }

    @Test(.enabled(if: Oracle.python != nil, "the SBE library is not at hand"))
    func `another program reads every field as we wrote it`() throws {
        let answers = try Oracle.answers(to: GoldenMessage.all.map { .decode(try $0.fixture()) })
        for (message, answer) in zip(GoldenMessage.all, answers) {
            #expect(answer.name == message.name)
            #expect(answer.header == message.header, "\(message.name)")
            let fields = try #require(answer.fields)
            #expect(Set(fields.keys) == Set(message.fields.keys), "\(message.name)")
            for (name, value) in fields { #expect(value == message.fields[name], "\(message.name).\(name)") }
        }
        #expect(answers.count == GoldenMessage.all.count)
    }

    @Test(.enabled(if: Oracle.python != nil, "the SBE library is not at hand"))
    func `what another program writes is read as the values`() throws {
        // Batch is left out: its events follow the message in the frame and are no part of the schema.
        let messages = GoldenMessage.all.filter { $0.name != "Batch" }
        let answers = try Oracle.answers(to: messages.map { .encode(name: $0.name, fields: $0.fields) })
        for (message, answer) in zip(messages, answers) {
            let bytes = try #require(answer.bytes.flatMap(Hex.decode))
            #expect(bytes.hexDigits == (try message.fixture().hexDigits), "\(message.name)")
            let isRead = try bytes.read { try message.isRead(from: $0) }
            #expect(isRead, "\(message.name)")
        }
        #expect(answers.count == messages.count)
    }
}

extension GoldenMessage {
    fileprivate var header: [String: String] {
        [
            "blockLength": String(shape.blockLength), "templateId": String(shape.templateID),
            "schemaId": String(SchemaNumbers.id), "version": String(SchemaNumbers.version),
        ]
    }
}
