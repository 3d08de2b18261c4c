public import TallyModel

// Terms read the same in a line of JSON and in a programme file, as definitions do.

extension WalletTerms {
    /// The keys of a wallet's terms in a document.
    public static let documentKeys = ["wallet"] + termKeys

    /// The keys of the terms alone, for a document that has said whose they are.
    public static let termKeys = [
        "expiry", "pending", "return_window_days", "burn_order", "max_share", "max_per_receipt_minor",
        "min_receipt_minor", "negative", "grace_days", "money_rate", "earn", "burn", "returns", "takes_back_blind",
        "earns_on_points",
    ]

    /// Reads the terms of a wallet type; what is left out is standard.
    ///
    /// ```yaml
    /// expiry: 6 months          # never, 180 days, {dates: [12-31]}, {sliding_days: 90}
    /// pending: return_window    # none, 14 days, {date: 2026-01-01}
    /// max_share: 50 %
    /// negative: {up_to_minor: 500}
    /// burn: {except: [tobacco]}
    /// ```
    ///
    /// - Parameters:
    ///   - fields: An object with ``documentKeys`` or ``termKeys``.
    ///   - wallet: The wallet unless one is given; nil when one must be given.
    /// - Throws: ``DocumentFault`` at the first value that is missing or wrong.
    public init(_ fields: Fields, wallet: String? = nil) throws(DocumentFault) {
        let expected = "the id of the wallet, for example \"points\""
        self = .standard(
            wallet: wallet == nil
                ? try fields.text("wallet", expected) : try fields.text("wallet", or: wallet!, expected))
        try readLots(fields)
        try readSpending(fields)
        try readReturns(fields)
    }

    private mutating func readLots(_ fields: Fields) throws(DocumentFault) {
        expiry = try fields.expiry(or: expiry)
        pending = try fields.pending(or: pending)
        earnFilter = try fields.filter("earn", or: earnFilter)
        earnsOnPoints = try fields.flag("earns_on_points", or: earnsOnPoints)
    }

    private mutating func readSpending(_ fields: Fields) throws(DocumentFault) {
        burnOrder = try fields.choice("burn_order", among: BurnOrder.documentNames, or: burnOrder)
        burnFilter = try fields.filter("burn", or: burnFilter)
        maxShareBasisPoints = try fields.basisPoints("max_share", or: maxShareBasisPoints)
        let amounts = 0...Limits.amountMinorMax
        let most = "minor units of points that one receipt takes at most, 0 for no limit"
        maxPerReceipt = Points(
            minor: try fields.whole("max_per_receipt_minor", or: maxPerReceipt.minor, in: amounts, most))
        let least = "the total in minor units from which a receipt takes points, 0 for any"
        minReceipt = Money(minor: try fields.whole("min_receipt_minor", or: minReceipt.minor, in: amounts, least))
        moneyRate = try fields.moneyRate("money_rate", or: moneyRate, numeratorMin: 1)
    }

    private mutating func readReturns(_ fields: Fields) throws(DocumentFault) {
        let range: ClosedRange<UInt16> = 0...3_650
        let days = "whole days, \(range.lowerBound) to \(range.upperBound)"
        returnWindowDays = try fields.whole("return_window_days", or: returnWindowDays, in: range, days)
        graceDays = try fields.whole("grace_days", or: graceDays, in: range, days)
        negative = try fields.negative(or: negative)
        returns = try fields.choice("returns", among: ReturnTerm.documentNames, or: returns)
        takesBackBlind = try fields.flag("takes_back_blind", or: takesBackBlind)
    }
}

extension BurnOrder {
    /// How documents name the orders.
    static let documentNames = allCases.map { (JSONText.snakeCase("\($0)"), $0) }
}

extension ReturnTerm {
    /// How documents name what a return does.
    static let documentNames = allCases.map { (JSONText.snakeCase("\($0)"), $0) }
}

extension Fields {
    fileprivate func expiry(or fallback: ExpiryTerm) throws(DocumentFault) -> ExpiryTerm {
        let key = "expiry"
        let expected = #"never, "180 days", "6 months", {"dates":["12-31"]} or {"sliding_days":90}"#
        switch try form(key, keys: ["dates", "sliding_days"], expected) {
        case nil: return fallback
        case .word("never"): return .never
        case .word(let text):
            switch TimeSpan(text) {
            case .days(let count): return .days(try bounded(count, in: ExpiryTerm.daysRange, key, "days"))
            case .months(let count): return .months(try bounded(count, in: ExpiryTerm.monthsRange, key, "months"))
            case nil: throw fault(key, expected, nearest: text, among: ["never"] + TimeSpan.spellings(of: text))
            }
        case .object("dates", let term):
            let date = "a day of the year as month and day, for example \"12-31\""
            return .dates(try term.list("dates", countMax: ExpiryTerm.datesMax, date, DayOfYear.init(documentText:)))
        case .object(_, let term):
            let range = ExpiryTerm.daysRange
            return .sliding(
                try term.whole("sliding_days", in: range, "whole days, \(range.lowerBound) to \(range.upperBound)"))
        }
    }

