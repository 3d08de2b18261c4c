/// Everything that a log can answer instead of doing what it was asked.
public enum LogError: Error, Hashable, Sendable {
    /// The log has another tip than the writer believes; nothing was written.
    case conflict(expected: LogPosition, actual: LogPosition)
    /// The write failed so late that it may or may not be on disk; opening anew tells. Never acknowledge it.
    case unknownOutcome(cause: String)
    /// Nothing was written, and the log takes no more records until it is opened anew. Reading goes on.
    case unavailable(cause: String)
    /// Bytes of the log are not what was written. `sequence` is the first that cannot be trusted.
    case corrupt(sequence: UInt64, what: String)
    /// There is no record of this sequence.
    case notFound(sequence: UInt64)
    /// A format that this program does not know.
    case unsupportedFormat(found: UInt16, supported: UInt16)
    /// A log was to be created where there is one.
    case alreadyExists(directory: String)
    /// There is no log in the directory.
    case missing(directory: String)
    /// The head file, which should stand beside a log with records, is not there or not readable.
    case headMissing(path: String)
    /// The log ends before the position in its head file, or had another block there: an old or foreign copy.
    case differsFromHead(head: LogPosition, log: LogPosition)
}

extension LogError: CustomStringConvertible {
    /// One line for an operator: what, where, and what to do.
    public var description: String {
        switch self {
        case .conflict(let expected, let actual):
            "the log ends at \(actual), not at \(expected); read up to its end and decide again"
        case .unknownOutcome(let cause):
            "it is unknown whether the last block was written: \(cause); restart, and let clients repeat what was not acknowledged"
        case .unavailable(let cause):
            "the log takes no more records: \(cause); repair the cause and restart"
        case .corrupt(let sequence, let what):
            "the log is damaged from sequence \(sequence) on: \(what); run `tally verify` and restore from a backup"
        case .notFound(let sequence):
            "there is no record \(sequence); ask for one between 1 and the end of the log"
        case .unsupportedFormat(let found, let supported):
            "the log has format \(found), this program reads \(supported); use the program that wrote it"
        case .alreadyExists(let directory):
            "there is already a log in \(directory); open it, or choose an empty directory"
        case .missing(let directory):
            "there is no log in \(directory); check the path, or create one"
        case .headMissing(let path):
            "the head file \(path) is missing or unreadable beside a log with records; check the log and write a new one with `tally verify --rebuild-head`"
        case .differsFromHead(let head, let log):
            "the log ends at \(log) but its head file says \(head): it is an older or another copy; restore the newest copy"
        }
    }
}
