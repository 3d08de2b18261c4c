public import TallyLog
public import TallyProjections

/// Why the log could not be replayed.
public enum ReplayError: Error, Sendable, CustomStringConvertible {
    /// The log cannot be read, or is damaged.
    case log(LogError)
    /// A record cannot follow those before it.
    case state(StateError)
    /// The log ends before the place that was asked for.
    case endsEarly(asked: UInt64, tip: UInt64)

    /// What is wrong, where, and what to do.
    public var description: String {
        switch self {
        case .log(let error): "\(error)"
        case .state(let error): "\(error): the log is damaged or was written by another program; run `tally verify`"
        case .endsEarly(let asked, let tip): "record \(asked) was asked for, but the log ends at \(tip)"
        }
    }

    /// The first record that cannot be trusted, when that is known.
    public var firstBadSequence: UInt64? {
        switch self {
        case .log(.corrupt(let sequence, _)): sequence
        case .state(let error): error.sequence
        default: nil
        }
    }

    init(_ error: any Error) {
        switch error {
        case let error as ReplayError: self = error
        case let error as StateError: self = .state(error)
        case let error as LogError: self = .log(error)
        default: self = .log(.unavailable(cause: "\(error)"))
        }
    }
}
