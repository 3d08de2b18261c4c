/// Help for people who mistype a name.
public enum Spelling {
    /// The name that was probably meant.
    ///
    /// - Parameters:
    ///   - word: What was written.
    ///   - names: What could have been written.
    /// - Returns: The first name with the fewest changed letters; nil when more than a third of `word` would change.
    public static func nearest(to word: String, among names: [String]) -> String? {
        let ranked = names.map { (name: $0, distance: distance(Array(word.utf8), Array($0.utf8))) }
        guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
        return best.distance <= max(2, word.utf8.count / 3) ? best.name : nil
    }

    /// Letters to insert, remove or exchange on the way from one word to the other.
    ///
    /// > Source: Wagner and Fischer, "The String-to-String Correction Problem" (1974), with one row kept.
    static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var row = Array(0...b.count)
        for (i, letter) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in b.enumerated() {
                let exchanged = diagonal + (letter == other ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(exchanged, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[b.count]
    }
}
