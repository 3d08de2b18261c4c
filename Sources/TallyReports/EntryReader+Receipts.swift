import TallyBytes
import TallyCodec
import TallyModel
import TallyProjections
import TallyTables

extension EntryReader {
    /// A purchase: the hold that it ends, what was spent, what was given.
    mutating func purchase(
        _ record: RawSpan, _ sequence: UInt64, _ state: borrowing ProgrammeState
    ) throws(CodecError) -> BookEntry {
        typealias Layout = PurchaseRecordedLayout
        let message = try Message(record, shape: Layout.shape)
        var entry = receipt(message, sequence, .purchase, state)
        entry.total = message.i64(Layout.total)
        entry.postings = try postings(message, message.secondGroup)
        if message.u64(Layout.hold) != 0 { endHold(slot: Int(message.u32(Layout.holdSlot)), &entry, state) }
        try moveLots(message, length: message.u16(Layout.lotsLength), taking: .redeemed, &entry)
        let revision = message.u16(Layout.accrualRevision)
        let context = entry
        let gifts = giftLots(among: entry.postings)
        makeLots(.accrued, &entry) { posting in
            gifts.contains(posting)
                ? (0, .promotion) : (EntryReader.rule(revision, posting.wallet, context, state), .purchase)
        }
        return entry
    }

    /// A return or a void: what was given back and what was taken back.
    mutating func comesBack(
        _ record: RawSpan, _ sequence: UInt64, _ state: borrowing ProgrammeState
    ) throws(CodecError) -> BookEntry {
        typealias Layout = ReturnRecordedLayout
        let message = try Message(record, shape: Layout.shape)
        var entry = receipt(message, sequence, message.u8(Layout.kind) == 1 ? .void : .return, state)
        entry.total = -message.i64(Layout.total)
        entry.purchase = message.u64(Layout.purchase)
        entry.postings = try postings(message, message.secondGroup)
        // Goods may come back to another business of the coalition than the one that sold them: its books move.
        if let seller = entry.postings.first(where: { $0.purpose == .clawback || $0.purpose == .restored }) {
            entry.business = seller.business
        }
        try moveLots(message, length: message.u16(Layout.lotsLength), taking: .takenBack, &entry)
        let kind = entry.kind
        makeLots(.takenBack, &entry) { _ in (0, kind) }
        return entry
    }

    /// What a purchase and a return share: their fields stand at the same places.
    private func receipt(
        _ message: borrowing Message, _ sequence: UInt64, _ kind: BookEntry.Kind, _ state: borrowing ProgrammeState
    ) -> BookEntry {
        typealias Layout = PurchaseRecordedLayout
        let store = message.u32(Layout.store)
        let moment = message.i64(Layout.occurredAt)
        let offset = message.i16(Layout.utcOffsetMinutes)
        var entry = BookEntry(
            sequence: sequence, kind: kind, member: message.envelope.member, moment: moment,
            day: CivilDay(of: Instant(microseconds: moment), utcOffsetMinutes: offset))
        entry.utcOffsetMinutes = offset
        entry.store = store
        if store > 0, Int(store) <= state.stores.count { entry.business = state.stores[Int(store) - 1].business }
        var cursor = 0
        let length = kind == .purchase ? Layout.receiptLength : ReturnRecordedLayout.receiptLength
        entry.receipt = message.string(&cursor, Int(message.u8(length)))
        return entry
    }

    /// The revision that gave points of a wallet.
    ///
    /// The record names that of its first award; those of other wallets were in force at the same moment.
    private static func rule(
        _ first: UInt16, _ wallet: UInt16, _ entry: BookEntry, _ state: borrowing ProgrammeState
    ) -> UInt16 {
        if first > 0, Int(first) <= state.accruals.count, state.accruals[Int(first) - 1].wallet == wallet {
            return first
        }
        return state.accruals(at: entry.moment, business: BusinessNumber(entry.business))
            .first { $0.row.wallet == wallet }?.revision ?? 0
    }

    // MARK: What receipts share with the others

    /// The postings of a record.
    func postings(_ message: borrowing Message, _ group: Message.Group) throws(CodecError) -> [Posting] {
        var found: [Posting] = []
        found.reserveCapacity(group.count)
        for index in 0..<group.count {
            guard let posting = message.posting(index, of: group) else {
                throw CodecError(
                    .valueUnknown(field: "purpose", value: Int64(index)), at: group.offset + index * group.stride)
            }
            found.append(posting)
        }
        return found
    }

