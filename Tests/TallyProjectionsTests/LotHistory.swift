import TallyBytes
import TallyCodec
import TallyModel
import TallyProjections
import TallyTables
import TallyTesting

/// A ledger whose lots are made, taken, held, given back and moved by records written by hand, and the same lots once more in a
/// plain list: what stands in a chain is what sorting finds.
struct LotHistory: ~Copyable {
    struct Lot: Hashable {
        var id: UInt64
        var points: Int64
        var beginsAt: UInt32
        /// Seconds since 1970; 0 for never.
        var endsAt: UInt32
        var isPending = false
        /// Holds that have a part of it.
        var holds: [UInt64] = []

        func comesBefore(_ other: Lot) -> Bool {
            (endsAt == 0 ? UInt64(1) << 32 : UInt64(endsAt), UInt64(beginsAt), id)
                < (other.endsAt == 0 ? UInt64(1) << 32 : UInt64(other.endsAt), UInt64(other.beginsAt), other.id)
        }
    }

    struct Hold {
        var sequence: UInt64
        var slot: Int
        var member: Int
        var parts: [(lot: UInt64, points: Int64)]
    }

    private(set) var state = ProgrammeState()
    /// What each member has, by the member's number less one, in no order.
    private(set) var lots: [[Lot]]
    private(set) var holds: [Hold] = []
    /// Who stands for each member.
    private(set) var standing: [Int]
    /// Lots that are used up and may be made again.
    var gone: [Lot] = []

    /// A ledger of so many members.
    init(members: Int) throws {
        var script = RecordScript()
        for member in 0..<members { script.register("m\(member)") }
        try script.apply(to: &state)
        lots = Array(repeating: [], count: members)
        standing = Array(0..<members)
    }

    /// A member's lots in the order of their ends.
    func sorted(_ member: Int) -> [Lot] { lots[member].sorted { $0.comesBefore($1) } }

    /// The lots of the chain, as the state has them; holds are not named there.
    func chain(_ member: Int) -> [Lot] {
        var chain: [Lot] = []
        state.forEachLot(of: MemberNumber(UInt32(member + 1)), WalletNumber(1)) { _, lot in
            chain.append(
                Lot(
                    id: lot.lot, points: lot.remaining, beginsAt: lot.beginsAt, endsAt: lot.endsAt,
                    isPending: lot.isPending != 0))
            return true
        }
        return chain
    }

    /// The lots of a long wallet by the order in which they were made; nil for a wallet that is none.
    func asMade(_ member: Int) -> [UInt64]? {
        var names: [UInt64] = []
        let isLong = state.forEachLotAsMade(of: MemberNumber(UInt32(member + 1)), WalletNumber(1)) { _, lot in
            names.append(lot.lot)
            return true
        }
        return isLong ? names : nil
    }

    // MARK: Records

    /// Makes lots by postings.
    mutating func make(_ made: [Lot], _ member: Int) throws {
        var made = made
        var postings: [Posting] = []
        for index in made.indices {
            made[index].id = LotID(sequence: state.sequence + 1, place: UInt16(index + 1)).rawValue
            let lot = made[index]
            postings.append(
                Posting(
                    amount: lot.points, business: 1, wallet: 1, purpose: lot.isPending ? .pending : .active,
                    lot: UInt8(index + 1), beginsAt: lot.beginsAt, endsAt: lot.endsAt))
        }
        try adjust(member, postings, [], by: made.reduce(0) { $0 + $1.points })
        lots[member] += made
    }

    /// Takes points from lots, gives points to them, or makes lots that are gone, all in one list.
    mutating func move(_ moves: [(kind: LotMove.Kind, lot: Lot, points: Int64)], _ member: Int) throws {
        var sums: [Bool: Int64] = [:]
        var list: [LotMove] = []
        for move in moves {
            let gain = move.kind == .take ? -move.points : move.points
            sums[move.lot.isPending, default: 0] += gain
            list.append(
                LotMove(
                    wallet: 1, kind: move.kind, lot: LotID(move.lot.id), points: move.points, issuer: 1,
                    beginsAt: move.lot.beginsAt, endsAt: move.lot.endsAt))
        }
        let postings = [(Purpose.active, sums[false] ?? 0), (.pending, sums[true] ?? 0)].filter { $0.1 != 0 }.map {
            Posting(amount: $0.1, business: 1, wallet: 1, purpose: $0.0)
        }
        try adjust(member, postings, list, by: (sums[false] ?? 0) + (sums[true] ?? 0))
        for move in moves {
            if move.kind == .make {
                var lot = move.lot
                lot.points = move.points
                lots[member].append(lot)
            } else if let index = lots[member].firstIndex(where: { $0.id == move.lot.id }) {
                lots[member][index].points += move.kind == .take ? -move.points : move.points
            }
        }
        sweep(member)
    }

