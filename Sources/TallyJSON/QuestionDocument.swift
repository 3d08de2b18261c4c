import TallyCodec
import TallyModel

extension Question {
    private static let keys: [(String, [String])] = [
        ("status", ["ask", "digest"]), ("balances", ["ask", "member", "as_of"]),
        ("kpi", ["ask", "as_of", "window_days"]), ("quote", ["ask", "of"]), ("promotions", ["ask"]),
        ("wallet", ["ask", "id"]), ("business", ["ask", "id"]),
    ]

    /// Reads what a line with the verb `ask` asks for.
    static func subject(of document: DocumentNode) throws(DocumentFault) -> (String, keys: [String]) {
        let all = ["ask", "digest", "member", "as_of", "window_days", "of", "id"]
        return try Fields(document, path: "", keys: all).choice("ask", among: keys.map { ($0.0, ($0.0, keys: $0.1)) })
    }

    /// Days of the window of the key figures unless the question names another.
    static let windowDaysDefault: UInt16 = 32

    /// Reads a line with the verb `ask`.
    ///
    /// - Throws: ``DocumentFault`` when the question is unknown or has a key that does not belong to it.
    init(line document: DocumentNode) throws(DocumentFault) {
        let subject = try Question.subject(of: document)
        let line = try Fields(document, path: "", keys: subject.keys)
        switch subject.0 {
        case "status": self = .status(wantDigest: try line.flag("digest", or: false))
        case "promotions": self = .promotions
        case "balances": self = .balances(asOf: try line.asOf(), member: try line.member("member"))
        case "wallet": self = .definition(.wallet, id: try line.text("id", "the wallet's id"))
        case "business": self = .definition(.business, id: try line.text("id", "the business's id"))
        default:
            let days = try line.whole(
                "window_days", or: Question.windowDaysDefault, in: 1...UInt16.max, "days to look back, from 1")
            self = .kpi(asOf: try line.asOf(), windowDays: days)
        }
    }
}

extension Receipt {
    /// Reads the purchase of a line that asks for a quote; nil for another question.
    init?(quoteLine document: DocumentNode) throws(DocumentFault) {
        let subject = try Question.subject(of: document)
        guard subject.0 == "quote" else { return nil }
        let line = try Fields(document, path: "", keys: subject.keys)
        self = try Receipt(try line.object("of", keys: Receipt.documentKeys))
    }
}

extension Fields {
    fileprivate func asOf() throws(DocumentFault) -> AsOf {
        guard optional("as_of") != nil else { return .now }
        let expected =
            "a day such as \"2018-01-01\" (receipts of earlier days count) or a place in the log such as \"@8123\""
        guard let asOf = AsOf(text: try text("as_of", expected)) else { throw fault("as_of", expected) }
        return asOf
    }
}
