import ArgumentParser
import Synchronization
import TallyBytes
import TallyClient
import TallyCodec
import TallyModel

/// Tills that ask what a basket costs while promotions are in force and while others are published.
struct BenchQuotesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench-quotes",
        abstract:
            "Measure how long quotes take, at half the rate that saturates the daemon, and while promotions are published.",
        discussion: """
            First as many quotes as go, by several tills that wait for each answer: that is saturation. Then half as many a
            second in an open loop: a quote that is late makes the next ones late as well, and each is counted from the moment
            at which it was due. Then the same while other promotions are published. The ledger should be made for the purpose.

            EXAMPLES:
              tally bench-quotes --promotions 1000 --publish 10000 --json
            """)

    @Option(help: "Promotions in force.")
    var promotions = 1_000
    @Option(help: "Promotions that are published meanwhile; 0 for none.")
    var publish = 0
    @Option(help: "Tills.")
    var tills = 8
    @Option(help: "Seconds of each measurement.")
    var seconds = 5
    @Flag(help: "Print the result as JSON.")
    var json = false
    @OptionGroup var daemon: DaemonOptions

    func validate() throws {
        guard (1...100_000).contains(promotions), (0...100_000).contains(publish), (1...64).contains(tills),
            (1...600).contains(seconds)
        else { throw ValidationError("Promotions are 1 to 100,000, tills 1 to 64, seconds 1 to 600.") }
    }

    func run() async throws {
        _ = try await LoadGenerator(socket: daemon.socket).prepare(members: 1_000)
        try await put(promotions, as: "p")
        var asked: [AskingTill] = []
        for number in 0..<tills { asked.append(try await AskingTill(number, socket: daemon.socket)) }
        let saturated = try await together(asked) { try await $0.closed(seconds: seconds) }
        let rate = max(1, saturated.count / seconds)
        let interval = Duration.nanoseconds(2_000_000_000 * Int64(tills) / Int64(rate))
        let open = try await together(asked) { try await $0.open(seconds: seconds, every: interval) }
        var busy: [Duration] = []
        var publishing = Duration.zero
        if publish > 0 {
            async let load = together(asked) { try await $0.open(seconds: max(seconds, 3), every: interval) }
            let start = ContinuousClock.now
            try await put(publish, as: "q")
            publishing = ContinuousClock.now - start
            busy = try await load
        }
        report(rate: rate, open, busy, publishing)
    }

    /// Puts so many promotions in force, whose ids begin with a letter.
    private func put(_ count: Int, as letter: String) async throws {
        let sender = try await PromotionsSender(daemon)
        let documents = [QuotedBaskets.words, QuotedBaskets.rules(count, as: letter)].map { Array($0.utf8) }
        for bytes in documents { try await sender.keep(bytes) }
        let digests = documents.map(PromotionsSender.digest)
        _ = try await sender.send(
            .setPromotions(
                PromotionsChange(
                    .publish(words: digests[0], rules: digests[1]), effectiveFrom: .distantPast, author: "bench")))
    }

    /// Lets all tills work at once; what each of them measured.
    private func together(
        _ tills: [AskingTill], _ work: @escaping @Sendable (AskingTill) async throws -> [Duration]
    ) async throws -> [Duration] {
        try await withThrowingTaskGroup(of: [Duration].self) { group in
            for till in tills { group.addTask { try await work(till) } }
            var all: [Duration] = []
            for try await some in group { all += some }
            return all
        }
    }

    private func report(rate: Int, _ open: [Duration], _ busy: [Duration], _ publishing: Duration) {
        var lines: [(String, Int64)] = [
            ("promotions", Int64(promotions)), ("saturation_per_second", Int64(rate)), ("quotes", Int64(open.count)),
            ("p50_us", percentile(open, 500)), ("p99_us", percentile(open, 990)), ("p999_us", percentile(open, 999)),
        ]
        if publish > 0 {
            lines += [
                ("published", Int64(publish)), ("publish_ms", Int64(publishing / .milliseconds(1))),
                ("publish_p99_us", percentile(busy, 990)), ("publish_max_us", percentile(busy, 1_000)),
            ]
        }
        guard !json else { return Output.print(JSON.object(lines)) }
        var table = TextTable(["figure", "value"])
        for (name, value) in lines { table.add([name, "\(value)"]) }
        Output.print(table.lines.joined(separator: "\n"))
    }

    private func percentile(_ latencies: [Duration], _ permille: Int) -> Int64 {
        guard !latencies.isEmpty else { return 0 }
        let sorted = latencies.sorted()
        return Int64(sorted[max(0, (sorted.count * permille + 999) / 1000 - 1)] / .microseconds(1))
    }
}

/// A till that asks.
private struct AskingTill: Sendable {
    private let client: Client
    private let baskets: [Receipt]

