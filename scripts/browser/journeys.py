"""What people come to do, from sign-in to print, in a browser that runs no script."""
import hashlib
import pathlib
import re

from browser import connectors, incidents, report

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PASSPHRASES = {"ada.example": "copper lantern orbit cactus", "ben.example": "velvet harbour tulip engine"}
MODEL = "Aurora 3 (example)"


def all_of_them(browser, desk):
    """Each journey, on one workspace: a later one works on what an earlier one left."""
    ada, ben = arrive(browser, desk, "ada.example"), arrive(browser, desk, "ben.example")
    first_run(ada, desk)
    classify(ada, desk)
    two_people(ada, ben, desk)
    notify(ada, ben, desk)
    fill(desk)
    evidence(ada, desk)
    docket(ada, desk)
    records(ada, ben, desk)
    interrupted(browser, ada, desk)
    webhook(browser, desk)
    incidents.all_of_it(ada, ben, desk, MODEL)
    connectors.all_of_it(browser, desk)
    verify(ada, desk)
    paper(browser, desk)


def arrive(browser, desk, name):
    """By a one-time link to a passphrase of one's own; then in by it."""
    page = desk.signed_in(browser, name, java_script_enabled=False)
    report.expect(page.url.endswith("/account"), name, f"the link leads to {page.url}")
    page.get_by_label("New passphrase").fill(PASSPHRASES[name])
    page.get_by_label("Again").fill(PASSPHRASES[name])
    page.get_by_role("button", name="Set it").click()
    says(page, name, "The passphrase is set")
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_label("Name").fill(name)
    page.get_by_label("Passphrase or token").fill("not this one")
    page.get_by_role("button", name="Sign in").click()
    says(page, name, "What to do")
    page.get_by_label("Passphrase or token").fill(PASSPHRASES[name])
    page.get_by_role("button", name="Sign in").click()
    report.expect(page.url == desk.address + "/", name, f"signing in leads to {page.url}")
    return page


def says(page, where, text):
    report.expect(text.lower() in page.inner_text("body").lower(), where, f"“{text}” is not on {page.url}")


def first_run(page, desk):
    """The guided set-up: from the empty home page to a model that is presumed to have systemic risk, and its two weeks."""
    page.goto(desk.address + "/")
    says(page, "first run", "Setting up")
    page.goto(desk.address + "/setup/provider")
    page.locator("[name='f.signatory']").select_option("yes")
    page.get_by_role("button", name="Save, and on to the model").click()
    page.locator("[name='f.name']").fill(MODEL)
    page.locator("[name='f.modality']").fill("text")
    page.get_by_role("button", name="Register it, and on to its compute").click()
    by_hand = page.locator("form[action*='/runs']")
    by_hand.locator("[name='f.name']").fill("pretraining")
    by_hand.locator("[name='f.activity']").select_option("pre-training")
    by_hand.locator("[name='f.status']").select_option("finished")
    by_hand.locator("[name='f.flop']").fill("3.8e25")
    page.get_by_role("button", name="Put the run on the ledger").click()
    page.get_by_role("link", name="See what follows").click()
    says(page, "first run", "What is due")
    says(page, "first run", MODEL)


def classify(page, desk):
    """The model's page gives the answer; that the threshold is known starts the two weeks."""
    page.goto(desk.address + "/models")
    page.locator("main table").get_by_role("link", name=MODEL).click()
    model = page.url
    verdict = page.locator(".verdict .word").first.inner_text().strip()
    report.expect(verdict.lower() == "yes", "classify", f"the answer is {verdict}")
    says(page, "classify", "FLOP")
    record_page(page, desk)
    page.get_by_role("link", name=re.compile("Known that the threshold")).click()
    page.get_by_role("button", name="Put it on the record").click()
    page.goto(model)
    says(page, "classify", "Art. 52(1)")


def record_page(page, desk):
    page.goto(page.url.replace("/models/", "/records/model/"))


def two_people(author, other, desk):
    """An opinion is drafted by one and filed by another; the author is not offered to file it, and cannot."""
    model = author.url
    author.get_by_role("button", name="Draft an opinion").click()
    key = author.url.split("/")[-1]
    author.goto(f"{desk.address}/opinions/{key}")
    report.expect(author.get_by_role("button", name="Approve and file").count() == 0, "two people", "offered to the author")
    author.goto(f"{desk.address}/records/opinion/{key}/changes/opinion-filed")
    author.get_by_role("button", name="Put it on the record").click()
    says(author, "two people", "author")
    other.goto(f"{desk.address}/opinions/{key}")
    other.get_by_role("button", name="Approve and file").click()
    other.goto(f"{desk.address}/opinions/{key}")
    says(other, "two people", "filed")
    author.goto(model)


