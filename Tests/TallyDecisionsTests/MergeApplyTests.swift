import TallyBytes
import TallyCodec
import TallyModel
import TallyProjections
import TallyTables
import Testing

/// Records of merges and splits that no decision leads to: the state refuses them as well.
@Suite("Records of merges")
struct MergeApplyTests {
    private typealias Sound = SoundMerge

    /// A record and what is changed in it.
    struct Fault: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// True for the record of a split.
        var isSplit: Bool
        var change: @Sendable (inout [UInt8]) -> Void

        init(_ what: String, isSplit: Bool = false, _ change: @escaping @Sendable (inout [UInt8]) -> Void) {
            (testDescription, self.isSplit, self.change) = (what, isSplit, change)
        }
    }

    private static func add(_ amount: UInt8, to field: Int) -> @Sendable (inout [UInt8]) -> Void {
        { $0[messageHeaderLength + field] &+= amount }
    }

    /// Adds to a figure of the first wallet.
    private static func add(
        _ amount: UInt8, toWallet field: Int, _ shape: MessageShape
    ) -> @Sendable (inout [UInt8]) -> Void {
        { $0[messageHeaderLength + shape.blockLength + 4 + field] &+= amount }
    }

    /// Adds to the amount of the first posting.
    private static let firstPosting: @Sendable (inout [UInt8]) -> Void = { bytes in
        typealias Layout = MembersMergedLayout
        let group = messageHeaderLength + Layout.blockLength
        bytes[group + 4 + Layout.Wallets.entryLength * Int(bytes[group + 2]) + 4] &+= 1
    }

    static let faults: [Fault] = {
        typealias Merged = MembersMergedLayout
        typealias Parted = MembersSplitLayout
        let merges = [
            ("active", Merged.Wallets.active), ("pending", Merged.Wallets.pending), ("held", Merged.Wallets.held),
            ("debt", Merged.Wallets.debt), ("active after", Merged.Wallets.activeAfter),
            ("pending after", Merged.Wallets.pendingAfter), ("held after", Merged.Wallets.heldAfter),
            ("debt after", Merged.Wallets.debtAfter), ("wallet", Merged.Wallets.wallet),
        ].map { Fault("merge: \($0)", add(1, toWallet: $1, Merged.shape)) }
        let splits = [
            ("active", Parted.Wallets.active), ("pending", Parted.Wallets.pending), ("debt", Parted.Wallets.debt),
            ("active after", Parted.Wallets.activeAfter), ("pending after", Parted.Wallets.pendingAfter),
            ("debt after", Parted.Wallets.debtAfter), ("wallet", Parted.Wallets.wallet),
        ].map { Fault("split: \($0)", isSplit: true, add(1, toWallet: $1, Parted.shape)) }
        return merges + splits + [
            Fault("the absorbed member's chain", add(1, to: Merged.previousOfAbsorbed)),
            Fault("the survivor's chain", add(1, to: Merged.previousOfMember)),
            Fault("an absorbed member that is none", add(7, to: Merged.absorbed)),
            Fault("with oneself") { $0[messageHeaderLength + Merged.absorbed] = 1 },
            Fault("another block", add(1, to: Merged.blocked)),
            Fault("less is covered", firstPosting),
            Fault("a lot covers less") { $0[$0.count - 1] &-= 1 },
            Fault("another lot covers") { $0[$0.count - 4] &+= 8 },
            Fault("the absorbed member's chain", isSplit: true, add(1, to: Parted.previousOfAbsorbed)),
            Fault("the survivor's chain", isSplit: true, add(1, to: Parted.previousOfMember)),
            Fault("an absorbed member that is none", isSplit: true, add(7, to: Parted.absorbed)),
            Fault("a split of who stands for itself", isSplit: true) { $0[messageHeaderLength + Parted.absorbed] = 1 },
            Fault("another block", isSplit: true, add(1, to: Parted.blocked)),
            Fault("a part of a lot goes back", isSplit: true) { $0[$0.count - 1] &-= 1 },
            Fault("a lot that is not there", isSplit: true) { $0[$0.count - 4] &+= 8 },
        ]
    }()

    /// Anna owes 100 and has nothing; Boris has 200 and 70 that are pending.
    private func desk() -> DecisionDesk {
        let desk = DecisionDesk.withProgramme()
        desk.send(Sound.purchase(of: 4_000))
        desk.send(SoundManual.transfer(100))
        desk.send(
            SoundCommands.purchase(of: 100_000) {
                $0.member = .external("anna")
                $0.redemptions = [Redemption(wallet: "points", points: Points(minor: 400))]
            })
        desk.send(
            SoundManual.goodwill(70) {
                ($0.member, $0.beginsOn) = (.external("boris"), CivilDay(days: 19_780))
            })
        return desk
    }

    @Test(arguments: faults)
    func `a record that cannot follow is not applied`(fault: Fault) throws {
        let desk = desk()
        // What the last purchase gave is more than Anna's debt can eat up, so it comes back first.
        desk.send(Sound.void(13))
        desk.send(Sound.void(10))
        desk.send(Sound.merge())
        if fault.isSplit { #expect(desk.send(Sound.split()).status == .recorded) }
        var records = desk.log.records
        var last = records.removeLast()
        fault.change(&last)
        #expect(last != desk.log.records.last)
        var state = ProgrammeState()
        for record in records { try unsafe state.apply(record.span.bytes, sequence: state.sequence + 1) }
        #expect(throws: StateError.self) { try unsafe state.apply(last.span.bytes, sequence: state.sequence + 1) }
    }

    @Test func `a record of a member who was merged into another cannot follow`() throws {
        let desk = desk()
        desk.send(Sound.merge())
        desk.send(SoundManual.block(.none))
        var records = desk.log.records
        var last = records.removeLast()
        last[messageHeaderLength + MemberBlockedLayout.member] = 2
        var state = ProgrammeState()
        for record in records { try unsafe state.apply(record.span.bytes, sequence: state.sequence + 1) }
        #expect(throws: StateError.self) { try unsafe state.apply(last.span.bytes, sequence: state.sequence + 1) }
    }
}
