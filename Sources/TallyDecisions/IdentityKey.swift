public import TallyBytes

/// The ledger's secret: phones and cards are known only by hashes that nobody without it can compute or try out.
///
/// It lies beside the log, not in it: destroying it makes every phone and card unreadable while the sums stay.
public struct IdentityKey: Sendable {
    /// Bytes of the secret.
    public static let byteCount = 32

    private let secret: [UInt8]
    private let commands: StableHash

    /// A key of 32 bytes.
    ///
    /// - Returns: nil for another number of bytes.
    public init?(_ secret: [UInt8]) {
        guard secret.count == IdentityKey.byteCount else { return nil }
        self.secret = secret
        let label: [UInt8] = Array("command digest".utf8)
        let derived = unsafe KeyedHash(of: label.span.bytes, key: secret.span.bytes)
        commands = StableHash(key0: derived.low, key1: derived.high)
    }

    /// The hash under which the ledger knows a phone number.
    public func hash(_ phone: PhoneNumber) -> KeyedHash {
        unsafe hash(prefix: UInt8(ascii: "P"), phone.digits.span.bytes)
    }

    /// The hash under which the ledger knows a card.
    public func hash(card: RawSpan) -> KeyedHash { hash(prefix: UInt8(ascii: "C"), card) }

    /// The digest of a command's bytes: the same number with the same digest is the same event sent again.
    public func digest(command: RawSpan) -> UInt64 { commands.hash(command) }

    /// Phones, cards and codes share the secret; the prefix keeps their hashes apart.
    func hash(prefix: UInt8, _ text: RawSpan) -> KeyedHash {
        var writer = ByteWriter(capacity: 128)
        writer.append(u8: prefix)
        writer.append(bytes: text)
        return unsafe KeyedHash(of: writer.bytes, key: secret.span.bytes)
    }
}
