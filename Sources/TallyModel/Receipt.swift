/// A purchase as the till saw it.
public struct Receipt: Sendable, Hashable {
    /// The id of the store.
    public var store: String
    /// Who bought.
    public var member: MemberReference
    /// The number on the receipt.
    public var number: String
    /// When, by the till's clock.
    public var occurredAt: Instant
    /// The store's offset from UTC at that moment, in minutes.
    public var utcOffsetMinutes: Int16
    /// By which way.
    public var channel: Channel
    /// What was to be paid, in money and points; the lines add up to it.
    public var total: Money
    /// What was bought: 1 to `Limits.linesMax` lines.
    public var lines: [ReceiptLine]
    /// Points that pay a part: at most one redemption a wallet, `Limits.walletsPerReceiptMax` in all.
    public var redemptions: [Redemption]
    /// The hold that this purchase ends: its points are taken first, the rest of it is given back.
    public var hold: HoldReference?
    /// Codes that it uses, in their order: `Limits.codesPerReceiptMax` in all.
    public var codes: [PurchaseCode]
    /// How it asks the promotions; nil for a receipt whose totals are what is to be paid.
    public var pricing: Pricing?

    /// A receipt of its parts.
    public init(
        store: String, member: MemberReference, number: String, occurredAt: Instant, utcOffsetMinutes: Int16 = 0,
        channel: Channel = .till, total: Money, lines: [ReceiptLine], redemptions: [Redemption] = [],
        hold: HoldReference? = nil, codes: [PurchaseCode] = [], pricing: Pricing? = nil
    ) {
        self.redemptions = redemptions
        self.hold = hold
        self.codes = codes
        self.pricing = pricing
        self.store = store
        self.member = member
        self.number = number
        self.occurredAt = occurredAt
        self.utcOffsetMinutes = utcOffsetMinutes
        self.channel = channel
        self.total = total
        self.lines = lines
    }
}

/// One line of a receipt.
///
/// Its total is authoritative; a unit price is only a way to print it.
public struct ReceiptLine: Sendable, Hashable {
    /// The product.
    public var sku: String
    /// The product's category as the till knows it; may be empty.
    public var category: String
    /// How much, not negative.
    public var quantity: Quantity
    /// What was paid for the line, not negative.
    public var total: Money

    /// A line of its parts.
    public init(sku: String, category: String = "", quantity: Quantity, total: Money) {
        (self.sku, self.category, self.quantity, self.total) = (sku, category, quantity, total)
    }
}

/// Goods that come back.
///
/// Amounts and quantities are what comes back, not negative.
public struct ReturnSlip: Sendable, Hashable {
    /// The id of the store that takes the goods back.
    public var store: String
    /// Who brings them; when the purchase is named, `.anonymous` stands for "whoever bought".
    public var member: MemberReference
    /// The number on the return slip.
    public var number: String
    /// When, by the till's clock.
    public var occurredAt: Instant
    /// The store's offset from UTC at that moment, in minutes.
    public var utcOffsetMinutes: Int16
    /// By which way.
    public var channel: Channel
    /// What is paid back; the lines add up to it.
    public var total: Money
    /// The purchase that is taken back.
    public var purchase: PurchaseReference
    /// What comes back: 1 to `Limits.linesMax` lines.
    public var lines: [ReturnLine]

    /// A return of its parts.
    public init(
        store: String, member: MemberReference, number: String, occurredAt: Instant, utcOffsetMinutes: Int16 = 0,
        channel: Channel = .till, total: Money, purchase: PurchaseReference = .blind, lines: [ReturnLine]
    ) {
        self.store = store
        self.member = member
        self.number = number
        self.occurredAt = occurredAt
        self.utcOffsetMinutes = utcOffsetMinutes
        self.channel = channel
        self.total = total
        self.purchase = purchase
        self.lines = lines
    }
}

/// One line of a return.
public struct ReturnLine: Sendable, Hashable {
    /// The line of the purchase, counted from 1; 0 in a blind return.
    public var purchaseLine: UInt16
    /// The product.
    public var sku: String
    /// The product's category as the till knows it; may be empty.
    public var category: String
    /// How much comes back.
    public var quantity: Quantity
    /// What is paid back for the line.
    public var total: Money

    /// A line of its parts.
    public init(purchaseLine: UInt16 = 0, sku: String, category: String = "", quantity: Quantity, total: Money) {
        self.purchaseLine = purchaseLine
        self.sku = sku
        self.category = category
        self.quantity = quantity
        self.total = total
    }
}

/// How a return names its purchase.
public enum PurchaseReference: Sendable, Hashable {
    /// It does not: points go back at the programme's rate.
    case blind
    /// By the purchase's place in the log, as the daemon answered it.
    case sequence(LogSequence)
    /// By the till that sold and its number for the purchase; works for tills that were offline.
    case event(source: SourceNumber, number: UInt64)
    /// By the number on the receipt, among the member's own purchases.
    case receipt(String)
}
