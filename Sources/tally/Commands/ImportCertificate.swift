import TallyBytes
import TallyImport
import TallyJSON
import TallyModel

/// What an import or a bulk accrual was, and whether the ledger has what the file says.
///
/// > Source: checklist S0-11 (import certificate).
struct ImportCertificate {
    /// An event that the ledger refused.
    struct RefusedEvent {
        /// The line of the file.
        var line: Int
        /// The member's first name.
        var member: String
        /// What was refused and why.
        var text: String
    }

    /// A member who has other points from the file than the file says.
    struct Difference {
        /// The line of the member's first row.
        var line: Int
        /// The member's first name.
        var member: String
        /// What the file says, in minor units.
        var expected: Int64
        /// What the ledger has recorded, in minor units.
        var found: Int64
    }

    /// What a stage of the ledger is known by.
    struct Stage {
        var tip: UInt64
        var digest: String
    }

    let input: ImportInput
    let plan: PointsPlan
    let booking: PointsPlan.Booking
    /// What the mapping or the command line expects.
    let expected: PointsMapping.ControlTotals
    /// True when nothing was written.
    let isDryRun: Bool
    var newMembers = 0
    var knownMembers = 0
    /// Events that an earlier run had recorded.
    var recordedEarlier = 0
    /// Events that this run recorded.
    var recordedNow = 0
    var firstSequence: UInt64 = 0
    var lastSequence: UInt64 = 0
    var before: Stage?
    var after: Stage?
    var refused: [RefusedEvent] = []
    var differences: [Difference] = []

    init(
        _ input: ImportInput, _ plan: PointsPlan, _ booking: PointsPlan.Booking,
        expected: PointsMapping.ControlTotals, isDryRun: Bool
    ) {
        (self.input, self.plan, self.booking) = (input, plan, booking)
        (self.expected, self.isDryRun) = (expected, isDryRun)
    }

    /// One word for what the comparison found.
    var verdict: String {
        if isDryRun { return "nothing written" }
        guard differences.isEmpty else { return "\(differences.count) members differ" }
        return refused.isEmpty ? "equal" : "equal but for what was refused"
    }

    /// Notes a record of the import.
    mutating func note(sequence: UInt64) {
        firstSequence = firstSequence == 0 ? sequence : min(firstSequence, sequence)
        lastSequence = max(lastSequence, sequence)
    }

    /// Ends with the code for a difference or for what was refused or left out.
    func check() throws {
        guard differences.isEmpty else {
            throw Failure(.checkFailed, "\(differences.count) members have other points than the file says")
        }
        guard refused.isEmpty, plan.leftOut == 0 else {
            throw Failure(.partlyRejected, "\(refused.count) events refused, \(plan.leftOut) members or rows left out")
        }
    }
}

extension ImportCertificate {
    /// Points of the lots by wallet and month of their end.
    private struct Ending: Hashable, Comparable {
        var wallet: String
        /// As `YYYY-MM`; empty when the wallet's terms say.
        var month: String

        static func < (a: Ending, b: Ending) -> Bool { (a.wallet, a.month) < (b.wallet, b.month) }
    }

