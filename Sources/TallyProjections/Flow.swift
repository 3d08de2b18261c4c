import TallyModel

/// What a record moves, added up in two ways that must agree: by its postings and by its lots.
///
/// Each account has an odd factor of its own, and amounts are added up times the factor, modulo 2⁶⁴. Sums that differ on any
/// account differ in the total unless 64 bits collide; the exact truth account by account is in ``ProgrammeState/checkInvariants()``.
struct Flow {
    /// All postings; exact.
    var sum: Int64 = 0
    /// Postings by business and wallet: zero when each pair adds up to zero.
    var pairs: UInt64 = 0
    /// Postings on what members hold, less the lots behind them.
    var lots: UInt64 = 0

    @inline(__always)
    mutating func add(_ posting: Posting) -> Bool {
        let running = sum.addingReportingOverflow(posting.amount)
        sum = running.partialValue
        pairs &+= UInt64(bitPattern: posting.amount) &* Flow.factor(posting.business, posting.wallet, 15)
        return !running.overflow
    }

    /// A posting that makes no lot: the lots behind it are named elsewhere in the record.
    @inline(__always)
    mutating func expect(_ amount: Int64, _ business: UInt16, _ wallet: UInt16, _ purpose: Purpose) {
        lots &+= UInt64(bitPattern: amount) &* Flow.factor(business, wallet, purpose.rawValue)
    }

    /// What a lot gained (positive) or lost.
    @inline(__always)
    mutating func found(_ amount: Int64, _ business: UInt16, _ wallet: UInt16, _ purpose: Purpose) {
        lots &-= UInt64(bitPattern: amount) &* Flow.factor(business, wallet, purpose.rawValue)
    }

    /// True when the postings add up to zero, pair by pair, and the lots moved as the postings say.
    var isSound: Bool { sum == 0 && pairs == 0 && lots == 0 }

    @inline(__always)
    private static func factor(_ business: UInt16, _ wallet: UInt16, _ purpose: UInt8) -> UInt64 {
        let key = UInt64(business) &<< 32 | UInt64(wallet) &<< 16 | UInt64(purpose)
        return ((key ^ (key &>> 17)) &* 0x9E37_79B9_7F4A_7C15) | 1
    }
}
