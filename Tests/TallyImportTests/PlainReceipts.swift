import TallyImport
import TallyModel

/// The plain twin of ``ReceiptsCSV``: strings, dictionaries and commands, written to be obviously right.
struct PlainReceipts {
    private let business: String
    private let zone: CivilZone

    init(business: String, zone: CivilZone) { (self.business, self.zone) = (business, zone) }

    /// The events of a good file, in order.
    func commands(of text: String) -> [Command] {
        var commands: [Command] = []
        var stores = Set<String>()
        var members = Set<String>()
        for rows in receipts(text) {
            let (member, store) = (rows[0][1], rows[0][2])
            if stores.insert(store).inserted {
                commands.append(.defineStore(StoreDefinition(id: store, business: business, zone: zone.name)))
            }
            if !member.isEmpty, members.insert(member).inserted {
                commands.append(.registerMember(Registration(externalID: member)))
            }
            commands.append(command(rows))
        }
        return commands
    }

    private func receipts(_ text: String) -> [[[String]]] {
        var receipts: [[[String]]] = []
        for row in PlainReceipts.rows(text).dropFirst() {
            if receipts.last?[0][0] == row[0] {
                receipts[receipts.count - 1].append(row)
            } else {
                receipts.append([row])
            }
        }
        return receipts
    }

    private func command(_ rows: [[String]]) -> Command {
        let totals = rows.map { PlainReceipts.scaled($0[8], 2) }
        let quantities = rows.map { PlainReceipts.scaled($0[6], 3) }
        let (instant, offset) = moment(rows.map { $0[3] }.min()!)
        let member: MemberReference = rows[0][1].isEmpty ? .anonymous : .external(rows[0][1])
        let total = Money(minor: totals.map(abs).reduce(0, +))
        let isReturn = totals.contains { $0 < 0 } || quantities.contains { $0 < 0 }
        if isReturn {
            let lines = rows.indices.map {
                ReturnLine(
                    sku: rows[$0][4], category: rows[$0][5], quantity: Quantity(thousandths: abs(quantities[$0])),
                    total: Money(minor: abs(totals[$0])))
            }
            return .return(
                ReturnSlip(
                    store: rows[0][2], member: member, number: rows[0][0], occurredAt: instant,
                    utcOffsetMinutes: offset,
                    channel: .importer, total: total, lines: lines))
        }
        let lines = rows.indices.map {
            ReceiptLine(
                sku: rows[$0][4], category: rows[$0][5], quantity: Quantity(thousandths: quantities[$0]),
                total: Money(minor: totals[$0]))
        }
        return .purchase(
            Receipt(
                store: rows[0][2], member: member, number: rows[0][0], occurredAt: instant, utcOffsetMinutes: offset,
                channel: .importer, total: total, lines: lines))
    }

    private func moment(_ civil: String) -> (Instant, Int16) {
        let asUTC = Instant.parse(civil + "Z")!.instant.microseconds
        let offset = zone.utcOffsetMinutes(atCivil: asUTC / 1_000_000)
        return (Instant(microseconds: asUTC - Int64(offset) * 60_000_000), offset)
    }

    private static func scaled(_ text: String, _ scale: Int) -> Int64 {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let decimals = parts.count > 1 ? String(parts[1]) : ""
        return Int64("\(parts[0])\(decimals)" + String(repeating: "0", count: scale - decimals.count))!
    }

    private static func rows(_ text: String) -> [[String]] {
        var rows: [[String]] = [[""]]
        var isQuoted = false
        for scalar in text.unicodeScalars {
            let field = rows[rows.count - 1].count - 1
            switch scalar {
            case "\"":
                // The second of two quotes stands for one: it is inside again when the first one closed.
                if !isQuoted, rows[rows.count - 1][field].isEmpty == false { rows[rows.count - 1][field] += "\"" }
                isQuoted.toggle()
            case "," where !isQuoted: rows[rows.count - 1].append("")
            case "\n" where !isQuoted: rows.append([""])
            case "\r" where !isQuoted: break
            default: rows[rows.count - 1][field].unicodeScalars.append(scalar)
            }
        }
        return rows.filter { $0 != [""] }
    }
}
