import TallyTables
import TallyTesting
import Testing

@Suite("Queue of what is due")
struct DueQueueTests {
    @Test func `rows come by their seconds, and within one as they were entered`() {
        var queue = DueQueue()
        for (row, due) in [(5, 20), (3, 10), (9, 20), (1, 10), (0, 30)] as [(Int, UInt32)] {
            queue.insert(row, due: due)
        }
        #expect(queue.nextDue == 10)
        #expect(rows(queue, through: 20) == [3, 1, 5, 9])
        queue.remove(3, due: 10)
        queue.remove(9, due: 20)
        #expect(rows(queue, through: .max) == [1, 5, 0])
        queue.remove(1, due: 10)
        #expect(queue.nextDue == 20)
        #expect(!queue.contains(1) && queue.contains(5))
    }

    @Test func `the queue is a sorted list whatever enters and leaves`() {
        let seed = UInt64.random(in: 0..<1_000_000_000)
        print("due queue: seed \(seed)")
        var random = SeededRandom(seed: seed)
        var queue = DueQueue()
        var model: [(row: Int, due: UInt32)] = []
        for turn in 0..<20_000 {
            let row = Int(random.next(below: 300))
            if let place = model.firstIndex(where: { $0.row == row }) {
                queue.remove(row, due: model[place].due)
                model.remove(at: place)
            } else {
                let due = UInt32(1 + random.next(below: 40))
                queue.insert(row, due: due)
                model.append((row, due))
            }
            guard turn % 97 == 0 else { continue }
            let last = UInt32(random.next(below: 42))
            let expected = model.enumerated().filter { $0.element.due <= last }
                .sorted { ($0.element.due, $0.offset) < ($1.element.due, $1.offset) }.map(\.element.row)
            #expect(rows(queue, through: last) == expected, "seed \(seed), turn \(turn)")
            #expect(queue.count == model.count && queue.nextDue == model.map(\.due).min(), "seed \(seed), turn \(turn)")
        }
    }

    private func rows(_ queue: borrowing DueQueue, through last: UInt32) -> [Int] {
        var rows: [Int] = []
        queue.forEach(through: last) { row, _ in
            rows.append(row)
            return true
        }
        return rows
    }
}
