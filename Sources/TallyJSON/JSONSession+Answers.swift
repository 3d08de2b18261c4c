import TallyBytes
import TallyCodec
import TallyModel

extension JSONSession {
    /// Turns the daemon's answer into lines.
    ///
    /// Answers come from several threads, in any order, so the door says which request this one belongs to.
    ///
    /// - Parameters:
    ///   - message: One message of the schema from the daemon.
    ///   - isForOpen: True when it answers the message of ``JSONStep/open(_:)``.
    /// - Returns: The lines to send, without line feeds; an error line when the message is not an answer.
    public mutating func lines(forAnswer message: RawSpan, isForOpen: Bool = false) -> [String] {
        if isForOpen { note(answerToOpen: message) }
        do {
            return try JSONSession.lines(message)
        } catch {
            return [JSONSession.line(error: .malformed, "the daemon's answer cannot be read: \(error)")]
        }
    }

    private static func lines(_ message: RawSpan) throws(CodecError) -> [String] {
        let template = try Message.templateID(of: message)
        switch template {
        case WelcomeLayout.templateID: return [JSONSession.line(try Welcome(message))]
        case SourceOpenedLayout.templateID: return [JSONSession.line(try SourceOpened(message))]
        case BatchResultsLayout.templateID: return JSONSession.lines(try BatchResults(message))
        case RefusalLayout.templateID: return [JSONSession.line(try Refusal(message))]
        case StatusLayout.templateID: return [DaemonStatusJSON.line(try DaemonStatus(message))]
        case BalancesLayout.templateID: return [JSONSession.line(try BalancesPage(message))]
        case QuoteLayout.templateID, PricedQuoteLayout.templateID: return [JSONSession.line(try Quote(message))]
        case PromotionsStandLayout.templateID: return [PromotionsPageJSON.line(try PromotionsPage(message))]
        case DefinitionLayout.templateID: return [JSONSession.line(try Definition(message))]
        case KPILayout.templateID: return [KPIReportJSON.line(try KPIReport(message))]
        default: throw CodecError(.unexpectedTemplate(template), at: 2)
        }
    }

    private static func line(_ welcome: Welcome) -> String {
        var line = JSONText()
        line.add("server", welcome.server)
        line.add("protocol", welcome.protocolVersion)
        line.add("durability", "\(welcome.durability)")
        line.add("ledger", JSONText.hexadecimal(welcome.ledgerID.high) + JSONText.hexadecimal(welcome.ledgerID.low))
        line.add("tip", welcome.tip.rawValue)
        line.add("line_bytes_max", Limits.jsonLineBytesMax)
        line.add("lines_max", welcome.linesMax)
        line.add("credit", welcome.credit)
        return line.object
    }

    private static func line(_ opened: SourceOpened) -> String {
        var line = JSONText()
        line.add("source", opened.source.rawValue)
        line.add("last_number", opened.lastNumber)
        line.add("last_sequence", opened.lastSequence.rawValue)
        return line.object
    }

    private static func line(_ refusal: Refusal) -> String {
        var line = JSONText()
        line.add("error", JSONText.snakeCase("\(refusal.code)"))
        line.add("text", refusal.text)
        if refusal.retryAfterMilliseconds > 0 { line.add("retry_after_milliseconds", refusal.retryAfterMilliseconds) }
        if refusal.isClosing { line.add("closing", true) }
        return line.object
    }

    private static func line(_ page: BalancesPage) -> String {
        var line = JSONText()
        line.add("sequence", page.sequence.rawValue)
        line.add("last", page.isLast)
        line.add("balances", list: page.rows.map(BalanceRowJSON.object))
        return line.object
    }

    private static func line(_ definition: Definition) -> String {
        var line = JSONText()
        line.add("sequence", definition.sequence.rawValue)
        line.add("\(definition.kind)", definition.id)
        line.add("defined", definition.scale != nil)
        line.add("scale", definition.scale.map { Int64($0) })
        return line.object
    }

    private static func line(_ quote: Quote) -> String {
        var line = JSONText()
        line.add("sequence", quote.sequence.rawValue)
        line.add("status", quote.code == 0 ? "quoted" : "rejected")
        if quote.code != 0 {
            line.add("code", quote.code)
            line.add("rejection", quote.rejection?.documentName)
            line.add("line", quote.line)
            line.add("advice", quote.rejection?.advice)
            return line.object
        }
        line.add("member", quote.member == 0 ? nil : Int64(quote.member))
        line.add("points_minor", quote.points.minor)
        line.add("earned_minor", quote.earned.minor)
        line.add("balance_minor", quote.balance.minor)
        line.add("to_pay_minor", quote.toPay.minor)
        let payments = quote.payments.map { payment in
            var object = JSONText()
            object.add("wallet", payment.wallet)
            object.add("points_minor", payment.points.minor)
            object.add("money_minor", payment.money.minor)
            return object.object
        }
        line.add("redemptions", list: payments)
        if let promotions = quote.promotions { add(promotions, to: &line) }
        return line.object
    }

    private static func lines(_ results: BatchResults) -> [String] {
        results.outcomes.enumerated().map { index, outcome in
            line(outcome, number: results.firstNumber &+ UInt64(index), nextNumber: results.nextNumber)
        }
    }

    private static func line(_ outcome: Outcome, number: UInt64, nextNumber: UInt64) -> String {
        var line = JSONText()
        line.add("number", number)
        line.add("status", "\(outcome.status)")
        switch outcome.status {
        case .recorded:
            line.add("repeated", outcome.isRepeated)
            line.add("sequence", outcome.sequence)
            line.add("member", outcome.member == 0 ? nil : Int64(outcome.member))
            line.add("points_minor", outcome.points)
            line.add("balance_minor", outcome.balance)
        case .rejected:
            addReason(outcome, to: &line)
            if outcome.rejection == .priceChanged {
                line.add("difference_minor", outcome.points)
                line.add("payable_minor", outcome.balance)
            }
            line.add("sequence", outcome.sequence)
        case .conflict, .gap, .unavailable:
            addReason(outcome, to: &line)
            line.add("next_number", nextNumber)
        }
        return line.object
    }

    private static func addReason(_ outcome: Outcome, to line: inout JSONText) {
        line.add("code", outcome.code)
        line.add("rejection", outcome.rejection?.documentName)
        line.add("line", outcome.line)
        line.add("advice", outcome.rejection?.advice)
    }
}
