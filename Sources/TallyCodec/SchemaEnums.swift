// Enumerations of the schema for which the model has no type of its own: there a case carries its numbers with it.

/// When lots end; see `ExpiryTerm`.
public enum ExpiryKind: UInt8, Sendable, CaseIterable {
    /// Never.
    case never = 0
    /// After so many days.
    case days = 1
    /// After so many months.
    case months = 2
    /// On days of the year.
    case dates = 3
    /// So many days after the latest purchase.
    case sliding = 4
}

/// When lots begin; see `PendingTerm`.
public enum PendingKind: UInt8, Sendable, CaseIterable {
    /// At once.
    case none = 0
    /// After so many days.
    case days = 1
    /// On a day.
    case date = 2
    /// When the goods cannot come back any more.
    case returnWindow = 3
}

/// How far a member may owe points; see `NegativeTerm`.
public enum NegativeKind: UInt8, Sendable, CaseIterable {
    /// Not at all.
    case none = 0
    /// Up to a number.
    case upTo = 1
    /// Without a limit.
    case unlimited = 2
}

/// Which categories a filter lets through; see `LineFilter`.
public enum FilterKind: UInt8, Sendable, CaseIterable {
    /// All.
    case all = 0
    /// Those that it names.
    case only = 1
    /// Those that it does not name.
    case except = 2
}

/// What an item of a wallet's terms is.
public enum TermItem: UInt8, Sendable, CaseIterable {
    /// A category that the filter of earning lines names.
    case earnCategory = 0
    /// A category that the filter of lines that points pay for names.
    case burnCategory = 1
    /// A day of the year on which lots end.
    case expiryDay = 2
}

/// Which kind of return a record is.
public enum ReturnKind: UInt8, Sendable, CaseIterable {
    /// Goods that come back.
    case comesBack = 0
    /// A purchase that is taken back as a whole.
    case void = 1
}

/// Why a hold ended that no purchase used.
public enum HoldEnd: UInt8, Sendable, CaseIterable {
    /// It was given back.
    case released = 0
    /// Its time was over.
    case timedOut = 1
}

/// What the clock does to a lot.
public enum LotEvent: UInt8, Sendable, CaseIterable {
    /// Its points can be spent from now on.
    case begins = 0
    /// Its points are gone.
    case expires = 1
    /// It lives on, because its member was there.
    case slides = 2
}
