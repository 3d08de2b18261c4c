private import Crypto

/// SHA-256 over raw bytes, all at once or piece by piece.
public struct SHA256: Sendable {
    private var hasher = Crypto.SHA256()

    /// A hasher that has seen nothing yet.
    public init() {}

    /// Takes the next piece.
    public mutating func update(_ bytes: RawSpan) {
        unsafe bytes.withUnsafeBytes { unsafe hasher.update(bufferPointer: $0) }
    }

    /// The digest of all pieces so far; more may follow.
    ///
    /// - Returns: 32 bytes.
    public func digest() -> SHA256Digest {
        unsafe hasher.finalize().withUnsafeBytes { unsafe SHA256Digest(of: RawSpan(_unsafeBytes: $0)) }
    }

    /// The digest of one piece.
    ///
    /// - Returns: 32 bytes.
    public static func digest(of bytes: RawSpan) -> SHA256Digest {
        var hasher = SHA256()
        hasher.update(bytes)
        return hasher.digest()
    }
}
