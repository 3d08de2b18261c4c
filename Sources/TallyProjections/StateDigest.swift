public import TallyBytes
import TallyTables

/// The digest of a state: equal for equal states, on any machine.
///
/// SHA-256 over the sequence and, for each table in the order of its number, the number, the length and the SHA-256 of
/// each chunk of 64 KiB. Chunks that did not change keep their digest, so a checkpoint hashes only what it writes.
public struct StateDigest: Sendable {
    /// Digests of the chunks of each table, by table number.
    private var chunks: [[SHA256Digest]]
    private var byteCounts: [UInt64]

    /// The digest of nothing; chunks are noted as they are copied.
    public init() {
        let count = StateTable.allCases.reduce(0) { max($0, Int($1.rawValue) + 1) }
        chunks = Array(repeating: [], count: count)
        byteCounts = Array(repeating: 0, count: count)
    }

    /// Notes the length of a table; longer tables get room for their new chunks.
    public mutating func setByteCount(_ count: Int, of table: StateTable) {
        let index = Int(table.rawValue)
        byteCounts[index] = UInt64(count)
        let chunkCount = (count + PagedMemory.chunkBytes - 1) / PagedMemory.chunkBytes
        while chunks[index].count < chunkCount { chunks[index].append(.zero) }
    }

    /// Hashes a chunk.
    public mutating func note(_ bytes: RawSpan, chunk: Int, of table: StateTable) {
        chunks[Int(table.rawValue)][chunk] = SHA256.digest(of: bytes)
    }

    /// The digest of the whole after the record `sequence`.
    public func value(sequence: UInt64) -> SHA256Digest {
        var writer = ByteWriter(capacity: 1 << 16)
        writer.append(u64: sequence)
        for table in StateTable.allCases {
            writer.append(u16: table.rawValue)
            writer.append(u64: byteCounts[Int(table.rawValue)])
            for digest in chunks[Int(table.rawValue)] { digest.write(to: &writer) }
        }
        return SHA256.digest(of: writer.bytes)
    }
}

extension ProgrammeState {
    /// The digest of this state, from all its bytes: about a second for each gigabyte.
    public func digest() -> SHA256Digest { fullDigest().value(sequence: sequence) }

    /// The digest with those of all chunks, to go on from.
    public func fullDigest() -> StateDigest {
        var digest = StateDigest()
        for table in StateTable.allCases {
            withMemory(of: table) { memory in
                digest.setByteCount(memory.byteCount, of: table)
                for chunk in 0..<memory.chunkCount { digest.note(memory.chunk(chunk), chunk: chunk, of: table) }
            }
        }
        return digest
    }
}
