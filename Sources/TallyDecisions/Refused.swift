import TallyModel

/// A command that breaks a rule: which one, and in which line of the receipt.
struct Refused: Error {
    var rejection: Rejection
    /// The line at fault, counted from 1; 0 when no line is.
    var line: UInt16

    init(_ rejection: Rejection, line: Int = 0) {
        self.rejection = rejection
        self.line = UInt16(clamping: line)
    }
}
