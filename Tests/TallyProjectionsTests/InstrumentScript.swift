import TallyBytes
import TallyCodec
import TallyModel
import TallyProjections

/// Records of instruments written by hand, without anything that decides.
struct InstrumentScript {
    private(set) var records: [[UInt8]] = []
    private var numbers: [UInt32: UInt64] = [:]

    /// One business with one wallet; instrument 1 is a gift card, 2 a coupon of one use, 3 a printed word.
    init() {
        append(LedgerCreatedLayout.shape) { writer in
            writer.append(u64: 1)
            writer.append(u64: 2)
        }
        append(BusinessDefinedLayout.shape) { writer in
            writer.append(u16: 1)
            writer.append(text: "RUB")
            writer.append(u8: 2)
            for _ in 0..<2 { writer.append(u8: 1) }
            writer.append(texts: ["b", "B"])
        }
        append(WalletDefinedLayout.shape) { writer in
            writer.append(u16: 1)
            for byte in [UInt8(2), 1, 1] { writer.append(u8: byte) }
            writer.append(texts: ["w", "W"])
        }
        define(1, .giftCard)
        define(2, .coupon, usesPerCode: 1)
        define(3, .promoCode, code: "WORD")
    }

    mutating func define(
        _ number: UInt32, _ kind: InstrumentKind, wallet: UInt16? = nil, usesPerCode: UInt32 = 0, code: String = ""
    ) {
        append(InstrumentDefinedLayout.shape) { writer in
            writer.append(u32: number)
            for _ in 0..<3 { writer.append(i64: 0) }
            for word in [0, 0, 0, usesPerCode, 0] { writer.append(u32: word) }
            writer.append(u16: 1)
            writer.append(u16: wallet ?? (kind.isMoney ? 1 : 0))
            for byte in [kind.rawValue, code.isEmpty ? 0 : 1, 0, 0, 2, 1, UInt8(code.utf8.count)] {
                writer.append(u8: byte)
            }
            writer.append(texts: ["i\(number)", "I", code])
        }
    }

    mutating func issue(
        _ instrument: UInt32, issue: UInt32, first: UInt32, count: UInt32, faceValue: Int64 = 0, endsAt: UInt32 = 0,
        booked: Int64? = nil
    ) {
        let worth = booked ?? faceValue * Int64(count)
        append(InstrumentsIssuedLayout.shape) { writer in
            writer.append(i64: 0)
            writer.append(i64: faceValue)
            for word in [instrument, issue, first, count, endsAt] { writer.append(u32: word) }
            writer.append(i16: 0)
            writer.append(postings: InstrumentScript.postings(worth, .sold))
        }
    }

    /// A step as its record says it.
    struct Step {
        var action: InstrumentAction
        var instrument: UInt32
        var serial: UInt32
        var amount: Int64 = 0
        var lost: Int64 = 0
        var balance: Int64 = 0
        var reference: UInt64 = 0
        var slot: UInt32 = 0
        var endsAt: UInt32 = 0
        /// By how much cards change in the books, and why.
        var booked: Int64 = 0
        var purpose = Purpose.burnt
    }

    mutating func take(_ step: Step) {
        append(InstrumentMovedLayout.shape) { writer in
            for amount in [0, step.amount, step.lost, step.balance] { writer.append(i64: amount) }
            writer.append(u64: step.reference)
            for word in [step.instrument, step.serial, 0, step.slot, step.endsAt] { writer.append(u32: word) }
            writer.append(i16: 0)
            for byte in [step.action.rawValue, 0, 0] { writer.append(u8: byte) }
            writer.append(postings: InstrumentScript.postings(step.booked, step.purpose))
            writer.append(texts: [])
        }
    }

    mutating func expire(_ issue: UInt32, first: UInt32, amount: Int64, booked: Int64? = nil) {
        append(InstrumentsExpiredLayout.shape) { writer in
            writer.append(groupOf: 1, entryLength: InstrumentsExpiredLayout.Batches.entryLength)
            writer.append(u32: issue)
            writer.append(u32: first)
            writer.append(i64: amount)
            writer.append(postings: InstrumentScript.postings(-(booked ?? amount), .expired))
        }
    }

    private static func postings(_ cards: Int64, _ purpose: Purpose) -> PostingList {
        var list = PostingList()
        list.add(Posting(amount: cards, business: 1, wallet: 1, purpose: .cards))
        list.add(Posting(amount: -cards, business: 1, wallet: 1, purpose: purpose))
        return list
    }

    private mutating func append(_ shape: MessageShape, _ body: (inout ByteWriter) -> Void) {
        let number = numbers[0, default: 0] + 1
        numbers[0] = number
        var writer = ByteWriter()
        writer.append(header: shape)
        writer.append(
            envelope: RecordEnvelope(recordedAt: Int64(number), source: 0, number: number, commandDigest: 0))
        body(&writer)
        records.append(unsafe writer.bytes.withUnsafeBytes { unsafe Array($0) })
    }

    /// Applies what the state does not know yet, and checks it.
    func apply(to state: inout ProgrammeState) throws {
        while state.sequence < UInt64(records.count) {
            let record = records[Int(state.sequence)]
            try unsafe state.apply(record.span.bytes, sequence: state.sequence + 1)
            try state.checkInvariants()
        }
    }

    /// The fault of the first record that cannot be applied; nil when all can.
    func fault() -> StateError? {
        var state = ProgrammeState()
        for record in records {
            do throws(StateError) {
                try unsafe state.apply(record.span.bytes, sequence: state.sequence + 1)
            } catch {
                return error
            }
        }
        return nil
    }
}
