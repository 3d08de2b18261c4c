import TallyModel
import TallyProjections
import TallyTesting
import Testing

/// A command and how it is refused.
struct RejectionRow: Sendable, CustomTestStringConvertible {
    var what: String
    var event: SentEvent
    var rejection: Rejection
    /// The line at fault; 0 for none.
    var line: UInt16

    init(_ what: String, _ command: Command, _ rejection: Rejection, line: UInt16 = 0) {
        self.init(what, SentEvent(command), rejection, line: line)
    }

    init(_ what: String, _ event: SentEvent, _ rejection: Rejection, line: UInt16 = 0) {
        (self.what, self.event, self.rejection, self.line) = (what, event, rejection, line)
    }

    var testDescription: String { "\(what): \(rejection)" }

    /// The row of the code alone.
    func expectIsRefused(by desk: DecisionDesk) {
        let outcome = desk.send(event)
        #expect(
            outcome
                == Outcome(status: .rejected, code: rejection.rawValue, line: line, sequence: desk.state.sequence),
            "\(what): \(outcome.rejection.map { "\($0)" } ?? "accepted")")
    }
}
