public import Compute
internal import Duties
internal import Ground

/// What a ledger says of where a model comes from, as points and arrows of a picture.
public struct LineagePicture: Sendable {
  /// A run or a model.
  public struct Point: Sendable {
    /// Its name.
    public var name: String
    /// Whether it is a model that is not a run of the ledger.
    public var isBase: Bool
  }

  /// Something that comes from something.
  public struct Arrow: Sendable {
    /// Where it starts: the ancestor.
    public var from: String
    /// Where it ends.
    public var into: String
    /// How; nil for a run whose result the model is.
    public var how: Descent?
  }

  /// Runs and base models, in the order of the ledger.
  public let points: [Point]
  /// Arrows between them.
  public let arrows: [Arrow]
}

extension ComputeLedger {
  /// Where the model comes from; nil where its facts cannot be read.
  public var lineage: LineagePicture? {
    guard let dossier = try? ModelFile(document, name: model.title).dossier else { return nil }
    let names = Set(dossier.runs.map(\.id))
    var points = dossier.bases.map { LineagePicture.Point(name: $0.id, isBase: true) }
    points += dossier.runs.map { LineagePicture.Point(name: $0.id, isBase: false) }
    if dossier.runs.isEmpty, dossier.bases.isEmpty, !dossier.facts.baseModel.isEmpty {
      points.append(LineagePicture.Point(name: dossier.facts.baseModel, isBase: true))
    }
    let arrows = dossier.runs.flatMap { run in
      run.from.map { LineagePicture.Arrow(from: $0.id, into: run.id, how: $0.how) }
    }
    let used = Set(arrows.map(\.from))
    let last = points.filter { !used.contains($0.name) }.map {
      LineagePicture.Arrow(
        from: $0.name, into: "", how: names.contains($0.name) ? nil : .initialisedFrom)
    }
    return LineagePicture(points: points, arrows: arrows + last)
  }
}
