import TallyDecisions
import TallyModel
import TallyProjections
import TallyTables

/// Instruments of every kind, and steps that are accepted; a row of a table changes one field.
enum SoundInstruments {
    static let moment = SoundCommands.moment
    /// 2024-01-31, the last day of what ends.
    static let lastDay = CivilDay(days: 19_753)

    /// A definition of the coupon `coupon`: each copy once.
    static func definition(_ change: (inout InstrumentDefinition) -> Void = { _ in }) -> Command {
        var definition = InstrumentDefinition(
            id: "coupon", name: "Coupon", kind: .coupon, business: "toys", usesPerCode: 1)
        change(&definition)
        return .defineInstrument(definition)
    }

    /// A definition of the gift card `card`, which is charged at a till.
    static func card(_ change: (inout InstrumentDefinition) -> Void = { _ in }) -> Command {
        definition { definition in
            (definition.id, definition.kind, definition.wallet, definition.usesPerCode) = (
                "card", .giftCard, "money", 0
            )
            change(&definition)
        }
    }

    /// A definition of the word `SPRING25`, which everybody may type in.
    static func word(_ change: (inout InstrumentDefinition) -> Void = { _ in }) -> Command {
        definition { definition in
            (definition.id, definition.kind, definition.codes) = ("word", .promoCode, .generic)
            (definition.code, definition.usesPerCode) = ("SPRING25", 0)
            change(&definition)
        }
    }

    static func issue(
        _ instrument: String, count: UInt32 = 1, _ change: (inout InstrumentIssue) -> Void = { _ in }
    ) -> Command {
        var issue = InstrumentIssue(instrument: instrument, count: count, occurredAt: moment, utcOffsetMinutes: 180)
        change(&issue)
        return .issueInstruments(issue)
    }

    static func step(
        _ action: InstrumentAction, _ instrument: String, _ serial: UInt32 = 0, _ amount: Int64 = 0,
        of reference: LogSequence? = nil, _ change: (inout InstrumentMove) -> Void = { _ in }
    ) -> Command {
        var move = InstrumentMove(
            action, .serial(instrument: instrument, serial), amount: amount, store: "s1", receipt: "r7",
            occurredAt: moment, utcOffsetMinutes: 180, reference: reference.map { .sequence($0) })
        change(&move)
        return .moveInstrument(move)
    }
}

extension DecisionDesk {
    /// The programme of all tests, with a wallet of money, a store of another business, and instruments.
    ///
    /// They are named `card`, `gift` (worth 500.00), `certificate` (100.00), `coupon` (once), `pair` (twice), `word` (a
    /// member once, three times in all, 10.00 in all), `kept` (stays used) and `later` (from 2024-02-01 on); each
    /// unique one has five copies.
    ///
    /// - Returns: The desk, and the serial of the first copy of each.
    static func withInstruments() -> (desk: DecisionDesk, first: [String: UInt32]) {
        typealias Sound = SoundInstruments
        let desk = DecisionDesk.withProgramme()
        let commands: [Command] = [
            .defineWallet(WalletDefinition(id: "money", name: "Money", scale: 2)),
            .defineStore(StoreDefinition(id: "s2", business: "salons")),
            Sound.card(), Sound.card { ($0.id, $0.faceValue) = ("gift", Points(minor: 50_000)) },
            Sound.card { ($0.id, $0.kind, $0.faceValue) = ("certificate", .certificate, Points(minor: 10_000)) },
            Sound.definition(), Sound.definition { ($0.id, $0.usesPerCode) = ("pair", 2) },
            Sound.word { ($0.memberLimit, $0.usesBudget, $0.amountBudget) = (1, 3, 1_000) },
            Sound.definition { ($0.id, $0.onReturn) = ("kept", .keep) },
            Sound.definition { ($0.id, $0.validFrom) = ("later", CivilDay(days: Sound.lastDay.days + 1)) },
        ]
        var first: [String: UInt32] = [:]
        for command in commands { precondition(desk.send(command).status == .recorded, "\(command)") }
        for id in ["card", "gift", "certificate", "coupon", "pair", "kept", "later"] {
            let outcome = desk.send(
                Sound.issue(id, count: 5) { issue in if id != "later" { issue.endsOn = Sound.lastDay } })
            precondition(outcome.status == .recorded, "\(id): \(outcome)")
            first[id] = UInt32(outcome.balance)
        }
        return (desk, first)
    }

    /// The account of a business in the wallet of money.
    func money(_ purpose: Purpose, of business: UInt16 = 1) -> Int64 {
        state.account(BusinessNumber(business), WalletNumber(2), purpose)
    }

    /// Ends the reservations that have run out by a second.
    func endReservations(by second: UInt32) {
        while let next = state.dueReservations.nextDue, next <= second {
            record { writer, envelope in
                _ = decider.endDueReservation(by: second, envelope, state: state, into: &writer)
            }
        }
    }

    /// Ends the issues that end by a second.
    ///
    /// - Returns: How many records that took.
    @discardableResult
    func expireInstruments(by second: UInt32) -> Int {
        var records = 0
        while let next = state.dueIssues.nextDue, next <= second {
            record { writer, envelope in
                _ = decider.expireInstruments(by: second, envelope, state: state, into: &writer)
            }
            records += 1
        }
        return records
    }
}
