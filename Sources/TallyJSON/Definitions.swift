public import TallyModel

// A definition reads the same in a line of JSON and in a programme file: the same keys, the same faults.

extension BusinessDefinition {
    /// The keys of a business in a document.
    public static let documentKeys = ["id", "name", "currency", "scale"]

    /// Reads a business; its name is its id and its scale 2 unless they are given.
    ///
    /// - Parameter fields: An object with ``documentKeys``.
    /// - Throws: ``DocumentFault`` at the first value that is missing or wrong.
    public init(_ fields: Fields) throws(DocumentFault) {
        let id = try fields.text("id", "the id of the business, for example \"grocery\"")
        self.init(
            id: id, name: try fields.name(or: id),
            currency: try fields.text("currency", "an ISO 4217 code, for example \"RUB\""),
            scale: try fields.whole("scale", or: 2, in: 0...6, "the decimals of the currency's minor unit, 0 to 6"))
    }
}

extension StoreDefinition {
    /// The keys of a store in a document.
    public static let documentKeys = ["id", "business", "name", "zone"]

    /// Reads a store.
    ///
    /// - Parameters:
    ///   - fields: An object with ``documentKeys``.
    ///   - business: The business unless one is given; nil when one must be given.
    /// - Throws: ``DocumentFault`` at the first value that is missing or wrong.
    public init(_ fields: Fields, business: String? = nil) throws(DocumentFault) {
        let expected = "the id of the store's business"
        self.init(
            id: try fields.text("id", "the id of the store as tills name it, for example \"330\""),
            business: business == nil
                ? try fields.text("business", expected) : try fields.text("business", or: business!, expected),
            name: try fields.name(or: ""),
            zone: try fields.text("zone", or: "", "an IANA time zone, for example \"Europe/Moscow\""))
    }
}

extension WalletDefinition {
    /// The keys of a wallet type in a document.
    public static let documentKeys = ["id", "name", "scale"]

    /// Reads a wallet type; its name is its id and its scale 2 unless they are given.
    ///
    /// - Parameter fields: An object with ``documentKeys``.
    /// - Throws: ``DocumentFault`` at the first value that is missing or wrong.
    public init(_ fields: Fields) throws(DocumentFault) {
        let id = try fields.text("id", "the id of the wallet, for example \"points\"")
        self.init(
            id: id, name: try fields.name(or: id),
            scale: try fields.whole("scale", or: 2, in: 0...6, "the decimals of a point, 0 to 6"))
    }
}

extension AccrualDefinition {
    /// The keys of an accrual in a document.
    public static let documentKeys = ["id", "wallet", "business", "rate", "rounding", "effective_from"]

    /// Reads an accrual; it holds for all businesses and since ever unless the document says otherwise.
    ///
    /// - Parameter fields: An object with ``documentKeys``.
    /// - Throws: ``DocumentFault`` at the first value that is missing or wrong.
    public init(_ fields: Fields) throws(DocumentFault) {
        self.init(
            id: try fields.text("id", "the id of the rule, for example \"base\""),
            wallet: try fields.text("wallet", "the id of the wallet that receives the points"),
            business: try fields.text("business", or: "", "the id of a business, or nothing for all"),
            effectiveFrom: try fields.effectiveFrom(), rate: try fields.rate("rate"),
            rounding: try fields.choice("rounding", among: Rounding.documentNames, or: .halfEven))
    }
}

extension Rounding {
    /// How documents name the ways of rounding.
    static let documentNames = Rounding.allCases.map { (JSONText.snakeCase("\($0)"), $0) }
}

extension Fields {
    /// A name for people, which may be longer than an identifier.
    fileprivate func name(or fallback: String) throws(DocumentFault) -> String {
        try text("name", or: fallback, bytesMax: Limits.nameBytesMax, "a name for people")
    }

    /// The moment from which a rule holds; since ever when it is missing.
    fileprivate func effectiveFrom() throws(DocumentFault) -> Instant {
        guard optional("effective_from") != nil else { return .distantPast }
        return try moment("effective_from").instant
    }

    /// A rate such as `5/100` or `5 %` or `2.5%`.
    fileprivate func rate(_ key: String) throws(DocumentFault) -> Rate {
        let expected = "a fraction between 0 and 1 such as \"5/100\" or \"5 %\""
        guard let rate = Rate(documentText: try text(key, expected)) else { throw fault(key, expected) }
        return rate
    }
}
