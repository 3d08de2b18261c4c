import TallyModel
import TallyProjections
import TallyTables
import TallyTesting
import Testing

/// Commands of people that break one rule each.
@Suite("Refusals of manual work")
struct ManualRejectionTests {
    private typealias Sound = SoundManual

    /// Rows for the desk with operators.
    static let rows: [RejectionRow] = [
        RejectionRow("no id", Sound.person(""), .textMalformed),
        RejectionRow("a limit below zero", Sound.person { $0.limitPerAct = -1 }, .operatorMalformed),
        RejectionRow("a day below zero", Sound.person { $0.limitPerDay = -1 }, .operatorMalformed),
        RejectionRow("no such right", Sound.person { $0.rights.rawValue = 128 }, .operatorMalformed),
        RejectionRow("an operator that is none", Sound.goodwill { $0.operatorID = "oleg" }, .operatorUnknown),
        RejectionRow("no right to give", Sound.goodwill { $0.operatorID = "max" }, .operatorRightMissing),
        RejectionRow(
            "no right to correct", Sound.goodwill { ($0.operatorID, $0.kind) = ("max", .correction) },
            .operatorRightMissing),
        RejectionRow("no such proposal", Sound.answer(7), .proposalUnknown),
        RejectionRow("no right to approve", Sound.answer(7) { $0.operatorID = "olga" }, .operatorRightMissing),
        RejectionRow("an approver that is none", Sound.answer(7) { $0.operatorID = "oleg" }, .operatorUnknown),
        RejectionRow(
            "a no without a reason", Sound.answer(7) { ($0.verdict, $0.reason) = (.declined, "") }, .reasonMissing),
        RejectionRow("no such wallet", Sound.transfer { $0.wallet = "none" }, .walletUnknown),
        RejectionRow("no such giver", Sound.transfer { $0.member = .card("x") }, .memberUnknown),
        RejectionRow("no such taker", Sound.transfer { $0.other = .card("x") }, .memberUnknown),
        RejectionRow("a giver that is nobody", Sound.transfer { $0.member = .anonymous }, .memberMissing),
        RejectionRow("a taker that is nobody", Sound.transfer { $0.other = .anonymous }, .memberMissing),
        RejectionRow("no points", Sound.transfer(0), .pointsMalformed),
        RejectionRow("points below zero", Sound.transfer(-1), .pointsMalformed),
        RejectionRow("the least number", Sound.transfer(.min), .amountTooLarge),
        RejectionRow("more than there are", Sound.transfer(501), .pointsInsufficient),
        RejectionRow("to the same", Sound.transfer { $0.other = .number(MemberNumber(1)) }, .transferToSelf),
        RejectionRow("a transfer by nobody known", Sound.transfer { $0.operatorID = "oleg" }, .operatorUnknown),
        RejectionRow("no right to transfer", Sound.transfer { $0.operatorID = "max" }, .operatorRightMissing),
        RejectionRow("a clock beyond all", Sound.transfer { $0.utcOffsetMinutes = .max }, .timeOutOfRange),
        RejectionRow("a block of nobody", Sound.block { $0.member = .anonymous }, .memberMissing),
        RejectionRow("a block without a reason", Sound.block { $0.reason = "" }, .reasonMissing),
        RejectionRow("no right to block", Sound.block { $0.operatorID = "max" }, .operatorRightMissing),
        RejectionRow("month 13", Sound.closing(13), .periodMalformed),
        RejectionRow("month 0", Sound.closing(0), .periodMalformed),
        RejectionRow("a year too early", Sound.closing(1) { $0.year = 1_969 }, .periodMalformed),
        RejectionRow("a year too late", Sound.closing(1) { $0.year = 2_106 }, .periodMalformed),
        RejectionRow("no right to close", Sound.closing(1) { $0.operatorID = "max" }, .operatorRightMissing),
        RejectionRow("not over", Sound.closing(1) { $0.year = 2_100 }, .periodNotOver),
        // Two faults, one answer: the lower number.
        RejectionRow(
            "insufficient, right", Sound.transfer(501) { $0.operatorID = "max" }, .pointsInsufficient),
        RejectionRow(
            "points, self", Sound.transfer(0) { $0.other = .external("anna") }, .pointsMalformed),
        RejectionRow(
            "reason, operator", Sound.block { ($0.reason, $0.operatorID) = ("", "oleg") }, .reasonMissing),
    ]

    @Test(arguments: rows)
    func `a command that breaks one rule is refused, and changes nothing`(row: RejectionRow) throws {
        let desk = DecisionDesk.withOperators()
        row.expectIsRefused(by: desk)
        #expect(desk.figures(1) == [500, 0])
        #expect(desk.figures(2) == [0, 0])
        #expect(desk.state.proposals.count == 0)
        try desk.state.checkInvariants()
    }
}
