/// Which amounts of a single line are told apart, while a table is made.
///
/// A line's units, cost and quantity fall each into a *rank*: how many *cuts* they reach. All ranks together are the line's
/// *grade*, a number below `gradeCount`, and for every product and grade the table has the list of sets that such a line puts its
/// basket into. With few different amounts among conditions every amount is a cut. With many, cuts stand for several amounts
/// each; the sets then hold baskets whose line may or may not have enough, and the check has to reckon.
struct LevelPlan {
    /// The cuts of a measure: amounts are told apart by four at most.
    typealias Cuts = SIMD4<Int64>
    /// Lists of all goods and grades have about so many entries at most.
    private static let entriesMax = 1 << 24

    /// Measures that a single line can reach: one product is never two.
    static let measures: [Measure] = [.units, .sum, .quantity]

    /// Cuts by measure, ascending.
    private(set) var cuts: [[Int64]]
    /// What a rank of each measure counts in a grade.
    let strides: [Int]
    let gradeCount: Int

    /// A plan for the checks of a rule set.
    ///
    /// - Parameters:
    ///   - checks: All checks but those on a single unit.
    ///   - entryCount: Entries of the lists of one grade.
    init(_ checks: [CheckRow], entryCount: Int) {
        let amounts = LevelPlan.measures.map { measure in
            checks.filter { $0.measure == measure }.map(\.atLeast).sorted()
        }
        var most = Cuts.scalarCount
        var cuts = amounts.map { LevelPlan.cuts($0, most) }
        while most > 0, cuts.reduce(entryCount, { $0 * ($1.count + 1) }) > LevelPlan.entriesMax {
            most -= 1
            cuts = amounts.map { LevelPlan.cuts($0, most) }
        }
        var (strides, stride): ([Int], Int) = ([], 1)
        for cuts in cuts {
            strides.append(stride)
            stride *= cuts.count + 1
        }
        (self.cuts, self.strides, gradeCount) = (cuts, strides, stride)
    }

    /// Up to so many cuts among amounts, the smallest of them first.
    private static func cuts(_ amounts: [Int64], _ most: Int) -> [Int64] {
        let different = Set(amounts).sorted()
        if different.count <= most { return different }
        return Set((0..<most).map { amounts[amounts.count * $0 / most] }).sorted()
    }

    /// The cuts of each measure, filled up with what nobody reaches.
    var filledCuts: [Cuts] {
        cuts.map { cuts in
            var filled = Cuts(repeating: .max)
            for (place, cut) in cuts.enumerated() { filled[place] = cut }
            return filled
        }
    }

    /// How many cuts of a measure an amount reaches.
    func rank(_ measure: Int, _ amount: Int64) -> Int { cuts[measure].count { $0 <= amount } }

    /// Whether a line of a grade may have enough for a check.
    func reaches(_ grade: Int, _ check: CheckRow) -> Bool {
        guard let measure = LevelPlan.measures.firstIndex(of: check.measure) else { return false }
        return grade / strides[measure] % (cuts[measure].count + 1) >= rank(measure, check.atLeast)
    }

    /// Whether a line that may have enough surely has.
    func isExact(_ check: CheckRow) -> Bool {
        guard let measure = LevelPlan.measures.firstIndex(of: check.measure) else { return true }
        return cuts[measure].contains(check.atLeast)
    }
}
