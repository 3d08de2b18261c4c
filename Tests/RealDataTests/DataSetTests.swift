import TallyCodec
import TallyJSON
import TallyModel
import TallyReplay
import Testing

/// Real receipts through the whole pipeline: what comes out is what independent programs computed from the same files.
///
/// > Source: Checklist S0-17, in part: members with a purchase in a window of 32 days, among all key figures.
@Suite(.serialized) struct DataSetTests {
    @Test(arguments: DataSet.all)
    func `every member and every figure are as an independent program computed them`(_ data: DataSet) async throws {
        guard let receipts = try data.receipts() else { return }
        try await Ledger.withNew { ledger in
            let clock = ContinuousClock()
            let start = clock.now
            let events = try await ledger.load(receipts, zone: data.zone)
            print("\(data.name): \(events) events in \(clock.now - start)")
            let asOf = try #require(AsOf(text: data.asOf))
            try expectSame(await ledger.points(asOf: asOf), data.expectedPoints())
            let figures = try await ledger.figures(asOf: asOf)
            for (name, value) in try data.expectedFigures() { #expect(figures[name] == value, "\(name)") }
        }
    }

    @Test(arguments: DataSet.all)
    func `a restart and a replay from nothing end in the same state`(_ data: DataSet) async throws {
        guard let receipts = try data.receipts() else { return }
        try await Ledger.withDirectory { directory in
            let before = try await Ledger.run(on: directory) { ledger in
                _ = try await ledger.load(receipts, zone: data.zone)
                return try await (status: ledger.status(), points: ledger.points())
            }
            let after = try await Ledger.run(on: directory) { ledger in
                try await (status: ledger.status(), points: ledger.points())
            }
            #expect(after.status.tip == before.status.tip)
            #expect(after.status.digest == before.status.digest)
            #expect(after.points == before.points)

            let rebuilt = try rebuildState(directory: directory)
            #expect(rebuilt.sequence == before.status.digestSequence.rawValue)
            #expect("\(rebuilt.digest)" == before.status.digestText)
            #expect(verifyLedger(directory: directory).isSound)
        }
    }

    @Test func `balances as of a day are the sums of the receipts before it`() async throws {
        let receipts = try #require(try DataSet.demo.receipts())
        let oracle = PlainOracle(csv: String(decoding: receipts, as: UTF8.self))
        // Nothing, one day, both changes of the clock and the days after them, the middle, the last day, everything.
        let days = [
            "2017-01-01", "2017-01-02", "2017-03-12", "2017-03-13", "2017-07-01", "2017-11-05", "2017-11-06",
            "2017-12-31", "2018-01-01",
        ]
        try await Ledger.withNew { ledger in
            _ = try await ledger.load(receipts, zone: DataSet.demo.zone)
            for day in days {
                try expectSame(
                    await ledger.points(asOf: try #require(AsOf(text: day))), oracle.points(before: day), day)
            }
        }
        try expectSame(oracle.points(before: DataSet.demo.asOf), DataSet.demo.expectedPoints())
    }

    /// Members without receipts so far are registered and have nothing; the expected results leave them out.
    private func expectSame(_ points: [String: Int64], _ expected: [String: Int64], _ day: String = "") {
        let different = Set(points.keys).union(expected.keys).filter { points[$0] ?? 0 != expected[$0] ?? 0 }
        for member in different.sorted().prefix(10) {
            Issue.record("\(day) member \(member) has \(points[member] ?? 0), expected \(expected[member] ?? 0)")
        }
        #expect(different.count == 0)
        #expect(Set(expected.keys).isSubset(of: points.keys))
    }
}
