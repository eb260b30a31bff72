import Compute
import Duties
import Ground
import TestSupport
import Testing

@Suite("The decision on one model")
struct DecisionTests {
  private func decide(_ change: (inout ModelFacts) -> Void) -> Classification {
    var facts = ModelFacts()
    change(&facts)
    return Classification.decide(facts)
  }

  @Test("Nothing known decides nothing and asks for the figures")
  func nothing() {
    let empty = decide { _ in }
    #expect(empty.cumulative == nil && empty.training == nil && empty.isNear == nil)
    #expect(!empty.exceeds.isDecided && !empty.isIndicated.isDecided)
    #expect(empty.isPresumed?.isDecided == false)
    #expect(empty.isModifierProvider == nil)
    #expect(Set(empty.missing).isSuperset(of: ["published_flop", "modality"]))
    #expect(Set(empty.missing).count == empty.missing.count)
  }

  @Test("The answers agree with the law written out in digits, whatever the amounts")
  func oracle() {
    property(cases: 1500) { random in
      let own = Self.amount(&random)
      let base = random.int(0...1) == 0 ? nil : Self.amount(&random)
      let isSame = random.pick([true, false])
      let isText = random.pick([true, false])
      let result = decide { facts in
        facts.published = own
        facts.base = base
        facts.baseSameProvider = base == nil ? nil : isSame
        facts.modality = try? Modality(reading: isText ? "text" : "other")
      }
      let sum = own.count + (base?.count ?? 0)
      let ten = FLOP(powerOfTen: 25).count
      let isModifier = base.map { isSame ? nil : own.count * 3 > $0.count } ?? nil
      let exceeds = sum > ten
      guard result.cumulative?.count == sum, result.exceeds == Answer(exceeds),
        result.isIndicated == Answer(isText && sum > FLOP(powerOfTen: 23).count),
        result.isModifierProvider == isModifier.map({ Answer($0) }),
        result.isNear == (sum * 7 <= ten * 10 && sum * 13 >= ten * 10)
      else { return "\(own.digits) on \(base?.digits ?? "nothing")" }
      let presumed: Answer? = isModifier == false ? nil : Answer(exceeds && isText)
      return result.isPresumed == presumed
        ? nil : "presumed: \(own.digits) on \(base?.digits ?? "")"
    }
  }

  /// Amounts on both sides of the thresholds and close to them.
  private static func amount(_ random: inout SplitMix64) -> FLOP {
    let around: [UInt128] = [
      FLOP(powerOfTen: 25).count, FLOP(powerOfTen: 23).count, FLOP(powerOfTen: 25).count / 3,
      FLOP(powerOfTen: 24).count * 5, FLOP(powerOfTen: 26).count,
    ]
    let near = random.pick(around)
    return random.int(0...2) == 0
      ? FLOP(UInt128(random.digits(random.int(22...27))) ?? 1)
      : FLOP(near + UInt128(random.int(0...2)) - 1)
  }

  @Test("More knowledge never turns a yes into a no, nor a no into a yes")
  func knowledge() {
    property(cases: 500) { random in
      let own = Self.amount(&random)
      let base = Self.amount(&random)
      let poor = decide {
        $0.published = own
        $0.baseModel = "Base"
      }
      let rich = decide {
        $0.published = own
        $0.baseModel = "Base"
        $0.base = base
        $0.baseSameProvider = true
        $0.modality = try? Modality(reading: "text")
      }
      let isKept =
        (!poor.exceeds.isDecided || poor.exceeds == rich.exceeds)
        && (!poor.isIndicated.isDecided || poor.isIndicated == rich.isIndicated)
      return isKept ? nil : "\(own.digits) on \(base.digits)"
    }
  }

  @Test("A modality is read as words, and none of them leaves it open")
  func modality() throws {
    #expect(try Modality(reading: "Text; CODE").words == ["text", "code"])
    #expect(try Modality(reading: "text").isIndicative == .yes)
    #expect(try Modality(reading: "image").isIndicative == .no)
    #expect(try Modality(reading: ";").isIndicative == .undetermined(["modality"]))
    let problem = #expect(throws: Problem.self) { try Modality(reading: "smell") }
    #expect(problem?.mend.contains("text-to-image") == true)
  }
}

@Suite("Active parameters that cannot be read")
struct ActiveParameterTests {
  @Test("The total never stands in for them", arguments: ["37X", "-37B", "37"])
  func noFallback(active: String) {
    let cells: [ModelFacts.Column: String] = [
      .parametersTotal: "671B", .parametersActive: active, .tokens: "14.8T", .modality: "text",
    ]
    let reader = FactReader { cells[$0] ?? "" }
    let answer = Classification.decide(reader.facts, problems: reader.problems)
    #expect(answer.figures.sixND == nil && answer.missing.contains("params_active"))
    #expect(answer.exceeds.word == "undetermined" && answer.problems.count == 1)
  }
}
