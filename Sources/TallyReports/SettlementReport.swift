import TallyModel
public import TallyProjections
import TallyTables

/// What businesses of a coalition owe each other for points that one issued and another took.
///
/// Points of a flow are those that left the issuer's members at another business: spent there, taken back there because
/// goods came back that had earned there, corrected there; spent points that came back are subtracted. That is what the
/// clearing accounts carry, so the matrix must equal them: it is checked for each business and wallet.
///
/// A flow is priced by the terms that stood in the log before it; what comes back, by those that stood there before its
/// purchase. Points of one issuer, redeemer, wallet and terms are added up first, then priced once:
/// `gross = points × rate`, `fee = gross × fee_bp ÷ 10,000`, both rounded half to even, `owed = gross − fee`, in the
/// redeemer's money. Terms that pay when points are issued leave nothing owed here. Without terms there is no price:
/// the columns are empty, not zero, and the points are named as uncovered.
///
/// > Source: Checklist S0-05, S0-14, S1-14.
public struct SettlementReport: FinanceScan {
    struct Key: Hashable {
        var wallet: UInt16
        var issuer: UInt16
        var redeemer: UInt16
        /// The row of the terms plus one; 0 for none.
        var terms: Int
    }

    struct Flow {
        var redeemed: Int64 = 0
        var restored: Int64 = 0
        var takenBack: Int64 = 0
        var corrected: Int64 = 0
        var trail: Trail

        /// Points that the issuer is to pay for.
        var net: Int64 { redeemed + restored + takenBack + corrected }

        mutating func add(_ cause: Cause, _ points: Int64, _ sequence: UInt64) {
            trail.note(sequence)
            switch cause {
            case .redeemed: redeemed += points
            case .restored: restored += points
            case .takenBack: takenBack += points
            default: corrected += points
            }
        }
    }

    /// A movement of one pair.
    struct Movement {
        var entry: BookEntry
        var change: LotChange
        var terms: Int
    }

    private let period: BooksPeriod
    private let keepsSequences: Bool
    private let pair: (first: String, second: String)?
    private(set) var flows: [Key: Flow] = [:]
    private(set) var movements: [Movement] = []
    private var clearing: [AccountKey: Int64] = [:]
    private var check = BooksCheck()
    /// How many terms stood in the log from a sequence on.
    private var marks: [(sequence: UInt64, count: Int)] = []

    /// A settlement before the first entry.
    ///
    /// - Parameters:
    ///   - period: The days of the flows.
    ///   - pair: Two ids of businesses whose movements are listed one by one; nil for none.
    ///   - keepsSequences: True to name the records behind each flow.
    public init(
        period: BooksPeriod = .all, pair: (first: String, second: String)? = nil, keepsSequences: Bool = false
    ) {
        (self.period, self.pair, self.keepsSequences) = (period, pair, keepsSequences)
    }

    /// Takes an entry in.
    public mutating func add(_ entry: BookEntry, _ state: borrowing ProgrammeState) {
        check.add(entry)
        if marks.last?.count ?? 0 != state.settlements.count { marks.append((entry.sequence, state.settlements.count)) }
        // What a card is worth at another business is settled by the cards, not by the points.
        guard period.place(of: entry.day) == .inside, entry.kind != .instrument else { return }
        for posting in entry.postings where posting.purpose == .clearing {
            clearing[
                AccountKey(business: posting.business, wallet: posting.wallet, purpose: .clearing), default: 0] +=
                posting.amount
        }
        for change in entry.changes where change.lot != nil {
            guard [.redeemed, .restored, .takenBack, .corrected].contains(change.cause) else { continue }
            let isOwn = change.business == entry.business
            guard !isOwn || change.cause == .redeemed || change.cause == .restored else { continue }
            let terms = isOwn ? 0 : terms(of: change, entry, state)
            let key = Key(wallet: change.wallet, issuer: change.business, redeemer: entry.business, terms: terms)
            flows[key, default: Flow(trail: Trail(isKept: keepsSequences))]
                .add(change.cause, -change.amount, entry.sequence)
            if !isOwn, isOfPair(change.business, entry.business, state) {
                movements.append(Movement(entry: entry, change: change, terms: terms))
            }
        }
    }

    private func isOfPair(_ issuer: UInt16, _ redeemer: UInt16, _ state: borrowing ProgrammeState) -> Bool {
        guard let pair else { return false }
        let ids = [issuer, redeemer].map { state.texts.string(state.businesses[Int($0) - 1].id) }
        return ids == [pair.first, pair.second] || ids == [pair.second, pair.first]
    }

    /// The row of the terms in force, plus one; for what comes back, those in force at its purchase.
    private func terms(of change: LotChange, _ entry: BookEntry, _ state: borrowing ProgrammeState) -> Int {
        var count = state.settlements.count
        if change.cause == .restored, entry.purchase != 0 {
            count = marks.last { $0.sequence <= entry.purchase }?.count ?? 0
        }
        for row in stride(from: count - 1, through: 0, by: -1) {
            let terms = state.settlements[row]
            if terms.issuer == change.business, terms.redeemer == entry.business, terms.wallet == change.wallet {
                return row + 1
            }
        }
        return 0
    }

    /// The matrix, what it nets to, the movements of the pair.
    public func report(_ state: borrowing ProgrammeState) -> FinanceReport {
        let names = ProgrammeNames(state)
        var tables = [matrix(state, names), netting(state, names)]
        if pair != nil { tables.append(statement(state, names)) }
        return FinanceReport(
            sequence: LogSequence(state.sequence), tables: tables, checks: [clearingCheck(names)] + check.checks(state))
    }

    private func clearingCheck(_ names: ProgrammeNames) -> ReportCheck {
        var found: [AccountKey: Int64] = [:]
        for (key, flow) in flows where key.issuer != key.redeemer {
            found[AccountKey(business: key.issuer, wallet: key.wallet, purpose: .clearing), default: 0] += flow.net
            found[AccountKey(business: key.redeemer, wallet: key.wallet, purpose: .clearing), default: 0] -= flow.net
        }
        return ReportCheck("the matrix is the clearing accounts", fault: difference(found, clearing, names))
    }
}
