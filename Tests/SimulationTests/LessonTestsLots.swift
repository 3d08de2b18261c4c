import TallyModel
import TallyProjections
import TallyTables
import TallyTesting
import Testing

/// What went wrong elsewhere with holds, expiry, late receipts and fractions, as tests.
@Suite("Lessons about lots and holds")
struct LessonTestsLots {
    private typealias Story = LessonTestsStory

    // MARK: Holds

    /// Two checkouts redeemed the same points.
    ///
    /// | till 1 | till 2 |
    /// |---|---|
    /// | hold of 800: yes | |
    /// | | hold of 800: no; purchase with 800: no |
    /// | purchase with the hold: yes | |
    ///
    /// > Source: Lessons, row 20
    @Test func `points set aside by one till are not there for another`() {
        let story = Story()
        story.give(1_000)
        let hold = story.hold(800)
        #expect(story.hold(800).rejection == .pointsInsufficient)
        #expect(story.buy(5_000, points: 800).rejection == .pointsInsufficient)
        #expect(story.buy(1_000, points: 800, hold: hold).points == 20 - 800)
        #expect(story.anna == [220, 0, 0, 0])
    }

    /// Holds were not counted in the available balance.
    ///
    /// > Source: Lessons, row 26
    @Test func `a balance is what can be spent, without what is held`() {
        let story = Story()
        story.give(1_000)
        #expect(story.hold(300).balance == 700)
        #expect(story.anna == [700, 0, 300, 0])
    }

    /// A rejected hold could be committed.
    ///
    /// > Source: Lessons, row 26
    @Test func `a hold ends once, by purchase, release or time, and then it is over`() {
        let story = Story()
        story.give(1_000)
        let (released, bought, late) = (story.hold(100), story.hold(100), story.hold(100, seconds: 60))
        #expect(story.release(released).points == 100)
        #expect(story.buy(1_000, points: 100, hold: bought).status == .recorded)
        story.wait(untilDay: 1)
        for hold in [released, bought, late] {
            #expect(story.buy(1_000, day: 1, points: 100, hold: hold).rejection == .holdEnded)
            #expect(story.release(hold).rejection == .holdEnded)
        }
        #expect(story.anna == [990, 0, 0, 0])
    }

    /// A roll-back set the balance back to what it was, and credited what had been spent meanwhile.
    ///
    /// > Source: Lessons, row 28
    @Test func `a released hold gives back its own points and nothing that moved meanwhile`() {
        let story = Story()
        story.give(1_000)
        let hold = story.hold(400)
        story.buy(600, points: 600)
        #expect(story.release(hold).points == 400)
        #expect(story.anna == [400, 0, 0, 0])
    }

    /// A hold outlives its lot: what the purchase does not take ends as if it had never been held.
    ///
    /// > Source: Lessons, rows 28 and 43
    @Test func `points whose lot ended while they were held end when the hold does`() {
        let story = Story()
        story.give(1_000, lastDay: 0)
        let hold = story.hold(1_000, seconds: 86_400)
        story.desk.now = story.moment(0, seconds: 50_000).microseconds
        story.desk.passTime()
        #expect(story.anna == [0, 0, 1_000, 0])
        // Good when it was promised, so good when it is paid.
        #expect(story.buy(600, seconds: 50_000, points: 600, hold: hold).points == -600)
        story.desk.passTime()
        #expect(story.anna == [0, 0, 0, 0])
        #expect(story.account(.expired) == 400)
    }

    // MARK: Expiry

    /// "Balance collapse": expired credits left the sum, and the debits against them stayed.
    ///
    /// > Source: Lessons, row 29
    @Test func `what was spent of a lot does not end with it once more`() {
        let story = Story()
        story.give(1_000, lastDay: 10)
        story.give(500)
        story.buy(800, points: 800)
        story.wait(untilDay: 11)
        #expect(story.account(.expired) == 200)
        #expect(story.anna == [500, 0, 0, 0])
    }

    /// A dead switch for expiry that showed the earliest end alone.
    ///
    /// > Source: Lessons, row 30
    @Test func `every lot ends on its own day`() {
        let story = Story()
        for day in [10, 20, 30] { story.give(Int64(day), lastDay: day) }
        #expect(story.desk.lots(1).map(\.remaining) == [10, 20, 30])
        for (day, left) in [(10, 60), (11, 50), (20, 50), (21, 30), (30, 30), (31, 0)] {
            story.wait(untilDay: day)
            #expect(story.anna == [Int64(left), 0, 0, 0], "day \(day)")
        }
    }

