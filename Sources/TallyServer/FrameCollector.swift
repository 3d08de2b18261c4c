package import NIOCore
import TallyBytes
package import TallyCodec
import TallyModel

/// Gathers the bytes of one frame after the other.
///
/// Every byte is copied once, into a buffer that holds one frame and nothing else: a frame that waits in the engine then
/// never keeps the large buffer alive that it was read with. The buffer grows with the bytes that have arrived, so a
/// client that announces eight megabytes and sends nothing costs nothing.
package struct FrameCollector {
    private var message = ByteBuffer()
    private var missing = 0
    private var lengthBytes: [UInt8] = []

    /// A collector at the beginning of a frame.
    package init() {}

    /// Bytes of memory that the frame at hand takes.
    package var bytesSetAside: Int { message.capacity }

    /// Takes bytes from `input` up to the end of the frame.
    ///
    /// - Returns: The message of the frame without its length; nil when `input` was used up before.
    /// - Throws: ``CodecError`` for a length beyond `Limits.frameBytesMax`, before any byte of such a frame is kept.
    package mutating func next(from input: inout ByteBuffer) throws(CodecError) -> ByteBuffer? {
        if missing == 0 {
            guard let length = try takeLength(from: &input) else { return nil }
            begin(length: length, available: input.readableBytes)
        }
        take(from: &input)
        guard missing == 0 else { return nil }
        defer { message = ByteBuffer() }
        return message
    }

    private mutating func takeLength(from input: inout ByteBuffer) throws(CodecError) -> Int? {
        while lengthBytes.count < Frame.lengthBytes {
            guard let byte = input.readInteger(as: UInt8.self) else { return nil }
            lengthBytes.append(byte)
        }
        defer { lengthBytes.removeAll(keepingCapacity: true) }
        let length = lengthBytes.reversed().reduce(0) { $0 << 8 | Int($1) }
        guard length <= Limits.frameBytesMax else {
            throw CodecError(.frameTooLong(bytes: length, max: Limits.frameBytesMax))
        }
        // No message is shorter than its header; an empty frame would also never look complete.
        guard length >= messageHeaderLength else {
            throw CodecError(.tooShort(needed: messageHeaderLength, found: length))
        }
        return length
    }

    private mutating func begin(length: Int, available: Int) {
        missing = length
        message = ByteBufferAllocator().buffer(capacity: min(length, available))
    }

    private mutating func take(from input: inout ByteBuffer) {
        guard var piece = input.readSlice(length: min(missing, input.readableBytes)) else { return }
        missing -= piece.readableBytes
        message.writeBuffer(&piece)
    }
}
