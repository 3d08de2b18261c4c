public import TallyBytes
import TallyModel

/// Frames of the stream socket.
///
/// A connection begins with the eight bytes of ``preamble``; then each side sends frames: four bytes of length and so many
/// bytes of one message. A batch is followed in its frame by its events, each again with four bytes of length.
public enum Frame {
    /// What a client sends before its first frame.
    ///
    /// The line ends at the end catch a connection that rewrites text, as in PNG; the first byte is not `{`, so a line
    /// of JSON is never taken for a frame.
    public static let preamble: [UInt8] = Array("TALLY1\r\n".utf8)

    /// Bytes of the length in front of a frame and of an event in a batch.
    @inlinable public static var lengthBytes: Int { 4 }

    /// What stands at the front of the bytes received so far.
    public enum Next: Sendable, Hashable {
        /// Not yet a whole frame; so many bytes are needed in all, if that is known.
        case needsMore(total: Int)
        /// A whole frame: its message begins at `offset` and has `count` bytes.
        case frame(offset: Int, count: Int)
    }

    /// Looks at the front of `bytes`.
    ///
    /// - Throws: ``CodecError/Fault/frameTooLong(bytes:max:)`` before anything of such a frame is kept.
    public static func next(in bytes: RawSpan, at offset: Int = 0) throws(CodecError) -> Next {
        let left = bytes.byteCount - offset
        guard left >= lengthBytes else { return .needsMore(total: lengthBytes) }
        let count = Int(bytes.u32(at: offset))
        guard count <= Limits.frameBytesMax else {
            throw CodecError(.frameTooLong(bytes: count, max: Limits.frameBytesMax), at: offset)
        }
        guard left >= lengthBytes + count else { return .needsMore(total: lengthBytes + count) }
        return .frame(offset: offset + lengthBytes, count: count)
    }
}

extension ByteWriter {
    /// Appends a frame whose message `body` writes; the length is set afterwards.
    @inlinable
    public mutating func appendFrame(_ body: (inout ByteWriter) -> Void) {
        let start = count
        append(u32: 0)
        body(&self)
        set(u32: UInt32(count - start - Frame.lengthBytes), at: start)
    }
}
