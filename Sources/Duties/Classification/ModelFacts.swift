public import Compute
public import Ground

/// What is known of a model's training, by the names of the CSV columns; nil is unknown.
public struct ModelFacts: Sendable {
  /// The columns, in the order of the documented table.
  public enum Column: String, CaseIterable, Sendable {
    case model, provider
    case baseModel = "base_model"
    case released, modality
    case openWeights = "open_weights"
    case baseSameProvider = "base_same_provider"
    case parametersTotal = "params_total"
    case parametersActive = "params_active"
    case tokens, hardware, chips, hours
    case chipHours = "chip_hours"
    case peak = "peak_flop_per_s"
    case utilisation
    case published = "published_flop"
    case base = "base_flop"
  }

  /// Name of the model.
  public var model = ""
  /// Name of the provider.
  public var provider = ""
  /// Name of the model it starts from.
  public var baseModel = ""
  /// When it was or will be placed on the Union market, as precisely as known.
  public var released: DayRange?
  /// What it can generate.
  public var modality: Modality?
  /// Whether its weights are open.
  public var openWeights: Bool?
  /// Whether the model it starts from is by the same provider.
  public var baseSameProvider: Bool?
  /// All parameters.
  public var parametersTotal: UInt128?
  /// Parameters active for a token.
  public var parametersActive: UInt128?
  /// Training tokens, epochs counted.
  public var tokens: UInt128?
  /// Name of the chip as given.
  public var hardware = ""
  /// Number of chips.
  public var chips: Quantity?
  /// Wall-clock hours.
  public var hours: Quantity?
  /// Chips times hours.
  public var chipHours: Quantity?
  /// Peak dense FLOP/s of one chip.
  public var peak: Quantity?
  /// Model FLOP utilisation in (0, 1].
  public var utilisation: Quantity?
  /// Stated compute of this training or modification.
  public var published: FLOP?
  /// Compute of the model it starts from.
  public var base: FLOP?
  /// Columns that hold something that cannot be trusted.
  public var unreadable: [Column] = []

  /// Facts with nothing known.
  public init() {}

  /// Whether it starts from another model.
  public var hasBase: Bool {
    !baseModel.isEmpty || base != nil || unreadable.contains(.base)
  }
}

/// What a model can generate, as far as the indicative criterion asks.
public struct Modality: Sendable, Equatable {
  /// The words as given.
  public var words: [String]
  /// Whether it generates language (text, code, audio, speech), images or video from text.
  ///
  /// Source: Guidelines C(2025) 7719, ¶ 17.
  public var isIndicative: Answer

  /// Reads words separated by `;` or `,`; Epoch's domain words are aliases.
  ///
  /// - Throws: `duties.unknown-modality`.
  public init(reading text: String) throws(Problem) {
    words = text.split { $0 == ";" || $0 == "," }.map { String($0).trimmed.lowercased() }
      .filter { !$0.isEmpty }
    var answer = Answer.no
    for word in words {
      guard let known = Modality.table[word] else {
        throw Problem(
          "duties.unknown-modality", what: "\"\(word)\" is not a kind of output",
          why: "the indicative criterion asks what the model can generate",
          mend: "use text, code, speech, audio, image, text-to-image, text-to-video or other")
      }
      answer = answer || known
    }
    isIndicative = words.isEmpty ? .undetermined(["modality"]) : answer
  }

  private static let open = Answer.undetermined(["modality"])
  private static let table: [String: Answer] = [
    "text": .yes, "code": .yes, "speech": .yes, "audio": .yes, "text-to-image": .yes,
    "text-to-video": .yes, "image": .no, "other": .no,
    // Epoch's domain words. Vision and video name a field, not an output: they leave the question open unless text settles it.
    "language": .yes, "image generation": .yes, "video generation": .yes, "multimodal": open,
    "video": open, "vision": .no, "games": .no, "robotics": .no, "mathematics": .no,
    "biology": .no, "medicine": .no, "driving": .no, "recommendation": .no, "search": .no,
    "3d modeling": .no, "earth science": .no, "materials science": .no, "astronomy": .no,
    "cybersecurity": .no, "unspecified": open,
  ]
}

extension String {
  var trimmed: String {
    var view = Substring(self)
    while let first = view.first, first.isWhitespace { view.removeFirst() }
    while let last = view.last, last.isWhitespace { view.removeLast() }
    return String(view)
  }
}
