import TallyCodec
import TallyDecisions
import TallyModel
import TallyProjections
import TallyTables
import TallyTesting
import Testing

/// How promotions come into force and rest.
@Suite("Publication of promotions")
struct PublicationTests {
    private typealias Sound = SoundPromotions

    @Test func `a document comes in parts and is named by its digest`() throws {
        let desk = DecisionDesk.withProgramme()
        let parts = Sound.parts(Sound.rules, size: 100)
        #expect(parts.count > 3)
        for (index, part) in parts.enumerated() {
            let outcome = desk.send(part)
            #expect(outcome.status == .recorded && outcome.points == Int64(index + 1) && outcome.balance == 1)
            try desk.state.checkInvariants()
        }
        #expect(desk.state.documents[0].isWhole)
        #expect(desk.state.documents[0].byteCount == UInt64(Sound.rules.utf8.count))
    }

    @Test func `a part that does not follow is refused with the number of the one that does`() {
        let desk = DecisionDesk.withProgramme()
        let parts = Sound.parts(Sound.rules, size: 100)
        let refused = { (command: Command) -> [Int] in
            let outcome = desk.send(command)
            return [Int(outcome.code), Int(outcome.line)]
        }
        #expect(refused(parts[1]) == [122, 1])
        desk.send(parts[0])
        #expect(refused(parts[2]) == [122, 2])
        for part in parts.dropFirst() { desk.send(part) }
        #expect(refused(parts[0]) == [122, parts.count + 1])
        #expect(refused(parts[1]) == [122, parts.count + 1])
    }

