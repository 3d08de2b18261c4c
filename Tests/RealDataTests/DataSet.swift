import Foundation
import TallyTesting
import Testing

/// Real receipts with the results that an independent program computed from them.
struct DataSet: Sendable, CustomTestStringConvertible {
    /// Its name; also that of its file.
    let name: String
    /// Only receipts of earlier days count in the expected results.
    let asOf: String
    /// The clock of its stores.
    let zone: String
    /// True for what lies in the repository itself; the others are too large or not ours to pass on.
    let isCommitted: Bool

    static let all = [
        demo,
        DataSet(name: "cdnow", asOf: "1998-07-01", zone: "America/New_York", isCommitted: false),
        DataSet(name: "online_retail", asOf: "2011-12-10", zone: "Europe/London", isCommitted: false),
        completeJourney,
    ]

    /// The slice of `completejourney` that comes with the repository.
    static let demo = DataSet(name: "demo_cj", asOf: "2018-01-01", zone: "America/New_York", isCommitted: true)
    /// All of it.
    static let completeJourney = DataSet(
        name: "completejourney", asOf: "2018-01-01", zone: "America/New_York", isCommitted: false)

    var testDescription: String { name }

    /// The receipts as CSV.
    ///
    /// - Returns: nil, after a loud line, when the set is not on this machine.
    /// - Throws: ``DataFault`` when it is there and cannot be read.
    func receipts() throws -> [UInt8]? { try file(name) }

    /// One of its files as CSV.
    ///
    /// - Parameter name: The file's name without its endings.
    /// - Returns: nil, after a loud line, when the file is not on this machine.
    /// - Throws: ``DataFault`` when it is there and cannot be read.
    func file(_ name: String) throws -> [UInt8]? {
        let file = data.appending(path: "\(name).csv.zst")
        guard isCommitted || FileManager.default.fileExists(atPath: file.path) else {
            return skipped("\(file.path) is not there; set TALLY_SHARED to the folder that holds data/")
        }
        if let bytes = DataSet.decompressed(file) { return bytes }
        let reason = "zstd cannot read \(file.path); install it with `apt install zstd`"
        guard isCommitted else { return skipped(reason) }
        throw DataFault(text: reason)
    }

    /// What each member must have: points in minor units, below zero what is owed.
    func expectedPoints() throws -> [String: Int64] {
        let text = try String(contentsOf: expected.appending(path: "members.csv"), encoding: .utf8)
        let rows = text.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        guard let header = rows.first, let cashback = header.firstIndex(of: "cashback_minor") else {
            throw DataFault(text: "\(name): members.csv has no column cashback_minor")
        }
        return try rows.dropFirst().reduce(into: [:]) { members, row in
            guard let points = Int64(row[cashback]) else {
                throw DataFault(text: "\(name): \(row[cashback]) is no number")
            }
            members[String(row[0])] = points
        }
    }

    /// What each figure must be, by its name.
    func expectedFigures() throws -> [String: Int64] {
        let bytes = try Data(contentsOf: expected.appending(path: "kpis.json"))
        return try JSONDecoder().decode([String: Figure].self, from: bytes).compactMapValues(\.number)
    }

    private var data: URL {
        if isCommitted { return DataSet.root.appending(path: "deploy/demo-data") }
        let shared = ProcessInfo.processInfo.environment["TALLY_SHARED"].map { URL(filePath: $0) }
        return (shared ?? DataSet.root.appending(path: "../shared")).appending(path: "data")
    }

    private var expected: URL {
        isCommitted ? data.appending(path: "expected") : data.appending(path: "expected/\(name)")
    }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private func skipped(_ reason: String) -> [UInt8]? {
        print("\n*** \(name) is NOT checked: \(reason). ***\n")
        return nil
    }

    private static func decompressed(_ file: URL) -> [UInt8]? {
        let ended = try? ChildProcess.run("/usr/bin/env", ["zstd", "-dc", "--long=27", file.path])
        guard let ended, ended.status == 0 else { return nil }
        return ended.output
    }
}

/// Expected results that cannot be read.
struct DataFault: Error, CustomStringConvertible {
    var text: String
    var description: String { text }
}

/// A value of `kpis.json`: most are numbers, the day and a hash are text.
private struct Figure: Decodable {
    var number: Int64?

    init(from decoder: any Decoder) throws {
        number = try? decoder.singleValueContainer().decode(Int64.self)
    }
}
