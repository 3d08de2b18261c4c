import TallyBytes
import TallyCodec
import TallyLedger
public import TallyModel
import TallyTables

extension ProgrammeState {
    /// The row of the operator of that id.
    public func operatorRow(id: RawSpan) -> Int? {
        operatorIndex.find(hash.hash(id)) { row in texts.bytes(operators[row].id).hasSameBytes(as: id) }
    }

    /// Points that an operator gave and took on a day without another operator.
    public func operatorPoints(_ row: Int, on day: CivilDay) -> Int64 {
        operatorDay(row, day).map { operatorDays[$0].points } ?? 0
    }

    /// The row of a proposal; nil when the record at that place proposed nothing.
    public func proposal(_ sequence: UInt64) -> Int? {
        var (low, high) = (0, proposals.count)
        while low < high {
            let middle = (low + high) / 2
            if proposals[middle].sequence < sequence { low = middle + 1 } else { high = middle }
        }
        return low < proposals.count && proposals[low].sequence == sequence ? low : nil
    }

    private func operatorDay(_ row: Int, _ day: CivilDay) -> Int? {
        var place = operators[row].lastDay
        while place != 0 {
            let found = operatorDays[Int(place) - 1]
            if found.day == day.days { return Int(place) - 1 }
            place = found.next
        }
        return nil
    }

    /// An operator is set, or rights, limits and name change.
    mutating func applyOperatorSet(_ record: RawSpan, _ sequence: UInt64) throws(StateError.Fault) {
        typealias Layout = OperatorSetLayout
        let message = try message(record, Layout.shape)
        try note(message.envelope, sequence)
        let number = Int(message.u32(Layout.operatorNumber))
        let isKnown = number > 0 && number <= operators.count
        if !isKnown { try checkDense("operator", expected: operators.count + 1, found: UInt64(number)) }
        var cursor = 0
        let idLength = Int(message.u8(Layout.idLength))
        if isKnown { cursor += idLength }
        let id = isKnown ? operators[number - 1].id : try keep(message, &cursor, idLength)
        let name = try keep(message, &cursor, Int(message.u8(Layout.nameLength)))
        try checkRead(message, cursor)
        let (perAct, perDay) = (message.i64(Layout.limitPerAct), message.i64(Layout.limitPerDay))
        guard perAct >= 0, perDay >= 0 else { throw .impossibleSum }
        var row = OperatorRow(
            id: id, name: name, limitPerAct: perAct, limitPerDay: perDay, taken: 0, lastDay: 0,
            rights: UInt32(message.u8(Layout.rights)))
        if isKnown {
            (row.taken, row.lastDay) = (operators[number - 1].taken, operators[number - 1].lastDay)
            operators.update(number - 1) { $0 = row }
        } else {
            indexOperator(operators.append(row))
        }
    }

    /// An adjustment waits for another operator: no points move.
    mutating func applyProposed(_ record: RawSpan, _ sequence: UInt64) throws(StateError.Fault) {
        typealias Layout = ProposedLayout
        let message = try message(record, Layout.shape)
        let envelope = message.envelope
        try note(envelope, sequence)
        try chain(envelope, sequence)
        let proposer = message.u32(Layout.operatorNumber)
        guard proposer > 0, Int(proposer) <= operators.count else {
            throw .unknown(what: "operator", number: UInt64(proposer))
        }
        let (business, wallet) = (message.u16(Layout.business), message.u16(Layout.wallet))
        try checkIsDefined(Posting(amount: 0, business: business, wallet: wallet, purpose: .adjusted))
        try checkStated(message.i64(Layout.balance), envelope.member, wallet)
        proposals.append(
            ProposalRow(
                sequence: sequence, points: message.i64(Layout.points), member: envelope.member, proposer: proposer,
                outcome: 0))
    }

    /// An adjustment is not done: no points move.
    mutating func applyDeclined(_ record: RawSpan, _ sequence: UInt64) throws(StateError.Fault) {
        typealias Layout = DeclinedLayout
        let message = try message(record, Layout.shape)
        let envelope = message.envelope
        try note(envelope, sequence)
        try chain(envelope, sequence)
        let row = try openProposal(message.u64(Layout.proposal), member: envelope.member)
        let decider = message.u32(Layout.operatorNumber)
        guard decider > 0, Int(decider) <= operators.count, decider != proposals[row].proposer else {
            throw .unknown(what: "operator", number: UInt64(decider))
        }
        proposals.update(row) { $0.outcome = 2 }
    }

    /// What an adjustment means for operators: it ends a proposal, or counts for the day of whoever did it.
    mutating func noteOperator(ofAdjusted message: borrowing Message) throws(StateError.Fault) {
        typealias Layout = AdjustedLayout
        let proposal = message.u64(Layout.proposal)
        guard proposal == 0 else {
            let row = try openProposal(proposal, member: message.envelope.member)
            guard proposals[row].points == message.i64(Layout.points) else { throw .impossibleSum }
            proposals.update(row) { $0.outcome = 1 }
            return
        }
        guard operators.count > 0, let id = message.text(at: 0, count: Int(message.u8(Layout.operatorLength))),
            let row = operatorRow(id: id)
        else { return }
        let day = CivilDay(
            of: Instant(microseconds: message.i64(Layout.occurredAt)),
            utcOffsetMinutes: message.i16(Layout.utcOffsetMinutes))
        try count(message.i64(Layout.points), of: row, on: day)
    }

    private mutating func count(_ points: Int64, of row: Int, on day: CivilDay) throws(StateError.Fault) {
        guard let magnitude = Int64(exactly: points.magnitude) else { throw .impossibleSum }
        let place: Int
        if let known = operatorDay(row, day) {
            place = known
        } else {
            place = operatorDays.append(OperatorDayRow(points: 0, day: day.days, next: operators[row].lastDay))
            operators.update(row) { $0.lastDay = UInt32(place + 1) }
        }
        // The sum of all days is the larger of the two.
        let sum = operators[row].taken.addingReportingOverflow(magnitude)
        guard !sum.overflow else { throw .impossibleSum }
        operators.update(row) { $0.taken = sum.partialValue }
        operatorDays.update(place) { $0.points += magnitude }
    }

    /// The row of a proposal about a member that waits.
    private func openProposal(_ sequence: UInt64, member: UInt32) throws(StateError.Fault) -> Int {
        guard let row = proposal(sequence), proposals[row].outcome == 0,
            standing(for: MemberNumber(proposals[row].member)) == MemberNumber(member)
        else {
            throw .unknown(what: "proposal", number: sequence)
        }
        return row
    }

    /// Checks the balance that a record states which moves no points.
    private func checkStated(_ stated: Int64, _ member: UInt32, _ wallet: UInt16) throws(StateError.Fault) {
        let figures = figures(MemberNumber(member), WalletNumber(wallet))
        let net = figures.active &- figures.debt
        guard net == stated else { throw .balanceMismatch(stated: stated, computed: net) }
    }
}
