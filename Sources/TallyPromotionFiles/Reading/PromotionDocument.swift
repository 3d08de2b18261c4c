import TallyImport
import TallyJSON
public import TallyPromotions

/// A file of promotions: its name and its text, YAML or JSON.
public struct PromotionSource: Sendable, Hashable {
    /// What diagnostics call it.
    public var name: String
    /// The whole text.
    public var text: String

    /// A source of its parts.
    public init(name: String, text: String) { (self.name, self.text) = (name, text) }
}

/// What one file says: promotions, groups, terms of lanes, tests.
public struct PromotionDocument: Sendable {
    /// Promotions in the order of the file.
    public var promotions: [PlacedPromotion] = []
    /// Groups in the order of the file.
    public var groups: [PlacedGroup] = []
    /// Terms of those lanes that the file names.
    public var lanes: [Lane: RuleSet.LaneTerms] = [:]
    /// What a minor unit of points is worth, in ten-thousandths of a minor unit of money; nil when the file does not say.
    public var pointValue: Int64?
    /// Tests in the order of the file.
    public var tests: [GoldenTest] = []

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - source: The file; a text that begins with a brace is JSON.
    ///   - vocabulary: The words that it may use.
    ///   - assortment: The goods, if names of goods are to be judged.
    /// - Returns: What could be read, and everything that is wrong with it. With a mistake among the diagnostics, what was
    ///   read is incomplete.
    public static func read(
        _ source: PromotionSource, _ vocabulary: PromotionVocabulary, _ assortment: Assortment? = nil
    ) -> (document: PromotionDocument, diagnostics: [PromotionDiagnostic]) {
        var reader = DocumentReader(file: source.name, vocabulary, assortment.map { GoodsNames($0) })
        guard let node = reader.root(source.text, "promotions") else {
            return (PromotionDocument(), reader.diagnostics)
        }
        let document = reader.document(node)
        return (document, reader.diagnostics)
    }
}

/// A promotion and where its parts stand.
public struct PlacedPromotion: Sendable {
    /// The promotion.
    public var promotion: Promotion
    /// Where its id stands.
    public var place: DocumentPlace
    /// Where its group, its marks and its cases stand.
    var groupPlace: DocumentPlace?
    var lanePlace: DocumentPlace?
    var exclusivePlace: DocumentPlace?
    var rulePlaces: [DocumentPlace] = []
}

/// A group and where its parts stand.
public struct PlacedGroup: Sendable {
    /// The group.
    public var group: PromotionGroup
    /// Where its id stands.
    public var place: DocumentPlace
    var parentPlace: DocumentPlace?
    var lanePlace: DocumentPlace?
}

extension DocumentReader {
    /// The document of a text; nil, with a diagnostic, when it is neither YAML nor JSON.
    mutating func root(_ text: String, _ expected: String) -> DocumentNode? {
        let start = DocumentNode(.null, line: 1, column: 1)
        guard text.utf8.count <= PromotionLimits.documentBytesMax else {
            note(
                start, "", found: "\(text.utf8.count) bytes",
                expected: "at most \(PromotionLimits.documentBytesMax)")
            return nil
        }
        do {
            let first = text.utf8.first { !" \t\r\n".utf8.contains($0) }
            return try first == UInt8(ascii: "{")
                ? JSONDocument.read(text) : YAMLDocument.read(text, expecting: expected)
        } catch let fault as DocumentFault {
            note(DocumentNode(.null, line: fault.line, column: fault.column), "", found: fault.text, expected: "JSON")
        } catch let fault as ProgrammeFault {
            note(DocumentNode(.null, line: fault.line, column: fault.column), "", found: fault.text, expected: "YAML")
        } catch {
            note(start, "", found: "\(error)", expected: "YAML or JSON")
        }
        return nil
    }

    private static let setKeys = ["point_worth", "lanes", "groups", "promotions", "tests"]

    /// A document of one promotion, or of several with their groups.
    mutating func document(_ node: DocumentNode) -> PromotionDocument {
        var document = PromotionDocument()
        guard case .object(let entries) = node.value else {
            note(node, "", expected: "an object with the key promotion, or with the key promotions")
            return document
        }
        if entries.contains(where: { $0.key == "promotion" }) {
            if let promotion = promotion(node, "", more: ["tests"]) { document.promotions.append(promotion) }
            if let tests = entries.first(where: { $0.key == "tests" })?.node {
                document.tests = self.tests(tests, "tests")
            }
            return document
        }
        guard let object = object(node, "", keys: DocumentReader.setKeys) else { return document }
        if let worth = object["point_worth"] {
            let range = 0...PromotionLimits.pointValueMax
            document.pointValue = decimal(worth, "point_worth", scale: 4, range, "what a point is worth")
        }
        if let lanes = object["lanes"] { document.lanes = self.lanes(lanes, "lanes") }
        if let groups = object["groups"] {
            let nodes = list(groups, "groups", countMax: PromotionLimits.groupsMax, "a group") ?? []
            document.groups = nodes.enumerated().compactMap { group($1, "groups[\($0)]") }
        }
        if let promotions = object["promotions"] {
            let nodes = list(promotions, "promotions", countMax: PromotionLimits.promotionsMax, "a promotion") ?? []
            document.promotions = nodes.enumerated().compactMap { promotion($1, "promotions[\($0)]") }
        }
        if let tests = object["tests"] { document.tests = self.tests(tests, "tests") }
        return document
    }
}
