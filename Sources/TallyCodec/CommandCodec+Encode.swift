public import TallyBytes
public import TallyModel

extension Rejection: Error {}

extension Command {
    /// Writes the command as one message.
    ///
    /// What the schema cannot carry is refused here as the ledger would refuse it: a string, receipt or command that is
    /// too long, a reference that names nothing and would read as none, a day that would read as another.
    ///
    /// - Throws: The ``TallyModel/Rejection`` that says why. The writer may then hold a part of the message; the caller
    ///   cuts it off.
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
        case .setWalletTerms(let terms): try encode(terms, into: &writer)
        case .setSettlementTerms(let terms): try encode(terms, into: &writer)
        case .placeHold(let request): try encode(request, into: &writer)
        case .releaseHold(let hold): try encode(hold, into: &writer)
        case .voidPurchase(let slip): try encode(slip, into: &writer)
        case .exchange(let exchange): try encode(exchange, into: &writer)
        case .adjust(let adjustment): try encode(adjustment, into: &writer)
        case .advanceClock(let moment): encode(moment, into: &writer)
        case .defineInstrument(let definition): try encode(definition, into: &writer)
        case .issueInstruments(let issue): try encode(issue, into: &writer)
        case .moveInstrument(let move): try encode(move, into: &writer)
        case .setOperator(let definition): try encode(definition, into: &writer)
        case .approve(let approval): try encode(approval, into: &writer)
        case .transfer(let transfer): try encode(transfer, into: &writer)
        case .block(let block): try encode(block, into: &writer)
        case .closePeriod(let close): try encode(close, into: &writer)
        case .merge(let merge): try encode(merge, into: &writer)
        case .split(let split): try encode(split, into: &writer)
        case .keepDocument(let part): try encode(part, into: &writer)
        case .setPromotions(let change): try encode(change, into: &writer)
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

    private func encode(_ moment: Instant, into writer: inout ByteWriter) {
        writer.append(header: AdvanceClockLayout.shape)
        writer.append(i64: moment.microseconds)
    }

    /// The schema gives a string one byte of length; whether it is an identifier is the ledger's to judge.
    func check(_ texts: [String]) throws(Rejection) {
        for text in texts where text.utf8.count > Int(UInt8.max) { throw .textMalformed }
    }
}
