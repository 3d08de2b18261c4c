/// Members, merges and splits once more and slowly: a flat list of lots, each with the member who earned it.
///
/// Nothing here is chained, merged or moved: whose a lot is follows each time from who stands for whom. The programme
/// is that of ``MergePropertyTests``: a wallet whose lots begin at once and end, and one whose lots begin later and
/// never end.
struct MergeModel {
    static let day: Int64 = 86_400
    static let expiryDays: Int64 = 9
    static let pendingDays: Int64 = 2
    static let graceDays: Int64 = 3

    struct Lot {
        var owner: Int
        var wallet: Int
        var points: Int64
        var begins: Int64
        /// Seconds since 1970; `Int64.max` for never.
        var ends: Int64
        var isPending: Bool
    }

    struct Purchase {
        var member: Int
        var awards: [Int64]
        /// The lot that each award made; nil when a debt took all of it.
        var lots: [Int?]
        var taken: [(lot: Int, points: Int64)]
        var isVoid = false
    }

    var lots: [Lot] = []
    /// Lots that may hold something: only those are looked at.
    private var live: [Int] = []
    /// What has happened, so that a test can say that everything did.
    var seen: [String: Int] = [:]
    var purchases: [Purchase] = []
    var parent: [Int?]
    /// By member and wallet.
    var debt: [[Int64]]
    /// What a member owed at its merge and the merge did not cover.
    var brought: [[Int64]]

    init(members: Int) {
        parent = Array(repeating: nil, count: members)
        debt = Array(repeating: [0, 0], count: members)
        brought = debt
    }

    func person(_ member: Int) -> Int { parent[member].map(person) ?? member }

    /// Lots that hold something, as they would be spent.
    func chain(_ member: Int, _ wallet: Int) -> [Int] {
        live.filter { lots[$0].points > 0 && lots[$0].wallet == wallet && person(lots[$0].owner) == member }
            .sorted { (lots[$0].ends, lots[$0].begins, $0) < (lots[$1].ends, lots[$1].begins, $1) }
    }

    func active(_ member: Int, _ wallet: Int) -> Int64 {
        chain(member, wallet).reduce(0) { $0 + (lots[$1].isPending ? 0 : lots[$1].points) }
    }

    func pending(_ member: Int, _ wallet: Int) -> Int64 {
        chain(member, wallet).reduce(0) { $0 + (lots[$1].isPending ? lots[$1].points : 0) }
    }

    func spendable(_ member: Int, _ wallet: Int) -> Int64 { max(0, active(member, wallet) - debt[member][wallet]) }

    /// Lets lots begin and end by a second.
    mutating func advance(to second: Int64) {
        let due = { (lot: Lot) in lot.points == 0 ? Int64.max : lot.isPending ? lot.begins : lot.ends }
        live.removeAll { lots[$0].points == 0 }
        while let next = live.min(by: { (due(lots[$0]), $0) < (due(lots[$1]), $1) }), due(lots[next]) <= second {
            guard lots[next].isPending else {
                seen["expired", default: 0] += 1
                lots[next].points = 0
                continue
            }
            lots[next].isPending = false
            cover(person(lots[next].owner), with: next)
        }
    }

    private mutating func cover(_ member: Int, with lot: Int) {
        let part = min(lots[lot].points, debt[member][lots[lot].wallet])
        lots[lot].points -= part
        debt[member][lots[lot].wallet] -= part
    }

    /// Takes points from the lots of a wallet that have begun.
    ///
    /// - Returns: The lots and what was taken; less than asked for when there is less.
    private mutating func take(
        _ points: Int64, from member: Int, _ wallet: Int, among own: Int? = nil
    ) -> [(lot: Int, points: Int64)] {
        var missing = points
        var taken: [(lot: Int, points: Int64)] = []
        for lot in chain(member, wallet) where missing > 0 && (own == nil ? !lots[lot].isPending : lot == own) {
            let part = min(missing, lots[lot].points)
            missing -= part
            lots[lot].points -= part
            taken.append((lot, part))
        }
        return taken
    }

