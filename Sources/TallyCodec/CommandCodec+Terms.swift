import TallyBytes
import TallyModel

extension Command {
    func encode(_ terms: WalletTerms, into writer: inout ByteWriter) throws(Rejection) {
        let items = try terms.items()
        // Nothing is counted in 16 bits that does not fit them.
        guard items.count * SetWalletTermsLayout.Items.entryLength <= Limits.commandBytesMax else {
            throw .commandTooLong
        }
        let texts = [terms.wallet] + items.map(\.name)
        try check(texts)
        guard texts.reduce(0, { $0 + $1.utf8.count }) <= Limits.commandBytesMax else { throw .commandTooLong }
        writer.append(header: SetWalletTermsLayout.shape)
        append(block: terms, to: &writer)
        writer.append(lengthOf: terms.wallet)
        writer.append(groupOf: items.count, entryLength: SetWalletTermsLayout.Items.entryLength)
        for item in items {
            writer.append(u16: item.value)
            writer.append(u8: item.kind.rawValue)
            writer.append(lengthOf: item.name)
        }
        writer.append(texts: texts)
    }

    private func append(block terms: WalletTerms, to writer: inout ByteWriter) {
        let (expiry, pending, negative) = (terms.expiry.parts, terms.pending.parts, terms.negative.parts)
        writer.append(i64: terms.maxPerReceipt.minor)
        writer.append(i64: terms.minReceipt.minor)
        writer.append(i64: negative.limit.minor)
        writer.append(u32: terms.moneyRate.numerator)
        writer.append(u32: terms.moneyRate.denominator)
        writer.append(i32: pending.day)
        writer.append(u16: expiry.count)
        writer.append(u16: pending.count)
        writer.append(u16: terms.returnWindowDays)
        writer.append(u16: terms.maxShareBasisPoints)
        writer.append(u16: terms.graceDays)
        writer.append(u8: expiry.kind.rawValue)
        writer.append(u8: pending.kind.rawValue)
        writer.append(u8: terms.burnOrder.rawValue)
        writer.append(u8: negative.kind.rawValue)
        writer.append(u8: terms.earnFilter.parts.kind.rawValue)
        writer.append(u8: terms.burnFilter.parts.kind.rawValue)
        writer.append(u8: terms.returns == .keep ? 1 : 0)
        writer.append(u8: terms.takesBackBlind ? 1 : 0)
        writer.append(u8: terms.earnsOnPoints ? 1 : 0)
    }

    func encode(_ terms: SettlementTerms, into writer: inout ByteWriter) throws(Rejection) {
        let texts = [terms.issuer, terms.redeemer, terms.wallet]
        try check(texts)
        writer.append(header: SetSettlementTermsLayout.shape)
        writer.append(u32: terms.rate.numerator)
        writer.append(u32: terms.rate.denominator)
        writer.append(u16: terms.feeBasisPoints)
        writer.append(u8: terms.timing.rawValue)
        for text in texts { writer.append(lengthOf: text) }
        writer.append(texts: texts)
    }
}

extension WalletTerms {
    /// What the schema keeps in the group `items`: a category, or a day of the year as month · 100 + day.
    fileprivate struct Item {
        var kind: TermItem
        var value: UInt16 = 0
        var name = ""
    }

    /// - Throws: ``TallyModel/Rejection/termsMalformed`` for a day that would read as another; whether it is in the
    ///   calendar is the ledger's to judge.
    fileprivate func items() throws(Rejection) -> [Item] {
        var items = earnFilter.parts.names.map { Item(kind: .earnCategory, name: $0) }
        items += burnFilter.parts.names.map { Item(kind: .burnCategory, name: $0) }
        for date in expiry.parts.dates {
            guard date.month <= DayOfYear.partMax, date.day <= DayOfYear.partMax else { throw .termsMalformed }
            items.append(Item(kind: .expiryDay, value: UInt16(date.month) * 100 + UInt16(date.day)))
        }
        return items
    }

    /// Reads the message; what a kind does not use is passed over.
    init(decoding bytes: RawSpan) throws(CodecError) {
        typealias Layout = SetWalletTermsLayout
        let message = try Message(bytes, shape: Layout.shape)
        var cursor = 0
        let wallet = message.string(&cursor, Int(message.u8(Layout.walletLength)))
        let items = try WalletTerms.items(message, &cursor)
        try message.checkText(readTo: cursor)
        self.init(
            wallet: wallet, expiry: try ExpiryTerm(message, items), pending: try PendingTerm(message),
            returnWindowDays: message.u16(Layout.returnWindowDays),
            burnOrder: try message.value(Layout.burnOrder, "burnOrder"),
            maxShareBasisPoints: message.u16(Layout.maxShareBasisPoints),
            maxPerReceipt: Points(minor: message.i64(Layout.maxPerReceipt)),
            minReceipt: Money(minor: message.i64(Layout.minReceipt)), negative: try NegativeTerm(message),
            graceDays: message.u16(Layout.graceDays),
            moneyRate: try message.rate(Layout.moneyNumerator, Layout.moneyDenominator, "moneyDenominator"),
            earnFilter: LineFilter(
                try message.value(Layout.earnFilter, "earnFilter"), names: items, kind: .earnCategory),
            burnFilter: LineFilter(
                try message.value(Layout.burnFilter, "burnFilter"), names: items, kind: .burnCategory),
            returns: message.u8(Layout.keepsOnReturn) != 0 ? .keep : .reverse,
            takesBackBlind: message.u8(Layout.takesBackBlind) != 0,
            earnsOnPoints: message.u8(Layout.earnsOnPoints) != 0)
    }

