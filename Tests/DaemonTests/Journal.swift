import Synchronization
import TallyModel

/// What one source knows of its own events: the only memory that outlives the daemon.
final class Journal: Sendable {
    /// When an event counts as acknowledged.
    enum Policy {
        /// When its answer has come, as the promise says.
        case answers
        /// When it has been sent. A canary: it believes too early, and the judge must notice.
        case sends
    }

    private struct State {
        var outcomes: [Outcome] = []
        var sent: UInt64 = 0
        var findings: [String] = []
    }

    let name: String
    private let policy: Policy
    private let state = Mutex(State())

    init(_ name: String, policy: Policy = .answers) { (self.name, self.policy) = (name, policy) }

    /// The outcomes of the answered events, from number 1 on.
    var outcomes: [Outcome] { state.withLock { $0.outcomes } }

    /// The last number that the source takes for stored.
    var acknowledged: UInt64 {
        state.withLock { policy == .answers ? UInt64($0.outcomes.count) : $0.sent }
    }

    /// What was broken of the promises.
    var findings: [String] { state.withLock { $0.findings } }

    func noteSent(through number: UInt64) { state.withLock { $0.sent = max($0.sent, number) } }

    /// Judges where the daemon says the source stands.
    func judge(lastNumber: UInt64) {
        let (acknowledged, sent) = (acknowledged, state.withLock { $0.sent })
        if lastNumber < acknowledged { report("\(acknowledged) events were acknowledged, \(lastNumber) are left") }
        if lastNumber > sent { report("\(sent) events were sent, \(lastNumber) are there") }
    }

    /// Judges and keeps the answers to the events from `firstNumber` on.
    func take(_ answers: [Outcome], from firstNumber: UInt64) {
        for (index, answer) in answers.enumerated() {
            let number = firstNumber + UInt64(index)
            let known = state.withLock { state in
                number <= state.outcomes.count ? state.outcomes[Int(number) - 1] : nil as Outcome?
            }
            if let known {
                judge(number, known, again: answer)
            } else {
                keep(number, answer)
            }
        }
    }

    private func judge(_ number: UInt64, _ known: Outcome, again answer: Outcome) {
        var expected = known
        expected.isRepeated = true
        if answer != expected { report("\(number) was \(known) and is now \(answer)") }
    }

    private func keep(_ number: UInt64, _ answer: Outcome) {
        let isDecided = answer.status == .recorded || answer.status == .rejected
        let isNext = state.withLock { state in
            guard isDecided, number == state.outcomes.count + 1 else { return false }
            state.outcomes.append(answer)
            return true
        }
        if !isNext { report("\(number) was answered out of turn: \(answer)") }
    }

    func report(_ text: String) { state.withLock { $0.findings.append("\(name): \(text)") } }
}
