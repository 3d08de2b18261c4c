import TallyBytes
public import TallyModel

extension Command {
    /// Reads a command message into values.
    ///
    /// The hot path reads in place instead; this is its plain twin.
    ///
    /// - Throws: ``CodecError`` when the bytes are not a command of the schema.
    public init(_ bytes: RawSpan) throws(CodecError) {
        let template = try Message.templateID(of: bytes)
        switch template {
        case DefineBusinessLayout.templateID: self = .defineBusiness(try BusinessDefinition(decoding: bytes))
        case DefineStoreLayout.templateID: self = .defineStore(try StoreDefinition(decoding: bytes))
        case DefineWalletLayout.templateID: self = .defineWallet(try WalletDefinition(decoding: bytes))
        case DefineAccrualLayout.templateID: self = .defineAccrual(try AccrualDefinition(decoding: bytes))
        case RegisterMemberLayout.templateID: self = .registerMember(try Registration(decoding: bytes))
        case LinkIdentifierLayout.templateID: self = .linkIdentifier(try IdentifierLink(decoding: bytes))
        case PurchaseLayout.templateID, CodedPurchaseLayout.templateID, PricedPurchaseLayout.templateID:
            self = .purchase(try Receipt(decoding: bytes))
        case ReturnLayout.templateID: self = .return(try ReturnSlip(decoding: bytes))
        case SetWalletTermsLayout.templateID: self = .setWalletTerms(try WalletTerms(decoding: bytes))
        case SetSettlementTermsLayout.templateID: self = .setSettlementTerms(try SettlementTerms(decoding: bytes))
        case PlaceHoldLayout.templateID: self = .placeHold(try HoldRequest(decoding: bytes))
        case ReleaseHoldLayout.templateID: self = .releaseHold(try HoldReference(decoding: bytes))
        case VoidPurchaseLayout.templateID: self = .voidPurchase(try VoidSlip(decoding: bytes))
        case ExchangeLayout.templateID: self = .exchange(try Exchange(decoding: bytes))
        case AdjustLayout.templateID: self = .adjust(try Adjustment(decoding: bytes))
        case AdvanceClockLayout.templateID: self = .advanceClock(try Instant(decodingClock: bytes))
        case DefineInstrumentLayout.templateID: self = .defineInstrument(try InstrumentDefinition(decoding: bytes))
        case IssueInstrumentsLayout.templateID: self = .issueInstruments(try InstrumentIssue(decoding: bytes))
        case MoveInstrumentLayout.templateID: self = .moveInstrument(try InstrumentMove(decoding: bytes))
        case SetOperatorLayout.templateID: self = .setOperator(try OperatorDefinition(decoding: bytes))
        case ApproveLayout.templateID: self = .approve(try Approval(decoding: bytes))
        case TransferLayout.templateID: self = .transfer(try Transfer(decoding: bytes))
        case BlockLayout.templateID: self = .block(try Block(decoding: bytes))
        case ClosePeriodLayout.templateID: self = .closePeriod(try PeriodClose(decoding: bytes))
        case MergeLayout.templateID: self = .merge(try Merge(decoding: bytes))
        case SplitLayout.templateID: self = .split(try Split(decoding: bytes))
        case KeepDocumentLayout.templateID: self = .keepDocument(try DocumentPart(decoding: bytes))
        case SetPromotionsLayout.templateID: self = .setPromotions(try PromotionsChange(decoding: bytes))
        default: throw CodecError(.unexpectedTemplate(template), at: 2)
        }
    }
}

extension Message {
    /// Checks that the strings read so far are the whole text.
    func checkText(readTo cursor: Int) throws(CodecError) {
        guard cursor == textLength else {
            throw CodecError(.textLengthMismatch(needed: cursor, found: textLength), at: textOffset)
        }
    }
}

extension Message {
    /// An enumerated value of the block.
    ///
    /// - Throws: ``CodecError`` at the field when the schema does not have the value.
    func value<Value: RawRepresentable>(_ field: Int, _ name: String) throws(CodecError) -> Value
    where Value.RawValue == UInt8 {
        guard let value = Value(rawValue: u8(field)) else {
            throw CodecError(.valueUnknown(field: name, value: Int64(u8(field))), at: messageHeaderLength + field)
        }
        return value
    }

