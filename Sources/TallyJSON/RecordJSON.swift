import TallyBytes
public import TallyCodec
import TallyModel

/// A record of the log as one line of JSON: every field of the schema under its name in snake_case, in a fixed order.
public enum RecordJSON {
    /// The line of a record.
    ///
    /// - Parameters:
    ///   - record: The record's bytes.
    ///   - sequence: Its place in the log.
    /// - Returns: One JSON object; instants as RFC 3339 and in microseconds, amounts in minor units.
    /// - Throws: ``TallyCodec/CodecError`` with the place at which the bytes stop to be a record.
    public static func line(_ record: RawSpan, sequence: UInt64) throws(CodecError) -> String {
        let template = try Message.templateID(of: record)
        guard let kind = RecordKind(rawValue: template) else { throw CodecError(.unexpectedTemplate(template), at: 2) }
        let message = try Message(record, shape: kind.shape)
        var line = JSONText()
        line.add("sequence", sequence)
        line.add("record", JSONText.snakeCase("\(kind)"))
        addEnvelope(message.envelope, to: &line)
        var texts = RecordTexts()
        try addBody(kind, message, &texts, to: &line)
        try texts.checkEnd(message)
        return line.object
    }

    /// What stands at the front of every record: who sent it and whom it concerns.
    ///
    /// - Parameter record: The record's bytes.
    /// - Returns: The envelope.
    /// - Throws: ``TallyCodec/CodecError`` when the bytes are no record.
    public static func envelope(of record: RawSpan) throws(CodecError) -> RecordEnvelope {
        let template = try Message.templateID(of: record)
        guard let kind = RecordKind(rawValue: template) else { throw CodecError(.unexpectedTemplate(template), at: 2) }
        return try Message(record, shape: kind.shape).envelope
    }

    private static func addEnvelope(_ envelope: RecordEnvelope, to line: inout JSONText) {
        line.add(instant: "recorded_at", Instant(microseconds: envelope.recordedAt))
        line.add("source", envelope.source)
        line.add("number", envelope.number)
        line.add("command_digest", JSONText.hexadecimal(envelope.commandDigest))
        line.add("previous_of_member", envelope.previousOfMember)
        line.add("member", envelope.member)
    }

    static func addBody(
        _ kind: RecordKind, _ message: borrowing Message, _ texts: inout RecordTexts, to line: inout JSONText
    ) throws(CodecError) {
        switch kind {
        case .ledgerCreated: addLedger(message, to: &line)
        case .sourceRecorded: try addSource(message, &texts, to: &line)
        case .businessDefined: try addBusiness(message, &texts, to: &line)
        case .storeDefined: try addStore(message, &texts, to: &line)
        case .walletDefined: try addWallet(message, &texts, to: &line)
        case .accrualDefined: try addAccrual(message, &texts, to: &line)
        case .memberRegistered: try addMember(message, &texts, to: &line)
        case .identifierLinked: addIdentifiers(message, to: &line)
        case .purchaseRecorded, .returnRecorded: try addReceipt(kind, message, &texts, to: &line)
        case .rejected: addRejection(message, to: &line)
        case .walletTermsSet: try addWalletTerms(message, &texts, to: &line)
        case .settlementTermsSet: try addSettlementTerms(message, to: &line)
        case .holdPlaced: try addHold(message, &texts, to: &line)
        case .holdReleased: try addRelease(message, to: &line)
        case .exchangeRecorded: try addExchange(message, &texts, to: &line)
        case .adjusted: try addAdjustment(message, &texts, to: &line)
        case .clockSet: line.add(instant: "to", Instant(microseconds: message.i64(ClockSetLayout.to)))
        case .clockAdvanced: try addTick(message, to: &line)
        case .instrumentDefined: try addInstrument(message, &texts, to: &line)
        case .instrumentsIssued: try addIssue(message, to: &line)
        case .instrumentMoved: try addStep(message, &texts, to: &line)
        case .instrumentsExpired: try addExpiry(message, to: &line)
        case .codedReceiptRecorded: try addCodedReceipt(message, &texts, to: &line)
        case .documentKept: addDocument(message, &texts, to: &line)
        case .promotionsSet: try addPromotions(message, &texts, to: &line)
        case .promotedReceiptRecorded: try addPromotedReceipt(message, &texts, to: &line)
        case .priceChanged: addPriceChange(message, to: &line)
        case .operatorSet: try addOperator(message, &texts, to: &line)
        case .proposed: try addProposal(message, &texts, to: &line)
        case .declined: try addRefusal(message, &texts, to: &line)
        case .transferred: try addTransfer(message, &texts, to: &line)
        case .memberBlocked: try addBlock(message, &texts, to: &line)
        case .periodClosed: try addClosing(message, &texts, to: &line)
        case .membersMerged: try addMerge(message, &texts, to: &line)
        case .membersSplit: try addSplit(message, &texts, to: &line)
        }
    }
}

