import Foundation
import TallyCodec
import TallyModel
import Testing

/// Support works with the page, tills with the numbers: both must say the same.
@Suite("Page of rejections")
struct RejectionPageTests {
    private let page: [String: [Row]]

    private struct Row: Equatable {
        var code: UInt16
        var name: String
        var meaning: String
        var advice: String
    }

    init() throws {
        let url = Repository.codec.appending(path: "TallyCodec.docc/Rejection.md")
        let text = try String(contentsOf: url, encoding: .utf8)
        var section = ""
        var page: [String: [Row]] = [:]
        for line in text.split(separator: "\n") {
            if line.hasPrefix("## ") { section = String(line.dropFirst(3)) }
            guard let row = line.wholeMatch(of: #/\| (\d+) \| `(\w+)` \| (.+) \| (.+) \|/#)?.output else { continue }
            let found = Row(
                code: try #require(UInt16(row.1)), name: String(row.2), meaning: String(row.3), advice: String(row.4))
            page[section, default: []].append(found)
        }
        self.page = page
    }

    @Test func `every rejection stands on the page, in order, with the advice of the answer`() throws {
        let rows = try #require(page["Rejections"])
        #expect(rows.map(\.code) == Rejection.allCases.map(\.rawValue))
        #expect(rows.map(\.name) == Rejection.allCases.map { "\($0)" })
        #expect(rows.map(\.advice) == Rejection.allCases.map(\.advice))
    }

    @Test func `every refusal stands on the page, in order`() throws {
        let rows = try #require(page["Refusals"])
        #expect(rows.map(\.code) == Refusal.Code.allCases.map(\.rawValue))
        #expect(rows.map(\.name) == Refusal.Code.allCases.map { "\($0)" })
    }

    @Test func `the page means what the code's comments mean`() throws {
        let sources = try ["Sources/TallyModel/Rejection.swift", "Sources/TallyCodec/SessionCodec.swift"].map {
            try String(contentsOf: Repository.root.appending(path: $0), encoding: .utf8)
        }
        for row in page.values.joined() {
            let comment = "/// \(row.meaning)\n"
            #expect(sources.contains { $0.contains(comment) }, "\(row.name): \(row.meaning)")
        }
    }
}
