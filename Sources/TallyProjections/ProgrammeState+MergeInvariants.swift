import TallyModel
import TallyTables

extension ProgrammeState {
    /// Checks what must hold about merges after every record.
    ///
    /// * A merged member has no lots and no figures, and nobody but who stands for it has them.
    /// * Every chain of merges ends with a member that stands for itself, and never meets itself.
    /// * Those merged into a member are chained behind it, each once, and nobody else is.
    /// * Nobody stands for more members than ``TallyModel/Limits/membersMergedMax``.
    ///
    /// - Throws: ``InvariantFault`` that names the first sentence that does not hold. Linear in members and wallets.
    func checkMerges() throws(InvariantFault) {
        for row in 0..<balances.count {
            let balance = balances[row]
            guard hasMember(MemberNumber(balance.member)) else {
                throw InvariantFault("wallet row \(row) belongs to member \(balance.member), who is none")
            }
            guard members[Int(balance.member) - 1].isMerged != 0 else { continue }
            guard balance.active == 0, balance.pending == 0, balance.held == 0, balance.debt == 0,
                balance.firstLot == 0, balance.lastLot == 0
            else { throw InvariantFault("member \(balance.member) is merged into another but has \(balance)") }
        }
        try checkStanding()
        try checkKinChains()
    }

    private func checkStanding() throws(InvariantFault) {
        for row in 0..<members.count where (members[row].isMerged != 0) != isMerged(UInt32(row + 1)) {
            throw InvariantFault("member \(row + 1) is marked \(members[row].isMerged), the merges say otherwise")
        }
        for row in 0..<kin.count {
            var seen: Set<UInt32> = [kin[row].member]
            var next = kin[row].mergedInto
            while next != 0 {
                guard hasMember(MemberNumber(next)), seen.insert(next).inserted else {
                    throw InvariantFault("the merges of member \(kin[row].member) lead to \(next) again, or nowhere")
                }
                next = kin(of: MemberNumber(next))?.mergedInto ?? 0
            }
        }
    }

    private func isMerged(_ member: UInt32) -> Bool { kin(of: MemberNumber(member))?.mergedInto ?? 0 != 0 }

    private func checkKinChains() throws(InvariantFault) {
        var chained = 0
        for row in 0..<kin.count {
            var seen: Set<UInt32> = []
            var place = kin[row].firstMerged
            while place != 0 {
                guard Int(place) <= kin.count, seen.insert(place).inserted,
                    kin[Int(place) - 1].mergedInto == kin[row].member, kin[Int(place) - 1].merged <= sequence
                else { throw InvariantFault("member \(kin[row].member) has row \(place) merged into it, but has not") }
                chained += 1
                place = kin[Int(place) - 1].nextMerged
            }
            guard kin[row].mergedInto != 0 || group(of: MemberNumber(kin[row].member)).count <= Limits.membersMergedMax
            else { throw InvariantFault("member \(kin[row].member) stands for too many") }
        }
        let merged = (0..<kin.count).count { kin[$0].mergedInto != 0 }
        guard chained == merged else { throw InvariantFault("\(merged) members are merged, \(chained) are chained") }
    }
}
