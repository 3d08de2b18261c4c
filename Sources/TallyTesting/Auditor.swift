public import TallyModel

/// An independent model of the ledger: it says what every event must be answered and what everybody holds.
///
/// Plain dictionaries and `Int`; written from the rules of the programme and the documentation of the commands, without a
/// line of the rooms it judges. It keeps everything for ever and looks everything up the slow way.
///
/// > Source: Domain model, sections 3 to 5 and 10; the documentation of `Command`, `Rejection` and `Outcome`.
public struct Auditor: Sendable {
    /// A command that breaks a rule.
    struct Refused: Error {
        var code: Rejection
        var line = 0

        init(_ code: Rejection, line: Int = 0) { (self.code, self.line) = (code, line) }
    }

    struct Business: Sendable {
        var currency: String
        var scale: Int
    }

    struct Wallet: Sendable {
        var id: String
        var scale: Int
        var sequence: Int
    }

    struct Rule: Sendable {
        var from: Int
        var rate: Rate
        var rounding: Rounding
        var wallet: String
        /// Empty for all businesses.
        var business: String
    }

    struct Member: Sendable {
        var externalID: String
        var sequence: Int
        /// What can be spent and what is owed, by wallet.
        var purses: [String: (active: Int, debt: Int)] = [:]
    }

    struct Source: Sendable {
        var number: Int
        var events: [(event: SentEvent, outcome: Outcome)] = []
    }

    /// The last record of the log.
    ///
    /// The first one names the ledger.
    public internal(set) var tip = 1
    /// All purchases in the order of their records.
    public internal(set) var purchases: [AuditedPurchase] = []
    var sources: [String: Source] = [:]
    var businesses: [String: Business] = [:]
    /// The business of each store.
    var stores: [String: String] = [:]
    var wallets: [Wallet] = []
    var rules: [Rule] = []
    var members: [Member] = []
    /// Owners by international number, and by card.
    var phones: [String: Int] = [:]
    var cards: [String: Int] = [:]
    var receipts: [AuditedReceipt] = []

    /// A ledger that was just created.
    public init() {}

    /// How many members are registered.
    public var memberCount: Int { members.count }
    /// The names of the sources opened.
    public var sourceNames: [String] { sources.keys.sorted() }
    /// The last number of a source; 0 when it has sent nothing.
    public func lastNumber(of source: String) -> Int { sources[source]?.events.count ?? 0 }
    /// The number of a source; nil when it was not opened.
    public func number(of source: String) -> SourceNumber? { sources[source].map { SourceNumber(UInt32($0.number)) } }
    /// What a source sent under a number, counted from 1.
    public func event(of source: String, number: Int) -> SentEvent? {
        guard let events = sources[source]?.events, events.indices.contains(number - 1) else { return nil }
        return events[number - 1].event
    }

    // MARK: What happens

    /// Opens a source; the first time is a record.
    ///
    /// - Returns: The source's number, its last number and where that event stands.
    @discardableResult
    public mutating func open(_ name: String) -> (number: Int, lastNumber: Int, lastSequence: Int) {
        if let source = sources[name] {
            return (source.number, source.events.count, Int(source.events.last?.outcome.sequence ?? 0))
        }
        tip += 1
        sources[name] = Source(number: sources.count + 1)
        return (sources.count, 0, 0)
    }

    /// Takes a batch.
    ///
    /// - Returns: What each event must be answered.
    public mutating func take(_ events: [SentEvent], from source: String, firstNumber: Int) -> [Outcome] {
        events.enumerated().map { take($0.element, from: source, number: firstNumber + $0.offset) }
    }

    private mutating func take(_ event: SentEvent, from source: String, number: Int) -> Outcome {
        let known = sources[source]?.events ?? []
        if number > known.count + 1 { return Outcome(status: .gap, code: Rejection.numberTooHigh.rawValue) }
        if number <= known.count {
            var stored = known[number - 1]
            stored.outcome.isRepeated = true
            return stored.event.bytes == event.bytes
                ? stored.outcome : Outcome(status: .conflict, code: Rejection.numberReused.rawValue)
        }
        tip += 1
        var outcome: Outcome
        do throws(Refused) {
            outcome = try decide(event.command, EventPlace(source: source, number: number, sequence: tip))
        } catch {
            outcome = Outcome(status: .rejected, code: error.code.rawValue, line: UInt16(error.line))
        }
        outcome.sequence = UInt64(tip)
        sources[source]?.events.append((event, outcome))
        return outcome
    }

    private mutating func decide(_ command: Command?, _ place: EventPlace) throws(Refused) -> Outcome {
        switch command {
        case .defineBusiness(let definition): try define(definition)
        case .defineStore(let definition): try define(definition)
        case .defineWallet(let definition): try define(definition)
        case .defineAccrual(let definition): try define(definition)
        case .registerMember(let registration): return try register(registration)
        case .linkIdentifier(let link): return try self.link(link)
        case .purchase(let receipt): return try purchase(receipt, place)
        case .return(let slip): return try takeBack(slip)
        // Terms, holds, redemptions and the like are judged by a model of their own.
        default: throw Refused(.commandUnknown)
        }
        return Outcome(status: .recorded)
    }
}

/// An event as a source sends it.
public struct SentEvent: Sendable, Hashable {
    /// The command; nil for one of a kind that nobody knows.
    public var command: Command?
    /// Its bytes.
    public var bytes: [UInt8]

    /// An event of its parts, for bytes that no encoder writes.
    public init(command: Command?, bytes: [UInt8]) { (self.command, self.bytes) = (command, bytes) }
}

/// Where an event comes from and goes to.
struct EventPlace {
    var source: String
    var number: Int
    var sequence: Int
}

/// A purchase as the model knows it.
public struct AuditedPurchase: Sendable {
    /// Its record.
    public var sequence: Int
    /// The source that sent it.
    public var source: String
    /// The source's number for it.
    public var number: Int
    /// Who bought; 0 for nobody.
    public var member: Int
    /// What was sent.
    public var receipt: Receipt
    /// Points that it gave in each wallet for which a rule was in force, in the order of the wallets.
    public var awards: [(wallet: String, points: Int)]
    /// What has come back of each line, in thousandths and money.
    public var returned: [(quantity: Int, money: Int)]
}

/// What the figures need to know of a purchase or a return.
struct AuditedReceipt: Sendable {
    var sequence: Int
    var member: Int
    var store: String
    /// Below zero for a return.
    var total: Int
    var day: Int
    var lines: Int
    var quantity: Int
    var points: Int
    /// What it did to the member's wallets.
    var moves: [PurseMove]
}

/// What a receipt did to a member's wallet.
struct PurseMove: Sendable {
    var wallet: String
    var active: Int
    var debt: Int
}
