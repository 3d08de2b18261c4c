import Foundation
import TallyBytes
import TallyLog
import Testing

/// The fixture was written by an independent encoder from the description of the format.
///
/// What a released version wrote is read by all later ones, so these bytes never change.
@Suite struct BlockFormatTests {
    let first: [UInt8]
    let second: [UInt8]
    let ledgerID = LedgerID(low: 0x0706_0504_0302_0100, high: 0x0f0e_0d0c_0b0a_0908)

    init() throws {
        let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/two-blocks.hex")
        let blocks = try String(contentsOf: url, encoding: .utf8).components(separatedBy: "\n\n").compactMap {
            Hex.decode($0.replacingOccurrences(of: "\n", with: ""))
        }.filter { !$0.isEmpty }
        try #require(blocks.count == 2)
        (first, second) = (blocks[0], blocks[1])
    }

    func firstDraft() -> BlockDraft {
        let draft = BlockDraft(firstSequence: 1)
        for (text, source, number) in [("receipt 1", 7, 100), ("", 7, 101), ("receipt three", 9, 1)]
            as [(String, UInt32, UInt64)]
        {
            draft.noteRecord(offset: draft.records.count, source: source, number: number)
            draft.records.append(text: text)
        }
        draft.lastRecordedAt = 1_700_000_000_000_000
        return draft
    }

    @Test func `blocks are encoded as the committed bytes`() throws {
        #expect(firstDraft().encodedBlock(ledgerID: ledgerID, behind: .empty) == first)
        let position = try unsafe BlockView.decode(first.span.bytes, behind: .empty, ledgerID: ledgerID, check: .full)
            .position
        let secondDraft = draft(["receipt 4"], behind: position, source: 7, firstNumber: 102)
        secondDraft.lastRecordedAt = 1_700_000_000_000_001
        #expect(secondDraft.encodedBlock(ledgerID: ledgerID, behind: position) == second)
    }

    @Test func `the committed bytes are read`() throws {
        let view = try unsafe BlockView.decode(first.span.bytes, behind: .empty, ledgerID: ledgerID, check: .full)
        #expect(view.recordCount == 3)
        #expect(view.record(at: 0).byteCount == 9 && view.record(at: 1).isEmpty && view.record(at: 2).byteCount == 13)
        #expect(view.run(at: 0) == SourceRun(source: 7, count: 2, firstNumber: 100))
        #expect(view.run(at: 1) == SourceRun(source: 9, count: 1, firstNumber: 1))
        #expect(view.header.lastSequence == 3)
        let next = try unsafe BlockView.decode(
            second.span.bytes, behind: view.position, ledgerID: ledgerID, check: .full)
        #expect(next.sequence(at: 0) == 4)
    }

    @Test func `every flipped bit of a block is found`() {
        for byte in first.indices {
            for bit in 0..<8 {
                var damaged = first
                damaged[byte] ^= 1 << UInt8(bit)
                #expect(throws: LogError.self, "bit \(bit) of byte \(byte)") {
                    _ = try unsafe BlockView.decode(
                        damaged.span.bytes, behind: .empty, ledgerID: ledgerID, check: .quick
                    )
                    .recordCount
                }
            }
        }
    }

    @Test func `every shortened block is refused`() {
        for length in 0..<first.count {
            let short = Array(first[..<length])
            #expect(throws: LogError.self, "\(length) bytes") {
                _ = try unsafe BlockView.decode(short.span.bytes, check: .quick).recordCount
            }
        }
    }

    @Test func `a block does not fit elsewhere`() throws {
        let position = try unsafe BlockView.decode(first.span.bytes, check: .full).position
        var other = position
        other.blockHash = .zero
        for (wrong, ledger) in [
            (LogPosition.empty, ledgerID), (other, ledgerID), (position, LedgerID(low: 1, high: 2)),
        ] {
            #expect(throws: LogError.self) {
                _ = try unsafe BlockView.decode(second.span.bytes, behind: wrong, ledgerID: ledger, check: .quick)
                    .recordCount
            }
        }
    }
}
