import TallyBytes
import TallyCodec
public import TallyModel
public import TallyProjections
import TallyTables

extension Decider {
    /// The member whom a command names; none for an anonymous receipt.
    ///
    /// - Parameters:
    ///   - kind: The schema's member kind: 0 nobody, 1 number, 2 phone, 3 card, 4 external id.
    ///   - number: The ledger's number, for that kind.
    ///   - memberKey: Phone, card or external id, for those kinds.
    ///   - state: What is known before the command.
    /// - Returns: The member who stands for whoever is named; `.none` for an anonymous receipt.
    /// - Throws: ``Refused`` for a phone that is none, and when nobody is known by what the command names.
    func member(
        kind: UInt8, number: UInt32, memberKey: RawSpan, state: borrowing ProgrammeState
    ) throws(Refused) -> MemberNumber {
        state.standing(for: try owner(kind: kind, number: number, memberKey: memberKey, state: state))
    }

    /// The member whose name a command gives, whoever stands for that one now; parameters and errors are those of `member`.
    func owner(
        kind: UInt8, number: UInt32, memberKey: RawSpan, state: borrowing ProgrammeState
    ) throws(Refused) -> MemberNumber {
        let found: MemberNumber?
        switch kind {
        case 0: return .none
        case 1: found = state.hasMember(MemberNumber(number)) ? MemberNumber(number) : nil
        case 2:
            guard let phone = PhoneNumber(memberKey) else { throw Refused(.phoneMalformed) }
            found = state.owner(identifier: key.hash(phone), kind: 2)
        case 3: found = state.owner(identifier: key.hash(card: memberKey), kind: 3)
        case 4: found = state.owner(externalID: memberKey)
        default: found = nil
        }
        guard let found else { throw Refused(.memberUnknown) }
        return found
    }

    /// Registers a member.
    func decideRegistration(
        _ command: RawSpan, _ envelope: RecordEnvelope, state: borrowing ProgrammeState, into records: inout ByteWriter
    ) throws(Refused) -> Outcome {
        typealias Layout = RegisterMemberLayout
        let message = try message(command, Layout.shape)
        var cursor = TextCursor(message)
        let external = try cursor.optionalIdentifier(message.u8(Layout.externalLength), of: message)
        let phoneText = try cursor.name(message.u8(Layout.phoneLength), of: message)
        let cardText = try cursor.optionalIdentifier(message.u8(Layout.cardLength), of: message)
        try cursor.finish(message)
        let phone = try phoneHash(phoneText)
        let card = cardText.byteCount == 0 ? nil : key.hash(card: cardText)
        if external.byteCount > 0, state.member(externalID: external) != nil { throw Refused(.identifierTaken) }
        try checkFree(phone, card, of: .none, state: state)
        guard external.byteCount > 0 || phone != nil || card != nil else { throw Refused(.identifierMissing) }
        guard state.members.count < Int(UInt32.max) - 1, state.texts.hasRoom(for: external.byteCount) else {
            throw Refused(.capacityReached)
        }
        let member = UInt32(state.members.count + 1)
        var envelope = envelope
        envelope.member = member
        records.append(header: MemberRegisteredLayout.shape)
        records.append(envelope: envelope)
        records.append(identifier: phone)
        records.append(identifier: card)
        records.append(u8: UInt8(external.byteCount))
        records.append(u16: UInt16(external.byteCount))
        records.append(bytes: external)
        return Outcome(status: .recorded, member: member)
    }

    /// Gives a member another phone or card.
    func decideLink(
        _ command: RawSpan, _ envelope: RecordEnvelope, state: borrowing ProgrammeState, into records: inout ByteWriter
    ) throws(Refused) -> Outcome {
        typealias Layout = LinkIdentifierLayout
        let message = try message(command, Layout.shape)
        var cursor = TextCursor(message)
        let memberKey = try cursor.name(message.u8(Layout.memberKeyLength), of: message)
        let phoneText = try cursor.name(message.u8(Layout.phoneLength), of: message)
        let cardText = try cursor.optionalIdentifier(message.u8(Layout.cardLength), of: message)
        try cursor.finish(message)
        let member = try member(
            kind: message.u8(Layout.memberKind), number: message.u32(Layout.member), memberKey: memberKey, state: state)
        guard member != .none else { throw Refused(.memberUnknown) }
        let phone = try phoneHash(phoneText)
        let card = cardText.byteCount == 0 ? nil : key.hash(card: cardText)
        try checkFree(phone, card, of: member, state: state)
        guard phone != nil || card != nil else { throw Refused(.identifierMissing) }
        var envelope = envelope
        envelope.member = member.rawValue
        envelope.previousOfMember = state.members[Int(member.rawValue) - 1].lastSequence
        // What the member has already is not linked a second time; the record says that it was asked for.
        let isNewPhone = phone.map { state.member(identifier: $0, kind: 2) == nil } ?? false
        let isNewCard = card.map { state.member(identifier: $0, kind: 3) == nil } ?? false
        records.append(header: IdentifierLinkedLayout.shape)
        records.append(envelope: envelope)
        records.append(identifier: isNewPhone ? phone : nil)
        records.append(identifier: isNewCard ? card : nil)
        return Outcome(status: .recorded, member: member.rawValue)
    }

    private func phoneHash(_ text: RawSpan) throws(Refused) -> KeyedHash? {
        guard text.byteCount > 0 else { return nil }
        guard let phone = PhoneNumber(text) else { throw Refused(.phoneMalformed) }
        return key.hash(phone)
    }

    /// Checks that a phone and a card belong to nobody but `member`.
    private func checkFree(
        _ phone: KeyedHash?, _ card: KeyedHash?, of member: MemberNumber, state: borrowing ProgrammeState
    ) throws(Refused) {
        if let phone, let owner = state.member(identifier: phone, kind: 2), owner != member {
            throw Refused(.identifierTaken)
        }
        if let card, let owner = state.member(identifier: card, kind: 3), owner != member {
            throw Refused(.identifierTaken)
        }
    }
}

extension ByteWriter {
    /// Appends a keyed hash, upper half first; zero for none.
    mutating func append(identifier: KeyedHash?) {
        append(u64: identifier?.high ?? 0)
        append(u64: identifier?.low ?? 0)
    }
}

extension Decider {
    /// The member who stands for whomever a question names.
    ///
    /// - Returns: nil when there is none, or the phone is malformed.
    public func member(_ reference: MemberReference, state: borrowing ProgrammeState) -> MemberNumber? {
        owner(reference, state: state).map { state.standing(for: $0) }
    }

    /// The member whose name a question gives, whoever stands for that one now: questions about earlier times need it.
    ///
    /// - Returns: nil when there is none, or the phone is malformed.
    public func owner(_ reference: MemberReference, state: borrowing ProgrammeState) -> MemberNumber? {
        switch reference {
        case .anonymous: return nil
        case .number(let number): return state.hasMember(number) ? number : nil
        case .external(let id):
            return unsafe state.owner(externalID: Array(id.utf8).span.bytes)
        case .card(let card):
            return unsafe state.owner(identifier: key.hash(card: Array(card.utf8).span.bytes), kind: 3)
        case .phone(let text):
            guard let phone = unsafe PhoneNumber(Array(text.utf8).span.bytes) else { return nil }
            return state.owner(identifier: key.hash(phone), kind: 2)
        }
    }
}
