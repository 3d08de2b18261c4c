internal import TallyBytes
internal import TallyCodec
internal import TallyModel

/// The programme that the benchmarks run: one shop, one wallet, five percent.
enum Programme {
    /// Business, store, wallet and rate.
    static let definitions: [Command] = [
        .defineBusiness(BusinessDefinition(id: "shop", name: "Shop", currency: "USD", scale: 2)),
        .defineStore(StoreDefinition(id: "store-1", business: "shop")),
        .defineWallet(WalletDefinition(id: "points", name: "Points", scale: 2)),
        .defineAccrual(
            AccrualDefinition(
                id: "base", wallet: "points", business: "shop", effectiveFrom: .distantPast,
                rate: Rate(numerator: 5, denominator: 100), rounding: .halfEven)),
    ]

    /// The registration of the `index`-th member.
    static func registration(_ index: Int) -> Command {
        .registerMember(Registration(externalID: "m\(10_000_000 + index)"))
    }
}

/// A one-line receipt as an encoded command, of which only member, time and sums change.
///
/// Encoding each receipt from values would take longer than replaying it, and the log is only what is replayed.
struct PurchaseTemplate: ~Copyable {
    private let command: ByteWriter

    init() throws(Rejection) {
        var command = ByteWriter()
        let receipt = Receipt(
            store: "store-1", member: .number(MemberNumber(1)), number: "R-0000001",
            occurredAt: Instant(microseconds: 0),
            total: .zero, lines: [ReceiptLine(sku: "4607001", quantity: Quantity(thousandths: 1000), total: .zero)])
        try Command.purchase(receipt).encode(into: &command)
        self.command = command
    }

    /// Appends a receipt of `member`.
    func append(to writer: inout ByteWriter, member: Int, occurredAt: Int64, amountMinor: Int64) {
        let block = writer.count + messageHeaderLength
        // The group of lines begins with four bytes of dimensions.
        let line = block + PurchaseLayout.blockLength + 4
        writer.append(bytes: command.bytes)
        writer.set(u32: UInt32(member), at: block + PurchaseLayout.member)
        writer.set(u64: UInt64(bitPattern: occurredAt), at: block + PurchaseLayout.occurredAt)
        writer.set(u64: UInt64(bitPattern: amountMinor), at: block + PurchaseLayout.total)
        writer.set(u64: UInt64(bitPattern: amountMinor), at: line + PurchaseLayout.Lines.total)
    }
}
