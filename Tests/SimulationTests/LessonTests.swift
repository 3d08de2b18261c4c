import TallyModel
import TallyProjections
import TallyTables
import TallyTesting
import Testing

/// What went wrong elsewhere when goods came back, as tests.
@Suite("Lessons about returns")
struct LessonTests {
    private typealias Story = LessonTestsStory

    /// Buy, earn, refund, keep the points: "unlimited loyalty points at no cost".
    ///
    /// > Source: Lessons, row 1
    @Test func `buying, earning and returning leaves no points, however often`() throws {
        let story = Story()
        for _ in 0..<10 {
            let purchase = story.buy(10_000)
            #expect(purchase.points == 1_000)
            #expect(story.back(purchase, 10_000, thousandths: 1_000).points == -1_000)
        }
        #expect(story.anna == [0, 0, 0, 0])
        try story.desk.state.checkInvariants()
    }

    /// A part comes back, and the rest would be too small for the conditions of the reward.
    ///
    /// > Source: Lessons, row 2
    @Test func `conditions are not asked again for what is left after a return`() {
        let story = Story { $0.minReceipt = Money(minor: 5_000) }
        story.give(2_000)
        let purchase = story.buy(3_000, 3_000, points: 2_000)
        #expect(purchase.points == 400 - 2_000)
        // One half comes back, with half of what was earned and spent, though 30.00 alone could not be paid so.
        #expect(story.back(purchase, 3_000, thousandths: 1_000).points == 1_000 - 200)
        #expect(story.anna == [1_200, 0, 0, 0])
    }

    /// Refunding an order paid with points deducts the points a second time.
    ///
    /// > Source: Lessons, row 3
    @Test func `a returned purchase gives back what points paid, and takes them no second time`() {
        let story = Story()
        story.give(1_000)
        let purchase = story.buy(5_000, points: 1_000)
        #expect(story.anna == [400, 0, 0, 0])
        story.back(purchase, 5_000, thousandths: 1_000)
        #expect(story.anna == [1_000, 0, 0, 0])
        #expect(story.account(.burnt) + story.account(.restored) == 0)
    }

    /// The reward was a line of its own, which nobody refunded.
    ///
    /// > Source: Lessons, row 4
    @Test func `every line carries its share of what points paid`() {
        let story = Story()
        story.give(900)
        let purchase = story.buy(1_000, 2_000, points: 900)
        let first = story.back(purchase, line: 1, 1_000)
        let second = story.back(purchase, line: 2, 2_000)
        // 21.00 of money earned 210: 70 on the first line, 140 on the second; points paid 300 and 600.
        #expect([first.points, second.points] == [300 - 70, 600 - 140])
        #expect(story.anna == [900, 0, 0, 0])
    }

    /// A refund line and a purchase on one receipt were netted, and the reward was lost.
    ///
    /// > Source: Lessons, row 5
    @Test func `goods that come back do not net with goods that are bought`() {
        let story = Story { $0.minReceipt = Money(minor: 4_000) }
        story.give(500)
        let purchase = story.buy(5_000)
        let receipt = story.receipt([5_000], points: 500)
        let exchange = story.desk.send(.exchange(Exchange(slip: story.slip(purchase, 5_000), receipt: receipt)))
        // The receipt nets to zero, and yet 50.00 were bought: enough to be paid with points.
        #expect(exchange.status == .recorded)
        #expect(exchange.points == -500 - 500 + 450)
        #expect(story.account(.clawback) == 500)
        #expect(story.account(.issued) == -500 - 500 - 450)
    }

    /// A sales return that is not of one's own store left the points.
    ///
    /// > Source: Lessons, row 6
    @Test func `a void leaves nothing of what was earned and spent`() {
        let story = Story()
        story.give(700)
        let purchase = story.buy(1_111, 2_222, points: 700)
        story.void(purchase)
        #expect(story.anna == [700, 0, 0, 0])
        #expect(story.void(purchase).rejection == .returnExceedsPurchase)
    }

