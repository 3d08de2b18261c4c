import TallyCodec
import TallyModel
import Testing

/// Broken bytes are an error with a position.
///
/// A trap in any of these tests would end the whole run.
@Suite("Malformed messages")
struct MalformedTests {
    @Test(arguments: GoldenMessage.all)
    func `a message cut at any byte is an error`(message: GoldenMessage) throws {
        let bytes = try message.fixture()
        for count in 0..<bytes.count { expectError(message, Array(bytes[..<count]), "cut at \(count)") }
    }

    @Test(arguments: GoldenMessage.all)
    func `bytes behind a message are an error`(message: GoldenMessage) throws {
        let bytes = try message.fixture()
        expectError(message, bytes + [0], "one byte more")
        expectError(message, bytes + bytes, "twice")
    }

    @Test(arguments: GoldenMessage.all)
    func `another schema or template is an error`(message: GoldenMessage) throws {
        for (offset, what) in [(2, "template"), (4, "schema")] {
            for bytes in wrong(try message.fixture(), width: 2, at: offset) { expectError(message, bytes, what) }
        }
    }

    @Test(arguments: GoldenMessage.all)
    func `a wrong length of block, group or text is an error`(message: GoldenMessage) throws {
        let bytes = try message.fixture()
        for bytes in wrong(bytes, width: 2, at: 0) { expectError(message, bytes, "block length") }
        var offset = messageHeaderLength + message.shape.blockLength
        for group in 0..<message.shape.groupCount {
            for bytes in wrong(bytes, width: 2, at: offset) { expectError(message, bytes, "entry length of \(group)") }
            for bytes in wrong(bytes, width: 2, at: offset + 2) { expectError(message, bytes, "count of \(group)") }
            offset += 4 + Int(bytes[offset]) * Int(bytes[offset + 2])
        }
        guard message.shape.hasText else { return }
        for bytes in wrong(bytes, width: 2, at: offset) { expectError(message, bytes, "text length") }
    }

    @Test(arguments: GoldenMessage.all.filter { StringLengths.inBlock[$0.name] != nil })
    func `a wrong length of any string is an error`(message: GoldenMessage) throws {
        let bytes = try message.fixture()
        for field in StringLengths.inBlock[message.name] ?? [] {
            for bytes in wrong(bytes, width: 1, at: messageHeaderLength + field) {
                expectError(message, bytes, "string length at \(field)")
            }
        }
        var group = messageHeaderLength + message.shape.blockLength
        for (index, fields) in (StringLengths.inEntries[message.name] ?? []).enumerated() {
            for field in fields {
                for bytes in wrong(bytes, width: 1, at: group + 4 + field) {
                    expectError(message, bytes, "string length of the first entry of group \(index) at \(field)")
                }
            }
            group += 4 + Int(bytes[group]) * Int(bytes[group + 2])
        }
    }

    @Test(arguments: GoldenMessage.all)
    func `no value of any byte is a trap`(message: GoldenMessage) throws {
        let bytes = try message.fixture()
        for offset in bytes.indices {
            for value in [0, 1, 0x7F, 0x80, 0xFF, bytes[offset] &+ 1, bytes[offset] &- 1] {
                var broken = bytes
                broken[offset] = value
                _ = try? broken.read { try message.isRead(from: $0) }
            }
        }
    }

    @Test func `random bytes are no trap`() throws {
        var seed = Seed.printed()
        for message in GoldenMessage.all {
            let bytes = try message.fixture()
            for _ in 0..<500 {
                var broken = bytes
                for _ in 0..<Int.random(in: 1...8, using: &seed) {
                    broken[Int(seed.next() % UInt64(bytes.count))] = seed.number()
                }
                _ = try? broken.read { try message.isRead(from: $0) }
            }
        }
    }

    /// Where the acts of the golden quote with promotions begin: behind two effects.
    private static let quotedActs =
        PricedQuoteLayout.blockLength + 4 + 2 * PricedQuoteLayout.Effects.entryLength + 4

