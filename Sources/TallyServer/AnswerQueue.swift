package import NIOCore

/// Brings answers into the order of their requests.
///
/// Batches are answered when they are durable, questions at once, by different threads; clients count answers. So every
/// request takes a place when it is read, and what is answered early waits for the places before it.
package struct AnswerQueue {
    /// A piece of an answer.
    package struct Part: Equatable {
        /// The bytes as they will be written: whole frames or whole lines.
        package var bytes: ByteBuffer
        /// True when the connection ends with this part.
        package var closes: Bool

        /// A part of its parts.
        package init(_ bytes: ByteBuffer, closes: Bool = false) { (self.bytes, self.closes) = (bytes, closes) }
    }

    /// A request's place: counts all requests of the connection from 0.
    package typealias Place = Int

    private struct Waiting {
        var parts: [Part] = []
        var isComplete = false
    }

    private var waiting = CircularBuffer<Waiting>()
    private var firstPlace: Place = 0
    /// Bytes of the parts that wait for an earlier answer.
    package private(set) var heldBytes = 0

    /// A queue without requests.
    package init() {}

    /// Requests without a complete answer that has left.
    package var count: Int { waiting.count }

    /// Takes the next place.
    ///
    /// - Returns: The place, for ``add(_:to:isLast:)``.
    package mutating func takePlace() -> Place {
        waiting.append(Waiting())
        return firstPlace + waiting.count - 1
    }

    /// Adds a part to the answer at `place`.
    ///
    /// - Returns: What may leave now, in order; nothing while an earlier answer is missing or when the queue was emptied.
    package mutating func add(_ part: Part, to place: Place, isLast: Bool) -> [Part] {
        let index = place - firstPlace
        guard index >= 0, index < waiting.count else { return [] }
        if index == 0 {
            return isLast ? [part] + leave() : [part]
        }
        let position = waiting.index(waiting.startIndex, offsetBy: index)
        waiting[position].parts.append(part)
        waiting[position].isComplete = isLast
        heldBytes += part.bytes.readableBytes
        return []
    }

    /// Forgets every place; answers that still come are dropped.
    package mutating func removeAll() {
        firstPlace += waiting.count
        waiting.removeAll()
        heldBytes = 0
    }

    /// Ends the first answer and releases what waited for that.
    private mutating func leave() -> [Part] {
        var released: [Part] = []
        repeat {
            waiting.removeFirst()
            firstPlace += 1
            released += releaseFirst()
        } while waiting.first?.isComplete == true
        return released
    }

    private mutating func releaseFirst() -> [Part] {
        guard let parts = waiting.first?.parts else { return [] }
        waiting[waiting.startIndex].parts = []
        heldBytes -= parts.reduce(0) { $0 + $1.bytes.readableBytes }
        return parts
    }
}
