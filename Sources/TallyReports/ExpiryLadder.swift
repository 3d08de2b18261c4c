public import TallyModel
public import TallyProjections
import TallyTables

/// When the points of members end: what leaves the books by itself unless it is spent before.
///
/// Two tables. `expiry_ladder` has what can be spent, held points included, by the last day on which it can; points
/// that never end stand last. `pending_ladder` has what cannot be spent yet, by the first day on which it can.
///
/// Identity: the rows of a business and wallet add up to its active, held and pending accounts.
public struct ExpiryLadder: FinanceScan {
    /// How long a step of the ladder is.
    public enum Step: String, Sendable, CaseIterable {
        /// A day.
        case day
        /// A calendar month.
        case month
    }

    private struct Lot {
        var holding = Holding()
        var wallet: UInt16
        var member: UInt32
        var origin: LotOriginFacts
    }

    private struct Key: Hashable {
        var wallet: UInt16
        var business: UInt16
        var step: String
    }

    private struct Line {
        var active: Int64 = 0
        var held: Int64 = 0
        var pending: Int64 = 0
        var lots: Int64 = 0
        var trail: [UInt64] = []
    }

    private let day: CivilDay?
    private let step: Step
    private let keepsSequences: Bool
    private var lots: [UInt64: Lot] = [:]
    /// Where lots end by activity: up to when the latest purchase keeps them, by member and wallet.
    private var slidesTo: [UInt64: UInt32] = [:]
    private var accounts: [AccountKey: Int64] = [:]

    /// A ladder before the first entry.
    ///
    /// - Parameters:
    ///   - day: Entries of earlier days count; nil for all.
    ///   - step: How long a step is.
    ///   - keepsSequences: True to name the records that made the lots of each step.
    public init(before day: CivilDay? = nil, by step: Step = .month, keepsSequences: Bool = false) {
        (self.day, self.step, self.keepsSequences) = (day, step, keepsSequences)
    }

    /// Takes an entry in.
    public mutating func add(_ entry: BookEntry, _ state: borrowing ProgrammeState) {
        if let day, entry.day >= day { return }
        for change in entry.changes {
            guard let id = change.lot else { continue }
            var lot = lots[id.rawValue] ?? Lot(wallet: change.wallet, member: entry.member, origin: change.origin)
            lot.holding.add(change.purpose, change.amount)
            lot.origin = change.origin
            lots[id.rawValue] = lot.holding == Holding() ? nil : lot
        }
        for posting in entry.postings where posting.purpose.isOfMembers && posting.purpose != .debt {
            accounts[
                AccountKey(business: posting.business, wallet: posting.wallet, purpose: posting.purpose), default: 0] +=
                posting.amount
        }
        // A merge lets the points of both live on as long as those of either.
        guard [.purchase, .merge, .split].contains(entry.kind), entry.member != 0 else { return }
        for wallet in UInt16(1)...max(1, UInt16(state.wallets.count)) where Int(wallet) <= state.wallets.count {
            guard state.terms(of: wallet).expiryKind == 4,
                let row = state.balance(MemberNumber(entry.member), WalletNumber(wallet))
            else { continue }
            slidesTo[UInt64(entry.member) << 16 | UInt64(wallet)] = row.slidesTo
        }
    }

    /// The steps in the order of wallets, businesses and days.
    public func report(_ state: borrowing ProgrammeState) -> FinanceReport {
        let names = ProgrammeNames(state)
        var ends: [Key: Line] = [:]
        var begins: [Key: Line] = [:]
        for (id, lot) in lots {
            let key = { (day: CivilDay?) in
                Key(wallet: lot.wallet, business: lot.origin.business, step: name(of: day))
            }
            if lot.holding.pending != 0 { note(lot, id, in: &begins, key(lot.origin.firstDay)) }
            if lot.holding.active != 0 || lot.holding.held != 0 { note(lot, id, in: &ends, key(lastDay(of: lot))) }
        }
        return FinanceReport(
            sequence: LogSequence(state.sequence),
            tables: [
                table("expiry_ladder", "ends", ["active", "held"], ends, names) { [$0.active, $0.held] },
                table("pending_ladder", "begins", ["pending"], begins, names) { [$0.pending] },
            ], checks: [check(names)])
    }

    private func lastDay(of lot: Lot) -> CivilDay? {
        guard lot.origin.endsAt != 0 else { return nil }
        let slides = slidesTo[UInt64(lot.member) << 16 | UInt64(lot.wallet), default: 0]
        return lot.origin.lastDay(endingAt: max(lot.origin.endsAt, slides))
    }

    private func name(of day: CivilDay?) -> String {
        guard let day else { return "never" }
        return step == .day ? "\(day)" : day.monthText
    }

    private func note(_ lot: Lot, _ id: UInt64, in lines: inout [Key: Line], _ key: Key) {
        var line = lines[key] ?? Line()
        line.active += lot.holding.active
        line.held += lot.holding.held
        line.pending += lot.holding.pending
        line.lots += 1
        if keepsSequences { line.trail.append(LotID(id).sequence) }
        lines[key] = line
    }

    private func table(
        _ name: String, _ step: String, _ figures: [String], _ lines: [Key: Line], _ names: ProgrammeNames,
        _ values: (Line) -> [Int64]
    ) -> ReportTable {
        var table = ReportTable(name, ["wallet", "business", step] + figures + ["lots"])
        let ordered = lines.sorted {
            ($0.key.wallet, $0.key.business, $0.key.step) < ($1.key.wallet, $1.key.business, $1.key.step)
        }
        for (key, line) in ordered {
            table.add(
                [.text(names.wallet(key.wallet)), .text(names.business(key.business)), .text(key.step)]
                    + values(line).map { .points($0, key.wallet, names) } + [.number(line.lots)],
                sequences: Array(Set(line.trail)).sorted())
        }
        return table
    }

    private func check(_ names: ProgrammeNames) -> ReportCheck {
        var found: [AccountKey: Int64] = [:]
        for lot in lots.values {
            for (purpose, amount) in [
                (Purpose.active, lot.holding.active), (.held, lot.holding.held), (.pending, lot.holding.pending),
            ] where amount != 0 {
                found[
                    AccountKey(business: lot.origin.business, wallet: lot.wallet, purpose: purpose), default: 0] +=
                    amount
            }
        }
        return ReportCheck("the lots are what members hold", fault: difference(found, accounts, names))
    }
}

extension CivilDay {
    /// Its month as `YYYY-MM`.
    var monthText: String { String(description.prefix(7)) }

    /// Months since the year 0.
    var monthNumber: Int {
        let date = date
        return date.year * 12 + date.month - 1
    }

    /// The month of that number as `YYYY-MM`.
    static func monthText(_ number: Int) -> String {
        CivilDay(year: number / 12, month: number % 12 + 1, day: 1)?.monthText ?? "\(number)"
    }
}
