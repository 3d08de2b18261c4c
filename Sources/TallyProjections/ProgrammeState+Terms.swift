import TallyBytes
import TallyCodec
public import TallyModel
import TallyTables

extension ProgrammeState {
    /// The terms of a wallet: those set last, or the standard ones.
    @inline(__always)
    public func terms(of wallet: UInt16) -> TermsRow {
        let revision = Int(wallets[Int(wallet) - 1].terms)
        return revision == 0 ? .standard : terms[revision - 1]
    }

    /// Whether a line of a category is let through by a filter of some terms.
    ///
    /// - Parameters:
    ///   - category: The line's category; may be empty.
    ///   - terms: The wallet's terms.
    ///   - isForEarning: True for the lines that earn, false for those that points may pay for.
    /// - Returns: True when it is.
    public func passes(_ category: RawSpan, _ terms: TermsRow, isForEarning: Bool) -> Bool {
        let filter = isForEarning ? terms.earnFilter : terms.burnFilter
        guard filter != 0 else { return true }
        let kind: UInt16 = isForEarning ? 0 : 1
        for row in Int(terms.firstItem)..<(Int(terms.firstItem) + Int(terms.itemCount))
        where termItems[row].kind == kind && texts.bytes(termItems[row].name).hasSameBytes(as: category) {
            return filter == 1
        }
        return filter == 2
    }

    /// When lots of a wallet end, as a value.
    public func expiryTerm(of terms: TermsRow) -> ExpiryTerm {
        switch terms.expiryKind {
        case 1: .days(terms.expiryCount)
        case 2: .months(terms.expiryCount)
        case 3: .dates(daysOfYear(of: terms))
        case 4: .sliding(terms.expiryCount)
        default: .never
        }
    }

    /// When lots of a wallet begin, as a value.
    public func pendingTerm(of terms: TermsRow) -> PendingTerm {
        switch terms.pendingKind {
        case 1: .days(terms.pendingCount)
        case 2: .date(CivilDay(days: terms.pendingDay))
        case 3: .returnWindow
        default: .none
        }
    }

    private func daysOfYear(of terms: TermsRow) -> [DayOfYear] {
        (Int(terms.firstItem)..<(Int(terms.firstItem) + Int(terms.itemCount))).compactMap { row in
            let item = termItems[row]
            guard item.kind == 2, let month = UInt8(exactly: item.value / 100) else { return nil }
            return DayOfYear(month: month, day: UInt8(item.value % 100))
        }
    }

    /// What a business pays another for points of a wallet; nil when nothing was agreed.
    public func settlement(issuer: UInt16, redeemer: UInt16, wallet: UInt16) -> SettlementRow? {
        for row in stride(from: settlements.count - 1, through: 0, by: -1) {
            let terms = settlements[row]
            if terms.issuer == issuer, terms.redeemer == redeemer, terms.wallet == wallet { return terms }
        }
        return nil
    }

    mutating func applyWalletTermsSet(_ record: RawSpan, _ sequence: UInt64) throws(StateError.Fault) {
        typealias Layout = WalletTermsSetLayout
        let message = try message(record, Layout.shape)
        try note(message.envelope, sequence)
        try checkDense("terms revision", expected: terms.count + 1, found: UInt64(message.u16(Layout.revision)))
        let wallet = message.u16(Layout.wallet)
        guard wallet > 0, Int(wallet) <= wallets.count else { throw .unknown(what: "wallet", number: UInt64(wallet)) }
        guard message.u32(Layout.moneyDenominator) > 0, message.u8(Layout.burnOrder) <= 2 else {
            throw .unknown(what: "terms", number: UInt64(wallet))
        }
        let firstItem = termItems.count
        try keepItems(message)
        terms.append(TermsRow(message, firstItem: firstItem))
        hasSlidingTerms = hasSlidingTerms || message.u8(Layout.expiryKind) == 4
        let revision = UInt32(terms.count)
        wallets.update(Int(wallet) - 1) { $0.terms = revision }
    }

    private mutating func keepItems(_ message: borrowing Message) throws(StateError.Fault) {
        typealias Items = WalletTermsSetLayout.Items
        let group = message.firstGroup
        var cursor = 0
        for index in 0..<group.count {
            let entry = group.offset + index * group.stride
            let name = try keep(message, &cursor, Int(message.bytes.u8(at: entry + Items.nameLength)))
            guard message.bytes.u8(at: entry + Items.kind) < 3, message.bytes.u16(at: entry + Items.value) < 1_300
            else {
                throw .unknown(what: "item of terms", number: UInt64(index))
            }
            termItems.append(
                TermItemRow(
                    name: name, value: message.bytes.u16(at: entry + Items.value),
                    kind: UInt16(message.bytes.u8(at: entry + Items.kind))))
        }
        try checkRead(message, cursor)
    }

    mutating func applySettlementTermsSet(_ record: RawSpan, _ sequence: UInt64) throws(StateError.Fault) {
        typealias Layout = SettlementTermsSetLayout
        let message = try message(record, Layout.shape)
        try note(message.envelope, sequence)
        let row = SettlementRow(
            numerator: message.u32(Layout.numerator), denominator: message.u32(Layout.denominator),
            issuer: message.u16(Layout.issuer), redeemer: message.u16(Layout.redeemer),
            wallet: message.u16(Layout.wallet), feeBasisPoints: message.u16(Layout.feeBasisPoints),
            timing: UInt16(message.u8(Layout.timing)))
        guard row.denominator > 0, row.issuer > 0, Int(row.issuer) <= businesses.count, row.redeemer > 0,
            Int(row.redeemer) <= businesses.count, row.wallet > 0, Int(row.wallet) <= wallets.count
        else { throw .unknown(what: "settlement", number: UInt64(row.issuer)) }
        settlements.append(row)
    }
}

extension TermsRow {
    fileprivate init(_ message: borrowing Message, firstItem: Int) {
        typealias Layout = WalletTermsSetLayout
        self.init(
            maxPerReceipt: message.i64(Layout.maxPerReceipt), minReceipt: message.i64(Layout.minReceipt),
            negativeLimit: message.i64(Layout.negativeLimit), moneyNumerator: message.u32(Layout.moneyNumerator),
            moneyDenominator: message.u32(Layout.moneyDenominator), pendingDay: message.i32(Layout.pendingDay),
            firstItem: UInt32(firstItem), itemCount: UInt16(message.firstGroup.count),
            expiryCount: message.u16(Layout.expiryCount), pendingCount: message.u16(Layout.pendingCount),
            returnWindowDays: message.u16(Layout.returnWindowDays),
            maxShareBasisPoints: message.u16(Layout.maxShareBasisPoints), graceDays: message.u16(Layout.graceDays),
            wallet: message.u16(Layout.wallet), expiryKind: message.u8(Layout.expiryKind),
            pendingKind: message.u8(Layout.pendingKind), burnOrder: message.u8(Layout.burnOrder),
            negativeKind: message.u8(Layout.negativeKind), earnFilter: message.u8(Layout.earnFilter),
            burnFilter: message.u8(Layout.burnFilter), keepsOnReturn: message.u8(Layout.keepsOnReturn),
            takesBackBlind: message.u8(Layout.takesBackBlind), earnsOnPoints: message.u8(Layout.earnsOnPoints))
    }
}
