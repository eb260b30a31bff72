"""What people come to do, from sign-in to print, in a browser that runs no script."""
import pathlib
import re

from browser import report

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PASSPHRASES = {"ada.example": "copper lantern orbit cactus", "ben.example": "velvet harbour tulip engine"}
MODEL = "Aurora 3 (example)"


def all_of_them(browser, desk):
    """Each journey, on one workspace: a later one works on what an earlier one left."""
    ada, ben = arrive(browser, desk, "ada.example"), arrive(browser, desk, "ben.example")
    first_run(ada, desk)
    classify(ada, desk)
    two_people(ada, ben, desk)
    fill(desk)
    docket(ada, desk)
    records(ada, ben, desk)
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
    says(page, name, "Due next")
    return page


def says(page, where, text):
    report.expect(text.lower() in page.inner_text("body").lower(), where, f"“{text}” is not on {page.url}")


def first_run(page, desk):
    """The first model, registered from the empty home page."""
    page.goto(desk.address + "/models/new")
    page.get_by_role("textbox", name="The model's name").fill(MODEL)
    page.get_by_label(re.compile("Total parameters")).fill("480B")
    page.get_by_role("button", name="Put it on the record").click()
    says(page, "first run", MODEL)
    report.expect("/models/" in page.url, "first run", f"it leads to {page.url}")


def classify(page, desk):
    """With compute above the threshold on the ledger, the model is presumed to have systemic risk."""
    model = page.url
    page.get_by_role("link", name="Record a run").click()
    page.get_by_label(re.compile("The run's name")).fill("pretraining")
    page.get_by_label(re.compile("^Compute")).fill("3.8e25")
    page.locator("select[name='f.status']").select_option("finished")
    page.get_by_role("button", name="Put it on the record").click()
    page.goto(model)
    verdict = page.locator(".verdict .word").first.inner_text().strip()
    report.expect(verdict.lower() in ("yes", "undetermined"), "classify", f"the answer is {verdict}")
    says(page, "classify", "FLOP")
    record_page(page, desk)
    change = page.get_by_role("link", name=re.compile("Known that the threshold"))
    change.click()
    page.get_by_role("button", name="Put it on the record").click()
    page.goto(model)
    says(page, "classify", "Art. 52(1)")


def record_page(page, desk):
    page.goto(page.url.replace("/models/", "/records/model/"))


def two_people(author, other, desk):
    """An opinion is drafted by one and filed by another; the author cannot file it."""
    author.get_by_role("button", name="Draft an opinion").click()
    draft = author.url
    report.expect("/records/opinion/" in draft, "two people", f"the draft is at {draft}")
    author.get_by_role("link", name=re.compile("approved and filed")).click()
    author.get_by_role("button", name="Put it on the record").click()
    says(author, "two people", "author")
    other.goto(draft + "/changes/opinion-filed")
    other.get_by_role("button", name="Put it on the record").click()
    other.goto(draft)
    says(other, "two people", "filed")


def fill(desk):
    """What training jobs and colleagues add from the command line while the desk is open."""
    desk.run("run", "import", ROOT / "examples/logs/megatron-example.log", "--model", MODEL, "--name", "pilot", "--keep",
             "--params", "7B", "--tokens-per-step", "4194304", "--gpus", "64")
    desk.run("evidence", "add", ROOT / "README.md", "--title", "Evaluation report (example)", "--duties",
             "ai-act/53/1/a", "--review-by", "2027-01-15", "--model", MODEL)
    desk.run("model", "event", MODEL, "placement-planned", "--on", "2027-06-01")


def docket(page, desk):
    """The deadlines of the new facts, with the two-week period among them."""
    page.goto(desk.address + "/docket")
    says(page, "docket", "Art. 52(1)")
    report.expect(page.locator("main tbody tr").count() > 3, "docket", "there are few deadlines")
    page.get_by_label("Owner").select_option("counsel")
    page.get_by_role("button", name="Show").click()
    report.expect("owner=counsel" in page.url, "docket", f"the choice is not in {page.url}")


def records(page, other, desk):
    """A record shows who did what, and gives its proof."""
    page.goto(desk.address + "/records/model")
    page.get_by_role("link", name=MODEL).first.click()
    says(page, "records", "History")
    with page.expect_download() as taken:
        # The oldest: the newest entry may not be under a signed checkpoint yet.
        page.get_by_role("link", name="proof", exact=True).last.click()
    content = pathlib.Path(taken.value.path()).read_text(encoding="utf-8")
    report.expect(content.startswith("c2sp.org/tlog-proof@v1\n"), "records", f"the proof is {content[:80]}")


def verify(page, desk):
    """The whole journal, from its page."""
    page.goto(desk.address + "/journal")
    page.get_by_role("button", name="Verify everything").click()
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
