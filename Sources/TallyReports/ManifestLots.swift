import TallyBytes
import TallyCodec
public import TallyLog
public import TallyModel
import TallyProjections
import TallyTables

/// What a manifest gave, an import or a bulk accrual, and what of it is still there.
///
/// Read from the log alone: the adjustments that name the manifest made the lots, and the lots themselves say what is left
/// of them. Points that passed to another member are another lot there and count as gone.
///
/// > Source: checklist S0-11 (reversal of an import, certificate).
public struct ManifestLots: Sendable {
    /// One member's share of one wallet and business, in minor units.
    public struct Row: Sendable, Hashable {
        /// Who has the lots now: the one who stands for whoever got them.
        public var member: MemberNumber
        /// The id of other systems; empty without one.
        public var externalID: String
        /// The wallet's id.
        public var wallet: String
        /// The id of the business that stands for the points.
        public var business: String
        /// What the manifest gave.
        public var given: Int64 = 0
        /// What corrections of the manifest took back.
        public var takenBack: Int64 = 0
        /// What corrections would take back that wait for another operator.
        public var waiting: Int64 = 0
        /// What is left and can be spent.
        public var active: Int64 = 0
        /// What is left and cannot be spent yet.
        public var pending: Int64 = 0
        /// What tills have set aside.
        public var held: Int64 = 0
        /// What is left in lots that have ended, until the ledger's clock says so.
        public var ended: Int64 = 0

        /// What can be taken back now.
        public var takable: Int64 { max(0, active + pending - waiting) }
        /// What was spent, has ended, covered a debt or passed to another member.
        public var gone: Int64 { given - takenBack - active - pending - held - ended }
    }

    private struct Key: Hashable, Comparable {
        var member: UInt32
        var wallet: UInt16
        var business: UInt16

        static func < (a: Key, b: Key) -> Bool {
            (a.member, a.wallet, a.business) < (b.member, b.wallet, b.business)
        }
    }

    /// An adjustment or a proposal that names the manifest.
    private struct Naming {
        var sequence: UInt64
        var member: UInt32
        var wallet: UInt16
        var business: UInt16
        var points: Int64
        var isProposal: Bool
    }

    /// The last record that was read.
    public private(set) var sequence = LogSequence.none
    /// The first record that names the manifest; `.none` without any.
    public private(set) var first = LogSequence.none
    /// The last record that names the manifest.
    public private(set) var last = LogSequence.none
    /// Adjustments that gave points.
    public private(set) var giftCount = 0
    /// The shares, in the order of members, wallets and businesses.
    public private(set) var rows: [Row] = []

    /// Reads a log.
    ///
    /// - Parameters:
    ///   - log: The log.
    ///   - manifest: The number of the manifest; not 0.
    ///   - second: In seconds since 1970; lots whose end has come by then cannot be taken from.
    ///   - progress: Called after each block with the last record read and the one to reach.
    /// - Throws: `LogError`, `CodecError` or `StateError` when the log cannot be read.
    public init(
        _ log: some RecordLog, manifest: UInt64, at second: UInt32, progress: ((UInt64, UInt64) -> Void)? = nil
    ) throws {
        var state = ProgrammeState()
        var namings: [Naming] = []
        let tip = log.tip().sequence
        if tip > 0 {
            try log.forEachBlock(from: 1, through: tip, check: .quick) { block in
                for index in 0..<block.recordCount {
                    let record = block.record(at: index)
                    let sequence = block.sequence(at: index)
                    if let naming = try ManifestLots.naming(record, sequence, manifest) { namings.append(naming) }
                    try state.apply(record, sequence: sequence)
                }
                progress?(state.sequence, tip)
                return true
            }
        }
        sequence = LogSequence(state.sequence)
        fill(from: namings, state, at: second)
    }

