public import TallyBytes
public import TallyModel

/// The record of a purchase with what promotions did, read in place.
///
/// ```
/// ┌ envelope, sums, uses ┬ the purchase's record ┬ awards ┬ facts ┬ codes ┬ extras ┬ names ┐
/// ```
public struct PromotedReceipt: ~Escapable {
    /// The record of the purchase, with codes or without; its totals are what was to be paid.
    public let receipt: RawSpan
    private let message: Message
    private let details: RawSpan

    /// Cuts the record into its parts.
    ///
    /// - Throws: ``CodecError`` when the bytes are another record, or shorter than they say.
    @_lifetime(copy record)
    public init(_ record: RawSpan) throws(CodecError) {
        typealias Layout = PromotedReceiptRecordedLayout
        message = try Message(record, shape: Layout.shape)
        let length = Int(message.u16(Layout.receiptLength))
        guard let receipt = message.text(at: 0, count: length),
            let details = message.text(at: length, count: message.textLength - length)
        else {
            throw CodecError(.textLengthMismatch(needed: length, found: message.textLength), at: message.textOffset)
        }
        // The receipt is the same event: its envelope is this one's.
        let end = messageHeaderLength + Layout.shelfTotal
        guard receipt.byteCount >= end,
            receipt.extracting(messageHeaderLength..<end)
                .hasSameBytes(as: record.extracting(messageHeaderLength..<end))
        else { throw CodecError(.valueUnknown(field: "envelope", value: 0), at: message.textOffset) }
        (self.receipt, self.details) = (receipt, details)
    }

    /// What stands at the front of the record.
    public var envelope: RecordEnvelope { message.envelope }
    /// What the goods cost before promotions, in minor units.
    public var shelfTotal: Int64 { message.i64(PromotedReceiptRecordedLayout.shelfTotal) }
    /// What the customer had paid more than came out, in minor units; not 0 only for receipts that were over.
    public var difference: Int64 { message.i64(PromotedReceiptRecordedLayout.difference) }
    /// The revision of the promotions; 0 when none were in force.
    public var revision: UInt32 { message.u32(PromotedReceiptRecordedLayout.revision) }
    /// Counters that it adds to.
    public var useCount: Int { message.firstGroup.count }

    /// What it adds to the counter at `index`.
    public func use(at index: Int) -> LimitUse {
        typealias Entry = PromotedReceiptRecordedLayout.Uses
        let entry = message.firstGroup.offset + index * message.firstGroup.stride
        return LimitUse(
            high: message.bytes.u64(at: entry + Entry.high), low: message.bytes.u64(at: entry + Entry.low),
            amount: message.bytes.i64(at: entry + Entry.amount))
    }

    /// The list of awards, in front of the first.
    ///
    /// - Throws: ``CodecError`` when the record does not even say how many there are.
    @_lifetime(copy self)
    public func awardList() throws(CodecError) -> AwardList { try AwardList(details) }

    /// Everything that promotions looked at and did.
    ///
    /// - Throws: ``CodecError`` when the bytes do not end where they say.
    public func account() throws(CodecError) -> PromotionAccount {
        try CodecError.moved(by: message.textOffset + receipt.byteCount) { () throws(CodecError) in
            var list = try awardList()
            var account = PromotionAccount()
            while let award = try list.next() { account.awards.append(award) }
            try list.readFacts(into: &account)
            return account
        }
    }

    /// Promotions of the document that do something for the first time; most records have none.
    ///
    /// They stand behind everything else, which is passed over: an id may end in any byte, so the last one does not tell.
    ///
    /// - Throws: ``CodecError`` when the bytes do not end where they say.
    public func names() throws(CodecError) -> [PromotionAccount.Name] {
        try CodecError.moved(by: message.textOffset + receipt.byteCount) { () throws(CodecError) in
            var list = try awardList()
            return try list.namesBehindTheRest()
        }
    }

    /// The record of the purchase inside a record, or the record itself: whoever does not care about promotions reads this.
    @_lifetime(copy record)
    public static func receipt(in record: RawSpan) -> RawSpan {
        guard let promoted = try? PromotedReceipt(record) else { return record }
        return promoted.receipt
    }
}

/// Everything that promotions looked at for a receipt and did.
public struct PromotionAccount: Sendable, Hashable {
    /// What each promotion did, in the order in which they applied, those withheld among them.
    public var awards: [PromotionAward]
    /// The number of every fact of the words, in their order.
    public var facts: [Int32]
    /// Codes that were shown, then instruments whose codes the purchase used.
    public var codes: [String]
    /// For every line what was paid more for it than came out, in minor units; empty when nothing was paid differently.
    public var extras: [Int64]
    /// Promotions of the document that do something for the first time, with their ids.
    public var names: [Name]

    /// The id of a promotion by its place in the document.
    public struct Name: Sendable, Hashable {
        /// The place, from 0.
        public var place: UInt32
        /// The id.
        public var id: String

        /// A name of its parts.
        public init(place: UInt32, id: String) { (self.place, self.id) = (place, id) }
    }

    /// An account of its parts.
    public init(
        awards: [PromotionAward] = [], facts: [Int32] = [], codes: [String] = [], extras: [Int64] = [],
        names: [Name] = []
    ) {
        (self.awards, self.facts, self.codes, self.extras) = (awards, facts, codes, extras)
        self.names = names
    }
}

