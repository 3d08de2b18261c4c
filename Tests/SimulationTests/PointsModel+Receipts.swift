import TallyModel

extension PointsModel {
    /// A purchase; the goods of an exchange are bought with ``buy(_:member:)`` as well.
    mutating func purchase(_ receipt: Receipt, member: Int?, at sequence: UInt64) -> Answer {
        let ended = endedHold(receipt)
        let answer = attempt(sequence, member: member) { (model) throws(Rejection) in
            try model.buy(receipt, member: member)
        }
        if answer.rejection == nil, let ended { holds.removeAll { $0.sequence == ended } }
        return answer
    }

    func endedHold(_ receipt: Receipt) -> UInt64? {
        guard case .sequence(let hold) = receipt.hold else { return nil }
        return hold.rawValue
    }

    /// Takes the points that pay, gives the points that are earned, keeps both for returns.
    mutating func buy(_ receipt: Receipt, member: Int?) throws(Rejection) {
        guard let store = stores.first(where: { $0.name == receipt.store }) else { throw .storeUnknown }
        let moment = Moment(at: receipt.occurredAt, offset: receipt.utcOffsetMinutes)
        var purchase = Purchase(
            member: member ?? -1, business: store.business,
            lines: receipt.lines.map {
                Line(sku: $0.sku, quantity: $0.quantity.thousandths, total: $0.total.minor)
            })
        guard let member else {
            if receipt.hold != nil { throw .holdOfAnother }
            if !receipt.redemptions.isEmpty { throw .memberMissing }
            purchases[sequence] = purchase
            return
        }
        let paid = try pay(receipt, &purchase, member, moment)
        earn(receipt, &purchase, paid: paid, member, moment)
        slide(member, moment)
        purchases[sequence] = purchase
    }

    /// - Returns: What points pay of each line.
    private mutating func pay(
        _ receipt: Receipt, _ purchase: inout Purchase, _ member: Int, _ moment: Moment
    ) throws(Rejection) -> [Int64] {
        let hold = try openHold(receipt.hold, of: member)
        let names = receipt.redemptions.map(\.wallet)
        if Set(names).count < names.count || names.count > Limits.walletsPerReceiptMax { throw .walletRepeated }
        for redemption in receipt.redemptions {
            guard let wallet = walletNames.firstIndex(of: redemption.wallet) else { throw .walletUnknown }
            guard isSound(redemption, wallet) else { throw .pointsMalformed }
        }
        let isSmall = receipt.redemptions.contains { redemption in
            guard let wallet = walletNames.firstIndex(of: redemption.wallet) else { return false }
            return !redemption.isUpTo && receipt.total < terms[wallet].minReceipt
        }
        if isSmall { throw .receiptTooSmall }
        if let hold {
            giveBack(hold)
            moved.insert(hold.wallet)
        }
        var paid = receipt.lines.map { _ in Int64(0) }
        for redemption in receipt.redemptions {
            guard let wallet = walletNames.firstIndex(of: redemption.wallet) else { throw .walletUnknown }
            let open = zip(receipt.lines, paid).map { line, paid in
                PointsModel.passes(terms[wallet].burnFilter, line.category) ? line.total.minor - paid : 0
            }
            let own = hold?.wallet == wallet ? hold : nil
            guard
                let (points, money) = try amount(
                    redemption, wallet, total: receipt.total.minor, open: open.reduce(0, +),
                    there: own?.points ?? spendable(member, wallet, at: moment.second), isHeld: own != nil)
            else { continue }
            let parts =
                own.map { PointsModel.first(points, of: ordered($0.parts, wallet, business: purchase.business)) }
                ?? choose(points, member, wallet, at: moment.second, business: purchase.business)
            for part in parts {
                change(part.lot, member, wallet, by: -part.points)
                book(part.points, from: .active, of: part.issuer, to: .burnt, of: purchase.business, wallet)
            }
            gained -= points
            moved.insert(wallet)
            let shares = PointsModel.share(money, open, receipt.lines.map(\.sku))
            let pointShares = PointsModel.share(points, shares, receipt.lines.map(\.sku))
            for index in paid.indices { paid[index] += shares[index] }
            purchase.payments.append(Payment(wallet: wallet, shares: pointShares, parts: parts))
        }
        return paid
    }

    func openHold(_ reference: HoldReference?, of member: Int) throws(Rejection) -> Hold? {
        guard case .sequence(let sequence) = reference else { return nil }
        guard everHeld.contains(sequence.rawValue) else { throw .holdUnknown }
        guard let hold = holds.first(where: { $0.sequence == sequence.rawValue }) else { throw .holdEnded }
        guard hold.member == member else { throw .holdOfAnother }
        return hold
    }

    /// Whether a number of points is above zero and, when it is exact, pays whole minor units: a point that pays
    /// nothing is one too many.
    func isSound(_ redemption: Redemption, _ wallet: Int) -> Bool {
        let rate = (Int64(terms[wallet].moneyRate.numerator), Int64(terms[wallet].moneyRate.denominator))
        let points = redemption.points.minor
        return points > 0 && (redemption.isUpTo || points * rate.0 / rate.1 > (points - 1) * rate.0 / rate.1)
    }

