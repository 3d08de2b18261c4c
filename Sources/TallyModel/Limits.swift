/// The bounds of everything that comes from outside.
///
/// Each has a name, a unit and a reason; `hello` publishes them.
public enum Limits {
    /// Bytes of one frame on the stream socket, without its four length bytes.
    ///
    /// Room for a full batch of receipts of a dozen lines each.
    public static let frameBytesMax = 8 * 1024 * 1024
    /// Events in one batch; also records in one block of the log.
    public static let batchEventsMax = 8_192
    /// Bytes of one command.
    ///
    /// A record must stay below 65,536 bytes, the largest leaf of a transparency-log tile. It is a little longer than its
    /// command, and longer by the lots that it names; ``recordBytesMax`` has the last word.
    public static let commandBytesMax = 64_000
    /// Bytes of one record; a command whose record would be longer is refused.
    public static let recordBytesMax = 65_535
    /// Lines of one receipt.
    public static let linesMax = 2_000
    /// Bytes of one line of NDJSON, without its line feed.
    public static let jsonLineBytesMax = 512 * 1024
    /// Frames that a connection may have unanswered before the daemon stops reading from it.
    public static let framesInFlightMax = 16
    /// Connections at once.
    public static let connectionsMax = 4_096
    /// Money of one receipt or line: ten thousand million roubles in kopecks.
    ///
    /// A sum of nine million such receipts still fits 64 bits, and sums are checked all the same.
    public static let amountMinorMax: Int64 = 1_000_000_000_000
    /// Quantity of one line in thousandths: a thousand million pieces.
    public static let quantityThousandthsMax: Int64 = 1_000_000_000_000
    /// Bytes of an identifier (business, store, wallet, receipt, SKU, category, source, card, external id).
    public static let identifierBytesMax = 64
    /// Bytes of a name that people read.
    public static let nameBytesMax = 255
    /// Sources in all: tills, gateways, importers of ten years.
    public static let sourcesMax = 10_000_000
    /// Businesses, wallet types, accrual revisions: each is a person's deliberate act, so a number this high
    /// is a program gone wrong.
    public static let definitionsMax = 60_000
    /// Records of one member that a return may walk back to find its purchase by receipt number.
    public static let returnWalkMax = 10_000
    /// Minutes between a local clock and UTC.
    public static let utcOffsetMinutesMax: Int16 = 18 * 60
    /// Categories that one filter of a wallet names.
    public static let filterNamesMax = 64
    /// Wallets in which one receipt can earn, and from which it can be paid: a bit of a line stands for each.
    public static let walletsPerReceiptMax = 8
    /// Lots that one record takes from or gives to.
    ///
    /// A member's ten thousand lots can be spent at once.
    public static let lotsPerRecordMax = 10_000
    /// Bytes of a record's list of lots; the record stays below 65,536 bytes with the longest receipt of such a member.
    public static let lotListBytesMax = 60_000
    /// Lots that one record of the clock begins or ends: small enough that a till never waits for it.
    public static let lotsPerTickMax = 512
    /// Seconds for which a till may hold points.
    public static let holdSecondsMax: UInt32 = 86_400
    /// Seconds for which a till holds points unless it says otherwise: a purchase at a till takes minutes.
    public static let holdSecondsDefault: UInt32 = 900
    /// Holds at once.
    public static let holdsMax = 1_000_000
    /// Codes that one record brings into being: the print run of a chain.
    public static let codesPerIssueMax: UInt32 = 1_000_000
    /// Codes that one purchase uses: a cashier scans each of them.
    public static let codesPerReceiptMax = 8
    /// Uses that instruments have reserved at once.
    public static let reservationsMax = 1_000_000
    /// Issues of instruments that one record of the clock ends.
    public static let issuesPerTickMax = 512
    /// Members for whom one can stand, itself among them.
    ///
    /// A person has two or three; a number this high is a program gone wrong. It bounds the walk from any of them to the one who
    /// stands for it.
    public static let membersMergedMax = 100
    /// Bytes of one part of a document: a record stays below its limit with it.
    public static let documentPartBytesMax = 48_000
    /// Parts of a document: 48 MB, ten times the promotions of the largest chain.
    public static let documentPartsMax: UInt16 = 1_000
    /// Promotions that rest at once: one record names them all.
    public static let restingPromotionsMax = 200
    /// Facts that a shop states with one receipt.
    public static let statedFactsMax = 64
    /// Codes that a receipt shows to promotions.
    public static let shownCodesMax = 64
    /// Uses of limits that one record counts.
    public static let usesPerReceiptMax = 500
    /// The last day on which a lot can end: 2105-12-31, because the moment is kept in 32 bits of seconds.
    public static let lotDayMax: Int32 = 49_672
}