/// Reads the awards of a record in place.
public struct AwardList: ~Escapable {
    private var words: WordReader
    private var left: Int

    @_lifetime(copy bytes)
    init(_ bytes: RawSpan) throws(CodecError) {
        words = WordReader(bytes)
        left = Int(try words.number("awards") as UInt16)
    }

    /// An award without its parts.
    public struct Head: Sendable, BitwiseCopyable {
        /// The promotion, by its place.
        public var place: UInt32
        /// The case that applied.
        public var rule: UInt32
        /// True when it was withheld.
        public var isWithheld: Bool
        /// The wallet that received its points; 0 for none.
        public var wallet: UInt16
        /// Parts that follow.
        public var parts: UInt16
    }

    /// The head of the next award, whose parts are to be read then; nil behind the last.
    ///
    /// - Throws: ``CodecError`` when the bytes end inside it or hold a number out of range.
    public mutating func nextHead() throws(CodecError) -> Head? {
        guard left > 0 else { return nil }
        left -= 1
        let place: UInt32 = try words.number("place")
        let rule = try words.number("rule") as UInt32
        return Head(
            place: place, rule: rule &>> 1, isWithheld: rule & 1 == 1, wallet: try words.number("wallet"),
            parts: try words.number("parts"))
    }

    /// The next part of the award at hand.
    ///
    /// - Throws: ``CodecError`` when the bytes end inside it or hold a number out of range.
    public mutating func nextPart() throws(CodecError) -> PromotionAward.Part {
        PromotionAward.Part(
            line: try words.number("line"), discount: try words.number("discount"), points: try words.number("points"))
    }

    /// The next award with its parts; nil behind the last.
    ///
    /// - Throws: ``CodecError`` when the bytes end inside it or hold a number out of range.
    public mutating func next() throws(CodecError) -> PromotionAward? {
        guard let head = try nextHead() else { return nil }
        var parts: [PromotionAward.Part] = []
        for _ in 0..<head.parts { parts.append(try nextPart()) }
        return PromotionAward(
            place: head.place, rule: head.rule, isWithheld: head.isWithheld,
            wallet: head.wallet == 0 ? nil : WalletNumber(head.wallet), parts: parts)
    }

    /// Behind the last award: the facts, the codes, the end.
    mutating func readFacts(into account: inout PromotionAccount) throws(CodecError) {
        for _ in 0..<(try words.number("facts") as UInt16) {
            let value = try words.folded()
            guard let fact = Int32(exactly: value) else {
                throw CodecError(.valueUnknown(field: "fact", value: value), at: words.offset)
            }
            account.facts.append(fact)
        }
        for _ in 0..<(try words.number("codes") as UInt16) {
            let length: UInt8 = try words.number("code")
            account.codes.append(String(utf8Of: try words.take(Int(length))))
        }
        for _ in 0..<(try words.number("extras") as UInt16) { account.extras.append(try words.folded()) }
        account.names = try readNames()
    }

    /// The names behind the awards that are left, the facts, the codes and the extras.
    mutating func namesBehindTheRest() throws(CodecError) -> [PromotionAccount.Name] {
        while let head = try nextHead() {
            for _ in 0..<head.parts { _ = try nextPart() }
        }
        for _ in 0..<(try words.number("facts") as UInt16) { _ = try words.word() }
        for _ in 0..<(try words.number("codes") as UInt16) {
            let length: UInt8 = try words.number("code")
            _ = try words.take(Int(length))
        }
        for _ in 0..<(try words.number("extras") as UInt16) { _ = try words.word() }
        return try readNames()
    }

    private mutating func readNames() throws(CodecError) -> [PromotionAccount.Name] {
        var names: [PromotionAccount.Name] = []
        for _ in 0..<(try words.number("names") as UInt16) {
            let place: UInt32 = try words.number("place")
            let length: UInt8 = try words.number("id")
            names.append(PromotionAccount.Name(place: place, id: String(utf8Of: try words.take(Int(length)))))
        }
        guard words.isAtEnd else { throw CodecError(.trailingBytes(words.left), at: words.offset) }
        return names
    }
}

extension ByteWriter {
    /// Appends what promotions looked at and did, as the end of the text of a record.
    ///
    /// - Precondition: No number of awards is negative; a code has at most 255 bytes.
    public mutating func append(_ account: PromotionAccount) {
        append(word: UInt64(account.awards.count))
        for award in account.awards {
            append(word: UInt64(award.place))
            append(word: UInt64(award.rule) << 1 | (award.isWithheld ? 1 : 0))
            append(word: UInt64(award.wallet?.rawValue ?? 0))
            append(word: UInt64(award.parts.count))
            for part in award.parts {
                append(word: UInt64(part.line))
                append(word: UInt64(part.discount))
                append(word: UInt64(part.points))
            }
        }
        append(word: UInt64(account.facts.count))
        for fact in account.facts { append(folded: Int64(fact)) }
        append(word: UInt64(account.codes.count))
        for code in account.codes {
            append(word: UInt64(code.utf8.count))
            append(text: code)
        }
        append(word: UInt64(account.extras.count))
        for extra in account.extras { append(folded: extra) }
        append(word: UInt64(account.names.count))
        for name in account.names {
            append(word: UInt64(name.place))
            append(word: UInt64(name.id.utf8.count))
            append(text: name.id)
        }
    }
}