    /// Wrong points when the returned invoice had redeemed points.
    ///
    /// > Source: Lessons, row 7
    @Test func `spent points come back to the lots that they came from`() {
        let story = Story()
        story.give(300, lastDay: 10)
        story.give(300, lastDay: 20, business: "salon")
        let before = story.desk.lots(1).map { [$0.lot, UInt64($0.remaining), UInt64($0.endsAt), UInt64($0.issuer)] }
        let purchase = story.buy(500, points: 500)
        #expect(story.desk.lots(1).map(\.remaining) == [100])
        story.void(purchase)
        let after = story.desk.lots(1).map { [$0.lot, UInt64($0.remaining), UInt64($0.endsAt), UInt64($0.issuer)] }
        #expect(before == after)
        #expect(story.account(.clearing) == 0)
    }

    /// Spent points came back to a lot that was used up, and what was earned was not taken from them.
    ///
    /// > Source: Lessons, rows 7 and 15
    @Test func `what is taken back may be taken from what has just come back`() throws {
        let story = Story { $0.negative = .none }
        story.give(1_000)
        let purchase = story.buy(3_000, points: 1_000)
        #expect(story.anna == [200, 0, 0, 0])
        story.buy(200, points: 200)
        #expect(story.void(purchase).points == 1_000 - 200)
        #expect(story.anna == [800, 0, 0, 0])
        try story.desk.state.checkInvariants()
    }

    /// In an exchange the points that came back could not pay for the goods that were bought instead.
    ///
    /// > Source: Lessons, rows 7 and 11
    @Test func `points that come back in an exchange pay for its purchase`() throws {
        let story = Story { $0.earnFilter = .only(["nothing"]) }
        story.give(1_000)
        let purchase = story.buy(1_000, points: 1_000)
        #expect(story.anna == [0, 0, 0, 0])
        let receipt = story.receipt([1_500], points: 600)
        let exchange = story.desk.send(.exchange(Exchange(slip: story.slip(purchase, 1_000), receipt: receipt)))
        #expect(exchange.status == .recorded)
        #expect(story.anna == [400, 0, 0, 0])
        try story.desk.state.checkInvariants()
    }

    /// A discount was shared anew among the lines that were left.
    ///
    /// > Source: Lessons, row 8
    @Test func `shares are fixed at the purchase, in whatever order lines come back`() {
        let taken = [[1, 2, 3], [3, 2, 1], [2, 3, 1]].map { order in
            let story = Story()
            story.give(333)
            let purchase = story.buy(999, 333, 2_001, points: 333)
            let amounts: [Int64] = [999, 333, 2_001]
            var points: [Int: Int64] = [:]
            for line in order { points[line] = story.back(purchase, line: UInt16(line), amounts[line - 1]).points }
            #expect(story.anna == [333, 0, 0, 0])
            return points
        }
        #expect(taken[0] == taken[1] && taken[1] == taken[2])
    }

    /// An order was edited up and down, and its discount changed with it.
    ///
    /// > Source: Lessons, row 9
    @Test func `a return goes by its purchase, whatever the terms and rates are today`() {
        let story = Story()
        let purchase = story.buy(10_000)
        story.desk.send(story.rule("better", Rate(numerator: 1, denominator: 2)))
        var terms = WalletTerms.standard(wallet: "points")
        terms.earnFilter = .only(["nothing"])
        story.desk.send(.setWalletTerms(terms))
        #expect(story.back(purchase, 5_000).points == -500)
        #expect(story.back(purchase, 5_000).points == -500)
    }

    /// The refund of one item ignored its share of the discount of the order.
    ///
    /// > Source: Lessons, row 10
    @Test func `a line of 9.99 in three parts takes 16, 17 and 17 of its 50 points`() {
        let story = Story()
        story.desk.send(story.rule("base", Rate(numerator: 50, denominator: 999)))
        let purchase = story.buy(999)
        #expect((0..<3).map { _ in story.back(purchase, 333).points } == [-16, -17, -17])
        #expect(story.anna == [0, 0, 0, 0])
    }

