import TallyCodec
import TallyEngine
import TallyModel
import TallyTesting
import Testing

/// > Source: Design of the core, identity: "Same number, same bytes: the stored answer again, same log sequence. Same
/// > number, other bytes: conflict."
@Suite("Repeated events")
struct RepeatedEventTests {
    private static let commands: [Command] = [
        .defineBusiness(BusinessDefinition(id: "toys", name: "Toys", currency: "RUB", scale: 2)),
        .defineStore(StoreDefinition(id: "s1", business: "toys")),
        .defineWallet(WalletDefinition(id: "points", name: "Points", scale: 2)),
        .defineAccrual(
            AccrualDefinition(
                id: "base", wallet: "points", business: "", effectiveFrom: .distantPast,
                rate: Rate(numerator: 5, denominator: 100), rounding: .halfEven)),
        EngineFixture.registration(1),
        .linkIdentifier(IdentifierLink(member: .external("m1"), phone: "+7 903 123-45-67")),
        .purchase(purchase),
        .return(
            ReturnSlip(
                store: "s1", member: .anonymous, number: "b1", occurredAt: moment, total: Money(minor: 400),
                purchase: .receipt("r1"), lines: [])),
        .return(
            ReturnSlip(
                store: "s1", member: .anonymous, number: "b1", occurredAt: moment, total: Money(minor: 400),
                purchase: .event(source: SourceNumber(1), number: 7),
                lines: [
                    ReturnLine(
                        purchaseLine: 1, sku: "x", quantity: Quantity(thousandths: 400), total: Money(minor: 400))
                ])),
    ]
    private static let moment = Instant(microseconds: 1_700_000_000_000_000)
    private static let purchase = Receipt(
        store: "s1", member: .external("m1"), number: "r1", occurredAt: moment, total: Money(minor: 1_000),
        lines: [ReceiptLine(sku: "x", quantity: Quantity(thousandths: 1_000), total: Money(minor: 1_000))])

    /// Where the stored answer comes from.
    enum Memory: CaseIterable {
        /// The running engine's own memory.
        case running
        /// The run index of a checkpoint and the log.
        case checkpoint
        /// The log alone: no checkpoint was saved before the crash.
        case log
    }

    @Test(arguments: Memory.allCases)
    func `an event that is sent again is answered as it was`(memory: Memory) throws {
        var fixture = try EngineFixture()
        try fixture.openTill()
        let first = try fixture.outcomes(Self.commands, firstNumber: 1)
        #expect(first.map(\.status).filter { $0 == .rejected }.count == 1)
        #expect(first.last.map { [$0.points, $0.balance] } == [-20, 30])
        fixture = try remembering(memory, fixture)
        var expected = first
        for index in expected.indices { expected[index].isRepeated = true }
        #expect(try fixture.outcomes(Self.commands, firstNumber: 1) == expected)
        for (index, command) in Self.commands.enumerated() {
            #expect(try fixture.outcomes([command], firstNumber: UInt64(index + 1)) == [expected[index]])
        }
        #expect(try fixture.status().tip == LogSequence(11))
    }

    @Test(arguments: Memory.allCases)
    func `a number used with another body is a conflict, and nothing is stored`(memory: Memory) throws {
        var fixture = try EngineFixture()
        try fixture.openTill()
        _ = try fixture.outcomes(Self.commands, firstNumber: 1)
        fixture = try remembering(memory, fixture)
        let other = Array(repeating: EngineFixture.registration(99), count: Self.commands.count)
        let conflict = Outcome(status: .conflict, code: Rejection.numberReused.rawValue)
        #expect(try fixture.outcomes(other, firstNumber: 1) == Array(repeating: conflict, count: other.count))
        #expect(try fixture.status().tip == LogSequence(11))
    }

    @Test func `a number too high is a gap, and the answer names the next one`() throws {
        let fixture = try EngineFixture()
        try fixture.openTill()
        let answer = try fixture.send([EngineFixture.registration(1), EngineFixture.registration(2)], firstNumber: 2)
        guard case .results(let results) = answer else { throw Unanswered() }
        let gap = Outcome(status: .gap, code: Rejection.numberTooHigh.rawValue)
        #expect(results.outcomes == [gap, gap])
        #expect(results.nextNumber == 1)
    }

    private func remembering(_ memory: Memory, _ fixture: EngineFixture) throws -> EngineFixture {
        switch memory {
        case .running: return fixture
        case .checkpoint:
            fixture.stop()
            return try EngineFixture(on: fixture.directory)
        case .log:
            let copy = TemporaryDirectory()
            CrashCopy.take(fixture.directory.path, to: copy.path)
            return try EngineFixture(on: copy)
        }
    }
}