    /// How many points a redemption takes and what they pay; nil when a number "up to" comes to nothing.
    func amount(
        _ redemption: Redemption, _ wallet: Int, total: Int64, open: Int64, there: Int64, isHeld: Bool = false
    ) throws(Rejection) -> (points: Int64, money: Int64)? {
        let terms = terms[wallet]
        let rate = (Int64(terms.moneyRate.numerator), Int64(terms.moneyRate.denominator))
        let money = { (points: Int64) in points * rate.0 / rate.1 }
        let cap = min(total * Int64(terms.maxShareBasisPoints) / 10_000, open)
        let points = redemption.points.minor
        let most = terms.maxPerReceipt.minor == 0 ? Int64.max : terms.maxPerReceipt.minor
        if !redemption.isUpTo {
            if total < terms.minReceipt.minor { throw .receiptTooSmall }
            guard points <= most, money(points) <= cap else { throw .redemptionBeyondCap }
            guard points <= there else { throw isHeld ? .redemptionBeyondHold : .pointsInsufficient }
            return (points, money(points))
        }
        guard total >= terms.minReceipt.minor else { return nil }
        let pays = min(money(min(points, most, there)), cap)
        // The most money that points pay without going beyond, then the fewest points that pay it.
        let mostPoints = min(points, most, there, ((pays + 1) * rate.1 - 1) / rate.0)
        let reached = money(mostPoints)
        let fewest = (reached * rate.1 + rate.0 - 1) / rate.0
        return reached == 0 ? nil : (fewest, reached)
    }

    private mutating func earn(
        _ receipt: Receipt, _ purchase: inout Purchase, paid: [Int64], _ member: Int, _ moment: Moment
    ) {
        for rule in rules(at: receipt.occurredAt, business: purchase.business) {
            let terms = terms[rule.wallet]
            let isIn = receipt.lines.map { PointsModel.passes(terms.earnFilter, $0.category) }
            let money = receipt.lines.indices.map { index in
                isIn[index] ? receipt.lines[index].total.minor - paid[index] : 0
            }
            let totals = receipt.lines.indices.map { isIn[$0] ? receipt.lines[$0].total.minor : 0 }
            let bases = terms.earnsOnPoints ? totals : money
            // Shares go by what was paid in money, by the totals when points paid all.
            let weights = money.contains { $0 > 0 } ? money : totals
            let points = PointsModel.rate(rule.rate, bases.reduce(0, +), rule.rounding)
            guard points > 0 else { continue }
            let lots = give(points, .issued, of: purchase.business, days(terms, at: moment), to: member, rule.wallet)
            purchase.awards.append(
                Award(
                    wallet: rule.wallet, shares: PointsModel.share(points, weights, receipt.lines.map(\.sku)),
                    lots: lots))
        }
    }

    /// The rules in force, one a wallet.
    func rules(at moment: Instant, business: UInt16) -> [Rule] {
        walletNames.indices.compactMap { wallet in
            var best: Rule?
            for rule in rules
            where rule.wallet == wallet && rule.from <= moment && (rule.business == 0 || rule.business == business) {
                // Of two that begin at one moment the later defined holds.
                if best.map({ $0.from <= rule.from }) ?? true { best = rule }
            }
            return best
        }
    }

    private mutating func slide(_ member: Int, _ moment: Moment) {
        for wallet in walletNames.indices {
            // A wallet in which there never was a point knows of no purchase.
            guard case .sliding(let count) = terms[wallet].expiry, members[member][wallet].isOpen else { continue }
            let end = moment.start(ofDay: moment.day + Int32(count) + 1)
            members[member][wallet].slidesTo = max(members[member][wallet].slidesTo, end)
        }
    }

    static func passes(_ filter: LineFilter, _ category: String) -> Bool {
        switch filter {
        case .all: true
        case .only(let names): names.contains(category)
        case .except(let names): !names.contains(category)
        }
    }

    /// A rate by schoolbook division.
    static func rate(_ rate: Rate, _ amount: Int64, _ rounding: Rounding) -> Int64 {
        let (product, divisor) = (amount * Int64(rate.numerator), Int64(rate.denominator))
        let (down, rest) = (product / divisor, product % divisor)
        switch rounding {
        case .floor: return down
        case .ceiling: return rest > 0 ? down + 1 : down
        case .halfUp: return rest * 2 >= divisor ? down + 1 : down
        case .halfEven:
            if rest * 2 == divisor { return down % 2 == 0 ? down : down + 1 }
            return rest * 2 > divisor ? down + 1 : down
        }
    }

