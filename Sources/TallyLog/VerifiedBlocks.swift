internal import Synchronization

/// Which blocks have passed their checksum since the log was opened.
///
/// Reading one record must not cost the checksum of a whole block each time, and must not trust the disk either:
/// so a block is summed the first time it is read at random. The set is bounded; when it is full it starts anew,
/// which costs some checksums again and nothing else.
final class VerifiedBlocks: Sendable {
    /// The most blocks remembered: about a megabyte.
    private static let countMax = 65_536

    private let firstSequences = Mutex<Set<UInt64>>([])

    /// True when the block starting at `sequence` was summed before.
    func contains(_ sequence: UInt64) -> Bool { firstSequences.withLock { $0.contains(sequence) } }

    /// Remembers a block.
    func insert(_ sequence: UInt64) {
        firstSequences.withLock { set in
            if set.count >= Self.countMax { set.removeAll(keepingCapacity: true) }
            set.insert(sequence)
        }
    }
}
