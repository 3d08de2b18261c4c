import TallyBytes
import TallyCodec
import TallyDecisions
import TallyLedger
import TallyModel
import TallyProjections
import TallyTables

/// Promotions that most tests publish, and receipts that ask them.
enum SoundPromotions {
    static let words = """
        stores: [s1, s2]
        tiers: [bronze, silver, gold]
        wallets: [points, extra]
        goods:
          - {sku: cake, categories: [cakes, food]}
          - {sku: oil, categories: [oils, food]}
          - {sku: pillow, categories: [pillows], floor_price: 4.50}
        """

    /// Ten per cent off cakes, and five points for every receipt of a hundred.
    static let rules = """
        promotions:
          - promotion: cakes
            title: Ten per cent off cakes
            then:
              - percent_off: {percent: 10, goods: {category: cakes}}
              - say: {on: receipt, text: Cakes are cheaper}
          - promotion: hundred
            lane: earn
            when: {basket: [{goods: all, sum_at_least: 100.00}]}
            then: [{points: 5.00}]
        """

    static func parts(_ text: String, size: Int = Limits.documentPartBytesMax) -> [Command] {
        let bytes = Array(text.utf8)
        let digest = digest(text)
        let count = (bytes.count + size - 1) / size
        return (0..<count).map { index in
            let part = Array(bytes[index * size..<min(bytes.count, (index + 1) * size)])
            return .keepDocument(
                DocumentPart(digest: digest, part: UInt16(index + 1), parts: UInt16(count), bytes: part))
        }
    }

    static func digest(_ text: String) -> DocumentDigest {
        var writer = ByteWriter(capacity: text.utf8.count)
        writer.append(text: text)
        return DocumentDigest(SHA256.digest(of: writer.bytes))
    }

    static func publication(
        words: String = words, rules: String = rules, from: Instant? = .distantPast
    ) -> Command {
        .setPromotions(
            PromotionsChange(
                .publish(words: digest(words), rules: digest(rules)), effectiveFrom: from, author: "irina",
                note: "spring"))
    }

    static func change(_ act: PromotionsChange.Act, from: Instant? = nil) -> Command {
        .setPromotions(PromotionsChange(act, effectiveFrom: from, author: "irina"))
    }

    /// A receipt of lines of one unit each, at the prices of the shelf, by Anna.
    static func receipt(
        _ lines: [(sku: String, minor: Int64)], _ pricing: Pricing = Pricing(),
        _ change: (inout Receipt) -> Void = { _ in }
    ) -> Command {
        SoundCommands.purchase { receipt in
            receipt.total = Money(minor: lines.reduce(0) { $0 + $1.minor })
            receipt.lines = lines.map { SoundCommands.line(1_000, $0.minor, sku: $0.sku) }
            receipt.pricing = pricing
            change(&receipt)
        }
    }
}

extension Command {
    /// Why the schema cannot carry the command; nil when it can.
    var refusalOfCodec: Rejection? {
        var writer = ByteWriter()
        do throws(Rejection) { try encode(into: &writer) } catch { return error }
        return nil
    }
}

extension DecisionDesk {
    /// The programme of the tests with promotions in force since ever.
    static func withPromotions(
        words: String = SoundPromotions.words, rules: String = SoundPromotions.rules
    ) -> DecisionDesk {
        let desk = withProgramme()
        precondition(desk.send(SoundCommands.wallet { ($0.id, $0.name) = ("extra", "Extra") }).status == .recorded)
        let outcome = desk.publish(words: words, rules: rules)
        precondition(outcome.status == .recorded, "The promotions of the tests are sound, but: \(outcome)")
        return desk
    }

    /// Lets the log keep documents that it does not have, and puts them in force.
    @discardableResult
    func publish(
        words: String = SoundPromotions.words, rules: String, from: Instant? = .distantPast
    ) -> Outcome {
        for text in [words, rules] where state.document(SoundPromotions.digest(text)) == nil {
            for part in SoundPromotions.parts(text) { send(part) }
        }
        return send(SoundPromotions.publication(words: words, rules: rules, from: from))
    }

    /// What promotions did in the last record; nil when it is of no receipt that asked them.
    var account: PromotionAccount? {
        guard let record = log.records.last else { return nil }
        return unsafe try? PromotedReceipt(record.span.bytes).account()
    }

    /// The totals of the lines in the last record, a purchase, and of the receipt.
    var paid: (lines: [Int64], total: Int64) {
        typealias Layout = PurchaseRecordedLayout
        guard let record = log.records.last,
            let message = unsafe try? Message(CodedReceipt.receipt(in: record.span.bytes), shape: Layout.shape)
        else { return ([], -1) }
        let group = message.firstGroup
        let lines = (0..<group.count).map { index in
            message.bytes.i64(at: group.offset + index * group.stride + Layout.Lines.total)
        }
        return (lines, message.i64(Layout.total))
    }

    /// Active points of a member in a wallet.
    func active(_ wallet: UInt16, of member: UInt32 = 1) -> Int64 {
        state.figures(MemberNumber(member), WalletNumber(wallet)).active
    }

    /// What a promotion has done.
    func tally(_ id: String) -> PromotionTallyRow? {
        var writer = ByteWriter(capacity: 64)
        writer.append(text: id)
        return state.promotionTally(id: writer.bytes).map { state.promotionTallies[$0] }
    }
}
