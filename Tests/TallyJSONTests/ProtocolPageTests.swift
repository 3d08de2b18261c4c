import Foundation
import TallyJSON
import Testing

/// What the article on the protocol shows is what a newcomer pastes first.
///
/// Whether the daemon answers as the article says is the daemon's test; here the lines must be lines.
struct ProtocolPageTests {
    /// Every line of JSON on the page.
    private static let lines: [String] = {
        let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources/TallyCodec/TallyCodec.docc/Protocol.md")
        let text = (try? String(contentsOf: page, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").filter { $0.hasPrefix("{") }.map(String.init)
    }()

    @Test(arguments: lines) func `a line of the page is accepted`(line: String) {
        var session = JSONSession()
        let isEvent = line.hasPrefix(#"{"number""#)
        let step = session.frame(forLine: isEvent ? #"{"source":2,"# + line.dropFirst() : line)
        if case .answer(let lines) = step { Issue.record("\(lines)") }
    }

    /// Events that the article shows: those of a till, of the hotline and of the programme.
    private static let kinds = [
        "purchase", "return", "exchange", "void_purchase", "place_hold", "release_hold", "adjust", "register_member",
        "define_business", "define_store", "define_wallet", "define_accrual", "set_wallet_terms",
        "set_settlement_terms", "advance_clock", "define_instrument", "keep_document", "set_promotions",
    ]

    @Test(arguments: kinds) func `every kind of event has a line`(kind: String) {
        #expect(Self.lines.contains { $0.contains("\"\(kind)\":") })
    }
}
