import TallyModel

/// The bounds of everything that a promotion document may say.
///
/// They keep every product of the evaluator within 64 bits: a receipt costs at most ``Limits/amountMinorMax``, 10^12, and a
/// line has at most 10^9 units.
public enum PromotionLimits {
    /// Bytes of one document.
    public static let documentBytesMax = 64 * 1024 * 1024
    /// Promotions of a rule set.
    public static let promotionsMax = 100_000
    /// Groups of a rule set.
    public static let groupsMax = 10_000
    /// Groups in each other.
    public static let groupDepthMax = 8
    /// Exclusive marks of a rule set: each is a bit of a word.
    public static let exclusiveMarksMax = 64
    /// Cases of one promotion.
    public static let rulesMax = 64
    /// Effects of one case.
    public static let effectsMax = 16
    /// Conditions of one case, with those of its promotion.
    public static let conditionsMax = 64
    /// Parts of a bundle.
    public static let bundlePartsMax = 16
    /// Filters of goods in each other.
    public static let filterDepthMax = 8
    /// Names in one list: all stores of a chain.
    public static let namesMax = 10_000
    /// A share of a price, in basis points.
    public static let shareMax: Int32 = 10_000
    /// A rate of points, in basis points: 1,000 %.
    ///
    /// On the dearest receipt it is 10^13.
    public static let pointsRateMax: Int32 = 100_000
    /// Points of one award, in minor units.
    public static let pointsMax: Int64 = 10_000_000_000_000
    /// What a point is worth, in ten-thousandths: 2.0000.
    ///
    /// With the most points of one effect it is 2 · 10^17; sums of them stop at the largest number.
    public static let pointValueMax: Int64 = 20_000
    /// Times of a multiplier of points.
    public static let timesMax: Int32 = 1_000
    /// A price for a unit, in minor units: with 10^12 thousandths of a line the product fits 64 bits.
    public static let unitPriceMax: Int64 = 9_000_000
    /// A price for a bundle, in minor units: with 10^9 bundles the product fits 64 bits.
    public static let bundlePriceMax: Int64 = 9_000_000_000
    /// Units that an effect counts.
    public static let unitsMax: Int32 = 1_000_000
    /// Minutes for which a coupon of a promotion is good: five years.
    public static let minutesMax: Int32 = 2_628_000
    /// Who pays for one promotion.
    public static let payersMax = 16
    /// Limits of one promotion.
    public static let limitsMax = 8
    /// Units of one basket of a test: they are laid out one by one.
    public static let testUnitsMax: Int64 = 5_000
    /// Priorities, from its negative.
    public static let priorityMax: Int32 = 1_000_000
    /// Bytes of a text that people read.
    public static let textBytesMax = 1_000
    /// Baskets that the tests of a document try.
    public static let testsMax = 10_000
}
