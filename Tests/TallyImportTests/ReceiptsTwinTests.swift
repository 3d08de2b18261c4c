import Foundation
import TallyBytes
import TallyImport
import TallyModel
import TallyTesting
import Testing

/// The fast reader writes the same bytes as its plain twin.
struct ReceiptsTwinTests {
    @Test func `random files give the bytes of the plain twin whatever the size of the pieces`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("seed \(seed)")
        var random = SeededGenerator(state: seed)
        for _ in 0..<60 {
            var file = ReceiptsFile(RandomReceipts.text(&random))
            file.chunkBytes = [1, 7, 100, 4096, 1 << 20].randomElement(using: &random)!
            file.zone = CivilZone(
                text: ["UTC", "+03:00", "America/New_York", "Europe/London"].randomElement(using: &random)!)!
            let result = file.result(batchEvents: .random(in: 4...200, using: &random))
            #expect(result.fault == nil, "seed \(seed)")
            #expect(try result.events == file.plainEvents(), "seed \(seed)")
        }
    }

    @Test(arguments: ["demo_cj", "cdnow", "online_retail"])
    func `real files give the bytes of the plain twin`(_ name: String) throws {
        guard let bytes = SharedData.bytes(of: name) else { return }
        var file = ReceiptsFile(bytes: bytes)
        file.zone = CivilZone(text: "America/New_York")!
        let result = file.result(batchEvents: 8192)
        #expect(result.fault == nil)
        #expect(try result.events == file.plainEvents())
    }

    @Test func `the large file is read at a hundred megabytes a second`() throws {
        guard let bytes = SharedData.bytes(of: "completejourney") else { return }
        var file = ReceiptsFile(bytes: bytes)
        file.zone = CivilZone(text: "America/New_York")!
        let start = ThreadClock.seconds
        let result = file.result(batchEvents: 8192)
        let seconds = ThreadClock.seconds - start
        print("\(Int(Double(bytes.count) / 1e6 / seconds)) MB/s, \(result.count) events")
        #expect(result.fault == nil)
        #expect(result.count == 155_848 + 2_469 + 457)
        #if !DEBUG
            #expect(seconds < Double(bytes.count) / 1e8)
        #endif
    }
}

/// The time that this thread has computed: other tests and other programs do not slow it.
enum ThreadClock {
    static var seconds: Double {
        var time = timespec()
        unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// The receipts beside the repository.
enum SharedData {
    /// The bytes of a data set; nil, with a loud line, when it is not there.
    static func bytes(of name: String) -> [UInt8]? {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let shared = ProcessInfo.processInfo.environment["TALLY_SHARED"] ?? root.appending(path: "../shared").path
        let path = "\(shared)/data/\(name).csv.zst"
        guard FileManager.default.fileExists(atPath: path), let bytes = decompressed(path) else {
            print("SKIPPED: \(path) is not there; set TALLY_SHARED to check against \(name)")
            return nil
        }
        return bytes
    }

    private static func decompressed(_ path: String) -> [UInt8]? {
        let ended = try? ChildProcess.run("/usr/bin/env", ["zstd", "-dc", "--long=27", path])
        guard let ended, ended.status == 0 else { return nil }
        return ended.output
    }
}

/// Files of receipts with everything that a good file may hold.
enum RandomReceipts {
    static func text(_ random: inout SeededGenerator) -> String {
        let lineEnd = Bool.random(using: &random) ? "\n" : "\r\n"
        var text = ReceiptsFile.header
        for index in 0..<Int.random(in: 0...60, using: &random) {
            let kind = Int.random(in: 0...9, using: &random)
            let head = [
                "R\(index)", member(&random), quoted(["330", "s, 1", "Łódź"].randomElement(using: &random)!, &random),
            ]
            for _ in 0..<Int.random(in: 1...5, using: &random) {
                text += (head + [stamp(index, &random)] + line(kind, &random)).joined(separator: ",") + lineEnd
            }
        }
        return Bool.random(using: &random) ? text : String(text.dropLast())
    }

    private static func member(_ random: inout SeededGenerator) -> String {
        Bool.random(using: &random) ? "" : "m\(Int.random(in: 1...20, using: &random))"
    }

    private static func stamp(_ index: Int, _ random: inout SeededGenerator) -> String {
        let day = CivilDay(days: Int32.random(in: 0...20_000, using: &random))
        return "\(day)T0\(Int.random(in: 0...9, using: &random)):\(10 + index % 50):00"
    }

    private static func line(_ kind: Int, _ random: inout SeededGenerator) -> [String] {
        let sku = quoted(["123", "a\"b", "x,y", "Ж"].randomElement(using: &random)!, &random)
        let amount =
            "\(Int.random(in: 0...999, using: &random))" + ["", ".5", ".05", ".00"].randomElement(using: &random)!
        let quantity = ["1", "0.5", "2.125", "0"].randomElement(using: &random)!
        let isReturn = kind == 0
        return [
            sku, quoted(["", "FOOD"].randomElement(using: &random)!, &random), (isReturn ? "-" : "") + quantity, "1",
            (isReturn ? "-1" : "") + amount,
        ]
    }

    private static func quoted(_ text: String, _ random: inout SeededGenerator) -> String {
        guard text.contains("\"") || text.contains(",") || Bool.random(using: &random) else { return text }
        return "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }
}

/// Random numbers that a printed seed repeats.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }
}
