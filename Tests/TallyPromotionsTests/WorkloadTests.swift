import Crypto
import Foundation
import TallyPromotions
import TallyTables
import TallyTesting
import Testing

/// The answers to the workload that every engine is measured on, by a program that is not ours.
///
/// A reference in Python, which asks every condition of every promotion of every basket, wrote its answers once; what is compared
/// are the hashes of 100,000 lines: which promotions match, and which apply with which discount and which points.
@Suite("The workload of the peers")
struct WorkloadTests {
    struct Expected: Sendable, CustomTestStringConvertible {
        var promotions: Int
        var matches: String
        var full: String
        var testDescription: String { "\(promotions) promotions" }
    }

    static let expected = [
        Expected(
            promotions: 100, matches: "23e41c76de3e27ad7a7c63cd3f0df7f01ad214c398d277f0f91bb1b4c2ddc038",
            full: "4669d7e8fc30aa4cb10239cdd462e5f61ee4c351d6d07bb6f98e507c3a4cd819"),
        Expected(
            promotions: 1_000, matches: "67cd5e9c1184de5f672ff24e499ea9da19812c243228a35f0e16a6cc4fe10045",
            full: "60d25bcaff7ecc3a94e9cb76aa929e45a03ed119d7d4687e6498b217a128c2aa"),
        Expected(
            promotions: 10_000, matches: "e6adceea5dc8be396a2c85cc9e71829d68eade27006041d91a13ff4ed3d39592",
            full: "4d9c5b87310576bd61fc4b7a5334f48829d3636f0b1b1a35da65decb8e581261"),
    ]

    /// The files of the workload, made once for all three.
    private static let directory: TemporaryDirectory? = {
        let directory = TemporaryDirectory(prefix: "promotions")
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Benchmarks/promotions/workload.py").path
        let ended = try? ChildProcess.run("/usr/bin/env", ["python3", script, directory.path])
        return ended?.status == 0 ? directory : nil
    }()

    @Test(arguments: expected) func `every match, every discount and every point is the reference's`(
        expected: Expected
    ) throws {
        let directory = try #require(Self.directory, "python3 makes the workload")
        let workload = PromotionWorkload(directory: directory.path, promotions: expected.promotions)
        let table = RuleTable(workload.ruleSet, workload.assortment, workload.schema)
        var evaluator = Evaluator(table)
        var awards = AwardBatch()
        var (matches, full) = (SHA256(), SHA256())
        var number = 0
        for batch in workload.batches(for: table) {
            evaluator.evaluate(batch.batch, into: &awards)
            for basket in 0..<batch.batch.count {
                let found = (Int(evaluator.matcher.starts[basket])..<Int(evaluator.matcher.starts[basket + 1])).map {
                    "\(evaluator.matcher.matches[$0])"
                }.joined(separator: ",")
                let applied = awards.awards(of: basket)
                let list = applied.map { "[\($0.promotion),\($0.discount),\($0.points)]" }.joined(separator: ",")
                let (discount, points) = applied.reduce((0, 0)) { ($0.0 + $1.discount, $0.1 + $1.points) }
                matches.update(data: Data("\(number):\(found)\n".utf8))
                full.update(
                    data: Data(
                        #"{"b":\#(number),"m":[\#(found)],"a":[\#(list)],"d":\#(discount),"p":\#(points)}\#n"#.utf8))
                number += 1
            }
        }
        #expect(number == 100_000)
        #expect(matches.finalize().map { Self.hex($0) }.joined() == expected.matches)
        #expect(full.finalize().map { Self.hex($0) }.joined() == expected.full)
    }

    private static func hex(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }
}
