import TallyBytes
import TallyCodec
import TallyModel

/// What is to be done with a line of JSON.
public enum JSONStep: Sendable, Hashable {
    /// A greeting: answer it with a welcome.
    case hello
    /// Take these bytes as one message of the schema: a batch of one event, a question.
    case submit([UInt8])
    /// Take these bytes as a request for a source, and say of its answer that it belongs to it.
    case open([UInt8])
    /// Nothing is to be done: send these lines back.
    case answer([String])
    /// Send these lines back and close the connection.
    case close([String])
}

/// One connection that speaks lines of JSON: lines in, messages of the schema out, and back.
///
/// It is pure: the door that owns the socket feeds it and carries out its steps, so every line can be tested without one.
///
/// ```
/// {"open":"store-17/till-3"}
/// {"number":1,"purchase":{"store":"330","member":{"external":"900"},"receipt":"A-17", … }}
/// {"ask":"balances","member":{"external":"900"}}
/// ```
public struct JSONSession: Sendable {
    /// The source of events that name none: the one opened last.
    private var source: SourceNumber?
    private var unansweredOpens = 0

    /// A connection that has said nothing yet.
    public init() {}

    /// True while the answer to an `open` is outstanding.
    ///
    /// Events without a `source` need that answer, so the door holds further lines back until it has passed through
    /// ``lines(forAnswer:isForOpen:)``.
    public var isOpening: Bool { unansweredOpens > 0 }

    /// Takes a line.
    ///
    /// - Parameter line: One line without its line feed.
    /// - Returns: What is to be done with it.
    public mutating func frame(forLine line: String) -> JSONStep {
        guard line.utf8.count <= Limits.jsonLineBytesMax else {
            let text =
                "the line has \(line.utf8.count) bytes, \(Limits.jsonLineBytesMax) are allowed: split the receipt"
            return .close([JSONSession.line(error: .frameTooLong, text)])
        }
        guard line.utf8.contains(where: { $0 > 0x20 }) else { return .answer([]) }
        do {
            return try step(for: JSONParser.parse(line))
        } catch {
            return .answer([JSONSession.line(error: .malformed, error.description)])
        }
    }

    private static let verbs = ["hello", "open", "ask"] + CommandKind.allCases.map(\.rawValue)
    private static let operands = ["source", "number", "digest", "member", "as_of", "window_days", "of", "id"]

    private mutating func step(for document: DocumentNode) throws(DocumentFault) -> JSONStep {
        let line = try Fields(document, path: "", keys: JSONSession.verbs + JSONSession.operands)
        let said = line.keys.filter(JSONSession.verbs.contains)
        guard said.count == 1, let verb = said.first else {
            let found = said.isEmpty ? "the line has no verb" : "the line has the verbs \(said.joined(separator: ", "))"
            throw DocumentFault(
                "\(found); expected one of \(JSONSession.verbs.joined(separator: ", "))", path: "", at: document)
        }
        switch verb {
        case "hello": return try hello(document)
        case "open": return try open(document)
        case "ask": return try ask(document)
        default: return try event(verb, document)
        }
    }

    private func hello(_ document: DocumentNode) throws(DocumentFault) -> JSONStep {
        let greeting = try Fields(document, path: "", keys: ["hello"]).object("hello", keys: ["client"])
        _ = try greeting.text("client", or: "", bytesMax: Limits.nameBytesMax, "what the client calls itself")
        return .hello
    }

    private mutating func open(_ document: DocumentNode) throws(DocumentFault) -> JSONStep {
        let line = try Fields(document, path: "", keys: ["open"])
        let expected = "a source's name of 1 to \(Limits.identifierBytesMax) bytes, for example \"store-17/till-3\""
        let name = try line.text("open", expected)
        guard !name.isEmpty else { throw line.fault("open", expected) }
        let message = try JSONSession.message("open", document, OpenSource(name: name).encode(into:))
        unansweredOpens += 1
        return .open(message)
    }

    private func ask(_ document: DocumentNode) throws(DocumentFault) -> JSONStep {
        if let receipt = try Receipt(quoteLine: document) {
            return .submit(
                try JSONSession.message("ask", document) { (writer) throws(Rejection) in
                    try writer.append(quoteOf: receipt)
                })
        }
        let question = try Question(line: document)
        return .submit(try JSONSession.message("ask", document, question.encode(into:)))
    }

    private func event(_ verb: String, _ document: DocumentNode) throws(DocumentFault) -> JSONStep {
        let line = try Fields(document, path: "", keys: ["source", "number", verb])
        let number = try line.whole(
            "number", in: 1...UInt64.max, "the source's number for the event, from 1 without gaps")
        let source = try eventSource(line)
        guard let kind = CommandKind(rawValue: verb) else {
            preconditionFailure("Every verb is hello, open, ask or a kind.")
        }
        let command = try kind.command(in: line)
        let message = try JSONSession.message(verb, document) { (writer) throws(Rejection) in
            writer.append(batchOf: 1, source: source, firstNumber: number)
            try writer.appendEvent(command)
        }
        return .submit(message)
    }

    private func eventSource(_ line: Fields) throws(DocumentFault) -> SourceNumber {
        if line.optional("source") != nil {
            return SourceNumber(try line.whole("source", in: 1...UInt32.max, "the number that the answer to open gave"))
        }
        guard let source, !isOpening else {
            let text =
                isOpening
                ? "await the answer to open first"
                : "is missing; open a source first, for example {\"open\":\"till-3\"}"
            throw DocumentFault(text, path: "source", at: line.node)
        }
        return source
    }
}

extension JSONSession {
    /// Notes the answer to an `open`; a refusal answers it as well and leaves the source as it was.
    mutating func note(answerToOpen message: RawSpan) {
        guard isOpening else { return }
        unansweredOpens -= 1
        if let opened = try? SourceOpened(message) { source = opened.source }
    }

    static func line(error code: Refusal.Code, _ text: String) -> String {
        var line = JSONText()
        line.add("error", JSONText.snakeCase("\(code)"))
        line.add("text", text)
        return line.object
    }

    /// The message that `encode` writes for a verb.
    private static func message(
        _ verb: String, _ document: DocumentNode, _ encode: (inout ByteWriter) throws(Rejection) -> Void
    ) throws(DocumentFault) -> [UInt8] {
        var writer = ByteWriter()
        do throws(Rejection) {
            try encode(&writer)
        } catch {
            throw DocumentFault(error.advice, path: verb, at: document)
        }
        return unsafe writer.bytes.withUnsafeBytes { unsafe Array($0) }
    }
}
