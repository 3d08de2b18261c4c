import TallyModel
import TallyProjections
import TallyTables
import TallyTesting
import Testing

/// Receipts with codes in any order, judged by a model that keeps a list of receipts and knows nothing of steps or rows.
@Suite("Codes of purchases under any interleaving")
struct PurchaseCodePropertyTests {
    private typealias Sound = SoundInstruments

    /// A receipt that was taken.
    private struct Sold {
        var sequence: UInt64
        var member: Int
        var usesWord: Bool
        /// What is left of each line.
        var lines: [Int64]
        /// What each card has paid and not got back, in the order in which they paid.
        var paid: [(card: Int, amount: Int64)]

        var isOver: Bool { lines.allSatisfy { $0 == 0 } }

        /// Fills the cards from the front; a model that is wrong on purpose, from the back.
        mutating func giveBack(_ money: Int64, fromBack: Bool) {
            var money = money
            for index in fromBack ? paid.indices.reversed() : Array(paid.indices) {
                let part = min(money, paid[index].amount)
                paid[index].amount -= part
                money -= part
            }
        }
    }

    private struct Tills {
        static let cards = 3
        static let budget = 7
        static let memberLimit = 4
        static let face: Int64 = 60_000

        let desk = DecisionDesk.withProgramme()
        let first: UInt32
        var random: SeededRandom
        var sold: [Sold] = []
        /// Money of each card that was reserved, with its record.
        var reserved: [(card: Int, amount: Int64, sequence: UInt64)] = []
        var counts: [String: Int] = [:]
        /// Where the ledger and the model do not agree.
        var findings: [String] = []
        let isWrong: Bool

        init(seed: UInt64, isWrong: Bool = false) {
            self.isWrong = isWrong
            random = SeededRandom(seed: seed)
            let definitions: [Command] = [
                .defineWallet(WalletDefinition(id: "money", name: "Money", scale: 2)),
                Sound.card { ($0.id, $0.faceValue) = ("gift", Points(minor: Tills.face)) },
                Sound.word { ($0.usesBudget, $0.memberLimit) = (Int64(Tills.budget), UInt32(Tills.memberLimit)) },
            ]
            for command in definitions { precondition(desk.send(command).status == .recorded, "\(command)") }
            first = UInt32(desk.send(Sound.issue("gift", count: UInt32(Tills.cards))).balance)
        }

        // MARK: What the model knows

        func free(_ card: Int) -> Int64 {
            let paid = sold.reduce(0) { $0 + $1.paid.reduce(0) { $1.card == card ? $0 + $1.amount : $0 } }
            return Tills.face - paid - reserved.reduce(0) { $1.card == card ? $0 + $1.amount : $0 }
        }

        func uses(by member: Int? = nil) -> Int {
            sold.count { $0.usesWord && !$0.isOver && (member == nil || $0.member == member) }
        }

        // MARK: What tills do

        mutating func next() {
            switch random.next(below: 10) {
            case 0..<5: sell()
            case 5: reserve()
            case 6..<8: takeBack()
            case 8: void()
            default: exchange()
            }
        }

        private mutating func note(_ what: String, _ outcome: Outcome, isExpected: Bool) {
            if (outcome.status == .recorded) != isExpected { findings.append("\(what): \(outcome)") }
            counts[outcome.status == .recorded ? what : "no " + what, default: 0] += 1
        }

        private mutating func sell() {
            let (receipt, sale) = draft(for: 1 + Int(random.next(below: 2)))
            let isExpected = isTaken(receipt, sale)
            let outcome = desk.send(.purchase(receipt))
            note("sale", outcome, isExpected: isExpected)
            if outcome.status == .recorded { keep(sale, receipt, outcome.sequence) }
        }

        private mutating func keep(_ sale: Sold, _ receipt: Receipt, _ sequence: UInt64) {
            var sale = sale
            sale.sequence = sequence
            sold.append(sale)
            for code in receipt.codes {
                guard case .sequence(let reservation) = code.reservation else { continue }
                reserved.removeAll { $0.sequence == reservation.rawValue }
            }
        }

        /// A receipt with codes at random, sensible or not; no reservation is named twice.
        private mutating func draft(for member: Int) -> (Receipt, Sold) {
            let lines = (0..<(1 + random.next(below: 3))).map { _ in 1 + Int64(random.next(below: 20_000)) }
            var sale = Sold(
                sequence: 0, member: member, usesWord: random.next(below: 2) == 0, lines: lines, paid: [])
            var codes = sale.usesWord ? [PurchaseCode(.code("SPRING25"), amount: 1)] : []
            var open = reserved
            for _ in 0..<random.next(below: 3) {
                let amount = 1 + Int64(random.next(below: 25_000))
                if random.next(below: 3) == 0, let place = open.indices.randomElement(using: &random) {
                    let hold = open.remove(at: place)
                    codes.append(
                        PurchaseCode(.byReference, amount: amount, reservation: .sequence(LogSequence(hold.sequence))))
                    sale.paid.append((hold.card, amount))
                } else {
                    let card = Int(random.next(below: UInt64(Tills.cards)))
                    codes.append(PurchaseCode(.serial(instrument: "gift", first + UInt32(card)), amount: amount))
                    sale.paid.append((card, amount))
                }
            }
            let receipt = Receipt(
                store: "s1", member: .number(MemberNumber(UInt32(member))), number: "r",
                occurredAt: SoundCommands.moment, utcOffsetMinutes: 180, total: Money(minor: lines.reduce(0, +)),
                lines: lines.enumerated().map { SoundCommands.line(0, $1, sku: "sku\($0)") }, codes: codes)
            return (receipt, sale)
        }

