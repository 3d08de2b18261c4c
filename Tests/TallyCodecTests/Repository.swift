import Foundation

/// Places in the source tree.
enum Repository {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let codec = root.appending(path: "Sources/TallyCodec")
    static let schema = codec.appending(path: "Schema/tallystick.xml")
    static let generator = codec.appending(path: "Schema/generate.py")
    static let oracle = root.appending(path: "Tests/TallyCodecTests/Oracle/sbe_oracle.py")
}
