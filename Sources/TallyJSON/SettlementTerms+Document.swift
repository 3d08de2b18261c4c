public import TallyModel

extension SettlementTerms {
    /// The keys of the terms between two businesses in a document.
    public static let documentKeys = ["issuer", "redeemer", "wallet", "rate", "fee", "timing"]

    /// Reads what a business pays another; one for one without a fee, due with the redemption, unless they are given.
    ///
    /// - Parameter fields: An object with ``documentKeys``.
    /// - Throws: ``DocumentFault`` at the first value that is missing or wrong.
    public init(_ fields: Fields) throws(DocumentFault) {
        self.init(
            issuer: try fields.text("issuer", "the id of the business that issued the points"),
            redeemer: try fields.text("redeemer", "the id of the business where they are spent"),
            wallet: try fields.text("wallet", "the id of the wallet, for example \"points\""))
        rate = try fields.moneyRate("rate", or: rate)
        feeBasisPoints = try fields.basisPoints("fee", or: feeBasisPoints)
        timing = try fields.choice("timing", among: SettlementTiming.documentNames, or: timing)
    }
}

extension SettlementTiming {
    /// How documents name the moments.
    static let documentNames = allCases.map { (JSONText.snakeCase("\($0)"), $0) }
}
