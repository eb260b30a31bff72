"""A connector to a strict stand-in of Jira, in a browser that runs no script: added, tried, told, and asked to choose."""
import pathlib
import re
import sys
import time

from browser import report

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent.parent / "Tests/Foreign"))
from itsm_servers import Jira  # noqa: E402

LACKING = '{"fields": [{"theirs": "customfield_10020", "ours": "stage", "as": "option", "values": {"received": "New"}}]}'
MAPPING = """{"fields": [
  {"theirs": "customfield_10011", "always": "Platform", "as": "option"},
  {"theirs": "customfield_10020", "ours": "stage", "as": "option",
   "values": {"received": "New", "in triage": "Looked at", "considered": "Looked at", "reported": "Looked at", "closed": "Shut"}}]}"""


def all_of_it(browser, desk):
    """A dry run says what would be missing; a ticket comes about; of a field that both sides changed a person chooses."""
    jira = Jira(True)
    page = desk.signed_in(browser, "dora.example", java_script_enabled=False)
    add(page, desk, jira, "Tickets without a team (example)", LACKING)
    report.expect("customfield_10011 (Team) is missing" in tried(page), "dry run", "what is missing is not told")
    page.get_by_role("button", name="Remove it").click()
    says(page, "removal", "No other system is told")
    add(page, desk, jira, "Tickets that will change (example)", LACKING)
    changed(page, jira)
    said = tried(page)
    report.expect("every field that the other side says it requires" in said, "dry run", said[:400])
    report.expect(not jira.issues, "dry run", "something was made there")
    made = desk.run("incident", "receive", "Told to a ticket system (example)")
    wait("a ticket", lambda: jira.issues)
    conflict(page, desk, list(jira.issues.values())[-1], re.search(r"incident/[0-9a-z]+", made)[0])


def says(page, where, text):
    report.expect(text.lower() in page.inner_text("body").lower(), where, f"“{text}” is not on {page.url}")


def add(page, desk, jira, title, mapping):
    page.goto(desk.address + "/connectors")
    page.get_by_role("link", name="Add a connector").click()
    page.locator("#title").fill(title)
    page.locator("#system").select_option("jira-cloud")
    page.locator("#url").fill(jira.url)
    page.locator("#account").fill("bot@example.org")
    page.locator("#token").fill("cloud-token-1")
    page.locator("#project").fill("AIGOV")
    page.locator("#mapping").fill("{")
    page.get_by_role("button", name="Make it").click()
    says(page, "add", "Nothing was kept")
    report.expect(page.locator("#url").input_value() == jira.url, "add", "what was typed is lost")
    report.expect(page.locator("#token").input_value() == "", "add", "the token is shown")
    page.locator("#token").fill("cloud-token-1")
    page.locator("#type").fill("Task")
    page.locator("[name='due']").check()
    page.locator("#mapping").fill(mapping)
    page.get_by_role("button", name="Make it").click()
    says(page, "add", "whsec_")


def changed(page, jira):
    """Its mapping is mended; address and token stay, and neither is shown."""
    page.get_by_role("link", name="Change where it leads").click()
    report.expect(page.locator("#project").input_value() == "AIGOV", "change", "what it is does not stand in the form")
    report.expect(page.locator("[name='takes_in']").is_checked() is False, "change", "a box is checked by itself")
    report.expect(jira.url not in page.content() and "cloud-token-1" not in page.content(), "change", "a secret is shown")
    page.locator("#title").fill("Tickets (example)")
    page.locator("#mapping").fill("[")
    page.get_by_role("button", name="Change it").click()
    says(page, "change", "Nothing was kept")
    page.locator("#mapping").fill(MAPPING)
    page.locator("[name='due']").check()
    page.get_by_role("button", name="Change it").click()
    says(page, "change", "The connector is changed")
    page.get_by_role("button", name="Renew the secret").click()
    says(page, "secret", "whsec_")


def tried(page):
    page.get_by_role("button", name="Show what would be sent").click()
    says(page, "dry run", "/rest/api/3/issue")
    return page.inner_text("main")


def conflict(page, desk, issue, incident):
    issue["fields"]["customfield_10020"], issue["updated"] = {"value": "Shut"}, time.time()
    desk.run("incident", "answer", incident, "death=no")

    def shown():
        page.goto(desk.address + "/connectors")
        return "Looked at" in page.inner_text("main") and "Shut" in page.inner_text("main")

    wait("a conflict on the page", shown)
    page.get_by_label("Reason").first.fill("the desk is right")
    page.get_by_role("button", name="Ours").first.click()
    says(page, "conflict", "Nothing waits for a choice")
    wait("the choice there", lambda: issue["fields"]["customfield_10020"] == {"value": "Looked at"})


def wait(what, condition, seconds=60):
    for _ in range(seconds * 4):
        if condition():
            return
        time.sleep(0.25)
    report.expect(False, "connectors", f"{what} did not come about in {seconds} seconds")
