public import TallyBytes
public import TallyModel

/// A question to the daemon.
public enum Question: Sendable, Hashable {
    /// How does the daemon stand? With the digest it costs a checkpoint.
    case status(wantDigest: Bool)
    /// What do members hold? `.anonymous` asks for all of them.
    case balances(asOf: AsOf, member: MemberReference)
    /// The key figures.
    case kpi(asOf: AsOf, windowDays: UInt16)
    /// How do promotions stand?
    case promotions
    /// What does the programme have under an id?
    case definition(Definition.Kind, id: String)

    /// Stands in the bytes for "no day".
    static var noDay: Int32 { Int32.min }

    /// Reads a question.
    ///
    /// - Throws: ``CodecError`` when the bytes are not a question.
    public init(_ bytes: RawSpan) throws(CodecError) {
        let template = try Message.templateID(of: bytes)
        switch template {
        case AskStatusLayout.templateID:
            self = .status(
                wantDigest: try Message(bytes, shape: AskStatusLayout.shape).u8(AskStatusLayout.wantDigest) != 0)
        case AskBalancesLayout.templateID:
            typealias Layout = AskBalancesLayout
            let message = try Message(bytes, shape: Layout.shape)
            var cursor = 0
            let key = message.string(&cursor, Int(message.u8(Layout.memberKeyLength)))
            try message.checkText(readTo: cursor)
            let member = try MemberReference(
                kind: message.u8(Layout.memberKind), number: message.u32(Layout.member), key: key)
            self = .balances(
                asOf: AsOf(sequence: message.u64(Layout.asOfSequence), day: message.i32(Layout.asOfDay)), member: member
            )
        case AskKPILayout.templateID:
            let message = try Message(bytes, shape: AskKPILayout.shape)
            self = .kpi(
                asOf: AsOf(sequence: message.u64(AskKPILayout.asOfSequence), day: message.i32(AskKPILayout.asOfDay)),
                windowDays: message.u16(AskKPILayout.windowDays))
        case AskPromotionsLayout.templateID:
            _ = try Message(bytes, shape: AskPromotionsLayout.shape)
            self = .promotions
        case AskDefinitionLayout.templateID:
            let message = try Message(bytes, shape: AskDefinitionLayout.shape)
            var cursor = 0
            let id = message.string(&cursor, Int(message.u8(AskDefinitionLayout.idLength)))
            try message.checkText(readTo: cursor)
            self = .definition(try message.value(AskDefinitionLayout.kind, "kind"), id: id)
        default: throw CodecError(.unexpectedTemplate(template), at: 2)
        }
    }

    /// Writes the question.
    ///
    /// - Throws: ``TallyModel/Rejection/textMalformed`` for a key that is too long for the schema: cut, it could name another
    ///   member. Nothing is written then.
    public func encode(into writer: inout ByteWriter) throws(Rejection) {
        switch self {
        case .status(let wantDigest):
            writer.append(header: AskStatusLayout.shape)
            writer.append(u8: wantDigest ? 1 : 0)
        case .balances(let asOf, let member):
            let parts = member.parts
            guard parts.key.utf8.count <= Int(UInt8.max) else { throw .textMalformed }
            writer.append(header: AskBalancesLayout.shape)
            writer.append(u64: asOf.sequence?.rawValue ?? 0)
            writer.append(i32: asOf.day?.days ?? Question.noDay)
            writer.append(u32: parts.number)
            writer.append(u8: parts.kind)
            writer.append(lengthOf: parts.key)
            writer.append(texts: [parts.key])
        case .kpi(let asOf, let windowDays):
            writer.append(header: AskKPILayout.shape)
            writer.append(u64: asOf.sequence?.rawValue ?? 0)
            writer.append(i32: asOf.day?.days ?? Question.noDay)
            writer.append(u16: windowDays)
        case .promotions:
            writer.append(header: AskPromotionsLayout.shape)
            writer.append(u8: 0)
        case .definition(let kind, let id):
            guard id.utf8.count <= Int(UInt8.max) else { throw .textMalformed }
            writer.append(header: AskDefinitionLayout.shape)
            writer.append(u8: kind.rawValue)
            writer.append(lengthOf: id)
            writer.append(texts: [id])
        }
    }
}

extension AsOf {
    init(sequence: UInt64, day: Int32) {
        self.init(
            sequence: sequence == 0 ? nil : LogSequence(sequence),
            day: day == Question.noDay ? nil : CivilDay(days: day))
    }
}

extension DaemonStatus {
    /// Reads the message.
    ///
    /// - Throws: ``CodecError`` when the bytes are not this message.
    public init(_ bytes: RawSpan) throws(CodecError) {
        typealias Layout = StatusLayout
        let message = try Message(bytes, shape: Layout.shape)
        self.init()
        tip = LogSequence(message.u64(Layout.tip))
        recordedAt = Instant(microseconds: message.i64(Layout.recordedAt))
        checkpoint = LogSequence(message.u64(Layout.checkpoint))
        digestSequence = LogSequence(message.u64(Layout.digestSequence))
        digest = [Layout.digest0, Layout.digest1, Layout.digest2, Layout.digest3].map {
            message.bytes.u64(at: messageHeaderLength + $0)
        }
        members = message.u32(Layout.members)
        stores = message.u32(Layout.stores)
        businesses = message.u32(Layout.businesses)
        wallets = message.u32(Layout.wallets)
        sources = message.u32(Layout.sources)
        accruals = message.u32(Layout.accruals)
        stateBytes = message.u64(Layout.stateBytes)
        clock = Instant(microseconds: message.i64(Layout.clock))
        lots = message.u32(Layout.lots)
        holds = message.u32(Layout.holds)
    }

