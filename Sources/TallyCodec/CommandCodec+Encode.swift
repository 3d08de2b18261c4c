public import TallyBytes
public import TallyModel

extension Rejection: Error {}

extension Command {
    /// Writes the command as one message.
    ///
    /// - Throws: ``TallyModel/Rejection/textMalformed`` for a string that is too long for the schema,
    ///   ``TallyModel/Rejection/linesTooMany`` for a receipt beyond the limit, ``TallyModel/Rejection/commandTooLong`` when
    ///   the whole is too long, ``TallyModel/Rejection/purchaseUnknown`` for a reference that names no purchase and would read
    ///   as a blind return. The writer may then hold a part of the message; the caller cuts it off.
    public func encode(into writer: inout ByteWriter) throws(Rejection) {
        let start = writer.count
        switch self {
        case .defineBusiness(let definition): try encode(definition, into: &writer)
        case .defineStore(let definition): try encode(definition, into: &writer)
        case .defineWallet(let definition): try encode(definition, into: &writer)
        case .defineAccrual(let definition): try encode(definition, into: &writer)
        case .registerMember(let registration): try encode(registration, into: &writer)
        case .linkIdentifier(let link): try encode(link, into: &writer)
        case .purchase(let receipt): try encode(receipt, into: &writer)
        case .return(let slip): try encode(slip, into: &writer)
        }
        guard writer.count - start <= Limits.commandBytesMax else { throw .commandTooLong }
    }

    private func encode(_ definition: BusinessDefinition, into writer: inout ByteWriter) throws(Rejection) {
        guard definition.currency.utf8.count == 3 else { throw .currencyMalformed }
        try check([definition.id, definition.name])
        writer.append(header: DefineBusinessLayout.shape)
        writer.append(text: definition.currency)
        writer.append(u8: definition.scale)
        writer.append(lengthOf: definition.id)
        writer.append(lengthOf: definition.name)
        writer.append(texts: [definition.id, definition.name])
    }

    private func encode(_ definition: StoreDefinition, into writer: inout ByteWriter) throws(Rejection) {
        let texts = [definition.id, definition.business, definition.name, definition.zone]
        try check(texts)
        writer.append(header: DefineStoreLayout.shape)
        for text in texts { writer.append(lengthOf: text) }
        writer.append(texts: texts)
    }

    private func encode(_ definition: WalletDefinition, into writer: inout ByteWriter) throws(Rejection) {
        try check([definition.id, definition.name])
        writer.append(header: DefineWalletLayout.shape)
        writer.append(u8: definition.scale)
        writer.append(lengthOf: definition.id)
        writer.append(lengthOf: definition.name)
        writer.append(texts: [definition.id, definition.name])
    }

    private func encode(_ definition: AccrualDefinition, into writer: inout ByteWriter) throws(Rejection) {
        let texts = [definition.id, definition.wallet, definition.business]
        try check(texts)
        writer.append(header: DefineAccrualLayout.shape)
        writer.append(i64: definition.effectiveFrom.microseconds)
        writer.append(u32: definition.rate.numerator)
        writer.append(u32: definition.rate.denominator)
        writer.append(u8: definition.rounding.rawValue)
        for text in texts { writer.append(lengthOf: text) }
        writer.append(texts: texts)
    }

    private func encode(_ registration: Registration, into writer: inout ByteWriter) throws(Rejection) {
        let texts = [registration.externalID, registration.phone, registration.card]
        try check(texts)
        writer.append(header: RegisterMemberLayout.shape)
        for text in texts { writer.append(lengthOf: text) }
        writer.append(texts: texts)
    }

    private func encode(_ link: IdentifierLink, into writer: inout ByteWriter) throws(Rejection) {
        let member = link.member.parts
        try check([member.key, link.phone, link.card])
        writer.append(header: LinkIdentifierLayout.shape)
        writer.append(u32: member.number)
        writer.append(u8: member.kind)
        writer.append(lengthOf: member.key)
        writer.append(lengthOf: link.phone)
        writer.append(lengthOf: link.card)
        writer.append(texts: [member.key, link.phone, link.card])
    }

    private func encode(_ receipt: Receipt, into writer: inout ByteWriter) throws(Rejection) {
        guard receipt.lines.count <= Limits.linesMax else { throw .linesTooMany }
        let member = receipt.member.parts
        try check([receipt.store, member.key, receipt.number])
        writer.append(header: PurchaseLayout.shape)
        writer.append(i64: receipt.occurredAt.microseconds)
        writer.append(i64: receipt.total.minor)
        writer.append(u32: member.number)
        writer.append(i16: receipt.utcOffsetMinutes)
        writer.append(u8: member.kind)
        writer.append(u8: receipt.channel.rawValue)
        writer.append(lengthOf: receipt.store)
        writer.append(lengthOf: member.key)
        writer.append(lengthOf: receipt.number)
        writer.append(groupOf: receipt.lines.count, entryLength: PurchaseLayout.Lines.entryLength)
        var textBytes = receipt.store.utf8.count + member.key.utf8.count + receipt.number.utf8.count
        for line in receipt.lines {
            try check([line.sku, line.category])
            writer.append(i64: line.quantity.thousandths)
            writer.append(i64: line.total.minor)
            writer.append(lengthOf: line.sku)
            writer.append(lengthOf: line.category)
            textBytes += line.sku.utf8.count + line.category.utf8.count
        }
        guard textBytes <= Limits.commandBytesMax else { throw .commandTooLong }
        writer.append(u16: UInt16(textBytes))
        writer.append(text: receipt.store)
        writer.append(text: member.key)
        writer.append(text: receipt.number)
        for line in receipt.lines {
            writer.append(text: line.sku)
            writer.append(text: line.category)
        }
    }

