import Synchronization
import TallyBytes
import TallyCodec
import TallyEngine
import TallyModel
import TallyServer

/// An engine that does what a test says: holds requests, answers them in any order, is busy for a while.
///
/// The answer to the request that came as number `n`, counted from 0, is a refusal with the text `n`: it says by itself
/// which request it belongs to.
final class ScriptedEngine: RequestTaker {
    private struct State {
        var held: [Int: any Request] = [:]
        var accepted = 0
        var busyTimes: Int
        var isStopping = false
    }

    private let state: Mutex<State>
    private let answersAtOnce: Bool
    private let answerBytes: Int

    /// An engine.
    ///
    /// - Parameters:
    ///   - answersAtOnce: False to hold every request until ``answer(_:)``.
    ///   - busyTimes: How many times a request is turned away.
    ///   - answerBytes: Bytes of an answer's text at least, up to 1,000.
    init(answersAtOnce: Bool = true, busyTimes: Int = 0, answerBytes: Int = 0) {
        state = Mutex(State(busyTimes: busyTimes))
        self.answersAtOnce = answersAtOnce
        self.answerBytes = answerBytes
    }

    /// Requests accepted so far.
    var accepted: Int { state.withLock { $0.accepted } }

    func stopTaking() { state.withLock { $0.isStopping = true } }

    func welcome(server: String) -> Welcome {
        Welcome(durability: .memory, ledgerID: (1, 2), tip: .none, server: server)
    }

    func submit(_ request: any Request) -> Submission {
        let (submission, number) = state.withLock { state -> (Submission, Int) in
            if state.isStopping { return (.stopping, 0) }
            if state.busyTimes > 0 {
                state.busyTimes -= 1
                return (.busy, 0)
            }
            state.held[state.accepted] = request
            state.accepted += 1
            return (.accepted, state.accepted - 1)
        }
        if submission == .accepted, answersAtOnce { answer(number) }
        return submission
    }

    /// Answers the request that came as `number`.
    func answer(_ number: Int, isClosing: Bool = false, isLast: Bool = true) {
        guard let request = state.withLock({ isLast ? $0.held.removeValue(forKey: number) : $0.held[number] }) else {
            return
        }
        var writer = ByteWriter()
        let text = "\(number)" + String(repeating: " ", count: max(0, answerBytes - 8))
        writer.appendFrame { Refusal(.questionFailed, isClosing: isClosing, text: text).encode(into: &$0) }
        request.answer(writer.bytes, isLast: isLast)
    }
}
