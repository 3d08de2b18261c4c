import TallyBytes
import TallyCodec
public import TallyLog
public import TallyModel
public import TallyProjections
import TallyTables

/// What members hold, as rows for people and files.
public enum BalanceReport {
    /// The balances of some members in a state: a row for each wallet of the programme, also for members without
    /// points.
    ///
    /// - Parameters:
    ///   - state: The state.
    ///   - members: Rows of members, from 0; those behind the last member are left out.
    /// - Returns: Rows in the order of members, then wallets.
    public static func rows(of state: borrowing ProgrammeState, members: Range<Int>) -> [BalanceRow] {
        rows(of: state, members: members) { member, wallet in
            guard let row = state.balance(member, wallet) else { return Holding() }
            return Holding(active: row.active, pending: row.pending, held: row.held, debt: row.debt)
        }
    }

    /// The balances as of a place in the log, or those that follow from the entries of earlier days, in one pass over
    /// the log.
    ///
    /// As of a place they are those of the state there. As of a day they are the sums of all entries of earlier days;
    /// which day an entry counts for, ``BookEntry`` says. Entries may be recorded in another order than they occurred,
    /// so on a day in between a sum may be below zero: what is missing in pending or held points is taken from the
    /// active ones, and what is missing in those is debt.
    ///
    /// - Parameters:
    ///   - log: The log.
    ///   - asOf: Which records and which days count; definitions and registrations of later days do.
    ///   - member: Whose alone, or of whoever stood for that member then; nil for all.
    /// - Returns: The last record looked at, and rows in the order of members, then wallets.
    /// - Throws: `LogError`, `CodecError` or `StateError` when the log cannot be read.
    public static func rows(
        _ log: some RecordLog, asOf: AsOf, of member: MemberNumber? = nil
    ) throws -> (sequence: LogSequence, rows: [BalanceRow]) {
        let last = min(asOf.sequence?.rawValue ?? UInt64.max, log.tip().sequence)
        guard let day = asOf.day else {
            let state = try state(of: log, through: last)
            return (LogSequence(last), rows(of: state, members: range(member.map { state.standing(for: $0) }, state)))
        }
        var sums: [UInt64: Holding] = [:]
        var mergedInto: [UInt32: UInt32] = [:]
        let scan = try BooksScan.read(log, through: LogSequence(last)) { entry, state in
            guard entry.member != 0, entry.day < day else { return }
            if entry.kind == .merge || entry.kind == .split {
                // Who stands for whom behind the record; 0 for oneself.
                mergedInto[entry.member] = state.kin(of: MemberNumber(entry.member))?.mergedInto ?? 0
            }
            for posting in entry.postings where posting.purpose.isOfMembers {
                sums[key(entry.member, posting.wallet), default: Holding()].add(posting)
            }
        }
        let members = range(member.map { person($0, mergedInto) }, scan.state)
        let rows = rows(of: scan.state, members: members) { member, wallet in
            sums[key(member.rawValue, wallet.rawValue), default: Holding()].settled
        }
        return (LogSequence(last), rows)
    }

    /// Who stands for a member.
    ///
    /// Merges and splits that are recorded in another order than they occurred may contradict each other on a day in
    /// between; then the walk ends where it would come back.
    private static func person(_ member: MemberNumber, _ mergedInto: [UInt32: UInt32]) -> MemberNumber {
        var seen: Set<UInt32> = []
        var last = member.rawValue
        while let next = mergedInto[last], next != 0, seen.insert(last).inserted { last = next }
        return MemberNumber(last)
    }

    /// The row of a member; all rows for none.
    private static func range(_ member: MemberNumber?, _ state: borrowing ProgrammeState) -> Range<Int> {
        member.map { Int($0.rawValue) - 1..<Int($0.rawValue) } ?? 0..<state.members.count
    }

    private static func key(_ member: UInt32, _ wallet: UInt16) -> UInt64 { UInt64(member) << 16 | UInt64(wallet) }

    private static func state(of log: some RecordLog, through last: UInt64) throws -> ProgrammeState {
        var state = ProgrammeState()
        guard last > 0 else { return state }
        try log.forEachBlock(from: 1, through: last, check: .quick) { block in
            let count = Int(min(UInt64(block.recordCount), last - block.header.firstSequence + 1))
            try state.apply(
                records: block.records, offsets: block.offsets, range: 0..<count,
                firstSequence: block.header.firstSequence)
            return true
        }
        return state
    }

    private static func rows(
        of state: borrowing ProgrammeState, members: Range<Int>, _ holding: (MemberNumber, WalletNumber) -> Holding
    ) -> [BalanceRow] {
        var rows: [BalanceRow] = []
        for index in members.clamped(to: 0..<state.members.count) {
            let externalID = state.texts.string(state.members[index].externalID)
            for wallet in 0..<state.wallets.count {
                let member = MemberNumber(UInt32(index + 1))
                let has = holding(member, WalletNumber(UInt16(wallet + 1)))
                rows.append(
                    BalanceRow(
                        member: member, externalID: externalID, wallet: state.texts.string(state.wallets[wallet].id),
                        active: has.active + has.held, pending: has.pending, held: has.held, debt: has.debt))
            }
        }
        return rows
    }
}

/// What a member holds and owes in a wallet.
struct Holding: Equatable, Sendable {
    /// Without what is held.
    var active: Int64 = 0
    var pending: Int64 = 0
    var held: Int64 = 0
    /// Not negative once it is settled.
    var debt: Int64 = 0

    mutating func add(_ posting: Posting) { add(posting.purpose, posting.amount) }

    mutating func add(_ purpose: Purpose, _ amount: Int64) {
        switch purpose {
        case .active: active += amount
        case .pending: pending += amount
        case .held: held += amount
        case .debt: debt -= amount
        default: break
        }
    }

    /// The same in all, with nothing below zero.
    var settled: Holding {
        var settled = self
        settled.active += min(settled.pending, 0) + min(settled.held, 0) - min(settled.debt, 0)
        settled.pending = max(settled.pending, 0)
        settled.held = max(settled.held, 0)
        settled.debt = max(settled.debt, 0)
        settled.debt -= min(settled.active, 0)
        settled.active = max(settled.active, 0)
        return settled
    }
}
