import TallyBytes
import TallyCodec
import TallyModel
import TallyProjections
import TallyTables
import TallyTesting
import Testing

@Suite("Refusals")
struct RejectionTests {
    private typealias Sound = SoundCommands

    @Test(arguments: [
        Sound.business(), Sound.store(), Sound.wallet(), Sound.accrual(), Sound.registration(), Sound.link(),
        Sound.purchase(), Sound.slip(), Sound.blind(100),
    ])
    func `the command that the rows change is accepted`(command: Command) {
        #expect(DecisionDesk.withProgramme().send(command).status == .recorded)
    }

    @Test(arguments: RejectionRows.all)
    func `a command that breaks one rule is refused with its code and line`(row: RejectionRow) {
        row.expectIsRefused(by: .withProgramme())
    }

    @Test func `a refusal changes nothing but the count of refusals`() {
        let desk = DecisionDesk.withProgramme()
        for row in RejectionRows.all { row.expectIsRefused(by: desk) }
        #expect(desk.state.ledger[0].rejections == UInt64(RejectionRows.all.count))
        #expect(desk.state.members.count == 2)
        #expect(desk.figures(1) == [500, 0])
    }

    @Test func `a command beyond 64,000 bytes is refused before it is read`() {
        let line = Sound.line(1, 0, sku: String(repeating: "x", count: 20))
        let command = Sound.purchase { ($0.lines, $0.total) = (Array(repeating: line, count: 2_000), .zero) }
        RejectionRow("too long", command, .commandTooLong).expectIsRefused(by: .withProgramme())
    }

    /// The codec writes 2,000 lines at most, so these bytes are written by hand.
    @Test(arguments: [(2_000, .recorded), (2_001, .rejected)] as [(Int, Outcome.Status)])
    func `a receipt has at most 2,000 lines`(count: Int, status: Outcome.Status) {
        let short = ReceiptLine(sku: "x", quantity: Quantity(thousandths: 1), total: .zero)
        let sound = SentEvent(Sound.purchase { ($0.lines, $0.total) = (Array(repeating: short, count: 2_000), .zero) })
        let extra = count - 2_000
        let group = messageHeaderLength + PurchaseLayout.shape.blockLength
        let entry = Array(sound.bytes[(group + 4)..<(group + 4 + PurchaseLayout.Lines.entryLength)])
        let entries = group + 4 + 2_000 * PurchaseLayout.Lines.entryLength
        var bytes = sound.bytes
        // Behind the lines stand the dimensions of the redemptions, of which there are none.
        let length = entries + 4
        let text = bytes.count - length - 2 + extra
        (bytes[group + 2], bytes[group + 3]) = (UInt8(count & 255), UInt8(count >> 8))
        (bytes[length], bytes[length + 1]) = (UInt8(text & 255), UInt8(text >> 8))
        bytes += Array(repeating: UInt8(ascii: "x"), count: extra)
        for _ in 0..<extra { bytes.insert(contentsOf: entry, at: entries) }
        let outcome = DecisionDesk.withProgramme().send(SentEvent(command: nil, bytes: bytes))
        #expect(outcome.status == status)
        #expect(outcome.rejection == (extra > 0 ? .linesTooMany : nil))
    }

    @Test func `a rate without a denominator is refused, not divided by`() {
        var event = SentEvent(Sound.accrual())
        let denominator = messageHeaderLength + DefineAccrualLayout.denominator
        for offset in 0..<4 { event.bytes[denominator + offset] = 0 }
        RejectionRow("nothing of nothing", event, .rateMalformed).expectIsRefused(by: .withProgramme())
    }

    @Test func `a channel that nobody knows is refused`() {
        var event = SentEvent(Sound.purchase())
        event.bytes[messageHeaderLength + PurchaseLayout.channel] = 9
        RejectionRow("channel 9", event, .textMalformed).expectIsRefused(by: .withProgramme())
    }

    @Test func `a text that is not UTF-8 is refused in its line`() {
        var event = SentEvent(Sound.purchase { $0.lines[1].category = "ab" })
        event.bytes[event.bytes.count - 1] = 0xC3
        RejectionRow("half a letter", event, .textMalformed, line: 2).expectIsRefused(by: .withProgramme())
    }

    /// A turnover that no till reaches, put there by a record.
    @Test func `a sum beyond 64 bits is refused`() {
        let desk = DecisionDesk.withProgramme()
        desk.record { writer, envelope in
            writer.append(header: PurchaseRecordedLayout.shape)
            writer.append(envelope: envelope)
            writer.append(u32: 1)
            for amount in [Sound.moment.microseconds, Int64.max - 20_000, 0] { writer.append(i64: amount) }
            for _ in 0..<2 { writer.append(u16: 0) }
            for _ in 0..<2 { writer.append(u8: 0) }
            writer.append(zeros: PurchaseRecordedLayout.blockLength - PurchaseRecordedLayout.hold)
            writer.append(groupOf: 0, entryLength: PurchaseRecordedLayout.Lines.entryLength)
            writer.append(postings: PostingList())
            writer.append(groupOf: 0, entryLength: PurchaseRecordedLayout.Redemptions.entryLength)
            writer.append(u16: 0)
        }
        #expect(desk.send(Sound.purchase(of: 10_000)).status == .recorded)
        RejectionRow("one too many", Sound.purchase(of: 10_000), .sumTooLarge).expectIsRefused(by: desk)
    }
}
