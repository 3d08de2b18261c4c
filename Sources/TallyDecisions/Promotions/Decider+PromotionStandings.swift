public import TallyModel
public import TallyProjections
import TallyPromotions
import TallyTables

extension Decider {
    /// How promotions stand at a moment.
    ///
    /// - Parameters:
    ///   - moment: Which revision is asked about, in microseconds since the epoch.
    ///   - state: What is known.
    ///   - history: Has the documents.
    ///   - desk: Keeps promotions compiled.
    /// - Returns: The revision, 0 for none, with its promotions in the order of their document and others that have done something.
    public func promotions(
        at moment: Int64, state: borrowing ProgrammeState, history: some RecordSource, desk: PromotionDesk?
    ) -> (revision: UInt32, rows: [PromotionStanding]) {
        let revision = state.promotions(at: moment)
        var rows: [PromotionStanding] = []
        var places: [String: Int] = [:]
        if revision > 0, let desk {
            let row = state.promotionSets[Int(revision) - 1]
            let live = try? live(words: row.words, rules: row.rules, state: state, history: history, desk: desk)
            for promotion in live?.book.ruleSet.promotions ?? [] {
                places[promotion.id] = rows.count
                let title = promotion.title.utf8.count <= Limits.nameBytesMax ? promotion.title : ""
                rows.append(
                    PromotionStanding(
                        id: promotion.id, title: title, state: .live, budget: budget(of: promotion, state)))
            }
            for rest in state.resting(in: revision) {
                guard let place = places[rest.id] else { continue }
                rows[place].state = rest.state == .paused ? .paused : .archived
            }
        }
        for row in 0..<state.promotionTallies.count {
            let tally = state.promotionTallies[row]
            let id = state.texts.string(tally.id)
            let place = places[id] ?? rows.count
            if place == rows.count { rows.append(PromotionStanding(id: id, state: .gone)) }
            rows[place].done = PromotionStanding.Figures(
                uses: tally.uses, discount: tally.discount, points: tally.points)
            rows[place].withheld = PromotionStanding.Figures(
                uses: tally.withheldUses, discount: tally.withheldDiscount, points: tally.withheldPoints)
            rows[place].lastSequence = LogSequence(tally.lastSequence)
        }
        return (revision, rows)
    }

    /// The limit for the promotion as a whole and for ever of which the smallest part is left.
    private func budget(of promotion: Promotion, _ state: borrowing ProgrammeState) -> PromotionStanding.Budget? {
        let meter = UseMeter(key, day: CivilDay(days: 0), store: StoreNumber(0), member: .none)
        var narrowest: PromotionStanding.Budget?
        for limit in promotion.terms.limits where limit.scope == .promotion && limit.period == .ever {
            guard let measure = PromotionStanding.Budget.Measure(rawValue: limit.measure.rawValue) else { continue }
            let left = max(0, limit.most - meter.used(of: limit, promotion.id, state))
            let isNarrower = narrowest.map {
                left.multipliedFullWidth(by: $0.most) < $0.left.multipliedFullWidth(by: limit.most)
            }
            if isNarrower ?? true { narrowest = PromotionStanding.Budget(measure, most: limit.most, left: left) }
        }
        return narrowest
    }
}
