import Synchronization
import TallyClient
import TallyCodec
import TallyImport
import TallyModel

/// Asks the ledger which names of a file it knows; writes nothing.
struct ImportLookup {
    /// What the ledger says of a name.
    private struct Answer: Sendable {
        /// True when somebody has the name.
        var isKnown: Bool
        /// Who; nil in a programme without wallets.
        var member: MemberNumber?
    }

    /// Questions that are asked before the first answer is awaited.
    private static let questionsAtOnceMax = 64

    let client: Client
    let plan: PointsPlan

    /// Fills in which members are known, and what would be refused.
    ///
    /// - Parameters:
    ///   - certificate: Receives the counts and what would be refused.
    ///   - isNeeded: True when members must be known: a bulk accrual registers nobody.
    /// - Throws: `ClientError`.
    func fill(_ certificate: inout ImportCertificate, isNeeded: Bool) async throws {
        var place = 0
        while place < plan.members.count {
            let end = min(plan.members.count, place + ImportLookup.questionsAtOnceMax)
            for (offset, answers) in try await answers(place..<end).enumerated() {
                judge(plan.members[place + offset], answers, isNeeded: isNeeded, &certificate)
            }
            place = end
        }
    }

    private func judge(
        _ member: PointsPlan.Member, _ answers: [Answer], isNeeded: Bool, _ certificate: inout ImportCertificate
    ) {
        let note = { (text: String, certificate: inout ImportCertificate) in
            certificate.refused.append(
                ImportCertificate.RefusedEvent(line: member.line, member: "\(member.keys[0])", text: text))
        }
        let isKnown = answers.contains(where: \.isKnown)
        if isKnown { certificate.knownMembers += 1 } else { certificate.newMembers += 1 }
        if isNeeded, !answers[0].isKnown { note(Rejection.memberUnknown.advice, &certificate) }
        if Set(answers.compactMap(\.member)).count > 1 {
            let names = zip(member.keys, answers).filter(\.1.isKnown).map { "\($0.0)" }.joined(separator: ", ")
            note("\(names) belong to different members of the ledger: are they one person?", &certificate)
        }
    }

    /// The answers for the names of some members, in order.
    private func answers(_ range: Range<Int>) async throws -> [[Answer]] {
        try await withThrowingTaskGroup(of: (Int, [Answer]).self) { group in
            for place in range {
                group.addTask {
                    var answers: [Answer] = []
                    for key in plan.members[place].keys { answers.append(try await answer(key)) }
                    return (place, answers)
                }
            }
            var found: [Int: [Answer]] = [:]
            for try await (place, answers) in group { found[place] = answers }
            return range.map { found[$0] ?? [] }
        }
    }

    private func answer(_ key: MemberKey) async throws -> Answer {
        let rows = Mutex<[BalanceRow]>([])
        do throws(ClientError) {
            try await client.balances(of: key.reference) { page in rows.withLock { $0 += page.rows } }
        } catch {
            guard case .refused(let refusal) = error, refusal.code == .questionFailed,
                refusal.text == Rejection.memberUnknown.advice
            else { throw error }
            return Answer(isKnown: false)
        }
        return Answer(isKnown: true, member: rows.withLock { $0.first?.member })
    }
}