    /// Shares a whole by largest remainder: ties go to the larger part, then by SKU, then by line.
    static func share(_ whole: Int64, _ weights: [Int64], _ skus: [String]) -> [Int64] {
        let sum = weights.reduce(0, +)
        guard whole > 0, sum > 0 else { return weights.map { _ in 0 } }
        var shares = weights.map { whole * $0 / sum }
        var open = Array(weights.indices)
        for _ in 0..<(whole - shares.reduce(0, +)) {
            // The one with the largest fraction that has not had its unit.
            var best = open[0]
            for index in open.dropFirst() {
                let (a, b) = (whole * weights[index] % sum, whole * weights[best] % sum)
                if a > b || (a == b && weights[index] > weights[best])
                    || (a == b && weights[index] == weights[best] && skus[index] < skus[best])
                {
                    best = index
                }
            }
            shares[best] += 1
            open.removeAll { $0 == best }
        }
        return shares
    }

    // MARK: Holds and adjustments

    mutating func placeHold(_ request: HoldRequest, member: Int, recordedAt: Int64, at sequence: UInt64) -> Answer {
        var hold: Hold?
        let answer = attempt(sequence, member: member) { (model) throws(Rejection) in
            let (redemption, total) = (request.redemption, request.receiptTotal.minor)
            guard let wallet = model.walletNames.firstIndex(of: redemption.wallet) else { throw .walletUnknown }
            guard let store = model.stores.first(where: { $0.name == request.store }) else { throw .storeUnknown }
            guard model.isSound(redemption, wallet) else { throw .pointsMalformed }
            let second = Moment(at: request.occurredAt, offset: request.utcOffsetMinutes).second
            let there = model.spendable(member, wallet, at: second)
            guard let amount = try model.amount(redemption, wallet, total: total, open: total, there: there) else {
                throw total < model.terms[wallet].minReceipt.minor ? .receiptTooSmall : .pointsInsufficient
            }
            let parts = model.choose(amount.points, member, wallet, at: second, business: store.business)
            for part in parts {
                model.change(part.lot, member, wallet, by: -part.points, held: part.points)
                model.book(-part.points, part.issuer, wallet, .active)
                model.book(part.points, part.issuer, wallet, .held)
            }
            model.gained = amount.points
            model.moved = [wallet]
            guard (1...Limits.holdSecondsMax).contains(request.seconds) else { throw .holdTimeMalformed }
            hold = Hold(
                sequence: sequence, member: member, wallet: wallet,
                endsAt: UInt32(recordedAt / 1_000_000) + request.seconds, parts: parts)
        }
        if answer.rejection == nil, let hold {
            holds.append(hold)
            everHeld.insert(sequence)
        }
        return answer
    }

    mutating func releaseHold(_ named: UInt64, at sequence: UInt64) -> Answer {
        let found = holds.first { $0.sequence == named }
        let answer = attempt(sequence, member: found?.member) { (model) throws(Rejection) in
            guard let found else { throw model.everHeld.contains(named) ? .holdEnded : .holdUnknown }
            model.giveBack(found)
            model.gained = found.points
            model.moved = [found.wallet]
        }
        holds.removeAll { $0.sequence == named }
        return answer
    }

    mutating func adjust(_ adjustment: Adjustment, member: Int, at sequence: UInt64) -> Answer {
        attempt(sequence, member: member) { (model) throws(Rejection) in
            guard let business = model.businessNames.firstIndex(of: adjustment.business).map({ UInt16($0 + 1) }) else {
                throw .businessUnknown
            }
            guard let wallet = model.walletNames.firstIndex(of: adjustment.wallet) else { throw .walletUnknown }
            let moment = Moment(at: adjustment.occurredAt, offset: adjustment.utcOffsetMinutes)
            let points = adjustment.points.minor
            guard points > 0 || (points < 0 && adjustment.kind == .correction) else { throw .pointsMalformed }
            let needsReason = adjustment.kind == .correction || adjustment.kind == .goodwill
            if needsReason && adjustment.reason.isEmpty { throw .reasonMissing }
            guard points > 0 else {
                guard -points <= model.spendable(member, wallet, at: moment.second) else { throw .pointsInsufficient }
                for part in model.choose(-points, member, wallet, at: moment.second, business: business) {
                    model.change(part.lot, member, wallet, by: -part.points)
                    model.book(part.points, from: .active, of: part.issuer, to: .adjusted, of: business, wallet)
                }
                model.gained = points
                model.moved = [wallet]
                return
            }
            var days = model.days(model.terms[wallet], at: moment)
            if let begins = adjustment.beginsOn {
                days.isPending = begins.days > moment.day
                days.begins = days.isPending ? moment.start(ofDay: begins.days) : moment.second
                days.ends = model.end(model.terms[wallet].expiry, from: begins.days, moment)
            }
            if let ends = adjustment.endsOn { days.ends = moment.start(ofDay: ends.days + 1) }
            guard days.ends == 0 || days.ends > days.begins else { throw .daysMalformed }
            let account: Purpose = [.adjusted, .goodwill, .issued, .opened][Int(adjustment.kind.rawValue)]
            _ = model.give(points, account, of: business, days, to: member, wallet)
        }
    }
}