/// The records of the schema and their template ids.
enum RecordKind: UInt16 {
    case ledgerCreated = 100
    case sourceRecorded = 101
    case businessDefined = 102
    case storeDefined = 103
    case walletDefined = 104
    case accrualDefined = 105
    case memberRegistered = 106
    case identifierLinked = 107
    case purchaseRecorded = 108
    case returnRecorded = 109
    case rejected = 110
    case walletTermsSet = 111
    case settlementTermsSet = 112
    case holdPlaced = 113
    case holdReleased = 114
    case exchangeRecorded = 115
    case adjusted = 116
    case clockSet = 128
    case clockAdvanced = 129
    case instrumentDefined = 124
    case instrumentsIssued = 125
    case instrumentMoved = 126
    case instrumentsExpired = 132
    case codedReceiptRecorded = 133
    case documentKept = 134
    case promotionsSet = 135
    case promotedReceiptRecorded = 136
    case priceChanged = 137
    case operatorSet = 117
    case proposed = 118
    case declined = 119
    case transferred = 120
    case memberBlocked = 123
    case periodClosed = 127
    case membersMerged = 121
    case membersSplit = 122

    var shape: MessageShape {
        switch self {
        case .ledgerCreated: LedgerCreatedLayout.shape
        case .sourceRecorded: SourceRecordedLayout.shape
        case .businessDefined: BusinessDefinedLayout.shape
        case .storeDefined: StoreDefinedLayout.shape
        case .walletDefined: WalletDefinedLayout.shape
        case .accrualDefined: AccrualDefinedLayout.shape
        case .memberRegistered: MemberRegisteredLayout.shape
        case .identifierLinked: IdentifierLinkedLayout.shape
        case .purchaseRecorded: PurchaseRecordedLayout.shape
        case .returnRecorded: ReturnRecordedLayout.shape
        case .rejected: RejectedLayout.shape
        case .walletTermsSet: WalletTermsSetLayout.shape
        case .settlementTermsSet: SettlementTermsSetLayout.shape
        case .holdPlaced: HoldPlacedLayout.shape
        case .holdReleased: HoldReleasedLayout.shape
        case .exchangeRecorded: ExchangeRecordedLayout.shape
        case .adjusted: AdjustedLayout.shape
        case .clockSet: ClockSetLayout.shape
        case .clockAdvanced: ClockAdvancedLayout.shape
        case .instrumentDefined: InstrumentDefinedLayout.shape
        case .instrumentsIssued: InstrumentsIssuedLayout.shape
        case .instrumentMoved: InstrumentMovedLayout.shape
        case .instrumentsExpired: InstrumentsExpiredLayout.shape
        case .codedReceiptRecorded: CodedReceiptRecordedLayout.shape
        case .documentKept: DocumentKeptLayout.shape
        case .promotionsSet: PromotionsSetLayout.shape
        case .promotedReceiptRecorded: PromotedReceiptRecordedLayout.shape
        case .priceChanged: PriceChangedLayout.shape
        case .operatorSet: OperatorSetLayout.shape
        case .proposed: ProposedLayout.shape
        case .declined: DeclinedLayout.shape
        case .transferred: TransferredLayout.shape
        case .memberBlocked: MemberBlockedLayout.shape
        case .periodClosed: PeriodClosedLayout.shape
        case .membersMerged: MembersMergedLayout.shape
        case .membersSplit: MembersSplitLayout.shape
        }
    }
}

/// Reads the strings of a record one after the other, then its lots, and checks that they are exactly its text.
struct RecordTexts {
    private var cursor = 0

    mutating func next(_ message: borrowing Message, count: UInt8) throws(CodecError) -> String {
        guard let bytes = message.text(at: cursor, count: Int(count)) else {
            throw CodecError(
                .textLengthMismatch(needed: cursor + Int(count), found: message.textLength), at: message.textOffset)
        }
        cursor += Int(count)
        return String(utf8Of: bytes)
    }

    /// Takes `count` bytes that are no string.
    mutating func skip(_ count: UInt16) { cursor += Int(count) }

    func checkEnd(_ message: borrowing Message) throws(CodecError) {
        guard cursor == message.textLength else {
            throw CodecError(.textLengthMismatch(needed: cursor, found: message.textLength), at: message.textOffset)
        }
    }
}

extension JSONText {
    /// Adds a moment twice: for people, and exact for programs.
    mutating func add(instant key: String, _ instant: Instant, utcOffsetMinutes: Int16 = 0) {
        let isCivil = instant >= .distantPast && instant <= .distantFuture
        add(key, isCivil ? instant.text(utcOffsetMinutes: utcOffsetMinutes) : nil)
        add("\(key)_microseconds", instant.microseconds)
    }

    /// Adds a second since 1970 in the same way; 0 stands for none.
    mutating func add(second key: String, _ second: UInt32) {
        add(key, second == 0 ? nil : Instant(microseconds: Int64(second) * 1_000_000).description)
        add("\(key)_seconds", second)
    }
}
