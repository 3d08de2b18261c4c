import TallyJSON
import TallyModel
import TallyPromotions

/// What the language calls the terms of a promotion.
enum PromotionTermWords {
    static let keys = ["owner", "goal", "cost_per_use", "funding", "points_to", "limits", "control"]
    static let goals: [(String, PromotionTerms.Goal)] = [
        ("acquire", .acquire), ("enrich", .enrich), ("retain", .retain), ("average_check", .averageCheck),
        ("spread_demand", .spreadDemand),
    ]
    static let scopes: [(String, UseLimit.Scope)] = [
        ("promotion", .promotion), ("member", .member), ("store", .store),
    ]
    static let measures: [(String, UseLimit.Measure)] = [
        ("uses", .uses), ("discount", .discount), ("points", .points),
    ]
    static let periods: [(String, UseLimit.Period)] = [
        ("ever", .ever), ("day", .day), ("week", .week), ("month", .month), ("year", .year),
    ]

    /// The word for a value of a list.
    static func word<T: Equatable>(_ value: T, _ words: [(String, T)]) -> String {
        words.first { $0.1 == value }?.0 ?? ""
    }
}

extension DocumentReader {
    /// What is agreed about a promotion beside what it decides.
    mutating func terms(of object: Object) -> PromotionTerms {
        var terms = PromotionTerms()
        if let node = object["owner"] { terms.owner = text(node, object.path("owner"), "who answers for it") ?? "" }
        if let node = object["goal"] {
            terms.goal = word(node, object.path("goal"), among: PromotionTermWords.goals, "a goal")
        }
        if let node = object["cost_per_use"] {
            terms.costPerUse = money(node, object.path("cost_per_use"), 0...Limits.amountMinorMax) ?? 0
        }
        if let node = object["funding"] { terms.funding = funding(node, object.path("funding")) }
        if let node = object["points_to"] { terms.points = pointsTerms(node, object.path("points_to")) }
        if let node = object["limits"] {
            let form = "a limit, such as {per: member, uses: 1, every: month}"
            let nodes = list(node, object.path("limits"), countMax: PromotionLimits.limitsMax, form) ?? []
            terms.limits = nodes.enumerated().compactMap { limit($1, "\(object.path("limits"))[\($0)]") }
        }
        if let node = object["control"] { terms.control = control(node, object.path("control")) }
        return terms
    }

    private mutating func funding(_ node: DocumentNode, _ path: String) -> [FundingShare] {
        let form = "who pays and how much of it, such as {payer: luna, percent: 100}"
        let nodes = list(node, path, countMax: PromotionLimits.payersMax, form) ?? []
        var shares: [FundingShare] = []
        for (number, node) in nodes.enumerated() {
            guard let object = object(node, "\(path)[\(number)]", keys: ["payer", "percent"]) else { continue }
            let payer = required(object, "payer", "who pays").flatMap { text($0, object.path("payer"), "who pays") }
            let share = required(object, "percent", "a percentage").flatMap {
                percent($0, object.path("percent"), max: PromotionLimits.shareMax)
            }
            guard let payer, let share else { continue }
            if shares.contains(where: { $0.payer == payer }) {
                note(node, object.path, found: "\(payer) again", expected: "payers that differ")
            }
            shares.append(FundingShare(payer: payer, basisPoints: share))
        }
        let sum = shares.reduce(0) { $0 + Int64($1.basisPoints) }
        if shares.count == nodes.count, !nodes.isEmpty, sum != Int64(PromotionLimits.shareMax) {
            note(node, path, found: "\(Decimals.text(sum, 2)) % in all", expected: "shares that add up to 100 %")
        }
        return shares
    }

    private mutating func limit(_ node: DocumentNode, _ path: String) -> UseLimit? {
        let measures = PromotionTermWords.measures.map(\.0)
        guard let object = object(node, path, keys: ["per", "every"] + measures) else { return nil }
        let scope = required(object, "per", "promotion, member or store").flatMap {
            word($0, object.path("per"), among: PromotionTermWords.scopes, "for each of what")
        }
        let period = object["every"].map {
            word($0, object.path("every"), among: PromotionTermWords.periods, "a time")
        }
        let named = PromotionTermWords.measures.filter { object[$0.0] != nil }
        guard named.count == 1, let (key, measure) = named.first, let node = object[key] else {
            note(
                node, path, found: "\(named.count) amounts", expected: "one of \(measures.joined(separator: ", "))")
            return nil
        }
        let most: Int64?
        switch measure {
        case .uses: most = decimal(node, object.path(key), scale: 0, 1...Limits.amountMinorMax, "a number of uses")
        case .discount: most = money(node, object.path(key), 1...Limits.amountMinorMax)
        case .points: most = points(node, object.path(key))
        }
        guard let scope, let most, let period = period ?? .ever else { return nil }
        return UseLimit(per: scope, measure, atMost: most, every: period)
    }

    private mutating func control(_ node: DocumentNode, _ path: String) -> ControlGroup? {
        guard let object = object(node, path, keys: ["percent", "salt"]) else { return nil }
        let share = required(object, "percent", "a percentage").flatMap {
            percent($0, object.path("percent"), max: PromotionLimits.shareMax)
        }
        let salt = object["salt"].map { text($0, object.path("salt"), "a word that the draw begins with") } ?? ""
        guard let share, let salt else { return nil }
        return ControlGroup(basisPoints: share, salt: salt)
    }

    // MARK: Points

    /// Where points go; their days are said as the terms of a wallet say theirs.
    private mutating func pointsTerms(_ node: DocumentNode, _ path: String) -> PointsTerms {
        guard let object = object(node, path, keys: ["wallet", "pending", "expiry"]) else { return PointsTerms() }
        var terms = PointsTerms()
        if let node = object["wallet"], let wallet = text(node, object.path("wallet"), "a wallet's id") {
            terms.wallet = wallet
            if !vocabulary.wallets.isEmpty, !vocabulary.wallets.contains(wallet) {
                note(node, object.path("wallet"), unknown: wallet, among: vocabulary.wallets, "a wallet")
            }
        }
        guard object["pending"] != nil || object["expiry"] != nil else { return terms }
        do throws(DocumentFault) {
            let fields = try Fields(node, path: path, keys: ["wallet", "pending", "expiry"])
            let read = try WalletTerms(fields, wallet: "w")
            if object["pending"] != nil { terms.pending = read.pending }
            if object["expiry"] != nil { terms.expiry = read.expiry }
        } catch {
            note(PromotionDiagnostic(error, in: file))
        }
        return terms
    }
}

extension PromotionDiagnostic {
    /// What a reader of another document found.
    init(_ fault: DocumentFault, in file: String) {
        let place = DocumentPlace(file: file, line: fault.line, column: fault.column, path: fault.path)
        // Such readers say "found …, expected …" in one text.
        let parts = fault.text.firstRange(of: ", expected ")
        let found = parts.map { fault.text[..<$0.lowerBound] } ?? fault.text[...]
        let expected = parts.map { String(fault.text[$0.upperBound...]) } ?? "the terms of points"
        self.init(
            .mistake, at: place, found: String(found.hasPrefix("found ") ? found.dropFirst(6) : found),
            expected: expected)
    }
}
