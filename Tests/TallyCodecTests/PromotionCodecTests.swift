import TallyBytes
import TallyCodec
import TallyModel
import Testing

/// Documents, publications and purchases that ask promotions: bytes and limits that no golden message shows.
@Suite("Promotions as commands")
struct PromotionCommandTests {
    /// > Source: FIPS 180-4, the example of one block.
    private static let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

    @Test func `a digest stands in the bytes as everybody writes it`() throws {
        let digest = Array("abc".utf8).read { DocumentDigest(SHA256.digest(of: $0)) }
        #expect(digest.hex == Self.abc)
        #expect(DocumentDigest(hex: Self.abc) == digest)
        for other in ["", String(Self.abc.dropLast()), Self.abc + "0", "g" + Self.abc.dropFirst()] {
            #expect(DocumentDigest(hex: other) == nil, "\(other)")
        }
        let bytes = try Command.keepDocument(DocumentPart(digest: digest, part: 1, parts: 1, bytes: [7])).encoded()
        #expect(Hex.encode(bytes[messageHeaderLength..<(messageHeaderLength + 32)]) == Self.abc)
    }

    @Test func `a publication names its words, then its rules`() throws {
        let (words, rules) = (DocumentDigest(1, 2, 3, 4), DocumentDigest(5, 6, 7, .max))
        let command = Command.setPromotions(PromotionsChange(.publish(words: words, rules: rules), author: "irina"))
        let bytes = try command.encoded()
        bytes.read { bytes in
            #expect(DocumentDigest(bytes, at: messageHeaderLength + SetPromotionsLayout.words0) == words)
            #expect(DocumentDigest(bytes, at: messageHeaderLength + SetPromotionsLayout.rules0) == rules)
            #expect(bytes.u8(at: messageHeaderLength + SetPromotionsLayout.action) == 0)
        }
        try expectRoundTrip(command)
    }

    @Test func `every act has its number`() throws {
        let acts: [PromotionsChange.Act] = [
            .publish(words: DocumentDigest(1, 2, 3, 4), rules: DocumentDigest(1, 2, 3, 4)), .pause(["a"]),
            .activate(["a"]), .archive(["a"]),
        ]
        for (number, act) in acts.enumerated() {
            let bytes = try Command.setPromotions(PromotionsChange(act, author: "irina")).encoded()
            #expect(bytes[messageHeaderLength + SetPromotionsLayout.action] == UInt8(number))
        }
    }

    private static func part(_ count: Int) -> Command {
        .keepDocument(
            DocumentPart(
                digest: DocumentDigest(1, 2, 3, 4), part: .max, parts: .max,
                bytes: Array(repeating: 0xD1, count: count)))
    }

    private static func change(_ ids: [String], author: String = "irina", note: String = "") -> Command {
        .setPromotions(PromotionsChange(.archive(ids), author: author, note: note))
    }

    private static func purchase(
        lines: Int = 1, facts: [StatedFact] = [], codes: [String] = [], used: [PurchaseCode] = []
    ) -> Command {
        let fat = String(repeating: "s", count: 64)
        let line = ReceiptLine(
            sku: fat, category: fat, quantity: Quantity(thousandths: 1_000), total: Money(minor: 1))
        return .purchase(
            Receipt(
                store: "17", member: .anonymous, number: "1", occurredAt: Instant(microseconds: 0), total: .zero,
                lines: Array(repeating: line, count: lines), codes: used, pricing: Pricing(facts: facts, codes: codes)))
    }

    private static let long = String(repeating: "x", count: 255)
    private static let fact = StatedFact(long, long)

