public import TallyModel
import TallyTables

// Chains of lots. A wallet's lots are chained in the order in which they end, so the usual redemption and every expiry work at the
// head of the chain, the usual receipt at its tail, and both touch only the lots that they move. Whatever works elsewhere walks
// along the chain, and has long wallets kept in order when the walk goes on for too long.

extension ProgrammeState {
    /// Lots of a chain that are walked over before their wallet is taken for a long one.
    private static var lotsWalkedMax: Int { 64 }

    /// Puts a lot into its wallet's chain.
    @inline(__always)
    mutating func chainLot(_ row: Int, in balance: Int) throws(StateError.Fault) {
        let last = balances[balance].lastLot
        // Nearly every lot ends after those that its wallet has.
        guard last == 0 || lots[Int(last) - 1].ends(before: lots[row]), !longWallets.contains(balance) else {
            return try chainLotSlowPath(row, in: balance)
        }
        let place = UInt32(row + 1)
        if last != 0 { lots.update(Int(last) - 1) { $0.next = place } }
        balances.update(balance) { wallet in
            if last == 0 { wallet.firstLot = place }
            wallet.lastLot = place
        }
    }

    /// Puts a lot between those that end before it and those that end after it.
    @inline(never)
    private mutating func chainLotSlowPath(_ row: Int, in balance: Int) throws(StateError.Fault) {
        let previous: UInt32
        if let found = walkedLotBefore(row, in: balance) {
            previous = found
        } else {
            if !longWallets.contains(balance) { try keepInOrder(balance) }
            guard let found = longWallets.insert(row, lots) else { throw .lotMadeTwice(lots[row].lot) }
            previous = found
        }
        let next = previous == 0 ? balances[balance].firstLot : lots[Int(previous) - 1].next
        guard next == 0 || lots[row].ends(before: lots[Int(next) - 1]) else { throw .lotMadeTwice(lots[row].lot) }
        let place = UInt32(row + 1)
        lots.update(row) { $0.next = next }
        if previous != 0 { lots.update(Int(previous) - 1) { $0.next = place } }
        balances.update(balance) { wallet in
            if previous == 0 { wallet.firstLot = place }
            if next == 0 { wallet.lastLot = place }
        }
    }

    /// The lot that stands before another one in the chain, or would, plus one; 0 when none does.
    ///
    /// - Parameters:
    ///   - row: The lot.
    ///   - balance: The row of its wallet.
    ///   - start: A lot of the chain at which the walk may begin, plus one; 0 for its head.
    /// - Returns: nil in a long wallet and where the walk takes too long.
    private func walkedLotBefore(_ row: Int, in balance: Int, from start: UInt32 = 0) -> UInt32? {
        guard !longWallets.contains(balance) else { return nil }
        let lot = lots[row]
        let isBefore = start != 0 && lots[Int(start) - 1].ends(before: lot)
        var previous = isBefore ? start : 0
        for _ in 0..<Self.lotsWalkedMax {
            let next = previous == 0 ? balances[balance].firstLot : lots[Int(previous) - 1].next
            guard next != 0, lots[Int(next) - 1].ends(before: lot) else { return previous }
            previous = next
        }
        return nil
    }

    /// The row of a lot by its name.
    ///
    /// - Parameters:
    ///   - lot: Raw value of the name.
    ///   - balance: The row of the wallet.
    ///   - start: Where the walk begins: the lot found last, plus one, because lists name lots in the order of the chain; 0 for the
    ///     head. A lot before it is found too, by another walk.
    /// - Returns: Its row.
    /// - Throws: ``StateError/Fault`` when the wallet has no lot of that name.
    mutating func findLot(_ lot: UInt64, in balance: Int, from start: UInt32) throws(StateError.Fault) -> Int {
        if !longWallets.contains(balance) {
            var left = Self.lotsWalkedMax
            if let row = walk(from: start, to: lot, &left) { return row }
            if let row = walk(from: balances[balance].firstLot, to: lot, &left) { return row }
            guard left == 0 else { throw .unknown(what: "lot", number: lot) }
            try keepInOrder(balance)
        }
        guard let row = longWallets.find(lot, in: balance, lots) else { throw .unknown(what: "lot", number: lot) }
        return row
    }

    /// Walks along a chain until a lot of that name; `left` is how far it may still go.
    @inline(__always)
    private func walk(from start: UInt32, to lot: UInt64, _ left: inout Int) -> Int? {
        var place = start
        while place != 0, left > 0 {
            if lots[Int(place) - 1].lot == lot { return Int(place) - 1 }
            place = lots[Int(place) - 1].next
            left -= 1
        }
        return nil
    }

    /// Takes a wallet for a long one if its chain is longer than a walk: for a record whose decision had to look at all of it.
    mutating func measureChain(of balance: Int) throws(StateError.Fault) {
        guard !longWallets.contains(balance) else { return }
        var left = Self.lotsWalkedMax
        _ = walk(from: balances[balance].firstLot, to: 0, &left)
        if left == 0 { try keepInOrder(balance) }
    }

    private mutating func keepInOrder(_ balance: Int) throws(StateError.Fault) {
        let twice = longWallets.add(balance, first: balances[balance].firstLot, lots)
        if let twice { throw .lotMadeTwice(twice) }
    }

