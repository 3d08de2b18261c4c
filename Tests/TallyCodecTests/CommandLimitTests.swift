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
        #expect(refusal(of: .purchase(receipt(lines: Array(repeating: fat, count: 439)))) == .commandTooLong)
        #expect(refusal(of: .purchase(receipt(lines: Array(repeating: fat, count: 2_000)))) == .commandTooLong)
        #expect(refusal(of: .purchase(receipt(lines: Array(repeating: fat, count: 438)))) == nil)
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
