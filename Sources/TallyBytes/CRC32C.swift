internal import CTally

/// CRC-32C (Castagnoli): the checksum of blocks, frames and head slots.
///
/// It finds damage by accident, not by intent; against intent there are the hashes (``SHA256``).
public enum CRC32C {
    /// The checksum of `bytes`.
    ///
    /// - Parameters:
    ///   - bytes: What is summed; may be empty.
    ///   - seed: The checksum of the bytes in front of these, when a run is summed in pieces.
    /// - Returns: The checksum of everything so far; 0 for no bytes at all.
    public static func checksum(_ bytes: RawSpan, seed: UInt32 = 0) -> UInt32 {
        unsafe bytes.withUnsafeBytes { unsafe tally_crc32c(seed, $0.baseAddress, $0.count) }
    }

    /// The same checksum without CPU instructions: the twin that ``checksum(_:seed:)`` is tested against.
    ///
    /// - Returns: Exactly what ``checksum(_:seed:)`` returns, more slowly.
    public static func portableChecksum(_ bytes: RawSpan, seed: UInt32 = 0) -> UInt32 {
        unsafe bytes.withUnsafeBytes { unsafe tally_crc32c_portable(seed, $0.baseAddress, $0.count) }
    }

    /// True when this CPU has CRC instructions and they are used.
    public static var isHardwareAssisted: Bool { tally_crc32c_is_hardware() }
}