    /// Lots that were selected by their label never expired.
    ///
    /// > Source: Lessons, row 31
    @Test func `points end whatever they were given for`() {
        let story = Story { $0.expiry = .days(5) }
        for kind in Adjustment.Kind.allCases { story.give(100, kind: kind) }
        let purchase = story.buy(1_000)
        #expect(purchase.balance == 500)
        story.wait(untilDay: 6)
        #expect(story.anna == [0, 0, 0, 0])
        #expect(story.account(.expired) == 500)
    }

    /// Fields of lots were patched into history when points had to expire.
    ///
    /// > Source: Lessons, row 32
    @Test func `lots are there from the first day, and new terms leave their days alone`() {
        let story = Story()
        story.buy(1_000)
        var terms = WalletTerms.standard(wallet: "points")
        terms.expiry = .days(1)
        story.desk.send(.setWalletTerms(terms))
        story.buy(2_000)
        #expect(story.desk.lots(1).map(\.remaining) == [200, 100])
        story.wait(untilDay: 100)
        #expect(story.anna == [100, 0, 0, 0])
    }

    /// How to spend 1,000,000 points that were given by hundreds.
    ///
    /// > Source: Lessons, row 33
    @Test func `ten thousand lots of a hundred points are spent by one record`() throws {
        let story = Story()
        for _ in 0..<Limits.lotsPerRecordMax { story.give(100) }
        let before = story.desk.state.sequence
        let purchase = story.buy(500_000, 500_000, points: 1_000_000)
        #expect(purchase.points == -1_000_000)
        #expect(story.desk.state.sequence == before + 1)
        #expect(story.desk.lots(1).isEmpty)
        // Making a lot again takes more bytes of a record than taking from it, so they come back as the refusal says: by the
        // lines of the purchase, or by amounts of a line.
        #expect(story.void(purchase).rejection == .returnTooLarge)
        #expect(Rejection.returnTooLarge.advice.contains("by lines or amounts, in several returns"))
        for _ in 0..<2 { #expect(story.back(purchase, line: 1, 250_000).points == 250_000) }
        #expect(story.desk.lots(1).count == Limits.lotsPerRecordMax / 2)
        // What is left is few enough for a void.
        #expect(story.back(purchase, line: 2, 250_000).points == 250_000)
        #expect(story.void(purchase).points == 250_000)
        #expect(story.desk.lots(1).count == Limits.lotsPerRecordMax)
        #expect(story.anna == [1_000_000, 0, 0, 0])
        try story.desk.state.checkInvariants()
    }

    /// Some of what comes back has a lot still, the most has none any more, and the wallet has many others by then.
    @Test func `many lots come back to a wallet of many, each to its own place`() throws {
        let story = Story { $0.expiry = .days(30) }
        for day in 0..<25 { story.buy(1_000, day: day) }
        let before = story.desk.lots(1)
        let purchase = story.buy(10_000, day: 25, points: 2_050)
        for _ in 0..<200 { story.buy(1_000, day: 26) }
        let spent = story.desk.lots(1)
        #expect(spent.count == 5 + 1 + 200)
        #expect(story.void(purchase, day: 26).points == 2_050 - 795)
        // What the purchase itself gave is gone, what it took is as it was.
        #expect(Array(story.desk.lots(1).prefix(25).map(\.remaining)) == before.map(\.remaining))
        #expect(Array(story.desk.lots(1).prefix(25).map(\.endsAt)) == before.map(\.endsAt))
        #expect(story.desk.lots(1).count == 25 + 200)
        try story.desk.state.checkInvariants()
    }

    /// A level was computed from the balance and fell when points were spent.
    ///
    /// > Source: Lessons, row 34
    @Test func `what was earned, spent and bought is told apart from the balance`() {
        let story = Story()
        story.buy(10_000)
        story.buy(1_000, points: 1_000)
        #expect(story.anna == [0, 0, 0, 0])
        #expect(story.account(.issued) == -1_000)
        #expect(story.account(.burnt) == 1_000)
        #expect(story.desk.state.members[0].monetary == 11_000)
    }

    // MARK: Retries, late receipts, days

    /// A sync that was sent again doubled the points; the desk has no memory of sources, so the retry bears a new
    /// number and has to fail on what it names.
    ///
    /// > Source: Lessons, rows 36, 37 and 40
    @Test func `a retried return, release or hold moves nothing a second time`() {
        let story = Story()
        let purchase = story.buy(10_000)
        story.back(purchase, 10_000)
        #expect(story.back(purchase, 10_000).rejection == .returnExceedsPurchase)
        story.give(100)
        let hold = story.hold(100)
        #expect(story.release(hold).status == .recorded)
        #expect(story.release(hold).rejection == .holdEnded)
        #expect(story.anna == [100, 0, 0, 0])
    }

    /// Points were lost when the receipt came in later.
    ///
    /// > Source: Lessons, row 38
    @Test func `a late receipt earns by the rate and days of its own moment`() {
        let story = Story { $0.expiry = .days(10) }
        story.desk.send(story.rule("better", Rate(numerator: 1, denominator: 2), fromDay: 5))
        story.wait(untilDay: 8)
        #expect(story.buy(1_000, day: 4).points == 100)
        #expect(story.buy(1_000, day: 5).points == 500)
        story.wait(untilDay: 15)
        #expect(story.anna == [500, 0, 0, 0])
    }

    /// Retailers want to spend points offline and bear the risk of a negative balance.
    ///
    /// > Source: Lessons, row 39
    @Test func `a late receipt takes at most what is still there, and nobody falls below zero`() {
        let story = Story()
        story.give(1_000)
        story.buy(700, day: 1, points: 700)
        #expect(story.buy(1_000, day: 0, points: 500).rejection == .pointsInsufficient)
        #expect(story.buy(1_000, day: 0, points: 500, upTo: true).points == 70 - 300)
        #expect(story.anna == [70, 0, 0, 0])
    }

    /// A reward was good when it was quoted and expired when it was confirmed.
    ///
    /// > Source: Lessons, row 43
    @Test func `the day of a lot is the day of its store, to the second`() {
        for (offset, isThere) in [(Int16(0), true), (180, false)] {
            let story = Story { $0.expiry = .days(1) }
            var receipt = story.receipt([1_000])
            receipt.utcOffsetMinutes = offset
            story.desk.send(.purchase(receipt))
            // 22:00 UTC of the next day is 01:00 of the day behind it in Moscow.
            let outcome = story.buy(1_000, day: 1, seconds: 36_000, points: 100)
            #expect((outcome.status == .recorded) == isThere)
        }
    }

    /// The end date excluded the last day.
    ///
    /// > Source: Lessons, row 44
    @Test func `the last day belongs to a lot with its last second, the first with its first`() {
        let midnight: Int64 = 43_200
        for (seconds, isThere) in [(midnight - 1, true), (midnight, false)] {
            let story = Story()
            story.give(100, lastDay: 3)
            #expect((story.buy(1_000, day: 3, seconds: seconds, points: 100).status == .recorded) == isThere)
        }
        for (seconds, isThere) in [(midnight - 1, false), (midnight, true)] {
            let story = Story { $0.pending = .days(3) }
            story.buy(1_000)
            story.desk.now = story.moment(2, seconds: seconds).microseconds
            story.desk.passTime()
            #expect((story.buy(1_000, day: 2, seconds: seconds, points: 100).status == .recorded) == isThere)
        }
    }

    // MARK: Fractions

    /// −1e-14 made a coupon invalid; 268.28000000000003 of something; a rounding of 10 turned 1 point into 0.
    ///
    /// > Source: Lessons, row 45
    @Test func `fractions of points come from whole numbers and add up again`() {
        let halves: [(Rounding, Int64)] = [(.floor, 2), (.halfUp, 3), (.halfEven, 2), (.ceiling, 3)]
        for (rounding, points) in halves {
            let story = Story()
            story.desk.send(story.rule("base", Rate(numerator: 5, denominator: 100), rounding: rounding))
            let purchase = story.buy(20, 30)
            #expect(purchase.points == points, "\(rounding) of 2.5")
            #expect(story.back(purchase, line: 1, 20).points + story.back(purchase, line: 2, 30).points == -points)
        }
        let story = Story()
        for _ in 0..<1_000 { story.give(1) }
        #expect(story.buy(1_000, points: 1_000).points == -1_000)
    }

    /// A point that is worth a fraction of a kopeck pays whole kopecks, and the last one that is allowed.
    ///
    /// > Source: Lessons, rows 45 and 46
    @Test func `points of a broken worth pay whole units of money up to the cap`() {
        let story = Story {
            ($0.moneyRate, $0.maxShareBasisPoints) = (Rate(numerator: 3, denominator: 7), 1_000)
            $0.earnFilter = .only(["nothing"])
        }
        story.give(100)
        // Of 0.10 points may pay 0.01: three of them do, two pay nothing, four are one too many.
        #expect(story.buy(10, points: 2).rejection == .pointsMalformed)
        #expect(story.buy(10, points: 4).rejection == .pointsMalformed)
        #expect(story.buy(10, points: 5).rejection == .redemptionBeyondCap)
        #expect(story.buy(10, points: 3).points == -3)
        #expect(story.buy(10, points: 90, upTo: true).points == -3)
    }
}
