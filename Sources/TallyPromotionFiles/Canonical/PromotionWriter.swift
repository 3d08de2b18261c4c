public import TallyBytes
public import TallyPromotions

/// Writes promotions as canonical JSON: the same meaning gives the same bytes, in whatever way it was said.
///
/// What it writes reads back to the same syntax in its one form, ``TallyPromotions/RuleSet/normalized(_:)``. The order of
/// promotions, groups, cases and effects has a meaning and is kept.
public struct PromotionWriter: Sendable {
    let vocabulary: PromotionVocabulary

    /// A writer with the words of a vocabulary.
    public init(_ vocabulary: PromotionVocabulary) { self.vocabulary = vocabulary }

    /// A value that has no words: the number of a name that the vocabulary does not have, a day before the year 1.
    public struct Unwritable: Error, Sendable, Hashable, CustomStringConvertible {
        /// The fact.
        public var fact: String
        /// The number that cannot be written.
        public var number: Int32
        /// One line.
        public var description: String { "\(fact) has no word for \(number)" }
    }

    /// A promotion as canonical JSON.
    ///
    /// - Throws: ``Unwritable`` when the vocabulary lacks a word.
    public func json(_ promotion: Promotion) throws(Unwritable) -> String {
        try value(promotion.normalized(vocabulary.schema)).json
    }

    /// A rule set as canonical JSON.
    ///
    /// - Throws: ``Unwritable`` when the vocabulary lacks a word.
    public func json(_ ruleSet: RuleSet) throws(Unwritable) -> String {
        let ruleSet = ruleSet.normalized(vocabulary.schema)
        var object: [String: CanonicalValue] = [:]
        var promotions: [CanonicalValue] = []
        for promotion in ruleSet.promotions { promotions.append(try value(promotion)) }
        if !promotions.isEmpty { object["promotions"] = .list(promotions) }
        if !ruleSet.groups.isEmpty { object["groups"] = .list(ruleSet.groups.map(value)) }
        if !ruleSet.lanes.isEmpty {
            let lanes = ruleSet.lanes.map { (GroupWords.name($0.key), CanonicalValue.object(value($0.value))) }
            object["lanes"] = .object(Dictionary(lanes) { first, _ in first })
        }
        if ruleSet.pointValue != 10_000 { object["point_worth"] = .number(Decimals.text(ruleSet.pointValue, 4)) }
        return CanonicalValue.object(object).json
    }

    /// The SHA-256 of a promotion's canonical JSON.
    ///
    /// - Throws: ``Unwritable`` when the vocabulary lacks a word.
    public func digest(_ promotion: Promotion) throws(Unwritable) -> SHA256Digest {
        PromotionWriter.digest(try json(promotion))
    }

    /// The SHA-256 of a rule set's canonical JSON.
    ///
    /// - Throws: ``Unwritable`` when the vocabulary lacks a word.
    public func digest(_ ruleSet: RuleSet) throws(Unwritable) -> SHA256Digest {
        PromotionWriter.digest(try json(ruleSet))
    }

    private static func digest(_ json: String) -> SHA256Digest {
        var writer = ByteWriter(capacity: json.utf8.count)
        for byte in json.utf8 { writer.append(u8: byte) }
        return SHA256.digest(of: writer.bytes)
    }
}

extension PromotionWriter {
    private func value(_ promotion: Promotion) throws(Unwritable) -> CanonicalValue {
        var object: [String: CanonicalValue] = ["promotion": .text(promotion.id)]
        if !promotion.title.isEmpty { object["title"] = .text(promotion.title) }
        if let group = promotion.group {
            object["group"] = .text(group)
        } else if promotion.lane != .basket {
            object["lane"] = .text(GroupWords.name(promotion.lane))
        }
        if promotion.priority != 0 { object["priority"] = .number("\(promotion.priority)") }
        if !promotion.exclusive.isEmpty { object["exclusive"] = .names(promotion.exclusive) }
        add(promotion.terms, to: &object)
        if !promotion.conditions.isEmpty { object["when"] = try value(promotion.conditions) }
        if promotion.rules.count == 1, promotion.rules[0].conditions.isEmpty {
            object["then"] = .list(promotion.rules[0].effects.map(value))
        } else {
            var rules: [CanonicalValue] = []
            for rule in promotion.rules {
                var entry: [String: CanonicalValue] = ["then": .list(rule.effects.map(value))]
                if !rule.conditions.isEmpty { entry["when"] = try value(rule.conditions) }
                rules.append(.object(entry))
            }
            object["rules"] = .list(rules)
        }
        return .object(object)
    }

    private func value(_ group: PromotionGroup) -> CanonicalValue {
        var object = value(
            RuleSet.LaneTerms(mode: group.mode, most: group.most, capBasisPoints: group.capBasisPoints))
        object["group"] = .text(group.id)
        object["mode"] = .text(GroupWords.name(group.mode))
        if let parent = group.parent {
            object["parent"] = .text(parent)
        } else if group.lane != .basket {
            object["lane"] = .text(GroupWords.name(group.lane))
        }
        if group.priority != 0 { object["priority"] = .number("\(group.priority)") }
        return .object(object)
    }

    private func value(_ terms: RuleSet.LaneTerms) -> [String: CanonicalValue] {
        var object: [String: CanonicalValue] = [:]
        if terms.mode != .all { object["mode"] = .text(GroupWords.name(terms.mode)) }
        if terms.most != 0 { object["most"] = .number("\(terms.most)") }
        if terms.capBasisPoints != 10_000 {
            object["cap_percent"] = .number(Decimals.text(Int64(terms.capBasisPoints), 2))
        }
        return object
    }
}
