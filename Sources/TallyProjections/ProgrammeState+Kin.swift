public import TallyModel
import TallyTables

// Who stands for whom. Keys, receipts, holds, reservations and counts keep the number of the member for whom they were
// made; whoever reads them asks here who stands for that one now. So a merge touches nothing but lots, and a split
// gives back everything else by itself.

extension ProgrammeState {
    /// The member who stands for a member: itself, unless it was merged into another.
    ///
    /// - Parameter member: A member's number; one that nobody has stands for itself.
    /// - Returns: The end of the chain of merges.
    @inline(__always)
    public func standing(for member: MemberNumber) -> MemberNumber {
        guard hasMember(member), members[Int(member.rawValue) - 1].isMerged != 0 else { return member }
        return standingSlowPath(for: member)
    }

    private func standingSlowPath(for member: MemberNumber) -> MemberNumber {
        var last = member
        while let row = kin(of: last), row.mergedInto != 0 { last = MemberNumber(row.mergedInto) }
        return last
    }

    /// A member and all who were merged into it, directly or by way of others.
    ///
    /// - Parameter member: A member's number.
    /// - Returns: The member first; at most ``TallyModel/Limits/membersMergedMax``.
    public func group(of member: MemberNumber) -> [MemberNumber] {
        var found = [member]
        guard kin.count > 0 else { return found }
        var index = 0
        while index < found.count {
            var place = kin(of: found[index])?.firstMerged ?? 0
            while place != 0 {
                let row = kin[Int(place) - 1]
                found.append(MemberNumber(row.member))
                place = row.nextMerged
            }
            index += 1
        }
        return found
    }

    /// What merges have made of a member; nil when it never took part in one.
    public func kin(of member: MemberNumber) -> KinRow? { kinRow(member.rawValue).map { kin[$0] } }

    /// What a member has bought, together with all who were merged into it.
    ///
    /// Every row keeps its own sums, so a split has nothing to take apart: the receipts from before the merge count for
    /// the absorbed member again, those since for the survivor.
    public func statistics(of member: MemberNumber) -> MemberStatistics {
        var sum = MemberStatistics()
        for part in group(of: member) where hasMember(part) { sum.add(members[Int(part.rawValue) - 1]) }
        return sum
    }

    func kinRow(_ member: UInt32) -> Int? {
        guard kin.count > 0 else { return nil }
        return kinIndex.find(spread(UInt64(member))) { row in kin[row].member == member }
    }

    /// Numbers are given by the ledger, so nobody can aim at one slot.
    mutating func indexKin(_ row: Int) { kinIndex.insert(row, hash: spread(UInt64(kin[row].member))) }

    private mutating func openKin(_ member: UInt32) -> Int {
        if let row = kinRow(member) { return row }
        let row = kin.append(KinRow(merged: 0, member: member, mergedInto: 0, firstMerged: 0, nextMerged: 0))
        indexKin(row)
        return row
    }

    /// Notes that a member was merged into another.
    mutating func join(_ absorbed: UInt32, into survivor: UInt32, by sequence: UInt64) {
        let (child, parent) = (openKin(absorbed), openKin(survivor))
        let next = kin[parent].firstMerged
        kin.update(child) { row in
            (row.merged, row.mergedInto, row.nextMerged) = (sequence, survivor, next)
        }
        kin.update(parent) { $0.firstMerged = UInt32(child + 1) }
        members.update(Int(absorbed) - 1) { $0.isMerged = 1 }
    }

    /// Notes that a member stands for itself again.
    ///
    /// - Returns: False when it was merged into nobody.
    mutating func part(_ absorbed: UInt32) -> Bool {
        guard let child = kinRow(absorbed), kin[child].mergedInto != 0, let parent = kinRow(kin[child].mergedInto)
        else {
            return false
        }
        let (place, next) = (UInt32(child + 1), kin[child].nextMerged)
        if kin[parent].firstMerged == place {
            kin.update(parent) { $0.firstMerged = next }
        } else {
            var before = kin[parent].firstMerged
            while before != 0, kin[Int(before) - 1].nextMerged != place { before = kin[Int(before) - 1].nextMerged }
            guard before != 0 else { return false }
            kin.update(Int(before) - 1) { $0.nextMerged = next }
        }
        kin.update(child) { row in (row.mergedInto, row.nextMerged) = (0, 0) }
        members.update(Int(absorbed) - 1) { $0.isMerged = 0 }
        return true
    }
}