    private static func items(_ message: borrowing Message, _ cursor: inout Int) throws(CodecError) -> [Item] {
        typealias Entry = SetWalletTermsLayout.Items
        let (group, bytes) = (message.firstGroup, message.bytes)
        var items: [Item] = []
        items.reserveCapacity(group.count)
        for index in 0..<group.count {
            let entry = group.offset + index * group.stride
            guard let kind = TermItem(rawValue: bytes.u8(at: entry + Entry.kind)) else {
                throw CodecError(
                    .valueUnknown(field: "kind", value: Int64(bytes.u8(at: entry + Entry.kind))), at: entry)
            }
            items.append(
                Item(
                    kind: kind, value: bytes.u16(at: entry + Entry.value),
                    name: message.string(&cursor, Int(bytes.u8(at: entry + Entry.nameLength)))))
        }
        return items
    }
}

extension SettlementTerms {
    init(decoding bytes: RawSpan) throws(CodecError) {
        typealias Layout = SetSettlementTermsLayout
        let message = try Message(bytes, shape: Layout.shape)
        var cursor = 0
        let issuer = message.string(&cursor, Int(message.u8(Layout.issuerLength)))
        let redeemer = message.string(&cursor, Int(message.u8(Layout.redeemerLength)))
        let wallet = message.string(&cursor, Int(message.u8(Layout.walletLength)))
        try message.checkText(readTo: cursor)
        self.init(
            issuer: issuer, redeemer: redeemer, wallet: wallet,
            rate: try message.rate(Layout.numerator, Layout.denominator, "denominator"),
            feeBasisPoints: message.u16(Layout.feeBasisPoints), timing: try message.value(Layout.timing, "timing"))
    }
}

extension DayOfYear {
    /// Two decimal digits: the most that month · 100 + day keeps apart.
    fileprivate static var partMax: UInt8 { 99 }

    /// The day that the schema writes as month · 100 + day.
    ///
    /// - Throws: ``CodecError`` when there are more than four digits.
    fileprivate init(decoding value: UInt16) throws(CodecError) {
        guard value / 100 <= UInt16(DayOfYear.partMax) else {
            throw CodecError(.valueUnknown(field: "expiryDay", value: Int64(value)))
        }
        self.init(month: UInt8(value / 100), day: UInt8(value % 100))
    }
}

extension ExpiryTerm {
    fileprivate var parts: (kind: ExpiryKind, count: UInt16, dates: [DayOfYear]) {
        switch self {
        case .never: (.never, 0, [])
        case .days(let count): (.days, count, [])
        case .months(let count): (.months, count, [])
        case .dates(let dates): (.dates, 0, dates)
        case .sliding(let count): (.sliding, count, [])
        }
    }

    fileprivate init(_ message: borrowing Message, _ items: [WalletTerms.Item]) throws(CodecError) {
        let count = message.u16(SetWalletTermsLayout.expiryCount)
        switch try message.value(SetWalletTermsLayout.expiryKind, "expiryKind") as ExpiryKind {
        case .never: self = .never
        case .days: self = .days(count)
        case .months: self = .months(count)
        case .dates:
            var dates: [DayOfYear] = []
            for item in items where item.kind == .expiryDay { dates.append(try DayOfYear(decoding: item.value)) }
            self = .dates(dates)
        case .sliding: self = .sliding(count)
        }
    }
}

extension PendingTerm {
    fileprivate var parts: (kind: PendingKind, count: UInt16, day: Int32) {
        switch self {
        case .none: (.none, 0, 0)
        case .days(let count): (.days, count, 0)
        case .date(let day): (.date, 0, day.days)
        case .returnWindow: (.returnWindow, 0, 0)
        }
    }

    fileprivate init(_ message: borrowing Message) throws(CodecError) {
        switch try message.value(SetWalletTermsLayout.pendingKind, "pendingKind") as PendingKind {
        case .none: self = .none
        case .days: self = .days(message.u16(SetWalletTermsLayout.pendingCount))
        case .date: self = .date(CivilDay(days: message.i32(SetWalletTermsLayout.pendingDay)))
        case .returnWindow: self = .returnWindow
        }
    }
}

extension NegativeTerm {
    fileprivate var parts: (kind: NegativeKind, limit: Points) {
        switch self {
        case .none: (.none, .zero)
        case .upTo(let limit): (.upTo, limit)
        case .unlimited: (.unlimited, .zero)
        }
    }

    fileprivate init(_ message: borrowing Message) throws(CodecError) {
        switch try message.value(SetWalletTermsLayout.negativeKind, "negativeKind") as NegativeKind {
        case .none: self = .none
        case .upTo: self = .upTo(Points(minor: message.i64(SetWalletTermsLayout.negativeLimit)))
        case .unlimited: self = .unlimited
        }
    }
}

extension LineFilter {
    fileprivate var parts: (kind: FilterKind, names: [String]) {
        switch self {
        case .all: (.all, [])
        case .only(let names): (.only, names)
        case .except(let names): (.except, names)
        }
    }

    fileprivate init(_ filter: FilterKind, names items: [WalletTerms.Item], kind: TermItem) {
        let names = items.filter { $0.kind == kind }.map(\.name)
        switch filter {
        case .all: self = .all
        case .only: self = .only(names)
        case .except: self = .except(names)
        }
    }
}