    private var endings: [(key: Ending, points: Int64, lots: Int)] {
        var found: [Ending: (points: Int64, lots: Int)] = [:]
        for lot in plan.members.flatMap(\.lots) {
            let month = lot.endsOn.map { String("\($0)".prefix(7)) } ?? ""
            let key = Ending(wallet: lot.wallet, month: month)
            found[key, default: (0, 0)].points += lot.points
            found[key, default: (0, 0)].lots += 1
        }
        return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value.points, $0.value.lots) }
    }

    private var lotPoints: Int64 { plan.total - plan.ended }

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
            ["file", input.name], ["sha256", "\(input.digest)"], ["rules sha256", "\(input.rulesDigest)"],
            ["encoding", plan.encoding.rawValue], ["manifest", "\(booking.manifest)"],
            ["columns not read", plan.unreadColumns.joined(separator: ", ")],
            ["rows", counted(plan.rowCount, expected.rows)],
            ["members", counted(plan.members.count, expected.members)],
            ["members new", "\(newMembers)"], ["members known", "\(knownMembers)"],
            ["points of the file", counted(plan.total, expected.points)],
            ["points ended before \(booking.bookedOn)", "\(plan.ended)"],
            ["lots", "\(plan.lotCount)"], ["points of the lots", "\(lotPoints)"],
        ]
        for ending in endings {
            let month = ending.key.month.isEmpty ? "as the terms say" : "in \(ending.key.month)"
            rows.append(["points of \(ending.key.wallet) that end \(month)", "\(ending.points)"])
        }
        rows += [
            ["recorded earlier", "\(recordedEarlier)"], ["recorded now", "\(recordedNow)"],
            ["first record", "\(firstSequence)"], ["last record", "\(lastSequence)"],
        ]
        for (name, stage) in [("before", before), ("after", after)] {
            guard let stage else { continue }
            rows += [["ledger \(name)", "\(stage.tip)"], ["digest \(name)", stage.digest]]
        }
        rows += plan.faults.map { ["left out", "\($0)"] }
        rows += refused.map { ["refused", "line \($0.line), \($0.member): \($0.text)"] }
        rows += differences.map {
            ["differs", "line \($0.line), \($0.member): \($0.expected) in the file, \($0.found) in the ledger"]
        }
        return rows + [["verdict", verdict]]
    }

    private func counted<T: BinaryInteger>(_ found: T, _ expected: T?) -> String {
        expected.map { "\(found), expected \($0)" } ?? "\(found)"
    }

    private var json: String {
        var text = JSONText()
        text.add("file", input.name)
        text.add("sha256", "\(input.digest)")
        text.add("rules_sha256", "\(input.rulesDigest)")
        text.add("encoding", plan.encoding.rawValue)
        text.add("manifest", booking.manifest)
        text.add("dry_run", isDryRun)
        text.add("columns_not_read", list: plan.unreadColumns.map(JSONText.quoted))
        addTotals(to: &text)
        text.add("recorded_earlier", recordedEarlier)
        text.add("recorded_now", recordedNow)
        text.add("first_sequence", firstSequence)
        text.add("last_sequence", lastSequence)
        for (name, stage) in [("before", before), ("after", after)] {
            guard let stage else { continue }
            var part = JSONText()
            part.add("tip", stage.tip)
            part.add("digest", stage.digest)
            text.add("ledger_\(name)", raw: part.object)
        }
        text.add("left_out", list: plan.faults.map { JSONText.quoted("\($0)") })
        text.add("refused", list: refused.map(ImportCertificate.json))
        text.add("differences", list: differences.map(ImportCertificate.json))
        text.add("verdict", verdict)
        return text.object
    }

    private func addTotals(to text: inout JSONText) {
        text.add("rows", plan.rowCount)
        text.add("rows_expected", expected.rows)
        text.add("members", plan.members.count)
        text.add("members_expected", expected.members)
        text.add("members_new", newMembers)
        text.add("members_known", knownMembers)
        text.add("points_minor", plan.total)
        text.add("points_expected_minor", expected.points)
        text.add("points_ended_minor", plan.ended)
        text.add("lots", plan.lotCount)
        text.add("lot_points_minor", lotPoints)
        text.add(
            "endings",
            list: endings.map { ending in
                var part = JSONText()
                part.add("wallet", ending.key.wallet)
                part.add("month", ending.key.month.isEmpty ? nil : ending.key.month)
                part.add("points_minor", ending.points)
                part.add("lots", ending.lots)
                return part.object
            })
    }

    private static func json(_ event: RefusedEvent) -> String {
        var text = JSONText()
        text.add("line", event.line)
        text.add("member", event.member)
        text.add("text", event.text)
        return text.object
    }

    private static func json(_ difference: Difference) -> String {
        var text = JSONText()
        text.add("line", difference.line)
        text.add("member", difference.member)
        text.add("expected_minor", difference.expected)
        text.add("found_minor", difference.found)
        return text.object
    }
}