        /// True when the word may be used and the cards can pay what they shall.
        private func isTaken(_ receipt: Receipt, _ sale: Sold) -> Bool {
            if sale.usesWord, uses() >= Tills.budget || uses(by: sale.member) >= Tills.memberLimit { return false }
            var left = (0..<Tills.cards).map { free($0) }
            for (code, pays) in zip(receipt.codes.dropFirst(sale.usesWord ? 1 : 0), sale.paid) {
                if case .sequence(let sequence) = code.reservation {
                    let held = reserved.first { $0.sequence == sequence.rawValue }?.amount ?? 0
                    guard pays.amount <= held else { return false }
                    // What is over is free for the next code of the same receipt.
                    left[pays.card] += held
                }
                guard pays.amount <= left[pays.card] else { return false }
                left[pays.card] -= pays.amount
            }
            return sale.paid.reduce(0) { $0 + $1.amount } <= receipt.total.minor
        }

        private mutating func reserve() {
            let (card, amount) = (Int(random.next(below: UInt64(Tills.cards))), 1 + Int64(random.next(below: 25_000)))
            let outcome = desk.send(Sound.step(.reserve, "gift", first + UInt32(card), amount))
            note("reservation", outcome, isExpected: amount <= free(card))
            if outcome.status == .recorded { reserved.append((card, amount, outcome.sequence)) }
        }

        private mutating func open() -> Int? {
            sold.indices.filter { !sold[$0].isOver }.randomElement(using: &random)
        }

        /// A part of a line of a receipt, or all of it.
        private mutating func slip(_ place: Int) -> ReturnSlip? {
            let lines = sold[place].lines
            guard let line = lines.indices.filter({ lines[$0] > 0 }).randomElement(using: &random) else { return nil }
            let isWhole = random.next(below: 2) == 0
            let part = isWhole ? lines[line] : 1 + Int64(random.next(below: UInt64(lines[line])))
            sold[place].lines[line] -= part
            sold[place].giveBack(part, fromBack: isWrong)
            return ReturnSlip(
                store: "s1", member: .anonymous, number: "b", occurredAt: SoundCommands.moment, utcOffsetMinutes: 180,
                total: Money(minor: part), purchase: .sequence(LogSequence(sold[place].sequence)),
                lines: [SoundCommands.back(UInt16(line + 1), 0, part)])
        }

        private mutating func takeBack() {
            guard let place = open(), let slip = slip(place) else { return }
            note("return", desk.send(.return(slip)), isExpected: true)
        }

        private mutating func void() {
            guard let place = open() else { return }
            let slip = VoidSlip(
                store: "s1", number: "v", occurredAt: SoundCommands.moment, utcOffsetMinutes: 180,
                purchase: .sequence(LogSequence(sold[place].sequence)))
            note("void", desk.send(.voidPurchase(slip)), isExpected: true)
            sold[place].lines = sold[place].lines.map { _ in 0 }
            sold[place].giveBack(.max, fromBack: isWrong)
        }

        private mutating func exchange() {
            let before = sold
            guard let place = open(), let slip = slip(place) else { return }
            let (receipt, sale) = draft(for: sold[place].member)
            let isExpected = isTaken(receipt, sale)
            let outcome = desk.send(.exchange(Exchange(slip: slip, receipt: receipt)))
            note("exchange", outcome, isExpected: isExpected)
            if outcome.status == .recorded { keep(sale, receipt, outcome.sequence) } else { sold = before }
        }

        /// Compares the cards and the word with the model.
        mutating func check(_ step: Int) throws {
            for card in 0..<Tills.cards {
                let balance = desk.state.figures(ofCode: first + UInt32(card))?.balance
                if balance != free(card) { findings.append("step \(step), card \(card): \(balance ?? -1)") }
            }
            let taken = desk.state.instruments[1].usesTaken
            if taken != Int64(uses()) { findings.append("step \(step): \(taken) uses") }
            try desk.state.checkInvariants()
        }
    }

    /// Lets tills work.
    private func work(_ tills: inout Tills, steps: Int) throws {
        for step in 1...steps {
            tills.next()
            if step % 10 == 0 { try tills.check(step) }
        }
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `whatever tills sell, take back, void and exchange, cards and uses are what the receipts say`(
        round: UInt64
    ) throws {
        let seed = round &* 0x9E37_79B9_7F4A
        print("codes of purchases: seed \(seed)")
        var tills = Tills(seed: seed)
        try work(&tills, steps: 500)
        #expect(tills.findings.isEmpty, "seed \(seed): \(tills.findings.prefix(3))")
        for what in ["sale", "no sale", "return", "void", "exchange", "no exchange", "reservation"] {
            #expect(tills.counts[what, default: 0] >= 5, "\(what): \(tills.counts)")
        }
    }

    /// The canary: a model that fills the wrong card first does not agree.
    @Test func `the judge notices money that goes back to another card`() throws {
        var tills = Tills(seed: 1, isWrong: true)
        try work(&tills, steps: 300)
        #expect(!tills.findings.isEmpty)
    }
}