    /// A row: what it is, the command, what it is refused with.
    static let limits: [(String, Command, Rejection?)] = [
        ("no bytes at all", part(0), nil), ("the longest part", part(48_000), nil),
        ("one byte more", part(48_001), .documentMalformed), ("a whole document", part(70_000), .documentMalformed),
        ("the most ids", change(Array(repeating: long, count: 200), author: long, note: long), nil),
        ("one id more", change(Array(repeating: "", count: 201)), .promotionsTooMany),
        ("a longer id", change([long + "x"]), .textMalformed),
        ("a longer author", change([], author: long + "x"), .textMalformed),
        ("a longer note", change([], note: long + "x"), .textMalformed),
        ("the most facts and codes", purchase(facts: repeated(fact, 64), codes: repeated(long, 64)), nil),
        ("one fact more", purchase(facts: repeated(StatedFact("a", "1"), 65)), .promotionsTooMany),
        ("one code more", purchase(codes: repeated("a", 65)), .promotionsTooMany),
        ("a longer name", purchase(facts: [StatedFact(long + "x", "")]), .textMalformed),
        ("a longer value", purchase(facts: [StatedFact("", long + "x")]), .textMalformed),
        ("a longer code", purchase(codes: [long + "x"]), .textMalformed),
        ("as many lines as fit", purchase(lines: 437), nil), ("a line more", purchase(lines: 438), .commandTooLong),
        ("more than a text holds", purchase(lines: 450), .commandTooLong),
        ("many lines and much more", purchase(lines: 2_000, codes: repeated(long, 64)), .commandTooLong),
        ("lines beside facts", purchase(lines: 300, facts: repeated(fact, 64)), .commandTooLong),
        ("more lines than a receipt has", purchase(lines: 2_001), .linesTooMany),
        (
            "more codes than a receipt uses", purchase(used: repeated(PurchaseCode(.code("A")), 9)), .codesTooMany
        ),
        ("codes inside", purchase(used: [PurchaseCode(.code("A"))]), nil),
    ]

    private static func repeated<Value>(_ value: Value, _ count: Int) -> [Value] {
        Array(repeating: value, count: count)
    }

    @Test(arguments: limits)
    func `what is within its limits comes back, and what is not is refused`(
        what: String, command: Command, rejection: Rejection?
    ) throws {
        guard let rejection else { return try expectRoundTrip(command) }
        #expect(throws: rejection, "\(what)") { try command.encoded() }
    }

    @Test func `a receipt that asks promotions is no part of an exchange`() {
        var receipt = GoldenMessage.coffee
        receipt.pricing = Pricing()
        let exchange = Exchange(slip: GoldenMessage.coffeeBack, receipt: receipt)
        #expect(throws: Rejection.exchangePriced) { try Command.exchange(exchange).encoded() }
    }

    @Test func `a flag that nobody knows is an error, and all that are known come back`() throws {
        let message = try #require(GoldenMessage.all.first { $0.name == "PricedPurchase" })
        var bytes = try message.fixture()
        let flags = messageHeaderLength + PricedPurchaseLayout.flags
        for value: UInt8 in 0...255 {
            bytes[flags] = value
            guard value < 8 else {
                let error = #expect(throws: CodecError.self) { _ = try bytes.read { try Command($0) } }
                #expect(error == CodecError(.valueUnknown(field: "flags", value: Int64(value)), at: flags))
                continue
            }
            guard case .purchase(let receipt) = try bytes.read({ try Command($0) }) else { return }
            let pricing = try #require(receipt.pricing)
            #expect((pricing.payable != nil) == (value & 1 != 0))
            #expect(pricing.isSettled == (value & 2 != 0) && pricing.wantsOffers == (value & 4 != 0))
        }
    }

    private func expectRoundTrip(_ command: Command) throws {
        let bytes = try command.encoded()
        let isRead = try bytes.read { try command.isRead(from: $0) }
        #expect(isRead)
    }
}

/// Records of purchases with what promotions did, read in place.
@Suite("Promotions in records")
struct PromotedReceiptTests {
    @Test func `a record shows its sums, its uses and what promotions did`() throws {
        let message = try #require(GoldenMessage.all.first { $0.name == "PromotedReceiptRecorded" })
        let receipt = try GoldenMessage.purchaseRecorded.fixture()
        try message.fixture().read { bytes in
            let promoted = try PromotedReceipt(bytes)
            let same = promoted.envelope == RecordDraft.envelope && Array(copying: promoted.receipt) == receipt
            #expect(same)
            let sums = (promoted.shelfTotal, promoted.difference, promoted.revision, promoted.useCount)
            #expect(sums == (35_000, -7, 9, 1))
            let use = promoted.use(at: 0)
            #expect(use == LimitUse(high: .max, low: 1, amount: 1_000))
            let account = try promoted.account()
            let names = try promoted.names()
            #expect(account.names == names && names == [PromotionAccount.Name(place: 4, id: "large")])
            var list = try promoted.awardList()
            var awards: [PromotionAward] = []
            while let award = try list.next() { awards.append(award) }
            #expect(awards == account.awards && awards.map(\.discount) == [1_000, 0] && awards[0].points == 11)
        }
    }

