/// Changes bytes the way that damage, other versions and enemies do.
enum Mutation {
    /// Makes one to five changes.
    static func change(_ bytes: inout [UInt8], _ others: [[UInt8]], _ dice: inout Seed) {
        for _ in 0...(dice.next() % 5) where !bytes.isEmpty {
            let place = Int(dice.next() % UInt64(bytes.count))
            switch dice.next() % 8 {
            case 0: bytes[place] ^= 1 << UInt8(dice.next() % 8)
            case 1: bytes[place] = UInt8(truncatingIfNeeded: dice.next())
            case 2: bytes[place] = [0, 1, 0x7F, 0x80, 0xFF][Int(dice.next() % 5)]
            case 3: bytes[place] &+= dice.next() % 2 == 0 ? 1 : 0xFF
            case 4: bytes.removeLast(bytes.count - place)
            case 5: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 32)], at: place)
            case 6: bytes.removeSubrange(place..<min(bytes.count, place + 1 + Int(dice.next() % 8)))
            default:
                let other = others[Int(dice.next() % UInt64(others.count))]
                bytes.replaceSubrange(place..., with: other.suffix(Int(dice.next() % UInt64(other.count + 1))))
            }
        }
    }
}
