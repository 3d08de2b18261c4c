import TallyBytes
import TallyCodec
import TallyLedger
import TallyModel
import TallyProjections
import TallyTables

extension Decider {
    /// Decides a purchase that points pay a part of, or that earns in several wallets or on some lines only.
    ///
    /// Spending comes before earning: what is paid with points earns none, and what is earned cannot pay the same receipt. Cards and
    /// certificates pay behind points, any line, unit by unit: `cards` minor units in all. `gifts` are what promotions give.
    func decideRichPurchase(
        _ facts: borrowing PurchaseForm, _ envelope: RecordEnvelope, _ sheet: inout MemberSheet, cards: Int64 = 0,
        gifts: [PricedBasket.Gift] = [], state: borrowing ProgrammeState, history: some RecordSource,
        into records: inout ByteWriter
    ) throws(Refused) -> Outcome {
        var draft = EntryDraft()
        var lines = ReceiptLines(facts.message, textAt: facts.linesStart)
        let hold = try hold(endedBy: facts, state: state, history: history)
        try checkSums(adding: facts.total, member: facts.member, state: state)
        var lastWallet: WalletNumber?
        if let hold {
            try release(hold, to: &sheet, &draft, state: state)
            lastWallet = hold.wallet
        }
        let payments = try pay(facts, &lines, hold, &sheet, &draft, state: state)
        if let last = payments.last { lastWallet = last.wallet }
        if cards > 0 {
            guard cards <= lines.open else { throw Refused(.codesBeyondReceipt) }
            lines.pay(byCards: cards)
        }
        let rules = earningRules(facts, state: state)
        for (index, rule) in rules.enumerated() {
            try award(rule.row, index, facts, &lines, &sheet, &draft, state: state)
            lastWallet = WalletNumber(rule.row.wallet)
        }
        try give(gifts, facts, &sheet, &draft, state: state)
        let lots = try draft.lotBytes()
        // The balance of the wallet whose posting stands last, as whoever applies the record will find it.
        let stated = draft.postings.last { $0.purpose.isOfMembers }.map { WalletNumber($0.wallet) }
        let balance =
            try (stated ?? lastWallet).map { (wallet) throws(Refused) in
                try sheet.with(wallet, state) { (sheet) throws(Refused) in sheet.net }
            } ?? 0
        append(
            facts, envelope, balance: balance, revision: rules.first?.revision ?? 0,
            hold: hold.map { ($0.sequence, UInt32($0.slot)) } ?? (0, 0), lotsLength: lots.count, into: &records)
        append(facts, lines, into: &records)
        records.append(postings: draft.postings)
        records.append(groupOf: payments.count, entryLength: PurchaseRecordedLayout.Redemptions.entryLength)
        for payment in payments {
            records.append(i64: payment.points)
            records.append(i64: payment.money)
            records.append(u16: payment.wallet.rawValue)
        }
        try append(textOf: facts, lots, into: &records)
        return Outcome(status: .recorded, member: facts.member.rawValue, points: draft.points, balance: balance)
    }

    private func append(
        _ facts: borrowing PurchaseForm, _ lines: borrowing ReceiptLines, into records: inout ByteWriter
    ) {
        let group = facts.message.firstGroup
        records.append(groupOf: group.count, entryLength: PurchaseRecordedLayout.Lines.entryLength)
        for index in 0..<group.count {
            let start = group.offset + index * group.stride
            records.append(bytes: facts.message.bytes.extracting(start..<(start + PurchaseLayout.Lines.entryLength)))
            records.append(u8: lines.lines[index].earns)
            records.append(u8: lines.lines[index].burns)
        }
    }

    /// Receipt, SKUs and categories; the wallets' ids are not repeated, the lots stand behind.
    private func append(
        textOf facts: borrowing PurchaseForm, _ lots: borrowing ByteWriter, into records: inout ByteWriter
    ) throws(Refused) {
        let message = facts.message
        let end = message.textLength - walletTextBytes(message)
        records.append(u16: try textBytes(end - facts.receiptStart, lots.count))
        records.append(
            bytes: message.bytes.extracting((message.textOffset + facts.receiptStart)..<(message.textOffset + end)))
        records.append(bytes: lots.bytes)
    }

    // MARK: Earning

    /// The rules in force on a receipt, one a wallet, in the order of the wallets.
    private func earningRules(
        _ facts: borrowing PurchaseForm, state: borrowing ProgrammeState
    ) -> [(revision: UInt16, row: AccrualRow)] {
        guard facts.member != .none, state.members[Int(facts.member.rawValue) - 1].blocked != 2 else { return [] }
        return state.accruals(at: facts.occurredAt, business: facts.business)
    }

    private func award(
        _ rule: AccrualRow, _ index: Int, _ facts: borrowing PurchaseForm, _ lines: inout ReceiptLines,
        _ sheet: inout MemberSheet, _ draft: inout EntryDraft, state: borrowing ProgrammeState
    ) throws(Refused) {
        let terms = state.terms(of: rule.wallet)
        let base = lines.open(terms, isForEarning: true, countsPaid: terms.earnsOnPoints != 0, state)
        let points = try points(of: base, by: rule)
        guard points > 0 else { return }
        lines.markEarning(awards(in: draft), terms, state)
        let times = lotTimes(terms, at: facts.occurredAt, utcOffsetMinutes: facts.utcOffsetMinutes, state: state)
        let business = facts.business
        try sheet.with(WalletNumber(rule.wallet), state) { (wallet) throws(Refused) in
            try give(points, by: business, .issued, times, to: &wallet, &draft, state: state)
        }
    }

    /// How many awards a record has so far: one a posting on the account of what was issued.
    private func awards(in draft: EntryDraft) -> Int { draft.postings.count { $0.purpose == .issued } }
}
