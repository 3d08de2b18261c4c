import TallyBytes
import TallyCodec
import TallyModel
import TallyProjections
import TallyPromotions
import TallyTables

extension Decider {
    // MARK: Documents

    /// Keeps a part of a document; with the last one the digest must be that of the parts.
    ///
    /// A part that does not follow is refused with the number of the part that is expected in the place of a line, so whoever was
    /// interrupted goes on from there. The first part begins a document anew as long as it is not whole, so nobody can spoil a digest.
    func decideDocument(
        _ command: RawSpan, _ envelope: RecordEnvelope, state: borrowing ProgrammeState, history: some RecordSource,
        into records: inout ByteWriter
    ) throws(Refused) -> Outcome {
        typealias Layout = KeepDocumentLayout
        let message = try message(command, Layout.shape)
        let digest = DocumentDigest(command, at: messageHeaderLength + Layout.digest0)
        let (part, parts) = (message.u16(Layout.part), message.u16(Layout.parts))
        guard message.textLength > 0, message.textLength <= Limits.documentPartBytesMax,
            (1...Limits.documentPartsMax).contains(parts), let text = message.text(at: 0, count: message.textLength)
        else { throw Refused(.documentMalformed) }
        let known = state.document(digest)
        let kept = known.map { state.documents[Int($0) - 1] }
        // The first part begins a document anew that is not whole: what came before may have been wrong.
        let isBeginning = part == 1 && !(kept?.isWhole ?? false)
        let before = isBeginning ? 0 : kept?.kept ?? 0
        guard part == before + 1, part <= parts, isBeginning || kept.map({ $0.parts == parts }) ?? true else {
            throw Refused(.documentMalformed, line: Int(kept?.kept ?? 0) + 1)
        }
        if known == nil, state.documents.count >= Limits.definitionsMax { throw Refused(.capacityReached) }
        if part == parts {
            var hasher = SHA256()
            let earlier = before == 0 ? nil : known
            for sequence in earlier.map({ state.parts(ofDocument: $0) }) ?? [] {
                history.withRecord(sequence) { record in
                    guard let message = try? Message(record, shape: DocumentKeptLayout.shape),
                        let text = message.text(at: 0, count: message.textLength)
                    else { return }
                    hasher.update(text)
                }
            }
            hasher.update(text)
            guard DocumentDigest(hasher.digest()) == digest else { throw Refused(.documentMalformed) }
        }
        let number = known ?? UInt32(state.documents.count + 1)
        records.append(header: DocumentKeptLayout.shape)
        records.append(envelope: envelope)
        records.append(digest)
        records.append(u32: number)
        records.append(u16: part)
        records.append(u16: parts)
        records.append(textOf: message, from: 0)
        return Outcome(status: .recorded, points: Int64(part), balance: Int64(number))
    }

    // MARK: Sets

    /// Puts promotions in force, or lets some rest.
    func decidePromotions(
        _ command: RawSpan, _ envelope: RecordEnvelope, state: borrowing ProgrammeState, history: some RecordSource,
        desk: PromotionDesk?, into records: inout ByteWriter
    ) throws(Refused) -> Outcome {
        typealias Layout = SetPromotionsLayout
        let message = try message(command, Layout.shape)
        let action = message.u8(Layout.action)
        var cursor = TextCursor(message)
        _ = try cursor.identifier(message.u8(Layout.authorLength), of: message)
        _ = try cursor.name(message.u8(Layout.noteLength), of: message)
        let head = cursor.offset
        let ids = try promotionIDs(message, &cursor)
        try cursor.finish(message)
        let effectiveFrom =
            message.i64(Layout.effectiveFrom) == 0 ? envelope.recordedAt : message.i64(Layout.effectiveFrom)
        let moment = Instant(microseconds: effectiveFrom)
        guard moment >= .distantPast, moment <= .distantFuture else { throw Refused(.timeOutOfRange) }
        guard state.promotionSets.count < Limits.definitionsMax else { throw Refused(.capacityReached) }
        guard let desk else { throw Refused(.promotionsMissing) }
        var plan = SetPlan()
        switch action {
        case 0:
            guard ids.isEmpty else { throw Refused(.textMalformed) }
            plan = try publication(command, state: state, history: history, desk: desk)
        case 1...3:
            guard !ids.isEmpty else { throw Refused(.promotionUnknown) }
            let now = state.promotions(at: effectiveFrom)
            guard now > 0 else { throw Refused(.promotionsMissing) }
            plan = try change(action, ids, of: now, state: state, history: history, desk: desk)
        default: throw Refused(.textMalformed)
        }
        guard plan.resting.count <= Limits.restingPromotionsMax else { throw Refused(.promotionsTooMany) }
        let textLength = head + plan.resting.reduce(0) { $0 + $1.id.utf8.count }
        guard state.texts.hasRoom(for: textLength) else { throw Refused(.capacityReached) }
        records.append(header: PromotionsSetLayout.shape)
        records.append(envelope: envelope)
        records.append(i64: effectiveFrom)
        records.append(u32: UInt32(state.promotionSets.count + 1))
        records.append(u32: plan.words)
        records.append(u32: plan.rules)
        records.append(u8: action)
        records.append(u8: message.u8(Layout.authorLength))
        records.append(u8: message.u8(Layout.noteLength))
        records.append(groupOf: plan.resting.count, entryLength: PromotionsSetLayout.Resting.entryLength)
        for rest in plan.resting {
            records.append(u8: rest.state.rawValue)
            records.append(lengthOf: rest.id)
        }
        records.append(u16: UInt16(textLength))
        records.append(bytes: message.bytes.extracting(message.textOffset..<(message.textOffset + head)))
        for rest in plan.resting { records.append(text: rest.id) }
        return Outcome(status: .recorded, balance: Int64(state.promotionSets.count + 1))
    }