    fileprivate func pending(or fallback: PendingTerm) throws(DocumentFault) -> PendingTerm {
        let key = "pending"
        let expected = #"none, "14 days", return_window or {"date":"2026-01-01"}"#
        switch try form(key, keys: ["date"], expected) {
        case nil: return fallback
        case .word("none"): return .none
        case .word("return_window"): return .returnWindow
        case .word(let text):
            guard case .days(let count) = TimeSpan(text) else {
                let names = ["none", "return_window"] + TimeSpan.spellings(of: text).filter { $0.hasSuffix("days") }
                throw fault(key, expected, nearest: text, among: names)
            }
            return .days(try bounded(count, in: PendingTerm.daysRange, key, "days"))
        case .object(_, let term):
            guard let day = try term.day("date") else { throw fault(key, expected) }
            let last = CivilDay(days: Limits.lotDayMax)
            guard day <= last else { throw term.fault("date", "a day up to \(last)") }
            return .date(day)
        }
    }

    fileprivate func negative(or fallback: NegativeTerm) throws(DocumentFault) -> NegativeTerm {
        let expected = #"none, unlimited or {"up_to_minor":500}"#
        switch try form("negative", keys: ["up_to_minor"], expected) {
        case nil: return fallback
        case .word("none"): return .none
        case .word("unlimited"): return .unlimited
        case .word(let text): throw fault("negative", expected, nearest: text, among: ["none", "unlimited"])
        case .object(_, let term):
            let limit = "minor units of points that a member may owe"
            return .upTo(Points(minor: try term.whole("up_to_minor", in: 0...Limits.amountMinorMax, limit)))
        }
    }

    fileprivate func filter(_ key: String, or fallback: LineFilter) throws(DocumentFault) -> LineFilter {
        let expected = #"all, {"only":["bakery"]} or {"except":["tobacco"]}"#
        switch try form(key, keys: ["only", "except"], expected) {
        case nil: return fallback
        case .word("all"): return .all
        case .word(let text): throw fault(key, expected, nearest: text, among: ["all"])
        case .object(let kind, let filter):
            let names = try filter.list(kind, countMax: Limits.filterNamesMax, "a category as text") { $0 }
            return kind == "only" ? .only(names) : .except(names)
        }
    }

    private func bounded(
        _ count: UInt64, in range: ClosedRange<UInt16>, _ key: String, _ unit: String
    ) throws(DocumentFault) -> UInt16 {
        guard let small = UInt16(exactly: count), range.contains(small) else {
            throw fault(key, "\(range.lowerBound) to \(range.upperBound) \(unit)")
        }
        return small
    }
}

extension ExpiryTerm {
    /// A hundred years, whichever way they are counted.
    fileprivate static var daysRange: ClosedRange<UInt16> { 1...36_500 }
    fileprivate static var monthsRange: ClosedRange<UInt16> { 1...1_200 }
    fileprivate static var datesMax: Int { 12 }
}

extension PendingTerm {
    fileprivate static var daysRange: ClosedRange<UInt16> { 1...3_650 }
}

extension DayOfYear {
    /// Reads `MM-DD`; nil when the text has another form or no year has such a day.
    fileprivate init?(documentText: String) {
        // A leap year has all of them.
        guard let date = CivilDay(text: "2000-\(documentText)")?.date else { return nil }
        self.init(month: UInt8(date.month), day: UInt8(date.day))
    }
}

/// A number of days or months as people write it: `180 days`, `1 month`.
private enum TimeSpan {
    case days(UInt64)
    case months(UInt64)

    init?(_ text: String) {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2, let count = UInt64(parts[0]) else { return nil }
        switch parts[1] {
        case "day", "days": self = .days(count)
        case "month", "months": self = .months(count)
        default: return nil
        }
    }

    /// How the number in a text could be meant.
    static func spellings(of text: String) -> [String] {
        let digits = String(text.prefix { ("0"..."9").contains($0) })
        return digits.isEmpty ? [] : ["\(digits) days", "\(digits) months"]
    }
}
