import TallyBytes
import TallyLedger
import TallyModel

/// The shares of a purchase's lines in what it gave and what points paid of it, as they were fixed when it was recorded.
///
/// They are not stored: they follow from the record alone, by one function that never changes, so a return ten years later finds
/// the same shares. Lines share an award by what was paid for them in money (by their totals when points paid all), and a
/// redemption by what was still to be paid; so do cards and certificates, which pay behind points. What promotions gave, the record
/// says line by line.
///
/// > Source: Domain model, sections 4 and 5; lessons 1, 8 and 10: allocations are frozen at commit.
struct FrozenShares {
    /// What points paid of each line, by redemption.
    let paid: [[Int64]]
    /// Points of each redemption that paid it, by line.
    let spent: [[Int64]]
    /// Points of each award, by line.
    let earned: [[Int64]]

    init(_ purchase: PurchaseFacts) {
        let precedes = purchase.precedes
        var open = purchase.lines.map(\.total)
        var paid: [[Int64]] = []
        var spent: [[Int64]] = []
        for (index, redemption) in purchase.redemptions.enumerated() {
            let weights = purchase.lines.indices.map {
                purchase.lines[$0].burns & 1 << UInt8(index) == 0 ? 0 : open[$0]
            }
            let shares = FrozenShares.allocate(redemption.money, weights: weights, precedes: precedes)
            for line in open.indices { open[line] -= shares[line] }
            paid.append(shares)
            // Points without a whole unit of money behind them go with the lines that could have been paid.
            let pays = shares.contains { $0 > 0 } ? shares : weights
            spent.append(FrozenShares.allocate(redemption.points, weights: pays, precedes: precedes))
        }
        let byCards = FrozenShares.allocate(purchase.paidByCards, weights: open, precedes: precedes)
        for line in open.indices { open[line] -= byCards[line] }
        earned = purchase.awards.enumerated().map { index, award in
            let isIn = { (line: Int) in purchase.lines[line].earns & 1 << UInt8(index) != 0 }
            var weights = open.indices.map { isIn($0) ? open[$0] : 0 }
            if !weights.contains(where: { $0 > 0 }) {
                weights = open.indices.map { isIn($0) ? purchase.lines[$0].total : 0 }
            }
            let gifts = award.gifts.reduce(0, +)
            let shares = FrozenShares.allocate(award.points - gifts, weights: weights, precedes: precedes)
            return award.gifts.isEmpty ? shares : zip(shares, award.gifts).map { $0 + $1 }
        }
        self.paid = paid
        self.spent = spent
    }

    /// The project's one way to share a whole, with nothing for nobody.
    static func allocate(_ whole: Int64, weights: [Int64], precedes: (Int, Int) -> Bool) -> [Int64] {
        guard whole > 0, weights.contains(where: { $0 > 0 }) else { return Array(repeating: 0, count: weights.count) }
        return Allocation.allocate(whole, weights: weights, precedes: precedes)
    }
}
