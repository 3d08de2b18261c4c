import TallyModel
import TallyProjections
import TallyTables
import TallyTesting
import Testing

/// Limits under any interleaving: random steps of many tills, judged by a model that counts from a list.
@Suite("Instruments under any interleaving")
struct InstrumentPropertyTests {
    private typealias Sound = SoundInstruments

    /// Tills that reserve, redeem, release and give back; each remembers what it has under way.
    private struct Tills {
        let desk: DecisionDesk
        var model = InstrumentModel()
        var random: SeededRandom
        /// The first serial of each unique instrument.
        var first: [String: UInt32] = [:]
        var redeemed: [InstrumentModel.Step] = []
        static let copies: UInt32 = 4

        init(seed: UInt64) {
            (desk, random) = (DecisionDesk.withProgramme(), SeededRandom(seed: seed))
            let definitions: [Command] = [
                .defineWallet(WalletDefinition(id: "money", name: "Money", scale: 2)),
                Sound.card { $0.faceValue = Points(minor: 1_000) },
                Sound.definition { ($0.usesPerCode, $0.usesBudget) = (3, 9) },
                Sound.word { ($0.memberLimit, $0.usesBudget, $0.amountBudget) = (2, 3, 900) },
            ]
            for command in definitions { precondition(desk.send(command).status == .recorded, "\(command)") }
            model.limits["card"] = InstrumentModel.Limits(isMoney: true)
            model.limits["coupon"] = InstrumentModel.Limits(usesPerCode: 3, usesBudget: 9)
            model.limits["word"] = InstrumentModel.Limits(usesBudget: 3, memberLimit: 2, amountBudget: 900)
            for id in ["card", "coupon"] {
                let serial = UInt32(desk.send(Sound.issue(id, count: Tills.copies)).balance)
                first[id] = serial
                for copy in 0..<Tills.copies where id == "card" { model.faceValue[serial + copy] = 1_000 }
            }
        }

        /// A step that some till may want, sensible or not.
        mutating func next() -> InstrumentModel.Step {
            let instrument = ["card", "coupon", "word"][Int(random.next(below: 3))]
            let serial = first[instrument].map { $0 + UInt32(random.next(below: UInt64(Tills.copies))) } ?? 0
            var step = InstrumentModel.Step(
                action: .reserve, instrument: instrument, serial: serial, member: 1 + Int(random.next(below: 2)),
                amount: 1 + Int64(random.next(below: 400)), id: 0, of: 0)
            switch random.next(below: 100) {
            case 0..<25: step.action = .reserve
            case 25..<50: step.action = .redeem
            case 50..<65: pickOpen(&step, .redeem)
            case 65..<75: pickOpen(&step, .release)
            case 75..<90: pickRedeemed(&step)
            case 90..<98: step.action = instrument == "card" ? .charge : .reserve
            default: if instrument != "word" && random.next(below: 8) == 0 { step.action = .cancel }
            }
            return step
        }

        private mutating func pickOpen(_ step: inout InstrumentModel.Step, _ action: InstrumentAction) {
            let all = random.next(below: 4) == 0 ? model.steps.filter { $0.action == .reserve } : model.open
            guard let reservation = all.randomElement(using: &random) else { return }
            let amount = action == .redeem ? min(reservation.amount + 20, step.amount) : reservation.amount
            step = reservation
            (step.action, step.of, step.amount) = (action, reservation.id, amount)
        }

        private mutating func pickRedeemed(_ step: inout InstrumentModel.Step) {
            guard let used = redeemed.randomElement(using: &random) else { return }
            let part = used.instrument == "card" ? 1 + Int64(random.next(below: UInt64(used.amount))) : used.amount
            step = used
            (step.action, step.of, step.amount) = (.restore, used.id, part)
        }

        /// Asks the ledger and the model.
        ///
        /// - Returns: False when they do not agree.
        mutating func take(_ step: InstrumentModel.Step) -> Bool {
            let isExpected = model.accepts(step)
            let outcome = desk.send(
                Sound.step(
                    step.action, step.instrument, step.serial, step.action == .release ? 0 : step.amount,
                    of: step.of == 0 ? nil : LogSequence(step.of)
                ) {
                    $0.member =
                        step.action == .charge || step.action == .cancel
                        ? .anonymous : .number(MemberNumber(UInt32(step.member)))
                })
            guard outcome.status == .recorded else { return !isExpected }
            var taken = step
            taken.id = outcome.sequence
            model.note(taken)
            if step.action == .redeem { redeemed.append(taken) }
            return isExpected
        }

        /// Ends every reservation by the clock, in both.
        mutating func runOut() {
            for step in model.open {
                var end = step
                (end.action, end.of) = (.release, step.id)
                model.note(end)
            }
            desk.endReservations(by: .max)
        }