    /// A purchase: what pays, then what is earned.
    ///
    /// - Returns: Points paid.
    mutating func purchase(_ total: Int64, by named: Int, paying: Int64, from wallet: Int, at second: Int64) -> Int64 {
        let member = person(named)
        let paid = min(paying, spendable(member, wallet), total)
        var purchase = Purchase(member: member, awards: [], lots: [], taken: [])
        purchase.taken = take(paid, from: member, wallet)
        for (wallet, divisor) in [Int64(10), 20].enumerated() {
            let award = (total - paid) / divisor
            purchase.awards.append(award)
            let day = second / MergeModel.day
            let isPending = wallet == 1
            var lot = Lot(
                owner: member, wallet: wallet, points: award, begins: second, ends: .max, isPending: isPending)
            if isPending {
                lot.begins = (day + MergeModel.pendingDays) * MergeModel.day
            } else {
                lot.ends = (day + MergeModel.expiryDays + 1) * MergeModel.day
            }
            add(lot)
            if !isPending { cover(member, with: lots.count - 1) }
            purchase.lots.append(lots[lots.count - 1].points > 0 ? lots.count - 1 : nil)
        }
        purchases.append(purchase)
        return paid
    }

    /// A purchase is taken back: first what paid, the last lot first, then what was earned.
    mutating func void(_ index: Int, at second: Int64) {
        purchases[index].isVoid = true
        let purchase = purchases[index]
        let member = person(purchase.member)
        for part in purchase.taken.reversed() { giveBack(part.points, to: part.lot, of: member, at: second) }
        for wallet in 0..<2 {
            var missing = purchase.awards[wallet]
            if let own = purchase.lots[wallet] {
                missing -= take(missing, from: member, wallet, among: own).reduce(0) { $0 + $1.points }
            }
            missing -= take(missing, from: member, wallet).reduce(0) { $0 + $1.points }
            debt[member][wallet] += missing
        }
    }

    private mutating func add(_ lot: Lot) {
        live.append(lots.count)
        lots.append(lot)
    }

    private mutating func giveBack(_ points: Int64, to lot: Int, of member: Int, at second: Int64) {
        let hasEnded = lots[lot].ends <= second
        guard hasEnded || person(lots[lot].owner) != member else {
            if lots[lot].points == 0 { live = live.filter { $0 != lot } + [lot] }
            lots[lot].points += points
            return
        }
        var other = lots[lot]
        (other.owner, other.points) = (member, points)
        if hasEnded {
            other.begins = second
            other.ends = (second / MergeModel.day + MergeModel.graceDays + 1) * MergeModel.day
        }
        seen[hasEnded ? "given back after its end" : "given back after a split", default: 0] += 1
        add(other)
    }

    /// - Returns: False when the two are one already.
    mutating func merge(_ absorbed: Int, into survivor: Int) -> Bool {
        let (gone, member) = (person(absorbed), person(survivor))
        guard gone != member else { return false }
        parent[gone] = member
        for wallet in 0..<2 {
            let owed = debt[gone][wallet]
            debt[member][wallet] += owed
            debt[gone][wallet] = 0
            // A wallet to which nothing comes is not looked at.
            let comes = owed != 0 || chain(member, wallet).contains { isOf(gone, lots[$0].owner) }
            if comes {
                let covered = take(debt[member][wallet], from: member, wallet).reduce(0) { $0 + $1.points }
                debt[member][wallet] -= covered
                seen["covered by a merge", default: 0] += covered > 0 ? 1 : 0
            }
            brought[gone][wallet] = min(owed, debt[member][wallet])
        }
        return true
    }

    /// True when a member is another one or was merged into it.
    private func isOf(_ member: Int, _ other: Int) -> Bool {
        other == member || (parent[other].map { isOf(member, $0) } ?? false)
    }

    /// - Returns: False when the member stands for itself.
    mutating func split(_ member: Int) -> Bool {
        guard let last = parent[member] else { return false }
        let survivor = person(member)
        parent[member] = nil
        for wallet in 0..<2 where last == survivor {
            let back = min(brought[member][wallet], debt[survivor][wallet])
            debt[survivor][wallet] -= back
            debt[member][wallet] += back
            seen["debt gone back", default: 0] += back > 0 ? 1 : 0
        }
        return true
    }
}
