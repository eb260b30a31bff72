// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]

/// A room of the house: what it may import stands in ARCHITECTURE.md and is checked by TidyTests.
func room(
  _ name: String, on floorBelow: [Target.Dependency] = [], exclude: [String] = [],
  embeds: Bool = false
) -> Target {
  .target(
    name: name, dependencies: floorBelow, exclude: exclude, swiftSettings: strict,
    plugins: embeds ? ["EmbedFiles"] : [])
}

/// The tests of one room, with the shared helpers.
func tests(_ name: String, of rooms: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(
    name: name, dependencies: rooms + ["TestSupport"], exclude: exclude, swiftSettings: strict)
}

let package = Package(
  name: "systemic",
  products: [
    .executable(name: "systemic", targets: ["systemic"]),
    .library(name: "SystemicReaders", targets: ["Workspace", "Documents"]),
    .library(name: "SystemicCore", targets: ["Workspace", "Documents", "Store"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
    .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
  ],
  targets: [
    room("Ground"),
    room("RuleFile", on: ["Ground", "Yams"]),
    .executableTarget(name: "rulec", dependencies: ["RuleFile", "Ground"], swiftSettings: strict),
    .plugin(name: "EmbedFiles", capability: .buildTool(), dependencies: ["rulec"]),
    room(
      "Sealing",
      on: [
        "Ground", .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
        .product(name: "SwiftASN1", package: "swift-asn1"),
        .product(name: "X509", package: "swift-certificates"),
      ]),
    room(
      "Programs",
      on: [
        "Ground", .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    room(
      "Outbound",
      on: [
        "Ground", "Programs", .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ]),
    room("Journal", on: ["Ground", "Sealing"]),
    room(
      "Store",
      on: ["Ground", "Sealing", "Journal", .product(name: "GRDB", package: "GRDB.swift")]),
    room("Rulebook", on: ["Ground", "RuleFile"], exclude: ["Law"], embeds: true),
    room("Compute", on: ["Ground"], exclude: ["Tables"], embeds: true),
    room("Duties", on: ["Ground", "Rulebook", "Compute"], exclude: ["Tables"], embeds: true),
    room(
      "Workspace",
      on: ["Ground", "RuleFile", "Sealing", "Journal", "Rulebook", "Compute", "Duties"]),
    room(
      "Documents",
      on: [
        "Ground", "Programs", "RuleFile", "Sealing", "Rulebook", "Compute", "Duties", "Workspace",
      ]),
    room(
      "Server",
      on: [
        "Ground", "RuleFile", "Sealing", "Outbound", "Journal", "Rulebook", "Compute", "Duties",
        "Workspace", "Documents", .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "HummingbirdTLS", package: "hummingbird"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "JWTKit", package: "jwt-kit"),
        .product(name: "Logging", package: "swift-log"),
      ]),
    .executableTarget(
      name: "systemic",
      dependencies: [
        "Server", "Outbound",
        "Ground", "Sealing", "Journal", "Rulebook", "Compute", "Duties", "Store", "Workspace",
        "Documents",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "workspacedrill",
      dependencies: ["Ground", "Sealing", "Journal", "Duties", "Store", "Workspace"],
      path: "Tests/WorkspaceDrill", swiftSettings: strict),
    .executableTarget(
      name: "storedrill", dependencies: ["Ground", "Sealing", "Journal", "Store"],
      path: "Tests/Drill", swiftSettings: strict),
    .target(
      name: "TestSupport", dependencies: ["Ground", "Sealing"], path: "Tests/TestSupport",
      swiftSettings: strict),
    tests("GroundTests", of: ["Ground", "Sealing"]),
    tests(
      "StoreTests",
      of: [
        "Store", "Journal", "Sealing", "Ground", "storedrill",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      exclude: ["Fixtures"]),
    tests("SealingTests", of: ["Sealing", "Ground"]),
    tests("ProgramsTests", of: ["Programs", "Ground"]),
    tests(
      "OutboundTests",
      of: [
        "Outbound", "Ground", .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ]),
    tests("JournalTests", of: ["Journal", "Sealing", "Ground"]),
    tests("ComputeTests", of: ["Compute", "Ground"]),
    tests("ImporterTests", of: ["Compute", "Ground"]),
    tests(
      "DocumentsTests",
      of: ["Documents", "Workspace", "Duties", "Compute", "Rulebook", "RuleFile", "Ground"]),
    tests(
      "ServerTests",
      of: [
        "Server", "Store", "Workspace", "Duties", "Sealing", "Outbound", "Ground",
        .product(name: "HummingbirdTesting", package: "hummingbird"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
      ]),
    tests("TidyTests", of: ["Ground", "RuleFile"]),
    tests(
      "JourneyTests", of: [],
      exclude: [
        "Golden", "classify.script", "compute.script", "errors.script", "incidents.script",
        "law.script",
        "law-due.script", "record.script", "journal.script", "people.script",
        "procedure.script",
      ]),
    tests("RuleFileTests", of: ["RuleFile", "Ground"]),
    tests(
      "RulebookTests", of: ["Rulebook", "RuleFile", "Compute", "Ground"],
      exclude: ["Cases", "Refused"]),
    tests(
      "DutiesTests", of: ["Duties", "Compute", "Rulebook", "RuleFile", "Ground"],
      exclude: ["Incidents/Lists"]),
    tests(
      "WorkspaceTests",
      of: [
        "Workspace", "Documents", "Store", "Duties", "Compute", "Rulebook", "RuleFile", "Journal",
        "Sealing", "Ground", .product(name: "GRDB", package: "GRDB.swift"),
      ],
      exclude: ["Golden"]),
  ]
)
