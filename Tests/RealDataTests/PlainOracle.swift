/// The obvious way to the points of all members: split the text, add up, take five percent.
///
/// It shares no code with the package, not even the reading of the file.
struct PlainOracle {
    private struct Receipt {
        var member: Substring
        var day: Substring
        var total: Int64
    }

    private let receipts: [Receipt]

    /// Reads receipts without quotes.
    init(csv: String) {
        var receipts: [Receipt] = []
        var last: Substring = ""
        for line in csv.split(separator: "\n").dropFirst() {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            precondition(fields.count == 9, "The file has quotes: \(line)")
            if fields[0] != last { receipts.append(Receipt(member: fields[1], day: fields[3].prefix(10), total: 0)) }
            receipts[receipts.count - 1].total += PlainOracle.cents(fields[8])
            last = fields[0]
        }
        self.receipts = receipts
    }

    /// What each member has from the receipts before `day`, in minor units.
    func points(before day: String) -> [String: Int64] {
        var points: [String: Int64] = [:]
        for receipt in receipts where receipt.day < day && !receipt.member.isEmpty {
            points[String(receipt.member), default: 0] += PlainOracle.fivePercent(receipt.total)
        }
        return points
    }

    /// `12.5` is 1250.
    private static func cents(_ text: Substring) -> Int64 {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let decimals = parts.count > 1 ? String(parts[1]) : ""
        return Int64(parts[0] + (decimals + "00").prefix(2))!
    }

    /// A twentieth; a half goes to the even neighbour.
    private static func fivePercent(_ total: Int64) -> Int64 {
        let (quotient, rest) = total.magnitude.quotientAndRemainder(dividingBy: 20)
        let isUp = rest > 10 || rest == 10 && quotient % 2 == 1
        let points = Int64(quotient) + (isUp ? 1 : 0)
        return total < 0 ? -points : points
    }
}
