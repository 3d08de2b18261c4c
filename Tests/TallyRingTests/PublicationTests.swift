import Synchronization
import TallyRing
import Testing

@Suite("Publication")
struct PublicationTests {
    @Test func `who reads gets what was published last`() {
        let cage = Cage(count: 2)
        let publication = Publication(Canary(0, cage), readers: 1)
        #expect(publication.read(as: 0) { $0.number } == 0)
        publication.publish(Canary(1, cage))
        #expect(publication.read(as: 0) { $0.number } == 1)
    }

    @Test func `what was replaced goes at once when nobody reads`() {
        let cage = Cage(count: 2)
        let publication = Publication(Canary(0, cage), readers: 3)
        publication.publish(Canary(1, cage))
        #expect(publication.releaseRetired() == 0)
        #expect(!cage.lives(0))
        #expect(cage.lives(1))
    }

    @Test func `what is read stays until it was read`() {
        let cage = Cage(count: 3)
        let publication = Publication(Canary(0, cage), readers: 2)
        publication.read(as: 0) { canary in
            publication.publish(Canary(1, cage))
            // A reader that came later keeps nothing that was replaced before.
            publication.read(as: 1) { later in
                #expect(later.number == 1)
                #expect(publication.releaseRetired() == 1)
            }
            publication.publish(Canary(2, cage))
            #expect(publication.releaseRetired() == 2)
            #expect(canary.number == 0)
            #expect(cage.lives(0))
        }
        #expect(publication.releaseRetired() == 0)
        #expect(!cage.lives(0) && !cage.lives(1) && cage.lives(2))
    }

    @Test func `a publication that goes takes all its values along`() {
        let cage = Cage(count: 2)
        do {
            let publication = Publication(Canary(0, cage), readers: 1)
            publication.read(as: 0) { _ in publication.publish(Canary(1, cage)) }
            #expect(cage.lives(0) && cage.lives(1))
        }
        #expect(!cage.lives(0) && !cage.lives(1))
    }

    /// Readers look at their canary from the beginning of a reading to its end while others are published.
    @Test(.timeLimit(.minutes(2)))
    func `no canary dies while it is looked at, and none lives on`() {
        let seed = printedSeed()
        let count = 20_000
        let cage = Cage(count: count + 1)
        let publication = Publication(Canary(0, cage), readers: 2)
        let isOver = Cage(count: 1)
        let readers = (0..<2).map { reader in
            TestThread {
                var (pauses, last) = (Pauses(seed: seed &+ UInt64(reader)), 0)
                while isOver.lives(0) {
                    publication.read(as: reader) { canary in
                        let number = canary.number
                        pauses.sometimes()
                        cage.note(isWrong: !cage.lives(number) || canary.number != number || number < last)
                        last = number
                    }
                }
            }
        }
        var pauses = Pauses(seed: seed &+ 99)
        for number in 1...count {
            publication.publish(Canary(number, cage))
            pauses.sometimes()
        }
        isOver.end(0)
        readers.forEach { $0.join() }
        #expect(publication.releaseRetired() == 0)
        #expect(cage.wrongs == 0)
        #expect((0..<count).allSatisfy { !cage.lives($0) })
        #expect(cage.lives(count))
    }
}

/// Who lives, by number; it is asked after a canary that may be gone, and so does not lie in it.
private final class Cage: Sendable {
    private let living: [Flag]
    private let wrongCount = Atomic(0)

    private final class Flag: Sendable { let value = Atomic(true) }

    init(count: Int) { living = (0..<count).map { _ in Flag() } }

    func lives(_ number: Int) -> Bool { living[number].value.load(ordering: .sequentiallyConsistent) }
    func end(_ number: Int) { living[number].value.store(false, ordering: .sequentiallyConsistent) }
    func note(isWrong: Bool) { if isWrong { wrongCount.add(1, ordering: .relaxed) } }
    var wrongs: Int { wrongCount.load(ordering: .relaxed) }
}

/// Something that is published, and says when it goes.
private final class Canary: Sendable {
    let number: Int
    private let cage: Cage

    init(_ number: Int, _ cage: Cage) { (self.number, self.cage) = (number, cage) }
    deinit { cage.end(number) }
}