    @Test func `whoever cares about the receipt alone finds it in every record`() throws {
        let plain = try GoldenMessage.purchaseRecorded.fixture()
        let coded = try #require(GoldenMessage.all.first { $0.name == "CodedReceiptRecorded" }).fixture()
        let records = [
            plain, coded, try PromotedRecord(receipt: plain, PromotionAccount()).bytes,
            try PromotedRecord(receipt: coded, PromotionAccount()).bytes,
        ]
        for (index, record) in records.enumerated() {
            let found = record.read { Array(copying: CodedReceipt.receipt(in: $0)) }
            #expect(found == plain, "\(index)")
            let inner = record.read { Array(copying: PromotedReceipt.receipt(in: $0)) }
            #expect(inner == [plain, coded, plain, coded][index], "\(index)")
        }
    }

    @Test func `a receipt of another event is no part of the record`() throws {
        let whole = try PromotedRecord(PromotionAccount())
        let length = try GoldenMessage.purchaseRecorded.fixture().count
        let start = whole.detailsOffset - length
        for offset in messageHeaderLength..<(messageHeaderLength + PromotedReceiptRecordedLayout.shelfTotal) {
            var bytes = whole.bytes
            bytes[start + offset] ^= 1
            let error = #expect(throws: CodecError.self) { try bytes.read { _ = try PromotedReceipt($0) } }
            #expect(error == CodecError(.valueUnknown(field: "envelope", value: 0), at: start))
        }
    }

    /// The largest numbers and longest strings, and the smallest.
    private static let extremes: [PromotionAccount] = [
        PromotionAccount(),
        PromotionAccount(
            awards: [
                PromotionAward(
                    place: .max, rule: .max >> 1, isWithheld: true, wallet: WalletNumber(.max),
                    parts: [
                        PromotionAward.Part(line: .max, discount: .max, points: .max),
                        PromotionAward.Part(line: 0, discount: 0, points: 0),
                    ]),
                PromotionAward(place: 0, rule: 0, parts: []),
            ], facts: [.min, .max, 0, -1, 1], codes: ["", String(repeating: "я", count: 127) + "x"],
            extras: [.min, .max, 0, -1, 1],
            names: [
                PromotionAccount.Name(place: .max, id: String(repeating: "x", count: 255)),
                PromotionAccount.Name(place: 0, id: "a"),
            ]),
        PromotionAccount(names: [PromotionAccount.Name(place: 7, id: "a")]),
        PromotionAccount(
            awards: [
                PromotionAward(
                    place: 1, rule: 0,
                    parts: (0..<2_000).map { PromotionAward.Part(line: $0, discount: 999, points: 999) })
            ], extras: (0..<2_000).map { $0 - 1_000 }),
    ]

    @Test(arguments: extremes)
    func `the largest and the smallest accounts come back as they were`(account: PromotionAccount) throws {
        #expect(try PromotedRecord(account).account() == account)
        #expect(try PromotedRecord(account).names() == account.names)
    }

    @Test func `an account of nothing is five zeros`() {
        #expect(PromotedRecord.details(PromotionAccount()) == [0, 0, 0, 0, 0])
    }

    /// Ids are texts of their author, and a text may end in any character.
    @Test(arguments: ["a\u{0}", "\u{0}", ""])
    func `a name that ends in nothing is a name`(id: String) throws {
        let account = PromotionAccount(names: [PromotionAccount.Name(place: 7, id: id)])
        #expect(try PromotedRecord(account).names() == account.names)
    }

    private static let twoToThe16: [UInt8] = [0x80, 0x80, 4]
    private static let twoToThe32: [UInt8] = [0x80, 0x80, 0x80, 0x80, 0x10]
    private static let twoToThe63: [UInt8] = Array(repeating: 0x80, count: 9) + [1]

