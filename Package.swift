// swift-tools-version:6.2
import PackageDescription

/// The settings of every Swift target: one place, so no room can be laxer than the next.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

/// A room: one capability, one target, its pages and words embedded in the binary.
func room(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource]? = nil) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.init(stringLiteral: name)] + dependencies, exclude: exclude, swiftSettings: strict)
}

let pages: [Resource] = [.embedInCode("Templates"), .embedInCode("Strings")]

let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let nio: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let httpClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let hummingbirdTesting: Target.Dependency = .product(name: "HummingbirdTesting", package: "hummingbird")

let package = Package(
    name: "jinlin",
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // C libraries, as Debian packages them
        .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CGEOS", pkgConfig: "geos", providers: [.apt(["libgeos-dev"])]),
        .systemLibrary(name: "CVips", pkgConfig: "vips", providers: [.apt(["libvips-dev"])]),
        .systemLibrary(name: "CArgon2", pkgConfig: "libargon2", providers: [.apt(["libargon2-dev"])]),
        .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
        .systemLibrary(name: "CXML", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
        .systemLibrary(name: "CQRCode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),

        // Foundations
        room("Kernel", []),
        room("Storage", ["Kernel"]),
        room("StorageSQLite", ["Kernel", "Storage", grdb]),
        room("StoragePostgres", ["Kernel", "Storage", "CPostgres"]),
        room("Geometry", ["Kernel", "CGEOS"]),
        room("Media", ["Kernel", "CVips", "CQRCode", crypto]),
        room("Delivery", ["Kernel", "Storage", crypto]),
        room("Spreadsheets", ["Kernel", "CZip", "CXML", "CXLSXWriter"]),
        room(
            "Web", ["Kernel", "Storage", hummingbird, httpTypes, nio, mustache, crypto, logging],
            resources: [.embedInCode("Templates"), .embedInCode("Strings"), .embedInCode("Assets")]),

        // Rooms
        room(
            "Identity", ["Kernel", "Storage", "Web", "Media", "CArgon2", crypto],
            resources: pages),
        room(
            "Exports", ["Kernel", "Storage", "Spreadsheets", "Web", "Identity"],
            resources: pages),
        room(
            "Directory", ["Kernel", "Storage", "Spreadsheets", "Web", "Identity", "Exports", "Geometry", "Media"],
            resources: pages),
        room(
            "Matters",
            [
                "Kernel", "Storage", "Spreadsheets", "Delivery", "Web", "Identity", "Exports", "Directory", "Geometry", "Media",
                crypto,
            ],
            resources: pages),
        room(
            "Points",
            ["Kernel", "Storage", "Spreadsheets", "Delivery", "Web", "Identity", "Exports", "Directory", "Media", crypto],
            resources: pages),
        room("Registers", ["Kernel", "Storage", "Spreadsheets", "Web", "Identity", "Exports", "Directory"], resources: pages),
        room(
            "Imports", ["Kernel", "Storage", "Spreadsheets", "Web", "Identity", "Exports", "Directory", "Registers"],
            resources: pages),
        room(
            "Open311", ["Kernel", "Storage", "Web", "Identity", "Directory", "Matters", "Media", crypto],
            resources: [.embedInCode("Strings")]),

        room(
            "Integrations", ["Kernel", "Storage", "Spreadsheets", "Delivery", "Web", "Identity", "Exports", "Directory"],
            resources: pages),

        // The whole
        room(
            "Demo", ["Kernel", "Storage", "Identity", "Directory", "Matters", "Points", "Registers", "Media", "Geometry", crypto]),
        room(
            "Application",
            [
                "Kernel", "Storage", "StorageSQLite", "StoragePostgres", "Delivery", "Geometry", "Media", "Web", "Identity",
                "Exports", "Directory", "Matters", "Points", "Registers", "Imports", "Spreadsheets", "Open311", "Integrations",
                hummingbird, nio, nioHTTP1, crypto, logging, lifecycle, httpClient,
            ]),
        .executableTarget(
            name: "jinlin",
            dependencies: [
                "Kernel", "Storage", "Spreadsheets", "Web", "Identity", "Exports", "Directory", "Imports", "Application", "Demo",
                arguments, logging,
            ], swiftSettings: strict),
        // What `make bench` runs beside the product
        .executableTarget(
            name: "jinlin-bench", dependencies: ["Kernel", "Geometry"], path: "Benchmarks/Locate", swiftSettings: strict),
        .executableTarget(
            name: "jinlin-bench-exchange",
            dependencies: [
                "Kernel", "Storage", "StorageSQLite", "StoragePostgres", "Delivery", "Identity", "Directory", "Points",
            ], path: "Benchmarks/Exchange", swiftSettings: strict),
        .executableTarget(
            name: "jinlin-bench-points", dependencies: ["Kernel", "Storage", "Identity", "Directory", "Points", "Application"],
            path: "Benchmarks/Points", swiftSettings: strict),
        .executableTarget(
            name: "jinlin-bench-clocks", dependencies: ["Kernel", "Storage", "Identity", "Directory", "Matters", "Application"],
            path: "Benchmarks/Clocks", swiftSettings: strict),

        // Tests
        .target(
            name: "TestSupport",
            dependencies: ["Kernel", "Storage", "StorageSQLite", "StoragePostgres"],
            path: "Tests/TestSupport", swiftSettings: strict),
        tests("Kernel", []),
        tests("Storage", ["Kernel", "StorageSQLite", "StoragePostgres", "TestSupport"]),
        tests("Geometry", ["Kernel"]),
        tests("Media", ["Kernel"]),
        tests("Delivery", ["Kernel", "Storage", "TestSupport"]),
        tests("Integrations", ["Kernel", "Storage", "Delivery", "Identity", "Directory", "Matters", "TestSupport"]),
        tests("Spreadsheets", ["Kernel"], exclude: ["make_files.py"]),
        tests("Web", ["Kernel", "Storage", "TestSupport", hummingbird, hummingbirdTesting, httpTypes, nio, mustache]),
        tests("Identity", ["Kernel", "Storage", "Web", "TestSupport", crypto]),
        tests(
            "Directory",
            ["Kernel", "Storage", "Web", "Identity", "Geometry", "TestSupport", hummingbird, hummingbirdTesting, httpTypes, nio]),
        tests("Matters", ["Kernel", "Storage", "Delivery", "Media", "CVips", "Web", "Identity", "Directory", "TestSupport"]),
        tests(
            "Points",
            [
                "Kernel", "Storage", "Spreadsheets", "Delivery", "Media", "Web", "Identity", "Exports", "Directory",
                "TestSupport",
            ]),
        tests(
            "Registers",
            ["Kernel", "Storage", "Web", "Identity", "Directory", "TestSupport", hummingbird, hummingbirdTesting, httpTypes, nio]),
        tests("Imports", ["Kernel", "Storage", "Spreadsheets", "Web", "Identity", "Directory", "Registers", "TestSupport"]),
        tests(
            "Demo",
            [
                "Kernel", "Storage", "Identity", "Directory", "Matters", "Points", "Registers", "Delivery", "Geometry",
                "TestSupport",
            ]),
        tests("Open311", ["Kernel", "Web", "Directory", "Matters", "TestSupport"]),
        tests(
            "Application",
            [
                "Kernel", "Storage", "Spreadsheets", "Delivery", "Web", "Identity", "Exports", "Directory", "Matters", "Points",
                "Registers", "Imports", "Demo",
                "TestSupport", hummingbird, hummingbirdTesting, httpTypes, nio, logging,
            ]),
    ]
)
