import TallyBytes
import TallyCodec
import TallyModel
import TallyProjections
import TallyTables

extension Decider {
    /// Sets the terms of a wallet.
    func decideTerms(
        _ command: RawSpan, _ envelope: RecordEnvelope, state: borrowing ProgrammeState, into records: inout ByteWriter
    ) throws(Refused) -> Outcome {
        typealias Layout = SetWalletTermsLayout
        let message = try message(command, Layout.shape)
        var cursor = TextCursor(message)
        let walletID = try cursor.identifier(message.u8(Layout.walletLength), of: message)
        let namesStart = cursor.offset
        let isSound = try checkItems(message, &cursor)
        try cursor.finish(message)
        guard let wallet = state.wallet(id: walletID) else { throw Refused(.walletUnknown) }
        guard isSound, areWithinBounds(message) else { throw Refused(.termsMalformed) }
        let names = message.textLength - namesStart
        guard state.terms.count < Limits.definitionsMax, state.texts.hasRoom(for: names) else {
            throw Refused(.capacityReached)
        }
        records.append(header: WalletTermsSetLayout.shape)
        records.append(envelope: envelope)
        // From maxPerReceipt to earnsOnPoints the record has the command's bytes.
        let block = messageHeaderLength + Layout.maxPerReceipt
        records.append(bytes: command.extracting(block..<(messageHeaderLength + Layout.walletLength)))
        records.append(u16: wallet.rawValue)
        records.append(u16: UInt16(state.terms.count + 1))
        records.append(
            entriesOf: message.firstGroup, in: command, entryLength: WalletTermsSetLayout.Items.entryLength)
        records.append(textOf: message, from: namesStart)
        return Outcome(status: .recorded)
    }

    /// Checks categories and days of the year.
    ///
    /// - Returns: False when the items do not fit the kinds of the terms.
    private func checkItems(_ message: borrowing Message, _ cursor: inout TextCursor) throws(Refused) -> Bool {
        typealias Entry = SetWalletTermsLayout.Items
        var counts = [0, 0, 0]
        var isSound = true
        for index in 0..<message.firstGroup.count {
            let entry = message.firstGroup.offset + index * message.firstGroup.stride
            let kind = Int(message.bytes.u8(at: entry + Entry.kind))
            let value = message.bytes.u16(at: entry + Entry.value)
            let name = try cursor.optionalIdentifier(message.bytes.u8(at: entry + Entry.nameLength), of: message)
            guard kind < 3 else { return false }
            counts[kind] += 1
            isSound =
                isSound && (kind == 2 ? isDayOfYear(value) && name.byteCount == 0 : name.byteCount > 0 && value == 0)
        }
        let expected = { (isUsed: Bool, count: Int, most: Int) in isUsed ? (1...most).contains(count) : count == 0 }
        return isSound
            && expected(message.u8(SetWalletTermsLayout.earnFilter) != 0, counts[0], Limits.filterNamesMax)
            && expected(message.u8(SetWalletTermsLayout.burnFilter) != 0, counts[1], Limits.filterNamesMax)
            && expected(message.u8(SetWalletTermsLayout.expiryKind) == 3, counts[2], 12)
    }

    private func isDayOfYear(_ value: UInt16) -> Bool {
        CivilDay(year: 2000, month: Int(value / 100), day: Int(value % 100)) != nil
    }

    private func areWithinBounds(_ message: borrowing Message) -> Bool {
        typealias Layout = SetWalletTermsLayout
        let amounts = [Layout.maxPerReceipt, Layout.minReceipt, Layout.negativeLimit].map { message.i64($0) }
        guard amounts.allSatisfy({ (0...Limits.amountMinorMax).contains($0) }) else { return false }
        let flags = [Layout.keepsOnReturn, Layout.takesBackBlind, Layout.earnsOnPoints].map { message.u8($0) }
        guard flags.allSatisfy({ $0 <= 1 }) else { return false }
        let count = message.u16(Layout.expiryCount)
        let expiry: Bool =
            switch message.u8(Layout.expiryKind) {
            case 0, 3: count == 0
            case 1, 4: (1...36_500).contains(count)
            case 2: (1...1_200).contains(count)
            default: false
            }
        let pending: Bool =
            switch message.u8(Layout.pendingKind) {
            case 0, 2, 3: message.u16(Layout.pendingCount) == 0
            case 1: (1...3_650).contains(message.u16(Layout.pendingCount))
            default: false
            }
        return expiry && pending && BurnOrder(rawValue: message.u8(Layout.burnOrder)) != nil
            && message.u8(Layout.negativeKind) <= 2 && message.u8(Layout.earnFilter) <= 2
            && message.u8(Layout.burnFilter) <= 2 && message.u16(Layout.maxShareBasisPoints) <= 10_000
            && message.u16(Layout.returnWindowDays) <= 3_650 && message.u16(Layout.graceDays) <= 3_650
            && message.u32(Layout.moneyNumerator) > 0 && message.u32(Layout.moneyDenominator) > 0
            && message.i32(Layout.pendingDay) <= Limits.lotDayMax
    }

    /// Sets what a business pays another for a wallet's points.
    func decideSettlement(
        _ command: RawSpan, _ envelope: RecordEnvelope, state: borrowing ProgrammeState, into records: inout ByteWriter
    ) throws(Refused) -> Outcome {
        typealias Layout = SetSettlementTermsLayout
        let message = try message(command, Layout.shape)
        var cursor = TextCursor(message)
        let issuerID = try cursor.identifier(message.u8(Layout.issuerLength), of: message)
        let redeemerID = try cursor.identifier(message.u8(Layout.redeemerLength), of: message)
        let walletID = try cursor.identifier(message.u8(Layout.walletLength), of: message)
        try cursor.finish(message)
        guard let issuer = state.business(id: issuerID), let redeemer = state.business(id: redeemerID) else {
            throw Refused(.businessUnknown)
        }
        guard let wallet = state.wallet(id: walletID) else { throw Refused(.walletUnknown) }
        guard message.u32(Layout.denominator) > 0, message.u16(Layout.feeBasisPoints) <= 10_000,
            SettlementTiming(rawValue: message.u8(Layout.timing)) != nil, issuer != redeemer
        else { throw Refused(.termsMalformed) }
        guard state.settlements.count < Limits.definitionsMax else { throw Refused(.capacityReached) }
        records.append(header: SettlementTermsSetLayout.shape)
        records.append(envelope: envelope)
        records.append(u32: message.u32(Layout.numerator))
        records.append(u32: message.u32(Layout.denominator))
        records.append(u16: message.u16(Layout.feeBasisPoints))
        records.append(u16: issuer.rawValue)
        records.append(u16: redeemer.rawValue)
        records.append(u16: wallet.rawValue)
        records.append(u8: message.u8(Layout.timing))
        return Outcome(status: .recorded)
    }
}
