// swift-tools-version: 6.2
import PackageDescription

/// Every room is built the same way: Swift 6 mode, strict memory safety, no warning survives.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableExperimentalFeature("Lifetimes"),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

/// A room and what it may import.
///
/// Imports go down the list, never sideways or up.
func room(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

/// The tests of a room; they see it through its package-wide face, as other rooms do.
func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
    name: "tallystick",
    products: [
        .executable(name: "tallyd", targets: ["tallyd"]),
        .executable(name: "tally", targets: ["tally"]),
        // What the nested package of benchmarks measures without a daemon.
        .library(
            name: "TallyRooms",
            targets: [
                "TallyBytes", "TallyModel", "TallyCodec", "TallyLog", "TallyProjections", "TallyDecisions",
                "TallyReplay", "TallyPromotions", "TallyTables",
                "TallyTesting",
            ]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: [.defaults, "YAML"]),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // Layer 0: bytes, words, tables and the vocabulary.
        .systemLibrary(name: "CLMDB", pkgConfig: "lmdb", providers: [.apt(["liblmdb-dev"])]),
        .target(name: "CTally"),
        room("TallyBytes", ["CTally", crypto]),
        room("TallyRing", ["CTally"]),
        room("TallyTables", ["CTally"]),
        room("TallyModel"),
        // Layer 1: LMDB, bytes of values, accounting.
        room("LMDB", ["CLMDB"]),
        room("TallyCodec", ["TallyBytes", "TallyModel"], exclude: ["Schema"]),
        room("TallyLedger", ["TallyModel"]),
        room("TallyPromotions", ["CTally", "TallyModel", "TallyLedger", "TallyTables", "TallyRing"]),
        // Layer 2: the log, everything computed from it, the client.
        room("TallyLog", ["TallyBytes", "LMDB"]),
        room("TallyProjections", ["TallyModel", "TallyLedger", "TallyTables", "TallyBytes", "TallyCodec"]),
        room("TallyClient", ["TallyModel", "TallyBytes", "TallyCodec", nioCore, nioPosix]),
        // Layer 3: decisions, replay, figures.
        room(
            "TallyDecisions",
            [
                "TallyModel", "TallyBytes", "TallyCodec", "TallyLedger", "TallyTables", "TallyPromotions",
                "TallyProjections",
            ]),
        room("TallyReplay", ["TallyModel", "TallyBytes", "TallyCodec", "TallyLog", "TallyProjections"]),
        room(
            "TallyReports", ["TallyModel", "TallyBytes", "TallyCodec", "TallyLog", "TallyLedger", "TallyProjections"]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        room("TallySheets", ["CZlib", "TallyModel", "TallyReports"]),
        // Layer 4: the pipeline; the same values as JSON.
        room(
            "TallyEngine",
            [
                "CTally", "TallyModel", "TallyBytes", "TallyCodec", "TallyLog", "TallyRing", "TallyTables",
                "TallyProjections",
                "TallyDecisions", "TallyReplay", "TallyReports", metrics,
            ]),
        room("TallyJSON", ["TallyModel", "TallyBytes", "TallyCodec"]),
        room("TallyImport", ["TallyModel", "TallyBytes", "TallyCodec", "TallyDecisions", "TallyJSON", yams]),
        // Layer 5: the doors, and what people write for promotions.
        room(
            "TallyPromotionFiles",
            [
                "TallyModel", "TallyBytes", "TallyJSON", "TallyCodec", "TallyLog", "TallyImport", "TallyPromotions",
                "TallyDecisions",
            ]),
        room(
            "TallyServer",
            [
                "CTally", "TallyModel", "TallyBytes", "TallyCodec", "TallyEngine", "TallyJSON", nioCore, nioPosix,
                logging, lifecycle,
            ]),
        // Layer 6: the two programs; wiring and printing only.
        .executableTarget(
            name: "tallyd",
            dependencies: [
                "CTally", "TallyEngine", "TallyServer", "TallyModel", "TallyPromotionFiles", arguments, logging,
                lifecycle, unixSignals,
                configuration,
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "tally",
            dependencies: [
                "TallyModel", "TallyBytes", "TallyCodec", "TallyClient", "TallyJSON", "TallyImport", "TallyLog",
                "TallyReplay",
                "TallyReports", "TallySheets", "TallyProjections", "TallyDecisions", "TallyPromotions",
                "TallyPromotionFiles", arguments,
            ],
            swiftSettings: settings),
        // What only tests and benchmarks need.
        room(
            "TallyTesting",
            ["TallyModel", "TallyBytes", "TallyCodec", "TallyLog", "TallyProjections", "TallyPromotions"]),

        // Tests, a bundle a room.
        tests("TallyBytesTests", ["TallyBytes"]),
        tests("TallyRingTests", ["TallyRing"]),
        tests("TallyModelTests", ["TallyModel"]),
        tests("LMDBTests", ["LMDB", "TallyTesting"]),
        tests(
            "TallyCodecTests", ["TallyCodec", "TallyModel", "TallyBytes", "TallyTesting"],
            exclude: ["Fixtures", "Oracle"]),
        tests("TallyLogTests", ["TallyLog", "TallyBytes", "LMDB", "TallyTesting"], exclude: ["Fixtures"]),
        tests(
            "TallyServerTests",
            [
                "TallyServer", "TallyClient", "TallyEngine", "TallyModel", "TallyCodec", "TallyBytes", nioCore, logging,
                lifecycle,
            ]),
        tests(
            "TallyClientTests",
            [
                "TallyClient", "TallyServer", "TallyEngine", "TallyModel", "TallyCodec", "TallyBytes", nioCore,
                nioPosix, logging,
            ]),
        tests("TallyJSONTests", ["TallyJSON", "TallyModel", "TallyCodec", "TallyBytes"]),
        tests("TallyImportTests", ["TallyImport", "TallyModel", "TallyCodec", "TallyBytes", "TallyTesting"]),
        tests(
            "TallyCommandTests",
            ["tally", "tallyd", "TallyClient", "TallyCodec", "TallyModel", "TallyLog", "TallyTesting"]),
        tests("TallyTablesTests", ["TallyTables", "TallyBytes", "TallyTesting"]),
        tests(
            "TallySheetsTests", ["TallySheets", "TallyReports", "TallyModel", "TallyTesting"],
            exclude: ["Fixtures", "Oracle"]),
        tests("TallyPromotionsTests", ["TallyPromotions", "TallyTables", "TallyTesting", crypto]),
        tests(
            "TallyPromotionFilesTests", ["TallyPromotionFiles", "TallyPromotions", "TallyTesting"], exclude: ["Oracle"]
        ),
        tests("TallyLedgerTests", ["TallyLedger", "TallyModel", "TallyTesting"]),
        tests(
            "TallyDecisionsTests",
            [
                "TallyDecisions", "TallyProjections", "TallyLedger", "TallyTables", "TallyCodec", "TallyModel",
                "TallyBytes", "TallyPromotions", "TallyPromotionFiles",
                "TallyTesting",
            ]),
        tests(
            "TallyProjectionsTests",
            [
                "TallyProjections", "TallyLedger", "TallyTables", "TallyCodec", "TallyModel", "TallyBytes",
                "TallyTesting",
            ]),
        tests(
            "TallyReplayTests",
            [
                "TallyReplay", "TallyProjections", "TallyTables", "TallyLog", "TallyCodec", "TallyModel", "TallyBytes",
                "TallyTesting",
            ]),
        tests(
            "TallyReportsTests",
            [
                "TallyReports", "TallyDecisions", "TallyProjections", "TallyTables", "TallyLog", "TallyCodec",
                "TallyModel", "TallyBytes", "TallyPromotionFiles", "TallyTesting",
            ]),
        tests(
            "TallyEngineTests",
            [
                "TallyEngine", "TallyReplay", "TallyProjections", "TallyLog", "TallyCodec", "TallyModel", "TallyBytes",
                "TallyTesting",
            ]),

        // Whole paths: seeded histories judged by a model, real receipts, the real daemon, the rules of the house.
        tests(
            "SimulationTests",
            [
                "TallyDecisions", "TallyTables",
                "TallyEngine", "TallyReplay", "TallyProjections", "TallyLog", "TallyCodec", "TallyModel", "TallyBytes",
                "TallyTesting",
            ]),
        tests(
            "RealDataTests",
            [
                "TallyEngine", "TallyImport", "TallyReports", "TallyReplay", "TallyLog", "TallyProjections",
                "TallyJSON", "TallyPromotionFiles", "TallyPromotions",
                "TallyCodec", "TallyModel", "TallyBytes", "TallyTesting",
            ], exclude: ["Oracle"]),
        tests(
            "DaemonTests",
            [
                "tallyd", "tally", "TallyClient", "TallyReplay", "TallyProjections", "TallyLog", "TallyCodec",
                "TallyModel",
                "TallyBytes", "TallyTables", "TallyTesting",
            ]),
        tests("FuzzTests", ["TallyCodec", "TallyJSON", "TallyModel", "TallyBytes"]),
        tests("TidyTests", []),
    ]
)
