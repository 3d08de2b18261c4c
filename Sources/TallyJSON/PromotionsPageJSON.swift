import TallyCodec
public import TallyModel

/// How promotions stand, as lines of JSON.
public enum PromotionsPageJSON {
    /// A page as one line; amounts are in minor units.
    public static func line(_ page: PromotionsPage) -> String {
        var line = JSONText()
        line.add("sequence", page.sequence.rawValue)
        line.add("revision", page.revision)
        if let moment = page.effectiveFrom { line.add(instant: "effective_from", moment) }
        line.add("last", page.isLast)
        line.add("promotions", list: page.rows.map(row))
        return line.object
    }

    private static func row(_ row: PromotionStanding) -> String {
        var line = JSONText()
        line.add("promotion", row.id)
        if !row.title.isEmpty { line.add("title", row.title) }
        line.add("state", "\(row.state)")
        add(row.done, to: &line)
        if row.withheld != PromotionStanding.Figures() {
            var withheld = JSONText()
            add(row.withheld, to: &withheld)
            line.add("withheld", raw: withheld.object)
        }
        if let budget = row.budget {
            var limit = JSONText()
            limit.add("measure", "\(budget.measure)")
            limit.add("most", budget.most)
            limit.add("left", budget.left)
            line.add("budget", raw: limit.object)
        }
        if row.lastSequence != .none { line.add("last_sequence", row.lastSequence.rawValue) }
        return line.object
    }

    private static func add(_ figures: PromotionStanding.Figures, to line: inout JSONText) {
        line.add("uses", figures.uses)
        line.add("discount_minor", figures.discount)
        line.add("points_minor", figures.points)
    }
}