    /// A rate of the block.
    ///
    /// - Throws: ``CodecError`` at the denominator when it is 0.
    func rate(_ numerator: Int, _ denominator: Int, _ name: String) throws(CodecError) -> Rate {
        guard u32(denominator) != 0 else {
            throw CodecError(.valueUnknown(field: name, value: 0), at: messageHeaderLength + denominator)
        }
        return Rate(numerator: u32(numerator), denominator: u32(denominator))
    }
}

extension BusinessDefinition {
    init(decoding bytes: RawSpan) throws(CodecError) {
        typealias Layout = DefineBusinessLayout
        let message = try Message(bytes, shape: Layout.shape)
        var cursor = 0
        let currencyAt = messageHeaderLength + Layout.currency
        self.init(
            id: message.string(&cursor, Int(message.u8(Layout.idLength))),
            name: message.string(&cursor, Int(message.u8(Layout.nameLength))),
            currency: String(utf8Of: bytes.extracting(currencyAt..<(currencyAt + 3))),
            scale: message.u8(Layout.scale))
        try message.checkText(readTo: cursor)
    }
}

extension StoreDefinition {
    init(decoding bytes: RawSpan) throws(CodecError) {
        typealias Layout = DefineStoreLayout
        let message = try Message(bytes, shape: Layout.shape)
        var cursor = 0
        self.init(
            id: message.string(&cursor, Int(message.u8(Layout.idLength))),
            business: message.string(&cursor, Int(message.u8(Layout.businessLength))),
            name: message.string(&cursor, Int(message.u8(Layout.nameLength))),
            zone: message.string(&cursor, Int(message.u8(Layout.zoneLength))))
        try message.checkText(readTo: cursor)
    }
}

extension WalletDefinition {
    init(decoding bytes: RawSpan) throws(CodecError) {
        typealias Layout = DefineWalletLayout
        let message = try Message(bytes, shape: Layout.shape)
        var cursor = 0
        self.init(
            id: message.string(&cursor, Int(message.u8(Layout.idLength))),
            name: message.string(&cursor, Int(message.u8(Layout.nameLength))), scale: message.u8(Layout.scale))
        try message.checkText(readTo: cursor)
    }
}

extension AccrualDefinition {
    init(decoding bytes: RawSpan) throws(CodecError) {
        typealias Layout = DefineAccrualLayout
        let message = try Message(bytes, shape: Layout.shape)
        var cursor = 0
        let id = message.string(&cursor, Int(message.u8(Layout.idLength)))
        let wallet = message.string(&cursor, Int(message.u8(Layout.walletLength)))
        let business = message.string(&cursor, Int(message.u8(Layout.businessLength)))
        self.init(
            id: id, wallet: wallet, business: business,
            effectiveFrom: Instant(microseconds: message.i64(Layout.effectiveFrom)),
            rate: try message.rate(Layout.numerator, Layout.denominator, "denominator"),
            rounding: try message.value(Layout.rounding, "rounding"))
        try message.checkText(readTo: cursor)
    }
}

extension Registration {
    init(decoding bytes: RawSpan) throws(CodecError) {
        typealias Layout = RegisterMemberLayout
        let message = try Message(bytes, shape: Layout.shape)
        var cursor = 0
        self.init(
            externalID: message.string(&cursor, Int(message.u8(Layout.externalLength))),
            phone: message.string(&cursor, Int(message.u8(Layout.phoneLength))),
            card: message.string(&cursor, Int(message.u8(Layout.cardLength))))
        try message.checkText(readTo: cursor)
    }
}

extension IdentifierLink {
    init(decoding bytes: RawSpan) throws(CodecError) {
        typealias Layout = LinkIdentifierLayout
        let message = try Message(bytes, shape: Layout.shape)
        var cursor = 0
        let key = message.string(&cursor, Int(message.u8(Layout.memberKeyLength)))
        self.init(
            member: try MemberReference(
                kind: message.u8(Layout.memberKind), number: message.u32(Layout.member), key: key),
            phone: message.string(&cursor, Int(message.u8(Layout.phoneLength))),
            card: message.string(&cursor, Int(message.u8(Layout.cardLength))))
        try message.checkText(readTo: cursor)
    }
}

extension Instant {
    init(decodingClock bytes: RawSpan) throws(CodecError) {
        self.init(microseconds: try Message(bytes, shape: AdvanceClockLayout.shape).i64(AdvanceClockLayout.to))
    }
}
