/// Why saved state cannot be used.
///
/// Whatever it is, the log can rebuild the state.
public enum StateStoreError: Error, Hashable, Sendable {
    /// The saved state is not what was written: erase it and rebuild it from the log.
    case damaged(what: String)
    /// The saved state was written by another version: erase it and rebuild it from the log.
    case otherFormat(found: UInt16, supported: UInt16)
    /// The disk or the system refused; the state saved before is unchanged.
    case unavailable(cause: String)
}

extension StateStoreError: CustomStringConvertible {
    /// One line for an operator: what, and what to do.
    public var description: String {
        switch self {
        case .damaged(let what):
            "the saved state is damaged: \(what); delete the directory state/ and restart to rebuild it"
        case .otherFormat(let found, let supported):
            "the saved state has format \(found), this program reads \(supported); it is rebuilt from the log"
        case .unavailable(let cause): "the state could not be saved or read: \(cause); the log is not affected"
        }
    }
}