    /// Carries out the list of lots of a record; what is given back or made anew has come back with the goods.
    mutating func moveLots(
        _ message: borrowing Message, length: UInt16, taking cause: Cause, _ entry: inout BookEntry
    ) throws(CodecError) {
        guard length > 0 else { return }
        var list = try message.lots(length: length)
        while let move = try list.next() {
            switch move.kind {
            case .take:
                let origin = origin(of: move.lot, wallet: move.wallet)
                entry.add(cause, move.lot, move.wallet, origin.isPending ? .pending : .active, -move.points, origin)
            case .give:
                fill(move.lot, on: entry.day)
                let origin = origin(of: move.lot, wallet: move.wallet)
                entry.add(.restored, move.lot, move.wallet, origin.isPending ? .pending : .active, move.points, origin)
            case .make:
                remake(move, entry)
                entry.add(
                    .restored, move.lot, move.wallet, .active, move.points, origin(of: move.lot, wallet: move.wallet))
            }
        }
    }

    /// A lot that comes back after it was used up keeps where it came from; one that lives for the days of grace is
    /// new.
    private mutating func remake(_ move: LotMove, _ entry: BookEntry) {
        guard var origin = lots[move.lot.rawValue] else {
            make(
                move.lot,
                LotOriginFacts(
                    madeBy: entry, business: move.issuer, beginsAt: move.beginsAt, endsAt: move.endsAt,
                    isPending: false))
            return
        }
        origin.endsAt = move.endsAt
        origin.beginsAt = move.beginsAt
        origin.isPending = false
        origin.filledOn = max(origin.filledOn, entry.day)
        make(move.lot, origin)
    }

    /// The postings of a purchase that promotions made, and those of debts that they alone covered.
    ///
    /// What a receipt earns by its rates comes first: it covers what is owed, and what is left of it is the first lot of its wallet. All
    /// other lots are those of promotions.
    private func giftLots(among postings: [Posting]) -> Set<Posting> {
        var gifts: Set<Posting> = []
        for (wallet, given) in promoted where given > 0 {
            let own = postings.filter { $0.wallet == wallet }
            let issued = own.reduce(0) { $1.purpose == .issued ? $0 - $1.amount : $0 }
            let covered = own.reduce(0) { $1.purpose == .debt ? $0 + $1.amount : $0 }
            let earned = issued - given
            var lots = own.filter { $0.lot != 0 }.sorted { $0.lot < $1.lot }
            if earned > covered, !lots.isEmpty { lots.removeFirst() }
            gifts.formUnion(lots)
            if earned == 0 { gifts.formUnion(own.filter { $0.purpose == .debt }) }
        }
        return gifts
    }

    /// Makes the lots that postings name, and moves debts.
    ///
    /// - Parameters:
    ///   - cause: Why.
    ///   - entry: Receives the changes.
    ///   - source: For a posting the rule that gave its points, 0 for none, and of which kind they are.
    mutating func makeLots(
        _ cause: Cause, _ entry: inout BookEntry, from source: (Posting) -> (rule: UInt16, kind: BookEntry.Kind)
    ) {
        for posting in entry.postings where posting.purpose.isOfMembers {
            guard posting.lot != 0 || posting.purpose == .debt else { continue }
            var origin = LotOriginFacts(
                madeBy: entry, business: posting.business, beginsAt: posting.beginsAt, endsAt: posting.endsAt,
                isPending: posting.purpose == .pending)
            (origin.rule, origin.kind) = source(posting)
            let lot = posting.lot == 0 ? nil : LotID(sequence: entry.sequence, place: UInt16(posting.lot))
            if let lot { make(lot, origin) }
            entry.add(cause, lot, posting.wallet, posting.purpose, posting.amount, origin)
        }
    }

    /// Gives the points of a hold back to their lots.
    mutating func endHold(slot: Int, _ entry: inout BookEntry, _ state: borrowing ProgrammeState) {
        guard slot < state.holds.count, state.holds[slot].hold != 0 else { return }
        let wallet = state.balances[Int(state.holds[slot].balance) - 1].wallet
        var place = state.holds[slot].firstLot
        while place != 0 {
            let part = state.heldLots[Int(place) - 1]
            let lot = state.lots[Int(part.lot) - 1].id
            fill(lot, on: entry.day)
            let origin = origin(of: lot, wallet: wallet)
            entry.add(.held, lot, wallet, .held, -part.points, origin)
            entry.add(.held, lot, wallet, .active, part.points, origin)
            place = part.next
        }
    }
}

extension BookEntry {
    /// Adds a change.
    mutating func add(
        _ cause: Cause, _ lot: LotID?, _ wallet: UInt16, _ purpose: Purpose, _ amount: Int64, _ origin: LotOriginFacts
    ) {
        changes.append(
            LotChange(
                cause: cause, lot: lot, wallet: wallet, business: origin.business, purpose: purpose, amount: amount,
                origin: origin))
    }
}
