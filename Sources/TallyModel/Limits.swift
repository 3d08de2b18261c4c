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
    /// A record must stay below 65,536 bytes, the largest leaf of a transparency-log tile, and is never more than 600
    /// bytes longer than its command.
    public static let commandBytesMax = 64_000
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
}
