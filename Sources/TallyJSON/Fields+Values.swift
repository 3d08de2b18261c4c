import TallyModel

// Values that several documents write in the same way.

extension Fields {
    /// A moment that must be there, with its offset from UTC in minutes.
    func moment(
        _ key: String, _ expected: String = "a moment with its offset, for example \"2017-01-01T00:00:00+03:00\""
    ) throws(DocumentFault) -> (instant: Instant, utcOffsetMinutes: Int16) {
        guard let moment = Instant.parse(try text(key, expected)) else { throw fault(key, expected) }
        return moment
    }

    /// A civil day; nil when it is missing.
    func day(_ key: String) throws(DocumentFault) -> CivilDay? {
        guard optional(key) != nil else { return nil }
        let expected = "a day, for example \"2026-12-31\""
        guard let day = CivilDay(text: try text(key, expected)) else { throw fault(key, expected) }
        return day
    }

    /// A percentage as exact basis points: `50 %` is 5,000.
    func basisPoints(_ key: String, or fallback: UInt16) throws(DocumentFault) -> UInt16 {
        guard optional(key) != nil else { return fallback }
        let expected = "a percentage from 0 to 100 with up to 2 decimals, for example \"50 %\""
        let text = try text(key, expected)
        guard text.hasSuffix("%"),
            let value = ExactDecimal.parse(String(text.dropLast().filter { $0 != " " }), scale: 2),
            (0...10_000).contains(value)
        else { throw fault(key, expected) }
        return UInt16(value)
    }

    /// Minor units of money for minor units of points.
    func moneyRate(_ key: String, or fallback: Rate, numeratorMin: UInt32 = 0) throws(DocumentFault) -> Rate {
        guard optional(key) != nil else { return fallback }
        let expected = "minor units of money for minor units of points, for example \"1/1\" or \"100/1\""
        guard let rate = Rate(documentText: try text(key, expected), isShare: false), rate.numerator >= numeratorMin
        else { throw fault(key, expected) }
        return rate
    }

    /// A value that is a word or an object with exactly one key.
    enum Form {
        /// Text.
        case word(String)
        /// The key of the object, and the object.
        case object(String, Fields)
    }

    /// The form of a value.
    ///
    /// - Parameters:
    ///   - key: Its name.
    ///   - keys: What the object may hold.
    ///   - expected: What a person should write there.
    /// - Returns: nil when it is missing.
    /// - Throws: ``DocumentFault`` when it is neither text nor an object with one key.
    func form(_ key: String, keys: [String], _ expected: String) throws(DocumentFault) -> Form? {
        guard let node = optional(key) else { return nil }
        guard case .object = node.value else { return .word(try text(key, expected)) }
        let object = try object(key, keys: keys)
        guard object.keys.count == 1 else { throw fault(key, expected) }
        return .object(object.keys[0], object)
    }
}
