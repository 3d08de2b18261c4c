import TallyBytes
import TallyCodec
import TallyModel
import TallyProjections
import TallyTables
import Testing

/// Records of manual work that no decision leads to: the state refuses them as well.
@Suite("Records of manual work")
struct ManualApplyTests {
    private typealias Sound = SoundManual

    /// A record and what is changed in it.
    struct Fault: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// Commands behind those of the desk with operators; the record of the last one is changed.
        var commands: [Command]
        var change: @Sendable (inout [UInt8]) -> Void

        init(_ what: String, _ commands: [Command], _ change: @escaping @Sendable (inout [UInt8]) -> Void) {
            (testDescription, self.commands, self.change) = (what, commands, change)
        }
    }

    /// Adds to a number of the block.
    private static func add(_ amount: UInt8, to field: Int) -> @Sendable (inout [UInt8]) -> Void {
        { $0[messageHeaderLength + field] &+= amount }
    }

    /// Adds to the amount of a posting or account of a record.
    private static func add(
        _ amount: UInt8, toEntry index: Int, ofGroup group: Int, _ shape: MessageShape
    ) -> @Sendable (inout [UInt8]) -> Void {
        { bytes in
            var offset = messageHeaderLength + shape.blockLength
            for _ in 0..<group { offset += 4 + Int(bytes[offset]) * Int(bytes[offset + 2]) }
            bytes[offset + 4 + index * Int(bytes[offset])] &+= amount
        }
    }

    private static let proposal = Sound.goodwill(501)
    /// Where the proposal stands: behind the programme, its source and the two operators.
    private static let proposed = SoundCommands.purchaseSequence.rawValue + 3

    static let faults: [Fault] = {
        typealias Passed = TransferredLayout
        let transfer = [Sound.transfer()]
        let yes = [proposal, Sound.answer(proposed)]
        let no = [proposal, Sound.answer(proposed) { $0.verdict = .declined }]
        let close = [Sound.closing(1) { $0.year = 1_970 }, Sound.closing(2) { $0.year = 1_970 }]
        return [
            Fault("the giver's balance", transfer, add(1, to: Passed.balanceAfter)),
            Fault("the taker's balance", transfer, add(1, to: Passed.otherBalanceAfter)),
            Fault("the taker's chain", transfer, add(1, to: Passed.previousOfOther)),
            Fault("the giver's chain", transfer, add(1, to: Passed.previousOfMember)),
            Fault("a taker that is none", transfer, add(7, to: Passed.otherMember)),
            Fault("the giver takes", transfer) { $0[messageHeaderLength + Passed.otherMember] = 1 },
            Fault("another wallet", transfer, add(1, to: Passed.wallet)),
            Fault("the giver loses less", transfer, add(1, toEntry: 0, ofGroup: 0, Passed.shape)),
            Fault("the taker gets more", transfer, add(1, toEntry: 1, ofGroup: 1, Passed.shape)),
            Fault("a second lot of what was passed on", transfer, { $0[$0.count - 1] &+= 1 }),
            Fault("a block in no way that there is", [Sound.block()], add(1, to: MemberBlockedLayout.mode)),
            Fault("an operator out of turn", [Sound.person("oleg")], add(1, to: OperatorSetLayout.operatorNumber)),
            Fault("a proposer that is none", [proposal], add(2, to: ProposedLayout.operatorNumber)),
            Fault("a proposal with another balance", [proposal], add(1, to: ProposedLayout.balance)),
            Fault("a proposal in no wallet", [proposal], add(1, to: ProposedLayout.wallet)),
            Fault("a yes to nothing", yes, add(1, to: AdjustedLayout.proposal)),
            Fault("a yes to other points", yes, add(1, to: AdjustedLayout.points)),
            Fault("a no to nothing", no, add(1, to: DeclinedLayout.proposal)),
            Fault("a no by the proposer", no) { $0[messageHeaderLength + DeclinedLayout.operatorNumber] = 1 },
            Fault("a no by nobody", no) { $0[messageHeaderLength + DeclinedLayout.operatorNumber] = 0 },
            Fault("a month that leaves a day out", close, add(1, to: PeriodClosedLayout.firstDay)),
            Fault("a month that ends before it begins", close) { bytes in
                for byte in 0..<4 { bytes[messageHeaderLength + PeriodClosedLayout.lastDay + byte] = 0 }
            },
            Fault("another balance", close, add(1, toEntry: 0, ofGroup: 0, PeriodClosedLayout.shape)),
        ]
    }()

    @Test(arguments: faults)
    func `a record that cannot follow is not applied`(fault: Fault) throws {
        let desk = DecisionDesk.withOperators()
        // Late enough for the first months that there are.
        desk.now = 10_000_000_000_000
        for command in fault.commands { #expect(desk.send(command).status == .recorded, "\(command)") }
        var records = desk.log.records
        var last = records.removeLast()
        fault.change(&last)
        #expect(last != desk.log.records.last)
        var state = ProgrammeState()
        for record in records { try unsafe state.apply(record.span.bytes, sequence: state.sequence + 1) }
        #expect(throws: StateError.self) { try unsafe state.apply(last.span.bytes, sequence: state.sequence + 1) }
    }
}
