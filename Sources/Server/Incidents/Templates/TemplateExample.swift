/// An own form of a report to begin with; everything that it names is there, nothing is filled in.
enum TemplateExample {
  /// Markdown with named fields.
  static let text = """
    # {{title}}

    {{provider}}: {{type}} report of {{as_of}} ({{status}}, SHA-256 {{sha256}})

    {{caution}}

    - Model: {{model}}
    - Incident: {{incident}}
    - Considered: {{considered}}
    - Causal link: {{causal_link}}
    - Next report: {{next_report}}

    ## Categories

    {{categories}}

    ## When what was known

    {{dates}}

    ## 1. Start and end

    {{part-1}}

    ## 2. Harm

    {{part-2}}

    ## 3. Chain of events

    {{part-3}}

    ## 4. Model involved

    {{part-4}}

    ## 5. What shows its involvement

    {{part-5}}

    ## 6. Response

    {{part-6}}

    ## 7. Recommendation

    {{part-7}}

    ## 8. Root cause

    {{part-8}}

    ## 9. Patterns

    {{part-9}}

    ## 10. Submitter

    {{part-10}}

    ## Not known yet

    {{unknown}}

    ## Measures

    {{measures}}

    ## Reports under other law

    {{other_reports}}

    ## Reported with it

    {{bundled}}

    ## For national authorities

    {{authorities}}

    {{national_part}}

    ## Remarks

    {{remarks}}

    """
}
