import TallyBytes
import TallyCodec
import TallyModel
import TallyProjections
import TallyTables

extension Decider {
    /// Decides a return and, on what it leaves, a purchase; both are recorded or neither.
    ///
    /// > Source: Domain model, section 5; lesson 5: goods that come back never net with goods that are bought.
    func decideExchange(
        _ command: RawSpan, _ envelope: RecordEnvelope, state: borrowing ProgrammeState, history: some RecordSource,
        into records: inout ByteWriter
    ) throws(Refused) -> Outcome {
        let message = try message(command, ExchangeLayout.shape)
        let length = Int(message.u16(ExchangeLayout.returnLength))
        guard let slip = message.text(at: 0, count: length),
            let receipt = message.text(at: length, count: message.textLength - length)
        else { throw Refused(.textMalformed) }
        // Whoever writes the bytes by hand is told as well why promotions are not asked here.
        guard (try? Message.templateID(of: receipt)) != PricedPurchaseLayout.templateID else {
            throw Refused(.exchangePriced)
        }
        let form = try returnForm(slip, state: state, history: history)
        let facts = try purchaseForm(try plainPurchase(in: receipt), state: state)
        // Whoever brings goods back without saying a name is whoever buys.
        guard form.member == facts.member || form.member == .none else { throw Refused(.purchaseOfAnotherMember) }
        let envelope = chained(envelope, facts.member, state: state)
        var sheet = MemberSheet(facts.member)
        var codes = CodeSheet()
        try giveBack(form, envelope, &codes, state: state)
        var parts = ByteWriter(capacity: 4096)
        let back = try decideReturn(form, envelope, &sheet, state: state, history: history, into: &parts)
        let returnLength = parts.count
        let bought = try decidePurchase(
            facts, of: receipt, envelope, &sheet, &codes, state: state, history: history, into: &parts)
        guard parts.count <= Limits.commandBytesMax else {
            // The longer half is the one to send by itself.
            throw Refused(returnLength > parts.count / 2 ? .returnTooLarge : .commandTooLong)
        }
        var exchange = ByteWriter(capacity: parts.count + 128)
        exchange.append(header: ExchangeRecordedLayout.shape)
        exchange.append(envelope: envelope)
        exchange.append(u16: UInt16(returnLength))
        exchange.append(u16: UInt16(parts.count))
        exchange.append(bytes: parts.bytes)
        try records.append(exchange, codes, envelope)
        return Outcome(
            status: .recorded, member: facts.member.rawValue, points: back.points + bought.points,
            balance: bought.balance)
    }
}
