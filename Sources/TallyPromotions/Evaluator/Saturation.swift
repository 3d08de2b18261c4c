/// Arithmetic on amounts that stops at the largest number instead of ending the program.
///
/// A receipt costs at most 10^12, so a product or a sum that does not fit 64 bits is more than anybody pays and more than any
/// other benefit; which number stands for it changes nothing.
extension Int64 {
    /// The product of two numbers that are not negative, or the largest number.
    @inline(__always)
    func saturatingProduct(_ other: Int64) -> Int64 {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? .max : product
    }

    /// The sum of two numbers that are not negative, or the largest number.
    @inline(__always)
    func saturatingSum(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}

/// What something is worth to the customer, in ten-thousandths of a minor unit of money: by this the best is told.
enum Benefit {
    /// The worth of what is taken off and of points.
    @inline(__always)
    static func of(discount: Int64, points: Int64, pointValue: Int64) -> Int64 {
        discount.saturatingProduct(10_000).saturatingSum(points.saturatingProduct(pointValue))
    }
}
