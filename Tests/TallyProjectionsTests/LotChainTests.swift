import TallyBytes
import TallyModel
import TallyProjections
import TallyTables
import TallyTesting
import Testing

/// Chains of lots against a plain list that is sorted anew, in wallets of a handful of lots and of thousands.
@Suite("Chains of lots")
struct LotChainTests {
    @Test(arguments: [30, 300, 3_000])
    func `a chain is a sorted list whatever is made, spent, held, ended and moved`(lots: Int) throws {
        let seed = UInt64.random(in: 0..<1_000_000_000)
        print("chains of lots: \(lots) lots, seed \(seed)")
        var random = SeededRandom(seed: seed)
        var history = try LotHistory(members: 5)
        var longWallets = 0
        for turn in 0..<40_000 {
            let member = history.standing[Int(random.next(below: 5))]
            try step(&history, member, lots, &random)
            guard turn % 997 == 0 || turn == 39_999 else { continue }
            for member in 0..<5 {
                #expect(
                    history.chain(member).map(\.named) == history.sorted(member).map(\.named),
                    "seed \(seed), \(lots) lots, turn \(turn), member \(member)")
                guard let made = history.asMade(member) else { continue }
                #expect(
                    made == history.lots[member].map(\.id).sorted(),
                    "seed \(seed), \(lots) lots, turn \(turn), member \(member)")
                longWallets += 1
            }
            #expect(throws: Never.self, "seed \(seed), \(lots) lots, turn \(turn)") {
                try history.state.checkInvariants()
            }
        }
        #expect(longWallets > 0 || lots == 30, "seed \(seed), \(lots) lots: the test has seen no long wallet")
    }

    /// Which wallets are kept in order is known to nobody but the running state.
    @Test func `a state that was loaded often holds what one that ran through does`() throws {
        let seed = UInt64.random(in: 0..<1_000_000_000)
        print("chains of lots and restarts: seed \(seed)")
        var digests: [SHA256Digest] = []
        for restartsEvery in [Int.max, 701] {
            var random = SeededRandom(seed: seed)
            var history = try LotHistory(members: 5)
            for turn in 1...10_000 {
                let member = history.standing[Int(random.next(below: 5))]
                try step(&history, member, 400, &random)
                if turn % restartsEvery == 0 { history.restart() }
            }
            digests.append(history.state.digest())
        }
        #expect(digests[0] == digests[1], "seed \(seed)")
    }

    @Test func `a wallet has a lot once`() throws {
        for (count, place) in [(3, 0), (3, 1), (300, 0), (300, 1)] {
            var history = try LotHistory(members: 1)
            for begin in 1...count {
                let lot = LotHistory.Lot(id: 0, points: 10, beginsAt: UInt32(begin), endsAt: 0)
                try history.make([lot], 0)
            }
            let lot = history.sorted(0)[place == 0 ? 1 : count - 1]
            let error = #expect(throws: StateError.self) { try history.move([(.make, lot, 5)], 0) }
            #expect(error?.fault == .lotMadeTwice(lot.id), "\(count) lots")
            #expect(error?.description.hasSuffix("which its wallet has already") == true)
        }
    }

    /// One record, drawn.
    private func step(
        _ history: inout LotHistory, _ member: Int, _ size: Int, _ random: inout SeededRandom
    ) throws {
        let count = history.lots[member].count
        let kind = random.next(below: 1_000)
        // Chains grow to their size and stay about there.
        if count < 4 || kind < (count < size ? 600 : 300) {
            let made = (0...random.next(below: 3)).map { _ in lot(&random) }
            return try history.make(made, member)
        }
        switch kind {
        case 600..<604: try merge(&history, member, &random)
        case 604..<612: try split(&history, &random)
        case 612..<640: if let hold = history.holds.indices.randomElement(using: &random) { try history.release(hold) }
        case 640..<668: try hold(&history, member, &random)
        case 668..<740: try pass(&history, member, &random)
        case 740..<800: try remake(&history, member, &random)
        default: try take(&history, member, &random)
        }
    }

    /// A lot of which nobody knows when it ends: often with others, sometimes never.
    private func lot(_ random: inout SeededRandom) -> LotHistory.Lot {
        let (begin, end) = (UInt32(1 + random.next(below: 50_000)), UInt32(100_000 + 86_400 * random.next(below: 40)))
        return LotHistory.Lot(
            id: 0, points: Int64(1 + random.next(below: 50)), beginsAt: begin,
            endsAt: random.next(below: 4) == 0 ? 0 : end, isPending: random.next(below: 10) == 0)
    }

    /// Some lots with points: mostly as a chain has them, sometimes as they come.
    private func drawn(
        _ history: borrowing LotHistory, _ member: Int, _ random: inout SeededRandom, most: UInt64 = 6,
        where isWanted: (LotHistory.Lot) -> Bool
    ) -> [LotHistory.Lot] {
        var found: [LotHistory.Lot] = []
        for _ in 0..<(1 + random.next(below: most)) {
            guard let lot = history.lots[member].randomElement(using: &random), lot.points > 0, isWanted(lot),
                !found.contains(where: { $0.id == lot.id })
            else { continue }
            found.append(lot)
        }
        return random.next(below: 8) == 0 ? found : found.sorted { $0.comesBefore($1) }
    }

    private func take(_ history: inout LotHistory, _ member: Int, _ random: inout SeededRandom) throws {
        let lots = drawn(history, member, &random) { _ in true }
        guard !lots.isEmpty else { return }
        var moves: [(kind: LotMove.Kind, lot: LotHistory.Lot, points: Int64)] = []
        for lot in lots {
            if random.next(below: 5) > 0 {
                moves.append((.take, lot, lot.points))
            } else if random.next(below: 2) == 0 {
                moves.append((.give, lot, 3))
            } else {
                moves.append((.take, lot, Int64(1 + random.next(below: UInt64(lot.points)))))
            }
        }
        // Used up, filled again and used up once more in one list.
        if moves[0].kind == .take, random.next(below: 10) == 0 {
            moves += [(.give, lots[0], 7), (.take, lots[0], 7)]
        }
        try history.move(moves, member)
    }

    private func remake(_ history: inout LotHistory, _ member: Int, _ random: inout SeededRandom) throws {
        guard var lot = history.gone.popLast() else { return }
        lot.isPending = false
        try history.move([(.make, lot, 5)], member)
    }

    private func pass(_ history: inout LotHistory, _ member: Int, _ random: inout SeededRandom) throws {
        switch random.next(below: 3) {
        case 0:
            let lots = drawn(history, member, &random, most: 20) { $0.isPending }
            if !lots.isEmpty { try history.pass(lots, member) }
        case 1:
            let lots = drawn(history, member, &random) { !$0.isPending && $0.endsAt != 0 }
            if !lots.isEmpty { try history.pass(lots, member) }
        default:
            let lots = drawn(history, member, &random) { !$0.isPending && $0.endsAt != 0 }
            let ends = lots.map { _ in UInt32(100_000 + 86_400 * random.next(below: 40)) }
            if !lots.isEmpty { try history.pass(lots, member, until: ends) }
        }
    }

    private func hold(_ history: inout LotHistory, _ member: Int, _ random: inout SeededRandom) throws {
        let lots = drawn(history, member, &random) { !$0.isPending }.sorted { $0.comesBefore($1) }
        guard !lots.isEmpty else { return }
        try history.hold(lots.map { ($0, random.next(below: 2) == 0 ? $0.points : 1) }, member)
    }

    private func merge(_ history: inout LotHistory, _ member: Int, _ random: inout SeededRandom) throws {
        let other = history.standing[Int(random.next(below: 5))]
        guard other != member, !history.lots[other].isEmpty else { return }
        try history.merge(other, into: member)
    }

    private func split(_ history: inout LotHistory, _ random: inout SeededRandom) throws {
        let member = Int(random.next(below: 5))
        let survivor = history.standing[member]
        // What somebody else has set aside is in the way.
        guard survivor != member,
            history.holds.allSatisfy({ history.standing[$0.member] != survivor || $0.member == survivor })
        else { return }
        let back = history.sorted(survivor).filter { lot in
            lot.points > 0 && lot.holds.isEmpty && random.next(below: 3) == 0
        }
        if !back.isEmpty { try history.split(member, back) }
    }
}

extension LotHistory.Lot {
    /// What the state knows of it.
    fileprivate var named: [Int64] {
        [Int64(id), points, Int64(beginsAt), Int64(endsAt), isPending ? 1 : 0]
    }
}
