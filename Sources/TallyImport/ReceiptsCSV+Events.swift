public import TallyBytes
import TallyCodec
import TallyModel

extension ReceiptsCSV {
    /// Events that one receipt can bring: the day of the clock, its store, its member, itself.
    private static let eventsPerReceiptMax = 4

    /// Appends the next events, each with its length in front as a batch has them.
    ///
    /// - Parameters:
    ///   - batch: Where to append.
    ///   - countMax: Events at most; at least 4.
    ///   - bytesMax: Bytes of `batch` at most; room for one receipt of any size is kept free below it.
    /// - Returns: How many events were appended; 0 with ``isFinished`` not set only means that bad receipts came.
    /// - Throws: ``ImportFault`` once all events before the fault have been taken.
    public mutating func appendEvents(
        to batch: inout ByteWriter, countMax: Int, bytesMax: Int
    ) throws(ImportFault) -> Int {
        precondition(countMax >= ReceiptsCSV.eventsPerReceiptMax, "A batch has room for the events of one receipt.")
        if let fault { throw fault }
        var count = 0
        let bytesFull = bytesMax - Limits.commandBytesMax - 1024
        while count + ReceiptsCSV.eventsPerReceiptMax <= countMax, batch.count < bytesFull, skipped.count < countMax {
            do {
                guard try nextReceipt() else {
                    count += try appendLastDay(to: &batch)
                    isFinished = true
                    break
                }
                count += try appendReceipt(to: &batch)
            } catch {
                guard count > 0 else { throw error }
                fault = error
                break
            }
        }
        return count
    }

    /// Appends the events of the receipt at hand.
    ///
    /// - Returns: How many were appended.
    private mutating func appendReceipt(to batch: inout ByteWriter) throws(ImportFault) -> Int {
        guard var form = try judgedReceipt() else { return 0 }
        var count = 0
        let first = rows[0]
        count += try appendDay(of: form, to: &batch)
        if stores.insert(first.store, of: buffer) { count += try append(definitionOf: first.store, to: &batch) }
        if first.member.count > 0, members.insert(first.member, of: buffer) {
            count += try append(registrationOf: first.member, to: &batch)
        }
        form.redeems = isRedeeming(form)
        let start = batch.count
        appendEvent(form, to: &batch)
        return count + keep(from: start, in: &batch)
    }

    /// True when the receipt at hand is the purchase of its member that points pay for.
    private mutating func isRedeeming(_ form: ReceiptForm) -> Bool {
        guard let redeeming = options.redeeming, !form.isReturn, form.total > 0, rows[0].member.count > 0 else {
            return false
        }
        return members.count(rows[0].member, of: buffer) % redeeming.every == 0
    }

    /// Appends the first moment of the receipt's day when the clock goes with the file and has not been told of it.
    private mutating func appendDay(of form: ReceiptForm, to batch: inout ByteWriter) throws(ImportFault) -> Int {
        guard options.movesClock else { return 0 }
        let day = CivilDay(of: Instant(microseconds: form.civilSeconds * 1_000_000), utcOffsetMinutes: 0)
        guard day.days > clockDay else { return 0 }
        clockDay = day.days
        return try append(clockAt: day, to: &batch)
    }

    /// Appends the end of the last day, so that what ended with it has ended.
    private mutating func appendLastDay(to batch: inout ByteWriter) throws(ImportFault) -> Int {
        guard options.movesClock, clockDay > .min else { return 0 }
        return try append(clockAt: CivilDay(days: clockDay + 1), to: &batch)
    }

    private mutating func append(clockAt day: CivilDay, to batch: inout ByteWriter) throws(ImportFault) -> Int {
        let civil = Int64(day.days) * 86_400
        let offset = offsets.minutes(atCivil: civil)
        return try append(
            .advanceClock(Instant(microseconds: (civil - Int64(offset) * 60) * 1_000_000)), to: &batch)
    }

    /// What the receipt at hand amounts to; nil when it is bad and left out.
    private mutating func judgedReceipt() throws(ImportFault) -> ReceiptForm? {
        do throws(BadRow) {
            if let badRow { throw badRow }
            return try judgeReceipt()
        } catch {
            try leaveOut(error)
            return nil
        }
    }

