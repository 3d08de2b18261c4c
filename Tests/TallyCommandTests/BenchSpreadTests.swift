import Testing

/// A load says what it is: receipts of many members, on one connection and on several.
@Suite("The load of a benchmark")
struct BenchSpreadTests {
    @Test(arguments: [["--batch", "256"], ["--batch", "1", "--in-flight", "1", "--connections", "4"]])
    func `receipts are spread over all members`(options: [String]) async throws {
        let ledger = try await TestLedger()
        let load = ["bench", "--members", "50", "--events", "2000", "--json"]
        let ended = try ledger.tally(load + options)
        #expect(ended.code == 0 && ended.number("recorded") == 2_000, "\(ended.talk)")
        let rows = try ledger.tally(["balances", "-O", "csv"]).output.split(separator: "\n")
            .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        let active = rows.filter { $0[1] == "bench-points" }.compactMap { Int64($0[2]) }
        #expect(active.count == 50 && active.allSatisfy { $0 > 0 }, "somebody bought nothing")
        // Forty receipts each on the average: nobody has a quarter of all points.
        #expect((active.max() ?? 0) * 4 < active.reduce(0, +))
    }
}
