import TallyBytes
import TallyCodec
import TallyLedger
import TallyModel
import TallyProjections
import TallyTables

/// What points of one wallet pay of a receipt.
struct Payment {
    var wallet: WalletNumber
    var points: Int64
    var money: Int64
}

extension Decider {
    /// Bytes of the ids of the redemptions' wallets, which end the text of a purchase.
    func walletTextBytes(_ message: borrowing Message) -> Int {
        var bytes = 0
        for index in 0..<message.secondGroup.count {
            let entry = message.secondGroup.offset + index * message.secondGroup.stride
            bytes += Int(message.bytes.u8(at: entry + PurchaseLayout.Redemptions.walletLength))
        }
        return bytes
    }

    /// Checks the ids of the redemptions' wallets.
    ///
    /// - Returns: Their bytes.
    func redemptionTexts(_ message: borrowing Message, isPlain: Bool) throws(Refused) -> Int {
        let bytes = walletTextBytes(message)
        var offset = message.textLength - bytes
        for index in 0..<message.secondGroup.count {
            let entry = message.secondGroup.offset + index * message.secondGroup.stride
            let length = Int(message.bytes.u8(at: entry + PurchaseLayout.Redemptions.walletLength))
            guard let id = message.text(at: offset, count: length), length > 0, length <= Limits.identifierBytesMax,
                isPlain || TextCheck.isText(id)
            else { throw Refused(.textMalformed) }
            offset += length
        }
        return bytes
    }

    /// Checks that the redemptions' wallets are defined.
    func checkWallets(_ message: borrowing Message, trailing: Int, state: borrowing ProgrammeState) throws(Refused) {
        _ = try wallets(message, state: state)
    }

    private func wallets(_ message: borrowing Message, state: borrowing ProgrammeState) throws(Refused)
        -> [WalletNumber]
    {
        var wallets: [WalletNumber] = []
        var offset = message.textLength - walletTextBytes(message)
        for index in 0..<message.secondGroup.count {
            let entry = message.secondGroup.offset + index * message.secondGroup.stride
            let length = Int(message.bytes.u8(at: entry + PurchaseLayout.Redemptions.walletLength))
            guard let id = message.text(at: offset, count: length), let wallet = state.wallet(id: id) else {
                throw Refused(.walletUnknown)
            }
            wallets.append(wallet)
            offset += length
        }
        return wallets
    }

    /// Takes the points that pay a part of a purchase.
    ///
    /// - Returns: What each redemption pays, in their order; those that came to nothing are left out.
    func pay(
        _ facts: borrowing PurchaseForm, _ lines: inout ReceiptLines, _ hold: FoundHold?, _ sheet: inout MemberSheet,
        _ draft: inout EntryDraft, state: borrowing ProgrammeState
    ) throws(Refused) -> [Payment] {
        typealias Entry = PurchaseLayout.Redemptions
        let wallets = try wallets(facts.message, state: state)
        guard !wallets.isEmpty else { return [] }
        guard facts.member != .none else { throw Refused(.memberMissing) }
        guard wallets.count <= Limits.walletsPerReceiptMax,
            wallets.indices.allSatisfy({ !wallets[..<$0].contains(wallets[$0]) })
        else {
            throw Refused(.walletRepeated)
        }
        try checkRedemptions(facts, wallets, state: state)
        var payments: [Payment] = []
        for (index, wallet) in wallets.enumerated() {
            let entry = facts.message.secondGroup.offset + index * facts.message.secondGroup.stride
            let asked = facts.message.bytes.i64(at: entry + Entry.points)
            let isUpTo = facts.message.bytes.u8(at: entry + Entry.upTo) != 0
            let terms = state.terms(of: wallet.rawValue)
            let second = LotDays.second(of: Instant(microseconds: facts.occurredAt))
            let base = lines.open(terms, isForEarning: false, state)
            let own = hold.flatMap { $0.wallet == wallet ? $0 : nil }
            let available = try sheet.with(wallet, state) { (wallet) throws(Refused) in
                own?.points ?? wallet.spendable(at: second, state)
            }
            let allowance = Allowance(terms, receiptTotal: facts.total, base: base)
            guard
                let payment = try allowance.payment(
                    asked, isUpTo: isUpTo, available: available, wallet: wallet,
                    beyond: own == nil ? .pointsInsufficient : .redemptionBeyondHold)
            else { continue }
            try spend(payment, own, at: facts.business, second, &sheet, &draft, state: state)
            lines.pay(payment.money, redemption: payments.count, terms, state)
            payments.append(payment)
        }
        return payments
    }

