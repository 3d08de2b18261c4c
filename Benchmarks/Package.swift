// swift-tools-version: 6.2
import PackageDescription

/// A package of its own: whoever builds the ledger builds no benchmarks, and the benchmarks see what any program sees.
let package = Package(
    name: "tallystick-benchmarks",
    dependencies: [.package(name: "tallystick", path: "..")],
    targets: [
        .executableTarget(
            name: "RoomBenchmarks",
            dependencies: [.product(name: "TallyRooms", package: "tallystick")],
            swiftSettings: [
                .swiftLanguageMode(.v6),
                .strictMemorySafety(),
                .treatAllWarnings(as: .error),
                .enableExperimentalFeature("Lifetimes"),
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("MemberImportVisibility"),
                .enableUpcomingFeature("InternalImportsByDefault"),
            ])
    ]
)
