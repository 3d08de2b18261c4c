import TallyModel

extension PointsModel {
    /// When a lot begins and ends.
    struct Days {
        var isPending: Bool
        var begins: UInt32
        var ends: UInt32
    }

    /// The days of a lot that a wallet's terms give.
    func days(_ terms: WalletTerms, at moment: Moment) -> Days {
        var begin: Int32?
        switch terms.pending {
        case .none: begin = nil
        case .days(let count): begin = moment.day + Int32(count)
        case .date(let date): begin = date.days > moment.day ? date.days : nil
        case .returnWindow: begin = moment.day + Int32(terms.returnWindowDays) + 1
        }
        return Days(
            isPending: begin != nil, begins: begin.map { moment.start(ofDay: $0) } ?? moment.second,
            ends: end(terms.expiry, from: begin ?? moment.day, moment))
    }

    /// The first second in which a lot that begins on a day is no longer there; 0 for never.
    func end(_ term: ExpiryTerm, from day: Int32, _ moment: Moment) -> UInt32 {
        let last: Int32
        switch term {
        case .never: return 0
        case .days(let count), .sliding(let count): last = day + Int32(count)
        case .months(let count): last = PointsModel.monthsLater(Int(count), than: CivilDay(days: day)).days
        case .dates(let dates):
            // Walks on, day by day, until one of them is there.
            var candidate = day + 1
            while !PointsModel.isOne(of: dates, CivilDay(days: candidate)) { candidate += 1 }
            last = candidate
        }
        return moment.start(ofDay: last + 1)
    }

    private static func monthsLater(_ count: Int, than day: CivilDay) -> CivilDay {
        let (year, month, dayOfMonth) = day.date
        let (laterYear, laterMonth) = (year + (month - 1 + count) / 12, (month - 1 + count) % 12 + 1)
        let next = laterMonth == 12 ? (laterYear + 1, 1) : (laterYear, laterMonth + 1)
        guard let first = CivilDay(year: laterYear, month: laterMonth, day: 1),
            let firstOfNext = CivilDay(year: next.0, month: next.1, day: 1)
        else { preconditionFailure("The histories of the tests end long before the year 9999.") }
        return CivilDay(days: min(first.days + Int32(dayOfMonth) - 1, firstOfNext.days - 1))
    }

    private static func isOne(of dates: [DayOfYear], _ day: CivilDay) -> Bool {
        let (_, month, dayOfMonth) = day.date
        let tomorrow = CivilDay(days: day.days + 1).date.month
        return dates.contains { date in
            guard Int(date.month) == month else { return false }
            // The last day of February stands for the 29th in common years.
            return Int(date.day) == dayOfMonth || (date.month == 2 && date.day == 29 && tomorrow == 3)
        }
    }

    /// Whether a lot has ended by a second.
    func hasEnded(_ lot: Lot, _ wallet: Wallet, _ terms: WalletTerms, at second: UInt32) -> Bool {
        guard lot.ends != 0, lot.ends <= second else { return false }
        if case .sliding = terms.expiry { return wallet.slidesTo <= second }
        return true
    }

    static func endsBefore(_ a: Part, _ b: Part) -> Bool {
        let (end, other) = (a.ends == 0 ? UInt32.max : a.ends, b.ends == 0 ? UInt32.max : b.ends)
        return (end, a.begins, a.lot.rawValue) < (other, b.begins, b.lot.rawValue)
    }

    /// Points that a member can spend.
    func spendable(_ member: Int, _ wallet: Int, at second: UInt32) -> Int64 {
        let held = members[member][wallet]
        let there = held.lots.reduce(Int64(0)) { sum, lot in
            lot.isPending || hasEnded(lot, held, terms[wallet], at: second) ? sum : sum + lot.remaining
        }
        return max(0, there - held.debt)
    }

    /// What is left of lots, in the order in which they end.
    func chain(_ member: Int, _ wallet: Int, where isWanted: (Lot) -> Bool) -> [Part] {
        members[member][wallet].lots.filter { isWanted($0) && $0.remaining > 0 }.map {
            Part(lot: $0.id, issuer: $0.issuer, begins: $0.begins, ends: $0.ends, points: $0.remaining)
        }.sorted(by: PointsModel.endsBefore)
    }

    /// The lots that a spending takes.
    func choose(_ points: Int64, _ member: Int, _ wallet: Int, at second: UInt32, business: UInt16) -> [Part] {
        let held = members[member][wallet]
        let lots = chain(member, wallet) { !$0.isPending && !hasEnded($0, held, terms[wallet], at: second) }
        return PointsModel.first(points, of: ordered(lots, wallet, business: business))
    }

    /// Parts in the order in which the wallet spends them.
    func ordered(_ parts: [Part], _ wallet: Int, business: UInt16) -> [Part] {
        let lots = parts.sorted(by: PointsModel.endsBefore)
        let order = spendsInOrderOfMaking ? .firstInFirstOut : terms[wallet].burnOrder
        switch order {
        case .earliestExpiry: return lots
        case .firstInFirstOut: return lots.sorted { $0.lot < $1.lot }
        case .ownBusinessFirst:
            return lots.filter { $0.issuer == business } + lots.filter { $0.issuer != business }
        }
    }

    /// The first points of some parts.
    static func first(_ points: Int64, of parts: [Part]) -> [Part] {
        var left = points
        var taken: [Part] = []
        for part in parts where left > 0 {
            var piece = part
            piece.points = min(left, part.points)
            left -= piece.points
            taken.append(piece)
        }
        return taken
    }

    mutating func change(_ lot: LotID, _ member: Int, _ wallet: Int, by points: Int64, held: Int64 = 0) {
        guard let index = members[member][wallet].lots.firstIndex(where: { $0.id == lot }) else {
            preconditionFailure("The model changes a lot that is not there.")
        }
        members[member][wallet].lots[index].remaining += points
        members[member][wallet].lots[index].held += held
    }

    mutating func make(_ part: Part, isPending: Bool, _ member: Int, _ wallet: Int) {
        members[member][wallet].lots.append(
            Lot(
                id: part.lot, issuer: part.issuer, begins: part.begins, ends: part.ends, isPending: isPending,
                remaining: part.points))
        members[member][wallet].isOpen = true
        if origins[part.lot] == nil { origins[part.lot] = part }
    }

    /// Gives points: what is owed is covered first, unless they begin later.
    ///
    /// - Returns: The lot that has them, if one is made.
    mutating func give(
        _ points: Int64, _ account: Purpose, of business: UInt16, _ days: Days, to member: Int, _ wallet: Int
    ) -> [LotID] {
        let covered = days.isPending ? 0 : min(points, members[member][wallet].debt)
        book(-points, business, wallet, account)
        book(covered, business, wallet, .debt)
        book(points - covered, business, wallet, days.isPending ? .pending : .active)
        members[member][wallet].debt -= covered
        gained += points
        moved.insert(wallet)
        guard points > covered else { return [] }
        let lot = LotID(sequence: sequence, place: UInt16(made.count + 1))
        made.append(lot)
        make(
            Part(lot: lot, issuer: business, begins: days.begins, ends: days.ends, points: points - covered),
            isPending: days.isPending, member, wallet)
        return [lot]
    }
}
