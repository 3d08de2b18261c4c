import TallyCodec
import TallyModel
import TallyProjections
import TallyTables
import TallyTesting
import Testing

/// Purchases that use codes: one record, all or nothing.
@Suite("Codes of a purchase")
struct PurchaseCodeTests {
    private typealias Sound = SoundInstruments

    private static func card(_ serial: UInt32, _ amount: Int64, _ id: String = "gift") -> PurchaseCode {
        PurchaseCode(.serial(instrument: id, serial), amount: amount)
    }

    /// A purchase of lines of so many minor units.
    private static func purchase(
        _ totals: [Int64], _ codes: [PurchaseCode], _ change: (inout Receipt) -> Void = { _ in }
    ) -> Command {
        SoundCommands.purchase { receipt in
            receipt.total = Money(minor: totals.reduce(0, +))
            receipt.lines = totals.enumerated().map { SoundCommands.line(1_000, $1, sku: "sku\($0)") }
            receipt.codes = codes
            change(&receipt)
        }
    }

    /// A return of lines with so many minor units each.
    private static func slip(_ purchase: Outcome, _ lines: [(line: UInt16, minor: Int64)]) -> Command {
        SoundCommands.slip { slip in
            slip.purchase = .sequence(LogSequence(purchase.sequence))
            slip.total = Money(minor: lines.reduce(0) { $0 + $1.minor })
            slip.lines = lines.map { SoundCommands.back($0.line, 0, $0.minor) }
        }
    }

    private static func void(_ purchase: Outcome) -> Command {
        .voidPurchase(
            VoidSlip(
                store: "s1", number: "v1", occurredAt: SoundCommands.moment, utcOffsetMinutes: 180,
                purchase: .sequence(LogSequence(purchase.sequence))))
    }

    /// S3-19 and lesson 14: what a card pays earns no points.
    @Test func `a receipt, a coupon and a card are one record, and only money earns`() throws {
        let (desk, first) = DecisionDesk.withInstruments()
        let before = desk.state.sequence
        let points = desk.figures(1)[0]
        let outcome = desk.send(
            Self.purchase(
                [10_000, 20_000],
                [
                    PurchaseCode(.serial(instrument: "coupon", first["coupon"] ?? 0), amount: 500),
                    Self.card(first["gift"] ?? 0, 10_000),
                ]))
        #expect(outcome.status == .recorded)
        #expect(desk.state.sequence == before + 1)
        let plain = desk.send(SoundCommands.purchase(of: 20_000)).points
        #expect(outcome.points == plain && plain > 0)
        #expect(desk.figures(1)[0] == points + 2 * plain)
        #expect(desk.state.figures(ofCode: first["gift"] ?? 0)?.balance == 40_000)
        #expect(desk.state.figures(ofCode: first["coupon"] ?? 0)?.state == .redeemed)
        #expect(desk.money(.burnt) == 10_000)
        try desk.state.checkInvariants()
    }

    /// Lesson 18: of a receipt and its codes, nothing is recorded when one of them is refused.
    @Test func `one bad code refuses the receipt and leaves everything as it was`() throws {
        let (desk, first) = DecisionDesk.withInstruments()
        let gift = first["gift"] ?? 0
        desk.send(Sound.step(.redeem, "coupon", first["coupon"] ?? 0))
        let money = desk.money(.cards)
        let receipts = desk.state.members[0].receipts
        let outcome = desk.send(
            Self.purchase(
                [30_000],
                [Self.card(gift, 10_000), PurchaseCode(.serial(instrument: "coupon", first["coupon"] ?? 0))]))
        #expect(outcome.rejection == .codeUsedUp && outcome.line == 2)
        #expect(desk.money(.cards) == money && desk.state.members[0].receipts == receipts)
        #expect(desk.state.figures(ofCode: gift)?.uses == 0)
        try desk.state.checkInvariants()
    }

    /// Points pay first, a card what they leave, money the rest; only that earns.
    @Test func `points, a card and money pay one receipt, and all of it comes back`() throws {
        let (desk, first) = DecisionDesk.withInstruments()
        let (gift, points) = (first["gift"] ?? 0, desk.figures(1))
        func pay(_ card: Int64) -> Outcome {
            desk.send(
                Self.purchase([6_000, 4_000], [Self.card(gift, card)]) { receipt in
                    receipt.redemptions = [Redemption(wallet: "points", points: Points(minor: 300))]
                })
        }
        #expect(pay(9_701).rejection == .codesBeyondReceipt)
        let bought = pay(7_700)
        #expect(bought.points == -300 + 100, "\(bought)")
        #expect(desk.send(Self.slip(bought, [(1, 6_000)])).status == .recorded)
        #expect(desk.send(Self.slip(bought, [(2, 4_000)])).status == .recorded)
        #expect(desk.figures(1) == points && desk.state.figures(ofCode: gift)?.balance == 50_000)
        #expect(desk.money(.restored) == -7_700)
        try desk.state.checkInvariants()
    }

