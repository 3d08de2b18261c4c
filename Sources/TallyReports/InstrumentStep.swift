import TallyBytes
import TallyCodec
import TallyModel
import TallyProjections
import TallyTables

/// What an entry does to copies of an instrument.
public struct InstrumentStep: Sendable, Hashable {
    /// What happens to them.
    public enum Kind: String, Sendable, CaseIterable {
        /// They are brought into being.
        case issue
        /// A use or money is set aside.
        case reserve
        /// A use is made, or money spent.
        case redeem
        /// What was set aside is free again.
        case release
        /// A use or money is given back.
        case restore
        /// Nobody may use the copy any more.
        case cancel
        /// A card is charged.
        case charge
        /// Their time has run out.
        case expire
    }

    /// What happens.
    public var kind: Kind
    /// The number of the instrument.
    public var instrument: UInt32
    /// The serial of the copy, of the first of several; 0 for the code of a generic instrument.
    public var serial: UInt32
    /// How many copies.
    public var count: UInt32 = 1
    /// Minor units: what moves, of all copies together.
    public var amount: Int64
    /// Minor units that nobody can use any more; of a restoration, those that come back as well.
    public var lost: Int64 = 0
    /// The record of the reservation that ends or of the use that comes back; 0 for none.
    public var reference: UInt64 = 0
    /// Where that record has the use among its steps, from 1; 0 when the record is nothing else.
    public var place: UInt32 = 0
}

extension EntryReader {
    /// What happened to coupons, cards and certificates: no lot of a member moves.
    func instrument(
        _ record: RawSpan, _ sequence: UInt64, _ state: borrowing ProgrammeState
    ) throws(CodecError) -> BookEntry {
        switch try Message.templateID(of: record) {
        case InstrumentsIssuedLayout.templateID: try issue(record, sequence)
        case InstrumentMovedLayout.templateID: try step(record, sequence)
        default: try expiry(record, sequence, state)
        }
    }

    private func issue(_ record: RawSpan, _ sequence: UInt64) throws(CodecError) -> BookEntry {
        typealias Layout = InstrumentsIssuedLayout
        let message = try Message(record, shape: Layout.shape)
        var entry = try entry(
            message, sequence, at: message.i64(Layout.occurredAt), message.i16(Layout.utcOffsetMinutes))
        let count = message.u32(Layout.count)
        entry.steps = [
            InstrumentStep(
                kind: .issue, instrument: message.u32(Layout.instrument), serial: message.u32(Layout.firstSerial),
                count: count, amount: message.i64(Layout.faceValue) &* Int64(count))
        ]
        return entry
    }

    private func step(_ record: RawSpan, _ sequence: UInt64) throws(CodecError) -> BookEntry {
        typealias Layout = InstrumentMovedLayout
        let message = try Message(record, shape: Layout.shape)
        var entry = try entry(
            message, sequence, at: message.i64(Layout.occurredAt), message.i16(Layout.utcOffsetMinutes))
        let action = message.u8(Layout.action)
        guard let kind = InstrumentAction(rawValue: action).map(InstrumentStep.Kind.init) else {
            throw CodecError(
                .valueUnknown(field: "action", value: Int64(action)), at: messageHeaderLength + Layout.action)
        }
        entry.store = message.u32(Layout.store)
        var cursor = 0
        entry.receipt = message.string(&cursor, Int(message.u8(Layout.receiptLength)))
        entry.steps = [
            InstrumentStep(
                kind: kind, instrument: message.u32(Layout.instrument), serial: message.u32(Layout.serial),
                amount: message.i64(Layout.amount), lost: message.i64(Layout.lost),
                reference: message.u64(Layout.reference), place: kind == .restore ? message.u32(Layout.endsAt) : 0)
        ]
        return entry
    }

    private func expiry(
        _ record: RawSpan, _ sequence: UInt64, _ state: borrowing ProgrammeState
    ) throws(CodecError) -> BookEntry {
        typealias Layout = InstrumentsExpiredLayout
        let message = try Message(record, shape: Layout.shape)
        var entry = try entry(message, sequence, at: message.envelope.recordedAt, 0)
        for index in 0..<message.firstGroup.count {
            let offset = message.firstGroup.offset + index * message.firstGroup.stride
            let row = Int(message.bytes.u32(at: offset + Layout.Batches.batch)) - 1
            guard row >= 0, row < state.instrumentIssues.count else { continue }
            let issue = state.instrumentIssues[row]
            entry.steps.append(
                InstrumentStep(
                    kind: .expire, instrument: issue.instrument, serial: issue.firstSerial, count: issue.count,
                    amount: message.bytes.i64(at: offset + Layout.Batches.amount)))
        }
        return entry
    }

    private func entry(
        _ message: borrowing Message, _ sequence: UInt64, at moment: Int64, _ offset: Int16
    ) throws(CodecError) -> BookEntry {
        var entry = BookEntry(
            sequence: sequence, kind: .instrument, member: message.envelope.member, moment: moment,
            day: CivilDay(of: Instant(microseconds: moment), utcOffsetMinutes: offset))
        entry.utcOffsetMinutes = offset
        entry.postings = try postings(message, message.postings)
        return entry
    }
}

extension InstrumentStep.Kind {
    /// The kind of a step that a record calls by its action.
    init(_ action: InstrumentAction) {
        switch action {
        case .reserve: self = .reserve
        case .redeem: self = .redeem
        case .release: self = .release
        case .restore: self = .restore
        case .cancel: self = .cancel
        case .charge: self = .charge
        }
    }
}
