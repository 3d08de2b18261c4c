import TallyModel

extension PointsModel {
    /// Goods that come back, with their purchase or without it.
    mutating func takeBack(_ slip: ReturnSlip, of purchase: UInt64?, member: Int?, at sequence: UInt64) -> Answer {
        let before = purchase.flatMap { purchases[$0] }
        let whose = before.map { $0.member < 0 ? nil : $0.member } ?? member
        let answer = attempt(sequence, member: whose) { (model) throws(Rejection) in
            try model.returned(slip, of: purchase, member: member)
        }
        if answer.rejection != nil, let purchase, let before { purchases[purchase] = before }
        return answer
    }

    /// A purchase that is taken back as a whole.
    mutating func void(_ purchase: UInt64, _ slip: VoidSlip, at sequence: UInt64) -> Answer {
        guard let bought = purchases[purchase] else { return Answer(rejection: .purchaseExpected) }
        var lines: [ReturnLine] = []
        for (index, line) in bought.lines.enumerated()
        where line.moneyBack < line.total || line.quantityBack < line.quantity {
            lines.append(
                ReturnLine(
                    purchaseLine: UInt16(index + 1), sku: line.sku,
                    quantity: Quantity(thousandths: line.quantity - line.quantityBack),
                    total: Money(minor: line.total - line.moneyBack)))
        }
        guard !lines.isEmpty else { return Answer(rejection: .returnExceedsPurchase) }
        let total = lines.reduce(0) { $0 + $1.total.minor }
        return takeBack(
            ReturnSlip(
                store: slip.store, member: slip.member, number: slip.number, occurredAt: slip.occurredAt,
                utcOffsetMinutes: slip.utcOffsetMinutes, total: Money(minor: total),
                purchase: .sequence(LogSequence(purchase)), lines: lines), of: purchase,
            member: bought.member < 0 ? nil : bought.member, at: sequence)
    }

    /// A return and a purchase in one step.
    mutating func exchange(_ exchange: Exchange, of purchase: UInt64?, member: Int?, at sequence: UInt64) -> Answer {
        let before = purchase.flatMap { purchases[$0] }
        let ended = endedHold(exchange.receipt)
        let answer = attempt(sequence, member: member) { (model) throws(Rejection) in
            try model.returned(exchange.slip, of: purchase, member: member)
            model.moved = []
            try model.buy(exchange.receipt, member: member)
        }
        if answer.rejection != nil, let purchase, let before { purchases[purchase] = before }
        if answer.rejection == nil, let ended { holds.removeAll { $0.sequence == ended } }
        return answer
    }

    private mutating func returned(_ slip: ReturnSlip, of purchase: UInt64?, member: Int?) throws(Rejection) {
        let moment = Moment(at: slip.occurredAt, offset: slip.utcOffsetMinutes)
        guard let store = stores.first(where: { $0.name == slip.store }) else { throw .storeUnknown }
        guard let purchase else {
            if slip.lines.contains(where: { $0.purchaseLine != 0 }) { throw .purchaseLineUnknown }
            if let member { blind(slip, member, business: store.business) }
            return
        }
        guard var bought = purchases[purchase] else { throw .purchaseExpected }
        if let member, member != bought.member { throw .purchaseOfAnotherMember }
        let before = bought.lines.map(\.moneyBack)
        for line in slip.lines {
            let index = Int(line.purchaseLine) - 1
            guard bought.lines.indices.contains(index) else { throw .purchaseLineUnknown }
            bought.lines[index].quantityBack += line.quantity.thousandths
            bought.lines[index].moneyBack += line.total.minor
        }
        guard bought.lines.allSatisfy({ $0.moneyBack <= $0.total && $0.quantityBack <= $0.quantity }) else {
            throw .returnExceedsPurchase
        }
        for index in bought.payments.indices {
            let points = PointsModel.back(bought.payments[index].shares, bought.lines, before: before)
            giveBack(points, &bought.payments[index], bought, moment)
        }
        for award in bought.awards where terms[award.wallet].returns == .reverse {
            let points = PointsModel.back(award.shares, bought.lines, before: before)
            takeBack(points, madeAs: award.lots, bought.member, award.wallet, bought.business)
        }
        purchases[purchase] = bought
    }

