import TallyBytes
import TallyCodec
import TallyModel
import TallyProjections
import TallyPromotions
import TallyTables

/// Keeps promotions compiled, so that receipts need not wait for it.
///
/// It belongs to one thread. What it answers follows from the log alone: the documents are there, and it only remembers what it has
/// made of the last few.
public final class PromotionDesk {
    /// Sets kept compiled: the one in force, the one before it for tills that were offline, and two more.
    static let setsMax = 4

    private let reader: any PromotionReader
    /// The latest used last.
    private var sets: [LivePromotions] = []

    /// A desk that reads documents with `reader`.
    public init(_ reader: any PromotionReader) { self.reader = reader }

    /// The promotions of two documents, compiled.
    ///
    /// - Parameters:
    ///   - words: The document of words, whole.
    ///   - rules: The document of promotions, whole.
    ///   - state: Knows where their parts are.
    ///   - history: Has them.
    /// - Returns: The promotions, ready to decide.
    /// - Throws: ``PromotionsUnreadable`` when the documents are no promotions.
    func set(
        words: UInt32, rules: UInt32, state: borrowing ProgrammeState, history: some RecordSource
    ) throws(PromotionsUnreadable) -> LivePromotions {
        if let place = sets.lastIndex(where: { $0.words == words && $0.rules == rules }) {
            if place != sets.count - 1 { sets.append(sets.remove(at: place)) }
            return sets[sets.count - 1]
        }
        let book = try reader.read(
            words: PromotionDesk.bytes(ofDocument: words, state: state, history: history),
            rules: PromotionDesk.bytes(ofDocument: rules, state: state, history: history))
        if sets.count == PromotionDesk.setsMax { sets.removeFirst() }
        let set = LivePromotions(book, words: words, rules: rules)
        sets.append(set)
        return set
    }

    /// The bytes of a whole document.
    static func bytes(
        ofDocument number: UInt32, state: borrowing ProgrammeState, history: some RecordSource
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(state.documents[Int(number) - 1].byteCount))
        for sequence in state.parts(ofDocument: number) {
            history.withRecord(sequence) { record in
                guard let message = try? Message(record, shape: DocumentKeptLayout.shape),
                    let text = message.text(at: 0, count: message.textLength)
                else { return }
                for offset in 0..<text.byteCount { bytes.append(text.u8(at: offset)) }
            }
        }
        return bytes
    }
}
