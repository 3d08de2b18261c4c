/// The names that a programme has given: what `when` may ask for beside what every programme knows.
public struct ProgrammeWords: Sendable, Hashable {
    /// Ids of stores.
    public var stores: [String]
    /// Regions of stores.
    public var regions: [String]
    /// Ways to buy: a till, an app.
    public var channels: [String]
    /// Ids of businesses.
    public var businesses: [String]
    /// Stages of a member's life, the earliest first.
    public var stages: [String]
    /// Tiers of members, the lowest first: `tier: gold..` means gold and above.
    public var tiers: [String]
    /// Segments; a member is in each or is not.
    public var segments: [String]
    /// Categories in which a member can be interested.
    public var interests: [String]
    /// What is counted for every member: purchases of a month, coupons used, letters opened.
    public var counters: [String]
    /// Fields of the profile with their values.
    public var profile: [String: [String]]
    /// Experiments; a member is in the control group of each or in its target group.
    public var experiments: [String]
    /// Ids of wallets; what a member has in each is asked in whole points.
    public var wallets: [String]
    /// Kinds of what members do without buying: they share a post, they join a group.
    public var activities: [String]
    /// Kinds of complaints.
    public var complaints: [String]
    /// Ids of surveys; a member's answer is a score from 0 to 10.
    public var surveys: [String]
    /// Decimals of money, 0…4.
    public var moneyScale: Int
    /// Decimals of points, 0…4.
    public var pointsScale: Int

    /// Words of their lists.
    public init(
        stores: [String] = [], regions: [String] = [], channels: [String] = ["till", "app", "web", "self_checkout"],
        businesses: [String] = [], stages: [String] = [], tiers: [String] = [], segments: [String] = [],
        interests: [String] = [], counters: [String] = [], profile: [String: [String]] = [:],
        experiments: [String] = [], wallets: [String] = [], activities: [String] = [], complaints: [String] = [],
        surveys: [String] = [], moneyScale: Int = 2, pointsScale: Int = 2
    ) {
        self.stores = stores
        self.regions = regions
        self.channels = channels
        self.businesses = businesses
        self.stages = stages
        self.tiers = tiers
        self.segments = segments
        self.interests = interests
        self.counters = counters
        self.profile = profile
        self.experiments = experiments
        self.wallets = wallets
        self.activities = activities
        self.complaints = complaints
        self.surveys = surveys
        (self.moneyScale, self.pointsScale) = (moneyScale, pointsScale)
    }
}
