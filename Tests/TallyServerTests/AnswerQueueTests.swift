import NIOCore
import TallyModel
import TallyServer
import Testing

@Suite struct AnswerQueueTests {
    private func part(_ text: String) -> AnswerQueue.Part { AnswerQueue.Part(ByteBuffer(string: text)) }

    /// All orders of `items`.
    private func orders(_ items: [Int]) -> [[Int]] {
        guard items.count > 1 else { return [items] }
        return items.flatMap { first in orders(items.filter { $0 != first }).map { [first] + $0 } }
    }

    @Test func `in whatever order requests are answered, answers leave in the order of requests`() {
        for order in orders([0, 1, 2, 3]) {
            var queue = AnswerQueue()
            let places = (0..<4).map { _ in queue.takePlace() }
            var left = ""
            for index in order {
                for (piece, isLast) in [("\(index)a ", false), ("\(index)b ", true)] {
                    let released = queue.add(part(piece), to: places[index], isLast: isLast)
                    left += released.map { String(buffer: $0.bytes) }.joined()
                }
            }
            #expect(left == "0a 0b 1a 1b 2a 2b 3a 3b ", "\(order)")
            #expect(queue.count == 0)
            #expect(queue.heldBytes == 0)
        }
    }

    @Test func `a part of the first answer leaves at once, one of a later answer waits`() {
        var queue = AnswerQueue()
        let (first, second) = (queue.takePlace(), queue.takePlace())
        #expect(queue.add(part("late"), to: second, isLast: false).isEmpty)
        #expect(queue.heldBytes == 4)
        #expect(queue.add(part("early"), to: first, isLast: false) == [part("early")])
        #expect(queue.add(part("end"), to: first, isLast: true) == [part("end"), part("late")])
        #expect(queue.count == 1)
    }

    @Test func `answers to forgotten requests are dropped, and places are never used again`() {
        var queue = AnswerQueue()
        let old = queue.takePlace()
        queue.removeAll()
        let new = queue.takePlace()
        #expect(queue.add(part("old"), to: old, isLast: true).isEmpty)
        #expect(queue.add(part("new"), to: new, isLast: true) == [part("new")])
    }
}
