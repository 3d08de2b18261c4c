import TallyPromotions

extension PromotionWriter {
    /// An effect in its one form as an item of `then`.
    func value(_ effect: Effect) -> CanonicalValue {
        switch effect {
        case .percentOff(let filter, let basisPoints, let terms):
            return item("percent_off", ["percent": percent(basisPoints)], filter, terms)
        case .amountOff(let filter, let amount, let terms):
            return item("amount_off", ["amount": money(amount)], filter, terms)
        case .unitPrice(let filter, let price): return item("unit_price", ["price": money(price)], filter)
        case .everyNth(let filter, let nth, let terms):
            var object = ["every": CanonicalValue.number("\(nth.every)"), "percent": percent(nth.basisPoints)]
            if nth.most > 0 { object["most"] = .number("\(nth.most)") }
            if nth.order == .cheapestFirst { object["first"] = .text("cheapest") }
            return item("every_nth", object, filter, terms)
        case .bind(let bind, let terms): return item("bind", value(bind), .all, terms)
        case .bundle(let parts, let price, let terms):
            var object: [String: CanonicalValue] = ["parts": .list(parts.map(value))]
            switch price {
            case .price(let amount): object["price"] = money(amount)
            case .basisPoints(let basisPoints): object["percent"] = percent(basisPoints)
            }
            return item("bundle", object, .all, terms)
        case .pointsPercent(let filter, let basisPoints, let terms):
            return item("points_percent", ["percent": percent(basisPoints)], filter, terms)
        case .points(let amount): return .object(["points": points(amount)])
        case .pointsPerStep(let filter, let step, let amount, let terms):
            return item("points_per_step", ["step": money(step), "points": points(amount)], filter, terms)
        case .pointsTimes(let factor, let basisPoints, let terms):
            return item(
                "points_times", ["times": .number("\(factor)"), "percent": percent(basisPoints)], .all, terms)
        case .act(let act): return value(act)
        }
    }

    func percent(_ basisPoints: Int32) -> CanonicalValue { .number(Decimals.text(Int64(basisPoints), 2)) }
    func money(_ minor: Int64) -> CanonicalValue { .number(Decimals.text(minor, vocabulary.moneyScale)) }
    func points(_ minor: Int64) -> CanonicalValue { .number(Decimals.text(minor, vocabulary.pointsScale)) }

    private func item(
        _ key: String, _ object: [String: CanonicalValue], _ filter: GoodsFilter,
        _ terms: DiscountTerms = DiscountTerms()
    ) -> CanonicalValue {
        var object = object
        if filter != .all { object["goods"] = filter.canonical }
        if terms.base == .initial { object["base"] = .text("initial") }
        if terms.rounding == .goods { object["rounding"] = .text("goods") }
        if terms.spread == .receipt { object["taken_off"] = .text("receipt") }
        if terms.shares { object["shares_units"] = .flag(true) }
        return .object([key: .object(object)])
    }

    private func value(_ bind: BindTerms) -> [String: CanonicalValue] {
        var object: [String: CanonicalValue] = [
            "buy": bind.qualifier.canonical, "get": bind.target.canonical, "percent": percent(bind.basisPoints),
        ]
        if bind.qualifierUnits != 1 { object["buy_units"] = .number("\(bind.qualifierUnits)") }
        if bind.targetUnits != 1 { object["get_units"] = .number("\(bind.targetUnits)") }
        if bind.sameBrand { object["same_brand"] = .flag(true) }
        return object
    }

    private func value(_ part: BundlePart) -> CanonicalValue {
        var object = ["goods": part.filter.canonical]
        if part.units != 1 { object["units"] = .number("\(part.units)") }
        return .object(object)
    }

    private func value(_ act: Act) -> CanonicalValue {
        let words = ActWords.of(act.kind)
        var object: [String: CanonicalValue] = [:]
        if !act.argument.isEmpty { object[words.noun] = .text(act.argument) }
        if let on = words.on { object["on"] = .text(on) }
        if act.count != 1 { object["count"] = .number("\(act.count)") }
        if let key = words.minutes, act.minutes > 0 { object[key] = .number("\(act.minutes)") }
        if let key = words.channel, !act.channel.isEmpty { object[key] = .text(act.channel) }
        if let (key, unit) = words.amount { object[key] = unit == .money ? money(act.amount) : points(act.amount) }
        return .object([words.key: .object(object)])
    }
}