    /// What the clock does to a lot: it begins, it ends, or it lives on until another second.
    mutating func pass(_ lots: [Lot], _ member: Int, until: [UInt32]? = nil) throws {
        var postings: [Posting] = []
        let sum = lots.reduce(0) { $0 + ($1.isPending || until == nil ? $1.points : 0) }
        if sum != 0 {
            let (from, to): (Purpose, Purpose) = lots[0].isPending ? (.pending, .active) : (.active, .expired)
            postings = [(from, -sum), (to, sum)].map {
                Posting(amount: $0.1, business: 1, wallet: 1, purpose: $0.0)
            }
        }
        let entries = lots.enumerated().map { index, lot in
            (lot, state.lot(LotID(lot.id), of: MemberNumber(UInt32(member + 1)), WalletNumber(1))?.row ?? 0, index)
        }
        let clock = state.ledger[0].clock
        try record(ClockAdvancedLayout.shape, source: 0) { writer in
            writer.append(i64: clock)
            writer.append(groupOf: entries.count, entryLength: ClockAdvancedLayout.Lots.entryLength)
            for (lot, row, index) in entries {
                for word in [Int64(bitPattern: lot.id), lot.points, 0] { writer.append(i64: word) }
                writer.append(u32: UInt32(member + 1))
                writer.append(u32: UInt32(row))
                writer.append(u32: until?[index] ?? 0)
                writer.append(u8: lot.isPending ? 0 : until == nil ? 1 : 2)
            }
            writer.append(postings: postings)
        }
        for (index, lot) in lots.enumerated() {
            guard let place = self.lots[member].firstIndex(where: { $0.id == lot.id }) else { continue }
            if lot.isPending {
                self.lots[member][place].isPending = false
            } else if let until {
                self.lots[member][place].endsAt = until[index]
            } else {
                self.lots[member][place].points = 0
            }
        }
        sweep(member)
    }

    /// Sets points of lots aside.
    mutating func hold(_ parts: [(lot: Lot, points: Int64)], _ member: Int) throws {
        let points = parts.reduce(0) { $0 + $1.points }
        let list = LotHistory.list(
            parts.map { LotMove(wallet: 1, kind: .take, lot: LotID($0.lot.id), points: $0.points) })
        let (slot, sequence, net) = (state.nextHoldSlot, state.sequence + 1, net(member))
        try record(HoldPlacedLayout.shape, member: member) { writer in
            writer.append(u32: 1)
            for word in [0, 0, net - points, points] { writer.append(i64: word) }
            writer.append(u32: UInt32(slot))
            writer.append(u32: 1)
            writer.append(u16: 1)
            writer.append(u16: UInt16(list.count))
            writer.append(u8: 0)
            writer.append(postings: LotHistory.postings([(.active, -points), (.held, points)]))
            writer.append(u16: UInt16(list.count))
            writer.append(bytes: list.bytes)
        }
        for part in parts {
            guard let index = lots[member].firstIndex(where: { $0.id == part.lot.id }) else { continue }
            lots[member][index].points -= part.points
            lots[member][index].holds.append(sequence)
        }
        holds.append(Hold(sequence: sequence, slot: slot, member: member, parts: parts.map { ($0.lot.id, $0.points) }))
    }

    /// Gives the points of a hold back.
    mutating func release(_ index: Int) throws {
        let hold = holds.remove(at: index)
        let (member, points) = (standing[hold.member], hold.parts.reduce(0) { $0 + $1.points })
        let net = net(member)
        try record(HoldReleasedLayout.shape, member: member) { writer in
            for word in [Int64(bitPattern: hold.sequence), net + points, points] { writer.append(i64: word) }
            writer.append(u32: UInt32(hold.slot))
            writer.append(u8: 0)
            writer.append(postings: LotHistory.postings([(.held, -points), (.active, points)]))
        }
        for part in hold.parts {
            guard let index = lots[member].firstIndex(where: { $0.id == part.lot }) else { continue }
            lots[member][index].points += part.points
            lots[member][index].holds.removeAll { $0 == hold.sequence }
        }
    }

    /// Lets one member stand for two.
    mutating func merge(_ absorbed: Int, into survivor: Int) throws {
        let (came, had) = (figures(absorbed), figures(survivor))
        let previous = state.members[absorbed].lastSequence
        try record(MembersMergedLayout.shape, member: survivor) { writer in
            writer.append(i64: 0)
            writer.append(u64: previous)
            writer.append(u32: UInt32(absorbed + 1))
            for _ in 0..<2 { writer.append(u16: 0) }
            for _ in 0..<3 { writer.append(u8: 0) }
            writer.append(groupOf: 1, entryLength: MembersMergedLayout.Wallets.entryLength)
            for figure in came { writer.append(i64: figure) }
            for (came, had) in zip(came, had) { writer.append(i64: came + had) }
            writer.append(u16: 1)
            writer.append(postings: [Posting]())
            writer.append(u16: 0)
        }
        lots[survivor] += lots[absorbed]
        lots[absorbed] = []
        noteStanding()
    }

