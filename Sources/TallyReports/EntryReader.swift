import TallyBytes
import TallyCodec
import TallyModel
import TallyProjections
import TallyTables

/// Turns records into entries.
///
/// The records alone would do, but for three things that they leave to the state before them: which lots a hold has,
/// which rule gave the points of a second wallet, and whose a store is.
struct EntryReader {
    /// Where every lot comes from, also those that are used up: spent points may come back to them.
    private(set) var lots: [UInt64: LotOriginFacts] = [:]
    /// What members owe each business, below zero what is owed; sums of zero are left out.
    ///
    /// The state knows how much a member owes, but not to whom.
    private var debts: [DebtKey: [UInt16: Int64]] = [:]
    /// Points that promotions gave by the record at hand, by wallet.
    private(set) var promoted: [UInt16: Int64] = [:]

    /// Reads the next record.
    ///
    /// - Parameters:
    ///   - record: The record.
    ///   - sequence: Its place.
    ///   - state: What is known before it.
    /// - Returns: Its entries; none for a record that moves no points and is no receipt.
    /// - Throws: `CodecError` for bytes that are not a record.
    mutating func entries(
        of record: RawSpan, _ sequence: UInt64, _ state: borrowing ProgrammeState
    ) throws(CodecError) -> [BookEntry] {
        var found = try read(record, sequence, state)
        for entry in found { noteDebts(of: entry) }
        // Closed months stay as they are: what comes in late counts for the first day that is open.
        if let closed = state.closedThrough {
            for index in found.indices where found[index].day <= closed {
                found[index].day = CivilDay(days: closed.days + 1)
            }
        }
        return found
    }

    /// What a member owes each business in a wallet, in the order of the businesses.
    func debts(of member: UInt32, _ wallet: UInt16) -> [(business: UInt16, amount: Int64)] {
        (debts[DebtKey(member: member, wallet: wallet)] ?? [:]).sorted { $0.key < $1.key }
            .map { (business: $0.key, amount: $0.value) }
    }

    private mutating func noteDebts(of entry: BookEntry) {
        for change in entry.changes where change.lot == nil && change.purpose == .debt {
            let key = DebtKey(member: entry.member, wallet: change.wallet)
            let sum = debts[key, default: [:]][change.business, default: 0] + change.amount
            debts[key, default: [:]][change.business] = sum == 0 ? nil : sum
            if debts[key]?.isEmpty ?? false { debts[key] = nil }
        }
    }

    private mutating func read(
        _ record: RawSpan, _ sequence: UInt64, _ state: borrowing ProgrammeState
    ) throws(CodecError) -> [BookEntry] {
        switch try Message.templateID(of: record) {
        case PurchaseRecordedLayout.templateID: return [try purchase(record, sequence, state)]
        case ReturnRecordedLayout.templateID: return [try comesBack(record, sequence, state)]
        case ExchangeRecordedLayout.templateID: return try exchange(record, sequence, state)
        case AdjustedLayout.templateID: return [try adjustment(record, sequence)]
        case TransferredLayout.templateID: return try transfer(record, sequence)
        case MembersMergedLayout.templateID: return try merge(record, sequence, state)
        case MembersSplitLayout.templateID: return try split(record, sequence, state)
        case HoldPlacedLayout.templateID: return [try hold(record, sequence)]
        case HoldReleasedLayout.templateID: return [try release(record, sequence, state)]
        case ClockAdvancedLayout.templateID: return try clock(record, sequence, state)
        case InstrumentsIssuedLayout.templateID, InstrumentMovedLayout.templateID, InstrumentsExpiredLayout.templateID:
            return [try instrument(record, sequence, state)]
        case CodedReceiptRecordedLayout.templateID: return try codedReceipt(record, sequence, state)
        case PromotedReceiptRecordedLayout.templateID:
            let receipt = try PromotedReceipt(record).receipt
            guard try Message.templateID(of: receipt) != PromotedReceiptRecordedLayout.templateID else {
                throw CodecError(.unexpectedTemplate(PromotedReceiptRecordedLayout.templateID), at: 2)
            }
            promoted = try EntryReader.gifts(of: record)
            defer { promoted = [:] }
            return try read(receipt, sequence, state)
        default: return []
        }
    }

