@testable import Compute
import Ground
import TestSupport
import Testing

@Suite("The catalogue of chips")
struct HardwareTests {
  private let catalogue = HardwareCatalogue.embedded

  @Test("Every name and every alias finds its own chip, so none stands for two")
  func names() {
    #expect(catalogue.chips.count >= 150)
    for chip in catalogue.chips {
      for name in [chip.name] + chip.aliases {
        #expect(catalogue.chip(named: name)?.name == chip.name, "\(name)")
      }
    }
    #expect(
      Set(catalogue.chips.map { HardwareCatalogue.key($0.name) }).count == catalogue.chips.count)
  }

  @Test("Letter case, spaces, hyphens and underscores do not matter, other letters do")
  func spelling() {
    for name in ["h100", "H-100", "NVIDIA_H100", " nvidia h100 ", "H100 SXM5 80GB"] {
      #expect(catalogue.chip(named: name)?.name == "NVIDIA H100 SXM5 80GB", "\(name)")
    }
    for name in ["", "H101", "GPU", "H100 cluster"] { #expect(catalogue.chip(named: name) == nil) }
  }

  static let peaks: [(String, String)] = [
    ("H100", "989.4e12"), ("H100 PCIe", "756e12"), ("H200", "989.5e12"), ("A100", "312e12"),
    ("NVIDIA A100 SXM4 80 GB", "312e12"), ("V100", "125e12"), ("TPU v3", "123e12"),
    ("TPU v4", "275e12"), ("B200", "2.25e15"), ("H800", "989e12"),
  ]

  @Test("The peak is the dense one, never the sparse", arguments: peaks)
  func dense(name: String, peak: String) throws {
    let chip = try #require(catalogue.chip(named: name))
    #expect(chip.peak(.bf16) == Quantity(try #require(try Quantity.read(peak).integer)))
  }

  @Test("No chip has the double of a dense peak: those of structured sparsity are absent")
  func sparse() {
    let sparse: [UInt128] = [
      1_978_900_000_000_000, 1_979_000_000_000_000, 624_000_000_000_000, 1_513_000_000_000_000,
      1_671_000_000_000_000, 4_500_000_000_000_000, 5_000_000_000_000_000,
    ]
    for chip in catalogue.chips {
      #expect(!sparse.contains(chip.peak(.bf16)?.integer ?? 0), "\(chip.name)")
      if let tf32 = chip.peak(.tf32)?.approximate, let bf16 = chip.peak(.bf16)?.approximate {
        #expect(tf32 <= bf16 * 1.01, "\(chip.name)")
      }
    }
  }

  /// Rows of the hardware database that the catalogue does not hold as they stand, and why.
  static let exceptions: [String: String] = [
    "Huawei Ascend 920": "announced only, no figure of the maker",
    "Meta MTIA 300": "the figure is not known to be one of BF16",
    "AMD Instinct MI350X": "half of its INT8 peak, as the table says",
    "NVIDIA GeForce RTX 4090": "the figure is the sparse one of the maker, or accumulates in FP16",
    "NVIDIA GeForce RTX 3090 Ti": "as above", "NVIDIA GeForce RTX 2080 Ti 11GB": "as above",
    "Intel Habana Gaudi2": "the maker gives other figures for BF16",
  ]

  @Test(
    "A chip of the hardware database has the same peak here, or a reason why not",
    .enabled(if: sharedData("epoch/ml_hardware_2026-04.csv") != nil, "the database is not there"))
  func againstDatabase() throws {
    let path = try #require(sharedData("epoch/ml_hardware_2026-04.csv"))
    var used: Set<String> = []
    for row in try rows(path, ["Hardware name", "Tensor-FP16/BF16 performance (FLOP/s)"])
    where !row[1].isEmpty {
      let known = catalogue.chip(named: row[0])?.peak(.bf16)?.approximate
      if known == (try Quantity.read(row[1]).approximate) { continue }
      #expect(Self.exceptions[row[0]] != nil, "\(row[0]): \(row[1]), here \(known ?? 0)")
      used.insert(row[0])
    }
    let unused = Set(Self.exceptions.keys).subtracting(used)
    #expect(unused == [], "an exception that is none")
  }

  @Test(
    "Every chip that a frontier model was trained on is known",
    .enabled(
      if: sharedData("epoch/frontier_ai_models_2026-04.csv") != nil, "the table is not there"))
  func trainingHardware() throws {
    let path = try #require(sharedData("epoch/frontier_ai_models_2026-04.csv"))
    var asked: Set<String> = []
    for row in try rows(path, ["Training hardware"])
    where !row[0].isEmpty && !row[0].contains(",")
      // The chip of 2008 stands in the table of models, not in the database of hardware.
      && row[0] != "NVIDIA GeForce GTX 285"
    {
      asked.insert(row[0])
      #expect(catalogue.chip(named: row[0]) != nil, "\(row[0])")
    }
    #expect(asked.count >= 18)
  }

  @Test("The figures name their source and licence")
  func attribution() { #expect(HardwareCatalogue.attribution.contains("CC BY 4.0")) }

  private func rows(_ path: String, _ names: [String]) throws -> [[String]] {
    let records = try CSVRecords(path: path)
    let header = try #require(try records.next())
    let columns = (0..<header.count).map(header.text)
    let places = try names.map { name in try #require(columns.firstIndex(of: name)) }
    var rows: [[String]] = []
    while let record = try records.next() { rows.append(places.map(record.text)) }
    return rows
  }
}
