import TallyBytes
import TallyCodec
import TallyModel
import TallyTables

extension ProgrammeState {
    /// An instrument is defined, or its limits change.
    mutating func applyInstrumentDefined(_ record: RawSpan, _ sequence: UInt64) throws(StateError.Fault) {
        typealias Layout = InstrumentDefinedLayout
        let message = try message(record, Layout.shape)
        try note(message.envelope, sequence)
        let number = Int(message.u32(Layout.instrument))
        let (business, wallet) = (message.u16(Layout.business), message.u16(Layout.wallet))
        guard business > 0, Int(business) <= businesses.count else {
            throw .unknown(what: "business", number: UInt64(business))
        }
        guard let kind = InstrumentKind(rawValue: message.u8(Layout.kind)),
            let form = CodeForm(rawValue: message.u8(Layout.codes)), !kind.isMoney || form == .unique,
            message.u8(Layout.checkScheme) <= CheckScheme.ean13.rawValue,
            message.u8(Layout.onReturn) <= RestorePolicy.keep.rawValue
        else { throw .unknown(what: "kind of instrument", number: UInt64(message.u8(Layout.kind))) }
        let isMoney = kind.isMoney
        guard Int(wallet) <= wallets.count, isMoney == (wallet > 0) else {
            throw .unknown(what: "wallet", number: UInt64(wallet))
        }
        var cursor = 0
        let (idLength, codeLength) = (Int(message.u8(Layout.idLength)), Int(message.u8(Layout.codeLength)))
        if number > 0, number <= instruments.count {
            cursor += idLength
            let name = try keep(message, &cursor, Int(message.u8(Layout.nameLength)))
            cursor += codeLength
            instruments.update(number - 1) { row in
                row.name = name
                row.setLimits(message)
            }
        } else {
            try checkDense("instrument", expected: instruments.count + 1, found: UInt64(number))
            let id = try keep(message, &cursor, idLength)
            let name = try keep(message, &cursor, Int(message.u8(Layout.nameLength)))
            let code = try keep(message, &cursor, codeLength)
            indexInstrument(instruments.append(InstrumentRow(message, id: id, name: name, code: code)))
        }
        try checkRead(message, cursor)
    }

    /// Codes are brought into being: one row for all of them.
    mutating func applyInstrumentsIssued(_ record: RawSpan, _ sequence: UInt64) throws(StateError.Fault) {
        typealias Layout = InstrumentsIssuedLayout
        let message = try message(record, Layout.shape)
        let envelope = message.envelope
        try note(envelope, sequence)
        if envelope.member != 0 { try chain(envelope, sequence) }
        let instrument = Int(message.u32(Layout.instrument)) - 1
        let (first, count) = (message.u32(Layout.firstSerial), message.u32(Layout.count))
        guard instrument >= 0, instrument < instruments.count, !instruments[instrument].isGeneric else {
            throw .unknown(what: "instrument", number: UInt64(instrument + 1))
        }
        try checkDense("issue", expected: instrumentIssues.count + 1, found: UInt64(message.u32(Layout.batch)))
        guard let next = nextSerial, first == next, count > 0, !first.addingReportingOverflow(count).overflow else {
            throw .numberNotDense(what: "serial", expected: UInt64(nextSerial ?? 0), found: UInt64(first))
        }
        let faceValue = message.i64(Layout.faceValue)
        let worth = faceValue.multipliedReportingOverflow(by: Int64(count))
        guard faceValue >= 0, !worth.overflow else { throw .impossibleSum }
        try bookCards(message, message.firstGroup, change: worth.partialValue, of: instruments[instrument])
        let row = instrumentIssues.append(
            InstrumentIssueRow(
                faceValue: faceValue, outstanding: worth.partialValue, reserved: 0, instrument: UInt32(instrument + 1),
                firstSerial: first, count: count, touched: 0, endsAt: message.u32(Layout.endsAt),
                member: envelope.member, hasEnded: 0))
        enqueueIssue(row)
        let taken = instruments[instrument].amountTaken.addingReportingOverflow(worth.partialValue)
        let issued = instruments[instrument].codesIssued.addingReportingOverflow(count)
        guard !taken.overflow, !issued.overflow else { throw .impossibleSum }
        instruments.update(instrument) { row in
            row.codesIssued = issued.partialValue
            row.amountTaken = taken.partialValue
        }
    }

