import TallyBytes

/// Finds the fields of one row in a buffer.
enum RowScanner {
    /// How far the buffer goes.
    enum Found {
        /// A whole row of `count` bytes with its line end, on `lines` lines of the file.
        case row(count: Int, lines: Int)
        /// The row goes on behind the buffer.
        case needsMore
        /// The row holds a quote: ``scanQuotedSlowPath(_:from:isLast:into:)`` must read it.
        case quoted
    }

    /// Reads a row without quotes; offsets in `row` count from `start`.
    ///
    /// One comparison passes over nearly every byte: the comma, the quote and the line ends are all at or below 0x2C, and
    /// digits, letters and the bytes of UTF-8 are all above it.
    static func scan(_ bytes: RawSpan, from start: Int, isLast: Bool, into row: inout RowFields) -> Found {
        row = RowFields()
        var offset = start
        var fieldStart = start
        var union: UInt8 = 0
        let end = bytes.byteCount
        while offset < end {
            let byte = bytes.u8(at: offset)
            offset &+= 1
            if byte > UInt8(ascii: ",") {
                union |= byte
            } else if byte == UInt8(ascii: ",") {
                row.append(start: fieldStart &- start, end: offset &- 1 &- start)
                fieldStart = offset
            } else if byte == UInt8(ascii: "\n") {
                let isDos = offset &- 1 > fieldStart && bytes.u8(at: offset &- 2) == UInt8(ascii: "\r")
                row.append(start: fieldStart &- start, end: offset &- (isDos ? 2 : 1) &- start)
                row.hasHighBytes = union >= 0x80
                return .row(count: offset &- start, lines: 1)
            } else if byte == UInt8(ascii: "\"") {
                return .quoted
            }
        }
        guard isLast, end > start else { return .needsMore }
        row.append(start: fieldStart - start, end: end - start)
        row.hasHighBytes = union >= 0x80
        return .row(count: end - start, lines: 1)
    }

    /// Reads a row with quotes (RFC 4180) and takes the quotes out of the buffer in place, so that every field is one run.
    ///
    /// The row is changed only once it is there as a whole; a row that goes on behind the buffer is read again later.
    static func scanQuotedSlowPath(
        _ buffer: inout [UInt8], from start: Int, isLast: Bool, into row: inout RowFields
    ) -> Found {
        let (end, isInQuotes) = rowEnd(in: buffer, from: start)
        let isWhole = end < buffer.count
        guard isWhole || (isLast && !isInQuotes) else { return .needsMore }
        var textEnd = end
        if textEnd > start, buffer[textEnd - 1] == UInt8(ascii: "\r") { textEnd -= 1 }
        row = RowFields()
        row.hasHighBytes = buffer[start..<textEnd].contains { $0 >= 0x80 }
        let lines = 1 + buffer[start..<end].count { $0 == UInt8(ascii: "\n") }
        var offset = start
        repeat {
            offset = takeField(&buffer, from: offset, to: textEnd, rowStart: start, into: &row)
        } while offset <= textEnd
        return .row(count: end + (isWhole ? 1 : 0) - start, lines: lines)
    }

    /// Finds the line end behind a row: the first one outside quotes.
    ///
    /// A quote opens only where a field begins, or behind
    /// the quote that closed, where the two stand for one.
    private static func rowEnd(in buffer: [UInt8], from start: Int) -> (end: Int, isInQuotes: Bool) {
        var (end, isInQuotes, mayOpen) = (start, false, true)
        while end < buffer.count, isInQuotes || buffer[end] != UInt8(ascii: "\n") {
            let isQuote = buffer[end] == quote
            if isInQuotes {
                (isInQuotes, mayOpen) = (!isQuote, isQuote)
            } else {
                isInQuotes = isQuote && mayOpen
                mayOpen = buffer[end] == UInt8(ascii: ",")
            }
            end += 1
        }
        return (end, isInQuotes)
    }

    /// Takes one field.
    ///
    /// - Returns: Where the next field begins; beyond `textEnd` when there is none.
    private static func takeField(
        _ buffer: inout [UInt8], from start: Int, to textEnd: Int, rowStart: Int, into row: inout RowFields
    ) -> Int {
        var (reading, writing) = (start, start)
        if start < textEnd, buffer[start] == quote { takeQuoted(&buffer, &reading, &writing, to: textEnd) }
        // What is left up to the comma stands outside quotes: a quote there, or anything behind quotes, is stray.
        let isBare = reading == start
        while reading < textEnd, buffer[reading] != UInt8(ascii: ",") {
            if !isBare || buffer[reading] == quote, row.strayQuoteColumn == 0 { row.strayQuoteColumn = row.count + 1 }
            buffer[writing] = buffer[reading]
            (reading, writing) = (reading + 1, writing + 1)
        }
        row.append(start: start - rowStart, end: writing - rowStart)
        return reading + 1
    }

    /// Moves the text between quotes to the place of the first one; a doubled quote becomes one.
    private static func takeQuoted(_ buffer: inout [UInt8], _ reading: inout Int, _ writing: inout Int, to textEnd: Int)
    {
        reading += 1
        while reading < textEnd {
            if buffer[reading] == quote {
                reading += 1
                guard reading < textEnd, buffer[reading] == quote else { return }
            }
            buffer[writing] = buffer[reading]
            (reading, writing) = (reading + 1, writing + 1)
        }
    }

    private static let quote = UInt8(ascii: "\"")
}
