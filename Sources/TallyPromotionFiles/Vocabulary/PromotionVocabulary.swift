public import TallyPromotions

/// The words of promotion documents: which facts there are, by which names, and how their numbers are written.
///
/// A fact whose name has a dot, such as `rfm.r`, is written in the family before the dot: `rfm: {r: 4..5}`.
public struct PromotionVocabulary: Sendable {
    /// The facts.
    public let schema: FactSchema
    /// How each of them is written, by column.
    public let forms: [FactForm]
    /// Decimals of money: 2 for roubles and kopecks.
    public let moneyScale: Int
    /// Decimals of points.
    public let pointsScale: Int
    /// Ids of wallets that points may go to; empty when they are not judged.
    public internal(set) var wallets: [String] = []
    /// Facts without a family and the names of families.
    let keys: [String]
    private let columns: [String: FactColumn]
    private let families: [String: [String: FactColumn]]
    private let numbers: [[String: Int32]]

    /// Keys of `when` that are no facts.
    static let reserved = ["code", "basket"]

    /// A vocabulary of any schema.
    ///
    /// - Parameters:
    ///   - schema: The facts; none is called `code` or `basket`, and none has the name of a family.
    ///   - forms: How facts are written, by name; the others as names or as any number, after their domain.
    ///   - moneyScale: Decimals of money, 0…4.
    ///   - pointsScale: Decimals of points, 0…4.
    public init(schema: FactSchema, forms: [String: FactForm] = [:], moneyScale: Int = 2, pointsScale: Int = 2) {
        self.schema = schema
        (self.moneyScale, self.pointsScale) = (moneyScale, pointsScale)
        var keys: [String] = []
        var columns: [String: FactColumn] = [:]
        var families: [String: [String: FactColumn]] = [:]
        for (number, fact) in schema.facts.enumerated() {
            let column = FactColumn(Int32(number))
            let (family, member) = PromotionVocabulary.parts(of: fact.name)
            let key = family ?? member
            precondition(!PromotionVocabulary.reserved.contains(key), "A fact has a name that the language needs.")
            if !keys.contains(key) { keys.append(key) }
            if let family { families[family, default: [:]][member] = column } else { columns[member] = column }
        }
        (self.keys, self.columns, self.families) = (keys, columns, families)
        self.forms = schema.facts.map { fact in
            forms[fact.name] ?? (fact.domain == .number ? .anyNumber : .name)
        }
        numbers = schema.facts.map { fact in
            guard case .choice(let names) = fact.domain else { return [:] }
            return Dictionary(names.enumerated().map { ($1, Int32($0)) }) { first, _ in first }
        }
    }

    /// The numbers of a basket of which nothing is known: 0, the first name, or "unknown".
    public var neutralFacts: [Int32] { forms.map { $0.unknown ?? 0 } }

    /// A fact's family, if it has one, and its own name.
    static func parts(of name: String) -> (family: String?, member: String) {
        guard let dot = name.firstIndex(of: ".") else { return (nil, name) }
        return (String(name[..<dot]), String(name[name.index(after: dot)...]))
    }

    /// The fact of a key without a family.
    func column(_ key: String) -> FactColumn? { columns[key] }

    /// The facts of a family; nil when there is no such family.
    func family(_ key: String) -> [String: FactColumn]? { families[key] }

    func form(_ column: FactColumn) -> FactForm { forms[Int(column.rawValue)] }

    /// The number of a name; nil when the fact has no such name.
    func number(_ name: String, _ column: FactColumn) -> Int32? { numbers[Int(column.rawValue)][name] }

    /// The names of a fact; empty for numbers.
    func names(_ column: FactColumn) -> [String] {
        if case .choice(let names) = schema[column].domain { names } else { [] }
    }

    /// The name of a number; nil when the fact has none for it.
    func name(_ number: Int32, _ column: FactColumn) -> String? {
        let names = names(column)
        return names.indices.contains(Int(number)) ? names[Int(number)] : nil
    }
}