    /// A row: what is wrong, the bytes.
    static let broken: [(String, [UInt8])] = [
        ("nothing at all", []), ("more awards than 16 bits", twoToThe16),
        ("more awards than there are", [2, 1, 2, 0, 0]),
        ("a place beyond 32 bits", [1] + twoToThe32 + [0, 0, 0, 0, 0, 0, 0]),
        ("a case beyond 32 bits", [1, 1] + twoToThe32 + [0, 0, 0, 0, 0, 0]),
        ("a wallet beyond 16 bits", [1, 1, 0] + twoToThe16 + [0, 0, 0, 0, 0]),
        ("more parts than 16 bits", [1, 1, 0, 0] + twoToThe16 + [0, 0, 0, 0]),
        ("a line beyond 16 bits", [1, 1, 0, 0, 1] + twoToThe16 + [0, 0, 0, 0, 0, 0]),
        ("a discount beyond 63 bits", [1, 1, 0, 0, 1, 0] + twoToThe63 + [0, 0, 0, 0, 0]),
        ("points beyond 63 bits", [1, 1, 0, 0, 1, 0, 0] + twoToThe63 + [0, 0, 0, 0]),
        ("more facts than 16 bits", [0] + twoToThe16), ("a fact beyond 32 bits", [0, 1] + twoToThe32 + [0, 0, 0]),
        ("more codes than 16 bits", [0, 0] + twoToThe16),
        ("a code of 256 bytes", [0, 0, 1, 0x80, 2] + Array(repeating: 1, count: 256) + [0, 0]),
        ("a code that is cut", [0, 0, 1, 5, 1, 2]), ("more extras than 16 bits", [0, 0, 0] + twoToThe16),
        ("an extra beyond 64 bits", [0, 0, 0, 1] + Array(repeating: 0x80, count: 10) + [1, 0]),
        ("more names than 16 bits", [0, 0, 0, 0] + twoToThe16),
        ("a name's place beyond 32 bits", [0, 0, 0, 0, 1] + twoToThe32 + [1, 97]),
        ("an id of 256 bytes", [0, 0, 0, 0, 1, 0, 0x80, 2] + Array(repeating: 97, count: 256)),
        ("an id that is cut", [0, 0, 0, 0, 1, 0, 5, 97]), ("bytes behind the end", [0, 0, 0, 0, 0, 0]),
        ("a word without an end", Array(repeating: 0x80, count: 11)),
    ]

    @Test(arguments: broken)
    func `an account with a number out of range is an error with its place`(what: String, bytes: [UInt8]) throws {
        let record = try PromotedRecord(details: bytes)
        let error = #expect(throws: CodecError.self, "\(what)") { try record.account() }
        let offset = try #require(error).offset
        #expect((record.detailsOffset...record.bytes.count).contains(offset), "\(what): \(offset)")
    }
}

/// Quotes and standings of promotions at their limits.
@Suite("Promotions in answers")
struct PromotionAnswerTests {
    @Test func `a page without promotions in force has no moment, and a full one fits`() throws {
        let empty = PromotionsPage(
            sequence: LogSequence(1), revision: 0, effectiveFrom: nil, isLast: true, rows: [])
        #expect(try empty.encoded().read { try empty.isRead(from: $0) })
        let row = PromotionStanding(
            id: String(repeating: "x", count: Limits.identifierBytesMax),
            title: String(repeating: "x", count: Limits.nameBytesMax), state: .archived,
            done: PromotionStanding.Figures(uses: .max, discount: .max, points: .min),
            withheld: PromotionStanding.Figures(uses: .min, discount: .min, points: .max),
            lastSequence: LogSequence(.max), budget: PromotionStanding.Budget(.points, most: .max, left: .min))
        let full = PromotionsPage(
            sequence: LogSequence(.max), revision: .max, effectiveFrom: .distantFuture, isLast: false,
            rows: Array(repeating: row, count: PromotionsPage.rowsMax))
        #expect(try full.encoded().read { try full.isRead(from: $0) })
    }

    @Test func `a quote of the largest receipt comes back with every line`() throws {
        let long = String(repeating: "x", count: 255)
        let act = QuotedAct(
            .contact, String(repeating: "я", count: 500), count: .max, minutes: .min, amount: .min, channel: long)
        var quote = Quote(
            sequence: LogSequence(.max), points: Points(minor: .min),
            payments: (0..<Limits.walletsPerReceiptMax).map {
                Quote.Payment(wallet: "\($0)", points: Points(minor: .max), money: Money(minor: .max))
            })
        quote.promotions = QuotedPromotions(
            shelfTotal: Money(minor: .max), payable: Money(minor: .min), revision: .max,
            validUntil: .distantFuture,
            effects: (0..<40).map { index in
                QuotedEffect(
                    promotion: long, title: long, discount: Money(minor: .max), points: Points(minor: .min),
                    acts: index % 2 == 0 ? [] : [act],
                    missing: index % 3 == 0 ? QuotedEffect.Missing(.max, .products) : nil)
            },
            lines: Array(
                repeating: QuotedLine(discount: Money(minor: .max), points: Points(minor: .min)),
                count: Limits.linesMax))
        #expect(try quote.encoded().read { try quote.isRead(from: $0) })
    }
}