    @Test(arguments: [
        ("Welcome", WelcomeLayout.durability), ("Refusal", RefusalLayout.code), ("Purchase", PurchaseLayout.channel),
        ("Purchase", PurchaseLayout.memberKind), ("Return", ReturnLayout.channel), ("Return", ReturnLayout.memberKind),
        ("LinkIdentifier", LinkIdentifierLayout.memberKind), ("AskBalances", AskBalancesLayout.memberKind),
        ("DefineAccrual", DefineAccrualLayout.rounding), ("BatchResults", BatchResultsLayout.blockLength + 4 + 32),
        ("SetWalletTerms", SetWalletTermsLayout.expiryKind), ("SetWalletTerms", SetWalletTermsLayout.pendingKind),
        ("SetWalletTerms", SetWalletTermsLayout.burnOrder), ("SetWalletTerms", SetWalletTermsLayout.negativeKind),
        ("SetWalletTerms", SetWalletTermsLayout.earnFilter), ("SetWalletTerms", SetWalletTermsLayout.burnFilter),
        ("SetWalletTerms", SetWalletTermsLayout.blockLength + 4 + SetWalletTermsLayout.Items.kind),
        ("SetSettlementTerms", SetSettlementTermsLayout.timing), ("PlaceHold", PlaceHoldLayout.memberKind),
        ("VoidPurchase", VoidPurchaseLayout.memberKind), ("VoidPurchase", VoidPurchaseLayout.channel),
        ("Adjust", AdjustLayout.memberKind), ("Adjust", AdjustLayout.kind),
        ("SetPromotions", SetPromotionsLayout.action), ("PricedPurchase", PricedPurchaseLayout.flags),
    ])
    func `a value that the schema does not have is an error`(name: String, field: Int) throws {
        let message = try #require(GoldenMessage.all.first { $0.name == name })
        var bytes = try message.fixture()
        bytes[messageHeaderLength + field] = 0xEE
        expectError(message, bytes, "a value at \(field)")
    }

    /// A row: the message, where its group begins, the field of an entry.
    static let valuesOfEntries: [(String, Int, Int)] = [
        ("PricedQuote", PricedQuoteLayout.blockLength + 4, PricedQuoteLayout.Effects.state),
        ("PricedQuote", PricedQuoteLayout.blockLength + 4, PricedQuoteLayout.Effects.measure),
        ("PricedQuote", quotedActs, PricedQuoteLayout.Acts.kind),
        ("PricedQuote", quotedActs, PricedQuoteLayout.Acts.effect),
        ("PromotionsStand", PromotionsStandLayout.blockLength + 4, PromotionsStandLayout.Rows.state),
        ("PromotionsStand", PromotionsStandLayout.blockLength + 4, PromotionsStandLayout.Rows.budgetMeasure),
    ]

    @Test(arguments: valuesOfEntries)
    func `a value of an entry that the schema does not have is an error`(name: String, group: Int, field: Int) throws {
        let message = try #require(GoldenMessage.all.first { $0.name == name })
        var bytes = try message.fixture()
        let offset = messageHeaderLength + group + field
        bytes[offset] = 0xEE
        let error = #expect(throws: CodecError.self) { _ = try bytes.read { try message.isRead(from: $0) } }
        #expect(error?.offset == offset)
        guard case .valueUnknown(_, 0xEE) = error?.fault else {
            Issue.record("\(String(describing: error)) does not tell the value")
            return
        }
    }

    @Test(arguments: [
        ("DefineAccrual", DefineAccrualLayout.denominator), ("SetWalletTerms", SetWalletTermsLayout.moneyDenominator),
        ("SetSettlementTerms", SetSettlementTermsLayout.denominator),
    ])
    func `a rate without a denominator is an error`(name: String, field: Int) throws {
        let message = try #require(GoldenMessage.all.first { $0.name == name })
        var bytes = try message.fixture()
        let offset = messageHeaderLength + field
        for index in offset..<(offset + 4) { bytes[index] = 0 }
        expectError(message, bytes, "denominator 0")
    }

