import TallyDecisions
import TallyModel
import TallyProjections
import TallyTables
import Testing

/// One member who stands for two, and a merge that is taken back.
///
/// > Source: Domain model, section 2 (`MembersMerged`, `MembersSplit`); checklist S1-20; lesson 41.
@Suite("Merges and splits")
struct MergeTests {
    private typealias Sound = SoundMerge

    /// Anna has 500 from record 10, Boris 200 from record 11.
    private func desk() -> DecisionDesk {
        let desk = DecisionDesk.withProgramme()
        #expect(desk.send(Sound.purchase(of: 4_000) { $0.number = "b1" }).points == 200)
        return desk
    }

    /// Lesson 41: merged contacts keep two cards and lose vouchers.
    ///
    /// Here lots come with their ends, and every name leads to one member.
    @Test func `the survivor has the lots of both in the order of their ends, and every name leads there`() throws {
        let desk = desk()
        for (points, ends) in [(Int64(30), Int32(19_800)), (40, 19_790)] {
            desk.send(
                SoundManual.goodwill(points) { ($0.member, $0.endsOn) = (.external("boris"), CivilDay(days: ends)) })
        }
        desk.send(SoundManual.goodwill(50) { $0.endsOn = CivilDay(days: 19_795) })
        let outcome = desk.send(Sound.merge())
        #expect(outcome == Outcome(status: .recorded, member: 1, sequence: desk.state.sequence))
        #expect(desk.lots(1).map { $0[0] } == [40, 50, 30, 500, 200])
        #expect(desk.lots(2).isEmpty)
        #expect(desk.figures(1) == [820, 0])
        #expect(desk.figures(2) == [0, 0])
        for name in [
            MemberReference.external("boris"), .card("card-2"), .phone("+7 903 111-11-11"), .number(MemberNumber(2)),
        ] {
            #expect(desk.decider.member(name, state: desk.state) == MemberNumber(1))
            let sale = desk.send(SoundCommands.purchase(of: 1_000) { $0.member = name })
            #expect(sale.member == 1)
            #expect(sale.points == 50)
        }
        try desk.state.checkInvariants()
    }

    @Test func `merges of merged members lead to the last survivor`() throws {
        let desk = desk()
        desk.send(SoundCommands.registration())
        #expect(desk.send(Sound.merge(2, into: 3)).status == .recorded)
        #expect(desk.send(Sound.merge(3, into: 1)).status == .recorded)
        #expect(desk.state.standing(for: MemberNumber(2)) == MemberNumber(1))
        #expect(desk.state.group(of: MemberNumber(1)).map(\.rawValue) == [1, 3, 2])
        #expect(desk.figures(1) == [700, 0])
        // Whoever is named by a merged name is the survivor already.
        #expect(desk.send(Sound.merge(2, into: 1)).rejection == .membersAlreadyOne)
        #expect(desk.send(Sound.merge(2, into: 3)).rejection == .membersAlreadyOne)
        // The one in the middle takes along whom it had absorbed.
        #expect(desk.send(Sound.split(3)).status == .recorded)
        #expect(desk.figures(1) == [500, 0])
        #expect(desk.figures(3) == [200, 0])
        #expect(desk.state.standing(for: MemberNumber(2)) == MemberNumber(3))
        #expect(desk.send(Sound.split(2)).status == .recorded)
        #expect(desk.figures(2) == [200, 0])
        try desk.state.checkInvariants()
    }

    /// Domain model, section 3: new credits cover a debt first, and the lots that a merge brings are one.
    @Test(arguments: [true, false])
    func `what either owed is covered by what the other can spend`(survivorOwes: Bool) throws {
        let desk = desk()
        let (owes, has): (UInt32, UInt32) = survivorOwes ? (1, 2) : (2, 1)
        // Record 10 is Anna's purchase of 500 points, record 11 that of Boris.
        desk.send(
            SoundManual.transfer(survivorOwes ? 400 : 150) {
                ($0.member, $0.other) = (.number(MemberNumber(owes)), .number(MemberNumber(has)))
            })
        #expect(desk.send(Sound.void(survivorOwes ? 10 : 11)).status == .recorded)
        let (debt, active) = survivorOwes ? (Int64(400), Int64(600)) : (150, 650)
        #expect(desk.figures(owes) == [0, debt])
        #expect(desk.figures(has) == [active, 0])
        #expect(desk.send(Sound.merge()).status == .recorded)
        #expect(desk.figures(1) == [active - debt, 0])
        #expect(desk.figures(2) == [0, 0])
        try desk.state.checkInvariants()
        // What was covered stays covered.
        #expect(desk.send(Sound.split()).status == .recorded)
        #expect(desk.figures(1)[1] == 0)
        #expect(desk.figures(2)[1] == 0)
        #expect(desk.figures(1)[0] + desk.figures(2)[0] == active - debt)
        try desk.state.checkInvariants()
    }

