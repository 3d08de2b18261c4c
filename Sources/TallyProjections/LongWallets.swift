import TallyTables

/// The order of a wallet's chain.
struct LotEnd: LotKey {
    /// The wallet's row plus one in the upper half, the end in the lower; never is 0, and minus one it comes last.
    private let walletAndEnd: UInt64
    private let beginsAt: UInt32
    private let lot: UInt64

    init(_ lot: LotRow) {
        walletAndEnd = UInt64(lot.balance) << 32 | UInt64(lot.endsAt &- 1)
        beginsAt = lot.beginsAt
        self.lot = lot.lot
    }

    static func < (a: LotEnd, b: LotEnd) -> Bool {
        if a.walletAndEnd != b.walletAndEnd { return a.walletAndEnd < b.walletAndEnd }
        if a.beginsAt != b.beginsAt { return a.beginsAt < b.beginsAt }
        return a.lot < b.lot
    }
}

/// A wallet's lots by their names, which is also the order in which they were made.
struct LotName: LotKey {
    /// The wallet's row plus one.
    private let balance: UInt32
    private let lot: UInt64

    init(_ lot: LotRow) { self.init(lot.lot, in: Int(lot.balance) - 1) }

    /// - Parameters:
    ///   - lot: Raw value of a lot's name.
    ///   - balance: The wallet's row.
    init(_ lot: UInt64, in balance: Int) { (self.balance, self.lot) = (UInt32(balance + 1), lot) }

    static func < (a: LotName, b: LotName) -> Bool { a.balance != b.balance ? a.balance < b.balance : a.lot < b.lot }
}

/// Wallets whose chains are too long to be walked along, and where their lots stand in them.
///
/// A chain of tens of thousands of lots is what a company's card leaves behind, or a programme whose points never end. A wallet is
/// taken for a long one when a walk along its chain has gone on for too long, and it stays one until its chain is empty.
/// All others, which is nearly all, cost a bit.
struct LongWallets: ~Copyable {
    /// One bit for each row of a wallet; shorter than the table where no bit is set.
    private var marks: [UInt64] = []
    private var ends = LotOrder<LotEnd>()
    private var names = LotOrder<LotName>()

    /// Lots that are kept in order by their ends, and by their names.
    var counts: (ends: Int, names: Int) { (ends.count, names.count) }

    /// True for a wallet that was taken for a long one.
    @inline(__always)
    func contains(_ balance: Int) -> Bool {
        let word = balance &>> 6
        return word < marks.count && marks[word] &>> UInt64(balance & 63) & 1 != 0
    }

    /// Takes a wallet for a long one.
    ///
    /// - Parameters:
    ///   - balance: The wallet's row.
    ///   - first: Row of the first lot of its chain, plus one.
    ///   - lots: The table.
    /// - Returns: The name of a lot that is in the chain twice; nil when there is none, as there should not be.
    mutating func add(_ balance: Int, first: UInt32, _ lots: borrowing DenseTable<LotRow>) -> UInt64? {
        while marks.count <= balance >> 6 { marks.append(0) }
        marks[balance >> 6] |= 1 << UInt64(balance & 63)
        var place = first
        while place != 0 {
            let row = Int(place) - 1
            guard insert(row, lots) != nil else { return lots[row].lot }
            place = lots[row].next
        }
        return nil
    }

    /// Forgets a wallet whose lots have all been taken out.
    mutating func forget(_ balance: Int) { marks[balance >> 6] &= ~(1 << UInt64(balance & 63)) }

    /// Enters a lot of a long wallet.
    ///
    /// - Returns: Row of the lot before it in the chain, plus one, 0 when there is none; nil when the wallet has a lot of that name.
    mutating func insert(_ row: Int, _ lots: borrowing DenseTable<LotRow>) -> UInt32? {
        guard names.insert(row, lots) != nil, let previous = ends.insert(row, lots) else { return nil }
        return previous >= 0 && lots[previous].balance == lots[row].balance ? UInt32(previous + 1) : 0
    }

    /// Takes a lot of a long wallet out, before its row changes.
    ///
    /// - Returns: Row of the lot before it in the chain, plus one; 0 when there is none.
    mutating func remove(_ row: Int, _ lots: borrowing DenseTable<LotRow>) -> UInt32 {
        _ = names.remove(row, lots)
        let previous = ends.remove(row, lots)
        return previous >= 0 && lots[previous].balance == lots[row].balance ? UInt32(previous + 1) : 0
    }

    /// True when a lot is found in both orders.
    func holds(_ row: Int, _ lots: borrowing DenseTable<LotRow>) -> Bool {
        ends.find(LotEnd(lots[row]), lots) == row && names.find(LotName(lots[row]), lots) == row
    }

    /// Visits the lots of a long wallet as they were made, until `body` returns false.
    func forEachAsMade(_ balance: Int, _ lots: borrowing DenseTable<LotRow>, _ body: (Int) -> Bool) {
        names.forEach(from: LotName(0, in: balance), lots) { row in
            Int(lots[row].balance) - 1 == balance && body(row)
        }
    }

    /// The row of a lot of a long wallet; nil when the wallet has none of that name.
    func find(_ lot: UInt64, in balance: Int, _ lots: borrowing DenseTable<LotRow>) -> Int? {
        names.find(LotName(lot, in: balance), lots)
    }
}