    /// Promotions were carried over to an exchange, or were not, as it happened.
    ///
    /// > Source: Lessons, row 11
    @Test func `an exchange takes back by the old purchase and gives by the rates of its own day`() {
        let story = Story()
        let purchase = story.buy(10_000)
        story.desk.send(story.rule("later", Rate(numerator: 1, denominator: 5), fromDay: 5))
        story.desk.now = story.moment(6).microseconds
        let exchange = Exchange(slip: story.slip(purchase, 10_000, day: 6), receipt: story.receipt([10_000], day: 6))
        #expect(story.desk.send(.exchange(exchange)).points == -1_000 + 2_000)
    }

    /// A refused half of an exchange left the other half behind.
    ///
    /// > Source: Lessons, row 11
    @Test func `an exchange whose purchase is refused returns nothing`() {
        let story = Story()
        let purchase = story.buy(10_000)
        let exchange = Exchange(slip: story.slip(purchase, 10_000), receipt: story.receipt([10_000], points: 5_000))
        #expect(story.desk.send(.exchange(exchange)).rejection == .pointsInsufficient)
        #expect(story.anna == [1_000, 0, 0, 0])
        #expect(story.back(purchase, 10_000).points == -1_000)
    }

    /// Points on voided items.
    ///
    /// > Source: Lessons, row 12
    @Test func `a void behind a partial return takes the rest and nothing twice`() {
        let story = Story()
        let purchase = story.buy(1_005, 2_005)
        let part = story.back(purchase, line: 2, 1_001)
        let rest = story.void(purchase)
        #expect(part.points + rest.points == -purchase.points)
        #expect(story.anna == [0, 0, 0, 0])
    }

    /// A refund could be repeated, and the balance moved each time.
    ///
    /// > Source: Lessons, row 13
    @Test func `what has come back cannot come back again`() {
        let story = Story()
        let purchase = story.buy(10_000)
        #expect(story.back(purchase, 6_000, thousandths: 600).status == .recorded)
        #expect(story.back(purchase, 4_001, thousandths: 400).rejection == .returnExceedsPurchase)
        #expect(story.back(purchase, 4_000, thousandths: 401).rejection == .returnExceedsPurchase)
        #expect(story.back(purchase, 4_000, thousandths: 400).status == .recorded)
        #expect(story.back(purchase, 1).rejection == .returnExceedsPurchase)
        #expect(story.anna == [0, 0, 0, 0])
    }

    /// Paying with points earned points: a "continuous loop".
    ///
    /// > Source: Lessons, row 14
    @Test func `what is paid with points earns none`() {
        let story = Story()
        story.give(10_000)
        #expect(story.buy(10_000, points: 10_000).points == -10_000)
        story.give(4_000)
        #expect(story.buy(10_000, points: 4_000).points == 600 - 4_000)
    }

    /// Points of the first order were spent in the second, then the first came back.
    ///
    /// > Source: Lessons, row 15
    @Test func `points that are spent and taken back are owed, as far as the terms go`() {
        for (negative, owed) in [(NegativeTerm.unlimited, 1_000), (.upTo(Points(minor: 300)), 300), (.none, 0)] {
            let story = Story { $0.negative = negative }
            let first = story.buy(10_000)
            story.buy(1_000, points: 1_000)
            #expect(story.void(first).points == -Int64(owed))
            #expect(story.anna == [0, 0, 0, Int64(owed)])
        }
    }

    /// The same, with a wallet that waits until the goods can no longer come back.
    ///
    /// > Source: Lessons, row 15
    @Test func `points that wait for the return window cannot be spent before it ends`() {
        let story = Story { ($0.pending, $0.returnWindowDays) = (.returnWindow, 14) }
        let first = story.buy(10_000)
        story.wait(untilDay: 14)
        #expect(story.buy(1_000, day: 14, points: 1_000).rejection == .pointsInsufficient)
        #expect(story.void(first, day: 14).points == -1_000)
        #expect(story.anna == [0, 0, 0, 0])
    }
}