def notify(author, other, desk):
    """A notification under Art. 52(1): drafted, reviewed, approved by another person, sent, acknowledged."""
    author.get_by_role("button", name="Draft a notification").click()
    filing = author.url
    says(author, "notify", "Both triggers of Art. 52(1)")
    author.goto(filing + "/draft")
    author.locator("[name='approach']").fill("Six times parameters times tokens (made up)")
    author.locator("[name='approximations']").fill("None were made (made up)")
    author.get_by_role("button", name="Keep the draft").click()
    author.get_by_role("button", name="Send it for review").click()
    report.expect(author.get_by_role("button", name="Approve it").count() == 0, "notify", "offered to the author")
    says(author, "notify", "Another person approves it")
    other.goto(filing)
    other.get_by_role("button", name="Approve it").click()
    says(other, "notify", "approved")
    report.expect(other.locator(".refusal").count() == 0, "notify", " ".join(other.locator(".refusal").all_inner_texts()))
    other.goto(filing)
    other.locator("#submissions-channel").fill("EU SEND")
    other.locator("#submissions-receipt").fill("R-1 (made up)")
    other.get_by_role("button", name="Note that it was sent").click()
    other.goto(filing)
    other.get_by_role("button", name="Note the acknowledgement").click()
    other.goto(filing)
    says(other, "notify", "acknowledged")
    says(other, "notify", "R-1 (made up)")


def fill(desk):
    """What training jobs and colleagues add from the command line while the desk is open."""
    desk.run("run", "import", ROOT / "examples/logs/megatron-example.log", "--model", MODEL, "--name", "pilot", "--keep",
             "--params", "7B", "--tokens-per-step", "4194304", "--gpus", "64")
    desk.run("evidence", "add", ROOT / "README.md", "--title", "Evaluation report (example)", "--duties",
             "ai-act/53/1/a", "--review-by", "2027-01-15", "--model", MODEL)
    desk.run("model", "event", MODEL, "placement-planned", "--on", "2027-06-01")


def evidence(page, desk):
    """A file, with what it shows; its digest, a look at it, a review."""
    page.goto(desk.address + "/evidence/new")
    page.get_by_label("The file").set_input_files(
        files=[{"name": "red-team.txt", "mimeType": "text/plain", "buffer": b"Made up for this test.\n"}])
    page.get_by_label("What it shows").fill("Red-team summary (example)")
    page.get_by_label("Rules that it answers").fill("ai-act/55/1/a")
    page.get_by_label("The day of its next review").fill("2027-03-01")
    page.get_by_role("button", name="Keep it").click()
    says(page, "evidence", hashlib.sha256(b"Made up for this test.\n").hexdigest())
    says(page, "evidence", "Made up for this test.")
    page.get_by_text("It was reviewed").click()
    page.get_by_label("Next review").fill("2027-09-01")
    page.get_by_role("button", name="Record the review").click()
    says(page, "evidence", "2027")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Download").click()
    content = pathlib.Path(taken.value.path()).read_bytes()
    report.expect(content == b"Made up for this test.\n", "evidence", f"the file is {content[:80]}")


def docket(page, desk):
    """The deadlines of the new facts; the two weeks, which were met, among those that are closed."""
    page.goto(desk.address + "/docket?all=")
    says(page, "docket", "Art. 52(1)")
    page.goto(desk.address + "/docket")
    report.expect(page.locator("main tbody tr").count() > 3, "docket", "there are few deadlines")
    page.get_by_label("Owner").select_option("counsel")
    page.get_by_role("button", name="Show").click()
    report.expect("owner=counsel" in page.url, "docket", f"the choice is not in {page.url}")
    page.goto(desk.address + "/docket")
    first = page.locator("input[name=deadline]").first
    chosen = first.get_attribute("value")
    first.check()
    page.get_by_label("Give the chosen ones to").select_option("ben.example")
    page.get_by_role("button", name="Assign").click()
    row = page.locator("tr", has=page.locator(f"input[value='{chosen}']"))
    report.expect("ben.example" in row.inner_text(), "docket", f"the row says {row.inner_text()}")
    page.get_by_role("link", name="Calendar", exact=True).click()
    page.get_by_role("link", name="Month after").click()
    report.expect(page.locator("table.month td").count() >= 28, "docket", "the month is not whole")
    page.get_by_role("link", name="Timeline").click()
    report.expect(page.locator("svg.chart").count() == 2, "docket", "there is no picture")


