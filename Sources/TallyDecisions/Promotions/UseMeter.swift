import TallyBytes
import TallyModel
import TallyProjections
import TallyPromotions

/// Counts what a receipt uses of the limits of promotions, and says when one is reached.
struct UseMeter {
    private let key: IdentityKey
    private let day: CivilDay
    private let store: StoreNumber
    private let member: MemberNumber
    /// What the receipt uses so far.
    private(set) var uses: [LimitUse] = []

    init(_ key: IdentityKey, day: CivilDay, store: StoreNumber, member: MemberNumber) {
        (self.key, self.day, self.store, self.member) = (key, day, store, member)
    }

    /// Counts an award, unless a limit of its promotion is reached by it.
    ///
    /// - Returns: False when one is; then nothing was counted. A limit for every member lets nobody through who names none: nobody could
    ///   tell how often such a buyer came.
    mutating func take(
        _ promotion: Promotion, discount: Int64, points: Int64, state: borrowing ProgrammeState
    ) -> Bool {
        var taken: [LimitUse] = []
        for limit in promotion.terms.limits {
            let amount = UseMeter.amount(limit, discount: discount, points: points)
            guard amount > 0 else { continue }
            guard limit.scope != .member || member != .none else { return false }
            let name = name(of: limit, promotion.id, member.rawValue)
            let used = used(of: limit, promotion.id, name, state)
            guard amount <= limit.most, used <= limit.most - amount else { return false }
            taken.append(LimitUse(high: name.high, low: name.low, amount: amount))
        }
        // Two limits that count the same for other numbers share a counter.
        for use in taken where !uses.contains(where: { $0.high == use.high && $0.low == use.low }) { uses.append(use) }
        return true
    }

    private static func amount(_ limit: UseLimit, discount: Int64, points: Int64) -> Int64 {
        switch limit.measure {
        case .uses: 1
        case .discount: discount
        case .points: points
        }
    }

    /// What is used of a limit so far.
    func used(of limit: UseLimit, _ id: String, _ state: borrowing ProgrammeState) -> Int64 {
        used(of: limit, id, name(of: limit, id, member.rawValue), state)
    }

    /// What is used of a limit: for a member also by all who were merged into it.
    private func used(
        of limit: UseLimit, _ id: String, _ own: KeyedHash, _ state: borrowing ProgrammeState
    ) -> Int64 {
        guard limit.scope == .member else { return state.used(high: own.high, low: own.low) }
        return state.group(of: member).reduce(0) { sum, member in
            let name = member == self.member ? own : name(of: limit, id, member.rawValue)
            return sum.addingReportingOverflow(state.used(high: name.high, low: name.low)).partialValue
        }
    }

    /// The name of a counter: promotion, what is counted, the time, and for whom.
    ///
    /// The number of the limit itself is no part of it, so a limit that is raised goes on counting where it was.
    private func name(of limit: UseLimit, _ id: String, _ member: UInt32) -> KeyedHash {
        var writer = ByteWriter(capacity: 128)
        writer.append(u8: limit.scope.rawValue)
        writer.append(u8: limit.measure.rawValue)
        writer.append(u8: limit.period.rawValue)
        writer.append(i32: UseMeter.time(limit.period, day))
        switch limit.scope {
        case .promotion: writer.append(u32: 0)
        case .member: writer.append(u32: member)
        case .store: writer.append(u32: store.rawValue)
        }
        writer.append(text: id)
        return key.hash(prefix: UInt8(ascii: "L"), writer.bytes)
    }

    /// The number of the time in which a day lies; weeks begin on Monday, and 1970-01-01 was a Thursday.
    static func time(_ period: UseLimit.Period, _ day: CivilDay) -> Int32 {
        switch period {
        case .ever: 0
        case .day: day.days
        case .week: Int32((Int64(day.days) + 3).floorDivided(by: 7))
        case .month: Int32(day.date.year * 12 + day.date.month)
        case .year: Int32(day.date.year)
        }
    }
}

extension Int64 {
    /// The quotient rounded down, also below zero.
    fileprivate func floorDivided(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
