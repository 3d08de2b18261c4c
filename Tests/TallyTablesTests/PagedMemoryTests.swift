import TallyBytes
import TallyTables
import TallyTesting
import Testing

@Suite("Paged memory")
struct PagedMemoryTests {
    private static let chunk = PagedMemory.chunkBytes

    @Test(arguments: [0, 1, chunk - 1, chunk, chunk + 1, 3 * chunk, 3 * chunk + 7])
    func `bytes in use are zero and lie in whole chunks but for the last`(count: Int) {
        var memory = PagedMemory(capacity: 1)
        let start = count > 0 ? memory.extend(by: count) : 0
        #expect(start == 0)
        let (byteCount, chunkCount) = (memory.byteCount, memory.chunkCount)
        #expect(byteCount == count)
        #expect(chunkCount == (count + Self.chunk - 1) / Self.chunk)
        var sum = 0
        for index in 0..<memory.chunkCount {
            sum += memory.chunk(index).byteCount
        }
        #expect(sum == count)
        #expect(Self.changed(memory) == Array(0..<chunkCount))
        var isZero = true
        for offset in 0..<count where memory.bytes.u8(at: offset) != 0 { isZero = false }
        #expect(isZero)
    }

    /// Where bytes change, and which of three chunks a checkpoint must then write.
    @Test(
        arguments: [
            (0, 1, [0]), (chunk - 1, 1, [0]), (chunk - 1, 2, [0, 1]), (chunk, chunk, [1]),
            (chunk - 1, chunk + 2, [0, 1, 2]),
            (2 * chunk + 6, 1, [2]),
        ] as [(Int, Int, [Int])])
    func `exactly the chunks that changed are marked`(offset: Int, count: Int, changed: [Int]) {
        var memory = PagedMemory()
        _ = memory.extend(by: 2 * Self.chunk + 7)
        memory.clearChanged()
        memory.markChanged(at: offset, count: count)
        #expect(Self.changed(memory) == changed)
        memory.markAllChanged()
        #expect(Self.changed(memory) == [0, 1, 2])
    }

    @Test func `growth keeps bytes and marks`() {
        var memory = PagedMemory(capacity: Self.chunk)
        _ = memory.extend(by: Self.chunk)
        memory.clearChanged()
        _ = memory.extend(by: 9 * Self.chunk)
        #expect(Self.changed(memory) == Array(1..<10))
    }

    @Test func `what one memory saves another loads`() {
        var table = DenseTable<UInt64>(rowBytes: 8)
        for value in UInt64(0)..<20_001 { table.append(value &* 0x9E37_79B9_7F4A_7C15) }
        var loaded = PagedMemory(capacity: 1)
        loaded.prepareToLoad(byteCount: table.memory.byteCount)
        for index in 0..<table.memory.chunkCount {
            let isLoaded = loaded.load(table.memory.chunk(index), chunk: index)
            #expect(isLoaded)
        }
        let areAlike = loaded.bytes.hasSameBytes(as: table.memory.bytes)
        #expect(areAlike)
        #expect(Self.changed(loaded) == [])
    }

    /// Chunk numbers and lengths that do not fit 100 bytes.
    @Test(arguments: [(0, 99), (0, 101), (1, 100), (-1, 100), (Int(UInt32.max), 100)])
    func `a chunk that does not fit its place is refused`(index: Int, count: Int) {
        var memory = PagedMemory()
        memory.prepareToLoad(byteCount: 100)
        let bytes = Array(repeating: UInt8(1), count: count)
        let isLoaded = unsafe memory.load(bytes.span.bytes, chunk: index)
        #expect(!isLoaded)
    }

    private static func changed(_ memory: borrowing PagedMemory) -> [Int] {
        var changed: [Int] = []
        for index in 0..<memory.chunkCount where memory.isChanged(chunk: index) { changed.append(index) }
        return changed
    }
}