def records(page, other, desk):
    """A record shows who did what, and gives its proof."""
    page.goto(desk.address + "/records/model")
    page.get_by_role("link", name=MODEL).first.click()
    says(page, "records", "History")
    with page.expect_download() as taken:
        # The oldest: the newest entry may not be under a signed checkpoint yet.
        page.get_by_role("link", name="proof", exact=True).last.click()
    content = pathlib.Path(taken.value.path()).read_text(encoding="utf-8")
    comment(page, other, desk)
    report.expect(content.startswith("c2sp.org/tlog-proof@v1\n"), "records", f"the proof is {content[:80]}")


def comment(page, other, desk):
    """One asks the other about a record, who answers and settles it."""
    page.get_by_label("What is to be said").fill("Is the figure of the pilot final?")
    page.get_by_label("Asked of").select_option("ben.example")
    page.get_by_role("button", name="Comment").click()
    says(page, "comment", "Is the figure of the pilot final?")
    other.goto(desk.address + "/comments")
    says(other, "comment", "Is the figure of the pilot final?")
    other.get_by_role("button", name="Settled").click()
    says(other, "comment", "Nobody asks you anything")


def webhook(browser, desk):
    """An administrator has another program told; the receiver is made up and is told of nothing here."""
    page = desk.signed_in(browser, "cleo.example", java_script_enabled=False)
    page.goto(desk.address + "/webhooks")
    page.get_by_label("What it is for").fill("A made-up receiver")
    page.get_by_label("Address, beginning with https://").fill("https://receiver.example/hook")
    page.get_by_label("Events", exact=True).fill("hold.hold-placed")
    page.get_by_role("button", name="Make it").click()
    says(page, "webhook", "A made-up receiver")


def interrupted(browser, page, desk):
    """A session ends while a form is filled: after signing in again, what was typed is sent as it was."""
    name = "Aurora nano “é” & <small> (example)"
    page.goto(desk.address + "/models/new")
    page.get_by_role("textbox", name="The model's name").fill(name)
    elsewhere = desk.signed_in(browser, "ada.example", java_script_enabled=False)
    elsewhere.get_by_role("button", name="Sign out everywhere else").click()
    page.get_by_role("button", name="Put it on the record").click()
    says(page, "interrupted", "nothing that you typed is lost")
    page.get_by_role("link", name="Sign in and go on").click()
    page.get_by_label("Name").fill("ada.example")
    page.get_by_label("Passphrase or token").fill(PASSPHRASES["ada.example"])
    page.get_by_role("button", name="Sign in").click()
    says(page, "interrupted", name)
    page.get_by_role("button", name="Send it now").click()
    report.expect(page.locator("h1").inner_text() == name, "interrupted", page.inner_text("main")[:300])


def verify(page, desk):
    """The whole journal, from its page."""
    page.goto(desk.address + "/journal")
    page.get_by_role("button", name="Verify everything").click()
    for _ in range(60):
        if page.locator(".verdict").count():
            break
        page.get_by_role("link", name="Look again").click()
    report.expect(page.locator(".verdict .word").inner_text().strip().lower() == "verified", "verify",
                  page.inner_text("main")[:300])


def paper(browser, desk):
    """The opinion, the docket and a record on paper: something on each, and no navigation."""
    page = desk.signed_in(browser, "ada.example")
    page.goto(desk.address + "/models")
    path = page.locator("main table a").first.get_attribute("href")
    for address in [path, path + "/opinion", "/docket", path.replace("/models/", "/records/model/")]:
        page.goto(desk.address + address)
        page.emulate_media(media="print")
        report.expect(page.locator("header.top").count() == 0 or not page.locator("header.top").is_visible(),
                      f"print {address}", "the navigation is on the paper")
        paper = page.pdf(format="A4", print_background=False)
        report.expect(paper.startswith(b"%PDF-") and len(paper) > 8000, f"print {address}", f"{len(paper)} bytes")
        page.emulate_media(media="screen")
