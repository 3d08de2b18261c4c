import TallyBytes
import TallyCodec
import TallyModel
import TallyProjections
import TallyTables

extension Decider {
    /// Defines a business, or renames it.
    func decideBusiness(
        _ command: RawSpan, _ envelope: RecordEnvelope, state: borrowing ProgrammeState, into records: inout ByteWriter
    ) throws(Refused) -> Outcome {
        typealias Layout = DefineBusinessLayout
        let message = try message(command, Layout.shape)
        var cursor = TextCursor(message)
        let id = try cursor.identifier(message.u8(Layout.idLength), of: message)
        let name = try cursor.name(message.u8(Layout.nameLength), of: message)
        try cursor.finish(message)
        let currencyAt = messageHeaderLength + Layout.currency
        let currency = command.extracting(currencyAt..<(currencyAt + 3))
        for offset in 0..<3 where !(UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(currency.u8(at: offset)) {
            throw Refused(.currencyMalformed)
        }
        let scale = try scale(message.u8(Layout.scale))
        let known = state.business(id: id)
        if let known {
            let packed = state.businesses[Int(known.rawValue) - 1].currencyAndScale
            let asked =
                UInt32(currency.u8(at: 0)) | UInt32(currency.u8(at: 1)) << 8 | UInt32(currency.u8(at: 2)) << 16
                | UInt32(scale) << 24
            guard packed == asked else { throw Refused(.definitionFixed) }
        }
        try checkRoom(state.businesses.count, isNew: known == nil, name, id, state: state)
        records.append(header: BusinessDefinedLayout.shape)
        records.append(envelope: envelope)
        records.append(u16: known?.rawValue ?? UInt16(state.businesses.count + 1))
        records.append(bytes: currency)
        records.append(u8: scale)
        records.append(u8: UInt8(id.byteCount))
        records.append(u8: UInt8(name.byteCount))
        records.append(textOf: message, from: 0)
        return Outcome(status: .recorded)
    }

    /// Defines a store, or changes its name and zone.
    func decideStore(
        _ command: RawSpan, _ envelope: RecordEnvelope, state: borrowing ProgrammeState, into records: inout ByteWriter
    ) throws(Refused) -> Outcome {
        typealias Layout = DefineStoreLayout
        let message = try message(command, Layout.shape)
        var cursor = TextCursor(message)
        let id = try cursor.identifier(message.u8(Layout.idLength), of: message)
        let businessID = try cursor.identifier(message.u8(Layout.businessLength), of: message)
        let newName = try cursor.name(message.u8(Layout.nameLength), of: message)
        let newZone = try cursor.name(message.u8(Layout.zoneLength), of: message)
        try cursor.finish(message)
        guard let business = state.business(id: businessID) else { throw Refused(.businessUnknown) }
        let known = state.store(id: id)
        if let known, state.stores[Int(known.rawValue) - 1].business != business.rawValue {
            throw Refused(.definitionFixed)
        }
        // Whoever names no name or zone, as an importer does, leaves what is known.
        let row = known.map { state.stores[Int($0.rawValue) - 1] }
        let name = newName.byteCount == 0 ? state.texts.bytes(row?.name ?? .empty) : newName
        let zone = newZone.byteCount == 0 ? state.texts.bytes(row?.zone ?? .empty) : newZone
        guard known != nil || state.stores.count < Int(UInt32.max) - 1,
            state.texts.hasRoom(for: id.byteCount + name.byteCount + zone.byteCount)
        else { throw Refused(.capacityReached) }
        records.append(header: StoreDefinedLayout.shape)
        records.append(envelope: envelope)
        records.append(u32: known?.rawValue ?? UInt32(state.stores.count + 1))
        records.append(u16: business.rawValue)
        records.append(u8: UInt8(id.byteCount))
        records.append(u8: UInt8(name.byteCount))
        records.append(u8: UInt8(zone.byteCount))
        records.append(u16: UInt16(id.byteCount + name.byteCount + zone.byteCount))
        records.append(bytes: id)
        records.append(bytes: name)
        records.append(bytes: zone)
        return Outcome(status: .recorded)
    }

    /// Defines a wallet type, or renames it.
    func decideWallet(
        _ command: RawSpan, _ envelope: RecordEnvelope, state: borrowing ProgrammeState, into records: inout ByteWriter
    ) throws(Refused) -> Outcome {
        typealias Layout = DefineWalletLayout
        let message = try message(command, Layout.shape)
        var cursor = TextCursor(message)
        let id = try cursor.identifier(message.u8(Layout.idLength), of: message)
        let name = try cursor.name(message.u8(Layout.nameLength), of: message)
        try cursor.finish(message)
        let scale = try scale(message.u8(Layout.scale))
        let known = state.wallet(id: id)
        if let known, state.wallets[Int(known.rawValue) - 1].scale != UInt32(scale) { throw Refused(.definitionFixed) }
        try checkRoom(state.wallets.count, isNew: known == nil, name, id, state: state)
        records.append(header: WalletDefinedLayout.shape)
        records.append(envelope: envelope)
        records.append(u16: known?.rawValue ?? UInt16(state.wallets.count + 1))
        records.append(u8: scale)
        records.append(u8: UInt8(id.byteCount))
        records.append(u8: UInt8(name.byteCount))
        records.append(textOf: message, from: 0)
        return Outcome(status: .recorded)
    }

    /// Puts a rate of accrual in force.
    func decideAccrual(
        _ command: RawSpan, _ envelope: RecordEnvelope, state: borrowing ProgrammeState, into records: inout ByteWriter
    ) throws(Refused) -> Outcome {
        typealias Layout = DefineAccrualLayout
        let message = try message(command, Layout.shape)
        var cursor = TextCursor(message)
        let id = try cursor.identifier(message.u8(Layout.idLength), of: message)
        let walletID = try cursor.identifier(message.u8(Layout.walletLength), of: message)
        let businessID = try cursor.optionalIdentifier(message.u8(Layout.businessLength), of: message)
        try cursor.finish(message)
        let business = businessID.byteCount == 0 ? BusinessNumber(0) : state.business(id: businessID)
        guard let business else { throw Refused(.businessUnknown) }
        guard let wallet = state.wallet(id: walletID) else { throw Refused(.walletUnknown) }
        let effectiveFrom = Instant(microseconds: message.i64(Layout.effectiveFrom))
        guard effectiveFrom >= .distantPast, effectiveFrom <= .distantFuture else { throw Refused(.timeOutOfRange) }
        let (numerator, denominator) = (message.u32(Layout.numerator), message.u32(Layout.denominator))
        guard denominator > 0, numerator <= denominator, let rounding = Rounding(rawValue: message.u8(Layout.rounding))
        else {
            throw Refused(.rateMalformed)
        }
        guard state.earns(wallet) || state.earningWallets < Limits.walletsPerReceiptMax else {
            throw Refused(.capacityReached)
        }
        guard state.accruals.count < Limits.definitionsMax, state.texts.hasRoom(for: id.byteCount) else {
            throw Refused(.capacityReached)
        }
        records.append(header: AccrualDefinedLayout.shape)
        records.append(envelope: envelope)
        records.append(i64: effectiveFrom.microseconds)
        records.append(u32: numerator)
        records.append(u32: denominator)
        records.append(u16: UInt16(state.accruals.count + 1))
        records.append(u16: wallet.rawValue)
        records.append(u16: business.rawValue)
        records.append(u8: rounding.rawValue)
        records.append(u8: UInt8(id.byteCount))
        records.append(u16: UInt16(id.byteCount))
        records.append(bytes: id)
        return Outcome(status: .recorded)
    }

    private func scale(_ scale: UInt8) throws(Refused) -> UInt8 {
        guard scale <= 6 else { throw Refused(.scaleTooLarge) }
        return scale
    }

    private func checkRoom(
        _ count: Int, isNew: Bool, _ name: RawSpan, _ id: RawSpan, state: borrowing ProgrammeState
    ) throws(Refused) {
        guard !isNew || count < Limits.definitionsMax, state.texts.hasRoom(for: name.byteCount + id.byteCount) else {
            throw Refused(.capacityReached)
        }
    }
}
