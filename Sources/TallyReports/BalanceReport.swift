import TallyBytes
import TallyCodec
import TallyLedger
public import TallyLog
public import TallyModel
public import TallyProjections
import TallyTables

/// What members hold, as rows for people and files.
public enum BalanceReport {
    /// The balances of some members in a state: a row for each wallet of the programme, also for members without points.
    ///
    /// - Parameters:
    ///   - state: The state.
    ///   - members: Rows of members, from 0; those behind the last member are left out.
    /// - Returns: Rows in the order of members, then wallets.
    public static func rows(of state: borrowing ProgrammeState, members: Range<Int>) -> [BalanceRow] {
        var rows: [BalanceRow] = []
        for index in members.clamped(to: 0..<state.members.count) {
            let externalID = state.texts.string(state.members[index].externalID)
            for wallet in 0..<state.wallets.count {
                let member = MemberNumber(UInt32(index + 1))
                let figures = state.figures(member, WalletNumber(UInt16(wallet + 1)))
                rows.append(
                    BalanceRow(
                        member: member, externalID: externalID, wallet: state.texts.string(state.wallets[wallet].id),
                        active: figures.active, pending: 0, held: 0, debt: figures.debt))
            }
        }
        return rows
    }

    /// The balances that follow from the receipts of earlier days, in one pass over the log.
    ///
    /// Receipts may be recorded in another order than they occurred, so the points of each member are added up and what is
    /// below zero is debt: debt is covered before points become active, so the two are never there at once.
    ///
    /// - Parameters:
    ///   - log: The log.
    ///   - asOf: Which records and which days count; definitions and registrations of later days do.
    /// - Returns: The last record looked at, and rows in the order of members, then wallets.
    /// - Throws: `LogError` or `CodecError` when the log cannot be read.
    public static func rows(_ log: some RecordLog, asOf: AsOf) throws -> (sequence: LogSequence, rows: [BalanceRow]) {
        let last = min(asOf.sequence?.rawValue ?? UInt64.max, log.tip().sequence)
        var scan = BalanceScan(before: asOf.day)
        if last > 0 {
            try log.forEachBlock(from: 1, through: last, check: .quick) { block in
                for index in 0..<block.recordCount where block.sequence(at: index) <= last {
                    try scan.add(block.record(at: index))
                }
                return true
            }
        }
        return (LogSequence(last), scan.rows())
    }
}

/// Adds up the points of each member and wallet.
private struct BalanceScan {
    private let day: CivilDay?
    private var externalIDs: [String] = []
    private var wallets: [String] = []
    /// Active less debt, by wallet and member.
    private var net: [[Int64]] = []

    init(before day: CivilDay?) { self.day = day }

    mutating func add(_ record: RawSpan) throws(CodecError) {
        switch try Message.templateID(of: record) {
        case MemberRegisteredLayout.templateID:
            let message = try Message(record, shape: MemberRegisteredLayout.shape)
            var cursor = 0
            externalIDs.append(message.string(&cursor, Int(message.u8(MemberRegisteredLayout.externalLength))))
        case WalletDefinedLayout.templateID:
            let message = try Message(record, shape: WalletDefinedLayout.shape)
            var cursor = 0
            guard Int(message.u16(WalletDefinedLayout.wallet)) > wallets.count else { return }
            wallets.append(message.string(&cursor, Int(message.u8(WalletDefinedLayout.idLength))))
            net.append([])
        case PurchaseRecordedLayout.templateID: try addPostings(record, PurchaseRecordedLayout.shape)
        case ReturnRecordedLayout.templateID: try addPostings(record, ReturnRecordedLayout.shape)
        default: return
        }
    }

    private mutating func addPostings(_ record: RawSpan, _ shape: MessageShape) throws(CodecError) {
        let message = try Message(record, shape: shape)
        let member = Int(message.envelope.member)
        guard member > 0 else { return }
        if let day, let receipt = try ReceiptFacts(record), receipt.day >= day { return }
        for index in 0..<message.secondGroup.count {
            let offset = message.secondGroup.offset + index * message.secondGroup.stride
            guard let posting = Posting(record, at: offset), posting.purpose != .issued else { continue }
            let wallet = Int(posting.wallet) - 1
            guard net.indices.contains(wallet) else {
                throw CodecError(.valueUnknown(field: "wallet", value: Int64(posting.wallet)), at: offset)
            }
            while net[wallet].count < member { net[wallet].append(0) }
            net[wallet][member - 1] += posting.amount
        }
    }

    func rows() -> [BalanceRow] {
        var rows: [BalanceRow] = []
        for (index, externalID) in externalIDs.enumerated() {
            for (wallet, id) in wallets.enumerated() {
                let points = net[wallet].indices.contains(index) ? net[wallet][index] : 0
                rows.append(
                    BalanceRow(
                        member: MemberNumber(UInt32(index + 1)), externalID: externalID, wallet: id,
                        active: max(points, 0), pending: 0, held: 0, debt: max(-points, 0)))
            }
        }
        return rows
    }
}