    /// Gives lots back to a member who was merged, in the order of the chain.
    mutating func split(_ absorbed: Int, _ back: [Lot]) throws {
        let survivor = standing[absorbed]
        let list = LotHistory.list(
            back.map { LotMove(wallet: 1, kind: .take, lot: LotID($0.id), points: $0.points) })
        let (previous, had) = (state.members[absorbed].lastSequence, figures(survivor))
        let sums = [false, true].map { isPending in
            back.reduce(0) { $0 + ($1.isPending == isPending ? $1.points : 0) }
        }
        try record(MembersSplitLayout.shape, member: survivor) { writer in
            writer.append(i64: 0)
            writer.append(u64: previous)
            writer.append(u32: UInt32(absorbed + 1))
            writer.append(u16: 0)
            writer.append(u16: UInt16(list.count))
            for _ in 0..<3 { writer.append(u8: 0) }
            writer.append(groupOf: 1, entryLength: MembersSplitLayout.Wallets.entryLength)
            for figure in [sums[0], sums[1], 0, had[0] - sums[0], had[1] - sums[1], 0] { writer.append(i64: figure) }
            writer.append(u16: 1)
            writer.append(u16: UInt16(list.count))
            writer.append(bytes: list.bytes)
        }
        let names = Set(back.map(\.id))
        lots[survivor].removeAll { names.contains($0.id) }
        lots[absorbed] = back
        noteStanding()
    }

    /// A restart: the tables as a checkpoint has them, everything derived built again.
    mutating func restart() {
        var loaded = ProgrammeState()
        for table in StateTable.allCases {
            state.withMemory(of: table) { memory in
                loaded.withMutableMemory(of: table) { target in
                    target.prepareToLoad(byteCount: memory.byteCount)
                    for chunk in 0..<memory.chunkCount { _ = target.load(memory.chunk(chunk), chunk: chunk) }
                }
            }
        }
        loaded.finishLoading(sequence: state.sequence)
        state = loaded
    }

    // MARK: Parts

    private mutating func noteStanding() {
        for member in standing.indices {
            standing[member] = Int(state.standing(for: MemberNumber(UInt32(member + 1))).rawValue) - 1
        }
    }

    private static func list(_ moves: [LotMove]) -> ByteWriter {
        var writer = ByteWriter()
        writer.append(lots: moves)
        return writer
    }

    private static func postings(_ amounts: [(Purpose, Int64)]) -> [Posting] {
        amounts.map { Posting(amount: $0.1, business: 1, wallet: 1, purpose: $0.0) }
    }

    /// Active, pending, held and owed.
    private func figures(_ member: Int) -> [Int64] {
        guard let row = state.balance(MemberNumber(UInt32(member + 1)), WalletNumber(1)) else { return [0, 0, 0, 0] }
        return [row.active, row.pending, row.held, row.debt]
    }

    private func net(_ member: Int) -> Int64 { figures(member)[0] }

    private mutating func sweep(_ member: Int) {
        gone += lots[member].filter { $0.points == 0 && $0.holds.isEmpty }
        lots[member].removeAll { $0.points == 0 && $0.holds.isEmpty }
    }

    private mutating func adjust(_ member: Int, _ postings: [Posting], _ moves: [LotMove], by sum: Int64) throws {
        let list = LotHistory.list(moves)
        let active = postings.reduce(0) { $0 + ($1.purpose == .active ? $1.amount : 0) }
        let after = net(member) + active
        let other = sum == 0 ? [] : LotHistory.postings([(.adjusted, -sum)])
        try record(AdjustedLayout.shape, member: member) { writer in
            for word in [0, sum, after, 0, 0] { writer.append(i64: word) }
            for word in [UInt16(0), 1, 1, UInt16(list.count)] { writer.append(u16: word) }
            for _ in 0..<4 { writer.append(u8: 0) }
            writer.append(postings: postings + other)
            writer.append(u16: UInt16(list.count))
            writer.append(bytes: list.bytes)
        }
    }

    /// Writes a record and applies it.
    private mutating func record(
        _ shape: MessageShape, source: UInt32 = 1, member: Int? = nil, _ body: (inout ByteWriter) -> Void
    ) throws {
        let envelope = RecordEnvelope(
            recordedAt: state.recordedAt + 1, source: source, number: state.sources[Int(source)].lastNumber + 1,
            commandDigest: 1, previousOfMember: member.map { state.members[$0].lastSequence } ?? 0,
            member: member.map { UInt32($0 + 1) } ?? 0)
        var writer = ByteWriter()
        writer.append(header: shape)
        writer.append(envelope: envelope)
        body(&writer)
        try state.apply(writer.bytes, sequence: state.sequence + 1)
    }
}
