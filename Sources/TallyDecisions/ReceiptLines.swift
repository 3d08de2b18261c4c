import TallyBytes
import TallyCodec
import TallyLedger
import TallyModel
import TallyProjections

/// The lines of a receipt with what points pay of each, for receipts that need to know it line by line.
struct ReceiptLines: ~Escapable {
    /// A line and where its strings stand in the text.
    struct Line {
        var total: Int64
        /// What points pay of it.
        var paid: Int64 = 0
        /// Bit n: it is in the base of the n-th award.
        var earns: UInt8 = 0
        /// Bit n: it is in the base of the n-th redemption.
        var burns: UInt8 = 0
        var skuStart: Int
        var skuLength: Int
        var categoryLength: Int
    }

    private(set) var lines: [Line] = []
    private let message: Message

    /// The lines of a purchase whose strings begin at `start` of its text.
    @_lifetime(copy message)
    init(_ message: Message, textAt start: Int) {
        typealias Entry = PurchaseLayout.Lines
        self.message = message
        let group = message.firstGroup
        var cursor = start
        lines.reserveCapacity(group.count)
        for index in 0..<group.count {
            let entry = group.offset + index * group.stride
            let sku = Int(message.bytes.u8(at: entry + Entry.skuLength))
            let category = Int(message.bytes.u8(at: entry + Entry.categoryLength))
            lines.append(
                Line(
                    total: message.bytes.i64(at: entry + Entry.total), skuStart: cursor, skuLength: sku,
                    categoryLength: category))
            cursor += sku + category
        }
    }

    /// What is still to be paid of the lines that a filter lets through.
    func open(_ terms: TermsRow, isForEarning: Bool, countsPaid: Bool = false, _ state: borrowing ProgrammeState)
        -> Int64
    {
        var sum: Int64 = 0
        for line in lines where passes(line, terms, isForEarning: isForEarning, state) {
            sum += countsPaid ? line.total : line.total - line.paid
        }
        return sum
    }

    /// Marks the lines of an award.
    mutating func markEarning(_ award: Int, _ terms: TermsRow, _ state: borrowing ProgrammeState) {
        for index in lines.indices where passes(lines[index], terms, isForEarning: true, state) {
            lines[index].earns |= 1 << UInt8(award)
        }
    }

    /// Spreads what a redemption pays over the lines that it may pay for.
    ///
    /// - Parameters:
    ///   - money: Minor units; at most what is open of them.
    ///   - redemption: Its place among the receipt's redemptions.
    ///   - terms: The wallet's terms.
    ///   - state: Knows the categories that terms name.
    mutating func pay(_ money: Int64, redemption: Int, _ terms: TermsRow, _ state: borrowing ProgrammeState) {
        for index in lines.indices where passes(lines[index], terms, isForEarning: false, state) {
            lines[index].burns |= 1 << UInt8(redemption)
        }
        spread(money, weights: lines.map { $0.burns & 1 << UInt8(redemption) == 0 ? 0 : $0.total - $0.paid })
    }

    /// What is still to be paid of all lines.
    var open: Int64 { lines.reduce(0) { $0 + $1.total - $1.paid } }

    /// Spreads what cards and certificates pay over all lines.
    ///
    /// - Parameter money: Minor units; at most what is open.
    mutating func pay(byCards money: Int64) { spread(money, weights: lines.map { $0.total - $0.paid }) }

    private mutating func spread(_ money: Int64, weights: [Int64]) {
        let only = weights.firstIndex { $0 > 0 }
        if let only, weights[(only + 1)...].allSatisfy({ $0 == 0 }) {
            // Most receipts have one line, or one that points may pay for: nothing is shared.
            lines[only].paid += money
            return
        }
        let skus = skus
        let shares = FrozenShares.allocate(money, weights: weights) { first, second in
            skus[first] == skus[second] ? first < second : skus[first].lexicographicallyPrecedes(skus[second])
        }
        for index in lines.indices { lines[index].paid += shares[index] }
    }

    private func passes(
        _ line: Line, _ terms: TermsRow, isForEarning: Bool, _ state: borrowing ProgrammeState
    ) -> Bool {
        guard let category = message.text(at: line.skuStart + line.skuLength, count: line.categoryLength) else {
            return false
        }
        return state.passes(category, terms, isForEarning: isForEarning)
    }

    /// The products of the lines, as bytes.
    var skus: [[UInt8]] { lines.map { sku(of: $0) } }

    private func sku(of line: Line) -> [UInt8] {
        guard let bytes = message.text(at: line.skuStart, count: line.skuLength) else { return [] }
        return (0..<bytes.byteCount).map { bytes.u8(at: $0) }
    }
}
