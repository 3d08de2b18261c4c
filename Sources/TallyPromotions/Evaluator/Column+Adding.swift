import TallyTables

/// Sums in columns that an evaluator holds, in words.
///
/// `column[index] += amount` says the same, but for a column within a structure within an evaluator the compiler then makes code for
/// the thread sanitizer that it refuses itself.
extension Column where Element: FixedWidthInteger {
    /// Adds an amount to an element.
    @inline(__always)
    func add(_ amount: Element, at index: Int) { self[index] = self[index] + amount }

    /// Takes an amount off an element.
    @inline(__always)
    func subtract(_ amount: Element, at index: Int) { self[index] = self[index] - amount }
}