    /// A blocked member spends no codes, and a purchase needs none of another's reservations.
    @Test func `a blocked member and another's reservation are refused`() {
        let (desk, first) = DecisionDesk.withInstruments()
        let pair = first["pair"] ?? 0
        let hold = desk.send(Sound.step(.reserve, "pair", pair) { $0.member = .external("boris") })
        let another = PurchaseCode(.byReference, reservation: .sequence(LogSequence(hold.sequence)))
        #expect(desk.send(Self.purchase([10_000], [another])).rejection == .holdOfAnother)
        desk.send(
            .block(
                Block(
                    member: .external("anna"), mode: .earnOnly, reason: "lost phone",
                    occurredAt: SoundCommands.moment, utcOffsetMinutes: 180)))
        #expect(desk.send(Self.purchase([10_000], [Self.card(first["gift"] ?? 0, 1)])).rejection == .memberBlocked)
        #expect(desk.send(Self.purchase([10_000], [])).status == .recorded)
    }

    /// Each row: what is wrong with the codes of a receipt of 300.00, and how it is answered.
    @Test func `every rule of codes is answered, the lowest number first`() throws {
        let (desk, first) = DecisionDesk.withInstruments()
        func serial(_ id: String) -> UInt32 { first[id] ?? 0 }
        let word = PurchaseCode(.code("SPRING25"), amount: 100)
        let gift = Self.card(serial("gift"), 100)
        let rows: [(codes: [PurchaseCode], rejection: Rejection, line: UInt16)] = [
            ([PurchaseCode(.code("NOSUCHCODE"))], .instrumentUnknown, 1),
            ([Self.card(serial("gift"), 30_001)], .codesBeyondReceipt, 0),
            ([Self.card(serial("gift"), 20_000), Self.card(serial("gift") + 1, 10_001)], .codesBeyondReceipt, 0),
            ([Self.card(serial("gift"), 50_001)], .cardInsufficient, 1),
            ([Self.card(serial("gift"), 30_000), Self.card(serial("gift"), 20_001)], .cardInsufficient, 2),
            ([Self.card(serial("gift"), 0)], .pointsMalformed, 1),
            ([Self.card(serial("gift"), -1)], .amountNegative, 1),
            ([word, word], .memberLimitReached, 2),
            ([PurchaseCode(.code("spring25"), amount: 1_001)], .amountBudgetReached, 1),
            ([PurchaseCode(.serial(instrument: "later", serial("later")))], .instrumentNotYetValid, 1),
            ([PurchaseCode(.byReference, reservation: .sequence(LogSequence(1)))], .holdUnknown, 1),
            ([gift, Self.card(serial("coupon"), 0)], .codeUnknown, 2),
            // Of two that are wrong the lower number is answered, wherever it stands.
            ([Self.card(serial("gift"), 50_001), PurchaseCode(.code("NOSUCHCODE"))], .instrumentUnknown, 2),
        ]
        for row in rows {
            let outcome = desk.send(Self.purchase([30_000], row.codes))
            #expect(outcome.rejection == row.rejection && outcome.line == row.line, "\(row) but \(outcome)")
        }
        // The receipt's own fault has the lower number.
        let unknown = Self.purchase([30_000], [PurchaseCode(.code("NOSUCHCODE"))]) { receipt in
            receipt.redemptions = [Redemption(wallet: "points", points: Points(minor: 1_000_000))]
        }
        #expect((desk.send(unknown).rejection?.rawValue ?? .max) < Rejection.instrumentUnknown.rawValue)
        #expect(desk.send(Self.purchase([30_000], [gift, word])).status == .recorded)
        try desk.state.checkInvariants()
    }

