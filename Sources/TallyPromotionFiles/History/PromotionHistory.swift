import TallyBytes
import TallyCodec
public import TallyDecisions
public import TallyLog
public import TallyModel

/// The promotions of every revision, out of a log: what anybody needs to ask why, however long ago it was.
public struct PromotionHistory: Sendable {
    /// A revision as its record says it.
    public struct Revision: Sendable, Hashable {
        /// Its number, from 1.
        public var number: UInt32
        /// The record.
        public var sequence: UInt64
        /// From which moment it decides receipts.
        public var effectiveFrom: Instant
        /// Who answers for it, and why it is so.
        public var author: String
        /// Why, in a few words.
        public var note: String
        /// Promotions that rest in it.
        public var resting: [String: PromotionRest]
        var words: UInt32
        var rules: UInt32
    }

    /// All revisions, in the order of their numbers.
    public private(set) var revisions: [Revision] = []
    private var documents: [UInt32: [UInt8]] = [:]

    /// Reads a log.
    ///
    /// - Parameters:
    ///   - log: The log.
    ///   - receipt: Called with every record of a purchase that asked promotions; not called for other records.
    /// - Throws: `LogError` or `CodecError` when the log cannot be read.
    public init(_ log: some RecordLog, receipt: (UInt64, RawSpan) throws -> Void = { _, _ in }) throws {
        var history = PromotionHistory()
        try log.forEachBlock(from: 1, through: nil, check: .quick) { block in
            for index in 0..<block.recordCount {
                let record = block.record(at: index)
                switch try Message.templateID(of: record) {
                case DocumentKeptLayout.templateID: try history.keep(record)
                case PromotionsSetLayout.templateID:
                    history.revisions.append(try Revision(record, sequence: block.sequence(at: index)))
                case PromotedReceiptRecordedLayout.templateID: try receipt(block.sequence(at: index), record)
                default: break
                }
            }
            return true
        }
        self = history
    }

    private init() {}

    private mutating func keep(_ record: RawSpan) throws(CodecError) {
        let message = try Message(record, shape: DocumentKeptLayout.shape)
        guard let text = message.text(at: 0, count: message.textLength) else { return }
        let number = message.u32(DocumentKeptLayout.document)
        documents[number, default: []].reserveCapacity(text.byteCount)
        for offset in 0..<text.byteCount { documents[number, default: []].append(text.u8(at: offset)) }
    }

    /// The promotions of a revision.
    ///
    /// - Parameter number: The revision, from 1.
    /// - Returns: The promotions, with the words in which people speak of them.
    /// - Throws: ``TallyDecisions/PromotionsUnreadable`` when the log has no such revision or its documents are damaged.
    public func promotions(of number: UInt32) throws(PromotionsUnreadable) -> PublishedPromotions {
        guard number > 0, Int(number) <= revisions.count else {
            throw PromotionsUnreadable("the log has no revision \(number) of promotions")
        }
        let revision = revisions[Int(number) - 1]
        return try PromotionFileReader().published(
            words: documents[revision.words] ?? [], rules: documents[revision.rules] ?? [])
    }
}

extension PromotionHistory.Revision {
    init(_ record: RawSpan, sequence: UInt64) throws(CodecError) {
        typealias Layout = PromotionsSetLayout
        let message = try Message(record, shape: Layout.shape)
        var cursor = 0
        let author = message.string(&cursor, Int(message.u8(Layout.authorLength)))
        let note = message.string(&cursor, Int(message.u8(Layout.noteLength)))
        var resting: [String: PromotionRest] = [:]
        for index in 0..<message.firstGroup.count {
            let entry = message.firstGroup.offset + index * message.firstGroup.stride
            let id = message.string(&cursor, Int(record.u8(at: entry + Layout.Resting.length)))
            resting[id] = PromotionRest(rawValue: record.u8(at: entry + Layout.Resting.state))
        }
        self.init(
            number: message.u32(Layout.revision), sequence: sequence,
            effectiveFrom: Instant(microseconds: message.i64(Layout.effectiveFrom)), author: author, note: note,
            resting: resting, words: message.u32(Layout.words), rules: message.u32(Layout.rules))
    }
}
