public import TallyBytes
public import TallyModel

extension PromotionsPage {
    /// Stands in the bytes for "no budget".
    private static var noBudget: UInt8 { 255 }

    /// Reads the message.
    ///
    /// - Throws: ``CodecError`` when the bytes are not this message.
    public init(_ bytes: RawSpan) throws(CodecError) {
        typealias Layout = PromotionsStandLayout
        let message = try Message(bytes, shape: Layout.shape)
        let revision = message.u32(Layout.revision)
        self.init(
            sequence: LogSequence(message.u64(Layout.sequence)), revision: revision,
            effectiveFrom: revision == 0 ? nil : Instant(microseconds: message.i64(Layout.effectiveFrom)),
            isLast: message.u8(Layout.last) != 0, rows: [])
        var cursor = 0
        for index in 0..<message.firstGroup.count {
            let entry = message.firstGroup.offset + index * message.firstGroup.stride
            let id = message.string(&cursor, Int(bytes.u8(at: entry + Layout.Rows.idLength)))
            let title = message.string(&cursor, Int(bytes.u8(at: entry + Layout.Rows.titleLength)))
            rows.append(try PromotionsPage.row(id, title, bytes, entry))
        }
        try message.checkText(readTo: cursor)
    }

    private static func row(
        _ id: String, _ title: String, _ bytes: RawSpan, _ entry: Int
    ) throws(CodecError) -> PromotionStanding {
        typealias Entry = PromotionsStandLayout.Rows
        let number = bytes.u8(at: entry + Entry.state)
        guard let state = PromotionStanding.State(rawValue: number) else {
            throw CodecError(.valueUnknown(field: "state", value: Int64(number)), at: entry + Entry.state)
        }
        func figures(_ uses: Int, _ discount: Int, _ points: Int) -> PromotionStanding.Figures {
            PromotionStanding.Figures(
                uses: bytes.i64(at: entry + uses), discount: bytes.i64(at: entry + discount),
                points: bytes.i64(at: entry + points))
        }
        var row = PromotionStanding(
            id: id, title: title, state: state, done: figures(Entry.uses, Entry.discount, Entry.points),
            withheld: figures(Entry.withheldUses, Entry.withheldDiscount, Entry.withheldPoints),
            lastSequence: LogSequence(bytes.u64(at: entry + Entry.lastSequence)))
        let measure = bytes.u8(at: entry + Entry.budgetMeasure)
        if measure != noBudget {
            guard let measure = PromotionStanding.Budget.Measure(rawValue: measure) else {
                throw CodecError(
                    .valueUnknown(field: "budgetMeasure", value: Int64(measure)), at: entry + Entry.budgetMeasure)
            }
            row.budget = PromotionStanding.Budget(
                measure, most: bytes.i64(at: entry + Entry.budgetMost), left: bytes.i64(at: entry + Entry.budgetLeft))
        }
        return row
    }

    /// Writes the message.
    ///
    /// - Precondition: At most ``TallyModel/PromotionsPage/rowsMax`` rows, with ids and titles of at most 255 bytes.
    public func encode(into writer: inout ByteWriter) {
        precondition(rows.count <= PromotionsPage.rowsMax, "A page has at most \(PromotionsPage.rowsMax) rows.")
        writer.append(header: PromotionsStandLayout.shape)
        writer.append(u64: sequence.rawValue)
        writer.append(i64: effectiveFrom?.microseconds ?? 0)
        writer.append(u32: revision)
        writer.append(u8: isLast ? 1 : 0)
        writer.append(groupOf: rows.count, entryLength: PromotionsStandLayout.Rows.entryLength)
        for row in rows {
            for figures in [row.done, row.withheld] {
                writer.append(i64: figures.uses)
                writer.append(i64: figures.discount)
                writer.append(i64: figures.points)
            }
            writer.append(u64: row.lastSequence.rawValue)
            writer.append(i64: row.budget?.most ?? 0)
            writer.append(i64: row.budget?.left ?? 0)
            writer.append(u8: row.budget?.measure.rawValue ?? PromotionsPage.noBudget)
            writer.append(u8: row.state.rawValue)
            writer.append(lengthOf: row.id)
            writer.append(lengthOf: row.title)
        }
        writer.append(texts: rows.flatMap { [$0.id, $0.title] })
    }
}
