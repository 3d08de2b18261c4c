import Testing
import TallyBytes

@Suite struct DigestTests {
    /// FIPS 180-4 examples.
    static let published = [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ]

    @Test(arguments: published) func `published digests are met`(text: String, hex: String) {
        let bytes = Array(text.utf8)
        let digest = unsafe SHA256.digest(of: bytes.span.bytes)
        #expect(digest.description == hex)
        #expect(SHA256Digest(hex: hex) == digest)
    }

    @Test func `a digest in pieces is the digest of the whole`() {
        let bytes = Array("abc".utf8)
        var hasher = SHA256()
        unsafe hasher.update(bytes.span.bytes.extracting(0..<1))
        unsafe hasher.update(bytes.span.bytes.extracting(1..<3))
        #expect(unsafe hasher.digest() == SHA256.digest(of: bytes.span.bytes))
    }

    @Test func `a digest survives being written and read`() {
        let bytes = Array("abc".utf8)
        let digest = unsafe SHA256.digest(of: bytes.span.bytes)
        var writer = ByteWriter(capacity: 64)
        writer.append(u8: 0)
        digest.write(to: &writer)
        #expect(SHA256Digest(at: 1, of: writer.bytes) == digest)
        #expect(SHA256Digest.zero.description == String(repeating: "0", count: 64))
    }

    /// RFC 4231, test case 2; the first sixteen bytes.
    @Test func `a keyed hash is the beginning of an HMAC`() {
        let key = Array("Jefe".utf8)
        let text = Array("what do ya want for nothing?".utf8)
        let hash = unsafe KeyedHash(of: text.span.bytes, key: key.span.bytes)
        var writer = ByteWriter(capacity: 16)
        writer.append(u64: hash.low)
        writer.append(u64: hash.high)
        #expect(Hex.encode(writer.bytes) == "5bdcc146bf60754e6a042426089575c7")
    }
}
