import TallyDecisions
import TallyModel
import TallyProjections
import TallyTables

/// Merges and splits in forms that are accepted; a row of a table changes one field.
enum SoundMerge {
    static let moment = SoundCommands.moment

    /// Boris is Anna.
    static func merge(_ change: (inout Merge) -> Void = { _ in }) -> Command {
        var merge = Merge(
            survivor: .external("anna"), absorbed: .external("boris"), reason: "same passport", occurredAt: moment,
            utcOffsetMinutes: 180)
        change(&merge)
        return .merge(merge)
    }

    static func merge(_ absorbed: UInt32, into survivor: UInt32) -> Command {
        merge {
            ($0.survivor, $0.absorbed) = (.number(MemberNumber(survivor)), .number(MemberNumber(absorbed)))
        }
    }

    /// Boris is not Anna after all.
    static func split(_ change: (inout Split) -> Void = { _ in }) -> Command {
        var split = Split(
            member: .external("boris"), reason: "twins", occurredAt: moment, utcOffsetMinutes: 180)
        change(&split)
        return .split(split)
    }

    static func split(_ member: UInt32) -> Command { split { $0.member = .number(MemberNumber(member)) } }

    /// A purchase by Boris, who shows his card.
    static func purchase(of total: Int64, _ change: (inout Receipt) -> Void = { _ in }) -> Command {
        SoundCommands.purchase(of: total) { receipt in
            receipt.member = .card("card-2")
            change(&receipt)
        }
    }

    static func void(_ purchase: UInt64, _ change: (inout VoidSlip) -> Void = { _ in }) -> Command {
        var slip = VoidSlip(
            store: "s1", number: "v1", occurredAt: moment, utcOffsetMinutes: 180,
            purchase: .sequence(LogSequence(purchase)))
        change(&slip)
        return .voidPurchase(slip)
    }
}

extension DecisionDesk {
    /// Lets lots begin and end by a moment.
    func advance(to moment: Instant) {
        now = max(now, moment.microseconds)
        let second = UInt32(clamping: moment.microseconds / 1_000_000)
        while let next = state.dueLots.nextDue, next <= second {
            record { writer, envelope in
                _ = decider.advanceLots(to: moment.microseconds, envelope, state: state, into: &writer)
            }
        }
    }

    /// The state as a restart finds it: the tables as a checkpoint has them, the indexes built again.
    func reloaded() -> ProgrammeState {
        var loaded = ProgrammeState()
        for table in StateTable.allCases {
            state.withMemory(of: table) { source in
                loaded.withMutableMemory(of: table) { target in
                    target.prepareToLoad(byteCount: source.byteCount)
                    for chunk in 0..<source.chunkCount { _ = target.load(source.chunk(chunk), chunk: chunk) }
                }
            }
        }
        loaded.finishLoading(sequence: state.sequence)
        return loaded
    }
}
