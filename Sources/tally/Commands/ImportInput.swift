import Foundation
import TallyBytes
import TallyImport

/// A file of members and points as it was given, with what tells it from others.
struct ImportInput {
    /// The name without its folder.
    let name: String
    /// Everything in it.
    let bytes: [UInt8]
    /// Of the bytes of the file.
    let digest: SHA256Digest
    /// Of what says how the file is read: two runs with other rules are two imports.
    let rulesDigest: SHA256Digest

    /// Reads a file; `-` is standard input.
    ///
    /// - Parameters:
    ///   - path: Where it is.
    ///   - rules: What says how it is read.
    /// - Throws: ``Failure`` when it cannot be read or is too large.
    init(path: String, rules: String) throws {
        let source = try FileSource(path: path)
        var bytes: [UInt8] = []
        var count = -1
        while bytes.count != count, bytes.count <= PointsFile.bytesMax {
            count = bytes.count
            try source.read(into: &bytes)
        }
        name = path == "-" ? "-" : URL(fileURLWithPath: path).lastPathComponent
        self.bytes = bytes
        digest = unsafe SHA256.digest(of: bytes.span.bytes)
        rulesDigest = unsafe SHA256.digest(of: Array(rules.utf8).span.bytes)
    }

    /// What stands in the record of every lot: the beginnings of both digests.
    var fingerprint: String { "file \("\(digest)".prefix(16)) by \("\(rulesDigest)".prefix(8))" }
}

/// The number under which an import is known when nobody gives one.
enum ImportManifest {
    /// Twelve digits that follow from the name of the import, so they meet no number that people give.
    static func number(of name: String) -> UInt64 {
        let digest = unsafe SHA256.digest(of: Array("tally import members \(name)".utf8).span.bytes)
        let word = digest.bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return 100_000_000_000 + word % 900_000_000_000
    }

    /// Whose events they are: of one manifest there is one file.
    static func sourceName(_ manifest: UInt64) -> String { "manifest:\(manifest)" }
}
