import TallyBytes
import TallyCodec
import TallyModel
import TallyTables

extension ProgrammeState {
    // MARK: Documents

    /// A part of a document: the log has its bytes, the state knows where.
    mutating func applyDocumentKept(_ record: RawSpan, _ sequence: UInt64) throws(StateError.Fault) {
        typealias Layout = DocumentKeptLayout
        let message = try message(record, Layout.shape)
        try note(message.envelope, sequence)
        let digest = DocumentDigest(record, at: messageHeaderLength + Layout.digest0)
        let (number, part, parts) = (
            Int(message.u32(Layout.document)), message.u16(Layout.part), message.u16(Layout.parts)
        )
        if number == documents.count + 1 {
            indexDocument(
                documents.append(DocumentRow(digest: digest, byteCount: 0, parts: parts, kept: 0, lastPart: 0)))
        }
        guard number > 0, number <= documents.count else { throw .unknown(what: "document", number: UInt64(number)) }
        // The first part begins a document anew that is not whole.
        if part == 1, !documents[number - 1].isWhole {
            documents.update(number - 1) { document in
                (document.parts, document.kept, document.byteCount, document.lastPart) = (parts, 0, 0, 0)
            }
        }
        let document = documents[number - 1]
        guard document.digest == digest, document.parts == parts else {
            throw .unknown(what: "document", number: UInt64(number))
        }
        try checkDense("part", expected: Int(document.kept) + 1, found: UInt64(part))
        let row = documentParts.append(DocumentPartRow(sequence: sequence, previous: document.lastPart))
        documents.update(number - 1) { document in
            document.kept = part
            document.byteCount += UInt64(message.textLength)
            document.lastPart = UInt32(row + 1)
        }
    }

    // MARK: Sets

    mutating func applyPromotionsSet(_ record: RawSpan, _ sequence: UInt64) throws(StateError.Fault) {
        typealias Layout = PromotionsSetLayout
        let message = try message(record, Layout.shape)
        try note(message.envelope, sequence)
        try checkDense("revision", expected: promotionSets.count + 1, found: UInt64(message.u32(Layout.revision)))
        let (words, rules) = (message.u32(Layout.words), message.u32(Layout.rules))
        for number in [words, rules] {
            guard number > 0, Int(number) <= documents.count, documents[Int(number) - 1].isWhole else {
                throw .unknown(what: "document", number: UInt64(number))
            }
        }
        let group = message.firstGroup
        let set = PromotionSetRow(
            effectiveFrom: message.i64(Layout.effectiveFrom), sequence: sequence, words: words, rules: rules,
            restStart: UInt32(promotionRests.count), restCount: UInt32(group.count))
        var cursor = Int(message.u8(Layout.authorLength)) + Int(message.u8(Layout.noteLength))
        for index in 0..<group.count {
            let entry = group.offset + index * group.stride
            let state = record.u8(at: entry + Layout.Resting.state)
            guard PromotionRest(rawValue: state) != nil else { throw .unknown(what: "rest", number: UInt64(state)) }
            let id = try keep(message, &cursor, Int(record.u8(at: entry + Layout.Resting.length)))
            promotionRests.append(PromotionRestRow(id: id, state: UInt32(state)))
        }
        try checkRead(message, cursor)
        promotionSets.append(set)
    }

    // MARK: Receipts

    /// A purchase with what promotions did: the purchase first, then the counters.
    mutating func applyPromotedReceipt(_ record: RawSpan, _ sequence: UInt64) throws(StateError.Fault) {
        let promoted: PromotedReceipt
        let template: UInt16
        do throws(CodecError) {
            promoted = try PromotedReceipt(record)
            template = try Message.templateID(of: promoted.receipt)
        } catch {
            throw .malformed(error)
        }
        switch template {
        case PurchaseRecordedLayout.templateID: try applyPurchase(promoted.receipt, sequence)
        case CodedReceiptRecordedLayout.templateID: try applyCodedReceipt(promoted.receipt, sequence)
        default: throw .malformed(CodecError(.unexpectedTemplate(template), at: 2))
        }
        let revision = Int(promoted.revision)
        guard revision <= promotionSets.count else { throw .unknown(what: "revision", number: UInt64(revision)) }
        if revision > 0 { try tally(promoted, rules: promotionSets[revision - 1].rules, sequence) }
        for index in 0..<promoted.useCount { try count(promoted.use(at: index)) }
    }

