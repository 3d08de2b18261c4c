import TallyBytes
import TallyClient
import TallyCodec
import TallyModel

/// What a load is made of.
struct Load: Sendable {
    /// Events in a batch.
    var batchEvents: Int
    /// Known members; every receipt is of one of them.
    var members: Int
    /// Receipts to send over this connection.
    var events: Int
    /// Batches under way at once on this connection.
    var inFlightMax: Int
    /// Of a hundred receipts so many are paid with points as far as a member has some.
    var redeemPercent: UInt64 = 0
    /// When to stop, whatever has been sent.
    var deadline: ContinuousClock.Instant?
}

/// Sends receipts over one connection as one source.
struct LoadGenerator {
    private let client: Client
    private let socket: String
    /// Points that a receipt takes at most: about four receipts' worth, so that members spend what they earn.
    private static let redeemedMax: Int64 = 6_500

    init(socket: String) async throws {
        client = try await Client.connect(path: socket, name: "tally bench")
        self.socket = socket
    }

    /// Defines the store and registers members that are not there yet.
    ///
    /// - Parameters:
    ///   - members: How many.
    ///   - expiryDays: Days after which points end; nil for points that never do.
    /// - Returns: What became of the events; none when all was there.
    /// - Throws: What went wrong with the connection or a batch.
    func prepare(members: Int, expiryDays: UInt16? = nil) async throws -> OutcomeCounts {
        let opened = try await client.openSource("bench:setup")
        let pipeline = BatchPipeline(client)
        var writer = ByteWriter()
        var index = Int(opened.lastNumber)
        let definitions =
            ReceiptTemplate.definitions + (expiryDays.map { [ReceiptTemplate.terms(expiryDays: $0)] } ?? [])
        let last = definitions.count + members
        while index < last {
            let end = min(last, index + Limits.batchEventsMax)
            writer.startBatch(source: opened.source.rawValue, firstNumber: UInt64(index + 1))
            for event in index..<end {
                let registration = Registration(externalID: ReceiptTemplate.memberID(max(0, event - definitions.count)))
                try writer.appendEvent(event < definitions.count ? definitions[event] : .registerMember(registration))
            }
            writer.setBatch(count: end - index)
            try await pipeline.submit(writer)
            index = end
        }
        try await pipeline.drain()
        return pipeline.counts
    }

    /// Sends the load and waits for the last answer.
    ///
    /// - Parameters:
    ///   - load: What to send.
    ///   - name: The source's name.
    /// - Returns: The pipeline with what was answered.
    /// - Throws: What went wrong with a batch.
    func run(_ load: Load, as name: String) async throws -> BatchPipeline {
        let opened = try await client.openSource(name)
        let template = try ReceiptTemplate()
        let redeeming = try ReceiptTemplate(redeemsUpTo: LoadGenerator.redeemedMax)
        let pipeline = BatchPipeline(client, inFlightMax: load.inFlightMax)
        var writer = ByteWriter(capacity: 1 << 21)
        var random = SplitMix(state: UInt64(opened.source.rawValue))
        var sent = 0
        while sent < load.events, load.deadline.map({ ContinuousClock.now < $0 }) ?? true {
            let count = min(load.batchEvents, load.events - sent)
            let first = opened.lastNumber + UInt64(sent) + 1
            writer.startBatch(source: opened.source.rawValue, firstNumber: first)
            for index in 0..<count {
                let word = random.next()
                // In Swift a shift binds tighter than a product.
                let member = Int(truncatingIfNeeded: ((word >> 32) * UInt64(load.members)) >> 32)
                let number = Int((first + UInt64(index)) % 100_000_000)
                let amount = 100 + (word & 0xFFFF)
                if (word >> 16) % 100 < load.redeemPercent {
                    redeeming.append(to: &writer, member: member, number: number, amountMinor: amount)
                } else {
                    template.append(to: &writer, member: member, number: number, amountMinor: amount)
                }
            }
            writer.setBatch(count: count)
            try await pipeline.submit(writer)
            sent += count
        }
        try await pipeline.drain()
        return pipeline
    }
}

/// A small random generator: the same load on every run.
///
/// > Source: Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators" (2014).
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }
}
