import TallyBytes
import TallyModel
import TallyProjections
import TallyPromotions
import TallyTables

/// Finds the numbers of all facts that promotions may ask about a receipt: those that the ledger knows, and for the others what the
/// shop states.
struct FactGatherer {
    /// Where the number of a fact comes from.
    private enum Source {
        /// The shop, or nobody.
        case shop
        case occasion, day, weekday, time, member, identifiedBy
        case daysSinceReceipt, firstReceipt
        case store, business, channel
        case balance(wallet: String)
    }

    private let sources: [Source]
    private let unknowns: [Int32]
    /// For facts with names the number of each.
    private let names: [[String: Int32]]
    private let columns: [String: Int]
    /// Minor units of one point.
    private let pointUnit: Int64

    init(_ book: PromotionBook) {
        sources = book.schema.facts.map { FactGatherer.source(of: $0.name) }
        unknowns = book.unknowns
        names = book.schema.facts.map { fact in
            guard case .choice(let names) = fact.domain else { return [:] }
            return Dictionary(names.enumerated().map { ($1, Int32($0)) }) { first, _ in first }
        }
        columns = Dictionary(book.schema.facts.enumerated().map { ($1.name, $0) }) { first, _ in first }
        pointUnit = (0..<book.pointsScale).reduce(1) { unit, _ in unit * 10 }
    }

    private static func source(of name: String) -> Source {
        switch name {
        case "occasion": .occasion
        case "day": .day
        case "weekday": .weekday
        case "time": .time
        case "member": .member
        case "identified_by": .identifiedBy
        case "days_since_receipt": .daysSinceReceipt
        case "first_receipt": .firstReceipt
        case "store": .store
        case "business": .business
        case "channel": .channel
        case _ where name.hasPrefix("balance."): .balance(wallet: String(name.dropFirst("balance.".count)))
        default: .shop
        }
    }

    /// What is known about a receipt before promotions look at it.
    struct Occasion {
        var store: StoreNumber
        var business: BusinessNumber
        var member: MemberNumber
        /// How the member was named: the schema's kind.
        var memberKind: UInt8
        var channel: Channel
        var occurredAt: Int64
        var utcOffsetMinutes: Int16
    }

    /// The numbers of all facts.
    ///
    /// - Parameters:
    ///   - occasion: The receipt.
    ///   - stated: What the shop says. A fact that the ledger knows itself, or that the words do not have, is passed over: other
    ///     promotions must not stop a till.
    ///   - state: What is known before the receipt.
    /// - Returns: A number for every fact, in the order of the words.
    func facts(of occasion: Occasion, stated: [StatedFact], state: borrowing ProgrammeState) -> [Int32] {
        var facts = unknowns
        for column in sources.indices {
            if let number = number(column, occasion, state) { facts[column] = number }
        }
        for fact in stated {
            guard let column = columns[fact.name], case .shop = sources[column] else { continue }
            if let number = names[column][fact.value] {
                facts[column] = number
            } else if names[column].isEmpty, let number = Int32(fact.value) {
                facts[column] = number
            }
        }
        return facts
    }

    private func number(_ column: Int, _ occasion: Occasion, _ state: borrowing ProgrammeState) -> Int32? {
        switch sources[column] {
        case .shop: return nil
        case .occasion: return 0
        case .day: return day(of: occasion)
        // The first of January 1970 was a Thursday; the week begins on Monday.
        case .weekday: return ((day(of: occasion) + 3) % 7 + 7) % 7
        case .time: return minute(of: occasion)
        case .member: return occasion.member == .none ? 0 : 1
        case .identifiedBy: return names[column][FactGatherer.identifications[Int(occasion.memberKind)]]
        case .daysSinceReceipt, .firstReceipt: return history(column, occasion, state)
        case .store: return names[column][state.texts.string(state.stores[Int(occasion.store.rawValue) - 1].id)]
        case .business:
            return names[column][state.texts.string(state.businesses[Int(occasion.business.rawValue) - 1].id)]
        case .channel: return FactGatherer.channels[occasion.channel]?.lazy.compactMap { names[column][$0] }.first
        case .balance(let wallet): return balance(wallet, of: occasion.member, state)
        }
    }

    /// By the schema's kinds of members; an id of other systems is a number to people.
    private static let identifications = ["none", "number", "phone", "card", "number"]
    /// Names under which the words may have a channel.
    private static let channels: [Channel: [String]] = [
        .till: ["till"], .selfCheckout: ["self_checkout"], .site: ["web", "site"], .app: ["app"],
    ]

    private func day(of occasion: Occasion) -> Int32 {
        CivilDay(
            of: Instant(microseconds: occasion.occurredAt), utcOffsetMinutes: occasion.utcOffsetMinutes
        ).days
    }

    private func minute(of occasion: Occasion) -> Int32 {
        let (minute, day): (Int64, Int64) = (60_000_000, 86_400_000_000)
        let local = occasion.occurredAt + Int64(occasion.utcOffsetMinutes) * minute
        return Int32((local % day + day) % day / minute)
    }

    private func history(_ column: Int, _ occasion: Occasion, _ state: borrowing ProgrammeState) -> Int32? {
        guard occasion.member != .none else { return nil }
        let row = state.members[Int(occasion.member.rawValue) - 1]
        if case .firstReceipt = sources[column] { return row.purchases == 0 ? 1 : 0 }
        return row.purchases == 0 ? nil : max(0, day(of: occasion) - row.lastDay)
    }

    /// Whole points that can be spent, less what is owed.
    private func balance(_ wallet: String, of member: MemberNumber, _ state: borrowing ProgrammeState) -> Int32? {
        guard member != .none else { return nil }
        var id = ByteWriter(capacity: 64)
        id.append(text: wallet)
        guard let number = state.wallet(id: id.bytes), let row = state.balance(member, number) else { return 0 }
        return Int32(clamping: max(0, row.active - row.debt) / pointUnit)
    }
}