    @Test func `a day of the year of more than four digits is an error`() throws {
        var bytes = try GoldenMessage.setWalletTerms.fixture()
        let lastItem =
            messageHeaderLength + SetWalletTermsLayout.blockLength + 4
            + 4 * SetWalletTermsLayout.Items.entryLength
        (bytes[lastItem], bytes[lastItem + 1]) = (0x10, 0x27)
        expectError(.setWalletTerms, bytes, "day 10,000")
    }

    @Test func `a hold that is given back must be named`() throws {
        var bytes = try GoldenMessage.releaseHold.fixture()
        for index in messageHeaderLength..<bytes.count { bytes[index] = 0 }
        expectError(.releaseHold, bytes, "no hold")
    }

    /// What lies in the text of an exchange is checked as it would be alone, and its errors tell the byte of the whole.
    @Test func `an error in a part of an exchange is told with its place in the whole`() throws {
        let bytes = try GoldenMessage.exchange.fixture()
        let start = messageHeaderLength + ExchangeLayout.blockLength + 2
        let returnLength = Int(bytes[messageHeaderLength]) | Int(bytes[messageHeaderLength + 1]) << 8
        for (offset, fault) in [(start + 2, "return"), (start + returnLength + 2, "purchase")] {
            var broken = bytes
            broken[offset] ^= 0xFF
            let error = #expect(throws: CodecError.self) { _ = try broken.read { try Command($0) } }
            #expect(error?.offset == offset, "\(fault)")
        }
        for bytes in wrong(bytes, width: 2, at: messageHeaderLength) {
            expectError(.exchange, bytes, "length of the return")
        }
    }

    /// A row: the message, and where it says how long the one inside of it is.
    @Test(arguments: [
        ("PricedPurchase", PricedPurchaseLayout.purchaseLength), ("PricedQuote", PricedQuoteLayout.quoteLength),
    ])
    func `an error in what promotions stand around is told with its place in the whole`(
        name: String, length: Int
    ) throws {
        let message = try #require(GoldenMessage.all.first { $0.name == name })
        let bytes = try message.fixture()
        let start = try bytes.read { try Message($0, shape: message.shape).textOffset }
        var broken = bytes
        broken[start + 4] ^= 0xFF
        let error = #expect(throws: CodecError.self) { _ = try broken.read { try message.isRead(from: $0) } }
        #expect(error?.offset == start + 4)
        for bytes in wrong(bytes, width: 2, at: messageHeaderLength + length) {
            expectError(message, bytes, "length of what stands inside")
        }
        // Promotions do not stand around promotions.
        broken = bytes
        (broken[start + 2], broken[start + 3]) = (bytes[2], bytes[3])
        let nested = #expect(throws: CodecError.self) { _ = try broken.read { try message.isRead(from: $0) } }
        #expect(nested == CodecError(.unexpectedTemplate(message.shape.templateID), at: start + 2))
    }

    private func expectError(_ message: GoldenMessage, _ bytes: [UInt8], _ what: String) {
        do {
            let isRead = try bytes.read { try message.isRead(from: $0) }
            Issue.record("\(message.name), \(what): read as \(isRead ? "the same" : "another") value")
        } catch let error as CodecError {
            #expect((0...bytes.count).contains(error.offset), "\(message.name), \(what): \(error)")
        } catch {
            Issue.record("\(message.name), \(what): \(error)")
        }
    }

    /// The bytes with the little-endian number at `offset` set to 0, one more, one less and the largest there is.
    private func wrong(_ bytes: [UInt8], width: Int, at offset: Int) -> [[UInt8]] {
        let largest = width == 1 ? 0xFF : 0xFFFF
        let right = (0..<width).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
        return Set([0, right - 1, right + 1, largest]).subtracting([right, -1, largest + 1]).sorted().map { value in
            var broken = bytes
            for index in 0..<width { broken[offset + index] = UInt8(value >> (8 * index) & 0xFF) }
            return broken
        }
    }
}

