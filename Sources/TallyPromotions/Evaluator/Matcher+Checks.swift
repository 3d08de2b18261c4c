import TallyTables

/// Reckons how much of some goods a basket has.
///
/// Only baskets with several lines of the goods, and for which everything else holds, are reckoned. Items are places in
/// the assortment: whoever read the lines has checked them.
@safe
struct CheckKernel: ~Copyable {
    private let words: UnsafeMutablePointer<UInt64>
    private let operands: UnsafeMutablePointer<UInt32>
    private let checks: UnsafeMutablePointer<CheckRow>
    private let blocks: UnsafeMutablePointer<UInt32>
    private let memberWords: UnsafeMutablePointer<UInt64>
    private let blocksPerFilter: Int
    private let lineStarts: UnsafeMutablePointer<UInt32>
    private let items: UnsafeMutablePointer<Int32>
    private let units: UnsafeMutablePointer<Int64>
    private let totals: UnsafeMutablePointer<Int64>
    private let quantities: UnsafeMutablePointer<Int64>
    private let productMarks: UnsafeMutablePointer<UInt64>
    private(set) var mark: UInt64

    init(_ matcher: Matcher, _ batch: borrowing BasketBatch) {
        let table = matcher.table
        unsafe words = UnsafeMutableRawPointer(matcher.sets.pointer).assumingMemoryBound(to: UInt64.self)
        unsafe (operands, checks) = (table.operands.pointer, table.checks.pointer)
        unsafe (blocks, memberWords) = (table.members.blocks.pointer, table.members.words.pointer)
        blocksPerFilter = table.members.blocksPerFilter
        unsafe (lineStarts, items, units) = (batch.lineStarts.pointer, batch.items.pointer, batch.units.pointer)
        unsafe (totals, quantities) = (batch.totals.pointer, batch.quantities.pointer)
        unsafe productMarks = matcher.productMarks.pointer
        mark = matcher.mark
    }

    /// Whether a basket has enough for all checks of a rule.
    @inline(__always)
    mutating func pass(_ first: Int, _ count: Int, _ basket: Int) -> Bool {
        var place = first
        while place < first &+ count {
            let check = unsafe Int(operands[place])
            let several = unsafe words[Int(checks[check].several) &+ basket &>> 6]
            // One line alone has enough: its level put the basket into the set.
            if several &>> UInt64(basket & 63) & 1 != 0, !passes(check, basket) { return false }
            place &+= 1
        }
        return true
    }

    /// Whether a basket has enough for a check.
    @inline(never)
    mutating func passes(_ check: Int, _ basket: Int) -> Bool {
        let row = unsafe checks[check]
        switch row.measure {
        case .units: return unsafe sum(units, row.filter, basket) >= row.atLeast
        case .sum: return unsafe sum(totals, row.filter, basket) >= row.atLeast
        case .quantity: return unsafe sum(quantities, row.filter, basket) >= row.atLeast
        case .products: return products(row.filter, basket) >= row.atLeast
        }
    }

    /// All ones when a filter means a product, otherwise nothing.
    @inline(__always)
    private func isMeant(_ item: Int, _ blocks: UnsafeMutablePointer<UInt32>) -> Int64 {
        let block = unsafe Int(blocks[item &>> MemberMap.blockItemsLog2])
        let word = unsafe memberWords[block &+ (item &>> 6 & 7)]
        return 0 &- Int64(truncatingIfNeeded: word &>> UInt64(item & 63) & 1)
    }

    @inline(__always)
    private func sum(_ column: UnsafeMutablePointer<Int64>, _ filter: UInt32, _ basket: Int) -> Int64 {
        let blocks = unsafe self.blocks + Int(filter) &* blocksPerFilter
        var line = unsafe Int(lineStarts[basket])
        let end = unsafe Int(lineStarts[basket &+ 1])
        var sum: Int64 = 0
        while line < end {
            unsafe sum &+= column[line] & isMeant(Int(items[line]), blocks)
            line &+= 1
        }
        return sum
    }

    /// How many different products of some goods a basket has.
    @inline(never)
    private mutating func products(_ filter: UInt32, _ basket: Int) -> Int64 {
        mark &+= 1
        let blocks = unsafe self.blocks + Int(filter) &* blocksPerFilter
        var count: Int64 = 0
        for line in unsafe Int(lineStarts[basket])..<Int(lineStarts[basket &+ 1]) {
            let item = unsafe Int(items[line])
            guard unsafe units[line] > 0, unsafe isMeant(item, blocks) != 0 else { continue }
            if unsafe productMarks[item] == mark { continue }
            unsafe productMarks[item] = mark
            count &+= 1
        }
        return count
    }
}
