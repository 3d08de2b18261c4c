import TallyBytes
import TallyCodec
import TallyLedger
import TallyModel
import TallyProjections
import TallyPromotions

/// What promotions do with one receipt: what they looked at, what came out, what is to be recorded.
struct PricedBasket {
    var revision: UInt32 = 0
    var account = PromotionAccount()
    /// What each line costs on the shelf.
    var shelf: [Int64]
    /// What is taken off each line.
    var discounts: [Int64]
    /// Points that each line gives.
    var points: [Int64]
    var uses: [LimitUse] = []
    var gifts: [Gift] = []

    /// Points that promotions give into one wallet, with when they begin and end.
    struct Gift {
        var wallet: WalletNumber
        var terms: PointsTerms
        var points: Int64
    }

    /// What the goods cost on the shelf.
    var shelfTotal: Int64 { shelf.reduce(0, +) }
    /// What is left to be paid.
    var payable: Int64 { shelfTotal - discounts.reduce(0, +) }

    init(shelf: [Int64]) {
        self.shelf = shelf
        discounts = Array(repeating: 0, count: shelf.count)
        points = discounts
    }

    /// Notes what a promotion did.
    ///
    /// - Parameters:
    ///   - decision: What was decided.
    ///   - promotion: The promotion.
    ///   - wallet: Where its points go; nil when nobody can receive points, then there are none.
    mutating func take(_ decision: LivePromotions.Decision, _ promotion: Promotion, wallet: WalletNumber?) {
        var award = PromotionAward(decision, isWithheld: false)
        if wallet == nil { for index in award.parts.indices { award.parts[index].points = 0 } }
        award.parts.removeAll { $0.discount == 0 && $0.points == 0 }
        let points = award.points
        award.wallet = points > 0 ? wallet : nil
        for part in award.parts {
            discounts[Int(part.line)] += part.discount
            self.points[Int(part.line)] += part.points
        }
        account.awards.append(award)
        guard points > 0, let wallet else { return }
        let same = gifts.firstIndex { $0.wallet == wallet && $0.terms == promotion.terms.points }
        if let same {
            gifts[same].points += points
        } else {
            gifts.append(Gift(wallet: wallet, terms: promotion.terms.points, points: points))
        }
    }

    /// What is to be paid for each line.
    var due: [Int64] { shelf.indices.map { shelf[$0] - discounts[$0] } }

    /// What the lines were paid more than came out, when the customer has paid something else.
    ///
    /// The lines share the difference by largest remainder: what was paid less by what is to be paid for each, what was paid more by what
    /// was taken off each.
    ///
    /// - Parameters:
    ///   - paid: What the customer paid in all, from nothing up to the shelf's total.
    ///   - skus: The products of the lines.
    /// - Returns: Minor units for every line; empty when nothing was paid differently.
    func extras(paid: Int64, skus: [[UInt8]]) -> [Int64] {
        let difference = paid - payable
        guard difference != 0 else { return [] }
        let shares = FrozenShares.allocate(
            abs(difference), weights: difference < 0 ? due : discounts
        ) { first, second in
            skus[first] == skus[second] ? first < second : skus[first].lexicographicallyPrecedes(skus[second])
        }
        return difference < 0 ? shares.map { -$0 } : shares
    }
}

extension PromotionAward {
    init(_ decision: LivePromotions.Decision, isWithheld: Bool) {
        let parts = decision.parts.map {
            Part(line: UInt16(truncatingIfNeeded: $0.line), discount: $0.discount, points: $0.points)
        }
        self.init(
            place: UInt32(decision.award.promotion), rule: UInt32(decision.award.rule), isWithheld: isWithheld,
            parts: parts)
    }
}
