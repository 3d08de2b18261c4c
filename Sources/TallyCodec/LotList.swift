public import TallyBytes
public import TallyModel

/// The lots that a record takes from and gives to, read in place.
///
/// Words of LEB128, because a member's ten thousand lots must fit into one record: with sequences a million records apart a
/// lot takes six bytes. The form is described at the head of the schema.
public struct LotList: ~Escapable {
    private var words: WordReader
    private var left: UInt64 = 0
    private var wallet: UInt16 = 0
    private var sequence: UInt64 = 0

    /// The list in `bytes`, which is the end of a record's text.
    @_lifetime(copy bytes)
    public init(bytes: RawSpan) { words = WordReader(bytes) }

    /// The next move; nil behind the last.
    ///
    /// - Throws: ``CodecError`` when the bytes end inside a move or hold a value out of range.
    public mutating func next() throws(CodecError) -> LotMove? {
        while left == 0 {
            guard !words.isAtEnd else { return nil }
            wallet = try words.number("wallet")
            left = try words.word()
            sequence = 0
        }
        left &-= 1
        let head = try words.word()
        let distance = head &>> 3
        sequence = sequence &+ ((distance &>> 1) ^ (0 &- (distance & 1)))
        guard let kind = LotMove.Kind(rawValue: UInt8(head & 3)), sequence > 0, sequence < 1 << 48 else {
            throw CodecError(.valueUnknown(field: "lot", value: Int64(truncatingIfNeeded: head)), at: words.offset)
        }
        let place: UInt16 = head & 4 == 0 ? 1 : try words.number("place")
        var move = LotMove(
            wallet: wallet, kind: kind, lot: LotID(sequence: sequence, place: place), points: try points())
        guard kind == .make else { return move }
        move.issuer = try words.number("issuer")
        move.beginsAt = try words.number("beginsAt")
        move.endsAt = try words.number("endsAt")
        return move
    }

    private mutating func points() throws(CodecError) -> Int64 {
        let points: Int64 = try words.number("points")
        guard points > 0 else { throw CodecError(.valueUnknown(field: "points", value: 0), at: words.offset) }
        return points
    }
}

extension Message {
    /// The list of lots at the end of the text of a record.
    ///
    /// - Parameters:
    ///   - length: Its bytes, as the record says.
    ///   - following: Bytes of the list behind it, where a record has two.
    /// - Returns: The list, in front of its first move.
    /// - Throws: ``CodecError`` when the text is shorter.
    @_lifetime(copy self)
    public func lots(length: UInt16, before following: UInt16 = 0) throws(CodecError) -> LotList {
        let needed = Int(length) + Int(following)
        guard let bytes = text(at: textLength - needed, count: Int(length)) else {
            throw CodecError(.textLengthMismatch(needed: needed, found: textLength), at: textOffset)
        }
        return LotList(bytes: bytes)
    }
}

extension ByteWriter {
    /// Appends a list of lots.
    ///
    /// - Parameter moves: Those of one wallet stand together; a lot takes the fewest bytes behind one made shortly before it.
    public mutating func append(lots moves: [LotMove]) {
        var start = 0
        while start < moves.count {
            var end = start
            while end < moves.count, moves[end].wallet == moves[start].wallet { end += 1 }
            append(word: UInt64(moves[start].wallet))
            append(word: UInt64(end - start))
            var sequence: UInt64 = 0
            for index in start..<end { append(moves[index], after: &sequence) }
            start = end
        }
    }

    private mutating func append(_ move: LotMove, after sequence: inout UInt64) {
        let distance = Int64(bitPattern: move.lot.sequence &- sequence)
        let zigzag = UInt64(bitPattern: (distance &<< 1) ^ (distance &>> 63))
        sequence = move.lot.sequence
        let isFirst = move.lot.place == 1
        append(word: zigzag &<< 3 | (isFirst ? 0 : 4) | UInt64(move.kind.rawValue))
        if !isFirst { append(word: UInt64(move.lot.place)) }
        append(word: UInt64(move.points))
        guard move.kind == .make else { return }
        append(word: UInt64(move.issuer))
        append(word: UInt64(move.beginsAt))
        append(word: UInt64(move.endsAt))
    }
}
