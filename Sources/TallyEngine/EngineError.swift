import TallyLog
import TallyReplay

/// Why the engine cannot start or cannot go on writing.
public struct EngineError: Error, Sendable, CustomStringConvertible {
    /// The kind of failure; decides the exit code of the daemon.
    public enum Code: Sendable, Hashable {
        /// Another daemon works on the same data.
        case dataInUse
        /// The log is damaged or not the newest copy; nothing was changed.
        case logDamaged
        /// A file cannot be made, read or written.
        case ioFailed
        /// The options make no sense.
        case optionsWrong
    }

    /// The kind of failure.
    public var code: Code
    /// What failed, where, and what to do.
    public var message: String

    /// An error of its parts.
    public init(_ code: Code, _ message: String) { (self.code, self.message) = (code, message) }

    /// The message.
    public var description: String { message }
}

extension EngineError {
    init(_ error: LogError) {
        switch error {
        case .unknownOutcome, .unavailable: self.init(.ioFailed, "\(error)")
        default: self.init(.logDamaged, "\(error)")
        }
    }

    init(_ error: ReplayError) {
        switch error {
        case .log(let error): self.init(error)
        default: self.init(.logDamaged, "\(error)")
        }
    }
}
