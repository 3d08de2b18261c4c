import TallyBytes
import TallyModel

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

extension HoldReference {
    /// How the schema writes a reference; all zero for none.
    var parts: Parts {
        switch self {
        case .sequence(let sequence): Parts(sequence: sequence.rawValue)
        case .event(let source, let number): Parts(source: source.rawValue, number: number)
        }
    }

    /// The fields of a reference.
    struct Parts {
        var sequence: UInt64 = 0
        var source: UInt32 = 0
        var number: UInt64 = 0

        /// True when they name no hold: the ledger goes by sequence and number, in this order.
        var isNone: Bool { sequence == 0 && number == 0 }
    }

    /// The reference that the schema's parts stand for: the first that is not zero; nil for none.
    init?(sequence: UInt64, source: UInt32, number: UInt64) {
        if sequence != 0 {
            self = .sequence(LogSequence(sequence))
        } else if number != 0 {
            self = .event(source: SourceNumber(source), number: number)
        } else {
            return nil
        }
    }
}

extension ByteWriter {
    /// Appends a reference to a hold, zeros for none.
    ///
    /// - Throws: ``TallyModel/Rejection/holdUnknown`` for a reference that names nothing and would read as none.
    mutating func append(hold: HoldReference?) throws(Rejection) {
        let parts = hold?.parts ?? HoldReference.Parts()
        guard hold == nil || !parts.isNone else { throw .holdUnknown }
        append(u64: parts.sequence)
        append(u64: parts.number)
        append(u32: parts.source)
    }
}
