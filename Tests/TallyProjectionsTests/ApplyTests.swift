import TallyBytes
import TallyCodec
import TallyLedger
import TallyModel
import TallyProjections
import TallyTesting
import Testing

@Suite("Apply")
struct ApplyTests {
    /// A ledger of two members; record 10 is a purchase of 100.00 by member 1 that gives 5.00, record 11 a second one.
    private static let script = {
        var script = RecordScript()
        script.register("anna", phone: 1)
        script.register("boris")
        script.purchase(1, lines: [(1_000, 10_000)], points: 500)
        script.purchase(1, lines: [(1_000, 10_000)], points: 500)
        return script
    }()
    private static let purchase = 9

    /// A record with one field changed, and what is wrong with it then.
    private static let rows: [(what: String, record: Int, bytes: [Int: UInt8], fault: StateError.Fault)] = [
        ("unknown template", 9, [2: 99], .malformed(CodecError(.unexpectedTemplate(99), at: 2))),
        ("foreign schema", 9, [4: 0, 5: 0], .malformed(CodecError(.foreignSchema(0), at: 4))),
        ("a second first record", 9, [2: 100], .malformed(CodecError(.trailingBytes(80), at: 96))),
        ("source unknown", 9, [envelope(8): 7], .unknown(what: "source", number: 7)),
        ("number used", 9, [envelope(12): 7], .numberOutOfOrder(source: 1, expected: 8, found: 7)),
        ("number skipped", 9, [envelope(12): 9], .numberOutOfOrder(source: 1, expected: 8, found: 9)),
        ("time of the record before", 9, [envelope(0): 9], .timeOutOfOrder),
        ("member unknown", 9, [envelope(36): 3], .unknown(what: "member", number: 3)),
        ("postings of nobody", 9, [envelope(36): 0], .unknown(what: "member", number: 0)),
        ("chain too short", 10, [envelope(28): 8], .chainBroken(expected: 10, found: 8)),
        ("points from nowhere", 9, [posting(1): 0xF5], .unbalanced(sum: 1)),
        ("another balance stated", 9, [envelope(60): 0xF5], .balanceMismatch(stated: 501, computed: 500)),
        ("negative total", 9, [envelope(59): 0x80], .impossibleSum),
        ("purpose unknown", 9, [posting(1) + 12: 200], .unknown(what: "purpose of posting", number: 1)),
        ("wallet unknown", 9, [posting(0) + 10: 7, posting(1) + 10: 7], .unknown(what: "wallet", number: 7)),
        ("business unknown", 9, [posting(0) + 8: 7, posting(1) + 8: 7], .unknown(what: "business", number: 7)),
        ("store unknown", 9, [envelope(40): 7], .unknown(what: "store", number: 7)),
        ("member skipped", 8, [envelope(36): 3], .numberNotDense(what: "member", expected: 2, found: 3)),
        ("business skipped", 2, [envelope(40): 2], .numberNotDense(what: "business", expected: 1, found: 2)),
        ("store skipped", 3, [envelope(40): 2], .numberNotDense(what: "store", expected: 1, found: 2)),
        ("store of an unknown business", 3, [envelope(44): 2], .unknown(what: "business", number: 2)),
        ("wallet skipped", 5, [envelope(40): 2], .numberNotDense(what: "wallet", expected: 1, found: 2)),
        ("rule skipped", 6, [envelope(56): 2], .numberNotDense(what: "accrual revision", expected: 1, found: 2)),
        ("rule of an unknown wallet", 6, [envelope(58): 2], .unknown(what: "wallet", number: 2)),
        ("rule that divides by zero", 6, [envelope(52): 0], .unknown(what: "rate or rounding", number: 2)),
        ("source skipped", 1, [envelope(40): 2], .numberNotDense(what: "source", expected: 1, found: 2)),
    ]

    private static func envelope(_ field: Int) -> Int { messageHeaderLength + field }
    private static func posting(_ index: Int) -> Int { RecordScript.posting(index, in: script.records[purchase]) }

    @Test func `the history that the rows change is sound`() throws {
        var state = ProgrammeState()
        try Self.script.apply(to: &state)
        #expect(throws: Never.self) { try state.checkInvariants() }
        #expect(state.figures(MemberNumber(1), WalletNumber(1)).net == 1_000)
    }

    @Test(arguments: rows.indices)
    func `a record with one fault is refused by its name and place`(row: Int) {
        let row = Self.rows[row]
        var record = Self.script.records[row.record]
        for (offset, byte) in row.bytes { record[offset] = byte }
        let error = Self.script.replacing(row.record, with: record).fault()
        #expect(error?.fault == row.fault, "\(row.what): \(error.map { "\($0)" } ?? "accepted")")
        #expect(error?.sequence == UInt64(row.record + 1), "\(row.what)")
    }

    @Test(arguments: [UInt64(0), 1, 3, .max])
    func `a record out of order is refused`(sequence: UInt64) throws {
        var state = ProgrammeState()
        let (first, second) = (Self.script.records[0], Self.script.records[1])
        try unsafe state.apply(first.span.bytes, sequence: 1)
        let error = #expect(throws: StateError.self) { try unsafe state.apply(second.span.bytes, sequence: sequence) }
        #expect(error?.fault == .outOfOrder(expected: 2))
    }

    @Test func `nothing comes before the record that names the ledger`() {
        var state = ProgrammeState()
        let record = Self.script.records[1]
        let error = #expect(throws: StateError.self) { try unsafe state.apply(record.span.bytes, sequence: 1) }
        #expect(error?.fault == .unknown(what: "source", number: 0))
    }

    /// Broken bytes are an error with a position, never a trap: each byte of each record is tried with other values,
    /// and the history is applied on.
    ///
    /// What is accepted keeps the books in order, or is found by them.
    @Test func `no byte of a record can stop the program`() {
        var script = Self.script
        script.link(2, phone: 9)
        script.reject()
        script.takeBack(1, of: 10, thousandths: 500, minor: 5_000, points: 250)
        script.takeBack(2, thousandths: 500, minor: 5_000, points: 250)
        script.purchase(0, lines: [(1, 1)])
        var refused = 0
        for (index, record) in script.records.enumerated() {
            for offset in record.indices {
                for flip in [UInt8(0x01), 0x80, 0xFF] {
                    var broken = record
                    broken[offset] ^= flip
                    var state = ProgrammeState()
                    do {
                        try script.replacing(index, with: broken).apply(to: &state)
                        try state.checkInvariants()
                    } catch {
                        refused += 1
                    }
                }
            }
            for count in 0..<record.count
            where script.replacing(index, with: Array(record.prefix(count))).fault() == nil {
                Issue.record("record \(index + 1) is accepted with \(count) of its \(record.count) bytes")
            }
        }
        #expect(refused > 1_000)
    }
}
