internal import TallyBytes

/// A hash over what a run came to, so that a fast wrong answer is noticed.
///
/// The C twins compute the same (`limits/twin.h`): for every word, `state = (state ^ word) · K`, then the upper half
/// folded into the lower. It guards against mistakes, not against intent.
struct ResultHash {
    private var state: UInt64 = 0x5441_4C4C_5953_5449

    /// Takes a word.
    mutating func add(_ word: UInt64) {
        state = (state ^ word) &* 0x9E37_79B9_7F4A_7C15
        state ^= state &>> 32
    }

    /// Takes bytes, a whole number of words.
    mutating func add(_ words: RawSpan) {
        precondition(words.byteCount & 7 == 0, "Rows are whole words.")
        for offset in stride(from: 0, to: words.byteCount, by: 8) { add(words.u64(at: offset)) }
    }

    /// Sixteen hexadecimal digits.
    var digits: String {
        var text = String(state, radix: 16)
        while text.utf8.count < 16 { text = "0" + text }
        return text
    }
}
