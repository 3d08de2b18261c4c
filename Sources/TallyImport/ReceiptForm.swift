import TallyCodec
import TallyModel

/// What a receipt's rows amount to.
struct ReceiptForm {
    /// True for a blind return.
    var isReturn = false
    /// The receipt's total in minor units, not negative.
    var total: Int64 = 0
    /// The earliest row, in civil seconds.
    var civilSeconds = Int64.max
    /// Bytes of all texts of the event.
    var textBytes = 0
    /// True when points pay what they may.
    var redeems = false

    var entryLength: Int { isReturn ? ReturnLayout.Lines.entryLength : PurchaseLayout.Lines.entryLength }
}

/// Which signs the rows of a receipt have, each by the first row that has it.
private struct Signs {
    var positiveTotal: Int?
    var negativeTotal: Int?
    var positiveQuantity: Int?
    var negativeQuantity: Int?

    mutating func note(_ row: ReceiptRow, at index: Int) {
        if row.total > 0 { positiveTotal = positiveTotal ?? index }
        if row.total < 0 { negativeTotal = negativeTotal ?? index }
        if row.quantity > 0 { positiveQuantity = positiveQuantity ?? index }
        if row.quantity < 0 { negativeQuantity = negativeQuantity ?? index }
    }
}

extension ReceiptsCSV {
    /// Judges the rows of the receipt at hand together.
    ///
    /// - Returns: Whether they are a purchase or a return, and their sums.
    /// - Throws: ``BadRow`` when they disagree on member, store or sign, or are too much for one event.
    func judgeReceipt() throws(BadRow) -> ReceiptForm {
        let first = rows[0]
        var form = ReceiptForm()
        var signs = Signs()
        form.textBytes = first.store.count + first.member.count + first.receipt.count
        for (index, row) in rows.enumerated() {
            if index > 0 { try checkSameBuyer(row, as: first) }
            signs.note(row, at: index)
            form.total += Int64(row.total.magnitude)
            form.textBytes += row.sku.count + row.category.count
            form.civilSeconds = min(form.civilSeconds, row.civilSeconds)
        }
        form.isReturn = try isReturn(signs)
        try checkSize(form)
        return form
    }

    private func checkSameBuyer(_ row: ReceiptRow, as first: ReceiptRow) throws(BadRow) {
        guard isSameText(row.member, first.member) else {
            throw bad(row, .member, "the member of the receipt's first row")
        }
        guard isSameText(row.store, first.store) else { throw bad(row, .store, "the store of the receipt's first row") }
    }

    /// Purchases have no negative row.
    ///
    /// In a return only the totals speak: some tills write its quantities without a sign.
    private func isReturn(_ signs: Signs) throws(BadRow) -> Bool {
        if let positive = signs.positiveTotal, let negative = signs.negativeTotal {
            throw bad(
                rows[max(positive, negative)], .total,
                "totals of one sign in a receipt: what is bought, or what comes back")
        }
        if signs.negativeTotal != nil { return true }
        guard let negative = signs.negativeQuantity else { return false }
        if signs.positiveTotal != nil {
            throw bad(rows[negative], .quantity, "a quantity that is not negative in a purchase")
        }
        if let positive = signs.positiveQuantity {
            throw bad(rows[max(positive, negative)], .quantity, "quantities of one sign in a receipt of no value")
        }
        return true
    }

    private func checkSize(_ form: ReceiptForm) throws(BadRow) {
        let fixed = form.isReturn ? ReturnLayout.blockLength : PurchaseLayout.blockLength
        // A purchase may be paid with points: a group of one redemption and the wallet's id.
        let redemptions = 4 + PurchaseLayout.Redemptions.entryLength + Limits.identifierBytesMax
        let bytes =
            messageHeaderLength + fixed + 4 + rows.count * form.entryLength + redemptions + 2 + form.textBytes
        guard bytes <= Limits.commandBytesMax else {
            throw bad(rows[0], .receipt, "a receipt of at most \(Limits.commandBytesMax) bytes; it has \(bytes)")
        }
        guard form.total <= Limits.amountMinorMax else {
            throw bad(rows[0], .total, "lines that add up to at most \(Limits.amountMinorMax) minor units")
        }
    }

    private func bad(_ row: ReceiptRow, _ column: ReceiptsColumn, _ expected: String) -> BadRow {
        let found =
            switch column {
            case .member: String(utf8Of: buffer[row.member])
            case .store: String(utf8Of: buffer[row.store])
            case .quantity: "\(row.quantity) thousandths"
            case .total: "\(row.total) minor units"
            default: String(utf8Of: buffer[row.receipt])
            }
        return BadRow(line: row.line, column: column.rawValue + 1, found: found, expected: expected)
    }
}
