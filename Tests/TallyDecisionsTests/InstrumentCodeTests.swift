import TallyBytes
import TallyDecisions
import TallyTesting
import Testing

/// S3-19: unique codes that nobody can guess, and slips of the pen that are told from strangers' codes.
@Suite("Codes of instruments")
struct InstrumentCodeTests {
    private static let key = IdentityKey(Array(0..<32))!

    private func read(_ text: String, _ key: IdentityKey = Self.key) -> InstrumentCode.Reading {
        let bytes = Array(text.utf8)
        return unsafe InstrumentCode.read(bytes.span.bytes, key: key)
    }

    @Test func `a code is read back, however it is typed`() {
        let seed = UInt64.random(in: 0..<1_000_000_000)
        print("codes: seed \(seed)")
        var random = SeededRandom(seed: seed)
        for _ in 0..<2_000 {
            let instrument = UInt32(random.next(below: 65_536))
            let serial = UInt32(random.next(below: 1 << 32))
            let code = InstrumentCode.make(instrument: instrument, serial: serial, key: Self.key)
            let typed = code.lowercased().replacing("-", with: " ").replacing("0", with: "o").replacing("1", with: "l")
            #expect(read(code) == .unique(instrument: instrument, serial: serial), "seed \(seed)")
            #expect(read(typed) == .unique(instrument: instrument, serial: serial), "seed \(seed)")
        }
    }

    @Test func `one wrong character and two that changed places are slips of the pen`() {
        for serial in [0, 1, 4_711, .max] as [UInt32] {
            let code = Array(InstrumentCode.make(instrument: 7, serial: serial, key: Self.key).replacing("-", with: ""))
            for place in code.indices {
                for other in "0123456789ABCDEFGHJKMNPQRSTVWXYZ" where other != code[place] {
                    var wrong = code
                    wrong[place] = other
                    #expect(read(String(wrong)) == .mistyped)
                }
                guard place > 0, code[place] != code[place - 1] else { continue }
                var swapped = code
                swapped.swapAt(place, place - 1)
                #expect(read(String(swapped)) == .mistyped)
            }
        }
    }

    @Test func `a code of another ledger and a text of another form are foreign`() {
        let other = IdentityKey(Array(1..<33))!
        #expect(read(InstrumentCode.make(instrument: 7, serial: 9, key: other)) == .foreign)
        for text in ["", "SUMMER", "0000-0000-0000-0000-000U", "00000000000000000000000"] {
            #expect(read(text) == .foreign)
        }
    }

    @Test func `a hundred thousand codes differ`() {
        var codes: Set<String> = []
        for serial in 0..<100_000 {
            codes.insert(InstrumentCode.make(instrument: 3, serial: UInt32(serial), key: Self.key))
        }
        #expect(codes.count == 100_000)
    }

    /// The scheme is for ever: cards are printed.
    @Test func `codes of a known key are the ones that were printed`() {
        #expect(InstrumentCode.make(instrument: 1, serial: 1, key: Self.key) == "000G-0000-06SS-STNA-6Q29")
        #expect(InstrumentCode.make(instrument: 65_535, serial: .max, key: Self.key) == "ZZZZ-ZZZZ-ZX2Q-Z57H-BHDB")
    }
}
