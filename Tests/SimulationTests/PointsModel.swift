import TallyModel

/// The points ledger once more, written from the page on accounting and from nothing of the ledger's own code.
///
/// Everything is a plain array that is walked from its start. It says for each command what the ledger has to answer,
/// and then what every member, lot and account has to hold.
///
/// > Source: Domain model, sections 3 to 5; the page "Accounting".
struct PointsModel {
    /// Points of one origin.
    struct Lot: Hashable {
        var id: LotID
        var issuer: UInt16
        var begins: UInt32
        var ends: UInt32
        var isPending: Bool
        var remaining: Int64
        var held: Int64 = 0
    }

    /// Points that left a lot, with the days that it had.
    struct Part: Hashable {
        var lot: LotID
        var issuer: UInt16
        var begins: UInt32
        var ends: UInt32
        var points: Int64
    }

    /// What a member has of one kind of points.
    struct Wallet {
        var lots: [Lot] = []
        var debt: Int64 = 0
        /// Up to when the latest purchase keeps lots alive that end by activity.
        var slidesTo: UInt32 = 0
        /// True once there was a point in it.
        var isOpen = false

        var active: Int64 { lots.reduce(0) { $0 + ($1.isPending ? 0 : $1.remaining) } }
        var pending: Int64 { lots.reduce(0) { $0 + ($1.isPending ? $1.remaining : 0) } }
        var held: Int64 { lots.reduce(0) { $0 + $1.held } }
        var net: Int64 { active - debt }
    }

    /// A line of a purchase with what has come back of it.
    struct Line {
        var sku: String
        var quantity: Int64
        var total: Int64
        var quantityBack: Int64 = 0
        var moneyBack: Int64 = 0
    }

    /// Points that a purchase gave in one wallet, shared among its lines for good.
    struct Award {
        var wallet: Int
        var shares: [Int64]
        var lots: [LotID]
    }

    /// Points that paid a part of a purchase, shared among its lines for good.
    struct Payment {
        var wallet: Int
        var shares: [Int64]
        var parts: [Part]
        var pointsBack: Int64 = 0
    }

    /// A purchase as a return finds it.
    struct Purchase {
        var member: Int
        var business: UInt16
        var lines: [Line]
        var awards: [Award] = []
        var payments: [Payment] = []
    }

    /// Points set aside.
    struct Hold {
        var sequence: UInt64
        var member: Int
        var wallet: Int
        var endsAt: UInt32
        var parts: [Part]
        var points: Int64 { parts.reduce(0) { $0 + $1.points } }
    }

    /// What the ledger has to answer.
    struct Answer: Equatable {
        var rejection: Rejection?
        var points: Int64 = 0
        /// Balances that the answer may name: a command that moves several wallets names one of them.
        var balances: Set<Int64> = []
    }

    /// The moment of a command on its store's clock.
    struct Moment {
        var at: Instant
        var offset: Int16

        var second: UInt32 { UInt32(at.microseconds / 1_000_000) }
        var day: Int32 { CivilDay(of: at, utcOffsetMinutes: offset).days }

        /// The first second of a day on this clock.
        func start(ofDay day: Int32) -> UInt32 { UInt32(Int64(day) * 86_400 - Int64(offset) * 60) }
    }

    /// A rule by which receipts earn.
    struct Rule {
        var wallet: Int
        /// 0 for all.
        var business: UInt16
        var from: Instant
        var rate: Rate
        var rounding: Rounding
    }

    /// Names of wallets, businesses and stores in the order of their numbers; a store with the number of its business.
    var walletNames: [String] = []
    var businessNames: [String] = []
    var stores: [(name: String, business: UInt16)] = []
    var terms: [WalletTerms] = []
    var rules: [Rule] = []
    /// By member and wallet, both from 0.
    var members: [[Wallet]] = []
    /// By business, wallet and purpose.
    var accounts: [Int64] = []
    var purchases: [UInt64: Purchase] = [:]
    var holds: [Hold] = []
    /// Holds that there ever were.
    var everHeld: Set<UInt64> = []
    /// The days with which lots were made, for those that are used up.
    var origins: [LotID: Part] = [:]
    /// Breaks the order in which lots are spent, to see whether the comparison finds it.
    var spendsInOrderOfMaking = false

