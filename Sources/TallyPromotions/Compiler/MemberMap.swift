import TallyTables

/// Which goods filters mean, so that one bit answers whether a filter means a product.
///
/// The bits of a filter stand in blocks of 512 items, and equal blocks are kept once: a filter on one product costs one block,
/// and four bytes for every 512 goods.
struct MemberMap: ~Copyable, Sendable {
    /// Items of a block are 2 to this.
    static let blockItemsLog2 = 9
    /// Blocks of a filter.
    let blocksPerFilter: Int
    /// For every filter and block of items the place of its words.
    let blocks: Column<UInt32>
    let words: Column<UInt64>

    /// A map of filters.
    ///
    /// - Parameters:
    ///   - filters: For every filter the items that it means, ascending.
    ///   - goodsCount: All items.
    init(_ filters: [[Int]], goodsCount: Int) {
        let blocksPerFilter = goodsCount >> MemberMap.blockItemsLog2 + 1
        let none = BasketSet.zero
        var known = [none: UInt32(0)]
        var words: [UInt64] = (0..<8).map { _ in 0 }
        var blocks: [UInt32] = []
        for items in filters {
            var bits = Array(repeating: none, count: blocksPerFilter)
            for item in items { bits[item >> MemberMap.blockItemsLog2][item >> 6 & 7] |= 1 << UInt64(item & 63) }
            for block in bits {
                let place = known[block] ?? UInt32(words.count)
                if known.updateValue(place, forKey: block) == nil { for word in 0..<8 { words.append(block[word]) } }
                blocks.append(place)
            }
        }
        self.blocksPerFilter = blocksPerFilter
        self.blocks = Column(blocks)
        self.words = Column(words)
    }
    /// Whether a filter means a product.
    @inline(__always)
    func contains(_ item: Int, _ filter: UInt32) -> Bool {
        let block = Int(blocks[Int(filter) * blocksPerFilter + item >> MemberMap.blockItemsLog2])
        return words[block + item >> 6 & 7] >> UInt64(item & 63) & 1 != 0
    }
}
