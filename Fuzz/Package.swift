// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

// A Swift executable does not link with libFuzzer: its `main` is not the fuzzer's. So the entries are
// a Swift library with C names, and the executable is the C file that calls them.
// `scripts/fuzz.sh` passes `-sanitize=fuzzer` for the rooms too, so that their branches are seen.
let package = Package(
  name: "systemic-fuzz",
  dependencies: [.package(name: "systemic", path: "..")],
  targets: [
    .target(
      name: "Entries", dependencies: [.product(name: "SystemicReaders", package: "systemic")]),
    .executableTarget(
      name: "fuzz", dependencies: ["Entries"],
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer"])]),
  ]
)
