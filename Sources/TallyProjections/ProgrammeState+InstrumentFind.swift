import TallyBytes
public import TallyModel
import TallyTables

extension ProgrammeState {
    /// The row of the instrument of that id.
    public func instrument(id: RawSpan) -> Int? {
        instrumentIndex.find(hash.hash(id)) { row in texts.bytes(instruments[row].id).hasSameBytes(as: id) }
    }

    /// The row of the instrument with that printed code.
    ///
    /// - Parameter code: In capitals.
    /// - Returns: nil when no instrument has it.
    public func instrument(genericCode code: RawSpan) -> Int? {
        genericCodeIndex.find(hash.hash(code)) { row in texts.bytes(instruments[row].code).hasSameBytes(as: code) }
    }

    /// The serial of the next code that is issued; nil when there are none left.
    public var nextSerial: UInt32? {
        guard instrumentIssues.count > 0 else { return 1 }
        let last = instrumentIssues[instrumentIssues.count - 1]
        let next = last.firstSerial.addingReportingOverflow(last.count)
        return next.overflow ? nil : next.partialValue
    }

    /// The row of the issue to which a serial belongs; nil when it was not issued.
    public func instrumentIssue(of serial: UInt32) -> Int? {
        var (low, high) = (0, instrumentIssues.count)
        while low < high {
            let middle = (low + high) / 2
            if instrumentIssues[middle].firstSerial <= serial { low = middle + 1 } else { high = middle }
        }
        guard low > 0, serial - instrumentIssues[low - 1].firstSerial < instrumentIssues[low - 1].count else {
            return nil
        }
        return low - 1
    }

    /// The row of a copy to which something happened; nil when nothing did.
    public func instrumentCodeRow(_ serial: UInt32) -> Int? {
        instrumentCodeIndex.find(spread(UInt64(serial))) { row in instrumentCodes[row].serial == serial }
    }

    /// A copy as it is: its row, or the row that it would have.
    ///
    /// - Parameters:
    ///   - serial: Its serial.
    ///   - issue: The row of its issue.
    /// - Returns: What a checkpoint would keep of it.
    public func instrumentCode(_ serial: UInt32, issue: Int) -> InstrumentCodeRow {
        if let row = instrumentCodeRow(serial) { return instrumentCodes[row] }
        return InstrumentCodeRow(
            balance: instrumentIssues[issue].faceValue, reserved: 0, serial: serial, issue: UInt32(issue), uses: 0,
            reservations: 0, isCancelled: 0, isRestored: 0)
    }

    /// The code of a generic instrument, which has no row of its own: its counts are the instrument's.
    public func genericCode(of instrument: Int) -> InstrumentCodeRow {
        InstrumentCodeRow(
            balance: 0, reserved: 0, serial: 0, issue: 0, uses: 0, reservations: 0,
            isCancelled: instruments[instrument].codesCancelled > 0 ? 1 : 0, isRestored: 0)
    }

    /// How often a member has used an instrument, and has it reserved, together with all who were merged into it.
    public func uses(of instrument: Int, by member: MemberNumber) -> (made: UInt32, reserved: UInt32) {
        var sum: (made: UInt32, reserved: UInt32) = (0, 0)
        for part in group(of: member) {
            guard let row = memberUsesRow(UInt32(instrument + 1), part.rawValue) else { continue }
            sum.made &+= memberUses[row].uses
            sum.reserved &+= memberUses[row].reserved
        }
        return sum
    }

    func memberUsesRow(_ instrument: UInt32, _ member: UInt32) -> Int? {
        memberUsesIndex.find(memberUsesHash(instrument, member)) { row in
            memberUses[row].instrument == instrument && memberUses[row].member == member
        }
    }

    func memberUsesHash(_ instrument: UInt32, _ member: UInt32) -> UInt64 {
        hash.hash(UInt64(instrument) << 32 | UInt64(member))
    }

    /// What is known about a copy.
    ///
    /// - Parameter serial: Its serial.
    /// - Returns: nil when it was not issued.
    public func figures(ofCode serial: UInt32) -> CodeFigures? {
        guard let place = instrumentIssue(of: serial) else { return nil }
        let issue = instrumentIssues[place]
        let instrument = instruments[Int(issue.instrument) - 1]
        let code = instrumentCode(serial, issue: place)
        var reserved = code.reserved
        if !instrument.isMoney, let row = instrumentCodeRow(serial) {
            for slot in 0..<reservations.count where reservations[slot].code == UInt32(row + 1) {
                reserved += reservations[slot].amount
            }
        }
        return CodeFigures(
            state: state(of: code, issue, instrument),
            balance: issue.hasEnded != 0 || code.isCancelled != 0 ? 0 : code.balance - code.reserved,
            reserved: reserved, uses: code.uses, reservations: UInt32(code.reservations), endsAt: issue.endsAt,
            member: MemberNumber(issue.member))
    }

    private func state(
        of code: InstrumentCodeRow, _ issue: InstrumentIssueRow, _ instrument: InstrumentRow
    ) -> CodeState {
        if code.isCancelled != 0 { return .cancelled }
        if code.reservations > 0 { return .reserved }
        if issue.hasEnded != 0 { return .expired }
        let isEmpty =
            instrument.isMoney ? code.balance == 0 : instrument.usesPerCode > 0 && code.uses >= instrument.usesPerCode
        if isEmpty { return instrument.isMoney && code.uses == 0 ? .issued : .redeemed }
        if code.isRestored != 0 { return .restored }
        return code.uses > 0 ? .partlyUsed : .active
    }
}