    private mutating func leaveOut(_ reason: BadRow) throws(ImportFault) {
        guard options.skipsBadReceipts else { throw .badRow(reason) }
        skipped.append(
            SkippedReceipt(line: rows[0].line, receipt: String(utf8Of: buffer[rows[0].receipt]), reason: reason))
    }

    private mutating func append(definitionOf store: Field, to batch: inout ByteWriter) throws(ImportFault) -> Int {
        let definition = StoreDefinition(
            id: String(utf8Of: buffer[store]), business: options.business, zone: options.zone.name)
        return try append(.defineStore(definition), to: &batch)
    }

    private mutating func append(registrationOf member: Field, to batch: inout ByteWriter) throws(ImportFault) -> Int {
        try append(.registerMember(Registration(externalID: String(utf8Of: buffer[member]))), to: &batch)
    }

    private mutating func append(_ command: Command, to batch: inout ByteWriter) throws(ImportFault) -> Int {
        let start = batch.count
        do {
            try batch.appendEvent(command)
        } catch {
            throw .unreadable(error.advice)
        }
        return keep(from: start, in: &batch)
    }

    /// Takes an event back when the log holds it already.
    ///
    /// - Returns: 1 when the event stays, otherwise 0.
    private mutating func keep(from start: Int, in batch: inout ByteWriter) -> Int {
        guard eventsToSkip > 0 else { return 1 }
        eventsToSkip -= 1
        batch.truncate(to: start)
        return 0
    }
}

extension ReceiptsCSV {
    /// Writes the receipt at hand straight from the bytes of the file.
    ///
    /// The plain twin in the tests goes through
    /// ``TallyModel/Command`` and must write the same bytes.
    private mutating func appendEvent(_ form: ReceiptForm, to batch: inout ByteWriter) {
        let first = rows[0]
        let offset = offsets.minutes(atCivil: form.civilSeconds)
        let lengthAt = batch.count
        batch.append(u32: 0)
        batch.append(header: form.isReturn ? ReturnLayout.shape : PurchaseLayout.shape)
        batch.append(i64: (form.civilSeconds - Int64(offset) * 60) * 1_000_000)
        batch.append(i64: form.total)
        // A blind return names no purchase: its sequence, number and source are zero.
        if form.isReturn { batch.append(zeros: ReturnLayout.member - ReturnLayout.purchaseSequence) }
        batch.append(u32: 0)
        batch.append(i16: offset)
        batch.append(u8: first.member.count == 0 ? 0 : 4)
        batch.append(u8: Channel.importer.rawValue)
        batch.append(u8: UInt8(first.store.count))
        batch.append(u8: UInt8(first.member.count))
        if form.isReturn { batch.append(u8: 0) }
        batch.append(u8: UInt8(first.receipt.count))
        // A purchase of history ends no hold.
        if !form.isReturn { batch.append(zeros: PurchaseLayout.blockLength - PurchaseLayout.hold) }
        appendLines(form, to: &batch)
        if !form.isReturn { appendRedemption(form, to: &batch) }
        let wallet = form.redeems ? options.redeeming?.wallet ?? "" : ""
        batch.append(u16: UInt16(form.textBytes + wallet.utf8.count))
        for field in [first.store, first.member, first.receipt] { batch.append(bytes: buffer[field]) }
        for row in rows {
            batch.append(bytes: buffer[row.sku])
            batch.append(bytes: buffer[row.category])
        }
        batch.append(text: wallet)
        batch.set(u32: UInt32(batch.count - lengthAt - Frame.lengthBytes), at: lengthAt)
    }

    /// As many points as the wallet's terms allow, or none.
    private func appendRedemption(_ form: ReceiptForm, to batch: inout ByteWriter) {
        batch.append(groupOf: form.redeems ? 1 : 0, entryLength: PurchaseLayout.Redemptions.entryLength)
        guard form.redeems, let wallet = options.redeeming?.wallet else { return }
        batch.append(i64: Int64.max)
        batch.append(u8: 1)
        batch.append(u8: UInt8(wallet.utf8.count))
    }

    private func appendLines(_ form: ReceiptForm, to batch: inout ByteWriter) {
        batch.append(groupOf: rows.count, entryLength: form.entryLength)
        for row in rows {
            batch.append(u64: row.quantity.magnitude)
            batch.append(u64: row.total.magnitude)
            batch.append(u8: UInt8(row.sku.count))
            batch.append(u8: UInt8(row.category.count))
            if form.isReturn { batch.append(u16: 0) }
        }
    }
}
