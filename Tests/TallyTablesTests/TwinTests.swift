import TallyBytes
import TallyTables
import TallyTesting
import Testing

/// Each table against the plain value that it stands for.
@Suite("Tables and their twins")
struct TwinTests {
    struct Row: BitwiseCopyable, Hashable {
        var key: UInt64
        var value: UInt64
    }

    @Test func `a table is an array that grows`() {
        var random = Self.random()
        var table = DenseTable<Row>(rowBytes: 16, capacity: 1)
        var twin: [Row] = []
        for step in 0..<50_000 {
            if twin.isEmpty || random.next(below: 3) == 0 {
                let row = Row(key: UInt64(step), value: random.next())
                let index = table.append(row)
                #expect(index == twin.count)
                twin.append(row)
            } else {
                let index = Int(random.next(below: UInt64(twin.count)))
                let value = random.next()
                table.update(index) { $0.value = value }
                twin[index].value = value
            }
        }
        let count = table.count
        #expect(count == twin.count)
        for (index, row) in twin.enumerated() {
            let found = table[index]
            #expect(found == row)
        }
        // The bytes are a function of the rows: that is what a digest relies on.
        var again = DenseTable<Row>(rowBytes: 16, capacity: 4_096)
        for row in twin { again.append(row) }
        let areAlike = again.memory.bytes.hasSameBytes(as: table.memory.bytes)
        #expect(areAlike)
    }

    @Test func `an index is a dictionary, also when all hashes are alike`() {
        var random = Self.random()
        for spread in [UInt64.max, 0xFF << 32, 0] {
            var index = HashIndex()
            var keys: [UInt64] = []
            var twin: [UInt64: Int] = [:]
            for _ in 0..<(spread == .max ? 20_000 : 600) {
                let key = random.next()
                let found = index.find(key & spread) { keys[$0] == key }
                #expect(found == twin[key])
                index.insert(keys.count, hash: key & spread)
                twin[key] = keys.count
                keys.append(key)
            }
            let count = index.count
            #expect(count == keys.count)
            for (row, key) in keys.enumerated() {
                let found = index.find(key & spread) { keys[$0] == key }
                #expect(found == row)
            }
            let absent = index.find(random.next() & spread) { _ in false }
            #expect(absent == nil)
        }
    }

    @Test func `of two rows under one key the first is found`() {
        var index = HashIndex()
        index.insert(5, hash: 42 << 32)
        index.insert(6, hash: 42 << 32)
        let found = index.find(42 << 32) { _ in true }
        #expect(found == 5)
    }

    @Test func `a slab is a list of strings`() {
        var random = Self.random()
        var slab = TextSlab()
        var twin: [(TextPlace, String)] = []
        for _ in 0..<5_000 {
            let text = String(
                repeating: ["a", "я", "€", "🍋"][Int(random.next(below: 4))], count: Int(random.next(below: 40)))
            let bytes = Array(text.utf8)
            twin.append((unsafe slab.append(bytes.span.bytes), text))
        }
        for (place, text) in twin {
            let found = slab.string(place)
            #expect(found == text)
        }
        let byteCount = slab.memory.byteCount
        #expect(byteCount == twin.reduce(0) { $0 + $1.1.utf8.count })
    }

    private static func random(_ test: String = #function) -> SeededRandom {
        let seed = UInt64.random(in: 0..<1_000_000_000)
        print("\(test): seed \(seed)")
        return SeededRandom(seed: seed)
    }
}
