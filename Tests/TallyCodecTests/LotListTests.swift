import TallyBytes
import TallyCodec
import TallyModel
import Testing

@Suite("List of lots")
struct LotListTests {
    static let lists: [([UInt8], [LotMove])] = [
        ([], []), (GoldenMessage.takenLots, GoldenMessage.takenMoves),
        (GoldenMessage.givenLots, GoldenMessage.givenMoves),
    ]

    @Test(arguments: lists)
    func `moves are written and read as the schema says`(bytes: [UInt8], moves: [LotMove]) throws {
        var writer = ByteWriter()
        writer.append(lots: moves)
        #expect(Array(copying: writer.bytes) == bytes)
        #expect(try Self.moves(in: bytes) == moves)
    }

    @Test func `a record holds its moves behind its strings`() throws {
        typealias Layout = PurchaseRecordedLayout
        let bytes = try GoldenMessage.purchaseRecorded.fixture()
        let moves = try bytes.read { bytes in
            let message = try Message(bytes, shape: Layout.shape)
            var list = try message.lots(length: message.u16(Layout.lotsLength))
            var moves: [LotMove] = []
            while let move = try list.next() { moves.append(move) }
            return moves
        }
        #expect(moves == GoldenMessage.takenMoves)
    }

    @Test func `any moves come back as they were`() throws {
        var seed = Seed.printed()
        for _ in 0..<1_000 {
            let moves = seed.list(40) { $0.lotMove() }
            var writer = ByteWriter()
            writer.append(lots: moves)
            let bytes = Array(copying: writer.bytes)
            try #require(try Self.moves(in: bytes) == moves)
        }
    }

    @Test func `a list cut inside of a move is an error`() {
        for (bytes, moves) in Self.lists {
            for count in bytes.indices {
                // Without any byte it is a list of no moves.
                guard count > 0 else { continue }
                #expect(throws: CodecError.self, "cut at \(count)") { try Self.moves(in: Array(bytes[..<count])) }
            }
            #expect(moves.count == (bytes.isEmpty ? 0 : 2))
        }
    }

    /// A row: what is wrong, the bytes of one move of wallet 4.
    @Test(
        arguments: [
            ("a kind that the schema does not have", [4, 1, 16 + 3, 1]), ("a lot of no record", [4, 1, 0, 1]),
            ("no points", [4, 1, 16, 0]), ("a place beyond 16 bits", [4, 1, 16 + 4, 0x80, 0x80, 4, 1]),
            ("a wallet beyond 16 bits", [0x80, 0x80, 4, 1, 16, 1]),
            ("points beyond 63 bits", [4, 1, 16] + Array(repeating: 0x80, count: 9) + [1]),
            ("a word without an end", [4, 1] + Array(repeating: 0x80, count: 11)),
            ("an issuer beyond 16 bits", [4, 1, 16 + 2, 1, 0x80, 0x80, 4, 1, 1]),
        ] as [(String, [UInt8])])
    func `a value out of range is an error`(what: String, bytes: [UInt8]) {
        #expect(throws: CodecError.self, "\(what)") { try Self.moves(in: bytes) }
    }

    private static func moves(in bytes: [UInt8]) throws -> [LotMove] {
        try bytes.read { bytes in
            var list = LotList(bytes: bytes)
            var moves: [LotMove] = []
            while let move = try list.next() { moves.append(move) }
            return moves
        }
    }
}

extension Seed {
    fileprivate mutating func lotMove() -> LotMove {
        let kind = [LotMove.Kind.take, .give, .make].randomElement(using: &self) ?? .take
        let lot = LotID(
            sequence: anyMagnitude(below: 48) | 1, place: Bool.random(using: &self) ? 1 : number() | 1)
        let points = Int64(anyMagnitude(below: 63)) | 1
        let wallet = UInt16(1 + next() % 3)
        guard kind == .make else { return LotMove(wallet: wallet, kind: kind, lot: lot, points: points) }
        return LotMove(
            wallet: wallet, kind: kind, lot: lot, points: points, issuer: number(), beginsAt: number(),
            endsAt: number())
    }
}
