import TallyTables

/// Up to 512 baskets in columns: what the evaluator reads.
///
/// Made once, filled and cleared many times; nothing is allocated in between.
public struct BasketBatch: ~Copyable {
    /// Baskets that fit.
    public static var capacity: Int { BasketSet.capacity }
    /// Lines that fit, over all baskets.
    public let lineCapacity: Int
    /// Tokens that fit, over all baskets.
    public let tokenCapacity: Int
    /// Baskets in it.
    public private(set) var count = 0

    let factCount: Int
    /// Facts by column, then by basket.
    let facts: Column<Int32>
    /// Where the lines of each basket begin, and where the last one's end.
    let lineStarts: Column<UInt32>
    let tokenStarts: Column<UInt32>
    let items: Column<Int32>
    let quantities: Column<Int64>
    let totals: Column<Int64>
    /// Units that promotions count.
    let units: Column<Int64>
    let tokens: Column<UInt32>
    private var lineCount = 0
    private var tokenCount = 0
    /// Tokens that wait for a table that knows their numbers, and where each stands.
    private var texts: [String] = []
    private var textPlaces: [Int] = []

    /// An empty batch.
    ///
    /// - Parameters:
    ///   - facts: Facts of the schema.
    ///   - lines: Room for lines over all baskets, from 1.
    ///   - tokens: Room for tokens over all baskets.
    public init(facts: Int, lines: Int = 65_536, tokens: Int = 16_384) {
        (factCount, lineCapacity, tokenCapacity) = (facts, lines, tokens)
        self.facts = Column(repeating: 0, count: facts * BasketBatch.capacity)
        lineStarts = Column(repeating: 0, count: BasketBatch.capacity + 1)
        tokenStarts = Column(repeating: 0, count: BasketBatch.capacity + 1)
        items = Column(repeating: 0, count: lines)
        quantities = Column(repeating: 0, count: lines)
        totals = Column(repeating: 0, count: lines)
        units = Column(repeating: 0, count: lines)
        self.tokens = Column(repeating: 0, count: tokens)
    }

    /// Takes all baskets out.
    public mutating func removeAll() {
        (count, lineCount, tokenCount) = (0, 0, 0)
        if !texts.isEmpty { dropTexts(from: 0) }
    }

    /// Adds a basket.
    ///
    /// - Parameters:
    ///   - basket: The basket; it has a number for every fact.
    ///   - table: The table that will read the batch: it knows which tokens matter.
    /// - Returns: False when the batch is full; then nothing was added.
    @discardableResult
    public mutating func append(_ basket: borrowing Basket, for table: RuleTable) -> Bool {
        precondition(basket.facts.count == factCount, "A basket has a number for every fact.")
        guard beginBasket() else { return false }
        for (column, value) in basket.facts.enumerated() { set(FactColumn(Int32(column)), value) }
        for token in basket.tokens {
            if let number = table.token(token), !append(token: number) { return dropBasket() }
        }
        for line in basket.lines where !append(line) { return dropBasket() }
        return true
    }

    /// Adds a basket that any table may read: its tokens stay texts until ``lookUpTokens(for:)``.
    ///
    /// - Parameter basket: The basket; it has a number for every fact.
    /// - Returns: False when the batch is full; then nothing was added.
    @discardableResult
    public mutating func append(_ basket: borrowing Basket) -> Bool {
        precondition(basket.facts.count == factCount, "A basket has a number for every fact.")
        guard beginBasket() else { return false }
        for (column, value) in basket.facts.enumerated() { set(FactColumn(Int32(column)), value) }
        for token in basket.tokens {
            guard append(token: TokenNumber(RuleTable.unaskedSet)) else { return dropBasket() }
            texts.append(token)
            textPlaces.append(tokenCount - 1)
        }
        for line in basket.lines where !append(line) { return dropBasket() }
        return true
    }

    /// Looks tokens up that were added as texts; it may be done again for another table.
    ///
    /// - Parameter table: The table that reads the batch next.
    public mutating func lookUpTokens(for table: RuleTable) {
        for place in texts.indices {
            tokens[textPlaces[place]] = table.tokenSets[texts[place]] ?? RuleTable.unaskedSet
        }
    }

    /// Begins a basket whose facts, tokens and lines follow.
    ///
    /// - Returns: False when the batch is full.
    public mutating func beginBasket() -> Bool {
        guard count < BasketBatch.capacity else { return false }
        lineStarts[count] = UInt32(lineCount)
        tokenStarts[count] = UInt32(tokenCount)
        count += 1
        lineStarts[count] = UInt32(lineCount)
        tokenStarts[count] = UInt32(tokenCount)
        return true
    }

    /// Takes the last basket out again.
    ///
    /// - Returns: False, always: for the way out of a basket that does not fit.
    @discardableResult
    public mutating func dropBasket() -> Bool {
        count -= 1
        lineCount = Int(lineStarts[count])
        tokenCount = Int(tokenStarts[count])
        if let last = textPlaces.last, last >= tokenCount {
            dropTexts(from: textPlaces.firstIndex { $0 >= tokenCount } ?? 0)
        }
        return false
    }

    private mutating func dropTexts(from first: Int) {
        texts.removeSubrange(first...)
        textPlaces.removeSubrange(first...)
    }

    /// Sets a fact of the last basket.
    public mutating func set(_ column: FactColumn, _ value: Int32) {
        facts[Int(column.rawValue) * BasketBatch.capacity + count - 1] = value
    }

    /// Adds a line to the last basket.
    ///
    /// - Returns: False when there is no room for it.
    public mutating func append(_ line: BasketLine) -> Bool {
        guard lineCount < lineCapacity else { return false }
        items[lineCount] = line.item.rawValue
        quantities[lineCount] = line.quantity
        totals[lineCount] = line.total
        units[lineCount] = line.units
        lineCount += 1
        lineStarts[count] = UInt32(lineCount)
        return true
    }

    /// Adds a token to the last basket.
    ///
    /// - Returns: False when there is no room for it.
    public mutating func append(token: TokenNumber) -> Bool {
        guard tokenCount < tokenCapacity else { return false }
        tokens[tokenCount] = token.rawValue
        tokenCount += 1
        tokenStarts[count] = UInt32(tokenCount)
        return true
    }
}

/// A code or coupon that some promotion of a table asks for.
@frozen
public struct TokenNumber: Hashable, Sendable, BitwiseCopyable {
    /// Its place in the table.
    public let rawValue: UInt32
    @inlinable init(_ rawValue: UInt32) { self.rawValue = rawValue }
}

extension RuleTable {
    /// The number of a token; nil when no promotion asks for it.
    public func token(_ text: String) -> TokenNumber? { tokenSets[text].map { TokenNumber($0) } }
}
