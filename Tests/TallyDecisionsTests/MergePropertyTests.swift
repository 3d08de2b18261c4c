import TallyBytes
import TallyModel
import TallyProjections
import TallyTables
import TallyTesting
import Testing

/// Merges and splits among purchases, payments, returns and expiries, judged by a model that moves nothing.
@Suite("Merges and splits in any order")
struct MergePropertyTests {
    private static let members = 8

    /// A shop with the two wallets of the model.
    private struct Shop {
        let desk = DecisionDesk()
        var model = MergeModel(members: MergePropertyTests.members)
        var random: SeededRandom
        /// Seconds since 1970: 2026-01-01.
        var second: Int64 = 1_767_225_600
        /// Where the model's purchases stand in the log.
        var places: [UInt64] = []
        var counts: [String: Int] = [:]
        /// Who was merged last: often the one who is split next, while what it brought is still there.
        var mergedLast = 0

        init(seed: UInt64) {
            random = SeededRandom(seed: seed)
            let rates = [("points", UInt32(10)), ("later", 20)]
            let wallets = rates.map { Command.defineWallet(WalletDefinition(id: $0.0, name: $0.0, scale: 2)) }
            let terms = [
                WalletTerms(wallet: "points", expiry: .days(9), graceDays: 3),
                WalletTerms(wallet: "later", pending: .days(2), graceDays: 3),
            ]
            let accruals = rates.map { id, denominator in
                Command.defineAccrual(
                    AccrualDefinition(
                        id: id, wallet: id, business: "", effectiveFrom: .distantPast,
                        rate: Rate(numerator: 1, denominator: denominator), rounding: .floor))
            }
            let registrations = (0..<MergePropertyTests.members).map { number in
                SoundCommands.registration { ($0.externalID, $0.phone, $0.card) = ("m\(number)", "", "c\(number)") }
            }
            let all =
                [SoundCommands.business(), SoundCommands.store()] + wallets + terms.map { .setWalletTerms($0) }
                + accruals
                + registrations
            for command in all {
                let outcome = desk.send(command)
                precondition(outcome.status == .recorded, "\(command): \(outcome)")
            }
        }

        var moment: Instant { Instant(microseconds: second * 1_000_000) }

        mutating func any(_ bound: Int) -> Int { Int(random.next(below: UInt64(bound))) }

        /// A member by any of its names.
        mutating func name(_ member: Int) -> MemberReference {
            switch any(3) {
            case 0: .external("m\(member)")
            case 1: .card("c\(member)")
            default: .number(MemberNumber(UInt32(member + 1)))
            }
        }

        mutating func step() {
            second += Int64(1 + any(any(6) == 0 ? 200_000 : 600))
            desk.advance(to: moment)
            model.advance(to: second)
            switch any(20) {
            case 0..<8: purchase(any(MergePropertyTests.members), Int64(any(3_000)), any(2))
            case 8: ruin(any(MergePropertyTests.members), any(2))
            case 9..<14: void(max(0, places.count - 1 - any(60)))
            case 14..<17: merge()
            default: split(any(2) == 0 ? mergedLast : any(MergePropertyTests.members))
            }
        }

        private mutating func note(_ what: String, _ outcome: Outcome, _ isPossible: Bool) {
            counts["\(what) \(isPossible ? "done" : "refused")", default: 0] += 1
            #expect((outcome.status == .recorded) == isPossible, "\(what): \(String(describing: outcome.rejection))")
        }

        /// A member spends everything and brings back what was bought before: now it owes.
        private mutating func ruin(_ member: Int, _ wallet: Int) {
            let person = model.person(member)
            let bought = model.purchases.lastIndex {
                $0.member == person && !$0.isVoid && $0.taken.isEmpty && $0.awards[wallet] > 0
            }
            let points = model.spendable(person, wallet)
            guard let bought, points > 0 else { return }
            purchase(member, points, wallet, paying: points)
            void(bought)
        }

        private mutating func purchase(_ member: Int, _ total: Int64, _ wallet: Int, paying points: Int64? = nil) {
            let wanted = points ?? (any(2) == 0 ? Int64(0) : Int64(1 + any(400)))
            // What nobody can spend is not asked for: that is another test's.
            let isPaid = wanted > 0 && total > 0 && model.spendable(model.person(member), wallet) > 0
            let named = name(member)
            let receipt = SoundCommands.purchase(of: total) { receipt in
                receipt.member = named
                (receipt.occurredAt, receipt.utcOffsetMinutes) = (moment, 0)
                let redemption = Redemption(
                    wallet: ["points", "later"][wallet], points: Points(minor: wanted), isUpTo: true)
                receipt.redemptions = isPaid ? [redemption] : []
            }
            let outcome = desk.send(receipt)
            note("purchase", outcome, true)
            _ = model.purchase(total, by: member, paying: isPaid ? wanted : 0, from: wallet, at: second)
            places.append(outcome.sequence)
        }