    /// Boris owes 200 and nobody has anything: Clara, member 3, holds it all.
    private func debtors() -> DecisionDesk {
        let desk = desk()
        desk.send(SoundCommands.registration())
        for (member, points) in [("anna", Int64(500)), ("boris", 200)] {
            desk.send(
                SoundManual.transfer(points) { ($0.member, $0.other) = (.external(member), .external("clara")) })
        }
        #expect(desk.send(Sound.void(11)).status == .recorded)
        #expect(desk.figures(2) == [0, 200])
        return desk
    }

    @Test func `a debt that nobody could cover goes back with the member who brought it, as far as it is left`() throws
    {
        let desk = debtors()
        #expect(desk.send(Sound.merge()).status == .recorded)
        #expect(desk.figures(1) == [0, 200])
        #expect(desk.send(SoundCommands.purchase(of: 1_000)).points == 50)
        #expect(desk.figures(1) == [0, 150])
        #expect(desk.send(Sound.split()).status == .recorded)
        #expect(desk.figures(1) == [0, 0])
        #expect(desk.figures(2) == [0, 150])
        try desk.state.checkInvariants()
    }

    /// The later merge counts the debt as that of who was merged then, so it goes back once and to that one.
    @Test func `a debt goes back by the latest merge that it went through`() throws {
        let desk = debtors()
        desk.send(SoundCommands.registration { ($0.externalID, $0.phone, $0.card) = ("dora", "", "") })
        #expect(desk.send(Sound.merge(2, into: 4)).status == .recorded)
        #expect(desk.send(Sound.merge(4, into: 1)).status == .recorded)
        #expect(desk.send(Sound.split(2)).status == .recorded)
        #expect([desk.figures(1), desk.figures(2)] == [[0, 200], [0, 0]])
        #expect(desk.send(Sound.split(4)).status == .recorded)
        #expect([desk.figures(1), desk.figures(4)] == [[0, 0], [0, 200]])
        try desk.state.checkInvariants()
    }

    @Test func `a purchase from before the merge is found by its receipt, and comes back from the survivor`() throws {
        let desk = desk()
        desk.send(Sound.merge())
        desk.send(SoundCommands.purchase(of: 1_000) { $0.number = "a2" })
        for (name, receipt, points) in [
            (MemberReference.external("anna"), "b1", Int64(-200)), (.card("card-2"), "r1", -500),
            (.card("card-2"), "a2", -50),
        ] {
            let back = desk.send(
                Sound.void(0) { slip in
                    (slip.member, slip.purchase) = (name, .receipt(receipt))
                })
            #expect(back.points == points, "\(receipt): \(String(describing: back.rejection))")
            #expect(back.member == 1)
        }
        #expect(desk.figures(1) == [0, 0])
        try desk.state.checkInvariants()
    }

    @Test func `a hold from before the merge is used by a purchase from after it, or given back`() throws {
        for isUsed in [true, false] {
            let desk = desk()
            let hold = desk.send(
                .placeHold(
                    HoldRequest(
                        store: "s1", member: .external("boris"), occurredAt: Sound.moment, utcOffsetMinutes: 180,
                        receiptTotal: Money(minor: 10_000),
                        redemption: Redemption(wallet: "points", points: Points(minor: 150)), seconds: 900)))
            #expect(hold.status == .recorded)
            #expect(desk.send(Sound.merge()).status == .recorded)
            #expect(desk.state.balance(MemberNumber(1), WalletNumber(1))?.held == 150)
            try desk.state.checkInvariants()
            #expect(desk.send(Sound.split()).rejection == .splitUnderHold)
            let reference = HoldReference.sequence(LogSequence(hold.sequence))
            if isUsed {
                let sale = desk.send(
                    SoundCommands.purchase(of: 10_000) { receipt in
                        receipt.redemptions = [Redemption(wallet: "points", points: Points(minor: 100))]
                        receipt.hold = reference
                    })
                #expect(sale.status == .recorded)
            } else {
                #expect(desk.send(.releaseHold(reference)).member == 1)
            }
            try desk.state.checkInvariants()
            #expect(desk.send(Sound.split()).status == .recorded)
            #expect(desk.figures(2) == [isUsed ? 100 : 200, 0])
            try desk.state.checkInvariants()
        }
    }

