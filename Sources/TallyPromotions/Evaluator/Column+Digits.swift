import TallyTables

extension Column {
    /// Up to so many elements it is faster to compare them.
    static var comparedMax: Int { 64 }

    /// Puts elements in the order of numbers, in steps as many as elements: eight bits at a time, the lowest first.
    ///
    /// Elements of one number stay in their order.
    ///
    /// - Parameters:
    ///   - range: The elements.
    ///   - largest: The largest number; the fewer bits it has the fewer rounds there are.
    ///   - spare: Room for as many elements.
    ///   - digits: Room for 256 numbers.
    ///   - number: The number of an element.
    @inline(__always)
    func orderByDigits(
        _ range: Range<Int>, upTo largest: Int64, spare: borrowing Column<Element>, digits: borrowing Column<Int32>,
        _ number: (Element) -> Int64
    ) {
        var shift: Int64 = 0
        while shift < 64, largest >> shift != 0 {
            for digit in 0..<256 { digits[digit] = 0 }
            for place in range { digits.add(1, at: Int(number(self[place]) >> shift & 255)) }
            var next: Int32 = 0
            for digit in 0..<256 {
                let found = digits[digit]
                digits[digit] = next
                next += found
            }
            for place in range {
                let element = self[place]
                let digit = Int(number(element) >> shift & 255)
                spare[Int(digits[digit])] = element
                digits.add(1, at: digit)
            }
            for place in range { self[place] = spare[place - range.lowerBound] }
            shift += 8
        }
    }
}
