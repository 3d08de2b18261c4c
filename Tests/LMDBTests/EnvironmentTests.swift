import Glibc
import LMDB
import TallyTesting
import Testing

@Suite struct EnvironmentTests {
    let directory = TemporaryDirectory()

    func open(_ options: EnvironmentOptions = EnvironmentOptions(mayCreate: true)) throws -> Environment {
        try Environment(directory: directory.path, options: options)
    }

    @Test func `what is committed is there after reopening`() throws {
        do {
            let environment = try open()
            let table: Table<UInt64> = try environment.openTable("t")
            try environment.write { transaction in
                for key in UInt64(1)...1000 { try transaction.put(key.bytes.span.rawBytes, at: key, in: table) }
            }
        }
        let environment = try open(EnvironmentOptions(isReadOnly: true))
        let table: Table<UInt64> = try environment.openTable("t")
        try environment.read { transaction in
            #expect(try transaction.statistics(of: table).entryCount == 1000)
            var cursor = try transaction.cursor(over: table)
            var expected: UInt64 = 1
            while try cursor.next() {
                #expect(cursor.key == expected)
                #expect(cursor.value.byteCount == 8)
                expected += 1
            }
            #expect(expected == 1001)
        }
    }

    @Test func `what throws is undone`() throws {
        struct Stop: Error {}
        let environment = try open()
        let table: Table<UInt64> = try environment.openTable("t")
        #expect(throws: Stop.self) {
            try environment.write { transaction in
                try transaction.put(UInt64(1).bytes.span.rawBytes, at: 1, in: table)
                throw Stop()
            }
        }
        let isThere = try environment.read { transaction in try transaction.value(of: 1, in: table) != nil }
        #expect(!isThere)
    }

    @Test func `appending out of order is refused`() throws {
        let environment = try open()
        let table: Table<UInt64> = try environment.openTable("t")
        try environment.write { transaction in
            try transaction.append(5, byteCount: 3, to: table) { $0.fill(7) }
        }
        for key in [UInt64(5), 4] {
            #expect(throws: LMDBError.outOfOrder) {
                try environment.write { transaction in
                    try transaction.append(key, byteCount: 3, to: table) { $0.fill(8) }
                }
            }
        }
    }

    @Test func `a cursor finds neighbours`() throws {
        let environment = try open()
        let table: Table<UInt64> = try environment.openTable("t")
        try environment.write { transaction in
            for key in [UInt64(10), 20, 30] { try transaction.put(key.bytes.span.rawBytes, at: key, in: table) }
        }
        try environment.read { transaction in
            var cursor = try transaction.cursor(over: table)
            #expect(try cursor.seek(toOrBefore: 25) && cursor.key == 20)
            #expect(try cursor.seek(toOrBefore: 20) && cursor.key == 20)
            #expect(try cursor.seek(toOrBefore: 99) && cursor.key == 30)
            #expect(try !cursor.seek(toOrBefore: 9))
            #expect(try cursor.seek(toOrAfter: 11) && cursor.key == 20)
            #expect(try !cursor.seek(toOrAfter: 31))
            #expect(try cursor.seek(to: 30) && cursor.previous() && cursor.key == 20)
            #expect(try !cursor.seek(to: 31))
            #expect(try cursor.last() && cursor.key == 30 && !cursor.next())
        }
    }

    @Test func `a full map is an error and a grown one takes the rest`() throws {
        let environment = try open(EnvironmentOptions(mapSizeBytes: 1 << 20, mayCreate: true))
        let table: Table<UInt64> = try environment.openTable("t")
        let fill = { (key: UInt64) in
            try environment.write { transaction in
                try transaction.append(key, byteCount: 900_000, to: table) { $0.fill(1) }
            }
        }
        try fill(1)
        #expect(throws: LMDBError.mapFull) { try fill(2) }
        try environment.grow(to: 4 << 20)
        try fill(2)
    }

    @Test func `a second opening in one process is refused, by any path`() throws {
        let first = try open()
        #expect(throws: LMDBError.alreadyOpen(directory: directory.path)) { _ = try open() }
        let other = directory.path + "/../" + String(directory.path.split(separator: "/").last!)
        #expect(throws: LMDBError.alreadyOpen(directory: other)) { _ = try Environment(directory: other) }
        _ = try first.statistics()
    }

    @Test func `a closed environment may be opened again`() throws {
        for _ in 0..<3 { _ = try open().statistics() }
    }

    @Test func `a missing environment is an error unless it may be made`() throws {
        #expect(throws: LMDBError.missing(directory: directory.path)) {
            _ = try Environment(directory: directory.path)
        }
        let nowhere = directory.appending("nowhere")
        #expect(throws: LMDBError.missing(directory: nowhere)) {
            _ = try Environment(directory: nowhere, options: EnvironmentOptions(mayCreate: true))
        }
    }

    @Test func `every name of lmdb.h has a message with a remedy`() {
        let errors: [LMDBError] = [.mapFull, .corrupted, .panic, .readersFull, .system(errno: EIO), .usedAfterFork]
        for error in errors { #expect(error.description.contains("; ")) }
        #expect(LMDBError.mapFull.codeName == "MDB_MAP_FULL")
    }

    @Test func `using an environment after fork is refused`() async {
        await #expect(processExitsWith: .success) {
            let directory = TemporaryDirectory()
            let environment = try Environment(
                directory: directory.path, options: EnvironmentOptions(mayCreate: true))
            let child = forkHere()
            guard child != 0 else {
                do { try environment.read { _ in } } catch LMDBError.usedAfterFork { _exit(0) }
                _exit(1)
            }
            var status: Int32 = 0
            unsafe waitpid(child, &status, 0)
            #expect(status == 0, "the child met usedAfterFork")
        }
    }
}

/// `fork`, which Swift hides because a child of a threaded process may do very little; ours only looks and leaves.
private func forkHere() -> pid_t {
    let address = unsafe dlsym(nil, "fork")
    return unsafe unsafeBitCast(address, to: (@convention(c) () -> pid_t).self)()
}
