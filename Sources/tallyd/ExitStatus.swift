/// What the daemon's exit tells a service manager, in the numbers of sysexits.h.
enum ExitStatus: Int32 {
    /// Stopped as asked.
    case success = 0
    /// An option or a line of the configuration is wrong.
    case usage = 1
    /// The socket cannot be opened.
    case cannotCreateSocket = 73
    /// The log could not be read or written; nothing was acknowledged that is not stored.
    case ioFailed = 74
    /// Another daemon uses the data: trying again later may help.
    case temporary = 75
}

/// The end of the daemon: a sentence for the operator and a number for the service manager.
struct DaemonExit: Error {
    /// What the service manager reads.
    var status: ExitStatus
    /// What the operator reads.
    var message: String
}
