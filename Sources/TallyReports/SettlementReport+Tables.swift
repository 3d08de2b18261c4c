import TallyModel
import TallyProjections
import TallyTables

extension SettlementReport {
    /// What a flow comes to by its terms.
    private struct Price {
        var gross: Int64
        var fee: Int64
        var owed: Int64

        /// - Returns: nil beyond 64 bits.
        init?(_ points: Int64, _ terms: SettlementRow) {
            let rate = Rate(numerator: terms.numerator, denominator: max(1, terms.denominator))
            let fees = Rate(numerator: UInt32(terms.feeBasisPoints), denominator: 10_000)
            guard points != .min, let gross = rate.of(abs(points), rounding: .halfEven),
                let fee = fees.of(gross, rounding: .halfEven)
            else { return nil }
            let sign: Int64 = points < 0 ? -1 : 1
            self.gross = sign * gross
            self.fee = sign * fee
            owed = terms.timing == UInt16(SettlementTiming.issue.rawValue) ? 0 : sign * (gross - fee)
        }
    }

    private var ordered: [(key: Key, flow: Flow)] {
        flows.sorted {
            ($0.key.wallet, $0.key.issuer, $0.key.redeemer, $0.key.terms)
                < ($1.key.wallet, $1.key.issuer, $1.key.redeemer, $1.key.terms)
        }.map { ($0.key, $0.value) }
    }

    private func price(_ key: Key, _ points: Int64, _ state: borrowing ProgrammeState) -> Price? {
        key.terms == 0 ? nil : Price(points, state.settlements[key.terms - 1])
    }

    private func termsText(_ key: Key, _ state: borrowing ProgrammeState) -> String {
        guard key.issuer != key.redeemer else { return "own" }
        guard key.terms != 0 else { return "none" }
        let terms = state.settlements[key.terms - 1]
        let timing = terms.timing == UInt16(SettlementTiming.issue.rawValue) ? "issue" : "redemption"
        return "\(terms.numerator)/\(terms.denominator) fee \(terms.feeBasisPoints) bp at \(timing)"
    }

    /// Issuer by redeemer; points that a business took of its own stand there without a price.
    func matrix(_ state: borrowing ProgrammeState, _ names: ProgrammeNames) -> ReportTable {
        var table = ReportTable(
            "settlement",
            [
                "wallet", "issuer", "redeemer", "terms", "redeemed", "restored", "taken_back", "corrected", "points",
                "gross", "fee", "owed", "currency",
            ])
        for (key, flow) in ordered {
            let price = price(key, flow.net, state)
            let money = names.currency(key.redeemer)
            table.add(
                [
                    .text(names.wallet(key.wallet)), .text(names.business(key.issuer)),
                    .text(names.business(key.redeemer)), .text(termsText(key, state)),
                ]
                    + [flow.redeemed, flow.restored, flow.takenBack, flow.corrected, flow.net].map {
                        .points($0, key.wallet, names)
                    }
                    + [price?.gross, price?.fee, price?.owed].map { .amount($0, scale: money.scale) }
                    + [.text(price == nil ? "" : money.code)], sequences: flow.trail.sequences)
        }
        return table
    }

    /// What two businesses owe each other, set off: money of one currency only.
    func netting(_ state: borrowing ProgrammeState, _ names: ProgrammeNames) -> ReportTable {
        var pairs: [PairKey: PairSum] = [:]
        for (key, flow) in ordered where key.issuer != key.redeemer {
            let money = names.currency(key.redeemer)
            let isFirst = key.issuer < key.redeemer
            let pair = PairKey(
                first: min(key.issuer, key.redeemer), second: max(key.issuer, key.redeemer), currency: money.code,
                scale: money.scale)
            var sum = pairs[pair] ?? PairSum()
            if let price = price(key, flow.net, state) {
                if isFirst { sum.firstOwes += price.owed } else { sum.secondOwes += price.owed }
            } else {
                sum.uncovered[key.wallet, default: 0] += flow.net.magnitude
            }
            pairs[pair] = sum
        }
        var table = ReportTable(
            "netting", ["first", "second", "first_owes", "second_owes", "first_pays", "currency", "uncovered_points"])
        for (pair, sum) in pairs.sorted(by: { $0.key < $1.key }) {
            let uncovered = sum.uncovered.filter { $0.value > 0 }.sorted { $0.key < $1.key }.map {
                "\(names.wallet($0.key)) \($0.value)"
            }
            table.add(
                [.text(names.business(pair.first)), .text(names.business(pair.second))]
                    + [sum.firstOwes, sum.secondOwes, sum.firstOwes - sum.secondOwes].map {
                        .amount($0, scale: pair.scale)
                    }
                    + [.text(pair.currency), .text(uncovered.joined(separator: ", "))])
        }
        return table
    }

    /// Every movement of a pair.
    func statement(_ state: borrowing ProgrammeState, _ names: ProgrammeNames) -> ReportTable {
        var table = ReportTable(
            "movements",
            [
                "day", "sequence", "what", "member", "wallet", "issuer", "redeemer", "store", "receipt", "lot",
                "points", "terms",
            ])
        for movement in movements.sorted(by: { ($0.entry.day, $0.entry.sequence) < ($1.entry.day, $1.entry.sequence) })
        {
            let (entry, change) = (movement.entry, movement.change)
            let key = Key(
                wallet: change.wallet, issuer: change.business, redeemer: entry.business, terms: movement.terms)
            table.add(
                [
                    .day(entry.day), .number(Int64(entry.sequence)), .text(change.cause.columnName),
                    .text(ProgrammeNames.member(entry.member, state)), .text(names.wallet(change.wallet)),
                    .text(names.business(change.business)), .text(names.business(entry.business)),
                    .text(names.store(entry.store)), .text(entry.receipt), .text(change.lot.map { "\($0)" } ?? ""),
                    .points(-change.amount, change.wallet, names), .text(termsText(key, state)),
                ], sequences: [entry.sequence])
        }
        return table
    }
}

/// Two businesses and the money that one owes the other in.
private struct PairKey: Hashable, Comparable {
    var first: UInt16
    var second: UInt16
    var currency: String
    var scale: UInt8

    static func < (a: PairKey, b: PairKey) -> Bool {
        (a.first, a.second, a.currency, a.scale) < (b.first, b.second, b.currency, b.scale)
    }
}

private struct PairSum {
    var firstOwes: Int64 = 0
    var secondOwes: Int64 = 0
    /// Points without terms, in either direction, by wallet.
    var uncovered: [UInt16: UInt64] = [:]
}
