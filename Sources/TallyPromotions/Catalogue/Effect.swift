/// What a promotion does when it applies.
///
/// Every amount is a whole number of minor units, and every division rounds down. A percentage is in basis points.
public enum Effect: Sendable, Hashable {
    /// A share of the price of some goods.
    case percentOff(GoodsFilter, basisPoints: Int32, DiscountTerms)
    /// An amount off the price of some goods together, never more than they cost.
    case amountOff(GoodsFilter, amount: Int64, DiscountTerms)
    /// A price for each unit of some goods that cost more.
    case unitPrice(GoodsFilter, price: Int64)
    /// Of some goods every n-th unit for less.
    case everyNth(GoodsFilter, NthTerms, DiscountTerms)
    /// Units of one kind make units of another cheaper: beds and the mattresses of their brand.
    case bind(BindTerms, DiscountTerms)
    /// So many units of each of several kinds together for less.
    case bundle([BundlePart], BundlePrice, DiscountTerms)
    /// Points for a share of the price of some goods.
    case pointsPercent(GoodsFilter, basisPoints: Int32, DiscountTerms)
    /// A number of points.
    case points(Int64)
    /// Points for every full step of what some goods cost.
    case pointsPerStep(GoodsFilter, step: Int64, points: Int64, DiscountTerms)
    /// The points of a rate on all goods, once more for every time above the first: four times more for ×5.
    case pointsTimes(factor: Int32, basisPoints: Int32, DiscountTerms)
    /// What the till, a sender or a person does: a message, a coupon, a present.
    case act(Act)
}

/// How an effect reckons.
public struct DiscountTerms: Sendable, Hashable {
    /// From which price.
    public var base: Base
    /// Where it is rounded down.
    public var rounding: Rounding
    /// What is taken off.
    public var spread: Spread
    /// True when units may serve other effects too; else what one effect has counted, no other counts again.
    public var shares: Bool

    /// From which price an effect reckons.
    public enum Base: UInt8, Sendable, CaseIterable, BitwiseCopyable {
        /// From what is left after the promotions before it.
        case running = 0
        /// From the price on the shelf.
        case initial = 1
    }

    /// Where a share is rounded down.
    public enum Rounding: UInt8, Sendable, CaseIterable, BitwiseCopyable {
        /// Once, over all goods together; they share the result by largest remainder.
        case once = 0
        /// For all units of a product at one price.
        case goods = 1
    }

    /// What a discount is taken off.
    public enum Spread: UInt8, Sendable, CaseIterable, BitwiseCopyable {
        /// The goods that it is for; none goes below its floor.
        case goods = 0
        /// The whole receipt; the goods only say how much.
        case receipt = 1
    }

    /// Terms of their parts.
    public init(
        base: Base = .running, rounding: Rounding = .once, spread: Spread = .goods, shares: Bool = false
    ) {
        (self.base, self.rounding, self.spread, self.shares) = (base, rounding, spread, shares)
    }
}

/// Every n-th unit for less.
public struct NthTerms: Sendable, Hashable {
    /// Every how many units, from 1.
    public var every: Int32
    /// What is taken off its price.
    public var basisPoints: Int32
    /// Which units are counted first.
    public var order: UnitOrder
    /// How many units become cheaper at most; 0 for no limit.
    public var most: Int32

    /// Terms of their parts.
    public init(every: Int32, basisPoints: Int32, order: UnitOrder = .dearestFirst, most: Int32 = 0) {
        (self.every, self.basisPoints, self.order, self.most) = (every, basisPoints, order, most)
    }
}

/// In which order units are laid out.
public enum UnitOrder: UInt8, Sendable, CaseIterable, BitwiseCopyable {
    /// The dearest first: the best order for the customer that there is.
    case dearestFirst = 0
    /// The cheapest first: the best order for the shop.
    case cheapestFirst = 1
}

/// Units of one kind that make units of another cheaper.
public struct BindTerms: Sendable, Hashable {
    /// What must be bought.
    public var qualifier: GoodsFilter
    /// How many of it make one set, from 1.
    public var qualifierUnits: Int32
    /// What becomes cheaper.
    public var target: GoodsFilter
    /// How many of it become cheaper for each set, from 1.
    public var targetUnits: Int32
    /// What is taken off their price.
    public var basisPoints: Int32
    /// True when both must be of one brand.
    public var sameBrand: Bool

    /// Terms of their parts.
    public init(
        qualifier: GoodsFilter, units qualifierUnits: Int32 = 1, target: GoodsFilter, units targetUnits: Int32 = 1,
        basisPoints: Int32, sameBrand: Bool = false
    ) {
        self.qualifier = qualifier
        self.qualifierUnits = qualifierUnits
        self.target = target
        self.targetUnits = targetUnits
        self.basisPoints = basisPoints
        self.sameBrand = sameBrand
    }
}

/// So many units of one kind in a bundle.
public struct BundlePart: Sendable, Hashable {
    /// Which goods.
    public var filter: GoodsFilter
    /// How many units, from 1.
    public var units: Int32

    /// A part of its filter and its units.
    public init(_ filter: GoodsFilter, units: Int32 = 1) { (self.filter, self.units) = (filter, units) }
}

/// What a bundle costs.
public enum BundlePrice: Sendable, Hashable {
    /// An amount for one bundle.
    case price(Int64)
    /// A share off the price of its units.
    case basisPoints(Int32)
}

/// What somebody does because a promotion applies; it moves no money and no points by itself.
public struct Act: Sendable, Hashable {
    /// What kind.
    public var kind: Kind
    /// What it is about: a text, the id of an instrument, a product.
    public var argument: String
    /// How many, from 1.
    public var count: Int32
    /// How long it is good for, in minutes; 0 for as long as such things usually are.
    public var minutes: Int32
    /// Minor units of money or of points that go with it; 0 for acts that have none.
    public var amount: Int64
    /// The way on which somebody is contacted; empty for the one that suits.
    public var channel: String

    /// Kinds of acts.
    public enum Kind: UInt8, Sendable, CaseIterable {
        /// A line on the receipt.
        case sayOnReceipt = 0
        /// A hint to the cashier.
        case sayToCashier = 1
        /// A text on the customer's screen.
        case sayOnScreen = 2
        /// A coupon after the receipt.
        case issueCoupon = 3
        /// Goods as a present.
        case gift = 4
        /// A mark on the member.
        case tag = 5
        /// Delivery for nothing.
        case freeDelivery = 6
        /// A ticket of a draw.
        case ticket = 7
        /// Another benefit, as the shop understands it.
        case benefit = 8
        /// What the till or the self-checkout says aloud.
        case sayAloud = 9
        /// A letter, a call, a push: by template.
        case contact = 10
        /// Money for the staff.
        case incentive = 11
        /// Money on a gift card.
        case loadCard = 12
        /// Points that are given without goods.
        case grantPoints = 13
    }

    /// An act of its parts.
    public init(
        _ kind: Kind, _ argument: String, count: Int32 = 1, minutes: Int32 = 0, amount: Int64 = 0,
        channel: String = ""
    ) {
        (self.kind, self.argument, self.count) = (kind, argument, count)
        (self.minutes, self.amount, self.channel) = (minutes, amount, channel)
    }
}
