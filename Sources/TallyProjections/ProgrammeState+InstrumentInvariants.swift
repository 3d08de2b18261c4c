import TallyModel
import TallyTables

extension ProgrammeState {
    /// Checks what must hold about instruments after every record.
    ///
    /// * The account `cards` of a business and wallet equals what all its copies are worth, issue by issue: copies
    ///   without a row at their face value, the others at their balance; behind the end only what is reserved.
    /// * What is reserved on codes, issues, instruments and members equals the reservations under way, and each is
    ///   queued.
    /// * Budgets are not exceeded; uses of an instrument equal those of its codes.
    ///
    /// - Throws: ``InvariantFault`` that names the first sentence that does not hold. Linear in issues, codes and
    ///   reservations.
    func checkInstruments() throws(InvariantFault) {
        let held = try checkReservations()
        var worth: [Int: (balance: Int64, touched: UInt32)] = [:]
        var uses: [UInt32: Int64] = [:]
        for row in 0..<instrumentCodes.count {
            let code = instrumentCodes[row]
            let issue = instrumentIssues[Int(code.issue)]
            let instrument = instruments[Int(issue.instrument) - 1]
            let part = held.byCode[UInt32(row + 1), default: Held()]
            guard code.reserved >= 0, code.reserved <= code.balance,
                code.reserved == (instrument.isMoney ? part.amount : 0), Int(code.reservations) == part.count,
                code.isCancelled == 0 || (code.balance == 0 && part.count == 0)
            else { throw InvariantFault("code \(code.serial) has \(code), its reservations \(part)") }
            let limit = instrument.usesPerCode
            guard limit == 0 || code.uses + UInt32(code.reservations) <= limit else {
                throw InvariantFault("code \(code.serial) has \(code.uses) of \(limit) uses")
            }
            worth[Int(code.issue), default: (0, 0)].balance += code.balance
            worth[Int(code.issue), default: (0, 0)].touched += 1
            uses[issue.instrument, default: 0] += Int64(code.uses)
        }
        try checkCards(worth, held.byIssue)
        try checkCounts(uses, held)
    }

    /// What reservations have set aside somewhere.
    private struct Held {
        var amount: Int64 = 0
        var count = 0

        mutating func add(_ amount: Int64) {
            self.amount += amount
            count += 1
        }
    }

    private struct AllHeld {
        var byCode: [UInt32: Held] = [:]
        var byIssue: [Int: Int64] = [:]
        var byInstrument: [UInt32: Held] = [:]
        /// By instrument and member.
        var byMember: [UInt64: Int] = [:]
        var count = 0
    }

    private func checkReservations() throws(InvariantFault) -> AllHeld {
        var held = AllHeld()
        for slot in 0..<reservations.count where reservations[slot].sequence != 0 {
            let row = reservations[slot]
            guard dueReservations.contains(slot), row.amount >= 0 else {
                throw InvariantFault("reservation \(row.sequence) is not queued")
            }
            held.count += 1
            held.byInstrument[row.instrument, default: Held()].add(row.amount)
            let isMoney = instruments[Int(row.instrument) - 1].isMoney
            if row.member != 0, !isMoney {
                held.byMember[UInt64(row.instrument) << 32 | UInt64(row.member), default: 0] += 1
            }
            guard row.code != 0 else { continue }
            held.byCode[row.code, default: Held()].add(row.amount)
            if isMoney { held.byIssue[Int(instrumentCodes[Int(row.code) - 1].issue), default: 0] += row.amount }
        }
        guard held.count == dueReservations.count else {
            throw InvariantFault("\(held.count) reservations, \(dueReservations.count) are queued")
        }
        return held
    }

    private func checkCards(
        _ worth: [Int: (balance: Int64, touched: UInt32)], _ reserved: [Int: Int64]
    ) throws(InvariantFault) {
        var owed: [CardAccount: Int64] = [:]
        var queued = 0
        for row in 0..<instrumentIssues.count {
            let issue = instrumentIssues[row]
            let instrument = instruments[Int(issue.instrument) - 1]
            let (balance, touched) = worth[row, default: (0, 0)]
            let left = balance + Int64(issue.count - touched) * issue.faceValue
            guard issue.touched == touched, issue.reserved == reserved[row, default: 0],
                issue.outstanding == (issue.hasEnded != 0 ? issue.reserved : left)
            else { throw InvariantFault("issue \(row + 1) is \(issue), its codes hold \(left)") }
            guard dueIssues.contains(row) == isIssueDue(row) else {
                throw InvariantFault("issue \(row + 1) is queued although it does not end, or is not")
            }
            queued += isIssueDue(row) ? 1 : 0
            if instrument.isMoney {
                owed[CardAccount(instrument.business, instrument.wallet), default: 0] += issue.outstanding
            }
        }
        guard queued == dueIssues.count else {
            throw InvariantFault("\(queued) issues end, \(dueIssues.count) are queued")
        }
        for row in 0..<accounts.count where accounts[row].purpose == UInt16(Purpose.cards.rawValue) {
            let cards = owed.removeValue(forKey: CardAccount(accounts[row].business, accounts[row].wallet)) ?? 0
            guard cards == accounts[row].balance, cards >= 0 else {
                throw InvariantFault(
                    "business \(accounts[row].business) owes \(cards) to bearers, its cards say \(accounts[row].balance)"
                )
            }
        }
        guard owed.values.allSatisfy({ $0 == 0 }) else { throw InvariantFault("cards without an account: \(owed)") }
    }

    private func checkCounts(_ uses: [UInt32: Int64], _ held: AllHeld) throws(InvariantFault) {
        var byMembers: [UInt32: Int64] = [:]
        for row in 0..<memberUses.count {
            let entry = memberUses[row]
            guard
                Int(entry.reserved) == held.byMember[UInt64(entry.instrument) << 32 | UInt64(entry.member), default: 0]
            else { throw InvariantFault("member \(entry.member) has \(entry.reserved) uses reserved, not so many") }
            byMembers[entry.instrument, default: 0] += Int64(entry.uses)
        }
        for row in 0..<instruments.count {
            let instrument = instruments[row]
            let number = UInt32(row + 1)
            let part = held.byInstrument[number, default: Held()]
            let made = uses[number, default: 0]
            guard instrument.isGeneric || instrument.usesTaken == made,
                byMembers[number, default: 0] <= instrument.usesTaken,
                Int(instrument.usesReserved) == part.count,
                instrument.amountReserved == (instrument.isMoney ? 0 : part.amount)
            else { throw InvariantFault("instrument \(number) counts \(instrument), its codes \(made) uses, \(part)") }
            let (amount, all) = (
                instrument.amountTaken + instrument.amountReserved,
                instrument.usesTaken + Int64(instrument.usesReserved)
            )
            guard instrument.amountBudget == 0 || amount <= instrument.amountBudget,
                instrument.usesBudget == 0 || all <= instrument.usesBudget,
                instrument.codesMax == 0 || instrument.codesIssued <= instrument.codesMax
            else { throw InvariantFault("instrument \(number) is beyond its budget: \(instrument)") }
        }
    }
}
