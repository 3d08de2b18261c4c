public import TallyBytes
public import TallyModel

/// The lots that a record takes from and gives to, read in place.
///
/// Words of LEB128, because a member's ten thousand lots must fit into one record: with sequences a million records apart a
/// lot takes six bytes. The form is described at the head of the schema.
public struct LotList: ~Escapable {
    private let bytes: RawSpan
    private var offset = 0
    private var left: UInt64 = 0
    private var wallet: UInt16 = 0
    private var sequence: UInt64 = 0

    /// The list in `bytes`, which is the end of a record's text.
    @_lifetime(copy bytes)
    public init(bytes: RawSpan) { self.bytes = bytes }

    /// The next move; nil behind the last.
    ///
    /// - Throws: ``CodecError`` when the bytes end inside a move or hold a value out of range.
    public mutating func next() throws(CodecError) -> LotMove? {
        while left == 0 {
            guard offset < bytes.byteCount else { return nil }
            wallet = try small("wallet")
            left = try word()
            sequence = 0
        }
        left &-= 1
        let head = try word()
        let distance = head &>> 3
        sequence = sequence &+ ((distance &>> 1) ^ (0 &- (distance & 1)))
        guard let kind = LotMove.Kind(rawValue: UInt8(head & 3)), sequence > 0, sequence < 1 << 48 else {
            throw CodecError(.valueUnknown(field: "lot", value: Int64(truncatingIfNeeded: head)), at: offset)
        }
        let place: UInt16 = head & 4 == 0 ? 1 : try small("place")
        var move = LotMove(
            wallet: wallet, kind: kind, lot: LotID(sequence: sequence, place: place), points: try points())
        guard kind == .make else { return move }
        move.issuer = try small("issuer")
        move.beginsAt = try small("beginsAt")
        move.endsAt = try small("endsAt")
        return move
    }

    private mutating func points() throws(CodecError) -> Int64 {
        let value = try word()
        guard value > 0, let points = Int64(exactly: value) else {
            throw CodecError(.valueUnknown(field: "points", value: Int64(truncatingIfNeeded: value)), at: offset)
        }
        return points
    }

    private mutating func small<T: FixedWidthInteger>(_ field: String) throws(CodecError) -> T {
        let value = try word()
        guard let small = T(exactly: value) else {
            throw CodecError(.valueUnknown(field: field, value: Int64(truncatingIfNeeded: value)), at: offset)
        }
        return small
    }

    private mutating func word() throws(CodecError) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while shift < 64 {
            guard offset < bytes.byteCount else {
                throw CodecError(.tooShort(needed: offset + 1, found: bytes.byteCount), at: offset)
            }
            let byte = bytes.u8(at: offset)
            offset += 1
            value |= UInt64(byte & 0x7F) &<< shift
            if byte < 0x80 { return value }
            shift += 7
        }
        throw CodecError(.valueUnknown(field: "word", value: Int64(truncatingIfNeeded: value)), at: offset)
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

    private mutating func append(word: UInt64) {
        var rest = word
        while rest >= 0x80 {
            append(u8: UInt8(rest & 0x7F) | 0x80)
            rest &>>= 7
        }
        append(u8: UInt8(rest))
    }
}