/// Where the lengths of strings stand, in the block and in the entries of each group.
private enum StringLengths {
    static let inBlock: [String: [Int]] = [
        "Hello": [HelloLayout.clientLength],
        "Welcome": [WelcomeLayout.serverLength],
        "OpenSource": [OpenSourceLayout.nameLength],
        "AskBalances": [AskBalancesLayout.memberKeyLength],
        "Balances": [],
        "Quote": [],
        "DefineBusiness": [DefineBusinessLayout.idLength, DefineBusinessLayout.nameLength],
        "DefineStore": [
            DefineStoreLayout.idLength, DefineStoreLayout.businessLength, DefineStoreLayout.nameLength,
            DefineStoreLayout.zoneLength,
        ],
        "DefineWallet": [DefineWalletLayout.idLength, DefineWalletLayout.nameLength],
        "DefineAccrual": [
            DefineAccrualLayout.idLength, DefineAccrualLayout.walletLength, DefineAccrualLayout.businessLength,
        ],
        "RegisterMember": [
            RegisterMemberLayout.externalLength, RegisterMemberLayout.phoneLength, RegisterMemberLayout.cardLength,
        ],
        "LinkIdentifier": [
            LinkIdentifierLayout.memberKeyLength, LinkIdentifierLayout.phoneLength, LinkIdentifierLayout.cardLength,
        ],
        "Purchase": [PurchaseLayout.storeLength, PurchaseLayout.memberKeyLength, PurchaseLayout.receiptLength],
        "Return": [
            ReturnLayout.storeLength, ReturnLayout.memberKeyLength, ReturnLayout.purchaseReceiptLength,
            ReturnLayout.receiptLength,
        ],
        "SetWalletTerms": [SetWalletTermsLayout.walletLength],
        "SetSettlementTerms": [
            SetSettlementTermsLayout.issuerLength, SetSettlementTermsLayout.redeemerLength,
            SetSettlementTermsLayout.walletLength,
        ],
        "PlaceHold": [
            PlaceHoldLayout.storeLength, PlaceHoldLayout.memberKeyLength, PlaceHoldLayout.receiptLength,
            PlaceHoldLayout.walletLength,
        ],
        "VoidPurchase": [
            VoidPurchaseLayout.storeLength, VoidPurchaseLayout.memberKeyLength,
            VoidPurchaseLayout.purchaseReceiptLength, VoidPurchaseLayout.receiptLength,
        ],
        "Adjust": [
            AdjustLayout.memberKeyLength, AdjustLayout.walletLength, AdjustLayout.businessLength,
            AdjustLayout.operatorLength, AdjustLayout.categoryLength, AdjustLayout.reasonLength,
        ],
        "SetPromotions": [SetPromotionsLayout.authorLength, SetPromotionsLayout.noteLength],
        "PricedPurchase": [],
        "PricedQuote": [],
        "PromotionsStand": [],
    ]

    static let inEntries: [String: [[Int]]] = [
        "Balances": [[BalancesLayout.Rows.externalLength, BalancesLayout.Rows.walletLength]],
        "Purchase": [
            [PurchaseLayout.Lines.skuLength, PurchaseLayout.Lines.categoryLength],
            [PurchaseLayout.Redemptions.walletLength],
        ],
        "Return": [[ReturnLayout.Lines.skuLength, ReturnLayout.Lines.categoryLength]],
        "Quote": [[QuoteLayout.Redemptions.walletLength]],
        "SetWalletTerms": [[SetWalletTermsLayout.Items.nameLength]],
        "SetPromotions": [[SetPromotionsLayout.Ids.length]],
        "PricedPurchase": [
            [PricedPurchaseLayout.Facts.nameLength, PricedPurchaseLayout.Facts.valueLength],
            [PricedPurchaseLayout.Codes.length],
        ],
        "PricedQuote": [
            [PricedQuoteLayout.Effects.promotionLength, PricedQuoteLayout.Effects.titleLength],
            [PricedQuoteLayout.Acts.argumentLength, PricedQuoteLayout.Acts.channelLength],
        ],
        "PromotionsStand": [[PromotionsStandLayout.Rows.idLength, PromotionsStandLayout.Rows.titleLength]],
    ]
}
