/// How far long work has come: a bar with the time left, on standard error.
struct ProgressBar {
    private let total: Int?
    private let isShown: Bool
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var shownAt: ContinuousClock.Instant?
    private static let width = 24

    /// A bar.
    ///
    /// - Parameters:
    ///   - total: What is to be done, in any unit; nil when nobody knows.
    ///   - isForced: True to show it without a terminal too.
    init(total: Int?, isForced: Bool = false) {
        self.total = total
        isShown = isForced || Talk.isTerminal
        start = clock.now
    }

    /// Shows the bar, at most five times a second.
    ///
    /// - Parameters:
    ///   - done: What is done, in the unit of the total.
    ///   - note: What to say behind the bar.
    mutating func show(_ done: Int, _ note: String) {
        guard isShown, shownAt.map({ clock.now - $0 > .milliseconds(200) }) ?? true else { return }
        shownAt = clock.now
        Output.write(Array(("\r" + line(done, note) + "\u{1b}[K").utf8), to: 2)
    }

    /// Takes the bar away.
    func finish() {
        if shownAt != nil { Output.write(Array("\r\u{1b}[K".utf8), to: 2) }
    }

    private func line(_ done: Int, _ note: String) -> String {
        guard let total, total > 0 else { return note }
        let share = min(1, Double(done) / Double(total))
        let filled = Int(share * Double(ProgressBar.width))
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: ProgressBar.width - filled)
        return "[\(bar)] \(Int(share * 100)) %  \(note)\(timeLeft(share))"
    }

    private func timeLeft(_ share: Double) -> String {
        guard share > 0.01 else { return "" }
        let seconds = Int((clock.now - start) / .seconds(1) * (1 - share) / share)
        return "  \(seconds / 60):\(seconds % 60 < 10 ? "0" : "")\(seconds % 60) left"
    }
}
