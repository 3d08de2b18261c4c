import TallyModel
import TallyProjections
import TallyTables
import TallyTesting
import Testing

/// Wallets of hundreds of lots, which nobody walks along any more, are spent as those of a handful are.
@Suite("Long wallets")
struct LongWalletTests {
    private struct Lot {
        var lastDay: Int
        var isOfSalon: Bool
        var left: Int64
    }

    @Test(arguments: [BurnOrder.earliestExpiry, .firstInFirstOut, .ownBusinessFirst])
    func `a long wallet is spent in its order, and what comes back comes to its lots`(order: BurnOrder) throws {
        let seed = UInt64.random(in: 0..<1_000_000_000)
        print("long wallets: \(order), seed \(seed)")
        var random = SeededRandom(seed: seed)
        let story = LessonTestsStory { $0.burnOrder = order }
        var lots = give(500, on: story, &random)
        for turn in 0..<60 {
            let points = Int64(1 + random.next(below: 900))
            let isAtSalon = random.next(below: 2) == 0
            let before = lots
            let purchase = story.buy(points, store: isAtSalon ? "s2" : "s1", points: points)
            #expect(purchase.points == -points, "seed \(seed), turn \(turn)")
            take(points, from: &lots, order, isAtSalon: isAtSalon)
            // Every third purchase is taken back: lots that were used up are made again under their names.
            if turn % 3 == 0 {
                #expect(story.void(purchase).status == .recorded, "seed \(seed), turn \(turn)")
                lots = before
            }
            let left = story.desk.lots(1).sorted { $0.lot < $1.lot }.map(\.remaining)
            #expect(left == lots.map(\.left).filter { $0 > 0 }, "seed \(seed), turn \(turn)")
            if turn % 10 == 0 { try story.desk.state.checkInvariants() }
        }
    }

    private func give(_ count: Int, on story: LessonTestsStory, _ random: inout SeededRandom) -> [Lot] {
        (0..<count).map { _ in
            let lot = Lot(
                lastDay: Int(1 + random.next(below: 90)), isOfSalon: random.next(below: 4) == 0,
                left: Int64(1 + random.next(below: 200)))
            story.give(lot.left, lastDay: lot.lastDay, business: lot.isOfSalon ? "salon" : "toys")
            return lot
        }
    }

    /// The same on a list that is sorted anew.
    private func take(_ points: Int64, from lots: inout [Lot], _ order: BurnOrder, isAtSalon: Bool) {
        var missing = points
        let places = lots.indices.sorted { first, second in
            switch order {
            case .firstInFirstOut: return first < second
            case .earliestExpiry: return (lots[first].lastDay, first) < (lots[second].lastDay, second)
            case .ownBusinessFirst:
                let isForeign = [lots[first], lots[second]].map { $0.isOfSalon == isAtSalon ? 0 : 1 }
                return (isForeign[0], lots[first].lastDay, first) < (isForeign[1], lots[second].lastDay, second)
            }
        }
        for place in places {
            let part = min(missing, lots[place].left)
            lots[place].left -= part
            missing -= part
        }
    }
}