    /// The stricter block holds for both, or a second card would be a way around it.
    @Test func `a merge and a split keep the stricter block`() throws {
        for (anna, boris) in [(BlockMode.earnOnly, BlockMode.all), (.all, .none), (.none, .earnOnly)] {
            let desk = desk()
            desk.send(SoundManual.block(anna))
            desk.send(SoundManual.block(boris) { $0.member = .external("boris") })
            desk.send(Sound.merge())
            let stricter = max(anna.rawValue, boris.rawValue)
            #expect(desk.state.members[0].blocked == stricter)
            desk.send(Sound.split())
            #expect(desk.state.members[0].blocked == stricter)
            #expect(desk.state.members[1].blocked == stricter)
            try desk.state.checkInvariants()
        }
    }

    @Test func `what was bought is counted together while merged, and apart behind a split`() {
        let desk = desk()
        let (anna, boris) = (MemberNumber(1), MemberNumber(2))
        desk.send(Sound.merge())
        desk.send(Sound.purchase(of: 700) { $0.occurredAt = Instant(microseconds: 1_705_000_000_000_000) })
        let both = desk.state.statistics(of: anna)
        #expect([both.monetary, both.gross] == [14_700, 14_700])
        #expect(both.purchases == 3)
        #expect(both.lastDay == 19_733)
        desk.send(Sound.split())
        #expect(desk.state.statistics(of: anna).gross == 10_700)
        #expect(desk.state.statistics(of: boris).gross == 4_000)
        #expect(desk.state.statistics(of: boris).lastDay == 19_723)
    }

    @Test func `points that live by activity live as long as the activity of either, also behind a split`() throws {
        let desk = DecisionDesk.withProgramme()
        desk.send(.setWalletTerms(WalletTerms(wallet: "points", expiry: .sliding(10))))
        let days = [("anna", Int64(1)), ("boris", 4)].map { name, day in
            let moment = Instant(microseconds: Sound.moment.microseconds + day * 86_400_000_000)
            desk.send(
                SoundCommands.purchase(of: 1_000) { ($0.member, $0.occurredAt) = (.external(name), moment) })
            return desk.state.balance(MemberNumber(name == "anna" ? 1 : 2), WalletNumber(1))?.slidesTo ?? 0
        }
        #expect(days[0] + 3 * 86_400 == days[1])
        desk.send(Sound.merge())
        #expect(desk.state.balance(MemberNumber(1), WalletNumber(1))?.slidesTo == days[1])
        let last = Instant(microseconds: Sound.moment.microseconds + 6 * 86_400_000_000)
        desk.send(SoundCommands.purchase(of: 1_000) { $0.occurredAt = last })
        desk.send(Sound.split())
        #expect(desk.state.balance(MemberNumber(2), WalletNumber(1))?.slidesTo == days[1] + 2 * 86_400)
        try desk.state.checkInvariants()
    }

    @Test func `a split gives back what is left of the lots that came, and keeps what came since`() throws {
        let desk = desk()
        desk.send(SoundManual.goodwill(60) { ($0.member, $0.endsOn) = (.external("boris"), CivilDay(days: 19_790)) })
        desk.send(Sound.merge())
        // Since the merge: 50 spent, which takes from what ends first, and 100 earned with the card of Boris.
        let sale = desk.send(
            Sound.purchase(of: 2_050) { $0.redemptions = [Redemption(wallet: "points", points: Points(minor: 50))] })
        #expect(sale.points == 50)
        let split = desk.send(Sound.split { $0.member = .card("card-2") })
        #expect(split.member == 1)
        #expect(desk.lots(2).map { $0[0] } == [10, 200])
        #expect(desk.lots(1).map { $0[0] } == [500, 100])
        #expect(desk.decider.member(.card("card-2"), state: desk.state) == MemberNumber(2))
        try desk.state.checkInvariants()
        // What was paid while they were one comes back to who paid, under a name that nobody else has.
        let back = desk.send(Sound.void(sale.sequence))
        #expect(back.member == 1)
        #expect(desk.lots(1).map { $0[0] } == [50, 500])
        #expect(desk.lots(1)[0][3] == desk.lots(2)[0][3])
        try desk.state.checkInvariants()
        // And together again they are all there.
        #expect(desk.send(Sound.merge(1, into: 2)).status == .recorded)
        #expect(desk.figures(2) == [760, 0])
        try desk.state.checkInvariants()
    }

