import TallyBytes
public import TallyModel
import TallyTables

extension ProgrammeState {
    /// The document of a digest; nil when the log has no part of it.
    public func document(_ digest: DocumentDigest) -> UInt32? {
        documentIndex.find(documentHash(digest)) { documents[$0].digest == digest }.map { UInt32($0 + 1) }
    }

    /// The records of a document's parts, in their order.
    public func parts(ofDocument number: UInt32) -> [UInt64] {
        var sequences: [UInt64] = []
        var next = documents[Int(number) - 1].lastPart
        while next != 0 {
            let part = documentParts[Int(next) - 1]
            sequences.append(part.sequence)
            next = part.previous
        }
        return sequences.reversed()
    }

    /// The promotions that decide a receipt: of the revisions in force at a moment the one that came into force last, and of equal
    /// ones the latest.
    ///
    /// - Parameter moment: When the receipt occurred, in microseconds since the epoch.
    /// - Returns: The revision's number; 0 when none is in force.
    public func promotions(at moment: Int64) -> UInt32 {
        var (best, from): (Int, Int64) = (0, .min)
        for row in 0..<promotionSets.count {
            let effectiveFrom = promotionSets[row].effectiveFrom
            if effectiveFrom <= moment, effectiveFrom >= from { (best, from) = (row + 1, effectiveFrom) }
        }
        return UInt32(best)
    }

    /// When other promotions come into force after a moment; nil when none are known yet.
    public func nextPromotions(after moment: Int64) -> Int64? {
        (0..<promotionSets.count).map { promotionSets[$0].effectiveFrom }.filter { $0 > moment }.min()
    }

    /// The promotions that rest in a revision, with the reason.
    ///
    /// - Parameter revision: Its number, from 1.
    /// - Returns: Ids and reasons, in the order of the record.
    public func resting(in revision: UInt32) -> [(id: String, state: PromotionRest)] {
        let set = promotionSets[Int(revision) - 1]
        return (Int(set.restStart)..<Int(set.restStart + set.restCount)).map { row in
            let rest = promotionRests[row]
            return (texts.string(rest.id), PromotionRest(rawValue: UInt8(truncatingIfNeeded: rest.state)) ?? .paused)
        }
    }

    /// The row of what a promotion has done; nil when it has done nothing under that document.
    ///
    /// - Parameters:
    ///   - rules: The document of promotions.
    ///   - place: Its place there.
    /// - Returns: The row.
    public func promotionTally(rules: UInt32, place: UInt32) -> Int? {
        placeIndex.find(placeHash(rules, place)) {
            promotionPlaces[$0].rules == rules && promotionPlaces[$0].place == place
        }.map { Int(promotionPlaces[$0].tally) }
    }

    /// The row of what a promotion has done under its id; nil when it has done nothing.
    public func promotionTally(id: RawSpan) -> Int? {
        tallyIndex.find(hash.hash(id)) { texts.bytes(promotionTallies[$0].id).hasSameBytes(as: id) }
    }

    /// How much of a limit is used.
    ///
    /// - Parameters:
    ///   - high: The counter's name, bytes 8..<16.
    ///   - low: Bytes 0..<8.
    /// - Returns: Uses, minor units of money, or points; 0 for a counter that nobody has moved.
    public func used(high: UInt64, low: UInt64) -> Int64 {
        promotionUse(high: high, low: low).map { promotionUses[$0].amount } ?? 0
    }

    func promotionUse(high: UInt64, low: UInt64) -> Int? {
        useIndex.find(low) { promotionUses[$0].low == low && promotionUses[$0].high == high }
    }

    // MARK: Indexes

    /// Whoever may publish could choose a digest, so it is hashed with the ledger's key.
    private func documentHash(_ digest: DocumentDigest) -> UInt64 {
        hash.hash(digest.word0 ^ digest.word1 ^ digest.word2 ^ digest.word3)
    }

    private func placeHash(_ rules: UInt32, _ place: UInt32) -> UInt64 {
        hash.hash(UInt64(rules) << 32 | UInt64(place))
    }

    mutating func indexDocument(_ row: Int) { documentIndex.insert(row, hash: documentHash(documents[row].digest)) }

    mutating func indexTally(_ row: Int) {
        tallyIndex.insert(row, hash: hash.hash(texts.bytes(promotionTallies[row].id)))
    }

    mutating func indexPlace(_ row: Int) {
        placeIndex.insert(row, hash: placeHash(promotionPlaces[row].rules, promotionPlaces[row].place))
    }

    /// The name is a keyed hash, which is spread already.
    mutating func indexUse(_ row: Int) { useIndex.insert(row, hash: promotionUses[row].low) }

    mutating func rebuildPromotionIndexes() {
        for row in 0..<documents.count { indexDocument(row) }
        for row in 0..<promotionTallies.count { indexTally(row) }
        for row in 0..<promotionPlaces.count { indexPlace(row) }
        for row in 0..<promotionUses.count { indexUse(row) }
    }

    // MARK: Invariants

    /// Checks what must hold about promotions after every record.
    ///
    /// * A document has as many parts as it says to have, each in the log before it is used.
    /// * A revision names whole documents.
    /// * What a promotion has done, and what is used of a limit, is not below zero, and each stands in one row.
    ///
    /// - Throws: ``InvariantFault`` that names the first sentence that does not hold. Linear in rows.
    func checkPromotions() throws(InvariantFault) {
        for row in 0..<documents.count {
            let document = documents[row]
            let parts = parts(ofDocument: UInt32(row + 1))
            guard parts.count == Int(document.kept), document.kept <= document.parts, parts == parts.sorted(),
                parts.last ?? 0 <= sequence
            else { throw InvariantFault("document \(row + 1) has \(document), its parts \(parts)") }
        }
        for row in 0..<promotionSets.count {
            let set = promotionSets[row]
            guard documents[Int(set.words) - 1].isWhole, documents[Int(set.rules) - 1].isWhole else {
                throw InvariantFault("revision \(row + 1) names a document that is not whole")
            }
        }
        for row in 0..<promotionTallies.count {
            let tally = promotionTallies[row]
            let figures = [
                tally.uses, tally.discount, tally.points, tally.withheldUses, tally.withheldDiscount,
                tally.withheldPoints,
            ]
            guard promotionTally(id: texts.bytes(tally.id)) == row, figures.allSatisfy({ $0 >= 0 }) else {
                throw InvariantFault("promotion \(texts.string(tally.id)) has \(tally)")
            }
        }
        for row in 0..<promotionPlaces.count {
            let place = promotionPlaces[row]
            guard Int(place.tally) < promotionTallies.count,
                promotionTally(rules: place.rules, place: place.place) == Int(place.tally)
            else { throw InvariantFault("place \(place.place) of document \(place.rules) has \(place)") }
        }
        for row in 0..<promotionUses.count {
            let use = promotionUses[row]
            guard use.amount >= 0, promotionUse(high: use.high, low: use.low) == row else {
                throw InvariantFault("a limit has \(use)")
            }
        }
    }
}
