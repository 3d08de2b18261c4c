import TallyModel
public import TallyProjections
import TallyTables

/// What became of gift cards, certificates, coupons and promo codes, and what is owed to the bearers of cards and certificates.
///
/// | column | what it counts |
/// |---|---|
/// | `issued` | copies brought into being |
/// | `reserved` | uses that purchases under way have set aside |
/// | `redeemed`, `restored` | uses made, uses given back |
/// | `expired` | copies whose time ran out without a use |
/// | `cancelled` | copies that nobody may use any more |
/// | `redeemed_amount` | what the uses were worth, less what was given back |
/// | `uses_left`, `amount_left` | of the budgets; empty without one |
/// | `liability` | what is owed to bearers |
///
/// Identity: the liability of a business and wallet is opening and all movements, the balance of its account `cards`, and what is on the
/// cards themselves.
public struct InstrumentReport: FinanceScan {
    /// What has happened to an instrument.
    private struct Line {
        var issued: Int64 = 0
        var reserved: Int64 = 0
        var reservedAmount: Int64 = 0
        var redeemed: Int64 = 0
        var restored: Int64 = 0
        var expired: Int64 = 0
        var cancelled: Int64 = 0
        var amount: Int64 = 0
        var put: Int64 = 0
        var liability: Int64 = 0
        var trail: Trail
    }

    private let period: BooksPeriod
    private let keepsSequences: Bool
    private var lines: [UInt32: Line] = [:]
    private var owed = BearerLiability()
    /// Amounts of the reservations under way, by their records.
    private var reservations: [UInt64: Int64] = [:]
    private var restoredUses: Set<UseName> = []
    /// Uses of unique copies that were not given back, and copies that were cancelled.
    private var usesOfCopies: [UInt32: Int64] = [:]
    private var cancelledCopies: Set<UInt32> = []
    private var check = BooksCheck()
    private var isCut = false

    private struct UseName: Hashable {
        var sequence: UInt64
        var place: UInt32
    }

    /// A report before the first entry.
    ///
    /// - Parameters:
    ///   - period: The days of the movements of the liability; what comes behind its last day does not count at all.
    ///   - keepsSequences: True to name the records behind each row.
    public init(period: BooksPeriod = .all, keepsSequences: Bool = false) {
        (self.period, self.keepsSequences) = (period, keepsSequences)
    }

    /// Takes an entry in.
    public mutating func add(_ entry: BookEntry, _ state: borrowing ProgrammeState) {
        check.add(entry)
        guard !entry.steps.isEmpty else { return }
        let place = period.place(of: entry.day)
        guard place != .after else {
            isCut = true
            return
        }
        for step in entry.steps {
            let instrument = state.instruments[Int(step.instrument) - 1]
            count(step, entry.sequence, isMoney: instrument.isMoney)
            guard instrument.isMoney else { continue }
            owed.add(
                step, of: AccountKey(business: instrument.business, wallet: instrument.wallet, purpose: .cards),
                isBefore: place == .before, entry.sequence, keepsSequences: keepsSequences)
        }
        owed.add(entry.postings)
    }

    private mutating func count(_ step: InstrumentStep, _ sequence: UInt64, isMoney: Bool) {
        var line = lines[step.instrument] ?? Line(trail: Trail(isKept: keepsSequences))
        line.trail.note(sequence)
        switch step.kind {
        case .issue:
            line.issued += Int64(step.count)
            line.put += step.amount
        case .charge: line.put += step.amount
        case .reserve:
            reservations[sequence] = step.amount
            line.reserved += 1
            line.reservedAmount += step.amount
        case .release: end(step.reference, &line)
        case .redeem:
            if step.reference != 0 { end(step.reference, &line) }
            line.redeemed += 1
            line.amount += step.amount
            if step.serial != 0 { usesOfCopies[step.serial, default: 0] += 1 }
        case .restore:
            line.amount -= step.amount
            if restoredUses.insert(UseName(sequence: step.reference, place: step.place)).inserted {
                line.restored += 1
                if step.serial != 0 { usesOfCopies[step.serial, default: 0] -= 1 }
            }
        case .cancel:
            line.cancelled += 1
            if step.serial != 0 { cancelledCopies.insert(step.serial) }
        case .expire: line.expired += unused(step)
        }
        if isMoney { line.liability += step.liability }
        lines[step.instrument] = line
    }

