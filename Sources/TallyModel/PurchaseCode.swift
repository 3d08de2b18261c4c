/// A code that a purchase uses: the receipt and the use are one record, all or nothing.
///
/// What a gift card or a certificate is used for pays a part of the receipt's total, behind what points pay. What a coupon or a promo
/// code takes off is a discount: the total is what is left of it.
public struct PurchaseCode: Sendable, Hashable {
    /// Which copy: by what is printed on it, by its serial, or by the reservation alone.
    public var copy: InstrumentReference
    /// Minor units: money of a card or certificate, or what the use of a coupon or promo code is worth.
    public var amount: Int64
    /// The reservation that becomes the use; nil when nothing was set aside.
    public var reservation: HoldReference?

    /// A code of its parts.
    public init(_ copy: InstrumentReference, amount: Int64 = 0, reservation: HoldReference? = nil) {
        (self.copy, self.amount, self.reservation) = (copy, amount, reservation)
    }
}
