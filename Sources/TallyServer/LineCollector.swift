package import NIOCore
import TallyModel

/// Gathers the bytes of one line after the other; every byte is looked at once.
package struct LineCollector {
    /// What stands at the front of the bytes received so far.
    package enum Next: Equatable {
        /// The line has not ended yet.
        case needsMore
        /// A whole line without its line feed.
        case line(String)
        /// The line is longer than `Limits.jsonLineBytesMax`.
        case tooLong
        /// The line is not UTF-8.
        case notText
    }

    private var begun = ByteBuffer()
    /// Lines seen so far, so that a refusal can name the one at fault.
    package private(set) var linesSeen = 0

    /// A collector at the beginning of a line.
    package init() {}

    /// Takes bytes from `input` up to the end of the line.
    package mutating func next(from input: inout ByteBuffer) -> Next {
        let view = input.readableBytesView
        let end = view.firstIndex(of: UInt8(ascii: "\n"))
        let length = end.map { $0 - view.startIndex } ?? input.readableBytes
        guard begun.readableBytes + length <= Limits.jsonLineBytesMax else {
            linesSeen += 1
            return .tooLong
        }
        guard var piece = input.readSlice(length: length) else { return .needsMore }
        begun.writeBuffer(&piece)
        guard end != nil else { return .needsMore }
        input.moveReaderIndex(forwardBy: 1)
        return finish()
    }

    /// Ends a line that has no line feed because the client closed its side after it.
    package mutating func finish() -> Next {
        linesSeen += 1
        let bytes = begun.readableBytesView
        guard let line = String(validating: bytes, as: UTF8.self) else { return .notText }
        // Most lines are short: the memory is used again unless a long one has passed.
        if begun.capacity > ServerOptions.readBytes { begun = ByteBuffer() } else { begun.clear() }
        return .line(line)
    }

    /// True while a line has begun and not ended.
    package var isInsideLine: Bool { begun.readableBytes > 0 }
}