        /// What is on the cards and how often the others were used.
        func isAgreed() -> Bool {
            let cards = (0..<Tills.copies).allSatisfy { copy in
                let serial = (first["card"] ?? 0) + copy
                let figures = desk.state.figures(ofCode: serial)
                return figures?.balance == model.money(serial) - model.reserved(serial)
                    && figures?.reserved == model.reserved(serial)
            }
            let uses = zip(1..., ["coupon", "word"]).allSatisfy { row, id in
                desk.state.instruments[row].usesTaken == Int64(model.uses(of: id))
            }
            return cards && uses
        }
    }

    /// Runs tills until the ledger and the model disagree.
    ///
    /// - Returns: The first step on which they did; nil for none.
    private func run(seed: UInt64, steps: Int, ignoresReservations: Bool = false) throws -> InstrumentModel.Step? {
        var tills = Tills(seed: seed)
        tills.model.ignoresReservations = ignoresReservations
        for count in 1...steps {
            let step = tills.next()
            guard tills.take(step) else { return step }
            if count % 150 == 0 { tills.runOut() }
            if count % 50 == 0 {
                try tills.desk.state.checkInvariants()
                if !ignoresReservations { #expect(tills.isAgreed(), "seed \(seed), step \(count)") }
            }
        }
        for action in InstrumentAction.allCases where action != .cancel && !ignoresReservations {
            let count = tills.model.steps.count { $0.action == action }
            #expect(count >= 5, "seed \(seed) has only \(count) of \(action)")
        }
        return nil
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `whatever tills do in whatever order, the ledger and the model agree`(round: UInt64) throws {
        let seed = round &* 0x9E37_79B9
        print("instruments under any interleaving: seed \(seed)")
        let step = try run(seed: seed, steps: 600)
        #expect(step == nil, "seed \(seed): \(String(describing: step))")
    }

    /// The canary: a model that forgets what is reserved must be found out.
    @Test func `a model without reservations is told from the ledger`() throws {
        let found = try (1...4 as ClosedRange<UInt64>).compactMap {
            try run(seed: $0, steps: 600, ignoresReservations: true)
        }
        #expect(found.count == 4)
    }

    /// Where a limit of `most` lies.
    enum LimitKind: CaseIterable {
        case code, budget, amount, member, copies
    }

    /// Lessons 17 to 19 and 25: N tills, limit L, exactly min(N, L) uses, however their steps fall between each other.
    @Test(arguments: LimitKind.allCases, [(3, 7), (7, 3), (5, 5), (40, 1)])
    func `many tills that all want one use get exactly as many as there are`(
        kind: LimitKind, sizes: (tills: Int, most: Int)
    ) throws {
        let seed = UInt64(sizes.tills * 100 + sizes.most)
        print("limit \(kind), \(sizes.tills) tills, at most \(sizes.most): seed \(seed)")
        var random = SeededRandom(seed: seed)
        let desk = DecisionDesk.withProgramme()
        let serial = prepare(desk, kind, most: sizes.most)
        let use = { (action: InstrumentAction, of: LogSequence?) -> Command in
            if kind == .copies { return Sound.issue("scarce") }
            return Sound.step(action, "scarce", serial, action == .release ? 0 : 1, of: of) {
                $0.member = .external("anna")
            }
        }
        var wanting = sizes.tills
        var open: [LogSequence] = []
        var granted = 0
        while wanting > 0 || !open.isEmpty {
            let isOpenChosen = !open.isEmpty && (wanting == 0 || random.next(below: 2) == 0)
            if isOpenChosen {
                let hold = open.remove(at: Int(random.next(below: UInt64(open.count))))
                let redeems = random.next(below: 3) > 0
                #expect(desk.send(use(redeems ? .redeem : .release, hold)).status == .recorded)
                granted += redeems ? 1 : 0
                wanting += redeems ? 0 : 1
            } else {
                let reserves = kind != .copies && random.next(below: 2) == 0
                let outcome = desk.send(use(reserves ? .reserve : .redeem, nil))
                if outcome.status == .recorded {
                    wanting -= 1
                    if reserves { open.append(LogSequence(outcome.sequence)) } else { granted += 1 }
                } else if open.isEmpty {
                    // Nothing can come back any more, so this till goes without.
                    wanting -= 1
                }
            }
            try desk.state.checkInvariants()
        }
        #expect(granted == min(sizes.tills, sizes.most))
    }

    private func prepare(_ desk: DecisionDesk, _ kind: LimitKind, most: Int) -> UInt32 {
        let number = UInt32(most)
        switch kind {
        case .code: desk.send(Sound.definition { ($0.id, $0.usesPerCode) = ("scarce", number) })
        case .copies: desk.send(Sound.definition { ($0.id, $0.codesMax) = ("scarce", number) })
        case .budget: desk.send(Sound.word { ($0.id, $0.usesBudget) = ("scarce", Int64(most)) })
        case .amount: desk.send(Sound.word { ($0.id, $0.amountBudget) = ("scarce", Int64(most)) })
        case .member: desk.send(Sound.word { ($0.id, $0.memberLimit) = ("scarce", number) })
        }
        return kind == .code ? UInt32(desk.send(Sound.issue("scarce")).balance) : 0
    }
}
