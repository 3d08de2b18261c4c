import TallyBytes
import TallyCodec
import TallyDecisions
import TallyModel
import TallyProjections
import TallyTables
import TallyTesting
import Testing

/// Every way in which a merge or a split is refused, one changed field a row.
@Suite("Refusals of merges and splits")
struct MergeRejectionTests {
    private typealias Sound = SoundMerge

    /// Rows for the desk with operators.
    static let rows: [RejectionRow] = [
        RejectionRow("no such survivor", Sound.merge { $0.survivor = .card("x") }, .memberUnknown),
        RejectionRow("no such absorbed member", Sound.merge { $0.absorbed = .number(MemberNumber(9)) }, .memberUnknown),
        RejectionRow("a survivor that is nobody", Sound.merge { $0.survivor = .anonymous }, .memberMissing),
        RejectionRow("an absorbed member that is nobody", Sound.merge { $0.absorbed = .anonymous }, .memberMissing),
        RejectionRow("a phone that is none", Sound.merge { $0.absorbed = .phone("12") }, .phoneMalformed),
        RejectionRow("with oneself", Sound.merge { $0.absorbed = .number(MemberNumber(1)) }, .membersAlreadyOne),
        RejectionRow("no reason", Sound.merge { $0.reason = "" }, .reasonMissing),
        RejectionRow("a clock beyond all", Sound.merge { $0.utcOffsetMinutes = .max }, .timeOutOfRange),
        RejectionRow("an operator that is none", Sound.merge { $0.operatorID = "oleg" }, .operatorUnknown),
        RejectionRow("no right to merge", Sound.merge { $0.operatorID = "max" }, .operatorRightMissing),
        RejectionRow("a split of nobody known", Sound.split { $0.member = .card("x") }, .memberUnknown),
        RejectionRow("a split of nobody", Sound.split { $0.member = .anonymous }, .memberMissing),
        RejectionRow("a phone that is none", Sound.split { $0.member = .phone("12") }, .phoneMalformed),
        RejectionRow("never merged", Sound.split(), .memberNotMerged),
        RejectionRow("a split without a reason", Sound.split { $0.reason = "" }, .reasonMissing),
        RejectionRow("a clock beyond all", Sound.split { $0.utcOffsetMinutes = .max }, .timeOutOfRange),
        RejectionRow("an operator that is none", Sound.split { $0.operatorID = "oleg" }, .operatorUnknown),
        RejectionRow("no right to split", Sound.split { $0.operatorID = "max" }, .operatorRightMissing),
        // Two faults, one answer: the lower number.
        RejectionRow(
            "phone, then unknown", Sound.merge { ($0.survivor, $0.absorbed) = (.phone("12"), .card("x")) },
            .memberUnknown),
        RejectionRow(
            "reason, self", Sound.merge { ($0.reason, $0.absorbed) = ("", .external("anna")) }, .reasonMissing),
        RejectionRow(
            "operator, self", Sound.merge { ($0.operatorID, $0.absorbed) = ("oleg", .external("anna")) },
            .operatorUnknown),
        RejectionRow(
            "time, nobody", Sound.split { ($0.utcOffsetMinutes, $0.member) = (.max, .anonymous) }, .timeOutOfRange),
        RejectionRow("right, not merged", Sound.split { $0.operatorID = "max" }, .operatorRightMissing),
    ]

    @Test(arguments: rows)
    func `a command that breaks one rule is refused, and changes nothing`(row: RejectionRow) throws {
        let desk = DecisionDesk.withOperators()
        row.expectIsRefused(by: desk)
        #expect(desk.figures(1) == [500, 0])
        #expect(desk.state.kin.count == 0)
        try desk.state.checkInvariants()
    }

    /// Nobody guesses whose a lot is.
    @Test func `a split whose lots cannot be looked up in the log is refused`() throws {
        let desk = DecisionDesk.withProgramme()
        desk.send(SoundMerge.purchase(of: 1_000))
        desk.send(SoundMerge.merge())
        let envelope = RecordEnvelope(
            recordedAt: desk.state.recordedAt + 1, source: 1, number: desk.state.sources[1].lastNumber + 1,
            commandDigest: 0)
        let command = SentEvent(SoundMerge.split()).bytes
        for (history, rejection) in [(RecordedBefore(), Rejection?.some(.purchaseUnknown)), (desk.log, nil)] {
            var record = ByteWriter()
            let outcome = unsafe desk.decider.decide(
                command.span.bytes, envelope, state: desk.state, history: history, into: &record)
            #expect(outcome.rejection == rejection)
        }
    }

    @Test func `a person with more members than one can stand for is a program gone wrong`() throws {
        let desk = DecisionDesk.withProgramme()
        for number in 0..<Limits.membersMergedMax {
            desk.send(SoundCommands.registration { ($0.externalID, $0.phone, $0.card) = ("x\(number)", "", "") })
        }
        for number in 0..<(Limits.membersMergedMax - 1) {
            #expect(desk.send(SoundMerge.merge(UInt32(3 + number), into: 1)).status == .recorded)
        }
        #expect(desk.send(SoundMerge.merge(2, into: 1)).rejection == .capacityReached)
        #expect(desk.send(SoundMerge.merge(1, into: 2)).rejection == .capacityReached)
        try desk.state.checkInvariants()
    }

    @Test func `a split of more lots than one record can name is refused, and what is to be done helps`() throws {
        let desk = DecisionDesk.withProgramme()
        for _ in 0...Limits.lotsPerRecordMax {
            desk.send(SoundManual.goodwill(1) { $0.member = .external("boris") })
        }
        let merging = ContinuousClock().measure { #expect(desk.send(SoundMerge.merge()).status == .recorded) }
        #expect(desk.send(SoundMerge.split()).rejection == .splitTooLarge)
        desk.send(SoundCommands.registration())
        #expect(desk.send(SoundManual.transfer(600) { $0.other = .external("clara") }).status == .recorded)
        let splitting = ContinuousClock().measure { #expect(desk.send(SoundMerge.split()).status == .recorded) }
        print("a merge of 10,001 lots: \(merging); a split of 9,901: \(splitting)")
        #expect(desk.figures(2) == [9_901, 0])
        try desk.state.checkInvariants()
    }
}
