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
    /// Purchases that are paid with points as far as the wallet's terms allow; nil for none.
    public var redeeming: Redeeming?
    /// True when the ledger's clock goes with the file: points begin and end between the receipts as they did then.
    public var movesClock: Bool

    /// Options of their parts.
    public init(
        business: String, zone: CivilZone = .utc, skipsBadReceipts: Bool = false, redeeming: Redeeming? = nil,
        movesClock: Bool = false
    ) {
        (self.business, self.zone, self.skipsBadReceipts) = (business, zone, skipsBadReceipts)
        (self.redeeming, self.movesClock) = (redeeming, movesClock)
    }

    /// Which purchases of a file without redemptions are to be paid with points: to try a programme on history.
    public struct Redeeming: Sendable, Hashable {
        /// The wallet's id.
        public var wallet: String
        /// Every how many purchases of a member, from 1; a purchase is a receipt with a total above zero.
        public var every: Int

        /// A choice of its parts.
        public init(wallet: String, every: Int) { (self.wallet, self.every) = (wallet, every) }
    }
}
