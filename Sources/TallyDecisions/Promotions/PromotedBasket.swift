import TallyBytes
import TallyCodec
import TallyModel
public import TallyPromotions

/// The basket that promotions looked at, made again from the record, so that anybody can ask them why.
public struct PromotedBasket: Sendable {
    /// The number on the receipt.
    public var number: String
    /// The revision of the promotions.
    public var revision: UInt32
    /// The basket: the facts as they were found, the codes, the lines at the totals of the shelf.
    public var basket: Basket
    /// What applied, in the order in which it did.
    public var applied: [PlainEvaluator.Decision]
    /// What was withheld from the buyer as one of the control group.
    public var withheld: [PlainEvaluator.Decision]

    /// Reads a record; nil for any other record, and for one that no promotions looked at.
    ///
    /// - Parameters:
    ///   - record: The record of a purchase that asked the promotions.
    ///   - assortment: The goods of that revision.
    public init?(_ record: RawSpan, _ assortment: Assortment) {
        guard let promoted = try? PromotedReceipt(record), promoted.revision > 0,
            let account = try? promoted.account(),
            let facts = PurchaseFacts(record, sequence: 0)
        else { return nil }
        var shelf = facts.lines.map(\.total)
        for award in account.awards where !award.isWithheld {
            for part in award.parts where Int(part.line) < shelf.count { shelf[Int(part.line)] += part.discount }
        }
        for (line, extra) in account.extras.enumerated() where line < shelf.count { shelf[line] -= extra }
        number = PromotedBasket.number(in: record)
        revision = promoted.revision
        basket = Basket(
            facts: account.facts, tokens: account.codes,
            lines: zip(facts.lines, shelf).map { line, total in
                BasketLine(
                    item: assortment.item(
                        sku: String(decoding: line.sku, as: UTF8.self),
                        category: String(decoding: line.category, as: UTF8.self)),
                    quantity: line.quantity, total: total)
            })
        applied = account.awards.filter { !$0.isWithheld }.map(PlainEvaluator.Decision.init)
        withheld = account.awards.filter(\.isWithheld).map(PlainEvaluator.Decision.init)
    }

    /// The number on the receipt of a record; empty when the record is of no purchase.
    public static func number(in record: RawSpan) -> String {
        typealias Layout = PurchaseRecordedLayout
        guard let message = try? Message(CodedReceipt.receipt(in: record), shape: Layout.shape) else { return "" }
        var cursor = 0
        return message.string(&cursor, Int(message.u8(Layout.receiptLength)))
    }
}

extension PlainEvaluator.Decision {
    fileprivate init(_ award: PromotionAward) {
        self.init(
            award: Award(
                promotion: Int32(clamping: award.place), rule: Int32(clamping: award.rule), discount: award.discount,
                points: award.points),
            parts: award.parts.map { AwardPart(line: Int32($0.line), discount: $0.discount, points: $0.points) })
    }
}
