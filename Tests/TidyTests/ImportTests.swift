import Testing

/// The manifest says what a room may import; these are the boundaries that a manifest cannot keep or that must not be
/// opened even there.
@Suite("Imports")
struct ImportTests {
    /// Room, modules that it must never see, reason.
    private static let forbidden: [(room: String, modules: Set<String>, why: String)] = [
        (
            "TallyReplay", ["TallyPromotions", "TallyDecisions"],
            "a replay applies what was decided and can decide nothing anew"
        ),
        ("TallyLog", ["TallyModel", "TallyCodec"], "the log keeps opaque records and knows nothing of loyalty"),
        ("LMDB", ["TallyModel", "TallyCodec", "TallyLog"], "the binding knows bytes only"),
        ("TallyLedger", ["TallyProjections", "TallyCodec", "TallyLog"], "accounting has no figures, bytes or files"),
        (
            "TallyProjections", ["TallyLog", "TallyDecisions"],
            "what is computed depends on records, not on where they lie"
        ),
        ("TallyDecisions", ["TallyLog", "TallyEngine"], "decisions are pure: values in, values out"),
        (
            "TallyPromotions", ["TallyProjections", "TallyCodec", "TallyLog", "TallyBytes"],
            "an evaluator looks nothing up while it runs: a basket brings all that is asked"
        ),
        ("TallyClient", ["TallyEngine", "TallyServer", "TallyLog"], "a client knows the protocol only"),
    ]

    /// The rooms that may use Foundation, because they read what people write.
    private static let foundationRooms: Set = ["TallyJSON", "TallyImport", "tally", "tallyd"]

    @Test(arguments: forbidden.indices)
    func `a room does not see what it must not know`(index: Int) {
        let (room, modules, why) = Self.forbidden[index]
        for file in SourceTree.rooms where file.room == room {
            #expect(modules.isDisjoint(with: file.imports), "\(file.path): \(why)")
        }
    }

    @Test func `the vocabulary and the lowest rooms import no other room but their own helpers`() {
        let below: [String: Set<String>] = [
            "TallyModel": [], "TallyRing": ["CTally"], "TallyBytes": ["CTally"],
            "TallyTables": ["CTally", "TallyBytes"],
        ]
        for file in SourceTree.rooms {
            guard let allowed = below[file.room] else { continue }
            let rooms = file.imports.filter { $0.hasPrefix("Tally") || $0 == "LMDB" || $0 == "CTally" }
            #expect(Set(rooms).isSubset(of: allowed), "\(file.path)")
        }
    }

    @Test func `Foundation stays at the edges`() {
        for file in SourceTree.rooms where !Self.foundationRooms.contains(file.room) {
            let found = file.imports.filter { $0.hasPrefix("Foundation") || $0 == "Dispatch" }
            #expect(found == [], "\(file.path)")
        }
    }

    @Test func `only test targets import the test library`() {
        for file in SourceTree.rooms where file.room != "TallyTesting" {
            #expect(!file.imports.contains("TallyTesting"), "\(file.path)")
            #expect(!file.imports.contains("Testing"), "\(file.path)")
        }
    }
}
