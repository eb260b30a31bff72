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
    .library(name: "SystemicCore", targets: ["Workspace", "Documents"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    room("Ground"),
    room("RuleFile", on: ["Ground", "Yams"]),
    .executableTarget(name: "rulec", dependencies: ["RuleFile", "Ground"], swiftSettings: strict),
    .plugin(name: "EmbedFiles", capability: .buildTool(), dependencies: ["rulec"]),
    room("Rulebook", on: ["Ground", "RuleFile"], exclude: ["Law"], embeds: true),
    room("Compute", on: ["Ground"], exclude: ["Tables"], embeds: true),
    room("Duties", on: ["Ground", "Rulebook", "Compute"], exclude: ["Tables"], embeds: true),
    room("Workspace", on: ["Ground", "RuleFile", "Rulebook", "Compute", "Duties"]),
    room("Documents", on: ["Ground", "RuleFile", "Rulebook", "Compute", "Duties", "Workspace"]),
    .executableTarget(
      name: "systemic",
      dependencies: [
        "Ground", "Rulebook", "Compute", "Duties", "Workspace", "Documents",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    tests("GroundTests", of: ["Ground"]),
    tests("ComputeTests", of: ["Compute", "Ground"]),
    tests("ImporterTests", of: ["Compute", "Ground"]),
    tests(
      "DocumentsTests",
      of: ["Documents", "Workspace", "Duties", "Compute", "Rulebook", "RuleFile", "Ground"]),
    tests("TidyTests", of: ["Ground", "RuleFile"]),
    tests(
      "JourneyTests", of: [],
      exclude: [
        "Golden", "classify.script", "compute.script", "errors.script", "law.script",
        "law-due.script",
      ]),
    tests("RuleFileTests", of: ["RuleFile", "Ground"]),
    tests(
      "RulebookTests", of: ["Rulebook", "RuleFile", "Compute", "Ground"],
      exclude: ["Cases", "Refused"]),
    tests("DutiesTests", of: ["Duties", "Compute", "Rulebook", "Ground"]),
    tests(
      "WorkspaceTests", of: ["Workspace", "Duties", "Compute", "Rulebook", "RuleFile", "Ground"],
      exclude: ["Golden"]),
  ]
)
