import Foundation
import TallyImport
import TallyModel

/// Files of points for tests.
enum PointsRegister {
    /// The example that comes with the package.
    static func shipped() throws -> (mapping: PointsMapping, bytes: [UInt8]) {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder = root.appending(path: "deploy/examples/imports")
        let yaml = try String(contentsOf: folder.appending(path: "1c-register.yaml"), encoding: .utf8)
        let bytes = try Data(contentsOf: folder.appending(path: "1c-register.csv"))
        return (try PointsMapping(yaml: yaml), Array(bytes))
    }

    /// The header of ``mapping``.
    static let header = "card;phone;move;points;earned;ends;id;wallet"

    /// A mapping with every kind of column; taken over on 2026-05-01.
    static var mapping: PointsMapping {
        var mapping = PointsMapping(
            name: "test", keys: [.init(.card, "card"), .init(.phone, "phone")], points: "points",
            wallet: .column(header: "wallet", values: ["p": "points", "w": "winback"]), business: .constant("salon"),
            bookedOn: CivilDay(days: 20_574), reason: "Opening")
        mapping.movement = .init(header: "move", credit: "in", debit: "out")
        (mapping.earnedOn, mapping.endsOn, mapping.rowID) = ("earned", "ends", "id")
        mapping.form.decimalMark = ","
        return mapping
    }

    /// The plan of some rows under ``header``.
    static func plan(_ rows: [String], _ change: (inout PointsMapping) -> Void = { _ in }) throws -> PointsPlan {
        var mapping = mapping
        change(&mapping)
        return try PointsPlan(Array(([header] + rows).joined(separator: "\r\n").utf8), mapping: mapping)
    }
}
