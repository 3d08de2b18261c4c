internal import TallyBytes
internal import TallyCodec
public import TallyLog
internal import TallyModel

/// A history written by hand, record by record, without anything that decides.
///
/// Envelopes, chains, postings and balances are right by themselves; a test that wants a wrong one changes the bytes.
public struct RecordScript: Sendable {
    /// The records from the first one on.
    public fileprivate(set) var records: [[UInt8]] = []
    private var places: [(source: UInt32, number: UInt64)] = []
    private var lastOfMember: [UInt32: UInt64] = [:]
    private var net: [UInt32: Int64] = [:]
    /// What is left in the lots of each member, the oldest first.
    private var lots: [UInt32: [(lot: LotID, left: Int64)]] = [:]

    /// A ledger with one source, one business, two stores, one wallet and a rule of 5 %.
    public init() {
        append(LedgerCreatedLayout.shape, source: 0) {
            $0.append(u64: 1); $0.append(u64: 2)
        }
        append(SourceRecordedLayout.shape, source: 0) {
            $0.append(u32: 1); $0.append(strings: ["till"])
        }
        append(BusinessDefinedLayout.shape) { writer in
            writer.append(u16: 1)
            writer.append(text: "RUB")
            writer.append(u8: 2)
            writer.append(strings: ["toys", "Toys"])
        }
        for store in UInt32(1)...2 {
            append(StoreDefinedLayout.shape) { writer in
                writer.append(u32: store)
                writer.append(u16: 1)
                writer.append(strings: ["s\(store)", "Store \(store)", "UTC"])
            }
        }
        append(WalletDefinedLayout.shape) { writer in
            writer.append(u16: 1)
            writer.append(u8: 2)
            writer.append(strings: ["points", "Points"])
        }
        append(AccrualDefinedLayout.shape) { writer in
            writer.append(i64: Instant.distantPast.microseconds)
            for word in [UInt32(5), 100] { writer.append(u32: word) }
            for number in [UInt16(1), 1, 0] { writer.append(u16: number) }
            writer.append(u8: Rounding.halfEven.rawValue)
            writer.append(strings: ["base"])
        }
    }

    /// The last record.
    public var last: UInt64 { UInt64(records.count) }

    /// Registers the next member.
    ///
    /// - Parameters:
    ///   - externalID: The id under which other systems know the member.
    ///   - phone: Lower half of a phone's hash; 0 for none.
    public mutating func register(_ externalID: String, phone: UInt64 = 0) {
        let member = UInt32(lastOfMember.count + 1)
        append(MemberRegisteredLayout.shape, member: member) { writer in
            for half in [0, phone, 0, 0] { writer.append(u64: half) }
            writer.append(strings: [externalID])
        }
    }

    /// Gives a member another phone.
    public mutating func link(_ member: UInt32, phone: UInt64) {
        append(IdentifierLinkedLayout.shape, member: member) { writer in
            for half in [0, phone, 0, 0] { writer.append(u64: half) }
        }
    }

    /// A refusal of a command.
    public mutating func reject() {
        append(RejectedLayout.shape) { writer in
            writer.append(u16: Rejection.storeUnknown.rawValue)
            writer.append(u16: 0)
            writer.append(u16: PurchaseLayout.templateID)
        }
    }

    /// A purchase.
    ///
    /// - Parameters:
    ///   - member: 0 for nobody.
    ///   - store: Where.
    ///   - day: Its civil day.
    ///   - lines: Thousandths and money of each.
    ///   - points: What it gives.
    public mutating func purchase(
        _ member: UInt32, store: UInt32 = 1, day: Int32 = 19_700, lines: [(thousandths: Int64, minor: Int64)],
        points: Int64 = 0
    ) {
        appendReceipt(PurchaseRecordedLayout.shape, member, store, day, lines.reduce(0) { $0 + $1.minor }, points) {
            writer, lotBytes in
            writer.append(u64: 0)
            writer.append(u32: 0)
            writer.append(u16: UInt16(lotBytes))
            writer.append(groupOf: lines.count, entryLength: PurchaseRecordedLayout.Lines.entryLength)
            for line in lines {
                writer.append(quantity: line.thousandths, money: line.minor)
                writer.append(u16: 0)
            }
        }
    }

