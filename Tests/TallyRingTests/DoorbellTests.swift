import TallyRing
import Testing

@Suite("Doorbell")
struct DoorbellTests {
    @Test(.timeLimit(.minutes(1)))
    func `a ring before the wait ends it at once`() {
        let bell = Doorbell()
        bell.ring()
        bell.wait(timeoutMicroseconds: 600_000_000)
    }

    @Test(.timeLimit(.minutes(1)))
    func `a ring ends the wait of the sleeper`() {
        let bell = Doorbell()
        let sleeper = TestThread { bell.wait(timeoutMicroseconds: 600_000_000) }
        sleepThread(microseconds: 20_000)
        bell.ring()
        sleeper.join()
    }

    @Test func `rings do not add up`() {
        let bell = Doorbell()
        bell.ring()
        bell.ring()
        bell.wait(timeoutMicroseconds: 600_000_000)
        let slept = microseconds { bell.wait(timeoutMicroseconds: 20_000) }
        #expect(slept >= 15_000)
    }

    @Test func `a silent bell lets the sleeper go when the time is over`() {
        let slept = microseconds { Doorbell().wait(timeoutMicroseconds: 20_000) }
        #expect(slept >= 15_000)
    }

    @Test func `no time means no sleep`() {
        Doorbell().wait(timeoutMicroseconds: 0)
        RequestRing<Parcel>(capacityLog2: 1).wait(timeoutMicroseconds: 0)
    }

    @Test(.timeLimit(.minutes(1)))
    func `wake ends the wait of an empty ring`() {
        let ring = RequestRing<Parcel>(capacityLog2: 1)
        let consumer = TestThread { ring.wait(timeoutMicroseconds: 600_000_000) }
        sleepThread(microseconds: 20_000)
        ring.wake()
        consumer.join()
        #expect(ring.isEmpty)
    }

    @Test func `a consumer that takes no more sleeps although the ring is not empty`() {
        let ring = RequestRing<Parcel>(capacityLog2: 1)
        #expect(ring.tryPush(Parcel(1)))
        let slept = microseconds { ring.waitForWake(timeoutMicroseconds: 20_000) }
        #expect(slept >= 15_000)
        ring.wake()
        ring.waitForWake(timeoutMicroseconds: 600_000_000)
    }

    private func microseconds(of work: () -> Void) -> Int64 {
        let taken = ContinuousClock().measure(work)
        return taken.components.seconds * 1_000_000 + taken.components.attoseconds / 1_000_000_000_000
    }
}
