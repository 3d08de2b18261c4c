import TallyCodec
import TallyModel
import TallyProjections
import TallyTables

/// How a command names an earlier event, a purchase also by its receipt.
struct PurchaseName {
    var sequence: UInt64
    var source: UInt32
    var number: UInt64
}

extension Decider {
    /// The purchase that a return or a void names; nil for a blind return.
    func purchase(
        _ name: PurchaseName, receipt: RawSpan, of member: MemberNumber, state: borrowing ProgrammeState,
        history: some RecordSource
    ) throws(Refused) -> PurchaseFacts? {
        let sequence: UInt64?
        if name.sequence != 0 {
            sequence = name.sequence
        } else if name.number != 0 {
            sequence = history.sequence(source: name.source, number: name.number)
        } else if receipt.byteCount > 0 {
            sequence = purchaseSequence(receipt: receipt, of: member, state: state, history: history)
        } else if name.source != 0 {
            // Half a reference is a mistake at the till, and must not pass for none.
            sequence = nil
        } else {
            return nil
        }
        guard let sequence else { throw Refused(.purchaseUnknown) }
        var isThere = false
        var facts: PurchaseFacts?
        history.withRecord(sequence) { record in
            isThere = true
            facts = PurchaseFacts(record, sequence: sequence)
        }
        guard isThere else { throw Refused(.purchaseUnknown) }
        guard var facts else { throw Refused(.purchaseExpected) }
        facts.member = state.standing(for: facts.member)
        return facts
    }

    /// Walks back along the member's records to the purchase with that number on its receipt: along those of all who were merged
    /// into the member as well, the latest record of all first.
    private func purchaseSequence(
        receipt: RawSpan, of member: MemberNumber, state: borrowing ProgrammeState, history: some RecordSource
    ) -> UInt64? {
        guard member != .none else { return nil }
        var chains = state.group(of: member).map { member in
            (member: member, sequence: state.members[Int(member.rawValue) - 1].lastSequence)
        }
        for _ in 0..<Limits.returnWalkMax {
            guard let latest = chains.indices.max(by: { chains[$0].sequence < chains[$1].sequence }),
                chains[latest].sequence != 0
            else { return nil }
            var isFound = false
            var previous: UInt64 = 0
            history.withRecord(chains[latest].sequence) { record in
                isFound = PurchaseFacts.isPurchase(record, receipt: receipt)
                previous = PurchaseFacts.previous(of: chains[latest].member, in: record)
            }
            if isFound { return chains[latest].sequence }
            chains[latest].sequence = previous
        }
        return nil
    }
}