    /// What of a line's share comes back in this step: the floors of all steps add up to the share.
    private static func back(_ shares: [Int64], _ lines: [Line], before: [Int64]) -> Int64 {
        lines.indices.reduce(0) { sum, index in
            let line = lines[index]
            guard line.total > 0 else { return sum }
            return sum + shares[index] * line.moneyBack / line.total - shares[index] * before[index] / line.total
        }
    }

    /// Spent points come back to their lots, the one that ends last first.
    private mutating func giveBack(_ points: Int64, _ payment: inout Payment, _ bought: Purchase, _ moment: Moment) {
        guard points > 0 else { return }
        let (member, wallet) = (bought.member, payment.wallet)
        // Behind what has come back before.
        let order = Array(payment.parts.sorted(by: PointsModel.endsBefore).reversed())
        let done = PointsModel.first(payment.pointsBack, of: order)
        var left = order
        for part in done {
            guard let index = left.firstIndex(where: { $0.lot == part.lot }) else { continue }
            left[index].points -= part.points
        }
        for part in PointsModel.first(points, of: left.filter { $0.points > 0 }) {
            restore(part, member, wallet, moment)
            book(-part.points, from: .active, of: part.issuer, to: .restored, of: bought.business, wallet)
        }
        payment.pointsBack += points
        gained += points
        moved.insert(wallet)
    }

    private mutating func restore(_ part: Part, _ member: Int, _ wallet: Int, _ moment: Moment) {
        let held = members[member][wallet]
        if let lot = held.lots.first(where: { $0.id == part.lot }),
            !hasEnded(lot, held, terms[wallet], at: moment.second)
        {
            change(lot.id, member, wallet, by: part.points)
            return
        }
        // A slip that comes late finds a lot ended that had not when it was printed.
        let now = max(moment.second, clock)
        if var origin = origins[part.lot] {
            if origin.ends != 0, case .sliding = terms[wallet].expiry { origin.ends = max(origin.ends, held.slidesTo) }
            if origin.ends == 0 || origin.ends > now {
                origin.points = part.points
                make(origin, isPending: false, member, wallet)
                return
            }
        }
        let today = CivilDay(of: Instant(microseconds: Int64(now) * 1_000_000), utcOffsetMinutes: moment.offset).days
        let grace = moment.start(ofDay: today + Int32(terms[wallet].graceDays) + 1)
        // Named when the record is whole: behind the lots that it gives.
        let id = LotID(sequence: sequence, place: UInt16(40_000 + replaced.count))
        replaced.append(id)
        make(
            Part(lot: id, issuer: part.issuer, begins: now, ends: grace, points: part.points),
            isPending: false, member, wallet)
    }

    /// Earned points are taken from the lots that hold them, then from the others, then as debt.
    private mutating func takeBack(
        _ points: Int64, madeAs lots: [LotID], _ member: Int, _ wallet: Int, _ business: UInt16
    ) {
        guard points > 0 else { return }
        var left = points
        // What has ended is there as long as the clock has not said so.
        let own = chain(member, wallet) { lots.contains($0.id) }
        let others = chain(member, wallet) { !lots.contains($0.id) && !$0.isPending }
        for part in PointsModel.first(left, of: own + others) {
            let isPending = members[member][wallet].lots.first { $0.id == part.lot }?.isPending ?? false
            change(part.lot, member, wallet, by: -part.points)
            book(
                part.points, from: isPending ? .pending : .active, of: part.issuer, to: .clawback, of: business,
                wallet)
            left -= part.points
        }
        let debt = members[member][wallet].debt
        let owed: Int64
        switch terms[wallet].negative {
        case .none: owed = 0
        case .upTo(let most): owed = min(left, max(0, most.minor - debt))
        case .unlimited: owed = left
        }
        members[member][wallet].debt += owed
        if owed > 0 { members[member][wallet].isOpen = true }
        book(-owed, business, wallet, .debt)
        book(owed, business, wallet, .clawback)
        let taken = points - left + owed
        gained -= taken
        if taken > 0 { moved.insert(wallet) }
    }

    /// Without its purchase a return takes points at the rate of its day.
    private mutating func blind(_ slip: ReturnSlip, _ member: Int, business: UInt16) {
        for rule in rules(at: slip.occurredAt, business: business) where terms[rule.wallet].takesBackBlind {
            let points = PointsModel.rate(rule.rate, slip.total.minor, rule.rounding)
            takeBack(points, madeAs: [], member, rule.wallet, business)
        }
    }
}
