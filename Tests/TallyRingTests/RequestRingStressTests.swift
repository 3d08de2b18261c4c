import TallyRing
import Testing

/// Two producers and a consumer on real threads.
///
/// Short rings and random pauses make every state happen: full, empty, asleep, woken by a push, woken by the clock.
@Suite("Request ring under load", .serialized)
struct RequestRingStressTests {
    private static let perProducer = 20_000

    @Test(arguments: [1, 4, 10])
    func `every element arrives once and in its producer's order`(capacityLog2: Int) {
        let seed = printedSeed()
        let ring = RequestRing<Parcel>(capacityLog2: capacityLog2)
        let producers = (0..<2).map { sender in
            TestThread { Self.produce(into: ring, sender: sender, seed: seed &+ UInt64(sender)) }
        }
        let findings = Self.consume(from: ring, pausing: Pauses(seed: seed &+ 99))
        producers.forEach { $0.join() }
        #expect(findings == Findings(received: [Self.perProducer, Self.perProducer], outOfOrder: 0))
        #expect(ring.isEmpty)
    }

    /// One element travels at a time, so the consumer falls asleep before each: a lost wake-up would cost the whole
    /// time-out of a minute and the limit of the test.
    @Test(.timeLimit(.minutes(1)))
    func `a push always wakes the sleeping consumer`() {
        let (there, back) = (RequestRing<Parcel>(capacityLog2: 1), RequestRing<Parcel>(capacityLog2: 1))
        let echo = TestThread {
            for _ in 0..<5_000 { _ = back.tryPush(Self.take(from: there)) }
        }
        for number in 0..<5_000 {
            #expect(there.tryPush(Parcel(number)))
            #expect(Self.take(from: back).number == number)
        }
        echo.join()
    }

    private static func take(from ring: RequestRing<Parcel>) -> Parcel {
        while true {
            if let parcel = ring.tryPop() { return parcel }
            ring.wait(timeoutMicroseconds: 60_000_000)
        }
    }

    private static func produce(into ring: RequestRing<Parcel>, sender: Int, seed: UInt64) {
        var pauses = Pauses(seed: seed)
        for number in 0..<perProducer {
            let parcel = Parcel(number, from: sender)
            while !ring.tryPush(parcel) { yieldThread() }
            pauses.sometimes()
        }
    }

    private static func consume(from ring: RequestRing<Parcel>, pausing: Pauses) -> Findings {
        var pauses = pausing
        var findings = Findings(received: [0, 0], outOfOrder: 0)
        while findings.received[0] + findings.received[1] < 2 * perProducer {
            let parcel = take(from: ring)
            if parcel.number != findings.received[parcel.sender] { findings.outOfOrder += 1 }
            findings.received[parcel.sender] += 1
            pauses.sometimes()
        }
        return findings
    }
}

private struct Findings: Equatable {
    var received: [Int]
    var outOfOrder: Int
}
