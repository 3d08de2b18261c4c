import TallyJSON
import TallyModel
import TallyReports

/// What an undo took back, and what it could not.
struct UndoCertificate {
    /// A correction that the ledger refused.
    struct Refused {
        var row: ManifestLots.Row
        var rejection: Rejection
    }

    /// Figures of all members in one wallet and business.
    private struct Sums {
        var given: Int64 = 0
        var takenBefore: Int64 = 0
        var takenNow: Int64 = 0
        var waiting: Int64 = 0
        var left: Int64 = 0
        var held: Int64 = 0
        var gone: Int64 = 0

        static let names = ["given", "taken_before", "taken_now", "waiting", "left", "held", "gone"]
        var values: [Int64] { [given, takenBefore, takenNow, waiting, left, held, gone] }
    }

    private struct Key: Hashable, Comparable {
        var wallet: String
        var business: String

        static func < (a: Key, b: Key) -> Bool { (a.wallet, a.business) < (b.wallet, b.business) }
    }

    let manifest: UInt64
    let isDryRun: Bool
    /// What the log said before.
    let found: ManifestLots
    /// What the log says behind it.
    var left: ManifestLots
    /// What the ledger refused in the last round.
    var refused: [Refused] = []

    init(manifest: UInt64, isDryRun: Bool, found: ManifestLots) {
        (self.manifest, self.isDryRun, self.found) = (manifest, isDryRun, found)
        left = found
    }

    /// What can still be taken back; 0 after an undo that went through.
    private var takable: Int64 { left.rows.reduce(0) { $0 + $1.takable } }

    /// What waits for another operator.
    private var waiting: Int64 { left.rows.reduce(0) { $0 + $1.waiting } }

    /// One word for what the second reading of the log found.
    private var verdict: String {
        if isDryRun { return "nothing written" }
        guard takable == 0 else { return "\(takable) points in minor units are still there" }
        return waiting == 0 ? "equal" : "\(waiting) points in minor units wait for another operator"
    }

    /// Ends with the code for what was refused, waits or is still there.
    func check() throws {
        guard refused.isEmpty else {
            throw Failure(
                .partlyRejected,
                "\(refused.count) corrections were refused: \(refused[0].rejection.advice)")
        }
        guard isDryRun || takable == 0 else { throw Failure(.checkFailed, verdict) }
        guard isDryRun || waiting == 0 else { throw Failure(.partlyRejected, verdict) }
    }

    private var sums: [(key: Key, sums: Sums)] {
        var found: [Key: Sums] = [:]
        for row in left.rows {
            var sums = found[Key(wallet: row.wallet, business: row.business)] ?? Sums()
            sums.given += row.given
            sums.takenNow += row.takenBack
            sums.waiting += row.waiting
            sums.left += row.active + row.pending + row.ended
            sums.held += row.held
            sums.gone += row.gone
            found[Key(wallet: row.wallet, business: row.business)] = sums
        }
        for row in self.found.rows {
            let key = Key(wallet: row.wallet, business: row.business)
            found[key]?.takenBefore += row.takenBack
            found[key]?.takenNow -= row.takenBack
        }
        return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// Members of whom something cannot be taken back: spent, ended, passed on, or set aside by a till.
    private var short: [ManifestLots.Row] { left.rows.filter { $0.gone > 0 || $0.held > 0 } }

    private static func name(_ row: ManifestLots.Row) -> String {
        row.externalID.isEmpty ? "#\(row.member.rawValue)" : row.externalID
    }
}

extension UndoCertificate {
    /// Prints the certificate.
    func print(_ format: OutputFormat) {
        var output = Output()
        switch format {
        case .json: output.line(json)
        case .csv:
            output.line(CSV.row(["name", "value"]))
            for row in rows { output.line(CSV.row(row)) }
        case .table:
            var table = TextTable(["name", "value"])
            for row in rows { table.add(row) }
            for line in table.lines { output.line(line) }
        }
        output.flush()
    }

    private var rows: [[String]] {
        var rows = [
            ["manifest", "\(manifest)"], ["gifts", "\(left.giftCount)"], ["first record", "\(left.first.rawValue)"],
            ["last record", "\(left.last.rawValue)"], ["read to record", "\(left.sequence.rawValue)"],
        ]
        for (key, sums) in sums {
            for (name, value) in zip(Sums.names, sums.values) {
                rows.append(["\(key.wallet) of \(key.business), \(name)", "\(value)"])
            }
        }
        rows += short.map {
            ["not there any more", "\(UndoCertificate.name($0)), \($0.wallet): \($0.gone) gone, \($0.held) held"]
        }
        rows += refused.map {
            ["refused", "\(UndoCertificate.name($0.row)), \($0.row.wallet): \($0.rejection.advice)"]
        }
        return rows + [["verdict", verdict]]
    }

    private var json: String {
        var text = JSONText()
        text.add("manifest", manifest)
        text.add("dry_run", isDryRun)
        text.add("gifts", left.giftCount)
        text.add("first_sequence", left.first.rawValue)
        text.add("last_sequence", left.last.rawValue)
        text.add("read_to_sequence", left.sequence.rawValue)
        text.add(
            "wallets",
            list: sums.map { key, sums in
                var part = JSONText()
                part.add("wallet", key.wallet)
                part.add("business", key.business)
                for (name, value) in zip(Sums.names, sums.values) { part.add("\(name)_minor", value) }
                return part.object
            })
        text.add("not_there_any_more", list: short.map { UndoCertificate.json($0, nil) })
        text.add("refused", list: refused.map { UndoCertificate.json($0.row, $0.rejection) })
        text.add("verdict", verdict)
        return text.object
    }

    private static func json(_ row: ManifestLots.Row, _ rejection: Rejection?) -> String {
        var text = JSONText()
        text.add("member", row.member.rawValue)
        text.add("external", row.externalID)
        text.add("wallet", row.wallet)
        text.add("business", row.business)
        text.add("given_minor", row.given)
        text.add("gone_minor", row.gone)
        text.add("held_minor", row.held)
        if let rejection { text.add("text", rejection.advice) }
        return text.object
    }
}
