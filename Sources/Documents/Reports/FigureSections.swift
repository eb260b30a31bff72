internal import Compute
internal import Duties
internal import Ground

/// Key figures and charts of the page.
struct FigureSections {
  let opinion: Opinion

  /// The figures and where the model stands among others.
  var keyFigures: HTML {
    let rows = KeyFigures(opinion.classification).lines.map { line -> [HTML] in
      ["\(line.name)", FigureSections.value(line), "\(Component.prose(line.note))"]
    }
    let table = Component.table(
      "Amounts of compute, the threshold and the error band",
      [.init("Figure"), .init("Value"), .init("Note")], rows)
    return table + chart
  }

  private static func value(_ line: KeyFigures.Line) -> HTML {
    let value: HTML = "<span class=\"figure\">\(line.value)</span>"
    guard let digits = line.digits else { return value }
    return value + "<br><span class=\"exact\">exactly \(Component.digits(digits))</span>"
  }

  /// An amount in two significant figures, its exact digits behind it.
  static func amount(_ flop: FLOP?) -> HTML {
    guard let flop else { return "<span class=\"unknown\">unknown</span>" }
    return "<span class=\"figure\" title=\"\(flop.digits)\">\(flop.shown)</span>"
  }

  private var chart: HTML {
    let chart = ComputeChart(
      model: OpinionWords.model(opinion.classification.facts),
      cumulative: opinion.classification.cumulative, comparables: opinion.comparables)
    let source: HTML =
      opinion.comparables.isEmpty
      ? "" : " Circles are other models. \(ComparableModel.attribution)."
    return """
      <figure class="drawing">
      \(ChartShape.allCases.map { chart.svg($0, id: "compute-" + $0.rawValue) })\
      <figcaption>The bar is this model's cumulative compute with its band of 30 % on either \
      side.\(source)</figcaption>
      </figure>

      """
  }

  /// The crossing of the threshold over time.
  var forecast: HTML {
    guard let forecast = opinion.forecast else { return "" }
    let days = """
      <dl class="facts">
      <div><dt>Passes \(Typography.power(25)) FLOP</dt>\
      <dd>\(FigureSections.day(forecast.crossing, else: "not by these runs"))</dd></div>
      <div><dt>Known that it will</dt>\
      <dd>\(FigureSections.day(forecast.known, else: "not known from the facts"))</dd></div>
      </dl>

      """ as HTML
    let rows = forecast.steps.map { step -> [HTML] in
      [
        Component.day(step.day), "\(step.run.isEmpty ? "none" : step.run)",
        FigureSections.amount(step.flop),
      ]
    }
    let steps = Component.table(
      "Cumulative compute at the end of each day on which its pace changes",
      [.init("Day"), .init("Run that ends"), .figures("Cumulative FLOP")], rows)
    let basis = Component.list(forecast.basis.map { "\(Component.prose($0))" })
    return days + overTime(id: "forecast") + steps + basis
  }

  /// Cumulative compute over time as a picture; nothing where no run has days.
  func overTime(id: String) -> HTML {
    guard let chart = opinion.forecast.flatMap({ ForecastChart($0) }) else { return "" }
    return """
      <figure class="drawing">
      \(ChartShape.allCases.map { chart.svg($0, id: id + "-" + $0.rawValue) })\
      <figcaption>Dots are ends of runs. Between them and the day of passing the line is drawn \
      straight; the horizontal line is \(Typography.power(25)) FLOP.</figcaption>
      </figure>

      """
  }

  static func day(_ day: Day?, else words: String) -> HTML {
    day.map { Component.day($0) } ?? "\(words)"
  }
}
