import TallyTables
import TallyTesting
import Testing

@Suite("Tree of what is due")
struct DueTreeTests {
    private struct Row: DueRow { var dueAt: UInt32 }

    private struct Queue: ~Copyable {
        var rows = DenseTable<Row>(rowBytes: 4)
        var tree = DueTree<Row>()

        /// Lets a row be due at another second; 0 for never.
        mutating func set(_ row: Int, _ due: UInt32) {
            while rows.count <= row { rows.append(Row(dueAt: 0)) }
            let before = rows[row].dueAt
            rows.update(row) { $0.dueAt = due }
            if before != 0 {
                tree.move(row, from: before, rows)
            } else if due != 0 {
                tree.insert(row, due: due)
            }
        }

        func visited(through last: UInt32, most: Int = .max) -> [[Int]] {
            var found: [[Int]] = []
            tree.forEach(through: last, rows) { row, due in
                found.append([Int(due), row])
                return found.count < most
            }
            return found
        }
    }

    @Test func `rows come by their seconds, and within one as the table has them`() {
        var queue = Queue()
        #expect(queue.tree.nextDue == nil)
        #expect(queue.visited(through: .max).isEmpty)
        for (row, due) in [(50, 20), (3, 10), (900, 20), (1, 10), (0, 30), (40_000, 20)] as [(Int, UInt32)] {
            queue.set(row, due)
        }
        #expect(queue.tree.nextDue == 10)
        #expect(queue.visited(through: 20) == [[10, 1], [10, 3], [20, 50], [20, 900], [20, 40_000]])
        #expect(queue.visited(through: 20, most: 3).count == 3)
        queue.set(3, 0)
        queue.set(1, 25)
        #expect(queue.tree.nextDue == 20)
        #expect(queue.visited(through: 29) == [[20, 50], [20, 900], [20, 40_000], [25, 1]])
        #expect(queue.tree.count == 5)
    }

    @Test func `the last second there is comes before never`() {
        var queue = Queue()
        queue.set(0, 0)
        queue.set(1, .max)
        queue.set(20, 1)
        #expect(queue.visited(through: .max) == [[1, 20], [Int(UInt32.max), 1]])
        queue.set(20, 0)
        #expect(queue.tree.nextDue == .max)
        queue.set(1, 0)
        #expect(queue.tree.nextDue == nil)
    }

    @Test(arguments: [20, 300, 70_000])
    func `the tree is a sorted list whatever the rows become`(rows: Int) {
        let seed = UInt64.random(in: 0..<1_000_000_000)
        print("due tree: \(rows) rows, seed \(seed)")
        var random = SeededRandom(seed: seed)
        var queue = Queue()
        var model = Array(repeating: UInt32(0), count: rows)
        for turn in 0..<30_000 {
            let row = Int(random.next(below: UInt64(rows)))
            let due = random.next(below: 3) == 0 ? 0 : UInt32(1 + random.next(below: 400))
            queue.set(row, due)
            model[row] = due
            guard turn % 1_499 == 0 else { continue }
            let last = UInt32(random.next(below: 420))
            let expected = model.indices.filter { model[$0] != 0 && model[$0] <= last }.map { [Int(model[$0]), $0] }
                .sorted { ($0[0], $0[1]) < ($1[0], $1[1]) }
            let isSame = queue.visited(through: last) == expected
            #expect(isSame, "seed \(seed), turn \(turn)")
            #expect(queue.tree.nextDue == model.filter { $0 != 0 }.min(), "seed \(seed), turn \(turn)")
            let isSound = queue.tree.isSound(queue.rows)
            #expect(isSound, "seed \(seed), turn \(turn)")
        }
    }

    @Test func `a row of a table takes a quarter of a byte`() {
        var queue = Queue()
        for row in 0..<100_000 { queue.set(row, 7) }
        #expect(queue.tree.byteCount < 100_000 * 27 / 100)
    }
}
