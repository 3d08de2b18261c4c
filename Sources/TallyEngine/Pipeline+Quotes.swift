import TallyBytes
import TallyCodec
import TallyDecisions
import TallyModel
import TallyProjections
import TallyTables

extension Pipeline {
    /// Says what a purchase would be answered: it is decided like any other, and its record is thrown away.
    ///
    /// The answer leaves with the block being filled, so a till reads what it has just been promised.
    mutating func takeQuote(_ request: any Request) {
        request.withMessage { message in
            do throws(CodecError) {
                let asked = try Message(message, shape: AskQuoteLayout.shape)
                guard let command = asked.text(at: 0, count: asked.textLength) else {
                    throw CodecError(.textLengthMismatch(needed: asked.textLength, found: 0))
                }
                let quote: Quote
                switch try Message.templateID(of: command) {
                case PricedPurchaseLayout.templateID: quote = try self.quote(asking: command)
                case CodedPurchaseLayout.templateID:
                    _ = try Message(command, shape: CodedPurchaseLayout.shape)
                    quote = self.quote(command)
                default:
                    _ = try Message(command, shape: PurchaseLayout.shape)
                    quote = self.quote(command)
                }
                filling.frames.appendFrame { quote.encode(into: &$0) }
            } catch {
                refuse(BatchRefused(error).refusal)
            }
        }
        filling.noteAnswer(to: request)
    }

    /// The quote of a purchase that asks promotions; what its customer was told before is not looked at, unless the receipt is over.
    private mutating func quote(asking command: RawSpan) throws(CodecError) -> Quote {
        typealias Layout = PricedPurchaseLayout
        let flags = try Message(command, shape: Layout.shape).u8(Layout.flags)
        var asked = ByteWriter(capacity: command.byteCount)
        asked.append(bytes: command)
        if flags & 2 == 0 { asked.set(u8: flags & ~1, at: messageHeaderLength + Layout.flags) }
        var quote = quote(asked.bytes)
        guard quote.code == 0, let desk else { return quote }
        quote.promotions = decider.quote(
            of: record.bytes, wantsOffers: flags & 4 != 0, state: state, history: history, desk: desk)
        return quote
    }

    private mutating func quote(_ command: RawSpan) -> Quote {
        let envelope = RecordEnvelope(
            recordedAt: max(services.now(), state.recordedAt + 1), source: 0, number: 0, commandDigest: 0)
        record.removeAll()
        let outcome = decider.decide(
            command, envelope, state: state, history: history, desk: desk, into: &record)
        var quote = Quote(sequence: LogSequence(state.sequence), code: outcome.code, line: outcome.line)
        let receipt = CodedReceipt.receipt(in: record.bytes)
        guard outcome.status == .recorded, let message = try? Message(receipt, shape: PurchaseRecordedLayout.shape)
        else { return quote }
        quote.member = outcome.member
        quote.points = Points(minor: outcome.points)
        quote.balance = Points(minor: outcome.balance)
        quote.toPay = Money(minor: message.i64(PurchaseRecordedLayout.total))
        for index in 0..<message.postings.count {
            guard let posting = message.posting(index, of: message.postings), posting.purpose == .issued else {
                continue
            }
            quote.earned.minor -= posting.amount
        }
        readPayments(message, into: &quote)
        quote.toPay.minor -= paidByCards()
        return quote
    }

    /// What cards and certificates pay by the record that was just decided.
    private func paidByCards() -> Int64 {
        typealias Layout = InstrumentMovedLayout
        guard let coded = try? CodedReceipt(PromotedReceipt.receipt(in: record.bytes)) else { return 0 }
        var money: Int64 = 0
        for index in 0..<coded.stepCount {
            guard let step = try? Message(coded.step(at: index), shape: Layout.shape), step.postings.count > 0 else {
                continue
            }
            money += step.i64(Layout.amount)
        }
        return money
    }

    private func readPayments(_ message: borrowing Message, into quote: inout Quote) {
        typealias Entry = PurchaseRecordedLayout.Redemptions
        for index in 0..<message.thirdGroup.count {
            let entry = message.thirdGroup.offset + index * message.thirdGroup.stride
            let wallet = Int(message.bytes.u16(at: entry + Entry.wallet)) - 1
            let money = message.bytes.i64(at: entry + Entry.money)
            quote.toPay.minor -= money
            quote.payments.append(
                Quote.Payment(
                    wallet: state.texts.string(state.wallets[wallet].id),
                    points: Points(minor: message.bytes.i64(at: entry + Entry.points)), money: Money(minor: money)))
        }
    }
}