    /// Issues end, each with all its codes at once.
    mutating func applyInstrumentsExpired(_ record: RawSpan, _ sequence: UInt64) throws(StateError.Fault) {
        typealias Layout = InstrumentsExpiredLayout
        let message = try message(record, Layout.shape)
        try note(message.envelope, sequence)
        var expected: [CardAccount: Int64] = [:]
        for index in 0..<message.firstGroup.count {
            let entry = message.firstGroup.offset + index * message.firstGroup.stride
            let row = Int(message.bytes.u32(at: entry + Layout.Batches.batch)) - 1
            let amount = message.bytes.i64(at: entry + Layout.Batches.amount)
            guard row >= 0, row < instrumentIssues.count, instrumentIssues[row].hasEnded == 0,
                instrumentIssues[row].endsAt != 0,
                instrumentIssues[row].firstSerial == message.bytes.u32(at: entry + Layout.Batches.firstSerial)
            else { throw .unknown(what: "issue", number: UInt64(row + 1)) }
            let free = instrumentIssues[row].outstanding - instrumentIssues[row].reserved
            guard free == amount else { throw .balanceMismatch(stated: amount, computed: free) }
            dueIssues.remove(row, due: instrumentIssues[row].endsAt)
            instrumentIssues.update(row) { issue in
                issue.hasEnded = 1
                issue.outstanding -= amount
            }
            let instrument = instruments[Int(instrumentIssues[row].instrument) - 1]
            if amount != 0 {
                expected[CardAccount(instrument.business, instrument.wallet), default: 0] -= amount
            }
        }
        guard try book(message, message.secondGroup) == expected else { throw .impossibleSum }
    }

    /// True for an issue that the clock will end.
    func isIssueDue(_ row: Int) -> Bool { instrumentIssues[row].endsAt != 0 && instrumentIssues[row].hasEnded == 0 }

    /// Enters an issue into the queue of those that end.
    mutating func enqueueIssue(_ row: Int) {
        if isIssueDue(row) { dueIssues.insert(row, due: instrumentIssues[row].endsAt) }
    }

    /// Carries a record's postings into the books and checks that its cards change by `change`.
    mutating func bookCards(
        _ message: borrowing Message, _ group: Message.Group, change: Int64, of instrument: InstrumentRow
    ) throws(StateError.Fault) {
        let expected = change == 0 ? [:] : [CardAccount(instrument.business, instrument.wallet): change]
        let found = try book(message, group)
        guard found == expected else {
            throw .balanceMismatch(stated: found.values.reduce(0, &+), computed: change)
        }
    }

    /// Carries postings that move nothing of members into the books.
    ///
    /// - Returns: By how much the accounts of cards changed.
    private mutating func book(
        _ message: borrowing Message, _ group: Message.Group
    ) throws(StateError.Fault) -> [CardAccount: Int64] {
        var flow = Flow()
        var cards: [CardAccount: Int64] = [:]
        for index in 0..<group.count {
            guard let posting = message.posting(index, of: group) else {
                throw .unknown(what: "purpose of posting", number: UInt64(index))
            }
            try checkIsDefined(posting)
            guard !posting.purpose.isOfMembers, posting.lot == 0, flow.add(posting) else { throw .impossibleSum }
            try book(posting)
            if posting.purpose == .cards {
                cards[CardAccount(posting.business, posting.wallet), default: 0] += posting.amount
            }
        }
        guard flow.isSound else { throw .unbalanced(sum: flow.sum) }
        return cards
    }
}

/// Whose cards in which wallet.
struct CardAccount: Hashable {
    var business: UInt16
    var wallet: UInt16

    init(_ business: UInt16, _ wallet: UInt16) { (self.business, self.wallet) = (business, wallet) }
}

extension InstrumentRow {
    fileprivate init(_ message: borrowing Message, id: TextPlace, name: TextPlace, code: TextPlace) {
        typealias Layout = InstrumentDefinedLayout
        self.init(
            id: id, name: name, code: code, faceValue: message.i64(Layout.faceValue), amountBudget: 0, amountTaken: 0,
            amountReserved: 0, usesBudget: 0, usesTaken: 0, usesReserved: 0, beginsAt: 0, endsAt: 0,
            usesPerCode: message.u32(Layout.usesPerCode), memberLimit: 0, codesMax: 0, codesIssued: 0,
            codesCancelled: 0, business: message.u16(Layout.business), wallet: message.u16(Layout.wallet),
            kind: message.u8(Layout.kind), codes: message.u8(Layout.codes),
            checkScheme: message.u8(Layout.checkScheme), onReturn: 0)
        setLimits(message)
    }

    /// What a later definition may change.
    fileprivate mutating func setLimits(_ message: borrowing Message) {
        typealias Layout = InstrumentDefinedLayout
        amountBudget = message.i64(Layout.amountBudget)
        usesBudget = message.i64(Layout.usesBudget)
        beginsAt = message.u32(Layout.beginsAt)
        endsAt = message.u32(Layout.endsAt)
        memberLimit = message.u32(Layout.memberLimit)
        codesMax = message.u32(Layout.codesMax)
        onReturn = message.u8(Layout.onReturn)
    }
}
