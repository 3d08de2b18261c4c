private import Crypto

/// A 128-bit fingerprint that only the owner of the key can compute: HMAC-SHA-256, cut to its first 16 bytes.
///
/// It stands for personal data (a card number, an e-mail address) in tables and records. Without the key it can
/// neither be reversed nor guessed by trying, and when the key is destroyed it means nothing any more.
@frozen
public struct KeyedHash: Hashable, Sendable, BitwiseCopyable {
    /// Bytes 0..<8 of the fingerprint, little-endian.
    public let low: UInt64
    /// Bytes 8..<16 of the fingerprint, little-endian.
    public let high: UInt64

    /// A fingerprint that was computed before.
    @inlinable
    public init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }

    /// The fingerprint of `bytes` under `key`.
    ///
    /// - Parameters:
    ///   - bytes: What to hide; any length.
    ///   - key: The secret; 32 random bytes are right.
    public init(of bytes: RawSpan, key: RawSpan) {
        let secret = unsafe key.withUnsafeBytes { unsafe SymmetricKey(data: $0) }
        var hmac = HMAC<Crypto.SHA256>(key: secret)
        unsafe bytes.withUnsafeBytes { unsafe hmac.update(data: $0) }
        self = unsafe hmac.finalize().withUnsafeBytes { code in
            let span = unsafe RawSpan(_unsafeBytes: code)
            return KeyedHash(low: span.u64(at: 0), high: span.u64(at: 8))
        }
    }
}
