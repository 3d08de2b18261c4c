import TallyModel

extension PointsModel {
    /// Lets lots begin and end up to a second; those that begin in one second do so in the order of their making.
    mutating func advance(to second: UInt32) {
        // A lot may begin and end in one step, so the walk goes on until nothing is due.
        while advanceOnce(to: second) { clock = second }
        dropEmptyLots()
    }

    private mutating func advanceOnce(to second: UInt32) -> Bool {
        var isChanged = false
        for member in members.indices {
            for wallet in members[member].indices {
                let due = members[member][wallet].lots.indices.filter { index in
                    let lot = members[member][wallet].lots[index]
                    let time = lot.isPending ? lot.begins : lot.ends
                    return lot.remaining > 0 && time != 0 && time <= second
                }.sorted { first, second in
                    let (a, b) = (members[member][wallet].lots[first], members[member][wallet].lots[second])
                    return (a.isPending ? a.begins : a.ends, a.id.rawValue)
                        < (b.isPending ? b.begins : b.ends, b.id.rawValue)
                }
                for index in due { advance(index, member, wallet, to: second) }
                isChanged = isChanged || !due.isEmpty
            }
        }
        return isChanged
    }

    private mutating func advance(_ index: Int, _ member: Int, _ wallet: Int, to second: UInt32) {
        let lot = members[member][wallet].lots[index]
        if lot.isPending {
            let covered = min(lot.remaining, members[member][wallet].debt)
            book(-lot.remaining, lot.issuer, wallet, .pending)
            book(covered, lot.issuer, wallet, .debt)
            book(lot.remaining - covered, lot.issuer, wallet, .active)
            members[member][wallet].debt -= covered
            members[member][wallet].lots[index].remaining -= covered
            members[member][wallet].lots[index].isPending = false
        } else if case .sliding = terms[wallet].expiry, members[member][wallet].slidesTo > second {
            members[member][wallet].lots[index].ends = members[member][wallet].slidesTo
        } else {
            book(-lot.remaining, lot.issuer, wallet, .active)
            book(lot.remaining, lot.issuer, wallet, .expired)
            members[member][wallet].lots[index].remaining = 0
        }
    }

    /// Ends the holds that have run out.
    mutating func endHolds(by second: UInt32) {
        for hold in holds where hold.endsAt <= second { giveBack(hold) }
        holds.removeAll { $0.endsAt <= second }
        dropEmptyLots()
    }

    /// Gives the points of a hold back to their lots.
    mutating func giveBack(_ hold: Hold) {
        for part in hold.parts {
            change(part.lot, hold.member, hold.wallet, by: part.points, held: -part.points)
            book(-part.points, part.issuer, hold.wallet, .held)
            book(part.points, part.issuer, hold.wallet, .active)
        }
    }
}
