import TallyBytes
import TallyCodec
public import TallyModel
import TallyTables

extension ProgrammeState {
    mutating func applyLedgerCreated(_ record: RawSpan, _ sequence: UInt64) throws(StateError.Fault) {
        typealias Layout = LedgerCreatedLayout
        let message = try message(record, Layout.shape)
        guard sequence == 1, ledger.count == 0 else { throw .outOfOrder(expected: self.sequence + 1) }
        ledger.append(
            LedgerRow(
                ledgerHigh: message.u64(Layout.ledgerHigh), ledgerLow: message.u64(Layout.ledgerLow),
                recordedAt: Int64.min, receipts: 0, turnover: 0, rejections: 0, clock: 0, clockTarget: 0, freeLot: 0,
                freeHold: 0, freeHeldLot: 0, holds: 0))
        sources.append(SourceRow(name: .empty, lastNumber: 0, lastSequence: 0))
        hash = StableHash(key0: ledger[0].ledgerHigh, key1: ledger[0].ledgerLow)
        try note(message.envelope, sequence)
    }

    mutating func applySourceRecorded(_ record: RawSpan, _ sequence: UInt64) throws(StateError.Fault) {
        typealias Layout = SourceRecordedLayout
        let message = try message(record, Layout.shape)
        try note(message.envelope, sequence)
        try checkDense("source", expected: sources.count, found: UInt64(message.u32(Layout.opened)))
        var cursor = 0
        let name = try keep(message, &cursor, Int(message.u8(Layout.nameLength)))
        try checkRead(message, cursor)
        indexSource(sources.append(SourceRow(name: name, lastNumber: 0, lastSequence: 0)))
    }

    mutating func applyBusinessDefined(_ record: RawSpan, _ sequence: UInt64) throws(StateError.Fault) {
        typealias Layout = BusinessDefinedLayout
        let message = try message(record, Layout.shape)
        try note(message.envelope, sequence)
        let number = Int(message.u16(Layout.business))
        let currency = messageHeaderLength + Layout.currency
        let packed =
            UInt32(record.u8(at: currency)) | UInt32(record.u8(at: currency + 1)) << 8
            | UInt32(record.u8(at: currency + 2)) << 16 | UInt32(message.u8(Layout.scale)) << 24
        var cursor = 0
        let idLength = Int(message.u8(Layout.idLength))
        if number <= businesses.count, number > 0 {
            cursor += idLength
            let name = try keep(message, &cursor, Int(message.u8(Layout.nameLength)))
            businesses.update(number - 1) { $0.name = name }
        } else {
            try checkDense("business", expected: businesses.count + 1, found: UInt64(number))
            let id = try keep(message, &cursor, idLength)
            let name = try keep(message, &cursor, Int(message.u8(Layout.nameLength)))
            indexBusiness(businesses.append(BusinessRow(id: id, name: name, currencyAndScale: packed)))
        }
        try checkRead(message, cursor)
    }

    mutating func applyStoreDefined(_ record: RawSpan, _ sequence: UInt64) throws(StateError.Fault) {
        typealias Layout = StoreDefinedLayout
        let message = try message(record, Layout.shape)
        try note(message.envelope, sequence)
        let number = Int(message.u32(Layout.store))
        let business = message.u16(Layout.business)
        guard business > 0, Int(business) <= businesses.count else {
            throw .unknown(what: "business", number: UInt64(business))
        }
        var cursor = 0
        let idLength = Int(message.u8(Layout.idLength))
        let isKnown = number > 0 && number <= stores.count
        if !isKnown { try checkDense("store", expected: stores.count + 1, found: UInt64(number)) }
        if isKnown { cursor += idLength }
        let id = isKnown ? stores[number - 1].id : try keep(message, &cursor, idLength)
        let name = try keep(message, &cursor, Int(message.u8(Layout.nameLength)))
        let zone = try keep(message, &cursor, Int(message.u8(Layout.zoneLength)))
        try checkRead(message, cursor)
        if isKnown {
            stores.update(number - 1) { row in
                row.name = name
                row.zone = zone
            }
        } else {
            indexStore(stores.append(StoreRow(id: id, name: name, zone: zone, business: business)))
        }
    }

