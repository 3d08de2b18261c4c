import TallyBytes

/// The code of one copy of an instrument: derived from the ledger's secret, not stored, so a million of them cost nothing.
///
/// ```
/// 0004-0000-02NM-8WVZ-4R1T
/// └─ 16 bits instrument, 32 bits serial, 47 bits of a keyed hash, 5 bits of check ─┘
/// ```
/// Twenty characters of Crockford's base 32, which has no I, L, O and U. The keyed hash makes a code that nobody was given as
/// likely as one in 140 million million. The last character tells a slip of the pen from a stranger's code before anything is
/// looked up: the twenty are a word of a code over the field of 32 elements in which no two words differ by one character or by
/// two neighbours that changed places.
///
/// > Source: D. Crockford, "Base 32"; for the check: a Reed-Solomon code with one check symbol, whose multipliers are powers of a
/// > primitive element, so that each is neither 0 nor that of its neighbour.
public enum InstrumentCode {
    /// What a text is.
    public enum Reading: Hashable, Sendable {
        /// A code of this ledger.
        case unique(instrument: UInt32, serial: UInt32)
        /// Of the form of a code, with a wrong character or two that changed places.
        case mistyped
        /// Not a code of this ledger.
        case foreign
    }

    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
    private static let length = 20
    private static let hashBits: UInt64 = 47

    /// The code of a copy.
    ///
    /// - Parameters:
    ///   - instrument: The ledger's number of the instrument, below 65,536.
    ///   - serial: The copy's number.
    ///   - key: The ledger's secret.
    /// - Returns: Five groups of four characters.
    public static func make(instrument: UInt32, serial: UInt32, key: IdentityKey) -> String {
        precondition(instrument < 1 << 16, "Instruments are numbered below 65,536.")
        let payload = UInt128(instrument) << 79 | UInt128(serial) << 47 | UInt128(check(instrument, serial, key))
        var values = (0..<(length - 1)).map { UInt8(truncatingIfNeeded: payload >> UInt128(90 - 5 * $0)) & 31 }
        values.append(product(sum(values)))
        var text: [UInt8] = []
        for (index, value) in values.enumerated() {
            if index > 0, index % 4 == 0 { text.append(UInt8(ascii: "-")) }
            text.append(alphabet[Int(value)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Reads a code as people type it: in small letters, with spaces or dots, with O for 0 and I or L for 1.
    public static func read(_ text: RawSpan, key: IdentityKey) -> Reading {
        guard let values = values(of: text) else { return .foreign }
        guard sum(values) == 0 else { return .mistyped }
        let payload = values.dropLast().reduce(UInt128(0)) { $0 << 5 | UInt128($1) }
        let instrument = UInt32(truncatingIfNeeded: payload >> 79)
        let serial = UInt32(truncatingIfNeeded: payload >> 47)
        let hash = UInt64(truncatingIfNeeded: payload) & (1 << hashBits - 1)
        return hash == check(instrument, serial, key) ? .unique(instrument: instrument, serial: serial) : .foreign
    }

    /// The values of twenty characters; nil for a text of another form.
    private static func values(of text: RawSpan) -> [UInt8]? {
        var values: [UInt8] = []
        for offset in 0..<text.byteCount {
            var byte = text.u8(at: offset)
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."): continue
            case UInt8(ascii: "a")...UInt8(ascii: "z"): byte -= 32
            default: break
            }
            if byte == UInt8(ascii: "O") { byte = UInt8(ascii: "0") }
            if byte == UInt8(ascii: "I") || byte == UInt8(ascii: "L") { byte = UInt8(ascii: "1") }
            guard let value = alphabet.firstIndex(of: byte), values.count < length else { return nil }
            values.append(UInt8(value))
        }
        return values.count == length ? values : nil
    }

    private static func check(_ instrument: UInt32, _ serial: UInt32, _ key: IdentityKey) -> UInt64 {
        var writer = ByteWriter(capacity: 64)
        writer.append(u32: instrument)
        writer.append(u32: serial)
        return key.hash(prefix: UInt8(ascii: "I"), writer.bytes).low & (1 << hashBits - 1)
    }

    /// The characters times falling powers of the primitive element, added up; 0 for a sound code.
    private static func sum(_ values: [UInt8]) -> UInt8 { values.reduce(0) { product($0) ^ $1 } }

    /// Times the primitive element of the field of 32 elements, by x⁵ + x² + 1.
    private static func product(_ value: UInt8) -> UInt8 {
        let shifted = value << 1
        return shifted & 32 == 0 ? shifted : shifted ^ 0b10_0101
    }
}
