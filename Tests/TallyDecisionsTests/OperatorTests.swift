import TallyModel
import TallyProjections
import TallyTables
import Testing

/// People who act by hand, and the four eyes that see more than two.
@Suite("Operators and approvals")
struct OperatorTests {
    private typealias Sound = SoundManual

    /// S2-33: the sorry-bonus of the hotline is limited by operator and day.
    @Test func `an operator gives only so much a day, and the next day again`() throws {
        let desk = DecisionDesk.withOperators()
        let give = { (points: Int64, hours: Int64) in
            desk.send(
                Sound.goodwill(points) { $0.occurredAt.microseconds += hours * 3_600_000_000 }
            ).rejection
        }
        #expect(give(500, 0) == nil)
        #expect(give(400, 1) == nil)
        #expect(give(101, 2) == .operatorLimitReached)
        #expect(give(100, 2) == nil)
        #expect(give(1, 2) == .operatorLimitReached)
        // 21 hours behind 03:00 by Olga's clock the next day begins.
        #expect(give(1, 20) == .operatorLimitReached)
        #expect(give(500, 21) == nil)
        #expect(desk.state.operatorPoints(0, on: CivilDay(days: 19_723)) == 1_000)
        #expect(desk.state.operatorPoints(0, on: CivilDay(days: 19_724)) == 500)
        #expect(give(1, 0) == .operatorLimitReached)
        try desk.state.checkInvariants()
    }

    /// S2-33 too: four eyes above the limit of an act.
    @Test func `more than one act may move waits until another operator says yes`() throws {
        let desk = DecisionDesk.withOperators()
        let proposal = desk.send(Sound.goodwill(501))
        #expect(proposal.status == .recorded)
        #expect((proposal.points, proposal.balance) == (0, 500))
        #expect(desk.figures(1) == [500, 0])
        #expect(desk.state.proposals[0].outcome == 0)
        let yes = desk.send(Sound.answer(proposal.sequence))
        #expect((yes.points, yes.balance) == (501, 1_001))
        #expect(desk.figures(1) == [1_001, 0])
        #expect(desk.state.proposals[0].outcome == 1)
        #expect(desk.state.account(BusinessNumber(1), WalletNumber(1), .goodwill) == -501)
        // What another operator has seen does not count for the day.
        #expect(desk.state.operatorPoints(0, on: CivilDay(days: 19_723)) == 0)
        #expect(desk.send(Sound.answer(proposal.sequence)).rejection == .proposalDecided)
        try desk.state.checkInvariants()
    }

    @Test func `a no moves nothing, and needs a reason`() throws {
        let desk = DecisionDesk.withOperators()
        let proposal = desk.send(Sound.goodwill(501)).sequence
        #expect(
            desk.send(Sound.answer(proposal) { ($0.verdict, $0.reason) = (.declined, "") }).rejection == .reasonMissing)
        #expect(desk.send(Sound.answer(proposal) { $0.verdict = .declined }).status == .recorded)
        #expect(desk.figures(1) == [500, 0])
        #expect(desk.state.proposals[0].outcome == 2)
        #expect(desk.send(Sound.answer(proposal)).rejection == .proposalDecided)
        try desk.state.checkInvariants()
    }

    @Test func `nobody approves a proposal of their own, whatever they may do otherwise`() {
        let desk = DecisionDesk.withOperators()
        desk.send(Sound.person { $0.rights = .all })
        let proposal = desk.send(Sound.goodwill(501)).sequence
        for verdict in ProposalVerdict.allCases {
            let own = Sound.answer(proposal) { ($0.operatorID, $0.verdict) = ("olga", verdict) }
            #expect(desk.send(own).rejection == .approvalByProposer)
        }
        #expect(desk.send(Sound.answer(proposal)).status == .recorded)
    }

    @Test func `a correction that was proposed is decided on what the member has then`() throws {
        let desk = DecisionDesk.withOperators()
        desk.send(Sound.goodwill(200))
        let proposal = desk.send(Sound.goodwill(-600) { $0.kind = .correction }).sequence
        #expect(desk.figures(1) == [700, 0])
        desk.send(Sound.transfer(200))
        #expect(desk.send(Sound.answer(proposal)).rejection == .pointsInsufficient)
        #expect(desk.state.proposals[0].outcome == 0)
        desk.send(Sound.transfer(200) { swap(&$0.member, &$0.other) })
        #expect(desk.send(Sound.answer(proposal)).points == -600)
        #expect(desk.figures(1) == [100, 0])
        try desk.state.checkInvariants()
    }

    @Test func `a proposal is named by source and number as well`() {
        let desk = DecisionDesk.withOperators()
        desk.send(Sound.goodwill(501))
        let number = desk.state.sources[1].lastNumber
        let answer = Sound.answer(1) { $0.proposal = .event(source: SourceNumber(1), number: number) }
        #expect(desk.send(answer).points == 501)
    }

    @Test func `without operators anybody acts, and from the first one on only those who are set`() {
        let desk = DecisionDesk.withProgramme()
        #expect(desk.send(Sound.goodwill { $0.operatorID = "somebody" }).status == .recorded)
        desk.send(Sound.person())
        #expect(desk.send(Sound.goodwill { $0.operatorID = "somebody" }).rejection == .operatorUnknown)
        #expect(desk.send(Sound.goodwill { $0.operatorID = "" }).rejection == .operatorUnknown)
        // A present of the programme may come from a program.
        let award = Sound.goodwill { ($0.operatorID, $0.kind) = ("", .award) }
        #expect(desk.send(award).status == .recorded)
    }

    @Test func `an operator is set again with other rights and limits`() throws {
        let desk = DecisionDesk.withOperators()
        desk.send(Sound.goodwill(500))
        desk.send(Sound.person { ($0.rights, $0.limitPerDay, $0.limitPerAct) = (.give, 600, 0) })
        #expect(desk.state.operators.count == 2)
        #expect(desk.send(Sound.goodwill(101)).rejection == .operatorLimitReached)
        #expect(desk.send(Sound.goodwill(100)).status == .recorded)
        desk.send(Sound.person { $0.rights = [] })
        #expect(desk.send(Sound.goodwill(1)).rejection == .operatorRightMissing)
        try desk.state.checkInvariants()
    }
}
