import TallyCodec
import TallyLog
import TallyModel
import TallyProjections
import TallyReports
import TallyTesting
import Testing

@Suite("Reports and the state")
struct ReportTwinTests {
    /// The scan adds up the log, the state was computed record by record: two ways, one answer.
    @Test func `balances of the log are the balances of the state, after every block`() throws {
        let seed = UInt64.random(in: 0..<1_000_000_000)
        print("reports: seed \(seed)")
        let script = RecordScript.drawn(seed: seed, count: 400)
        let log = MemoryLog()
        try script.write(to: log, recordsPerBlock: 13)
        var state = ProgrammeState()
        for (index, record) in script.records.enumerated() {
            unsafe try state.apply(record.span.bytes, sequence: UInt64(index + 1))
            guard index % 29 == 0 else { continue }
            let scanned = try BalanceReport.rows(log, asOf: AsOf(sequence: LogSequence(UInt64(index + 1))))
            #expect(scanned.sequence == LogSequence(state.sequence))
            #expect(
                scanned.rows == BalanceReport.rows(of: state, members: 0..<1_000_000),
                "seed \(seed), record \(index + 1)")
        }
    }

    @Test func `rows of members that are not there are left out`() throws {
        var state = ProgrammeState()
        for (index, record) in RecordScript.drawn(seed: 1, count: 20).records.enumerated() {
            unsafe try state.apply(record.span.bytes, sequence: UInt64(index + 1))
        }
        #expect(BalanceReport.rows(of: state, members: 0..<1).map(\.externalID) == ["m1"])
        #expect(BalanceReport.rows(of: state, members: 1_000..<2_000) == [])
    }

    @Test func `a record whose points go to a wallet that is not defined is an error, not a trap`() throws {
        var script = RecordScript()
        script.register("anna")
        script.purchase(1, lines: [(1_000, 10_000)], points: 500)
        let record = script.records[script.records.count - 1]
        let log = MemoryLog()
        try script.replacing(script.records.count - 1, with: RecordScript.withWallet(9, in: record)).write(to: log)
        #expect(throws: StateError.self) { try BalanceReport.rows(log, asOf: .now) }
    }
}
