/// How forms look: each field with the provision beside it, as in a margin; below it on narrow screens.
enum FormStyle {
  /// All rules.
  static let sheet = fields + groups + steps

  private static let fields = """
    form.record{max-width:64rem}
    form.record input:not([type=file],[type=checkbox],[type=radio],[type=hidden]),form.record select,
    form.record textarea{width:100%;max-width:34rem}
    .field{display:grid;grid-template-columns:minmax(0,34rem) minmax(14rem,1fr);gap:.2rem 2rem;padding:.65rem 0;
    border-top:1px solid var(--line)}
    .ask input:not([type=file]),.ask select,.ask textarea{width:100%}
    .ask label{font-weight:600}
    .ask .note{display:block;margin-top:.15rem}
    .due{font-weight:400;color:var(--muted);font-size:.85rem}
    .why{font-size:.88rem}.field>.why{padding-top:1.55rem}
    .why p{margin:0 0 .2rem}
    .why summary{color:var(--link);cursor:pointer;width:fit-content}
    .why details[open],details.why[open]{border-left:2px solid var(--line);padding-left:.8rem;margin-top:.3rem}
    .why .title{font:600 .95rem/1.35 var(--serif);margin-top:.6rem}
    form .wide{border-top:1px solid var(--line);padding-top:1rem}

    """

  private static let groups = """
    details.group{border-top:2px solid var(--ink);margin:0 0 .6rem}
    details.group>summary{font:600 1.12rem/1.3 var(--serif);padding:.55rem 0;cursor:pointer}
    details.group>.field:first-of-type{border-top:0}
    fieldset{border:0;border-top:1px solid var(--line);margin:0;padding:.65rem 0;min-width:0}
    legend{font:600 1.05rem/1.3 var(--serif);padding:.6rem 0 .1rem;float:left;width:100%}
    legend+*{clear:both}
    fieldset.tree .why{padding-top:0}
    fieldset .row{display:grid;grid-template-columns:repeat(auto-fit,minmax(10rem,1fr));gap:.2rem 1rem;padding:.5rem 0;
    border-top:1px dotted var(--line)}
    .grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:.7rem 1.4rem}
    .compact .ask label{font-weight:400}
    button.second{background:none;color:var(--link)}
    .decide{display:grid;grid-template-columns:repeat(auto-fit,minmax(17rem,1fr));gap:.5rem 2.5rem}
    .decide input:not([type=hidden]){width:100%}

    """

  private static let steps = """
    .steps{list-style:none;padding:0;margin:0 0 1.4rem;display:flex;flex-wrap:wrap;gap:.4rem 1.6rem}
    .steps li{display:flex;align-items:baseline;gap:.45rem;margin:0;color:var(--muted)}
    .steps .sign{display:inline-block;min-width:1.6em;line-height:1.6em;text-align:center;border:1px solid var(--muted);
    border-radius:50%;font-size:.85rem;font-weight:600}
    .steps .is-done .sign{background:var(--no-soft);border-color:var(--no);color:var(--no)}
    .steps [aria-current]{color:var(--ink);font-weight:600}
    .steps [aria-current] .sign{border-color:var(--ink);border-width:2px}
    .setup{background:var(--soft);padding:.2rem 1.2rem .6rem;border-radius:3px;margin-bottom:1.6rem}
    .setup h2{border:0;margin-top:.4rem;padding-top:.4rem}
    .setup .steps{margin-bottom:.8rem}
    @media (max-width:44rem){.field{grid-template-columns:minmax(0,1fr)}.field>.why{padding-top:0}.steps{flex-direction:column}}

    """
}