    mutating func applyWalletDefined(_ record: RawSpan, _ sequence: UInt64) throws(StateError.Fault) {
        typealias Layout = WalletDefinedLayout
        let message = try message(record, Layout.shape)
        try note(message.envelope, sequence)
        let number = Int(message.u16(Layout.wallet))
        var cursor = 0
        let idLength = Int(message.u8(Layout.idLength))
        if number > 0, number <= wallets.count {
            cursor += idLength
            let name = try keep(message, &cursor, Int(message.u8(Layout.nameLength)))
            wallets.update(number - 1) { $0.name = name }
        } else {
            try checkDense("wallet", expected: wallets.count + 1, found: UInt64(number))
            let id = try keep(message, &cursor, idLength)
            let name = try keep(message, &cursor, Int(message.u8(Layout.nameLength)))
            indexWallet(
                wallets.append(WalletRow(id: id, name: name, scale: UInt32(message.u8(Layout.scale)), terms: 0)))
        }
        try checkRead(message, cursor)
    }

    mutating func applyAccrualDefined(_ record: RawSpan, _ sequence: UInt64) throws(StateError.Fault) {
        typealias Layout = AccrualDefinedLayout
        let message = try message(record, Layout.shape)
        try note(message.envelope, sequence)
        try checkDense("accrual revision", expected: accruals.count + 1, found: UInt64(message.u16(Layout.revision)))
        let wallet = message.u16(Layout.wallet)
        guard wallet > 0, Int(wallet) <= wallets.count else { throw .unknown(what: "wallet", number: UInt64(wallet)) }
        guard message.u32(Layout.denominator) > 0, Rounding(rawValue: message.u8(Layout.rounding)) != nil else {
            throw .unknown(what: "rate or rounding", number: UInt64(message.u8(Layout.rounding)))
        }
        var cursor = 0
        let id = try keep(message, &cursor, Int(message.u8(Layout.idLength)))
        try checkRead(message, cursor)
        noteEarning(wallet)
        accruals.append(
            AccrualRow(
                effectiveFrom: message.i64(Layout.effectiveFrom), numerator: message.u32(Layout.numerator),
                denominator: message.u32(Layout.denominator), id: id, wallet: wallet,
                business: message.u16(Layout.business), rounding: UInt16(message.u8(Layout.rounding))))
    }

    /// True when there is a rate of accrual for a wallet.
    public func earns(_ wallet: WalletNumber) -> Bool {
        (0..<accruals.count).contains { accruals[$0].wallet == wallet.rawValue }
    }

    /// Counts a wallet for which the first rate is about to be entered.
    private mutating func noteEarning(_ wallet: UInt16) {
        if !earns(WalletNumber(wallet)) { earningWallets += 1 }
    }

    /// Checks that a definition takes the next number.
    func checkDense(_ what: String, expected: Int, found: UInt64) throws(StateError.Fault) {
        guard found == UInt64(expected) else {
            throw .numberNotDense(what: what, expected: UInt64(expected), found: found)
        }
    }

    /// Keeps the next `count` bytes of the message's text; `cursor` moves on.
    mutating func keep(_ message: borrowing Message, _ cursor: inout Int, _ count: Int) throws(StateError.Fault)
        -> TextPlace
    {
        guard let bytes = message.text(at: cursor, count: count), texts.hasRoom(for: count) else {
            throw .malformed(CodecError(.textLengthMismatch(needed: cursor + count, found: message.textLength)))
        }
        cursor += count
        return texts.append(bytes)
    }

    /// Checks that the whole text was read.
    func checkRead(_ message: borrowing Message, _ cursor: Int) throws(StateError.Fault) {
        guard cursor == message.textLength else {
            throw .malformed(CodecError(.textLengthMismatch(needed: cursor, found: message.textLength)))
        }
    }
}
