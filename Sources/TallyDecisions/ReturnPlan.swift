import TallyBytes
import TallyCodec
import TallyModel
import TallyProjections

/// What comes back in one step of a purchase: lines, and with them the points earned and spent on them.
struct ReturnPlan {
    /// A line that comes back.
    struct Line {
        var quantity: Int64
        var money: Int64
        var purchaseLine: UInt16
        var skuLength: UInt8
        var categoryLength: UInt8
    }

    var purchase: PurchaseFacts
    var lines: [Line]
    /// Points to take back, by award of the purchase.
    var earned: [Int64]
    /// Points to give back and the money that they paid, by redemption of the purchase.
    var spent: [(points: Int64, money: Int64)]

    /// Shares what comes back, on top of what has come back before.
    ///
    /// Every line goes by its own money and cumulatively, so any series of partial returns adds up to the whole exactly.
    ///
    /// > Source: Domain model, section 4, rule 5.
    init(_ purchase: PurchaseFacts, _ lines: [Line], state: borrowing ProgrammeState) {
        self.purchase = purchase
        self.lines = lines
        let shares = FrozenShares(purchase)
        earned = Array(repeating: 0, count: purchase.awards.count)
        spent = Array(repeating: (0, 0), count: purchase.redemptions.count)
        var back: [Int: Int64] = [:]
        for line in lines where line.purchaseLine > 0 {
            let index = Int(line.purchaseLine) - 1
            let total = purchase.lines[index].total
            guard total > 0 else { continue }
            let before =
                back[index] ?? state.returned(purchase: purchase.sequence, line: UInt32(line.purchaseLine)).money
            let after = before + line.money
            back[index] = after
            let step = { (whole: Int64) in
                cumulativeShare(whole, taken: after, total: total) - cumulativeShare(whole, taken: before, total: total)
            }
            for award in earned.indices { earned[award] += step(shares.earned[award][index]) }
            for payment in spent.indices {
                spent[payment].points += step(shares.spent[payment][index])
                spent[payment].money += step(shares.paid[payment][index])
            }
        }
    }

    /// Money that goes back as points.
    var paidBack: Int64 { spent.reduce(0) { $0 + $1.money } }
}
