import Testing

/// Where the keyword `unsafe` may stand, and why.
///
/// Strict memory safety makes it visible; this list keeps it rare.
@Suite("Unsafe code")
struct UnsafeTests {
    /// A room or a file, and its one reason.
    private static let allowed: [String: String] = [
        "Sources/LMDB/": "hands pointers to a C library and takes them back",
        "Sources/TallyBytes/": "loads and stores integers in raw bytes; hashes them in C",
        "Sources/TallyRing/": "cells and sleeping words are shared between threads by address",
        "Sources/TallyTables/": "tables lie in memory mapped by hand",
        "Sources/TallyLog/": "system calls on files; a draft lends its own bytes",
        "Sources/TallyServer/": "system calls on sockets and directories",
        "Sources/TallyEngine/": "threads, clock and directories of the system",
        "Sources/tally/": "reads files and writes to standard output by their descriptors",
        "Sources/tallyd/": "signals, environment and service manager of the system",
        "Sources/TallyTesting/": "system calls on files that tests break",
        "Sources/TallyCodec/Message.swift": "text in place becomes a string",
        "Sources/TallyDecisions/Decider+Members.swift": "text in place is hashed",
        "Sources/TallyDecisions/IdentityKey.swift": "an array's bytes are hashed in place",
        "Sources/TallyDecisions/TextCheck.swift": "text in place is checked as UTF-8",
        "Sources/TallyImport/FileWindow.swift": "an array's bytes are read in place",
        "Sources/TallyImport/KeySet.swift": "an array's bytes are hashed in place",
        "Sources/TallyImport/ReceiptRow.swift": "text in place is checked as UTF-8",
        "Sources/TallyImport/ReceiptsCSV.swift": "an array's bytes are scanned in place",
        "Sources/TallyPromotions/Evaluator/": "kernels of the hot path check their bounds once a batch or a basket",
        "Sources/TallySheets/ZipArchive.swift": "hands bytes to zlib and takes them back",
        "Sources/TallyJSON/ExactDecimal.swift": "an array's bytes are read in place",
        "Sources/TallyJSON/JSONSession.swift": "a line in place becomes an array",
    ]

    private static let users = SourceTree.rooms.filter { file in
        file.code.contains { $0.line.contains(#/\bunsafe\b|\(unsafe\)/#) }
    }

    @Test func `unsafe stands only where it has a reason`() {
        for file in Self.users {
            let isAllowed = Self.allowed.keys.contains { file.path.hasPrefix($0) }
            #expect(isAllowed, "\(file.path): use a safe form, or give the reason here")
        }
    }

    @Test(arguments: allowed.keys.sorted())
    func `every reason is still needed`(place: String) {
        #expect(Self.users.contains { $0.path.hasPrefix(place) }, "\(place) is safe now: take it off the list")
    }

    @Test func `nobody switches a check off`() {
        expectNone(
            of: #/nonisolated\(unsafe\)|@preconcurrency|unsafeBitCast|unsafeDowncast|-Ounchecked/#,
            in: SourceTree.rooms, "the compiler's checks stay on")
    }

    @Test func `an unchecked Sendable stands beside its proof`() {
        for file in SourceTree.rooms where file.code.contains(where: { $0.line.contains("@unchecked Sendable") }) {
            let words = file.text.split(separator: "\n").filter { $0.contains("//") && $0.contains("Sendable") }
            #expect(!words.isEmpty, "\(file.path): say in a comment why it is Sendable")
        }
    }
}
