import TallyModel
import TallyProjections
import TallyTables

/// What people do by hand, in forms that are accepted; a row of a table changes one field.
enum SoundManual {
    static let moment = SoundCommands.moment

    /// An operator who may do everything but approve.
    static func person(_ id: String = "olga", _ change: (inout OperatorDefinition) -> Void = { _ in }) -> Command {
        var definition = OperatorDefinition(
            id: id, name: id, rights: OperatorRights.all.subtracting(.approve), limitPerAct: 500, limitPerDay: 1_000)
        change(&definition)
        return .setOperator(definition)
    }

    /// Goodwill of 1.00 by Olga for Anna.
    static func goodwill(_ points: Int64 = 100, _ change: (inout Adjustment) -> Void = { _ in }) -> Command {
        var adjustment = Adjustment(
            member: .external("anna"), wallet: "points", business: "toys", kind: .goodwill,
            points: Points(minor: points), occurredAt: moment, utcOffsetMinutes: 180, operatorID: "olga",
            category: "dairy", reason: "sour milk")
        change(&adjustment)
        return .adjust(adjustment)
    }

    /// What Max says to a proposal.
    static func answer(_ proposal: UInt64, _ change: (inout Approval) -> Void = { _ in }) -> Command {
        var approval = Approval(
            proposal: .sequence(LogSequence(proposal)), operatorID: "max", reason: "fine", occurredAt: moment,
            utcOffsetMinutes: 180)
        change(&approval)
        return .approve(approval)
    }

    /// A present of 1.00 from Anna to Boris.
    static func transfer(_ points: Int64 = 100, _ change: (inout Transfer) -> Void = { _ in }) -> Command {
        var transfer = Transfer(
            member: .external("anna"), other: .external("boris"), wallet: "points", points: Points(minor: points),
            occurredAt: moment, utcOffsetMinutes: 180)
        change(&transfer)
        return .transfer(transfer)
    }

    /// A block of Anna.
    static func block(_ mode: BlockMode = .all, _ change: (inout Block) -> Void = { _ in }) -> Command {
        var block = Block(
            member: .external("anna"), mode: mode, reason: "stolen card", occurredAt: moment, utcOffsetMinutes: 180)
        change(&block)
        return .block(block)
    }

    /// The end of a month of 2023, by the clock of UTC.
    static func closing(_ month: UInt8, _ change: (inout PeriodClose) -> Void = { _ in }) -> Command {
        var close = PeriodClose(year: 2_023, month: month)
        change(&close)
        return .closePeriod(close)
    }
}

extension DecisionDesk {
    /// The programme of all tests with the operators `olga`, who acts, and `max`, who approves.
    static func withOperators() -> DecisionDesk {
        let desk = DecisionDesk.withProgramme()
        for command in [SoundManual.person(), SoundManual.person("max") { $0.rights = .approve }] {
            let outcome = desk.send(command)
            precondition(outcome.status == .recorded, "\(command): \(outcome)")
        }
        return desk
    }

    /// The lots of a member in the wallet `points`: points, issuer, beginning and end.
    func lots(_ member: UInt32) -> [[Int64]] {
        var found: [[Int64]] = []
        state.forEachLot(of: MemberNumber(member), WalletNumber(1)) { _, lot in
            found.append([lot.remaining, Int64(lot.issuer), Int64(lot.beginsAt), Int64(lot.endsAt)])
            return true
        }
        return found
    }
}
