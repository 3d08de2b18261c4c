import TallyModel
import TallyProjections
import TallyTables

/// How a journal names accounts and kinds of points: in letters, digits and dashes alone, which all three programs read alike.
struct JournalNames {
    /// Wallets and businesses as people call them, by their numbers.
    private var wallets: [UInt16: (id: String, scale: Int)] = [:]
    private var businesses: [UInt16: String] = [:]

    /// Notes a wallet and the businesses, so that they can be named at the end.
    mutating func note(_ wallet: UInt16, _ state: borrowing ProgrammeState) {
        guard wallets[wallet] == nil, wallet > 0, Int(wallet) <= state.wallets.count else { return }
        let row = state.wallets[Int(wallet) - 1]
        wallets[wallet] = (state.texts.string(row.id), Int(row.scale))
        for number in 0..<state.businesses.count {
            businesses[UInt16(number + 1)] = state.texts.string(state.businesses[number].id)
        }
    }

    /// The kind of points of a wallet: `PTSA` for the first, `PTSB` for the second.
    func commodity(_ wallet: UInt16) -> String {
        var rest = Int(wallet) - 1
        var letters = ""
        repeat {
            letters = String(UnicodeScalar(UInt8(65 + rest % 26))) + letters
            rest = rest / 26 - 1
        } while rest >= 0
        return "PTS" + letters
    }

    /// The account of a business.
    func account(_ purpose: Purpose, _ wallet: UInt16, _ business: UInt16) -> String {
        let kind =
            switch purpose {
            case .issued: "Expenses:Issued"
            case .goodwill: "Expenses:Goodwill"
            case .restored: "Expenses:Restored"
            case .burnt: "Income:Redeemed"
            case .expired: "Income:Breakage"
            case .clawback: "Income:Clawback"
            case .clearing: "Assets:Clearing"
            case .opened: "Equity:Opened"
            case .adjusted: "Equity:Adjusted"
            default: "Equity:\("\(purpose)".prefix(1).uppercased())\("\(purpose)".dropFirst())"
            }
        return "\(kind):\(commodity(wallet)):B\(business)"
    }

    /// The account of a lot, or of what a member owes.
    func account(_ change: LotChange, of member: UInt32) -> String {
        guard let lot = change.lot else {
            return "Assets:Debt:\(commodity(change.wallet)):B\(change.business):M\(member)"
        }
        return "Liabilities:Points:\(commodity(change.wallet)):B\(change.business):L\(lot.sequence)-\(lot.place)"
    }

    /// An amount with the decimals of its wallet.
    func amount(_ minor: Int64, _ wallet: UInt16) -> String {
        let scale = wallets[wallet]?.scale ?? 0
        let digits = String(minor.magnitude)
        let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
        let whole = padded.dropLast(scale)
        let text = scale == 0 ? "\(whole)" : "\(whole).\(padded.suffix(scale))"
        return "\(minor < 0 ? "-" : "")\(text) \(commodity(wallet))"
    }

    /// Which names stand for what.
    var legend: [String] {
        wallets.sorted { $0.key < $1.key }.map { "\(commodity($0.key)) is wallet \(JournalNames.plain($0.value.id))" }
            + businesses.sorted { $0.key < $1.key }.map { "B\($0.key) is business \(JournalNames.plain($0.value))" }
    }

    /// A text without what the programs would read as more than text.
    static func plain(_ text: String) -> String {
        String(text.map { ";\"\\|()\t".contains($0) ? "_" : $0 })
    }
}
