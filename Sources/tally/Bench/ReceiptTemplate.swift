import TallyBytes
import TallyCodec
import TallyModel

/// A one-line receipt of a known member as the bytes of an event, of which only a few change from one receipt to the next.
///
/// Copying the bytes and overwriting four fields takes a few nanoseconds, so the load generator measures the daemon.
struct ReceiptTemplate: ~Copyable {
    private let event: ByteWriter
    private let occurredAt: Int
    private let total: Int
    private let lineTotal: Int
    private let memberKey: Int
    private let receiptNumber: Int

    /// Digits of the numbers in member ids and on receipts.
    private static let digits = 8
    private static let memberPrefix = "bench-"
    static let storeID = "bench"
    static let walletID = "bench-points"
    /// Half past noon on 2024-01-01, UTC; receipts follow each other by a second.
    private static let firstMoment: Int64 = 1_704_112_200_000_000

    /// The id of the `index`-th member.
    static func memberID(_ index: Int) -> String {
        let number = String(index)
        return memberPrefix + String(repeating: "0", count: digits - number.count) + number
    }

    /// The store, its business and a rate of 5 %: what the receipts need.
    static let definitions: [Command] = [
        .defineBusiness(BusinessDefinition(id: storeID, name: "Bench", currency: "USD", scale: 2)),
        .defineStore(StoreDefinition(id: storeID, business: storeID)),
        .defineWallet(WalletDefinition(id: walletID, name: "Bench points", scale: 2)),
        .defineAccrual(
            AccrualDefinition(
                id: "bench-base", wallet: walletID, business: storeID, effectiveFrom: .distantPast,
                rate: Rate(numerator: 5, denominator: 100), rounding: .halfEven)),
    ]

    /// The terms of a load with lots: points end after so many days.
    static func terms(expiryDays: UInt16) -> Command {
        .setWalletTerms(WalletTerms(wallet: walletID, expiry: .days(expiryDays)))
    }

    /// A receipt to copy.
    ///
    /// - Parameter points: Points that pay at most, in minor units; 0 for a receipt that none pay.
    /// - Throws: The rejection of a receipt that cannot be written down.
    init(redeemsUpTo points: Int64 = 0) throws(Rejection) {
        let number = String(repeating: "0", count: ReceiptTemplate.digits)
        var event = ByteWriter(capacity: 256)
        try event.appendEvent(
            .purchase(
                Receipt(
                    store: ReceiptTemplate.storeID, member: .external(ReceiptTemplate.memberID(0)), number: number,
                    occurredAt: Instant(microseconds: 0), total: .zero,
                    lines: [ReceiptLine(sku: "4607001", quantity: Quantity(thousandths: 1000), total: .zero)],
                    redemptions: points == 0
                        ? []
                        : [Redemption(wallet: ReceiptTemplate.walletID, points: Points(minor: points), isUpTo: true)])))
        let block = Frame.lengthBytes + messageHeaderLength
        let line = block + PurchaseLayout.blockLength + 4
        // Behind the line stand the redemptions with their dimensions, and the length of the text.
        let redemptions = 4 + (points == 0 ? 0 : PurchaseLayout.Redemptions.entryLength)
        let text = line + PurchaseLayout.Lines.entryLength + redemptions + 2
        occurredAt = block + PurchaseLayout.occurredAt
        total = block + PurchaseLayout.total
        lineTotal = line + PurchaseLayout.Lines.total
        memberKey = text + ReceiptTemplate.storeID.utf8.count + ReceiptTemplate.memberPrefix.utf8.count
        receiptNumber = memberKey + ReceiptTemplate.digits
        self.event = event
    }

    /// Appends a receipt.
    ///
    /// - Parameters:
    ///   - writer: The batch.
    ///   - member: Which member buys, counted from 0.
    ///   - number: The number on the receipt, below 100 million.
    ///   - amountMinor: What is paid, in minor units.
    func append(to writer: inout ByteWriter, member: Int, number: Int, amountMinor: UInt64) {
        let start = writer.count
        writer.append(bytes: event.bytes)
        writer.set(u64: UInt64(ReceiptTemplate.firstMoment + Int64(number) * 1_000_000), at: start + occurredAt)
        writer.set(u64: amountMinor, at: start + total)
        writer.set(u64: amountMinor, at: start + lineTotal)
        writer.set(u64: ReceiptTemplate.ascii(member), at: start + memberKey)
        writer.set(u64: ReceiptTemplate.ascii(number), at: start + receiptNumber)
    }

    /// Eight decimal digits as a little-endian word: the first digit is the lowest byte.
    private static func ascii(_ number: Int) -> UInt64 {
        var word: UInt64 = 0
        var rest = number
        for _ in 0..<digits {
            word = word << 8 | UInt64(0x30 + rest % 10)
            rest /= 10
        }
        return word
    }
}
