/// The SHA-256 of a document, by which everybody names it: the same bytes are the same document.
@frozen
public struct DocumentDigest: Sendable, Hashable, BitwiseCopyable {
    /// Bytes 0..<8, little-endian.
    public var word0: UInt64
    /// Bytes 8..<16.
    public var word1: UInt64
    /// Bytes 16..<24.
    public var word2: UInt64
    /// Bytes 24..<32.
    public var word3: UInt64

    /// A digest of its words.
    @inlinable
    public init(_ word0: UInt64, _ word1: UInt64, _ word2: UInt64, _ word3: UInt64) {
        (self.word0, self.word1, self.word2, self.word3) = (word0, word1, word2, word3)
    }
}

/// A part of a document that the log keeps: the words of a programme, or its promotions.
///
/// A document may be longer than a record. Its parts come in their order; with the last one the digest is checked.
public struct DocumentPart: Sendable, Hashable {
    /// The digest of the whole document.
    public var digest: DocumentDigest
    /// Which part, from 1.
    public var part: UInt16
    /// How many there are, at most `Limits.documentPartsMax`.
    public var parts: UInt16
    /// 1 to `Limits.documentPartBytesMax` bytes of UTF-8; a character may be cut in two.
    public var bytes: [UInt8]

    /// A part of its parts.
    public init(digest: DocumentDigest, part: UInt16, parts: UInt16, bytes: [UInt8]) {
        (self.digest, self.part, self.parts, self.bytes) = (digest, part, parts, bytes)
    }
}

/// Puts promotions in force, or lets some of them rest.
public struct PromotionsChange: Sendable, Hashable {
    /// What changes.
    public var act: Act
    /// From which moment receipts are decided so; nil for now.
    public var effectiveFrom: Instant?
    /// Who answers for it.
    public var author: String
    /// Why, in a few words; may be empty.
    public var note: String

    /// What can change.
    public enum Act: Sendable, Hashable {
        /// These documents are the promotions from now on; those of them that rest go on resting.
        case publish(words: DocumentDigest, rules: DocumentDigest)
        /// The promotions of these ids do nothing until they are activated.
        case pause([String])
        /// They apply again.
        case activate([String])
        /// They never apply again under these ids.
        case archive([String])
    }

    /// A change of its parts.
    public init(_ act: Act, effectiveFrom: Instant? = nil, author: String, note: String = "") {
        (self.act, self.effectiveFrom, self.author, self.note) = (act, effectiveFrom, author, note)
    }
}

/// Why a promotion of the documents does nothing.
public enum PromotionRest: UInt8, Sendable, CaseIterable {
    /// It was paused and can be activated.
    case paused = 1
    /// It was archived for good.
    case archived = 2
}

/// How a receipt asks the promotions: with it, the totals of the receipt and of its lines are those of the shelf.
public struct Pricing: Sendable, Hashable {
    /// What the customer was told to pay in money and points; nil when nobody was told yet.
    ///
    /// When something else comes out, a receipt under way is refused with the difference.
    public var payable: Money?
    /// True for a receipt that is over, as of a till that was offline: what the customer has paid stands, and what comes out
    /// differently is recorded as a difference.
    public var isSettled: Bool
    /// What the shop knows about the buyer and the ledger does not: the tier of a card, the answer to a survey.
    public var facts: [StatedFact]
    /// Codes that were shown, as promotions name them.
    public var codes: [String]
    /// True when a quote is also to say which promotions need but a little more; nothing else looks at it.
    public var wantsOffers: Bool

    /// Pricing of its parts.
    public init(
        payable: Money? = nil, isSettled: Bool = false, facts: [StatedFact] = [], codes: [String] = [],
        wantsOffers: Bool = false
    ) {
        (self.payable, self.isSettled, self.facts, self.codes) = (payable, isSettled, facts, codes)
        self.wantsOffers = wantsOffers
    }
}

/// Something that the shop says about the buyer.
public struct StatedFact: Sendable, Hashable {
    /// Its name in the words of promotions, for example `tier` or `rfm.r`.
    public var name: String
    /// One of the fact's names, or a whole number.
    public var value: String

    /// A fact of its parts.
    public init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }
}