    @Test func `receipts from before the merge belong to the absorbed member again`() {
        let desk = desk()
        desk.send(Sound.merge())
        let since = desk.send(Sound.purchase(of: 1_000) { $0.number = "b2" }).sequence
        desk.send(Sound.split())
        let void = { (name: MemberReference, receipt: String) in
            desk.send(Sound.void(0) { ($0.member, $0.purchase) = (name, .receipt(receipt)) })
        }
        #expect(void(.external("anna"), "b1").rejection == .purchaseUnknown)
        #expect(void(.external("boris"), "b2").rejection == .purchaseUnknown)
        #expect(void(.external("boris"), "b1").points == -200)
        let back = void(.external("anna"), "b2")
        #expect((back.member, back.points) == (1, -50))
        #expect(desk.send(Sound.void(since)).rejection == .returnExceedsPurchase)
    }

    @Test func `a member who was split can be merged again, the other way round as well`() throws {
        let desk = desk()
        for (absorbed, survivor) in [(UInt32(2), UInt32(1)), (1, 2), (2, 1), (1, 2)] {
            #expect(desk.send(Sound.merge(absorbed, into: survivor)).status == .recorded)
            #expect(desk.figures(survivor) == [700, 0])
            try desk.state.checkInvariants()
            #expect(desk.send(Sound.split(absorbed)).status == .recorded)
            #expect(desk.figures(1) == [500, 0])
            #expect(desk.figures(2) == [200, 0])
            try desk.state.checkInvariants()
        }
        #expect(desk.state.kin.count == 2)
    }

    @Test func `a proposal about the absorbed member is decided for the survivor`() throws {
        let desk = DecisionDesk.withOperators()
        let proposal = desk.send(SoundManual.goodwill(501) { $0.member = .external("boris") })
        desk.send(Sound.merge())
        let yes = desk.send(SoundManual.answer(proposal.sequence))
        #expect((yes.member, yes.points) == (1, 501))
        #expect(desk.figures(1) == [1_001, 0])
        let other = desk.send(SoundManual.goodwill(502) { $0.member = .external("boris") })
        desk.send(Sound.split())
        #expect(desk.send(SoundManual.answer(other.sequence) { $0.verdict = .declined }).member == 1)
        try desk.state.checkInvariants()
    }

    @Test func `a restart behind merges and splits finds the same state`() throws {
        let desk = desk()
        desk.send(SoundCommands.registration())
        for command in [Sound.merge(2, into: 3), Sound.merge(3, into: 1), Sound.split(2), Sound.merge(2, into: 1)] {
            #expect(desk.send(command).status == .recorded)
            let loaded = desk.reloaded()
            #expect(loaded.digest() == desk.state.digest())
            for member in UInt32(1)...3 {
                #expect(loaded.standing(for: MemberNumber(member)) == desk.state.standing(for: MemberNumber(member)))
            }
            try loaded.checkInvariants()
        }
    }

    @Test func `the record of a merge does not grow with the lots that come`() throws {
        let desk = desk()
        for index in 0..<500 {
            desk.send(
                SoundManual.goodwill(1) {
                    ($0.member, $0.endsOn) = (
                        .external(index % 2 == 0 ? "anna" : "boris"), CivilDay(days: 19_800 + Int32(index))
                    )
                })
        }
        #expect(desk.send(Sound.merge()).status == .recorded)
        #expect((desk.log.records.last?.count ?? 0) < 300)
        #expect(desk.lots(1).count == 502)
        try desk.state.checkInvariants()
    }
}
