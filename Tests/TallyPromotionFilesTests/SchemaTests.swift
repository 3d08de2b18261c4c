import Foundation
import TallyPromotionFiles
import TallyPromotions
import TallyTesting
import Testing

/// The published JSON Schema, asked by a validator that is not ours.
@Suite("JSON Schema of promotions")
struct SchemaTests {
    @Test func `the schema knows the conditions that every programme has`() throws {
        let schema = try JSONSerialization.jsonObject(with: Data(contentsOf: Examples.schema)) as? [String: Any]
        let definitions = schema?["$defs"] as? [String: Any]
        let conditions = definitions?["conditions"] as? [String: Any]
        let known = try #require(conditions?["properties"] as? [String: Any]).keys
        let facts = Examples.vocabulary.schema.facts.map { String($0.name.prefix { $0 != "." }) }
        #expect(Set(known) == Set(facts + ["code", "basket"]))
    }

    /// What the validator says of each document, in their order.
    private func verdicts(_ python: String, _ paths: [String]) throws -> [Substring] {
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Oracle/validate.py").path
        let ended = try ChildProcess.run(python, [script, Examples.schema.path] + paths)
        #expect(ended.errors.isEmpty, "\(String(decoding: ended.errors, as: UTF8.self))")
        return String(decoding: ended.output, as: UTF8.self).split(separator: "\n")
    }

    private func written(_ texts: [String], _ directory: TemporaryDirectory) throws -> [String] {
        try texts.enumerated().map { number, text in
            let path = directory.appending("\(number).yaml")
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            return path
        }
    }

    @Test func `all shipped promotions are valid`() throws {
        guard let python = PythonValidator.python else { return }
        let verdicts = try verdicts(python, Examples.names.map { Examples.folder.appending(path: $0).path })
        #expect(verdicts.count == Examples.names.count && verdicts.allSatisfy { $0 == "ok" }, "\(verdicts)")
    }

    @Test func `everything that is written as canonical JSON is valid`() throws {
        guard let python = PythonValidator.python else { return }
        let seed = UInt64.random(in: 0..<1_000_000_000)
        print("valid rule sets: seed \(seed)")
        let writer = PromotionWriter(Examples.vocabulary)
        let texts = try (UInt64(0)..<100).map { run in
            var random = RandomPromotions(seed: seed &+ run)
            return try writer.json(random.ruleSet())
        }
        let directory = TemporaryDirectory(prefix: "promotion-schema")
        let verdicts = try verdicts(python, written(texts, directory))
        #expect(verdicts.count == 100 && verdicts.allSatisfy { $0 == "ok" }, "\(verdicts.filter { $0 != "ok" })")
    }

    /// Documents with one thing wrong each; the reader refuses them, too.
    static let wrong = [
        "promotion: p\n",
        "promotion: p\nthen: []\n",
        "promotion: p\nthen: [{points: 1}]\nrules: [{then: [{points: 1}]}]\n",
        "promotion: p\nthen: [{points: 1, percent_off: {percent: 5}}]\n",
        "promotion: p\nthen: [{percent_of: {percent: 5}}]\n",
        "promotion: p\nthen: [{percent_off: {percent: 100.01}}]\n",
        "promotion: p\nthen: [{percent_off: {percent: 0}}]\n",
        "promotion: p\nthen: [{percent_off: {percent: '5'}}]\n",
        "promotion: p\nthen: [{percent_off: {percent: 5, goods: {}}}]\n",
        "promotion: p\nthen: [{every_nth: {every: 0, percent: 5}}]\n",
        "promotion: p\nthen: [{bundle: {parts: [{goods: {sku: cake}}]}}]\n",
        "promotion: p\nthen: [{bundle: {parts: [{goods: {sku: cake}}], price: 1, percent: 1}}]\n",
        "promotion: p\nthen: [{say: {text: hello}}]\n",
        "promotion: p\nthen: [{unit_price: {price: -1}}]\n",
        "promotion: p\nlane: till\nthen: [{points: 1}]\n",
        "promotion: p\npriority: 1.5\nthen: [{points: 1}]\n",
        "promotion: p\nwhen: {basket: [{goods: all}]}\nthen: [{points: 1}]\n",
        "promotion: p\nwhen: {age: {since: 18}}\nthen: [{points: 1}]\n",
        "promotion: p\ntests: [{test: t, basket: []}]\nthen: [{points: 1}]\n",
        "groups: [{group: g}]\n",
        "groups: [{group: g, mode: most}]\n",
        "point_worth: 2.5\n",
        "lanes: {basket: {mode: all, cap_percent: 0}}\n",
        "rules: []\n",
    ]

    @Test(arguments: wrong) func `a wrong document is refused by the reader`(text: String) {
        #expect(Examples.check(text).ruleSet == nil)
    }

    @Test func `a wrong document is refused by the schema`() throws {
        guard let python = PythonValidator.python else { return }
        let directory = TemporaryDirectory(prefix: "promotion-schema")
        let verdicts = try verdicts(python, written(Self.wrong, directory))
        #expect(verdicts.count == Self.wrong.count)
        for (verdict, text) in zip(verdicts, Self.wrong) { #expect(verdict != "ok", "\(text)") }
    }
}

/// Python with jsonschema and PyYAML, in an environment of its own.
enum PythonValidator {
    private static let packages = ["jsonschema==4.26.0", "PyYAML==6.0.3"]

    /// The interpreter; nil, after a loud line, when the package index cannot be reached.
    static let python: String? = {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tallystick-schema-1").path
        let python = folder + "/bin/python"
        let hasThem = { (try? ChildProcess.run(python, ["-c", "import jsonschema, yaml"]))?.status == 0 }
        if hasThem() { return python }
        _ = try? ChildProcess.run("/usr/bin/env", ["python3", "-m", "venv", folder])
        _ = try? ChildProcess.run(python, ["-m", "pip", "install", "--quiet"] + packages)
        if hasThem() { return python }
        print("\n*** jsonschema is NOT asked: `pip install \(packages.joined(separator: " "))` failed. ***\n")
        return nil
    }()
}
