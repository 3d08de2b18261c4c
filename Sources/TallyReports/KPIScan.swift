import TallyBytes
import TallyCodec
public import TallyLog
public import TallyModel

/// Computes the key figures in one pass over the log.
///
/// The figures are integers all the way: sums of 128 bits, which no log can fill, and ratios rounded half to even at
/// the end. A figure beyond 64 bits has no value.
public struct KPIScan {
    private var sums = Array(repeating: Int128(0), count: KPIFigure.allCases.count)
    private var itemsThousandths: Int128 = 0
    /// By member number: 1 any receipt, 2 a purchase, 4 a purchase in the window.
    private var members: [UInt8] = []
    /// Whom a member was merged into, as long as no split has taken it back.
    private var mergedInto: [UInt32: UInt32] = [:]
    private var stores: [Bool] = []
    private let asOf: AsOf
    private let windowStart: CivilDay?

    /// Computes the figures of a log.
    ///
    /// - Parameters:
    ///   - log: The log.
    ///   - asOf: Which records and which days count.
    ///   - windowDays: Days that two figures look back from the day of the report.
    /// - Returns: The figures.
    /// - Throws: `LogError` or `CodecError` when the log cannot be read.
    public static func report(_ log: some RecordLog, asOf: AsOf, windowDays: UInt16 = 32) throws -> KPIReport {
        let last = min(asOf.sequence?.rawValue ?? UInt64.max, log.tip().sequence)
        var scan = KPIScan(asOf: asOf, windowDays: windowDays)
        if last > 0 {
            try log.forEachBlock(from: 1, through: last, check: .quick) { block in
                for index in 0..<block.recordCount where block.sequence(at: index) <= last {
                    for receipt in try ReceiptFacts.all(in: block.record(at: index)) { scan.add(receipt) }
                    try scan.noteMerge(in: block.record(at: index))
                }
                return true
            }
        }
        scan.joinMembers()
        return KPIReport(
            sequence: LogSequence(last), asOfDay: asOf.day, windowDays: windowDays, values: scan.figures())
    }

    private init(asOf: AsOf, windowDays: UInt16) {
        self.asOf = asOf
        // A question may name any day, also one so early that no window fits before it.
        windowStart = asOf.day.map { CivilDay(days: Int32(clamping: Int64($0.days) - Int64(windowDays))) }
    }

    private subscript(figure: KPIFigure) -> Int128 {
        get { sums[figure.rawValue] }
        set { sums[figure.rawValue] = newValue }
    }

    private mutating func noteMerge(in record: RawSpan) throws(CodecError) {
        switch try Message.templateID(of: record) {
        case MembersMergedLayout.templateID:
            let message = try Message(record, shape: MembersMergedLayout.shape)
            mergedInto[message.u32(MembersMergedLayout.absorbed)] = message.envelope.member
        case MembersSplitLayout.templateID:
            let message = try Message(record, shape: MembersSplitLayout.shape)
            mergedInto[message.u32(MembersSplitLayout.absorbed)] = nil
        default: break
        }
    }

    /// Counts a person once, under however many numbers receipts came.
    ///
    /// A merge was made for who the members are, not for when: it holds for the receipts of all days.
    private mutating func joinMembers() {
        for absorbed in mergedInto.keys where Int(absorbed) < members.count {
            var person = absorbed
            while let next = mergedInto[person] { person = next }
            let marks = members[Int(absorbed)]
            for (mark, figure) in [(UInt8(1), KPIFigure.membersAny), (2, .membersActive), (4, .membersInWindow)]
            where marks & mark != 0 {
                self[figure] -= 1
                while members.count <= Int(person) { members.append(0) }
                note(Int(person), mark, figure)
            }
        }
    }

    private mutating func add(_ receipt: ReceiptFacts) {
        if let day = asOf.day, receipt.day >= day { return }
        self[.receiptsAll] += 1
        self[.linesAll] += Int128(receipt.lines)
        self[.turnoverMinor] += Int128(receipt.total)
        self[.returns] += receipt.total < 0 ? 1 : 0
        self[.empty] += receipt.total == 0 ? 1 : 0
        note(store: Int(receipt.store))
        let isPurchase = receipt.total > 0
        if isPurchase {
            self[.purchases] += 1
            self[.grossMinor] += Int128(receipt.total)
            self[.purchaseLines] += Int128(receipt.lines)
            itemsThousandths += Int128(receipt.quantity)
        }
        if receipt.member != 0 { add(receipt, ofMember: Int(receipt.member), isPurchase: isPurchase) }
    }

    private mutating func add(_ receipt: ReceiptFacts, ofMember member: Int, isPurchase: Bool) {
        while members.count <= member { members.append(0) }
        self[.cashbackTotalMinor] += Int128(receipt.points)
        note(member, 1, .membersAny)
        guard isPurchase else { return }
        self[.cashbackGrossTotalMinor] += Int128(receipt.points)
        self[.memberPurchases] += 1
        self[.memberGrossMinor] += Int128(receipt.total)
        note(member, 2, .membersActive)
        // Without a day of the report there is no window to look back over, and every day counts.
        guard receipt.day >= windowStart ?? receipt.day else { return }
        self[.purchasesInWindow] += 1
        note(member, 4, .membersInWindow)
    }

    private mutating func note(_ member: Int, _ mark: UInt8, _ figure: KPIFigure) {
        guard members[member] & mark == 0 else { return }
        members[member] |= mark
        self[figure] += 1
    }

    private mutating func note(store: Int) {
        while stores.count <= store { stores.append(false) }
        guard !stores[store] else { return }
        stores[store] = true
        self[.stores] += 1
    }

    /// All figures with the ratios, in the order of ``KPIFigure``.
    private func figures() -> [Int64?] {
        var values = sums.map { Int64(exactly: $0) }
        func set(_ figure: KPIFigure, _ value: Int64?) { values[figure.rawValue] = value }
        let purchases = self[.purchases]
        set(.purchaseItems, Int64(exactly: itemsThousandths / 1000))
        set(.averageReceiptMinor, exactRatio(self[.grossMinor], purchases, times: 1))
        set(.receiptsPerMemberX1000, exactRatio(self[.memberPurchases], self[.membersActive], times: 1000))
        set(.linesPerReceiptX1000, exactRatio(self[.purchaseLines], purchases, times: 1000))
        set(.itemsPerReceiptX1000, exactRatio(itemsThousandths, purchases, times: 1))
        set(.cardShareX10000, exactRatio(self[.memberPurchases], purchases, times: 10_000))
        return values
    }
}
