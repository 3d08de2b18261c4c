#if canImport(Glibc)
    internal import Glibc
#endif

/// The Swift half of the benchmarks of single rooms; `run` calls it and sets its lines against those of the C twins.
@main
struct RoomBenchmarks {
    private static let usage = """
        RoomBenchmarks append DIRECTORY BLOCKS
        RoomBenchmarks append-one-thread DIRECTORY BLOCKS
        RoomBenchmarks commit DIRECTORY BLOCKS
        RoomBenchmarks scan DIRECTORY
        RoomBenchmarks generate DIRECTORY MEMBERS PURCHASES
        RoomBenchmarks generate-hot DIRECTORY LOTS WALLETS ARRIVAL
        RoomBenchmarks replay DIRECTORY SETUP-END
        RoomBenchmarks match DIRECTORY PROMOTIONS
        RoomBenchmarks match-only DIRECTORY PROMOTIONS PASSES
        RoomBenchmarks evaluate DIRECTORY PROMOTIONS
        RoomBenchmarks evaluate-workers DIRECTORY PROMOTIONS
        RoomBenchmarks sizes -
        RoomBenchmarks sizes-only - LINES QUANTITY PASSES
        """

    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let numbers = arguments.dropFirst(2).compactMap { Int($0) }
        do {
            switch (arguments.first, numbers.count) {
            case ("append", 1): try LogBenchmarks.append(directory: arguments[1], blockCount: numbers[0])
            case ("append-one-thread", 1):
                try LogBenchmarks.appendOnOneThread(directory: arguments[1], blockCount: numbers[0])
            case ("commit", 1): try LogBenchmarks.commit(directory: arguments[1], blockCount: numbers[0])
            case ("scan", 0) where arguments.count == 2: try LogBenchmarks.scan(directory: arguments[1])
            case ("generate", 2):
                try ReplayBenchmarks.generate(directory: arguments[1], members: numbers[0], purchases: numbers[1])
            case ("generate-hot", 3):
                guard let arrival = ReplayBenchmarks.Arrival(rawValue: numbers[2]) else {
                    throw BenchmarkError("an arrival is 0 in order, 1 late or 2 random, not \(numbers[2])")
                }
                try ReplayBenchmarks.generateHotWallets(
                    directory: arguments[1], lots: numbers[0], wallets: numbers[1], arrival: arrival)
            case ("replay", 1): try ReplayBenchmarks.replay(directory: arguments[1], setupEnd: UInt64(numbers[0]))
            case ("match", 1): try PromotionBenchmarks.match(directory: arguments[1], promotions: numbers[0])
            case ("evaluate", 1): try PromotionBenchmarks.evaluate(directory: arguments[1], promotions: numbers[0])
            case ("match-only", 2):
                PromotionBenchmarks.matchOnly(directory: arguments[1], promotions: numbers[0], passes: numbers[1])
            case ("evaluate-workers", 1):
                try PromotionWorkers.measure(directory: arguments[1], promotions: numbers[0])
            case ("sizes", 0): PromotionSizes.measure()
            case ("sizes-only", 3):
                PromotionSizes.repeatOnly(lines: numbers[0], quantity: Int64(numbers[1]), passes: numbers[2])
            default: throw BenchmarkError("usage:\n\(usage)")
            }
        } catch {
            print("\(error)")
            exit(1)
        }
    }
}