    private func encode(_ slip: ReturnSlip, into writer: inout ByteWriter) throws(Rejection) {
        guard slip.lines.count <= Limits.linesMax else { throw .linesTooMany }
        let member = slip.member.parts
        let purchase = slip.purchase.parts
        guard slip.purchase == .blind || !purchase.isBlind else { throw .purchaseUnknown }
        try check([slip.store, member.key, purchase.receipt, slip.number])
        writer.append(header: ReturnLayout.shape)
        writer.append(i64: slip.occurredAt.microseconds)
        writer.append(i64: slip.total.minor)
        writer.append(u64: purchase.sequence)
        writer.append(u64: purchase.number)
        writer.append(u32: purchase.source)
        writer.append(u32: member.number)
        writer.append(i16: slip.utcOffsetMinutes)
        writer.append(u8: member.kind)
        writer.append(u8: slip.channel.rawValue)
        writer.append(lengthOf: slip.store)
        writer.append(lengthOf: member.key)
        writer.append(lengthOf: purchase.receipt)
        writer.append(lengthOf: slip.number)
        writer.append(groupOf: slip.lines.count, entryLength: ReturnLayout.Lines.entryLength)
        var textBytes = [slip.store, member.key, purchase.receipt, slip.number].reduce(0) { $0 + $1.utf8.count }
        for line in slip.lines {
            try check([line.sku, line.category])
            writer.append(i64: line.quantity.thousandths)
            writer.append(i64: line.total.minor)
            writer.append(lengthOf: line.sku)
            writer.append(lengthOf: line.category)
            writer.append(u16: line.purchaseLine)
            textBytes += line.sku.utf8.count + line.category.utf8.count
        }
        guard textBytes <= Limits.commandBytesMax else { throw .commandTooLong }
        writer.append(u16: UInt16(textBytes))
        for text in [slip.store, member.key, purchase.receipt, slip.number] { writer.append(text: text) }
        for line in slip.lines {
            writer.append(text: line.sku)
            writer.append(text: line.category)
        }
    }

    /// The schema gives a string one byte of length; whether it is an identifier is the ledger's to judge.
    private func check(_ texts: [String]) throws(Rejection) {
        for text in texts where text.utf8.count > Int(UInt8.max) { throw .textMalformed }
    }
}

extension MemberReference {
    /// How the schema writes a reference: kind, number, key.
    var parts: (kind: UInt8, number: UInt32, key: String) {
        switch self {
        case .anonymous: (0, 0, "")
        case .number(let number): (1, number.rawValue, "")
        case .phone(let phone): (2, 0, phone)
        case .card(let card): (3, 0, card)
        case .external(let id): (4, 0, id)
        }
    }

    /// The reference that the schema's parts stand for.
    ///
    /// - Throws: ``CodecError`` when the kind is not in the schema.
    init(kind: UInt8, number: UInt32, key: String) throws(CodecError) {
        switch kind {
        case 0: self = .anonymous
        case 1: self = .number(MemberNumber(number))
        case 2: self = .phone(key)
        case 3: self = .card(key)
        case 4: self = .external(key)
        default: throw CodecError(.valueUnknown(field: "memberKind", value: Int64(kind)))
        }
    }
}

extension PurchaseReference {
    /// How the schema writes a reference; all empty for a blind return.
    var parts: Parts {
        switch self {
        case .blind: Parts()
        case .sequence(let sequence): Parts(sequence: sequence.rawValue)
        case .event(let source, let number): Parts(source: source.rawValue, number: number)
        case .receipt(let receipt): Parts(receipt: receipt)
        }
    }

    /// The fields of a reference.
    struct Parts {
        var sequence: UInt64 = 0
        var source: UInt32 = 0
        var number: UInt64 = 0
        var receipt = ""

        /// True when they name no purchase: the ledger goes by sequence, number and receipt, in this order.
        var isBlind: Bool { sequence == 0 && number == 0 && receipt.isEmpty }
    }

    /// The reference that the schema's parts stand for: the first that is not empty.
    init(sequence: UInt64, source: UInt32, number: UInt64, receipt: String) {
        if sequence != 0 {
            self = .sequence(LogSequence(sequence))
        } else if number != 0 {
            self = .event(source: SourceNumber(source), number: number)
        } else if !receipt.isEmpty {
            self = .receipt(receipt)
        } else {
            self = .blind
        }
    }
}
