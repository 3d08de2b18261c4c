import Glibc

/// The variables of the process.
enum Environment {
    /// All variables by name.
    static var all: [String: String] {
        var variables: [String: String] = [:]
        var entry = unsafe environ
        while let text = unsafe entry.pointee {
            let parts = unsafe String(cString: text).split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { variables[String(parts[0])] = String(parts[1]) }
            unsafe entry += 1
        }
        return variables
    }
}

/// The process's standard error.
enum StandardError {
    /// Writes a line with one system call, so that lines of several threads never mix.
    static func write(line: String) {
        var text = line + "\n"
        // What cannot be written to the log has nowhere else to go.
        _ = text.withUTF8 { unsafe Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