    /// S3-19: the commit turns what was reserved into a use, and gives the rest of it back.
    @Test func `a purchase carries out what it had reserved, once`() throws {
        let (desk, first) = DecisionDesk.withInstruments()
        let gift = first["gift"] ?? 0
        let hold = desk.send(Sound.step(.reserve, "gift", gift, 30_000))
        let reserved = PurchaseCode(.byReference, amount: 20_000, reservation: .sequence(LogSequence(hold.sequence)))
        #expect(desk.send(Self.purchase([30_000], [reserved, reserved])).rejection == .reservationEnded)
        #expect(desk.send(Self.purchase([30_000], [reserved])).status == .recorded)
        #expect(desk.state.figures(ofCode: gift)?.balance == 30_000)
        #expect(desk.state.figures(ofCode: gift)?.reservations == 0)
        #expect(desk.send(Self.purchase([30_000], [reserved])).rejection == .reservationEnded)
        try desk.state.checkInvariants()
    }

    /// S3-19: money goes back to the card first, and all partial returns together give back what it paid.
    @Test func `partial returns fill the cards first, in order, to exactly what they paid`() throws {
        let (desk, first) = DecisionDesk.withInstruments()
        let (gift, points) = (first["gift"] ?? 0, desk.figures(1))
        let bought = desk.send(
            Self.purchase([10_000, 20_000], [Self.card(gift, 7_000), Self.card(gift + 1, 5_000)]))
        func back() -> [Int64] { [gift, gift + 1].map { (desk.state.figures(ofCode: $0)?.balance ?? 0) - 50_000 } }
        #expect(back() == [-7_000, -5_000])
        #expect(desk.send(Self.slip(bought, [(1, 3_000)])).status == .recorded)
        #expect(back() == [-4_000, -5_000])
        #expect(desk.send(Self.slip(bought, [(2, 6_000)])).status == .recorded)
        #expect(back() == [0, -3_000])
        #expect(desk.send(Self.slip(bought, [(2, 14_000), (1, 7_000)])).status == .recorded)
        #expect(back() == [0, 0])
        #expect(desk.figures(1) == points)
        #expect(desk.money(.restored) == -12_000)
        try desk.state.checkInvariants()
    }

    /// S3-19: a coupon comes back with the last of the goods, unless its instrument keeps it.
    @Test func `a coupon comes back with the last of the goods, and a kept one does not`() throws {
        let (desk, first) = DecisionDesk.withInstruments()
        let (coupon, kept) = (first["coupon"] ?? 0, first["kept"] ?? 0)
        let bought = desk.send(
            Self.purchase(
                [10_000, 20_000],
                [
                    PurchaseCode(.serial(instrument: "coupon", coupon), amount: 10),
                    PurchaseCode(.serial(instrument: "kept", kept), amount: 10),
                ]))
        desk.send(
            SoundCommands.slip { slip in
                slip.purchase = .sequence(LogSequence(bought.sequence))
                (slip.total, slip.lines) = (Money(minor: 10_000), [SoundCommands.back(1, 1_000, 10_000)])
            })
        #expect(desk.state.figures(ofCode: coupon)?.state == .redeemed)
        desk.send(
            SoundCommands.slip { slip in
                slip.purchase = .sequence(LogSequence(bought.sequence))
                (slip.total, slip.lines) = (Money(minor: 20_000), [SoundCommands.back(2, 1_000, 20_000)])
            })
        #expect(desk.state.figures(ofCode: coupon)?.state == .restored)
        #expect(desk.state.figures(ofCode: kept)?.state == .redeemed)
        try desk.state.checkInvariants()
    }

    /// Lesson 12: a void is as if nothing had happened, for codes too.
    @Test func `a void gives every code back, with what a certificate had lost`() throws {
        let (desk, first) = DecisionDesk.withInstruments()
        let books = [desk.money(.cards), desk.money(.expired), desk.money(.burnt) + desk.money(.restored)]
        let points = desk.figures(1)
        let (kept, certificate) = (first["kept"] ?? 0, first["certificate"] ?? 0)
        let bought = desk.send(
            Self.purchase(
                [30_000],
                [
                    PurchaseCode(.code("SPRING25"), amount: 100), Self.card(certificate, 6_000, "certificate"),
                    PurchaseCode(.serial(instrument: "kept", kept)), Self.card(first["gift"] ?? 0, 50),
                ]))
        #expect(bought.status == .recorded && desk.money(.expired) == 4_000)
        #expect(desk.send(Self.void(bought)).status == .recorded)
        #expect(books == [desk.money(.cards), desk.money(.expired), desk.money(.burnt) + desk.money(.restored)])
        #expect(desk.state.figures(ofCode: certificate)?.balance == 10_000)
        #expect(desk.state.figures(ofCode: kept)?.state == .restored)
        #expect(desk.state.instruments[desk.state.instruments.count - 3].usesTaken == 0)
        #expect(desk.figures(1) == points)
        try desk.state.checkInvariants()
        // What was given back may be used again.
        #expect(desk.send(Self.purchase([30_000], [PurchaseCode(.code("SPRING25"), amount: 100)])).status == .recorded)
    }