    /// Nobody can spoil a document by sending a wrong beginning under its digest.
    @Test func `the first part begins a document anew that is not whole`() throws {
        let desk = DecisionDesk.withProgramme()
        let digest = Sound.digest(Sound.rules)
        let wrong = DocumentPart(digest: digest, part: 1, parts: 7, bytes: Array("nonsense".utf8))
        #expect(desk.send(.keepDocument(wrong)).status == .recorded)
        for part in Sound.parts(Sound.rules, size: 100) { #expect(desk.send(part).status == .recorded) }
        for part in Sound.parts(Sound.words) { desk.send(part) }
        #expect(desk.send(Sound.publication()).status == .recorded)
        try desk.state.checkInvariants()
    }

    @Test func `a damaged document is refused with its last part`() {
        let desk = DecisionDesk.withProgramme()
        var parts = Sound.parts(Sound.rules, size: 100)
        guard case .keepDocument(var part) = parts[1] else { return }
        part.bytes[7] ^= 1
        parts[1] = .keepDocument(part)
        let outcomes = parts.map { desk.send($0) }
        #expect(outcomes.dropLast().allSatisfy { $0.status == .recorded })
        #expect(outcomes.last?.rejection == .documentMalformed)
        #expect(desk.send(Sound.publication(words: Sound.rules)).rejection == .documentUnknown)
    }

    @Test func `documents that are no promotions are not put in force`() {
        let desk = DecisionDesk.withProgramme()
        #expect(
            desk.publish(rules: "promotions: [{promotion: a, then: [{percent_of: {percent: 3}}]}]").rejection
                == .promotionsMalformed)
        #expect(desk.publish(words: "storez: [s1]", rules: Sound.rules).rejection == .promotionsMalformed)
        #expect(
            desk.publish(rules: "promotions: [{promotion: a, points_to: {wallet: extra}, then: [{points: 1.00}]}]")
                .rejection == .walletUnknown)
        #expect(desk.state.promotionSets.count == 0)
    }

    /// S1-47: promotions rest and come back without a developer; archived ones never do.
    @Test func `promotions rest until they are activated, and for ever when archived`() {
        let desk = DecisionDesk.withPromotions()
        let bought = { () -> Int64 in
            desk.send(
                Sound.receipt([("cake", 10_000)]) { $0.occurredAt = Instant(microseconds: desk.state.recordedAt + 1) })
            return desk.paid.total
        }
        #expect(bought() == 9_000)
        #expect(desk.send(Sound.change(.pause(["cakes"]))).status == .recorded)
        #expect(bought() == 10_000)
        #expect(desk.send(Sound.change(.activate(["cakes"]))).status == .recorded)
        #expect(bought() == 9_000)
        #expect(desk.send(Sound.change(.archive(["cakes", "hundred"]))).status == .recorded)
        #expect(bought() == 10_000)
        #expect(desk.account?.awards == [])
        #expect(desk.send(Sound.change(.activate(["hundred", "cakes"]))).rejection == .promotionUnknown)
        #expect(desk.send(Sound.change(.pause(["none"]))).rejection == .promotionUnknown)
    }

    @Test func `what rests goes on resting when other documents are published`() {
        let desk = DecisionDesk.withPromotions()
        desk.now = SoundCommands.moment.microseconds
        desk.send(Sound.change(.pause(["cakes"])))
        let more =
            Sound.rules + """

                  - promotion: oils
                    then: [{percent_off: {percent: 20, goods: {category: oils}}}]
                """
        #expect(desk.publish(rules: more, from: nil).status == .recorded)
        let now = Instant(microseconds: desk.state.recordedAt + 1)
        desk.send(Sound.receipt([("cake", 10_000), ("oil", 1_000)]) { $0.occurredAt = now })
        #expect(desk.paid.lines == [10_000, 800])
        #expect(desk.state.resting(in: 3).map(\.id) == ["cakes"])
    }

    /// S3-18: a till that was offline is decided by the promotions of its day.
    @Test func `a receipt is decided by the promotions in force when it occurred`() {
        let desk = DecisionDesk.withPromotions()
        let april = Instant(microseconds: SoundCommands.moment.microseconds + 86_400_000_000)
        let fifth = Sound.rules.replacing("percent: 10,", with: "percent: 20,")
        desk.publish(rules: fifth, from: april)
        let before = Instant(microseconds: april.microseconds - 1)
        for (moment, paid) in [(april, Int64(8_000)), (before, 9_000), (april, 8_000)] {
            desk.send(Sound.receipt([("cake", 10_000)]) { $0.occurredAt = moment })
            #expect(desk.paid.total == paid)
        }
        #expect(desk.state.nextPromotions(after: before.microseconds) == april.microseconds)
    }

    @Test func `more sets than are kept compiled decide as they did`() {
        let desk = DecisionDesk.withProgramme()
        let day: Int64 = 86_400_000_000
        for percent in 1...9 {
            let rules = Sound.rules.replacing("percent: 10,", with: "percent: \(percent),")
            let from = SoundCommands.moment.microseconds + Int64(percent) * day
            desk.publish(rules: rules, from: Instant(microseconds: from))
        }
        for percent in [9, 1, 5, 3, 7, 2, 8, 4, 6, 1] {
            let moment = Instant(microseconds: SoundCommands.moment.microseconds + Int64(percent) * day + 5)
            desk.send(Sound.receipt([("cake", 10_000)]) { $0.occurredAt = moment })
            #expect(desk.paid.total == 10_000 - Int64(percent) * 100)
        }
    }

    @Test func `refusals of publications`() {
        let desk = DecisionDesk.withPromotions()
        let many = (0...Limits.restingPromotionsMax).map { "p\($0)" }
        let nobody = PromotionsChange(.pause(["cakes"]), author: "")
        let rows = [
            (Command.setPromotions(nobody), Rejection.textMalformed), (Sound.change(.pause([])), .promotionUnknown),
            (Sound.change(.pause(["cakes"]), from: Instant(microseconds: .min)), .timeOutOfRange),
            (Sound.publication(rules: "{}"), .documentUnknown),
        ]
        for (command, rejection) in rows { #expect(desk.send(command).rejection == rejection) }
        #expect(Sound.change(.pause(many)).refusalOfCodec == .promotionsTooMany)
        let empty = DecisionDesk.withProgramme()
        #expect(empty.send(Sound.change(.pause(["cakes"]))).rejection == .promotionsMissing)
    }
}