    /// What a set will be.
    private struct SetPlan {
        var words: UInt32 = 0
        var rules: UInt32 = 0
        var resting: [(id: String, state: PromotionRest)] = []
    }

    private func promotionIDs(_ message: Message, _ cursor: inout TextCursor) throws(Refused) -> [String] {
        var ids: [String] = []
        guard message.firstGroup.count <= Limits.restingPromotionsMax else { throw Refused(.promotionsTooMany) }
        for index in 0..<message.firstGroup.count {
            let entry = message.firstGroup.offset + index * message.firstGroup.stride
            let length = message.bytes.u8(at: entry + SetPromotionsLayout.Ids.length)
            ids.append(String(utf8Of: try cursor.identifier(length, of: message)))
        }
        return ids
    }

    /// New documents: those of their promotions that rested before go on resting.
    private func publication(
        _ command: RawSpan, state: borrowing ProgrammeState, history: some RecordSource, desk: PromotionDesk
    ) throws(Refused) -> SetPlan {
        typealias Layout = SetPromotionsLayout
        let digests = [Layout.words0, Layout.rules0].map { DocumentDigest(command, at: messageHeaderLength + $0) }
        var numbers: [UInt32] = []
        for (index, digest) in digests.enumerated() {
            guard let number = state.document(digest), state.documents[Int(number) - 1].isWhole else {
                throw Refused(.documentUnknown, line: index + 1)
            }
            numbers.append(number)
        }
        let set = try live(words: numbers[0], rules: numbers[1], state: state, history: history, desk: desk)
        try checkWallets(of: set.book.ruleSet, state: state)
        var plan = SetPlan(words: numbers[0], rules: numbers[1])
        let latest = UInt32(state.promotionSets.count)
        if latest > 0 { plan.resting = state.resting(in: latest).filter { set.place(of: $0.id) != nil } }
        return plan
    }

    /// Pauses, activates or archives promotions of a revision.
    private func change(
        _ action: UInt8, _ ids: [String], of revision: UInt32, state: borrowing ProgrammeState,
        history: some RecordSource, desk: PromotionDesk
    ) throws(Refused) -> SetPlan {
        let row = state.promotionSets[Int(revision) - 1]
        let set = try live(words: row.words, rules: row.rules, state: state, history: history, desk: desk)
        var plan = SetPlan(words: row.words, rules: row.rules, resting: state.resting(in: revision))
        for (index, id) in ids.enumerated() {
            let known = plan.resting.firstIndex { $0.id == id }
            let isArchived = known.map { plan.resting[$0].state == .archived } ?? false
            guard set.place(of: id) != nil, !isArchived else { throw Refused(.promotionUnknown, line: index + 1) }
            if let known { plan.resting.remove(at: known) }
            if action == 1 { plan.resting.append((id, .paused)) }
            if action == 3 { plan.resting.append((id, .archived)) }
        }
        return plan
    }

    /// The promotions of two documents, compiled.
    func live(
        words: UInt32, rules: UInt32, state: borrowing ProgrammeState, history: some RecordSource, desk: PromotionDesk
    ) throws(Refused) -> LivePromotions {
        do throws(PromotionsUnreadable) {
            return try desk.set(words: words, rules: rules, state: state, history: history)
        } catch {
            throw Refused(.promotionsMalformed)
        }
    }

    /// Points need a wallet: the one that a promotion names, or the programme's usual one.
    private func checkWallets(of ruleSet: RuleSet, state: borrowing ProgrammeState) throws(Refused) {
        for promotion in ruleSet.promotions {
            let named = promotion.terms.points.wallet
            if named.isEmpty {
                let givesPoints = promotion.rules.contains { $0.effects.contains(where: \.givesPoints) }
                guard !givesPoints || state.wallets.count > 0 else { throw Refused(.walletUnknown) }
            } else {
                guard wallet(named: named, state) != nil else { throw Refused(.walletUnknown) }
            }
        }
    }

    func wallet(named id: String, _ state: borrowing ProgrammeState) -> WalletNumber? {
        var writer = ByteWriter(capacity: 64)
        writer.append(text: id)
        return state.wallet(id: writer.bytes)
    }
}

extension Effect {
    /// True for effects that give points to the buyer.
    fileprivate var givesPoints: Bool {
        switch self {
        case .pointsPercent, .points, .pointsPerStep, .pointsTimes: true
        case .percentOff, .amountOff, .unitPrice, .everyNth, .bind, .bundle, .act: false
        }
    }
}
