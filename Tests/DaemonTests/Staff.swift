import TallyModel

/// The desk and the tills: what they know, and how they send.
struct Staff: Sendable {
    let desk = Journal("desk")
    let tills: [Journal]
    private let socket: String

    init(socket: String, policy: Journal.Policy) {
        tills = (0..<Shop.tills).map { Journal("till-\($0)", policy: policy) }
        self.socket = socket
    }

    var journals: [Journal] { [desk] + tills }

    /// Events that were answered, of all sources.
    var answered: Int { journals.reduce(0) { $0 + $1.outcomes.count } }

    /// Waits until so many events were answered; ten seconds at most.
    func wait(forAnswers count: Int) async throws {
        for _ in 0..<10_000 where answered < count { try await Task.sleep(for: .milliseconds(1)) }
    }

    /// The desk sends the programme; when it stands, the tills sell.
    func sell(eventsMax: UInt64, memory: UInt64, _ dice: Seed) async -> Bool {
        let programme = Shop.programme
        let desk = Source(
            journal: desk,
            event: { number, _ in number <= programme.count ? programme[Int(number) - 1] : nil },
            eventsMax: UInt64(programme.count))
        guard await desk.run(socket: socket, memory: memory, dice: dice) else { return false }
        return await withTaskGroup(of: Bool.self) { group in
            for (till, journal) in tills.enumerated() {
                let source = Source(
                    journal: journal, event: { Shop.command(till, $0, source: $1) }, eventsMax: eventsMax)
                group.addTask {
                    await source.run(socket: socket, memory: memory, dice: Seed(UInt64(till)))
                }
            }
            return await group.reduce(true) { $0 && $1 }
        }
    }
}
