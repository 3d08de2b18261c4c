import Foundation
import TallyTesting
import Testing

/// The examples of the article on the protocol are what a newcomer pastes first: they run as they are printed.
///
/// > Source: Checklist S3-25, "open API for site, tills, app": on the Unix socket, with nothing but `socat`.
@Suite("Article on the protocol")
struct ProtocolArticleTests {
    private struct Answer: Decodable {
        var error: String?
        var status: String?
        var source: UInt32?
        var points_minor: Int64?
        var balances: [Row]?
        var promotions: Promotions?

        /// What a quote says of promotions; an answer about them has a list instead, which is not looked at.
        struct Promotions: Decodable {
            var payable_minor: Int64?

            init(from decoder: any Decoder) throws {
                let values = try? decoder.container(keyedBy: CodingKeys.self)
                payable_minor = try values?.decodeIfPresent(Int64.self, forKey: .payable_minor)
            }

            private enum CodingKeys: String, CodingKey { case payable_minor }
        }

        struct Row: Decodable { var active_minor: Int64 }
    }

    /// The lines of each example, in the order of the article.
    private static func examples() throws -> [[String]] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let article = root.appending(path: "Sources/TallyCodec/TallyCodec.docc/Protocol.md")
        var examples: [[String]] = []
        var isInside = false
        for line in try String(contentsOf: article, encoding: .utf8).split(separator: "\n") {
            if line.hasSuffix("<<'LINES'") {
                examples.append([])
                isInside = true
            } else if line == "LINES" {
                isInside = false
            } else if isInside {
                examples[examples.count - 1].append(String(line))
            }
        }
        return examples
    }

    @Test func `every example is answered as the article says`() async throws {
        let daemon = try Daemon(in: TemporaryDirectory(prefix: "tallyd"))
        try await daemon.waitUntilItServes()
        var answers: [[Answer]] = []
        let examples = try Self.examples()
        for lines in examples {
            let wire = try Wire(daemon.home.socket)
            wire.send(Array((lines.joined(separator: "\n") + "\n").utf8))
            answers.append(
                try wire.lines(lines.count).map { try JSONDecoder().decode(Answer.self, from: Data($0.utf8)) })
        }
        #expect(answers.map(\.count) == examples.map(\.count))
        #expect(
            answers.joined().allSatisfy { $0.error == nil && ["recorded", "quoted"].contains($0.status ?? "recorded") })
        try #require(answers.count == 11)
        #expect(answers[0].dropFirst().allSatisfy { $0.status == "recorded" })
        #expect(answers[1].map(\.points_minor) == [nil, 1_750, nil])
        #expect(answers[1].last?.balances?.map(\.active_minor) == [1_750])
        #expect(answers[2].map(\.points_minor) == [nil, -875])
        #expect(answers[3][1].balances?.map(\.active_minor) == [875])
        // A hold of 5.00, then a purchase that takes it and gives 9.75.
        #expect(answers[4].map(\.points_minor) == [nil, 500, 475, nil])
        #expect(answers[4].last?.balances?.map(\.active_minor) == [1_350])
        #expect(answers[5].map(\.points_minor) == [nil, 1_350, 1_350])
        // The void takes 9.75 and gives 5.00 back; the exchange takes 8.75 and gives 6.00.
        #expect(answers[6].map(\.points_minor) == [nil, -475, -275])
        #expect(answers[7].map(\.points_minor) == [nil, 300, 0, 0, 0, 0])
        // What a promo code takes off is gone from the total already: 150.00 give 7.50.
        #expect(answers[8].map(\.points_minor) == [nil, 750])
        // A tenth is taken off 100.00, and what is left gives five per cent.
        #expect(answers[10].map(\.points_minor) == [nil, 450, 450, nil])
        #expect(answers[10][1].promotions?.payable_minor == 9_000)
    }
}
