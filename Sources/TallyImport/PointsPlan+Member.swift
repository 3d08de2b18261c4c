import TallyModel

extension PointsPlan.Member {
    /// Adds up the rows of a member.
    ///
    /// - Throws: ``PointsFault`` when they do not add up, or the names cannot be those of one member.
    init(of rows: [PointsFile.Row], _ mapping: PointsMapping) throws(PointsFault) {
        let line = rows[0].line
        let keys = PointsPlan.Member.keys(of: rows, mapping)
        try PointsPlan.Member.check(keys, line)
        let total = rows.reduce(0) { $0 + $1.points }
        for row in rows {
            guard let expected = row.memberTotal, expected != total else { continue }
            throw PointsFault(
                line: row.line, column: 0, field: "control total of \(keys[0])", found: "\(total) minor units",
                expected: "\(expected), as the row says: are rows of the member missing?")
        }
        var lots: [PointsPlan.Lot] = []
        for wallet in Set(rows.map(\.wallet)).sorted() {
            lots += try PointsPlan.Member.lots(of: rows.filter { $0.wallet == wallet }, keys[0])
        }
        let ended = lots.filter { $0.endsOn.map { $0 < mapping.bookedOn } ?? false }
        lots.removeAll { $0.endsOn.map { $0 < mapping.bookedOn } ?? false }
        self.init(keys: keys, line: line, lots: lots, total: total, ended: ended.reduce(0) { $0 + $1.points })
    }

    /// All names: kind by kind in the order of the mapping's columns, then as they stand in the file.
    private static func keys(of rows: [PointsFile.Row], _ mapping: PointsMapping) -> [MemberKey] {
        var seen: Set<MemberKey> = []
        var keys: [MemberKey] = []
        for row in rows { for key in row.keys where seen.insert(key).inserted { keys.append(key) } }
        var kinds: [MemberKey.Kind] = []
        for column in mapping.keys where !kinds.contains(column.kind) { kinds.append(column.kind) }
        return kinds.flatMap { kind in keys.filter { $0.kind == kind } }
    }

    private static func check(_ keys: [MemberKey], _ line: Int) throws(PointsFault) {
        guard keys.count <= PointsPlan.keysPerMemberMax else {
            throw PointsFault(
                line: line, column: 0, field: "keys of \(keys[0])", found: "\(keys.count) keys",
                expected: "at most \(PointsPlan.keysPerMemberMax) of one member: does a placeholder stand for a key?")
        }
        let ids = keys.filter { $0.kind == .external }
        guard ids.count <= 1 else {
            throw PointsFault(
                line: line, column: 0, field: "keys of \(ids[0])", found: "\(ids.map(\.text).joined(separator: ", "))",
                expected: "one external id: rows that share a phone or card are one member")
        }
    }

    /// What a lot's rows have in common.
    private struct Form: Hashable {
        var business: String
        var earnedOn: CivilDay?
        var endsOn: CivilDay?
    }

    /// What a wallet's rows gave, one lot for the same days and business, in the order of the ends.
    private static func given(by rows: [PointsFile.Row]) -> [PointsPlan.Lot] {
        var lots: [PointsPlan.Lot] = []
        var places: [Form: Int] = [:]
        for row in rows where row.points > 0 {
            let form = Form(business: row.business, earnedOn: row.earnedOn, endsOn: row.endsOn)
            if let place = places[form] {
                lots[place].points += row.points
                continue
            }
            places[form] = lots.count
            lots.append(
                PointsPlan.Lot(
                    wallet: row.wallet, business: row.business, earnedOn: row.earnedOn, endsOn: row.endsOn,
                    points: row.points, line: row.line))
        }
        return lots.sorted { $0.ends(before: $1) }
    }

    /// What is left of a wallet's rows.
    private static func lots(of rows: [PointsFile.Row], _ key: MemberKey) throws(PointsFault) -> [PointsPlan.Lot] {
        var lots = PointsPlan.Member.given(by: rows)
        var missing = rows.reduce(0) { $1.points < 0 ? $0 - $1.points : $0 }
        for index in lots.indices where missing > 0 {
            let part = min(missing, lots[index].points)
            lots[index].points -= part
            missing -= part
        }
        guard missing == 0 else {
            throw PointsFault(
                line: rows[0].line, column: 0, field: "movements of \(key) in wallet \(rows[0].wallet)",
                found: "-\(missing) minor units", expected: "a sum of 0 or more: more was taken than was given")
        }
        for lot in lots where lot.points > Limits.amountMinorMax {
            throw PointsFault(
                line: lot.line, column: 0, field: "points of \(key)", found: "\(lot.points) minor units",
                expected: "at most \(Limits.amountMinorMax)")
        }
        return lots.filter { $0.points > 0 }
    }
}

extension PointsPlan.Lot {
    /// Lots are set off in the order of their ends, those without one last; then as they were earned.
    fileprivate func ends(before other: PointsPlan.Lot) -> Bool {
        let (end, otherEnd) = (endsOn?.days ?? .max, other.endsOn?.days ?? .max)
        if end != otherEnd { return end < otherEnd }
        let (earned, otherEarned) = (earnedOn?.days ?? .min, other.earnedOn?.days ?? .min)
        return earned != otherEarned ? earned < otherEarned : line < other.line
    }
}
