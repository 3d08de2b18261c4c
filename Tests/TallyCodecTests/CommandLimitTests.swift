import TallyBytes
import TallyCodec
import TallyModel
import Testing

@Suite("Limits of a command")
struct CommandLimitTests {
    private let line = ReceiptLine(sku: "sku", quantity: Quantity(thousandths: 1_000), total: Money(minor: 1))

    @Test func `the longest strings and receipts are written and read`() throws {
        let longest = String(repeating: "x", count: 255)
        try expectRoundTrip(.defineStore(StoreDefinition(id: longest, business: longest, name: longest, zone: longest)))
        try expectRoundTrip(.purchase(receipt(lines: Array(repeating: line, count: Limits.linesMax))))
    }

    @Test func `a string of more than 255 bytes is refused`() {
        let long = String(repeating: "x", count: 256)
        #expect(refusal(of: .registerMember(Registration(phone: long))) == .textMalformed)
        #expect(refusal(of: .purchase(receipt(store: long, lines: [line]))) == .textMalformed)
        let longLine = ReceiptLine(sku: long, quantity: line.quantity, total: line.total)
        #expect(refusal(of: .purchase(receipt(lines: [longLine]))) == .textMalformed)
    }

    static let references: [(PurchaseReference, Rejection?)] = [
        (.blind, nil), (.sequence(LogSequence(1)), nil), (.event(source: SourceNumber(1), number: 1), nil),
        (.receipt("A-1"), nil),
        (.sequence(.none), .purchaseUnknown), (.event(source: SourceNumber(1), number: 0), .purchaseUnknown),
        (.receipt(""), .purchaseUnknown),
    ]

    @Test(arguments: references)
    func `a reference that names no purchase is no blind return`(reference: PurchaseReference, rejection: Rejection?) {
        let slip = ReturnSlip(
            store: "17", member: .anonymous, number: "1", occurredAt: Instant(microseconds: 0), total: .zero,
            purchase: reference, lines: [])
        #expect(refusal(of: .return(slip)) == rejection)
    }

    static let holds: [(HoldReference, Rejection?)] = [
        (.sequence(LogSequence(1)), nil), (.event(source: SourceNumber(1), number: 1), nil),
        (.sequence(.none), .holdUnknown), (.event(source: SourceNumber(1), number: 0), .holdUnknown),
    ]

    @Test(arguments: holds)
    func `a reference that names no hold is refused`(reference: HoldReference, rejection: Rejection?) {
        var receipt = receipt(lines: [line])
        receipt.hold = reference
        #expect(refusal(of: .purchase(receipt)) == rejection)
        #expect(refusal(of: .releaseHold(reference)) == rejection)
    }

    @Test(arguments: references)
    func `a void names its purchase`(reference: PurchaseReference, rejection: Rejection?) {
        let slip = VoidSlip(
            store: "17", number: "1", occurredAt: Instant(microseconds: 0), purchase: reference)
        #expect(refusal(of: .voidPurchase(slip)) == (reference == .blind ? .purchaseUnknown : rejection))
    }

    @Test func `a receipt is paid from so many wallets and no more`() throws {
        var receipt = receipt(lines: [line])
        receipt.redemptions = (0..<8).map { Redemption(wallet: "\($0)", points: Points(minor: 1)) }
        try expectRoundTrip(.purchase(receipt))
        receipt.redemptions.append(Redemption(wallet: "8", points: Points(minor: 1)))
        #expect(refusal(of: .purchase(receipt)) == .walletRepeated)
        receipt.redemptions = [Redemption(wallet: String(repeating: "x", count: 256), points: .zero)]
        #expect(refusal(of: .purchase(receipt)) == .textMalformed)
    }

    @Test func `an exchange is one command and no longer than one`() throws {
        let fat = String(repeating: "s", count: 64)
        let lines = Array(
            repeating: ReceiptLine(sku: fat, category: fat, quantity: line.quantity, total: .zero), count: 218)
        let back = ReturnLine(purchaseLine: 1, sku: fat, category: fat, quantity: line.quantity, total: .zero)
        func exchange(_ count: Int) -> Command {
            let slip = ReturnSlip(
                store: "17", member: .anonymous, number: "1", occurredAt: Instant(microseconds: 0), total: .zero,
                lines: Array(repeating: back, count: count))
            return .exchange(Exchange(slip: slip, receipt: receipt(lines: lines)))
        }
        try expectRoundTrip(exchange(216))
        #expect(refusal(of: exchange(217)) == .commandTooLong)
        #expect(refusal(of: exchange(438)) == .commandTooLong)
        #expect(refusal(of: exchange(2_001)) == .linesTooMany)
    }

    static let days: [(Int32, Rejection?)] = [(.min, .daysMalformed), (.min + 1, nil), (0, nil), (.max, nil)]