    /// Takes a lot out of its wallet's chain.
    ///
    /// - Parameters:
    ///   - row: The lot.
    ///   - balance: The row of its wallet.
    ///   - start: A lot at which the search for the one before it may begin, plus one.
    /// - Returns: The lot before it, plus one.
    /// - Throws: ``StateError/Fault`` for a chain in which a lot stands twice.
    @discardableResult
    mutating func unchainLot(
        _ row: Int, in balance: Int, from start: UInt32 = 0
    ) throws(StateError.Fault) -> UInt32 {
        let previous: UInt32
        if let found = walkedLotBefore(row, in: balance, from: start) {
            previous = found
        } else {
            if !longWallets.contains(balance) { try keepInOrder(balance) }
            previous = longWallets.remove(row, lots)
        }
        let next = lots[row].next
        if previous != 0 { lots.update(Int(previous) - 1) { $0.next = next } }
        balances.update(balance) { wallet in
            if previous == 0 { wallet.firstLot = next }
            if next == 0 { wallet.lastLot = previous }
        }
        if previous == 0, next == 0, longWallets.contains(balance) { longWallets.forget(balance) }
        return previous
    }

    /// Takes a lot that is used up out of its wallet's chain and frees its row.
    ///
    /// - Returns: The lot before it, plus one.
    @discardableResult
    mutating func sweepLot(_ row: Int, in balance: Int, from start: UInt32 = 0) throws(StateError.Fault) -> UInt32 {
        let previous = try unchainLot(row, in: balance, from: start)
        liveLots -= 1
        let free = ledger[0].freeLot
        lots.update(row) { lot in
            lot = LotRow(
                lot: 0, remaining: 0, balance: 0, next: free, beginsAt: 0, endsAt: 0, issuer: 0, holds: 0, isPending: 0)
        }
        ledger.update(0) { $0.freeLot = UInt32(row + 1) }
        return previous
    }

    /// Sweeps the lots of a wallet that a list has used up, in the order of the chain: rows are freed in that order, and records of
    /// the clock name lots by their rows.
    mutating func sweepUsedUpLots(in balance: Int) throws(StateError.Fault) {
        var rows: [UInt32] = []
        swap(&rows, &usedUpLots)
        if !rows.indices.dropFirst().allSatisfy({ lots[Int(rows[$0 - 1])].ends(before: lots[Int(rows[$0])]) }) {
            rows.sort { lots[Int($0)].ends(before: lots[Int($1)]) }
        }
        var previous: UInt32 = 0
        for row in rows {
            // A list may give a lot back what it took, or use it up twice.
            let lot = lots[Int(row)]
            guard lot.lot != 0, lot.remaining == 0, lot.holds == 0 else { continue }
            previous = try sweepLot(Int(row), in: balance, from: previous)
        }
        rows.removeAll(keepingCapacity: true)
        swap(&rows, &usedUpLots)
    }

    /// Moves a lot to where it belongs after its end has changed.
    mutating func rechainLot(_ row: Int, endsAt: UInt32) throws(StateError.Fault) {
        let balance = Int(lots[row].balance) - 1
        let due = lots[row].dueAt
        try unchainLot(row, in: balance)
        lots.update(row) { lot in
            lot.next = 0
            lot.endsAt = endsAt
        }
        noteDue(row, insteadOf: due)
        try chainLot(row, in: balance)
    }

    /// Moves the lots of one wallet into the chain of another one.
    ///
    /// The time is that of the lots that move, however many the other wallet has; the first wallet is left without lots.
    mutating func joinLots(of from: Int, into to: Int) throws(StateError.Fault) {
        let isLong = longWallets.contains(from)
        var place = balances[from].firstLot
        balances.update(from) { ($0.firstLot, $0.lastLot) = (0, 0) }
        while place != 0 {
            let row = Int(place) - 1
            place = lots[row].next
            if isLong { _ = longWallets.remove(row, lots) }
            lots.update(row) { ($0.balance, $0.next) = (UInt32(to + 1), 0) }
            try chainLot(row, in: to)
        }
        if isLong { longWallets.forget(from) }
    }
}

extension ProgrammeState {
    /// A lot of a member's wallet by its name; nil when the wallet has none of that name.
    ///
    /// - Returns: The row's number and the row.
    public func lot(_ lot: LotID, of member: MemberNumber, _ wallet: WalletNumber) -> (row: Int, lot: LotRow)? {
        guard hasMember(member), let balance = balanceRow(member.rawValue, wallet.rawValue) else { return nil }
        var left = longWallets.contains(balance) ? 0 : Int.max
        let row =
            walk(from: balances[balance].firstLot, to: lot.rawValue, &left)
            ?? longWallets.find(lot.rawValue, in: balance, lots)
        return row.map { ($0, lots[$0]) }
    }

    /// Visits the lots of a member's wallet in the order in which they were made, where that order is at hand.
    ///
    /// - Parameters:
    ///   - member: Whose.
    ///   - wallet: Which wallet.
    ///   - body: Receives the row's number and the row; returns false to end the visit.
    /// - Returns: False for a wallet that is not long: its few lots are sorted by whoever needs them so, and none was visited.
    public func forEachLotAsMade(
        of member: MemberNumber, _ wallet: WalletNumber, _ body: (Int, LotRow) -> Bool
    ) -> Bool {
        guard hasMember(member), let balance = balanceRow(member.rawValue, wallet.rawValue),
            longWallets.contains(balance)
        else { return false }
        longWallets.forEachAsMade(balance, lots) { body($0, lots[$0]) }
        return true
    }
}