    /// A return of the first line of a purchase, or a blind one for purchase 0.
    public mutating func takeBack(
        _ member: UInt32, store: UInt32 = 1, day: Int32 = 19_700, of purchase: UInt64 = 0, thousandths: Int64,
        minor: Int64,
        points: Int64 = 0
    ) {
        appendReceipt(ReturnRecordedLayout.shape, member, store, day, minor, -points) { writer, lotBytes in
            writer.append(u64: purchase)
            writer.append(i64: 0)
            writer.append(u8: 0)
            writer.append(u16: UInt16(lotBytes))
            writer.append(groupOf: 1, entryLength: ReturnRecordedLayout.Lines.entryLength)
            writer.append(quantity: thousandths, money: minor)
            writer.append(u16: purchase == 0 ? 0 : 1)
        }
    }

    private mutating func appendReceipt(
        _ shape: MessageShape, _ member: UInt32, _ store: UInt32, _ day: Int32, _ total: Int64, _ points: Int64,
        _ lines: (inout ByteWriter, _ lotBytes: Int) -> Void
    ) {
        let moved = member == 0 ? Moved() : move(points, of: member)
        let lots = SentMessage.written { $0.append(lots: moved.lots) }
        let balance = net[member, default: 0]
        append(shape, member: member) { writer in
            writer.append(u32: store)
            for amount in [Int64(day) * 86_400_000_000, total, balance] { writer.append(i64: amount) }
            for word in [UInt16(0), member == 0 ? 0 : 1] { writer.append(u16: word) }
            writer.append(u8: Channel.till.rawValue)
            writer.append(u8: 2)
            lines(&writer, lots.count)
            writer.append(postings: moved.postings)
            writer.append(groupOf: 0, entryLength: PurchaseRecordedLayout.Redemptions.entryLength)
            writer.append(u16: UInt16(2 + lots.count))
            writer.append(text: "r1")
            for byte in lots { writer.append(u8: byte) }
        }
    }

    /// What a receipt does to a member's points.
    private struct Moved {
        var postings = PostingList()
        var lots: [LotMove] = []
    }

    /// Gives or takes points: what is owed is covered first, what is not there is owed.
    private mutating func move(_ points: Int64, of member: UInt32) -> Moved {
        let before = net[member, default: 0]
        let after = before + points
        net[member] = after
        var moved = Moved()
        func add(_ amount: Int64, _ purpose: Purpose, lot: UInt8 = 0) {
            moved.postings.add(Posting(amount: amount, business: 1, wallet: 1, purpose: purpose, lot: lot))
        }
        add(-points, points > 0 ? .issued : .clawback)
        let active = max(after, 0) - max(before, 0)
        add(active, .active, lot: active > 0 ? 1 : 0)
        add(min(after, 0) - min(before, 0), .debt)
        let lot = LotID(sequence: UInt64(records.count) + 1, place: 1)
        if active > 0 { lots[member, default: []].append((lot, active)) }
        if active < 0 { moved.lots = take(-active, of: member) }
        return moved
    }

    /// Takes points out of a member's oldest lots.
    private mutating func take(_ points: Int64, of member: UInt32) -> [LotMove] {
        var missing = points
        var moves: [LotMove] = []
        while missing > 0, let first = lots[member]?.first {
            let part = min(missing, first.left)
            missing -= part
            moves.append(LotMove(wallet: 1, kind: .take, lot: first.lot, points: part))
            lots[member]?[0].left -= part
            if part == first.left { lots[member]?.removeFirst() }
        }
        return moves
    }

