/// How promotions stand: which are in force, and what they have done.
public struct PromotionsPage: Sendable, Hashable {
    /// The last record that the rows know.
    public var sequence: LogSequence
    /// The revision in force; 0 for none.
    public var revision: UInt32
    /// Since when it has been; nil without one.
    public var effectiveFrom: Instant?
    /// True for the page that ends the answer.
    public var isLast: Bool
    /// At most ``rowsMax`` rows: promotions in force in the order of their document, then others that have done something.
    public var rows: [PromotionStanding]

    /// Rows of a page at most: their strings then fit the text of one message.
    public static let rowsMax = 200

    /// A page of its parts.
    public init(
        sequence: LogSequence, revision: UInt32, effectiveFrom: Instant?, isLast: Bool, rows: [PromotionStanding]
    ) {
        self.sequence = sequence
        self.revision = revision
        self.effectiveFrom = effectiveFrom
        self.isLast = isLast
        self.rows = rows
    }
}

/// How one promotion stands.
public struct PromotionStanding: Sendable, Hashable {
    /// Whether a promotion can apply.
    public enum State: UInt8, Sendable, CaseIterable {
        /// It is in force.
        case live = 0
        /// It was paused.
        case paused = 1
        /// It was archived.
        case archived = 2
        /// The documents in force do not have it any more.
        case gone = 3
    }

    /// What promotions do, counted.
    public struct Figures: Sendable, Hashable {
        /// Receipts.
        public var uses: Int64
        /// Minor units of money.
        public var discount: Int64
        /// Minor units of points.
        public var points: Int64

        /// Figures of their parts.
        public init(uses: Int64 = 0, discount: Int64 = 0, points: Int64 = 0) {
            (self.uses, self.discount, self.points) = (uses, discount, points)
        }
    }

    /// What is left of a limit for the promotion as a whole.
    public struct Budget: Sendable, Hashable {
        /// What it counts.
        public enum Measure: UInt8, Sendable, CaseIterable {
            /// Receipts.
            case uses = 0
            /// Minor units of money.
            case discount = 1
            /// Minor units of points.
            case points = 2
        }

        /// What it counts.
        public var measure: Measure
        /// How much there is in all.
        public var most: Int64
        /// How much is left.
        public var left: Int64

        /// A budget of its parts.
        public init(_ measure: Measure, most: Int64, left: Int64) {
            (self.measure, self.most, self.left) = (measure, most, left)
        }
    }

    /// Its id.
    public var id: String
    /// What people call it; empty for one that is gone.
    public var title: String
    /// Whether it can apply.
    public var state: State
    /// What it has done.
    public var done: Figures
    /// What was withheld from its control group.
    public var withheld: Figures
    /// The last record in which it did anything; ``LogSequence/none`` for none.
    public var lastSequence: LogSequence
    /// The narrowest of its limits for ever; nil when it has none.
    public var budget: Budget?

    /// A standing of its parts.
    public init(
        id: String, title: String = "", state: State, done: Figures = Figures(), withheld: Figures = Figures(),
        lastSequence: LogSequence = .none, budget: Budget? = nil
    ) {
        self.id = id
        self.title = title
        self.state = state
        self.done = done
        self.withheld = withheld
        self.lastSequence = lastSequence
        self.budget = budget
    }
}