        private mutating func void(_ index: Int) {
            guard !places.isEmpty else { return }
            let isPossible = !model.purchases[index].isVoid
            let outcome = desk.send(
                SoundMerge.void(places[index]) { ($0.occurredAt, $0.utcOffsetMinutes) = (moment, 0) })
            guard outcome.rejection != .returnExceedsPurchase else {
                // An empty receipt, or one that has come back.
                counts["void refused", default: 0] += 1
                model.purchases[index].isVoid = true
                return
            }
            note("void", outcome, isPossible)
            model.void(index, at: second)
        }

        private mutating func merge() {
            let (absorbed, survivor) = (any(MergePropertyTests.members), any(MergePropertyTests.members))
            let (one, other) = (name(survivor), name(absorbed))
            let outcome = desk.send(
                SoundMerge.merge {
                    ($0.survivor, $0.absorbed) = (one, other)
                    ($0.occurredAt, $0.utcOffsetMinutes) = (moment, 0)
                })
            mergedLast = model.person(absorbed)
            let isPossible = model.merge(absorbed, into: survivor)
            note("merge", outcome, isPossible)
            if isPossible, any(3) == 0 { split(mergedLast) }
        }

        private mutating func split(_ member: Int) {
            let named: MemberReference = any(2) == 0 ? name(member) : .number(MemberNumber(UInt32(member + 1)))
            let outcome = desk.send(
                SoundMerge.split { split in
                    split.member = named
                    (split.occurredAt, split.utcOffsetMinutes) = (moment, 0)
                })
            note("split", outcome, model.split(member))
        }

        /// Compares a member's wallets with the model, lot by lot.
        func differs(_ member: Int) -> String? {
            for wallet in 0..<2 {
                let (number, id) = (MemberNumber(UInt32(member + 1)), WalletNumber(UInt16(wallet + 1)))
                var found: [[Int64]] = []
                desk.state.forEachLot(of: number, id) { _, lot in
                    found.append([lot.remaining, Int64(lot.endsAt), Int64(lot.isPending)])
                    return true
                }
                let expected = model.chain(member, wallet).map { index -> [Int64] in
                    let lot = model.lots[index]
                    return [lot.points, lot.ends == .max ? 0 : lot.ends, lot.isPending ? 1 : 0]
                }
                guard found == expected else { return "wallet \(wallet): \(found), not \(expected)" }
                let row = desk.state.balance(number, id)
                let figures = [row?.active ?? 0, row?.pending ?? 0, row?.debt ?? 0]
                let sums = [model.active(member, wallet), model.pending(member, wallet), model.debt[member][wallet]]
                guard figures == sums else { return "wallet \(wallet): \(figures), not \(sums)" }
            }
            return nil
        }
    }

    @Test func `merges, splits, purchases, voids and expiries keep every lot where the model says`() throws {
        let seed = UInt64.random(in: 0..<1_000_000_000)
        print("merges: seed \(seed)")
        var counts: [String: Int] = [:]
        for run in 0..<20 {
            var shop = Shop(seed: seed &+ UInt64(run))
            for step in 0..<1_000 {
                shop.step()
                let member = shop.any(MergePropertyTests.members)
                if let fault = shop.differs(member) {
                    Issue.record("seed \(seed), run \(run), step \(step), member \(member + 1): \(fault)")
                    return
                }
                if step % 10 == 0 { try shop.desk.state.checkInvariants() }
            }
            for member in 0..<MergePropertyTests.members {
                #expect(shop.differs(member) == nil, "seed \(seed), \(run)")
            }
            try shop.desk.state.checkInvariants()
            // Whoever reads the log again, or a checkpoint of it, finds the same.
            var again = ProgrammeState()
            for record in shop.desk.log.records {
                try unsafe again.apply(record.span.bytes, sequence: again.sequence + 1)
            }
            let loaded = shop.desk.reloaded()
            #expect(again.digest() == shop.desk.state.digest(), "seed \(seed), \(run)")
            #expect(loaded.digest() == shop.desk.state.digest(), "seed \(seed), \(run)")
            try loaded.checkInvariants()
            counts.merge(shop.counts, uniquingKeysWith: +)
            counts.merge(shop.model.seen, uniquingKeysWith: +)
        }
        print("merges: \(counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))")
        for what in ["purchase done", "void done", "merge done", "merge refused", "split done", "split refused"] {
            #expect(counts[what, default: 0] > 500, "seed \(seed), \(what)")
        }
        for what in [
            "expired", "given back after its end", "given back after a split", "covered by a merge", "debt gone back",
        ] {
            #expect(counts[what, default: 0] > 20, "seed \(seed), \(what)")
        }
    }
}
