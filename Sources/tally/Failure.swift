import ArgumentParser
import TallyClient
import TallyCodec
import TallyImport
import TallyLog
import TallyReplay

/// Why the program ends, as its exit code tells.
enum ExitReason: Int32 {
    /// Everything was done.
    case done = 0
    /// The command line or a file that it names cannot be used.
    case usage = 1
    /// The daemon cannot be reached.
    case unreachable = 2
    /// A check failed.
    case checkFailed = 3
    /// Part of the input was rejected or left out.
    case partlyRejected = 4
    /// Trying again later helps.
    case temporary = 75
}

/// An end with a code and one line for the person who reads it.
struct Failure: Error {
    var reason: ExitReason
    var text: String

    init(_ reason: ExitReason, _ text: String) { (self.reason, self.text) = (reason, text) }

    /// The end that an error of the rooms below stands for; nil for what the argument parser reports itself.
    init?(reporting error: any Error) {
        switch error {
        case let failure as Failure: self = failure
        case let error as ClientError: self.init(error)
        case let error as LogError: self.init(Failure.reason(of: error), "\(error)")
        case let error as ReplayError: self.init(.checkFailed, "\(error)")
        default: return nil
        }
    }

    private init(_ error: ClientError) {
        switch error {
        case .unreachable: self.init(.unreachable, "\(error)")
        case .disconnected: self.init(.temporary, "\(error)")
        case .refused(let refusal):
            let isTemporary = [.busy, .stopping, .readOnly].contains(refusal.code)
            self.init(isTemporary ? .temporary : .usage, "\(error)")
        case .unwritable: self.init(.usage, "\(error)")
        case .protocolViolation, .versionUnsupported: self.init(.unreachable, "\(error)")
        }
    }

    private static func reason(of error: LogError) -> ExitReason {
        if case .missing = error { return .usage }
        return .checkFailed
    }
}
