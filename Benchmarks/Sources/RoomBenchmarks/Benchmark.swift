internal import TallyLog

/// What all benchmarks share.
enum Benchmark {
    /// The ledger of every run, so that the same work leaves the same bytes.
    static let ledgerID = LedgerID(low: 0x7461_6C6C_7973, high: 0x7469_636B)
    /// 2026-01-01, UTC, in microseconds.
    static let firstMoment: Int64 = 1_767_225_600_000_000

    /// How long `body` takes, in seconds.
    static func seconds(_ body: () throws -> Void) rethrows -> Double {
        let start = ContinuousClock.now
        try body()
        return (ContinuousClock.now - start) / .seconds(1)
    }

    /// One line: seconds, what was counted, hash.
    ///
    /// The C twins print the same.
    static func print(seconds: Double, count: UInt64, hash: ResultHash) {
        Swift.print(seconds, count, hash.digits)
    }
}

/// Why a benchmark has no result.
struct BenchmarkError: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
