import TallyBytes
import TallyCodec
import TallyModel
import TallyProjections

/// The postings and lots of one record while it is decided.
struct EntryDraft {
    private(set) var postings: [Posting] = []
    private var kept: [(move: LotMove, lot: LotRow)] = []
    private var made: [LotMove] = []
    private var lotsMade: UInt8 = 0
    /// The place of the next lot that is made anew: behind all that postings make.
    private var nextPlace: UInt16 = 256

    /// An empty draft, with room for what most records hold.
    init() {
        postings.reserveCapacity(8)
        kept.reserveCapacity(4)
    }

    /// Points that members have gained or lost by the record.
    var points: Int64 { postings.reduce(0) { $1.purpose.isOfMembers ? $0 + $1.amount : $0 } }

    /// Adds to the posting of an account.
    mutating func add(_ amount: Int64, _ business: UInt16, _ wallet: WalletNumber, _ purpose: Purpose) {
        guard amount != 0 else { return }
        let same = postings.firstIndex {
            $0.purpose == purpose && $0.business == business && $0.wallet == wallet.rawValue && $0.lot == 0
        }
        guard let same else {
            postings.append(Posting(amount: amount, business: business, wallet: wallet.rawValue, purpose: purpose))
            return
        }
        postings[same].amount += amount
        if postings[same].amount == 0 { postings.remove(at: same) }
    }

    /// Adds a posting that makes a lot.
    mutating func addLot(
        _ amount: Int64, _ business: UInt16, _ wallet: WalletNumber, _ purpose: Purpose, beginsAt: UInt32,
        endsAt: UInt32
    ) {
        guard amount != 0 else { return }
        lotsMade += 1
        postings.append(
            Posting(
                amount: amount, business: business, wallet: wallet.rawValue, purpose: purpose, lot: lotsMade,
                beginsAt: beginsAt, endsAt: endsAt))
    }

    /// Names a lot that gains or loses points.
    mutating func move(_ kind: LotMove.Kind, _ points: Int64, _ wallet: WalletNumber, _ lot: LotRow) {
        if kind == .take, let again = made.firstIndex(where: { $0.lot == lot.id && $0.wallet == wallet.rawValue }) {
            // What comes back to a lot that is made again and is taken from it at once does not come back.
            made[again].points -= points
            if made[again].points == 0 { made.remove(at: again) }
            return
        }
        kept.append((LotMove(wallet: wallet.rawValue, kind: kind, lot: lot.id, points: points), lot))
    }

    /// Makes a lot anew that is used up.
    mutating func make(
        _ lot: LotID, _ points: Int64, _ wallet: WalletNumber, issuer: UInt16, beginsAt: UInt32, endsAt: UInt32
    ) {
        made.append(
            LotMove(
                wallet: wallet.rawValue, kind: .make, lot: lot, points: points, issuer: issuer, beginsAt: beginsAt,
                endsAt: endsAt))
    }

    /// A name for a lot that takes the place of one that has ended.
    mutating func nextLot(of sequence: UInt64) -> LotID {
        defer { nextPlace += 1 }
        return LotID(sequence: sequence, place: nextPlace)
    }

    /// Adds a move, or joins it with the one before when both are of one lot: what comes back to a lot and is taken from it at once
    /// is one move, or none.
    private static func join(_ move: LotMove, to moves: inout [LotMove]) {
        guard let last = moves.last, last.lot == move.lot, last.wallet == move.wallet else { return moves.append(move) }
        let gain = { (move: LotMove) in move.kind == .give ? move.points : -move.points }
        let sum = gain(last) + gain(move)
        moves.removeLast()
        guard sum != 0 else { return }
        moves.append(LotMove(wallet: move.wallet, kind: sum > 0 ? .give : .take, lot: move.lot, points: abs(sum)))
    }

    /// True when all lots are of one wallet and stand in its order already, as those of a spending do.
    private var isInOrder: Bool {
        guard let wallet = kept.first?.move.wallet ?? made.first?.wallet else { return true }
        return kept.allSatisfy { $0.move.wallet == wallet } && made.allSatisfy { $0.wallet == wallet }
            && kept.indices.dropFirst().allSatisfy { !kept[$0].lot.ends(before: kept[$0 - 1].lot) }
    }

    /// The list of lots as a record carries it: wallet by wallet, in the order of the wallet's chain, new lots last.
    ///
    /// A lot that is made again takes ten to twenty bytes, because whoever applies the record looks into no other for its days:
    /// some three to six thousand of them fill a record, which can take from ten thousand.
    ///
    /// - Parameter beyond: What is answered when there are more than a record can name.
    /// - Returns: Its bytes.
    /// - Throws: ``Refused`` with `beyond`.
    func lotBytes(beyond: Rejection = .lotsTooMany) throws(Refused) -> ByteWriter {
        var moves: [LotMove] = []
        moves.reserveCapacity(kept.count + made.count)
        if isInOrder {
            for entry in kept { EntryDraft.join(entry.move, to: &moves) }
            moves += made
        } else {
            for wallet in Set(kept.map(\.move.wallet) + made.map(\.wallet)).sorted() {
                let ordered = kept.filter { $0.move.wallet == wallet }.sorted { $0.lot.ends(before: $1.lot) }
                for entry in ordered { EntryDraft.join(entry.move, to: &moves) }
                moves += made.filter { $0.wallet == wallet }
            }
        }
        guard moves.count <= Limits.lotsPerRecordMax else { throw Refused(beyond) }
        var writer = ByteWriter(capacity: 16 + moves.count * 8)
        writer.append(lots: moves)
        guard writer.count <= Limits.lotListBytesMax else { throw Refused(beyond) }
        return writer
    }
}

/// Bytes that the text of a record has: its strings and its lots.
///
/// - Throws: ``Refused``, with `beyond`, when the record could not say how many: too many lots beside too many lines.
func textBytes(_ strings: Int, _ lots: Int, beyond: Rejection = .lotsTooMany) throws(Refused) -> UInt16 {
    guard let bytes = UInt16(exactly: strings + lots) else { throw Refused(beyond) }
    return bytes
}

extension EntryDraft {
    /// Moves points from a lot's issuer to an account of the business where something happened to them; when the two are
    /// different businesses, the issuer owes the other by way of the clearing accounts.
    ///
    /// - Parameters:
    ///   - points: How many leave the issuer's members; negative when they come back to them.
    ///   - from: Which account of the issuer's members.
    ///   - issuer: Who stands for the lot.
    ///   - purpose: Why they leave.
    ///   - business: Where.
    ///   - wallet: In which wallet.
    mutating func transfer(
        _ points: Int64, from: Purpose, of issuer: UInt16, to purpose: Purpose, of business: BusinessNumber,
        _ wallet: WalletNumber
    ) {
        add(-points, issuer, wallet, from)
        add(points, business.rawValue, wallet, purpose)
        guard issuer != business.rawValue else { return }
        add(points, issuer, wallet, .clearing)
        add(-points, business.rawValue, wallet, .clearing)
    }
}
