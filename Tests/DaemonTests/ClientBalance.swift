import Synchronization
import TallyClient
import TallyCodec
import TallyModel

extension Client {
    /// What a member holds, less what the member owes, over all wallets.
    func balance(of member: MemberReference) async throws -> Int64 {
        let sum = Sum()
        try await balances(of: member) { page in
            for row in page.rows { sum.add(row.active - row.debt) }
        }
        return sum.value
    }
}

/// A number that several threads add to.
private final class Sum: Sendable {
    private let state = Mutex(Int64(0))

    var value: Int64 { state.withLock { $0 } }

    func add(_ amount: Int64) { state.withLock { $0 += amount } }
}
