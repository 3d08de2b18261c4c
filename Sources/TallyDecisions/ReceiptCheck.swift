import TallyBytes
import TallyCodec
import TallyModel

/// The rules that purchases and returns share, in the order of their numbers.
enum ReceiptCheck {
    /// Checks the moment of a receipt.
    @inline(__always)
    static func time(_ occurredAt: Int64, utcOffsetMinutes: Int16) throws(Refused) {
        let instant = Instant(microseconds: occurredAt)
        guard instant >= .distantPast, instant <= .distantFuture,
            utcOffsetMinutes.magnitude <= Limits.utcOffsetMinutesMax.magnitude
        else { throw Refused(.timeOutOfRange) }
    }

    /// Checks the lines of a receipt and that they add up to its total, in one pass over them.
    ///
    /// - Parameters:
    ///   - message: The purchase or return.
    ///   - group: The lines: quantity and total stand at the front of each entry, in purchases and returns alike.
    ///   - total: The receipt's total in minor units.
    /// - Throws: ``Refused`` with the rule of the lowest number among those that are broken.
    @inline(__always)
    static func lines(_ message: borrowing Message, _ group: Message.Group, total: Int64) throws(Refused) {
        typealias Entry = PurchaseLayout.Lines
        guard group.count > 0 else { throw Refused(.linesMissing) }
        guard group.count <= Limits.linesMax else { throw Refused(.linesTooMany) }
        var sum: Int64 = 0
        for index in 0..<group.count {
            let entry = group.offset &+ index &* group.stride
            let quantity = message.bytes.i64(at: entry &+ Entry.quantity)
            let lineTotal = message.bytes.i64(at: entry &+ Entry.total)
            guard quantity >= 0, quantity <= Limits.quantityThousandthsMax, lineTotal >= 0,
                lineTotal <= Limits.amountMinorMax
            else { throw linesSlowPath(message, group, total: total) }
            // 2,000 lines of at most 10^12 stay far below 2^63.
            sum &+= lineTotal
        }
        guard total >= 0 else { throw Refused(.amountNegative) }
        guard total <= Limits.amountMinorMax else { throw Refused(.amountTooLarge) }
        guard sum == total else { throw Refused(.totalMismatch) }
    }

    /// Finds the rule of the lowest number that some line or the total breaks, and the first line that breaks it.
    @inline(never)
    private static func linesSlowPath(
        _ message: borrowing Message, _ group: Message.Group, total receipt: Int64
    ) -> Refused {
        typealias Entry = PurchaseLayout.Lines
        var found = Refused(.totalMismatch)
        for index in 0..<group.count {
            let entry = group.offset + index * group.stride
            let quantity = message.bytes.i64(at: entry + Entry.quantity)
            let total = message.bytes.i64(at: entry + Entry.total)
            let broken: Rejection? =
                quantity < 0
                ? .quantityNegative
                : total < 0
                    ? .amountNegative
                    : quantity > Limits.quantityThousandthsMax || total > Limits.amountMinorMax ? .amountTooLarge : nil
            if let broken, broken.rawValue < found.rejection.rawValue { found = Refused(broken, line: index + 1) }
        }
        // A line that breaks the same rule is the better answer, a line that breaks a later one is not.
        if receipt < 0, found.rejection.rawValue > Rejection.amountNegative.rawValue {
            found = Refused(.amountNegative)
        }
        return found
    }

    /// Checks the strings of the lines: every line has a SKU, no string is broken.
    ///
    /// - Parameters:
    ///   - message: The purchase or return.
    ///   - group: The lines, with the lengths of their strings in bytes.
    ///   - cursor: Stands in the text where the first line's SKU begins.
    ///   - trailing: Bytes of text behind the last line.
    /// - Throws: ``Refused`` at the first line with a broken string, and when the text does not end as it should.
    @inline(__always)
    static func lineTexts(
        _ message: borrowing Message, _ group: Message.Group, behind cursor: TextCursor, trailing: Int = 0
    ) throws(Refused) {
        typealias Entry = PurchaseLayout.Lines
        var offset = cursor.offset
        for index in 0..<group.count {
            let entry = group.offset &+ index &* group.stride
            let sku = Int(message.bytes.u8(at: entry &+ Entry.skuLength))
            let category = Int(message.bytes.u8(at: entry &+ Entry.categoryLength))
            guard sku > 0, sku <= Limits.identifierBytesMax, category <= Limits.identifierBytesMax else {
                throw Refused(.textMalformed, line: index + 1)
            }
            if !cursor.isPlain { try lineTextsSlowPath(message, offset, sku, category, line: index + 1) }
            offset &+= sku &+ category
        }
        guard offset &+ trailing == message.textLength else { throw Refused(.textMalformed) }
    }

    @inline(never)
    private static func lineTextsSlowPath(
        _ message: borrowing Message, _ offset: Int, _ sku: Int, _ category: Int, line: Int
    ) throws(Refused) {
        guard let skuBytes = message.text(at: offset, count: sku),
            let categoryBytes = message.text(at: offset + sku, count: category),
            TextCheck.isText(skuBytes), TextCheck.isText(categoryBytes)
        else { throw Refused(.textMalformed, line: line) }
    }
}
