import TallyRing
import Testing

@Suite("Request ring")
struct RequestRingTests {
    @Test func `elements leave in the order they came`() {
        let ring = RequestRing<Parcel>(capacityLog2: 3)
        for number in 0..<8 { #expect(ring.tryPush(Parcel(number))) }
        for number in 0..<8 { #expect(ring.tryPop()?.number == number) }
        #expect(ring.tryPop() == nil)
    }

    @Test func `a full ring refuses and takes again after a pop`() {
        let ring = RequestRing<Parcel>(capacityLog2: 1)
        #expect(ring.tryPush(Parcel(1)))
        #expect(ring.tryPush(Parcel(2)))
        #expect(!ring.tryPush(Parcel(3)))
        #expect(ring.tryPop()?.number == 1)
        #expect(ring.tryPush(Parcel(3)))
        #expect(ring.tryPop()?.number == 2)
        #expect(ring.tryPop()?.number == 3)
    }

    @Test func `an empty ring says so before, between and after`() {
        let ring = RequestRing<Parcel>(capacityLog2: 2)
        #expect(ring.isEmpty)
        #expect(ring.tryPush(Parcel(1)))
        #expect(!ring.isEmpty)
        _ = ring.tryPop()
        #expect(ring.isEmpty)
        #expect(ring.capacity == 4)
    }

    @Test func `positions go round many times`() {
        let ring = RequestRing<Parcel>(capacityLog2: 2)
        for number in 0..<1_000 {
            #expect(ring.tryPush(Parcel(number)))
            #expect(ring.tryPop()?.number == number)
        }
    }

    @Test func `the ring holds one reference and gives it up on pop`() {
        let ring = RequestRing<Parcel>(capacityLog2: 2)
        weak var watched: Parcel?
        push(into: ring, watching: &watched)
        #expect(watched != nil)
        _ = ring.tryPop()
        #expect(watched == nil)
    }

    @Test func `a refused element is not kept`() {
        let ring = RequestRing<Parcel>(capacityLog2: 1)
        for number in 0..<2 { #expect(ring.tryPush(Parcel(number))) }
        weak var watched: Parcel?
        push(into: ring, watching: &watched)
        #expect(watched == nil)
    }

    @Test func `a ring that goes away releases what is left in it`() {
        weak var watched: Parcel?
        do {
            let ring = RequestRing<Parcel>(capacityLog2: 2)
            push(into: ring, watching: &watched)
            #expect(watched != nil)
        }
        #expect(watched == nil)
    }

    private func push(into ring: RequestRing<Parcel>, watching watched: inout Parcel?) {
        let parcel = Parcel(1)
        watched = parcel
        _ = ring.tryPush(parcel)
    }
}

/// Something to hand over: who sent it and its number there.
final class Parcel: Sendable {
    let sender: Int
    let number: Int

    init(_ number: Int, from sender: Int = 0) { (self.sender, self.number) = (sender, number) }
}