    /// Points that promotions gave by a receipt, by wallet.
    private static func gifts(of record: RawSpan) throws(CodecError) -> [UInt16: Int64] {
        var gifts: [UInt16: Int64] = [:]
        for award in try PromotedReceipt(record).account().awards where !award.isWithheld {
            guard let wallet = award.wallet else { continue }
            gifts[wallet.rawValue, default: 0] += award.points
        }
        return gifts
    }

    /// A receipt and, behind it, what it did to codes.
    private mutating func codedReceipt(
        _ record: RawSpan, _ sequence: UInt64, _ state: borrowing ProgrammeState
    ) throws(CodecError) -> [BookEntry] {
        let coded = try CodedReceipt(record)
        guard try Message.templateID(of: coded.receipt) != CodedReceiptRecordedLayout.templateID else {
            throw CodecError(.unexpectedTemplate(CodedReceiptRecordedLayout.templateID), at: 2)
        }
        var entries = try read(coded.receipt, sequence, state)
        let halves = (slip: entries.first?.receipt ?? "", receipt: entries.last?.receipt ?? "")
        for index in 0..<coded.stepCount {
            var entry = try instrument(coded.step(at: index), sequence, state)
            entry.part = entries.count
            entry.receipt = entry.steps.first?.kind == .restore ? halves.slip : halves.receipt
            entries.append(entry)
        }
        return entries
    }

    private mutating func exchange(
        _ record: RawSpan, _ sequence: UInt64, _ state: borrowing ProgrammeState
    ) throws(CodecError) -> [BookEntry] {
        let message = try Message(record, shape: ExchangeRecordedLayout.shape)
        let halves = try ExchangeHalves(message)
        var back = try comesBack(halves.slip, sequence, state)
        var bought = try purchase(halves.receipt, sequence, state)
        // The exchange's envelope is that of both halves.
        (back.member, bought.member) = (message.envelope.member, message.envelope.member)
        bought.part = 1
        return [back, bought]
    }

    // MARK: Lots

    /// Where a lot comes from; a lot that no record has made is damage, but not one that a report has to find.
    func origin(of lot: LotID, wallet: UInt16) -> LotOriginFacts {
        lots[lot.rawValue]
            ?? LotOriginFacts(
                madeOn: CivilDay(days: 0), filledOn: CivilDay(days: 0), utcOffsetMinutes: 0, business: 0, store: 0,
                rule: 0, kind: .purchase, beginsAt: 0, endsAt: 0, isPending: false)
    }

    /// Notes a lot that an entry makes.
    mutating func make(_ lot: LotID, _ origin: LotOriginFacts) { lots[lot.rawValue] = origin }

    /// Notes that points came to a lot.
    mutating func fill(_ lot: LotID, on day: CivilDay) {
        guard let filled = lots[lot.rawValue]?.filledOn, filled < day else { return }
        lots[lot.rawValue]?.filledOn = day
    }

    /// Notes that a lot has begun.
    mutating func begin(_ lot: LotID) { lots[lot.rawValue]?.isPending = false }

    /// Notes a lot's new end.
    mutating func slide(_ lot: LotID, to second: UInt32) { lots[lot.rawValue]?.endsAt = second }
}

/// The two records of an exchange.
struct ExchangeHalves: ~Escapable {
    let slip: RawSpan
    let receipt: RawSpan

    /// Cuts the text of an exchange.
    ///
    /// - Throws: `CodecError` when the text is shorter than the record says.
    @_lifetime(copy message)
    init(_ message: Message) throws(CodecError) {
        let length = Int(message.u16(ExchangeRecordedLayout.returnLength))
        guard let slip = message.text(at: 0, count: length),
            let receipt = message.text(at: length, count: message.textLength - length)
        else {
            throw CodecError(
                .textLengthMismatch(needed: length, found: message.textLength), at: message.textOffset)
        }
        self.slip = slip
        self.receipt = receipt
    }
}

extension LotOriginFacts {
    /// The facts of a lot that an entry makes.
    init(
        madeBy entry: BookEntry, business: UInt16, rule: UInt16 = 0, beginsAt: UInt32, endsAt: UInt32,
        isPending: Bool
    ) {
        self.init(
            madeOn: entry.day, filledOn: entry.day, utcOffsetMinutes: entry.utcOffsetMinutes, business: business,
            store: entry.store, rule: rule, kind: entry.kind, beginsAt: beginsAt, endsAt: endsAt,
            isPending: isPending)
    }
}