    /// Checks what can be said of all redemptions before the first is taken, so the lowest number is answered whichever breaks it.
    private func checkRedemptions(
        _ facts: borrowing PurchaseForm, _ wallets: [WalletNumber], state: borrowing ProgrammeState
    ) throws(Refused) {
        typealias Entry = PurchaseLayout.Redemptions
        var verdict = Verdict()
        for (index, wallet) in wallets.enumerated() {
            let entry = facts.message.secondGroup.offset + index * facts.message.secondGroup.stride
            let asked = facts.message.bytes.i64(at: entry + Entry.points)
            let isUpTo = facts.message.bytes.u8(at: entry + Entry.upTo) != 0
            let terms = state.terms(of: wallet.rawValue)
            let allowance = Allowance(terms, receiptTotal: facts.total, base: 0)
            verdict.note(.pointsMalformed, if: !allowance.isSound(asked, isUpTo: isUpTo))
            verdict.note(.receiptTooSmall, if: !isUpTo && facts.total < terms.minReceipt)
        }
        try verdict.check()
    }

    /// Takes points out of lots: those of a hold or all of the wallet, in the wallet's order.
    private func spend(
        _ payment: Payment, _ hold: FoundHold?, at business: BusinessNumber, _ second: UInt32,
        _ sheet: inout MemberSheet,
        _ draft: inout EntryDraft, state: borrowing ProgrammeState
    ) throws(Refused) {
        try sheet.with(payment.wallet, state) { (wallet) throws(Refused) in
            let taken =
                if let hold { hold.first(payment.points, of: wallet, spentAt: business) } else {
                    try wallet.choose(payment.points, spentAt: business, at: second, state)
                }
            guard !state.account(business, payment.wallet, .burnt).addingReportingOverflow(payment.points).overflow
            else {
                throw Refused(.sumTooLarge)
            }
            for part in taken {
                draft.move(.take, part.points, payment.wallet, part.lot)
                draft.transfer(
                    part.points, from: .active, of: part.lot.issuer, to: .burnt, of: business, payment.wallet)
                wallet.note(part.points, takenFrom: part.row, part.lot)
                wallet.active -= part.points
            }
        }
    }
}

/// How much of a receipt points may pay.
struct Allowance {
    private let terms: TermsRow
    private let receiptTotal: Int64
    /// Money that points may pay at most.
    private let money: Int64

    /// - Parameters:
    ///   - terms: The wallet's terms.
    ///   - receiptTotal: What the receipt comes to.
    ///   - base: What is still to be paid of the lines that points may pay for.
    init(_ terms: TermsRow, receiptTotal: Int64, base: Int64) {
        self.terms = terms
        self.receiptTotal = receiptTotal
        let share = Rate(numerator: UInt32(terms.maxShareBasisPoints), denominator: 10_000)
        money = max(0, min(base, share.of(receiptTotal, rounding: .floor) ?? 0))
    }

    /// What a redemption comes to.
    ///
    /// Points pay whole minor units of money: of a number "up to" only as many are taken as do, an exact number must.
    ///
    /// - Returns: nil when a number "up to" comes to nothing.
    /// - Throws: ``Refused`` when an exact number is not allowed or not there.
    func payment(
        _ asked: Int64, isUpTo: Bool, available: Int64, wallet: WalletNumber, beyond: Rejection
    ) throws(Refused) -> Payment? {
        guard isSound(asked, isUpTo: isUpTo) else { throw Refused(.pointsMalformed) }
        guard receiptTotal >= terms.minReceipt else {
            if isUpTo { return nil }
            throw Refused(.receiptTooSmall)
        }
        let cap = min(pointsFor(money), terms.maxPerReceipt == 0 ? .max : terms.maxPerReceipt)
        guard isUpTo else {
            guard asked <= cap else { throw Refused(.redemptionBeyondCap) }
            guard asked <= available else { throw Refused(beyond) }
            return Payment(wallet: wallet, points: asked, money: moneyFor(asked))
        }
        let money = moneyFor(min(asked, cap, available))
        let points = leastPointsFor(money)
        return money > 0 ? Payment(wallet: wallet, points: points, money: money) : nil
    }

    /// Money that points pay, in whole minor units.
    private func moneyFor(_ points: Int64) -> Int64 {
        Rate(numerator: terms.moneyNumerator, denominator: terms.moneyDenominator).of(points, rounding: .floor) ?? .max
    }

    /// The most points that pay at most `money`.
    private func pointsFor(_ money: Int64) -> Int64 {
        guard terms.moneyNumerator > 0 else { return 0 }
        // With a rate of 3/7 three points pay 1, and so do four: the most are one fewer than pay the next unit.
        let next = Rate(numerator: terms.moneyDenominator, denominator: terms.moneyNumerator)
            .of(money + 1, rounding: .ceiling)
        return next.map { $0 - 1 } ?? .max
    }

    private func leastPointsFor(_ money: Int64) -> Int64 {
        guard terms.moneyNumerator > 0 else { return 0 }
        return Rate(numerator: terms.moneyDenominator, denominator: terms.moneyNumerator).of(money, rounding: .ceiling)
            ?? .max
    }

    /// True for a number above zero that, when it is exact, pays whole minor units.
    func isSound(_ asked: Int64, isUpTo: Bool) -> Bool { asked > 0 && (isUpTo || isWhole(asked)) }

    /// True when the points pay whole minor units and not one point less would do.
    private func isWhole(_ points: Int64) -> Bool { leastPointsFor(moneyFor(points)) == points }
}
