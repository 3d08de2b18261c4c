import TallyBytes
import TallyCodec
import TallyModel
import Testing

/// Messages as version 1 of the schema wrote them.
@Suite("Versions of the schema")
struct VersionTests {
    /// A purchase whose block has no hold and which has no redemptions.
    private static let purchase = """
        1b001a00091c010081254ce402450500ea8800000000000000000000d4fe0303
        02040312000200dc05000000000000b8880000000000000606e8030000000000
        00320000000000000003001800313734323736412d31636f666665656472696e
        6b73626167
        """

    /// The record of a purchase whose lines do not say what they earn.
    private static let purchaseRecorded = """
        4a006c00091c0100fb254ce402450500070000002b0000000000000010325476
        98badcfe3f420f0000000000050000007011010081254ce402450500b8880000
        000000002af9ffffffffffffd4fe0900030312000100dc05000000000000b888
        00000000000006000d0002002af9ffffffffffff0300040000d6060000000000
        0003000400010900412d31636f66666565
        """

    @Test(arguments: [
        (purchase, PurchaseLayout.shape, 27), (purchaseRecorded, PurchaseRecordedLayout.shape, 74),
    ])
    func `a message of version 1 with a shorter block is an error that names the oldest version`(
        hex: String, shape: MessageShape, found: Int
    ) throws {
        let bytes = try #require(Hex.decode(hex.filter { !$0.isWhitespace }))
        let error = #expect(throws: CodecError.self) { try bytes.read { _ = try Message($0, shape: shape) } }
        #expect(error == CodecError(.blockTooShort(needed: shape.blockLength, found: found)))
        #expect(
            error?.description
                == "byte 0: the block has \(found) bytes, \(shape.blockLength) are needed; version 2 of the schema is the oldest that is read"
        )
    }

    @Test(arguments: ["RegisterMember", "Return", "AskKPI", "Rejected"])
    func `a message whose form has not changed is read whichever version it says`(name: String) throws {
        let message = try #require(GoldenMessage.all.first { $0.name == name })
        var bytes = try message.fixture()
        for version: UInt8 in [1, 3] {
            bytes[6] = version
            let isRead = try bytes.read { try message.isRead(from: $0) }
            #expect(isRead)
        }
    }
}
