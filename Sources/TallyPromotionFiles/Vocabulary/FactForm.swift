/// How people write the numbers of a fact.
public enum FactForm: Sendable, Hashable {
    /// As a whole number between two others.
    ///
    /// Where the number may be unknown, -1 stands for that: a range without a beginning starts at the lower bound, so that
    /// `age: ..30` does not mean people whose age nobody knows.
    case number(ClosedRange<Int32>, mayBeUnknown: Bool)
    /// As one of the names of its domain.
    case name
    /// As a date, `2025-02-28`; the number counts days from 1970-01-01.
    case day
    /// As a time of day, `08:00`; the number counts minutes from midnight. A range ends before its second time.
    case clock

    /// Any number, never unknown.
    public static let anyNumber = FactForm.number(.min ... .max, mayBeUnknown: false)

    /// The number of a fact that nobody knows; nil for facts that are always known.
    var unknown: Int32? {
        if case .number(_, mayBeUnknown: true) = self { -1 } else { nil }
    }

    /// What a range without a beginning starts at.
    var openStart: Int32 {
        if case .number(let range, mayBeUnknown: true) = self { range.lowerBound } else { .min }
    }
}