    init(_ number: Int, socket: String) async throws {
        client = try await Client.connect(path: socket, name: "bench-quotes \(number)")
        baskets = QuotedBaskets.baskets(of: number)
    }

    /// Asks as fast as answers come.
    func closed(seconds: Int) async throws -> [Duration] {
        let end = ContinuousClock.now + .seconds(seconds)
        var latencies: [Duration] = []
        while ContinuousClock.now < end { latencies.append(try await ask(latencies.count, since: .now)) }
        return latencies
    }

    /// Asks at a rate, whenever the answers come; each quote counts from the moment at which it was due.
    func open(seconds: Int, every interval: Duration) async throws -> [Duration] {
        let start = ContinuousClock.now
        let end = start + .seconds(seconds)
        var latencies: [Duration] = []
        while true {
            let due = start + interval * latencies.count
            guard due < end else { return latencies }
            if due > .now { try await Task.sleep(until: due, tolerance: .microseconds(20), clock: .continuous) }
            latencies.append(try await ask(latencies.count, since: due))
        }
    }

    private func ask(_ number: Int, since start: ContinuousClock.Instant) async throws -> Duration {
        let quote = try await client.quote(baskets[number % baskets.count])
        guard quote.code == 0 else { throw Failure(.checkFailed, "a quote was refused with code \(quote.code)") }
        return .now - start
    }
}

/// Baskets and promotions that many of them fit: a shop of a thousand products in a hundred categories.
private enum QuotedBaskets {
    private static let products = 1_000
    private static let categories = 100
    private static let tiers = ["bronze", "silver", "gold"]

    static let words: String = {
        let goods = (0..<products).map {
            #"{"sku":"s\#($0)","categories":["c\#($0 % categories)"],"brand":"b\#($0 % 40)"}"#
        }
        return #"{"stores":["bench"],"tiers":["bronze","silver","gold"],"goods":[\#(goods.joined(separator: ","))]}"#
    }()

    /// Promotions of six kinds in turn; each asks for goods, every second for something else as well.
    static func rules(_ count: Int, as letter: String) -> String {
        let promotions = (0..<count).map { number -> String in
            let category = "c\(number * 7 % categories)"
            let then =
                switch number % 6 {
                case 0: #"{"percent_off":{"percent":\#(1 + number % 9),"goods":{"category":"\#(category)"}}}"#
                case 1: #"{"every_nth":{"every":3,"percent":50,"goods":{"category":"\#(category)"}}}"#
                case 2: #"{"points_percent":{"percent":\#(1 + number % 5),"goods":{"category":"\#(category)"}}}"#
                case 3: #"{"amount_off":{"amount":1.00,"goods":{"category":"\#(category)"}}}"#
                case 4: #"{"percent_off":{"percent":2,"goods":{"brand":"b\#(number % 40)"}}}"#
                default: #"{"say":{"on":"receipt","text":"Number \#(number)"}}"#
                }
            var when = [#""basket":[{"goods":{"sku":"s\#(number * 13 % products)"},"units_at_least":1}]"#]
            if number % 2 == 0 { when.append(#""tier":"\#(tiers[number % 3])""#) }
            if number % 5 == 0 { when.append(#""weekday":["mon","wed","sat"]"#) }
            let lane = number % 6 == 2 ? #""lane":"earn","# : ""
            let conditions = when.joined(separator: ",")
            return #"{"promotion":"\#(letter)\#(number)",\#(lane)"when":{\#(conditions)},"then":[\#(then)]}"#
        }
        return #"{"promotions":[\#(promotions.joined(separator: ","))]}"#
    }

    /// Baskets of 1 to 20 lines.
    static func baskets(of till: Int) -> [Receipt] {
        (0..<200).map { number in
            let count = 1 + (number * 7 + till) % 20
            let lines = (0..<count).map { line(number: number, $0, till) }
            let total = lines.reduce(Int64(0)) { $0 + $1.total.minor }
            return Receipt(
                store: ReceiptTemplate.storeID, member: .external(ReceiptTemplate.memberID((number + till) % 1_000)),
                number: "q\(number)", occurredAt: Instant(microseconds: 1_704_112_200_000_000),
                total: Money(minor: total), lines: lines,
                pricing: Pricing(facts: [StatedFact("tier", tiers[number % 3])]))
        }
    }

    private static func line(number: Int, _ line: Int, _ till: Int) -> ReceiptLine {
        let product = (number * 31 + line * 97 + till * 11) % products
        let pieces = Int64(1 + line % 3)
        return ReceiptLine(
            sku: "s\(product)", quantity: Quantity(thousandths: 1_000 * pieces),
            total: Money(minor: Int64(1_000 + 37 * line)))
    }
}
