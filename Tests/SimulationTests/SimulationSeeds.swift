import Foundation

/// Which seeds a simulation runs with.
///
/// | variable | meaning |
/// |---|---|
/// | `TALLY_SIMULATION_SEED` | this seed alone: repeats a run that failed |
/// | `TALLY_SIMULATION_SEEDS` | so many new seeds |
enum SimulationSeeds {
    static func drawn(_ usual: Int) -> [UInt64] {
        let environment = ProcessInfo.processInfo.environment
        if let one = environment["TALLY_SIMULATION_SEED"].flatMap({ UInt64($0) }) { return [one] }
        let count = environment["TALLY_SIMULATION_SEEDS"].flatMap { Int($0) } ?? usual
        // Short enough to be read to somebody on the phone.
        return (0..<count).map { _ in UInt64.random(in: 0..<1_000_000_000) }
    }
}