    /// Writes the message.
    public func encode(into writer: inout ByteWriter) {
        writer.append(header: StatusLayout.shape)
        writer.append(u64: tip.rawValue)
        writer.append(i64: recordedAt.microseconds)
        writer.append(u64: checkpoint.rawValue)
        writer.append(u64: digestSequence.rawValue)
        for word in digest { writer.append(u64: word) }
        for count in [members, stores, businesses, wallets, sources, accruals] { writer.append(u32: count) }
        writer.append(u64: stateBytes)
        writer.append(i64: clock.microseconds)
        writer.append(u32: lots)
        writer.append(u32: holds)
    }
}

/// Some rows of the answer to a question about balances.
public struct BalancesPage: Sendable, Hashable {
    /// The last record that the rows know.
    public var sequence: LogSequence
    /// True for the page that ends the answer.
    public var isLast: Bool
    /// At most ``rowsMax`` rows, in the order of members.
    public var rows: [BalanceRow]

    /// Rows of a page at most: their strings then fit the text of one message.
    public static let rowsMax = 400

    /// A page of its parts.
    public init(sequence: LogSequence, isLast: Bool, rows: [BalanceRow]) {
        (self.sequence, self.isLast, self.rows) = (sequence, isLast, rows)
    }

    /// Reads the message.
    ///
    /// - Throws: ``CodecError`` when the bytes are not this message.
    public init(_ bytes: RawSpan) throws(CodecError) {
        typealias Layout = BalancesLayout
        let message = try Message(bytes, shape: Layout.shape)
        sequence = LogSequence(message.u64(Layout.sequence))
        isLast = message.u8(Layout.last) != 0
        rows = []
        rows.reserveCapacity(message.firstGroup.count)
        var cursor = 0
        for index in 0..<message.firstGroup.count {
            let entry = message.firstGroup.offset + index * message.firstGroup.stride
            rows.append(
                BalanceRow(
                    member: MemberNumber(bytes.u32(at: entry + Layout.Rows.member)),
                    externalID: message.string(&cursor, Int(bytes.u8(at: entry + Layout.Rows.externalLength))),
                    wallet: message.string(&cursor, Int(bytes.u8(at: entry + Layout.Rows.walletLength))),
                    active: bytes.i64(at: entry + Layout.Rows.active),
                    pending: bytes.i64(at: entry + Layout.Rows.pending),
                    held: bytes.i64(at: entry + Layout.Rows.held), debt: bytes.i64(at: entry + Layout.Rows.debt)))
        }
        try message.checkText(readTo: cursor)
    }

    /// Writes the message.
    public func encode(into writer: inout ByteWriter) {
        writer.append(header: BalancesLayout.shape)
        writer.append(u64: sequence.rawValue)
        writer.append(u8: isLast ? 1 : 0)
        writer.append(groupOf: rows.count, entryLength: BalancesLayout.Rows.entryLength)
        var texts: [String] = []
        for row in rows {
            for amount in [row.active, row.pending, row.held, row.debt] { writer.append(i64: amount) }
            writer.append(u32: row.member.rawValue)
            writer.append(lengthOf: row.externalID)
            writer.append(lengthOf: row.wallet)
            texts += [row.externalID, row.wallet]
        }
        writer.append(texts: texts)
    }
}

extension KPIReport {
    /// Stands in the bytes for a ratio without a denominator.
    private static var noValue: Int64 { Int64.min }

    /// Reads the message.
    ///
    /// - Throws: ``CodecError`` when the bytes are not this message or have another number of figures.
    public init(_ bytes: RawSpan) throws(CodecError) {
        typealias Layout = KPILayout
        let message = try Message(bytes, shape: Layout.shape)
        guard message.firstGroup.count >= KPIFigure.allCases.count else {
            throw CodecError(.countMismatch(said: message.firstGroup.count, found: KPIFigure.allCases.count))
        }
        var values: [Int64?] = []
        for index in 0..<KPIFigure.allCases.count {
            let value = bytes.i64(at: message.firstGroup.offset + index * message.firstGroup.stride)
            values.append(value == KPIReport.noValue ? nil : value)
        }
        let day = message.i32(Layout.asOfDay)
        self.init(
            sequence: LogSequence(message.u64(Layout.sequence)),
            asOfDay: day == Question.noDay ? nil : CivilDay(days: day),
            windowDays: message.u16(Layout.windowDays), values: values)
    }

    /// Writes the message.
    public func encode(into writer: inout ByteWriter) {
        writer.append(header: KPILayout.shape)
        writer.append(u64: sequence.rawValue)
        writer.append(i32: asOfDay?.days ?? Question.noDay)
        writer.append(u16: windowDays)
        writer.append(groupOf: values.count, entryLength: KPILayout.Figures.entryLength)
        for value in values { writer.append(i64: value ?? KPIReport.noValue) }
    }
}
