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
        case PurchaseLayout.templateID: self = .purchase(try Receipt(decoding: bytes))
        case ReturnLayout.templateID: self = .return(try ReturnSlip(decoding: bytes))
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
        guard let rounding = Rounding(rawValue: message.u8(Layout.rounding)) else {
            throw CodecError(.valueUnknown(field: "rounding", value: Int64(message.u8(Layout.rounding))))
        }
        guard message.u32(Layout.denominator) != 0 else {
            throw CodecError(.valueUnknown(field: "denominator", value: 0))
        }
        var cursor = 0
        let id = message.string(&cursor, Int(message.u8(Layout.idLength)))
        let wallet = message.string(&cursor, Int(message.u8(Layout.walletLength)))
        let business = message.string(&cursor, Int(message.u8(Layout.businessLength)))
        self.init(
            id: id, wallet: wallet, business: business,
            effectiveFrom: Instant(microseconds: message.i64(Layout.effectiveFrom)),
            rate: Rate(numerator: message.u32(Layout.numerator), denominator: message.u32(Layout.denominator)),
            rounding: rounding)
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

extension Receipt {
    init(decoding bytes: RawSpan) throws(CodecError) {
        typealias Layout = PurchaseLayout
        let message = try Message(bytes, shape: Layout.shape)
        var cursor = 0
        let store = message.string(&cursor, Int(message.u8(Layout.storeLength)))
        let key = message.string(&cursor, Int(message.u8(Layout.memberKeyLength)))
        let number = message.string(&cursor, Int(message.u8(Layout.receiptLength)))
        var lines: [ReceiptLine] = []
        lines.reserveCapacity(message.firstGroup.count)
        for index in 0..<message.firstGroup.count {
            let entry = message.firstGroup.offset + index * message.firstGroup.stride
            lines.append(
                ReceiptLine(
                    sku: message.string(&cursor, Int(bytes.u8(at: entry + Layout.Lines.skuLength))),
                    category: message.string(&cursor, Int(bytes.u8(at: entry + Layout.Lines.categoryLength))),
                    quantity: Quantity(thousandths: bytes.i64(at: entry + Layout.Lines.quantity)),
                    total: Money(minor: bytes.i64(at: entry + Layout.Lines.total))))
        }
        try message.checkText(readTo: cursor)
        self.init(
            store: store,
            member: try MemberReference(
                kind: message.u8(Layout.memberKind), number: message.u32(Layout.member), key: key),
            number: number, occurredAt: Instant(microseconds: message.i64(Layout.occurredAt)),
            utcOffsetMinutes: message.i16(Layout.utcOffsetMinutes),
            channel: try Channel(decoding: message.u8(Layout.channel)),
            total: Money(minor: message.i64(Layout.total)), lines: lines)
    }
}

extension ReturnSlip {
    init(decoding bytes: RawSpan) throws(CodecError) {
        typealias Layout = ReturnLayout
        let message = try Message(bytes, shape: Layout.shape)
        var cursor = 0
        let store = message.string(&cursor, Int(message.u8(Layout.storeLength)))
        let key = message.string(&cursor, Int(message.u8(Layout.memberKeyLength)))
        let purchaseReceipt = message.string(&cursor, Int(message.u8(Layout.purchaseReceiptLength)))
        let number = message.string(&cursor, Int(message.u8(Layout.receiptLength)))
        var lines: [ReturnLine] = []
        lines.reserveCapacity(message.firstGroup.count)
        for index in 0..<message.firstGroup.count {
            let entry = message.firstGroup.offset + index * message.firstGroup.stride
            lines.append(
                ReturnLine(
                    purchaseLine: bytes.u16(at: entry + Layout.Lines.purchaseLine),
                    sku: message.string(&cursor, Int(bytes.u8(at: entry + Layout.Lines.skuLength))),
                    category: message.string(&cursor, Int(bytes.u8(at: entry + Layout.Lines.categoryLength))),
                    quantity: Quantity(thousandths: bytes.i64(at: entry + Layout.Lines.quantity)),
                    total: Money(minor: bytes.i64(at: entry + Layout.Lines.total))))
        }
        try message.checkText(readTo: cursor)
        self.init(
            store: store,
            member: try MemberReference(
                kind: message.u8(Layout.memberKind), number: message.u32(Layout.member), key: key),
            number: number, occurredAt: Instant(microseconds: message.i64(Layout.occurredAt)),
            utcOffsetMinutes: message.i16(Layout.utcOffsetMinutes),
            channel: try Channel(decoding: message.u8(Layout.channel)),
            total: Money(minor: message.i64(Layout.total)),
            purchase: PurchaseReference(
                sequence: message.u64(Layout.purchaseSequence), source: message.u32(Layout.purchaseSource),
                number: message.u64(Layout.purchaseNumber), receipt: purchaseReceipt),
            lines: lines)
    }
}

extension Channel {
    init(decoding value: UInt8) throws(CodecError) {
        guard let channel = Channel(rawValue: value) else {
            throw CodecError(.valueUnknown(field: "channel", value: Int64(value)))
        }
        self = channel
    }
}
