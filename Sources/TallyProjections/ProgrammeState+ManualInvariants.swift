import TallyModel
import TallyTables

extension ProgrammeState {
    /// Checks what must hold about manual work after every record.
    ///
    /// * A transfer leaves nothing behind: its accounts are zero.
    /// * What an operator did adds up to what was done on the operator's days; each day is there once.
    /// * Proposals stand in the order of the log and are about members and by operators that there are.
    /// * Closed months follow each other without gaps.
    ///
    /// - Throws: ``InvariantFault`` that names the first sentence that does not hold.
    func checkManualWork() throws(InvariantFault) {
        for row in 0..<accounts.count where accounts[row].purpose == UInt16(Purpose.transferred.rawValue) {
            guard accounts[row].balance == 0 else {
                throw InvariantFault("transfers of business \(accounts[row].business) left \(accounts[row].balance)")
            }
        }
        for row in 0..<members.count where members[row].blocked > BlockMode.all.rawValue {
            throw InvariantFault("member \(row + 1) is blocked in a way that there is not: \(members[row].blocked)")
        }
        try checkOperators()
        try checkProposals()
        try checkPeriods()
    }

    private func checkOperators() throws(InvariantFault) {
        var chained = 0
        for row in 0..<operators.count {
            var days: Set<Int32> = []
            var sum: Int64 = 0
            var place = operators[row].lastDay
            while place != 0 {
                let day = operatorDays[Int(place) - 1]
                guard day.points >= 0, days.insert(day.day).inserted, day.next < place else {
                    throw InvariantFault("day \(day.day) of operator \(row + 1) is \(day)")
                }
                sum += day.points
                chained += 1
                place = day.next
            }
            guard sum == operators[row].taken, operators[row].limitPerAct >= 0, operators[row].limitPerDay >= 0 else {
                throw InvariantFault("operator \(row + 1) did \(operators[row].taken), the days say \(sum)")
            }
        }
        guard chained == operatorDays.count else {
            throw InvariantFault("\(operatorDays.count) days of operators, \(chained) of them in chains")
        }
    }

    private func checkProposals() throws(InvariantFault) {
        var previous: UInt64 = 0
        for row in 0..<proposals.count {
            let proposal = proposals[row]
            guard proposal.sequence > previous, proposal.sequence <= sequence, proposal.outcome <= 2,
                hasMember(MemberNumber(proposal.member)), proposal.proposer > 0,
                Int(proposal.proposer) <= operators.count, proposal.points != 0
            else { throw InvariantFault("proposal \(row + 1) is \(proposal)") }
            previous = proposal.sequence
        }
    }

    private func checkPeriods() throws(InvariantFault) {
        for row in 0..<periods.count {
            let period = periods[row]
            let follows = row == 0 || periods[row - 1].lastDay + 1 == period.firstDay
            guard follows, period.firstDay < period.lastDay, period.sequence <= sequence else {
                throw InvariantFault("closed month \(row + 1) is \(period)")
            }
        }
    }
}
