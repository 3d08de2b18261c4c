import TallyModel
import TallyProjections
import TallyTables
import Testing

/// Coupons of members who are merged and split.
///
/// > Source: Lesson 41: merged contacts lose vouchers.
@Suite("Coupons of merged members")
struct MergeInstrumentTests {
    private typealias Sound = SoundMerge
    private typealias Coupons = SoundInstruments

    /// A word that each member may use twice.
    private func desk() -> DecisionDesk {
        let desk = DecisionDesk.withProgramme()
        #expect(desk.send(Coupons.word { $0.memberLimit = 2 }).status == .recorded)
        return desk
    }

    private func use(
        _ desk: DecisionDesk, _ action: InstrumentAction, by member: String, of reference: UInt64? = nil
    ) -> Outcome {
        desk.send(
            Coupons.step(action, "word", of: reference.map { LogSequence($0) }) { move in
                move.member = .external(member)
                if action == .reserve { move.seconds = 900 }
            })
    }

    @Test func `uses are added up, and each comes back to whom it counted for`() throws {
        let desk = desk()
        let (first, second) = (use(desk, .redeem, by: "anna"), use(desk, .redeem, by: "boris"))
        #expect((first.status, second.status) == (.recorded, .recorded))
        desk.send(Sound.merge())
        #expect(desk.state.uses(of: 0, by: MemberNumber(1)).made == 2)
        #expect(use(desk, .redeem, by: "anna").rejection == .memberLimitReached)
        // The use of Boris comes back while Anna stands for him: it is his that is taken off.
        #expect(use(desk, .restore, by: "boris", of: second.sequence).member == 1)
        try desk.state.checkInvariants()
        desk.send(Sound.split())
        #expect(desk.state.uses(of: 0, by: MemberNumber(1)).made == 1)
        #expect(desk.state.uses(of: 0, by: MemberNumber(2)).made == 0)
        #expect(use(desk, .restore, by: "anna", of: first.sequence).status == .recorded)
        try desk.state.checkInvariants()
    }

    @Test func `a use reserved before the merge is made or given back after it`() throws {
        for action in [InstrumentAction.redeem, .release] {
            let desk = desk()
            let reserved = use(desk, .reserve, by: "boris")
            desk.send(Sound.merge())
            #expect(desk.state.uses(of: 0, by: MemberNumber(1)).reserved == 1)
            let step = use(desk, action, by: "anna", of: reserved.sequence)
            #expect((step.status, step.member) == (.recorded, 1))
            #expect(desk.state.uses(of: 0, by: MemberNumber(1)).reserved == 0)
            #expect(desk.state.uses(of: 0, by: MemberNumber(1)).made == (action == .redeem ? 1 : 0))
            try desk.state.checkInvariants()
        }
    }

    @Test func `a code that was given to the absorbed member is good for the survivor`() throws {
        let desk = desk()
        desk.send(Coupons.definition())
        let issue = desk.send(Coupons.issue("coupon") { $0.member = .external("boris") })
        #expect(issue.status == .recorded)
        let redeem = Coupons.step(.redeem, "coupon", 1) { $0.member = .external("anna") }
        #expect(desk.send(redeem).rejection == .codeOfAnother)
        desk.send(Sound.merge())
        #expect(desk.send(redeem).status == .recorded)
        try desk.state.checkInvariants()
    }
}
