import TallyLedger
import TallyModel
import TallyTesting
import Testing

/// > Source: Domain model, section 4, rules 3 and 5.
@Suite("Allocation by largest remainder")
struct AllocationTests {
    /// A line as the rule sees it.
    struct Line: Hashable {
        var weight: Int64
        var sku: String
    }

    @Test(
        arguments: [
            (100, [1, 1, 1], [34, 33, 33]),
            (1, [1, 2, 1], [0, 1, 0]),
            (0, [5, 5], [0, 0]),
            (7, [7], [7]),
            (10, [0, 3, 0, 7], [0, 3, 0, 7]),
            (5, [2, 2, 2], [2, 2, 1]),
            (.max, [1, 1], [.max / 2 + 1, .max / 2]),
            (.max, [.max / 2, .max / 2], [.max / 2 + 1, .max / 2]),
        ] as [(Int64, [Int64], [Int64])])
    func `the units that are left go to the largest fractions`(whole: Int64, weights: [Int64], shares: [Int64]) {
        #expect(Allocation.allocate(whole, weights: weights, precedes: <) == shares)
    }

    @Test func `ties go to the larger line, then by SKU, whatever the order of the lines`() {
        let lines = [
            Line(weight: 3, sku: "b"), Line(weight: 1, sku: "z"), Line(weight: 3, sku: "a"), Line(weight: 1, sku: "c"),
        ]
        // Each exact share ends in a half: 1.5, 0.5, 1.5, 0.5.
        #expect(Self.shares(4, lines) == [lines[0]: 2, lines[1]: 0, lines[2]: 2, lines[3]: 0])
        #expect(Self.shares(4, lines.reversed()) == [lines[0]: 2, lines[1]: 0, lines[2]: 2, lines[3]: 0])
        #expect(
            Self.shares(3, [Line(weight: 1, sku: "b"), Line(weight: 1, sku: "a")]) == [
                Line(weight: 1, sku: "a"): 2, Line(weight: 1, sku: "b"): 1,
            ])
    }

    /// > Source: Lessons, row 46: the remainder of a discount was distributed with the wrong sign.
    @Test func `shares add up to the whole and lie between nothing and their line`() {
        let seed = UInt64.random(in: 0..<1_000_000_000)
        print("allocation: seed \(seed)")
        var random = SeededRandom(seed: seed)
        for turn in 0..<100_000 {
            var lines: [Line] = []
            for index in 0...Int(random.next(below: 11)) {
                lines.append(
                    Line(weight: Int64(random.next(below: 3) == 0 ? 0 : random.next(below: 40)), sku: "\(index)"))
            }
            let sum = lines.reduce(0) { $0 + $1.weight }
            guard sum > 0 else { continue }
            let whole = Int64(random.next(below: UInt64(sum) + 1))
            let shares = Self.shares(whole, lines)
            #expect(shares == Self.model(whole, lines), "seed \(seed), turn \(turn)")
            #expect(shares.values.reduce(0, +) == whole, "seed \(seed), turn \(turn)")
            #expect(lines.allSatisfy { 0 <= shares[$0]! && shares[$0]! <= $0.weight }, "seed \(seed), turn \(turn)")
            #expect(Self.shares(whole, lines.shuffled(using: &random)) == shares, "seed \(seed), turn \(turn)")
        }
    }

    @Test func `any series of partial returns adds up to the whole`() {
        let seed = UInt64.random(in: 0..<1_000_000_000)
        print("partial returns: seed \(seed)")
        var random = SeededRandom(seed: seed)
        for _ in 0..<20_000 {
            let total = Int64(1 + random.next(below: 2_000))
            let whole = Int64(random.next(below: 5_000))
            var (taken, given): (Int64, Int64) = (0, 0)
            while taken < total {
                let step = Int64(1 + random.next(below: UInt64(total - taken)))
                let part =
                    cumulativeShare(whole, taken: taken + step, total: total)
                    - cumulativeShare(whole, taken: taken, total: total)
                #expect(part >= 0, "seed \(seed)")
                given += part
                taken += step
            }
            #expect(given == whole, "seed \(seed)")
        }
    }

    private static func shares(_ whole: Int64, _ lines: [Line]) -> [Line: Int64] {
        let shares = Allocation.allocate(whole, weights: lines.map(\.weight)) { lines[$0].sku < lines[$1].sku }
        return Dictionary(zip(lines, shares)) { $0 + $1 }
    }

    /// Unit by unit to whoever is furthest below the exact share, compared as fractions of one denominator.
    private static func model(_ whole: Int64, _ lines: [Line]) -> [Line: Int64] {
        let sum = lines.reduce(0) { $0 + $1.weight }
        var shares = lines.map { _ in Int64(0) }
        for _ in 0..<whole {
            let neediest = lines.indices.max { first, second in
                let a = whole * lines[first].weight - shares[first] * sum
                let b = whole * lines[second].weight - shares[second] * sum
                if a != b { return a < b }
                if lines[first].weight != lines[second].weight { return lines[first].weight < lines[second].weight }
                return lines[first].sku > lines[second].sku
            }
            shares[neediest!] += 1
        }
        return Dictionary(zip(lines, shares)) { $0 + $1 }
    }
}

/// > Source: Domain model, section 4, rule 6.
@Suite("Fiscal rows")
struct FiscalSplitTests {
    /// > Source: Lessons, row 47: 20.00 over three units became three times 6.67.
    @Test(
        arguments: [
            (2_000, 3, [(2, 667), (1, 666)]),
            (2_000, 4, [(4, 500)]),
            (2, 3, [(2, 1), (1, 0)]),
            (0, 2, [(2, 0)]),
        ] as [(Int64, Int64, [(Int64, Int64)])])
    func `a total is at most two rows that say it exactly`(total: Int64, units: Int64, rows: [(Int64, Int64)]) {
        let split = FiscalSplit.rows(total: total, units: units)
        #expect(split == rows.map { FiscalSplit.Row(units: $0.0, price: $0.1) })
        #expect(split.reduce(0) { $0 + $1.units * $1.price } == total)
        #expect(split.reduce(0) { $0 + $1.units } == units)
    }
}