    /// The second of the latest record of the clock.
    var clock: UInt32 = 0

    // What one command does until it is answered.
    var sequence: UInt64 = 0
    var made: [LotID] = []
    var replaced: [LotID] = []
    var moved: Set<Int> = []
    var gained: Int64 = 0

    static let purposes = Purpose.allCases.count

    func accountIndex(_ business: UInt16, _ wallet: Int, _ purpose: Purpose) -> Int {
        ((Int(business) - 1) * walletNames.count + wallet) * PointsModel.purposes + Int(purpose.rawValue)
    }

    /// Books an amount.
    mutating func book(_ amount: Int64, _ business: UInt16, _ wallet: Int, _ purpose: Purpose) {
        accounts[accountIndex(business, wallet, purpose)] += amount
    }

    /// Moves points from an issuer's members to a purpose of a business; between two businesses by way of clearing.
    mutating func book(
        _ points: Int64, from: Purpose, of issuer: UInt16, to: Purpose, of business: UInt16, _ wallet: Int
    ) {
        book(-points, issuer, wallet, from)
        book(points, business, wallet, to)
        guard issuer != business else { return }
        book(points, issuer, wallet, .clearing)
        book(-points, business, wallet, .clearing)
    }

    /// The programme before its first command.
    mutating func open(members count: Int) {
        members = Array(repeating: Array(repeating: Wallet(), count: walletNames.count), count: count)
        accounts = Array(repeating: 0, count: businessNames.count * walletNames.count * PointsModel.purposes)
    }

    /// Runs a command that may be refused: what is refused changes nothing.
    mutating func attempt(
        _ sequence: UInt64, member: Int?, _ body: (inout PointsModel) throws(Rejection) -> Void
    ) -> Answer {
        let (members, accounts) = (self.members, self.accounts)
        self.sequence = sequence
        (made, replaced, moved, gained) = ([], [], [], 0)
        do throws(Rejection) { try body(&self) } catch {
            (self.members, self.accounts) = (members, accounts)
            return Answer(rejection: error)
        }
        nameReplacements()
        dropEmptyLots()
        guard let member else { return Answer(points: gained, balances: [0]) }
        let wallets = self.members[member]
        // What comes back and is taken at once may not have moved at all.
        let isMoved = zip(wallets, members[member]).contains { after, before in
            [after.active, after.pending, after.held, after.debt]
                != [before.active, before.pending, before.held, before.debt]
        }
        let named = isMoved && !moved.isEmpty ? Set(moved.map { wallets[$0].net }) : Set(wallets.map(\.net)).union([0])
        return Answer(points: gained, balances: named)
    }

    /// Lots that take the place of ended ones are named from 256 on, behind all that a record can give.
    private mutating func nameReplacements() {
        for (index, old) in replaced.enumerated() {
            let new = LotID(sequence: sequence, place: UInt16(256 + index))
            for member in members.indices {
                for wallet in members[member].indices {
                    for lot in members[member][wallet].lots.indices where members[member][wallet].lots[lot].id == old {
                        members[member][wallet].lots[lot].id = new
                    }
                }
            }
            for payment in purchases[sequence]?.payments.indices ?? 0..<0 {
                for part in purchases[sequence]?.payments[payment].parts.indices ?? 0..<0
                where purchases[sequence]?.payments[payment].parts[part].lot == old {
                    purchases[sequence]?.payments[payment].parts[part].lot = new
                }
            }
            if var origin = origins.removeValue(forKey: old) {
                origin.lot = new
                origins[new] = origin
            }
        }
    }

    mutating func dropEmptyLots() {
        for member in members.indices {
            for wallet in members[member].indices
            where members[member][wallet].lots.contains(where: { $0.remaining == 0 && $0.held == 0 }) {
                members[member][wallet].lots.removeAll { $0.remaining == 0 && $0.held == 0 }
            }
        }
    }
}