    /// Adds what promotions did to what they have done.
    private mutating func tally(
        _ promoted: borrowing PromotedReceipt, rules: UInt32, _ sequence: UInt64
    ) throws(StateError.Fault) {
        do throws(CodecError) {
            for name in try promoted.names() { meet(name, rules: rules) }
            var list = try promoted.awardList()
            while let head = try list.nextHead() {
                var (discount, points): (Int64, Int64) = (0, 0)
                var isSound = true
                for _ in 0..<head.parts {
                    let part = try list.nextPart()
                    isSound = discount.add(part.discount) && points.add(part.points) && isSound
                }
                if let row = promotionTally(rules: rules, place: head.place), isSound {
                    promotionTallies.update(row) { tally in
                        tally.lastSequence = sequence
                        isSound =
                            head.isWithheld
                            ? tally.withheldUses.add(1) && tally.withheldDiscount.add(discount)
                                && tally.withheldPoints.add(points)
                            : tally.uses.add(1) && tally.discount.add(discount) && tally.points.add(points)
                    }
                } else {
                    isSound = false
                }
                guard isSound else { throw CodecError(.valueUnknown(field: "award", value: Int64(head.place))) }
            }
        } catch {
            throw .malformed(error)
        }
    }

    /// A promotion of a document that does something for the first time; under its id it may have done something before.
    private mutating func meet(_ name: PromotionAccount.Name, rules: UInt32) {
        guard promotionTally(rules: rules, place: name.place) == nil else { return }
        var id = ByteWriter(capacity: 64)
        id.append(text: name.id)
        let tally =
            promotionTally(id: id.bytes)
            ?? {
                let row = promotionTallies.append(
                    PromotionTallyRow(
                        id: texts.append(id.bytes), uses: 0, discount: 0, points: 0, withheldUses: 0,
                        withheldDiscount: 0, withheldPoints: 0, lastSequence: 0))
                indexTally(row)
                return row
            }()
        indexPlace(
            promotionPlaces.append(PromotionPlaceRow(rules: rules, place: name.place, tally: UInt32(tally))))
    }

    /// Adds to the counter of a limit.
    private mutating func count(_ use: LimitUse) throws(StateError.Fault) {
        let row =
            promotionUse(high: use.high, low: use.low)
            ?? {
                let row = promotionUses.append(PromotionUseRow(high: use.high, low: use.low, amount: 0))
                indexUse(row)
                return row
            }()
        let sum = promotionUses[row].amount.addingReportingOverflow(use.amount)
        guard !sum.overflow, sum.partialValue >= 0 else { throw .impossibleSum }
        promotionUses.update(row) { $0.amount = sum.partialValue }
    }

    /// A refusal because something else was to be paid.
    mutating func applyPriceChanged(_ record: RawSpan, _ sequence: UInt64) throws(StateError.Fault) {
        let message = try message(record, PriceChangedLayout.shape)
        try note(message.envelope, sequence)
        ledger.update(0) { $0.rejections &+= 1 }
    }
}

extension Int64 {
    /// Adds without leaving 64 bits or going below zero.
    ///
    /// - Returns: False when it would; then nothing was added.
    fileprivate mutating func add(_ other: Int64) -> Bool {
        let sum = addingReportingOverflow(other)
        guard !sum.overflow, sum.partialValue >= 0 else { return false }
        self = sum.partialValue
        return true
    }
}