    @Test(arguments: days)
    func `the day that stands for none is refused`(days: Int32, rejection: Rejection?) throws {
        var adjustment = Adjustment(
            member: .anonymous, wallet: "points", business: "b", kind: .award, points: Points(minor: 1),
            occurredAt: Instant(microseconds: 0), beginsOn: CivilDay(days: days))
        #expect(refusal(of: .adjust(adjustment)) == rejection)
        (adjustment.beginsOn, adjustment.endsOn) = (nil, CivilDay(days: days))
        #expect(refusal(of: .adjust(adjustment)) == rejection)
        adjustment.endsOn = nil
        try expectRoundTrip(.adjust(adjustment))
    }

    static let datesOfYear: [(DayOfYear, Rejection?)] = [
        (DayOfYear(month: 12, day: 31), nil), (DayOfYear(month: 99, day: 99), nil),
        (DayOfYear(month: 1, day: 100), .termsMalformed), (DayOfYear(month: 100, day: 1), .termsMalformed),
    ]

    @Test(arguments: datesOfYear)
    func `a day of the year that would read as another is refused`(date: DayOfYear, rejection: Rejection?) {
        #expect(refusal(of: .setWalletTerms(WalletTerms(wallet: "w", expiry: .dates([date])))) == rejection)
    }

    @Test func `terms with more categories than a command holds are refused`() throws {
        func terms(_ count: Int, _ name: String) -> Command {
            .setWalletTerms(WalletTerms(wallet: "w", earnFilter: .only(Array(repeating: name, count: count))))
        }
        try expectRoundTrip(terms(Limits.filterNamesMax, String(repeating: "x", count: 255)))
        #expect(refusal(of: terms(1, String(repeating: "x", count: 256))) == .textMalformed)
        #expect(refusal(of: terms(260, String(repeating: "x", count: 255))) == .commandTooLong)
        #expect(refusal(of: terms(70_000, "")) == .commandTooLong)
    }

    @Test func `a request with a longer string is refused and a longer name of a program is cut`() throws {
        let long = String(repeating: "я", count: 128)
        var writer = ByteWriter()
        #expect(throws: Rejection.textMalformed) { try OpenSource(name: long).encode(into: &writer) }
        #expect(throws: Rejection.textMalformed) {
            try Question.balances(asOf: .now, member: .external(long)).encode(into: &writer)
        }
        #expect(writer.count == 0)
        Hello(client: long).encode(into: &writer)
        #expect(try Hello(writer.bytes).client == String(long.dropLast()))
    }

    @Test func `more lines than the limit are refused`() {
        #expect(refusal(of: .purchase(receipt(lines: Array(repeating: line, count: 2_001)))) == .linesTooMany)
    }

    @Test func `a command beyond its limit is refused`() {
        let fat = ReceiptLine(
            sku: String(repeating: "s", count: 64), category: String(repeating: "c", count: 64),
            quantity: line.quantity,
            total: line.total)
        #expect(refusal(of: .purchase(receipt(lines: Array(repeating: fat, count: 438)))) == .commandTooLong)
        #expect(refusal(of: .purchase(receipt(lines: Array(repeating: fat, count: 2_000)))) == .commandTooLong)
        #expect(refusal(of: .purchase(receipt(lines: Array(repeating: fat, count: 437)))) == nil)
    }

    @Test(arguments: ["", "RU", "RUBL", "₽"])
    func `a currency of another length is refused`(currency: String) {
        let definition = BusinessDefinition(id: "b", name: "", currency: currency, scale: 2)
        #expect(refusal(of: .defineBusiness(definition)) == (currency == "₽" ? nil : .currencyMalformed))
    }

    @Test func `longer blocks and entries of a later version are passed over`() throws {
        let receipt = receipt(lines: [line, line])
        var bytes = try Command.purchase(receipt).encoded()
        let entries = messageHeaderLength + PurchaseLayout.blockLength + 4
        for index in [1, 0] {
            bytes.insert(contentsOf: [7, 7], at: entries + (index + 1) * PurchaseLayout.Lines.entryLength)
        }
        bytes[entries - 4] += 2
        bytes.insert(contentsOf: [9, 9, 9], at: entries - 4)
        bytes[0] += 3
        let isRead = try bytes.read { try Command.purchase(receipt).isRead(from: $0) }
        #expect(isRead)
    }

    private func receipt(store: String = "17", lines: [ReceiptLine]) -> Receipt {
        Receipt(
            store: store, member: .anonymous, number: "1", occurredAt: Instant(microseconds: 0), total: .zero,
            lines: lines)
    }

    private func refusal(of command: Command) -> Rejection? {
        var writer = ByteWriter()
        do {
            try command.encode(into: &writer)
            return nil
        } catch {
            return error
        }
    }

    private func expectRoundTrip(_ command: Command) throws {
        let bytes = try command.encoded()
        let isRead = try bytes.read { try command.isRead(from: $0) }
        #expect(isRead)
    }
}
