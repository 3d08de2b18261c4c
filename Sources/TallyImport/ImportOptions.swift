/// How a file of receipts becomes events.
///
/// The same file with the same options gives the same events under the same
/// numbers, so an import that was cut off goes on where it stopped.
public struct ImportOptions: Sendable {
    /// The business that owns every store of the file.
    public var business: String
    /// The clock by which the file's timestamps are to be read.
    public var zone: CivilZone
    /// True when a receipt with a bad row is left out and reported, false when it ends the import.
    public var skipsBadReceipts: Bool

    /// Options of their parts.
    public init(business: String, zone: CivilZone = .utc, skipsBadReceipts: Bool = false) {
        (self.business, self.zone, self.skipsBadReceipts) = (business, zone, skipsBadReceipts)
    }
}