    private mutating func append(
        _ shape: MessageShape, source: UInt32 = 1, member: UInt32 = 0, _ body: (inout ByteWriter) -> Void
    ) {
        let number = UInt64(places.count { $0.source == source }) + 1
        places.append((source, number))
        let envelope = RecordEnvelope(
            recordedAt: Int64(places.count), source: source, number: number, commandDigest: number,
            previousOfMember: lastOfMember[member] ?? 0, member: member)
        if member != 0 { lastOfMember[member] = UInt64(places.count) }
        records.append(
            SentMessage.written { writer in
                writer.append(header: shape)
                writer.append(envelope: envelope)
                body(&writer)
            })
    }

    // MARK: Into a log

    /// Appends what the log does not have yet, in blocks of at most so many records.
    ///
    /// - Throws: `LogError`.
    public func write(to log: some RecordLog, recordsPerBlock: Int = 7) throws {
        while log.tip().sequence < last {
            let tip = log.tip()
            let draft = BlockDraft(firstSequence: tip.sequence + 1, recordBytes: 1 << 12)
            for index in Int(tip.sequence)..<min(records.count, Int(tip.sequence) + recordsPerBlock) {
                draft.noteRecord(
                    offset: draft.records.count, source: places[index].source, number: places[index].number)
                for byte in records[index] { draft.records.append(u8: byte) }
            }
            draft.lastRecordedAt = Int64(draft.nextSequence - 1)
            _ = try log.append(draft, expecting: tip)
        }
    }

    /// A longer history: members who buy, bring back and mistype, drawn from a seed.
    public static func drawn(seed: UInt64, count: Int) -> RecordScript {
        var random = SeededRandom(seed: seed)
        var script = RecordScript()
        script.register("m1", phone: 1)
        while script.records.count < count {
            let member = UInt32(random.next(below: UInt64(script.lastOfMember.count + 1)))
            let (minor, points) = (Int64(random.next(below: 10_000)), Int64(random.next(below: 500)))
            switch random.next(below: 10) {
            case 0: script.register("m\(script.last)", phone: script.last)
            case 1 where member > 0: script.link(member, phone: script.last)
            case 2: script.reject()
            case 3, 4:
                let purchase = random.next(below: 3)
                script.takeBack(
                    member, of: purchase, thousandths: 500, minor: minor, points: member == 0 ? 0 : points)
            default:
                script.purchase(
                    member, store: UInt32(1 + random.next(below: 2)), day: Int32(19_700 + random.next(below: 90)),
                    lines: [(1_000, minor), (250, 30)], points: member == 0 ? 0 : points)
            }
        }
        return script
    }
}

extension ByteWriter {
    /// The lengths of strings, one byte each, then the text that holds them.
    fileprivate mutating func append(strings: [String]) {
        for string in strings { append(lengthOf: string) }
        append(texts: strings)
    }

    /// The front of every line: thousandths, money, a SKU and a category without text.
    fileprivate mutating func append(quantity: Int64, money: Int64) {
        append(i64: quantity)
        append(i64: money)
        append(u16: 0)
    }
}

extension RecordScript {
    /// The same history with other bytes in one place.
    public func replacing(_ index: Int, with record: [UInt8]) -> RecordScript {
        var script = self
        script.records[index] = record
        return script
    }

    /// A receipt of one line whose postings name another wallet.
    public static func withWallet(_ wallet: UInt16, in record: [UInt8]) -> [UInt8] {
        var record = record
        for posting in 0..<2 {
            let offset = RecordScript.posting(posting, in: record) + PurchaseRecordedLayout.Postings.wallet
            (record[offset], record[offset + 1]) = (UInt8(wallet & 255), UInt8(wallet >> 8))
        }
        return record
    }

    /// Where a posting of a purchase of one line begins.
    public static func posting(_ index: Int, in record: [UInt8]) -> Int {
        let lines = messageHeaderLength + PurchaseRecordedLayout.blockLength + 4
        return lines + PurchaseRecordedLayout.Lines.entryLength + 4 + index
            * PurchaseRecordedLayout.Postings.entryLength
    }
}
