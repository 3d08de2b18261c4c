import TallyModel
public import TallyProjections
import TallyTables

/// A receipt as a till's own report has it.
public struct TillReceipt: Sendable, Hashable {
    /// What it is.
    public enum Kind: String, Sendable, CaseIterable {
        /// A purchase.
        case sale
        /// Goods that came back.
        case `return`
        /// A purchase that was taken back as a whole.
        case void
    }

    /// Which receipts can be the same.
    public struct Key: Sendable, Hashable, Comparable {
        /// The id of the store.
        public var store: String
        /// The number on the receipt.
        public var receipt: String
        /// What it is.
        public var kind: Kind

        /// A key of its parts.
        public init(store: String, receipt: String, kind: Kind) {
            (self.store, self.receipt, self.kind) = (store, receipt, kind)
        }

        /// Orders receipts by store, number and kind.
        public static func < (a: Key, b: Key) -> Bool {
            (a.store, a.receipt, a.kind.rawValue) < (b.store, b.receipt, b.kind.rawValue)
        }
    }

    /// Store, number and kind.
    public var key: Key
    /// Money in minor units, not negative whatever the kind.
    public var totalMinor: Int64

    /// A receipt of its parts.
    public init(key: Key, totalMinor: Int64) { (self.key, self.totalMinor) = (key, totalMinor) }
}

/// The ledger's receipts against a till's report, by store, number and kind.
///
/// A number may stand several times, because tills begin again from 1: then equal amounts are matched first, then the
/// others in their order, and what is left over is missing on the other side. Each receipt is in exactly one row of the
/// totals.
public struct TillReconciliation: FinanceScan {
    private struct Found {
        var sequence: UInt64
        var day: CivilDay
        var total: Int64
    }

    private enum Verdict: String, CaseIterable {
        case matched
        case differentAmount = "different_amount"
        case missingInLedger = "missing_in_ledger"
        case missingAtTill = "missing_at_till"
    }

    private struct Total {
        var count: Int64 = 0
        var ledger: Int64 = 0
        var till: Int64 = 0
    }

    private let period: BooksPeriod
    private let stores: Set<String>?
    private var till: [TillReceipt.Key: [Int64]] = [:]
    private var ledger: [TillReceipt.Key: [Found]] = [:]
    /// Decimals of the money of each store that has receipts here.
    private var scales: [String: UInt8] = [:]

    /// A reconciliation before the first entry.
    ///
    /// - Parameters:
    ///   - receipts: The till's report.
    ///   - period: The days of the ledger's receipts that are looked for in it.
    ///   - isOfNamedStores: True to look only at the stores that the report names; a report of one store says nothing
    ///   about others.
    public init(against receipts: [TillReceipt], period: BooksPeriod = .all, isOfNamedStores: Bool = true) {
        self.period = period
        stores = isOfNamedStores ? Set(receipts.map(\.key.store)) : nil
        for receipt in receipts { till[receipt.key, default: []].append(receipt.totalMinor) }
    }

    /// Takes an entry in.
    public mutating func add(_ entry: BookEntry, _ state: borrowing ProgrammeState) {
        guard entry.isReceipt, period.place(of: entry.day) == .inside else { return }
        let store = state.texts.string(state.stores[Int(entry.store) - 1].id)
        guard stores?.contains(store) ?? true else { return }
        if scales[store] == nil {
            scales[store] = ProgrammeNames(state).currency(state.stores[Int(entry.store) - 1].business).scale
        }
        let kind: TillReceipt.Kind =
            switch entry.kind {
            case .return: .return
            case .void: .void
            default: .sale
            }
        ledger[TillReceipt.Key(store: store, receipt: entry.receipt, kind: kind), default: []]
            .append(Found(sequence: entry.sequence, day: entry.day, total: abs(entry.total)))
    }

    /// What differs, receipt by receipt, and the totals.
    public func report(_ state: borrowing ProgrammeState) -> FinanceReport {
        var differences = ReportTable(
            "differences", ["verdict", "store", "receipt", "kind", "day", "sequence", "ledger", "till", "difference"])
        var totals: [Verdict: Total] = [:]
        // Totals of several currencies are not money; they only show that no receipt was lost.
        let scale = state.businesses.count == 0 ? 0 : ProgrammeNames(state).currency(1).scale
        for key in Set(till.keys).union(ledger.keys).sorted() {
            let money = scales[key.store] ?? scale
            for (found, amount) in pairs(of: key) {
                let verdict = verdict(found, amount)
                totals[verdict, default: Total()].count += 1
                totals[verdict, default: Total()].ledger += found?.total ?? 0
                totals[verdict, default: Total()].till += amount ?? 0
                guard verdict != .matched else { continue }
                differences.add(
                    [
                        .text(verdict.rawValue), .text(key.store), .text(key.receipt), .text(key.kind.rawValue),
                        .day(found?.day), .number(found.map { Int64($0.sequence) }),
                        .amount(found?.total, scale: money), .amount(amount, scale: money),
                        .amount((found?.total ?? 0) - (amount ?? 0), scale: money),
                    ], sequences: found.map { [$0.sequence] } ?? [])
            }
        }
        return FinanceReport(
            sequence: LogSequence(state.sequence), tables: [differences, table(totals, scale)],
            checks: [
                ReportCheck(
                    "the ledger and the till agree",
                    fault: differences.rows.isEmpty ? nil : "\(differences.rows.count) receipts differ")
            ])
    }

    private func table(_ totals: [Verdict: Total], _ scale: UInt8) -> ReportTable {
        var table = ReportTable("totals", ["verdict", "receipts", "ledger", "till"])
        for verdict in Verdict.allCases {
            let total = totals[verdict] ?? Total()
            table.add([
                .text(verdict.rawValue), .number(total.count), .amount(total.ledger, scale: scale),
                .amount(total.till, scale: scale),
            ])
        }
        return table
    }

    private func verdict(_ found: Found?, _ amount: Int64?) -> Verdict {
        switch (found, amount) {
        case (let found?, let amount?): found.total == amount ? .matched : .differentAmount
        case (nil, _): .missingInLedger
        case (_, nil): .missingAtTill
        }
    }

    private func pairs(of key: TillReceipt.Key) -> [(Found?, Int64?)] {
        var left = ledger[key] ?? []
        var unmatched: [Int64] = []
        var pairs: [(Found?, Int64?)] = []
        for amount in till[key] ?? [] {
            if let place = left.firstIndex(where: { $0.total == amount }) {
                pairs.append((left.remove(at: place), amount))
            } else {
                unmatched.append(amount)
            }
        }
        for place in 0..<max(left.count, unmatched.count) {
            pairs.append(
                (
                    left.indices.contains(place) ? left[place] : nil,
                    unmatched.indices.contains(place) ? unmatched[place] : nil
                ))
        }
        return pairs
    }
}
