public import Duties
public import Ground
public import Rulebook

/// The use case behind `classify FILE`: the opinion on one model.
public enum ClassifyModel {
  /// The opinion on a model file by the law of a day.
  ///
  /// - Throws: the problems of the file, `duties.*`, `compute.*`.
  public static func opinion(
    path: String, settings: [String] = [], law: Law
  ) throws(Problem) -> Opinion {
    try OpinionWriter.write(try ModelFile(path: path, settings: settings).dossier, law: law)
  }

  /// A commented model file to start from.
  public static let template = """
    # A model, for `systemic classify`. Fill in what is known; leave out what is not: nothing is guessed.
    # Numbers may be written 7B, 15T, 1.5e13; FLOP 3.8e25 or in full.
    model: My model
    provider: My company
    # When it was or will be placed on the Union market: YYYY, YYYY-MM or YYYY-MM-DD
    released:
    # What it generates: text, code, speech, audio, image, text-to-image, text-to-video, other
    modality: [text, code]
    open_weights:                 # yes or no
    established_in_union:         # yes or no: the provider, for Art. 54

    # Training compute, by as many methods as you can: they are held against each other.
    published_flop:               # as stated or measured
    params_total:
    params_active:                # mixtures of experts: parameters active for a token
    tokens:                       # epochs counted
    hardware:                     # a name that `systemic compute hardware` lists
    chips:
    hours:
    chip_hours:
    peak_flop_per_s:              # dense; empty means the chip's dense BF16 peak
    utilisation:                  # model FLOP utilisation, 0.41 or 41%

    # Energy for training (Annex XI, section 1, point 2(e))
    energy_mwh:                   # as measured; or
    pue:                          # 1.2: chip power × chip-hours × PUE is estimated

    # A model it starts from
    base_model:
    base_flop:
    base_same_provider:           # yes or no

    # Or a ledger of runs, which then decides; activities: `systemic compute count --list`
    # runs:
    #   - id: pretraining
    #     activity: pre-training
    #     status: planned         # planned, running or finished
    #     start: 2026-12-01
    #     end: 2027-03-31
    #     known_since: 2026-11-10 # the day on which the run was decided
    #     params_active: 60B
    #     tokens: 30T             # or flop: 1.1e25, or hardware, chips, hours, utilisation, or log: run.log
    #     from:
    #       - {id: other-run, how: initialised-from}
    # base_models:
    #   - {id: base, flop: 3e24, same_provider: no, source: "paper, link"}

    # Legal facts
    placed_on_market:             # yes or no
    research_only:
    internal_use_only:
    internal_use_essential:
    affects_rights:
    generality:                   # narrow or general, if the indication does not fit
    generality_reason:
    designated:                   # yes or no: by the Commission
    designated_on:
    designated_under:             # 52(4) or 52(1)
    business_users:               # registered, established in the Union (Annex XIII(f))
    annex_xiii: {}                # a to g: what is known of each criterion
    licence:
    open_source: {}               # access, usage, modification, distribution, weights_public, architecture_public,
                                  # usage_public, non_commercial, user_scale_limit, separate_commercial_licence, monetised
    signatory:                    # of the Code of Practice
    met_on:                       # the day on which 10^25 was passed, if no run shows it
    known_since:                  # the day on which it became known that it will be
    capabilities_met_on:          # the day on which an assessment found high-impact capabilities (Art. 51(1)(a))
    capabilities_known_since:     # the day on which it became known that it will have them
    notification_sent:

    # Where each figure comes from
    sources:
      - {fact: tokens, source: "training plan of …"}

    """
}