    private static func naming(
        _ record: RawSpan, _ sequence: UInt64, _ manifest: UInt64
    ) throws(CodecError) -> Naming? {
        switch try Message.templateID(of: record) {
        case AdjustedLayout.templateID:
            typealias Layout = AdjustedLayout
            let message = try Message(record, shape: Layout.shape)
            guard message.u64(Layout.manifest) == manifest else { return nil }
            return Naming(
                sequence: sequence, member: message.envelope.member, wallet: message.u16(Layout.wallet),
                business: message.u16(Layout.business), points: message.i64(Layout.points), isProposal: false)
        case ProposedLayout.templateID:
            typealias Layout = ProposedLayout
            let message = try Message(record, shape: Layout.shape)
            guard message.u64(Layout.manifest) == manifest else { return nil }
            return Naming(
                sequence: sequence, member: message.envelope.member, wallet: message.u16(Layout.wallet),
                business: message.u16(Layout.business), points: message.i64(Layout.points), isProposal: true)
        default: return nil
        }
    }

    private mutating func fill(from namings: [Naming], _ state: borrowing ProgrammeState, at second: UInt32) {
        first = LogSequence(namings.first?.sequence ?? 0)
        last = LogSequence(namings.last?.sequence ?? 0)
        let names = ProgrammeNames(state)
        var shares: [Key: Row] = [:]
        var gifts: Set<UInt64> = []
        for naming in namings {
            if naming.isProposal {
                guard let row = state.proposal(naming.sequence), state.proposals[row].outcome == 0 else { continue }
            }
            let holder = state.standing(for: MemberNumber(naming.member))
            let key = Key(member: holder.rawValue, wallet: naming.wallet, business: naming.business)
            var share = shares[key] ?? ManifestLots.row(of: key, names, state)
            switch (naming.isProposal, naming.points > 0) {
            case (false, true):
                share.given += naming.points
                gifts.insert(naming.sequence)
            case (false, false): share.takenBack -= naming.points
            case (true, true): continue
            case (true, false): share.waiting -= naming.points
            }
            shares[key] = share
        }
        giftCount = gifts.count
        addLots(madeBy: gifts, to: &shares, names, state, at: second)
        rows = shares.sorted { $0.key < $1.key }.map(\.value)
    }

    /// Adds what is left in the lots, and what holds have of them.
    private func addLots(
        madeBy gifts: Set<UInt64>, to shares: inout [Key: Row], _ names: ProgrammeNames,
        _ state: borrowing ProgrammeState, at second: UInt32
    ) {
        for row in 0..<state.lots.count where state.lots[row].lot != 0 {
            let lot = state.lots[row]
            guard gifts.contains(lot.id.sequence) else { continue }
            let balance = state.balances[Int(lot.balance) - 1]
            let key = Key(member: balance.member, wallet: balance.wallet, business: lot.issuer)
            var share = shares[key] ?? ManifestLots.row(of: key, names, state)
            let slides = state.terms(of: balance.wallet).expiryKind == 4
            let end = max(lot.endsAt, slides ? balance.slidesTo : 0)
            if lot.endsAt != 0, end <= second {
                share.ended += lot.remaining
            } else if lot.isPending != 0 {
                share.pending += lot.remaining
            } else {
                share.active += lot.remaining
            }
            shares[key] = share
        }
        for row in 0..<state.heldLots.count where state.heldLots[row].lot != 0 {
            let lot = state.lots[Int(state.heldLots[row].lot) - 1]
            guard gifts.contains(lot.id.sequence) else { continue }
            let balance = state.balances[Int(lot.balance) - 1]
            let key = Key(member: balance.member, wallet: balance.wallet, business: lot.issuer)
            var share = shares[key] ?? ManifestLots.row(of: key, names, state)
            share.held += state.heldLots[row].points
            shares[key] = share
        }
    }

    private static func row(of key: Key, _ names: ProgrammeNames, _ state: borrowing ProgrammeState) -> Row {
        let external = state.texts.string(state.members[Int(key.member) - 1].externalID)
        return Row(
            member: MemberNumber(key.member), externalID: external, wallet: names.wallet(key.wallet),
            business: names.business(key.business))
    }
}
