"""An incident from its first report to the initial report, in a browser that runs no script."""
from browser import report

TITLE = "Outage of a fictional hospital's planning (example)"
NARRATIVE = (
    "The planning system of a fictional hospital, which our model drives, was down for a night. "
    "A patient died while transfers could not be planned.")


def all_of_it(ada, ben, desk, model):
    """Take in, answer, date, consider, draft; a second person approves; sent; a near miss is decided against."""
    page = take_in(ada, desk, model, TITLE, NARRATIVE)
    answer(ada, page)
    date(ada, page)
    consider(ada, page, "serious_incident", "a person died, and the model planned the transfers")
    describe(ada, page)
    filing = initial_report(ada, ben, page)
    after(ada, page, filing)
    near = take_in(ada, desk, model, "Wrong dose suggested, noticed in time (example)", "Nobody was harmed.")
    consider(ada, near, "near_miss", "it was noticed before anything happened")
    confirm(ben, near)
    template(ada, desk)
    lists(ada, desk)


def says(page, where, text):
    report.expect(text.lower() in page.inner_text("body").lower(), where, f"“{text}” is not on {page.url}")


def take_in(page, desk, model, title, narrative):
    page.goto(desk.address + "/incidents")
    page.get_by_role("link", name="Take in a report").click()
    page.locator("[name='f.title']").fill(title)
    page.locator("[name='f.narrative']").fill(narrative)
    page.locator("[name='f.model']").select_option(label=model)
    page.get_by_role("button", name="Take it in").click()
    says(page, "take in", title)
    return page.url.split("#")[0]


def answer(page, path):
    says(page, "suggestion", "A suggestion, no answer")
    while page.locator("details.group:not([open]) > summary").count():
        page.locator("details.group:not([open]) > summary").first.click()
    for question in ["death", "model_involved", "causal_link_suspected"]:
        page.locator(f"[name='q-{question}'][value='yes']").check()
    # A category of several questions can also be answered at once.
    page.locator("[name='q-infrastructure'][value='no']").check()
    page.get_by_role("button", name="Keep the answers").click()
    says(page, "answer", "A clock without a start")
    report.expect(page.locator("[name='q-infrastructure'][value='no']").is_checked(), "answer", "the whole is lost")


def date(page, path):
    page.goto(path + "?date=involvement-known#date-form")
    today = page.locator("time").first.get_attribute("datetime")[:10]
    page.locator("#at-day").fill("")
    page.get_by_role("button", name="Put the date on the record").click()
    report.expect("involvement" in page.locator("#date-event").input_value(), "date", "the choice is lost")
    page.locator("#at-day").fill(today)
    page.get_by_role("button", name="Put the date on the record").click()
    says(page, "date", "Initial report in")
    says(page, "date", "governs")


def consider(page, path, outcome, reason):
    page.goto(path)
    page.locator("#outcome-outcome").select_option(outcome)
    page.locator("#outcome-reason").fill(reason)
    page.get_by_role("button", name="Note what it is considered").click()
    says(page, "consider", reason)


def describe(page, path):
    page.goto(path + "/description")
    while page.locator("details.group:not([open]) > summary").count():
        page.locator("details.group:not([open]) > summary").first.click()
    page.locator("[name='f.harm']").fill("One patient died.")
    page.locator("[name='f.involvement']").fill("The model made the plan of transfers.")
    for name in ["began", "chain", "response", "recommendation"]:
        page.locator(f"[name='unknown'][value='{name}']").check()
    page.get_by_role("button", name="Keep it").click()
    says(page, "describe", "Said not to be known yet")


def initial_report(author, other, path):
    author.goto(path)
    author.get_by_role("button", name="Draft the initial report").click()
    says(author, "report", "The ten fields, beside the law")
    filing = author.url.split("#")[0]
    author.get_by_role("link", name="Fill in the draft").click()
    author.locator("[name='capacity']").select_option("provider")
    for name, text in [("organisation", "Fictional Aurora Labs"), ("first_name", "Ada"), ("last_name", "Example"),
                       ("email", "ada@aurora.example"), ("phone", "+32 000 00 00")]:
        author.locator(f"[name='{name}']").fill(text)
    author.get_by_role("button", name="Keep the draft").click()
    author.get_by_role("button", name="Send it for review").click()
    report.expect(author.get_by_role("button", name="Approve it").count() == 0, "report", "the author may approve")
    other.goto(filing)
    other.get_by_role("button", name="Approve it").click()
    says(other, "report", "Note that it was sent")
    author.goto(filing)
    author.locator("#submissions-channel").fill("EU SEND")
    author.locator("#submissions-receipt").fill("R-2026-0042")
    author.get_by_role("button", name="Note that it was sent").click()
    says(author, "report", "submitted")
    return filing


def after(page, path, filing):
    page.goto(path)
    says(page, "after", "Intermediate report in")
    says(page, "after", "R-2026-0042")
    page.get_by_role("button", name="Draft the intermediate report").click()
    says(page, "after", "Intermediate report on")
    page.goto(path)
    page.get_by_role("button", name="Assess whether the Framework must change").click()
    says(page, "after", "framework assessment")
    page.get_by_role("button", name="Done").first.click()
    says(page, "after", "waits for another person")


def confirm(page, path):
    page.goto(path)
    page.get_by_role("button", name="Confirmed by a second person").click()
    says(page, "near miss", "No report is owed")


def template(page, desk):
    """An own form of reports: a slip is told with its line, the example is taken."""
    page.goto(desk.address + "/incidents")
    page.get_by_role("link", name="Report templates").click()
    says(page, "templates", "No template of your own is in use")
    file = {"name": "ours.md", "mimeType": "text/markdown", "buffer": b"# {{title}}\n{{harm}}\n"}
    page.locator("#file").set_input_files(file)
    page.get_by_role("button", name="Take it into use").click()
    says(page, "templates", "line 2")
    example = page.request.get(desk.address + "/incidents/templates/example.md").body()
    page.locator("#file").set_input_files({**file, "buffer": example})
    page.get_by_role("button", name="Take it into use").click()
    says(page, "templates", "ours.md")


def lists(page, desk):
    page.goto(desk.address + "/incidents")
    says(page, "list", "near miss")
    page.goto(desk.address + "/incidents/board")
    says(page, "board", "Intermediate report")
    page.goto(desk.address + "/incidents/statistics")
    says(page, "statistics", "initial reports in time")