    /// Goods come back whatever has become of the code.
    @Test func `a cancelled or ended code is not given back, and the return is taken`() throws {
        let (desk, first) = DecisionDesk.withInstruments()
        let gift = first["gift"] ?? 0
        let bought = desk.send(Self.purchase([30_000], [Self.card(gift, 20_000), Self.card(gift + 1, 1_000)]))
        desk.send(Sound.step(.cancel, "gift", gift))
        #expect(desk.send(Self.slip(bought, [(1, 10_000)])).status == .recorded)
        #expect(desk.state.figures(ofCode: gift)?.state == .cancelled)
        #expect(desk.state.figures(ofCode: gift + 1)?.balance == 50_000)
        desk.expireInstruments(by: .max)
        #expect(desk.send(Self.slip(bought, [(1, 20_000)])).status == .recorded)
        try desk.state.checkInvariants()
    }

    /// Lesson 41: a use counts for the person, and comes back to whoever it counted for.
    @Test func `a use from before a merge comes back after it`() throws {
        let (desk, _) = DecisionDesk.withInstruments()
        let bought = desk.send(
            Self.purchase([10_000], [PurchaseCode(.code("SPRING25"), amount: 100)]) { $0.member = .external("boris") })
        #expect(bought.status == .recorded)
        let merge = Merge(
            survivor: .external("anna"), absorbed: .external("boris"), reason: "One person.",
            occurredAt: SoundCommands.moment, utcOffsetMinutes: 180)
        #expect(desk.send(.merge(merge)).status == .recorded)
        let word = PurchaseCode(.code("SPRING25"), amount: 100)
        #expect(desk.send(Self.purchase([10_000], [word])).rejection == .memberLimitReached)
        #expect(desk.send(Self.void(bought)).status == .recorded)
        try desk.state.checkInvariants()
        #expect(desk.send(Self.purchase([10_000], [word])).status == .recorded)
        try desk.state.checkInvariants()
    }

    /// Lesson 5: what comes back to a card in an exchange pays the new goods.
    @Test func `in an exchange the card that gets money back pays with it`() throws {
        let (desk, first) = DecisionDesk.withInstruments()
        let gift = first["gift"] ?? 0
        let bought = desk.send(Self.purchase([50_000], [Self.card(gift, 50_000)]))
        #expect(desk.state.figures(ofCode: gift)?.balance == 0)
        guard case .return(let slip) = Self.slip(bought, [(1, 50_000)]),
            case .purchase(let receipt) = Self.purchase([40_000], [Self.card(gift, 40_000)])
        else { preconditionFailure("They are a return and a purchase.") }
        let exchange = desk.send(.exchange(Exchange(slip: slip, receipt: receipt)))
        #expect(exchange.status == .recorded, "\(exchange)")
        #expect(desk.state.figures(ofCode: gift)?.balance == 10_000)
        #expect(desk.send(Self.void(exchange)).status == .recorded)
        #expect(desk.state.figures(ofCode: gift)?.balance == 50_000)
        try desk.state.checkInvariants()
    }

    /// Lessons 1 and 8: the shares of lines are those of the record, cards included.
    @Test func `a purchase that a card paid a part of gives back all its points in parts, exactly`() throws {
        var random = SeededRandom(seed: 0x5EED_C0DE)
        for round in 0..<200 {
            let (desk, first) = DecisionDesk.withInstruments()
            let points = desk.figures(1)
            let totals = (0..<(2 + Int(random.next(below: 4)))).map { _ in 1 + Int64(random.next(below: 20_000)) }
            let paid = 1 + Int64(random.next(below: UInt64(min(50_000, totals.reduce(0, +)))))
            let bought = desk.send(Self.purchase(totals, [Self.card(first["gift"] ?? 0, paid)]))
            #expect(bought.status == .recorded, "round \(round)")
            var left = totals
            while let line = left.indices.filter({ left[$0] > 0 }).randomElement(using: &random) {
                let part = 1 + Int64(random.next(below: UInt64(left[line])))
                left[line] -= part
                #expect(desk.send(Self.slip(bought, [(UInt16(line + 1), part)])).status == .recorded)
            }
            #expect(desk.figures(1) == points, "round \(round)")
            #expect(desk.state.figures(ofCode: first["gift"] ?? 0)?.balance == 50_000, "round \(round)")
            try desk.state.checkInvariants()
        }
    }
}