    private mutating func end(_ reservation: UInt64, _ line: inout Line) {
        guard let amount = reservations.removeValue(forKey: reservation) else { return }
        line.reserved -= 1
        line.reservedAmount -= amount
    }

    /// Copies of an issue that nobody has used or cancelled.
    private func unused(_ step: InstrumentStep) -> Int64 {
        let last = step.serial &+ step.count &- 1
        let used = usesOfCopies.count { $0.value > 0 && $0.key >= step.serial && $0.key <= last }
        let cancelled = cancelledCopies.count {
            $0 >= step.serial && $0 <= last && usesOfCopies[$0, default: 0] == 0
        }
        return Int64(step.count) - Int64(used) - Int64(cancelled)
    }

    /// The instruments in the order of their definition, then the liability by business and wallet.
    public func report(_ state: borrowing ProgrammeState) -> FinanceReport {
        let names = ProgrammeNames(state)
        var table = ReportTable(
            "instruments",
            [
                "instrument", "kind", "business", "wallet", "issued", "reserved", "redeemed", "restored", "expired",
                "cancelled", "redeemed_amount", "uses_left", "amount_left", "liability",
            ])
        for row in 0..<state.instruments.count {
            let line = lines[UInt32(row + 1)] ?? Line(trail: Trail(isKept: keepsSequences))
            table.add(cells(line, state.instruments[row], state, names), sequences: line.trail.sequences)
        }
        var checks = [owed.check(names)]
        if !isCut { checks += [countCheck(state, names), BearerLiability.check(state, names)] }
        return FinanceReport(
            sequence: LogSequence(state.sequence), tables: [table, owed.table(names)],
            checks: checks + check.checks(state))
    }

    private func cells(
        _ line: Line, _ row: InstrumentRow, _ state: borrowing ProgrammeState, _ names: ProgrammeNames
    ) -> [ReportTable.Cell] {
        let scale = row.isMoney ? names.scale(ofWallet: row.wallet) : names.currency(row.business).scale
        let taken = row.isMoney ? line.put : line.amount + line.reservedAmount
        let usesTaken = line.redeemed - line.restored + line.reserved
        return [
            .text(state.texts.string(row.id)), .text(InstrumentKind(rawValue: row.kind).map { "\($0)" } ?? ""),
            .text(names.business(row.business)), .text(names.wallet(row.wallet)), .number(line.issued),
            .number(line.reserved), .number(line.redeemed), .number(line.restored), .number(line.expired),
            .number(line.cancelled), .amount(line.amount, scale: scale),
            .number(row.usesBudget == 0 ? nil : row.usesBudget - usesTaken),
            .amount(row.amountBudget == 0 ? nil : row.amountBudget - taken, scale: scale),
            .amount(row.isMoney ? line.liability : nil, scale: scale),
        ]
    }

    /// The counts of all entries are those by which the ledger decides.
    private func countCheck(_ state: borrowing ProgrammeState, _ names: ProgrammeNames) -> ReportCheck {
        var fault: String?
        for row in 0..<state.instruments.count where fault == nil {
            let instrument = state.instruments[row]
            let line = lines[UInt32(row + 1)] ?? Line(trail: Trail(isKept: false))
            guard line.redeemed - line.restored == instrument.usesTaken,
                line.reserved == Int64(instrument.usesReserved), line.issued == Int64(instrument.codesIssued),
                instrument.amountTaken == (instrument.isMoney ? line.put : line.amount)
            else {
                fault = "\(state.texts.string(instrument.id)): \(line.redeemed - line.restored) uses"
                continue
            }
        }
        return ReportCheck("the counts are those of the budgets", fault: fault)
    }
}

extension InstrumentStep {
    /// By how much what is owed to bearers changes, for an instrument that stands for money.
    var liability: Int64 {
        switch kind {
        case .issue, .charge: amount
        case .reserve: 0
        case .redeem: -(amount + lost)
        case .release, .cancel: -lost
        case .restore: amount + lost
        case .expire: -amount
        }
    }
}
