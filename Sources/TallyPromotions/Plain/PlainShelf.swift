import TallyLedger

/// A basket as positions: all units of a product at one price are one.
struct PlainShelf {
    struct Position {
        var goods: Goods
        var brand: Int32
        var units: Int64
        var quantity: Int64
        var total: Int64
        var running: Int64
        /// Units that effects have counted.
        var used: Int64 = 0
        var lines: [Int]
    }

    var positions: [Position] = []
    /// Marks of the promotions that apply: what shares one is shut out, in later lanes too.
    var tags: Set<String> = []
    let lineTotals: [Int64]
    let receiptTotal: Int64

    init(_ basket: Basket, _ assortment: Assortment) {
        lineTotals = basket.lines.map(\.total)
        receiptTotal = lineTotals.reduce(0, +)
        // Weighed goods are one unit a line; the line's number keeps them apart and in order.
        func key(_ number: Int) -> (Int32, Int, Int64) {
            let line = basket.lines[number]
            let isWhole = line.units > 0 && line.quantity == line.units * 1_000
            return isWhole ? (line.item.rawValue, 1, line.total / line.units) : (line.item.rawValue, 0, Int64(number))
        }
        for number in basket.lines.indices.sorted(by: { key($0) < key($1) }) {
            let line = basket.lines[number]
            if let last = positions.last?.lines.last, key(last) == key(number) {
                positions[positions.count - 1].add(line, number)
            } else {
                let item = Int(line.item.rawValue)
                positions.append(
                    Position(
                        goods: assortment.goods[item], brand: assortment.brands[item], units: line.units,
                        quantity: line.quantity, total: line.total, running: line.total, lines: [number]))
            }
        }
    }

    /// What an outcome is for each line that it touches, in the order of the lines.
    ///
    /// - Parameters:
    ///   - outcome: What a promotion does to the positions.
    ///   - left: What is left of every line; the discount is taken off it.
    /// - Returns: Parts that add up to the outcome.
    func parts(_ outcome: PlainOutcome, _ left: inout [Int64]) -> [AwardPart] {
        var parts: [AwardPart] = []
        for (place, position) in positions.enumerated() {
            var (discount, points, rest) = (outcome.discounts[place], outcome.pointParts[place], position.total)
            var restLeft = position.lines.reduce(0) { $0 + left[$1] }
            for line in position.lines.sorted() where rest > 0 {
                let part = AwardPart(
                    line: Int32(line), discount: restLeft == 0 ? 0 : scaled(discount, left[line], restLeft),
                    points: scaled(points, lineTotals[line], rest))
                (discount, points) = (discount - part.discount, points - part.points)
                (rest, restLeft) = (rest - lineTotals[line], restLeft - left[line])
                left[line] -= part.discount
                if part.discount != 0 || part.points != 0 { parts.append(part) }
            }
        }
        return parts.sorted { $0.line < $1.line }
    }

    private func scaled(_ amount: Int64, _ weight: Int64, _ whole: Int64) -> Int64 {
        Int64(Int128(amount) * Int128(weight) / Int128(whole))
    }
}

extension PlainShelf.Position {
    mutating func add(_ line: BasketLine, _ number: Int) {
        units += line.units
        quantity += line.quantity
        total += line.total
        running += line.total
        lines.append(number)
    }
}
