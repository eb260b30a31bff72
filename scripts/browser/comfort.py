"""What the script file adds to pages that work without it: palette, dropped files, an audit that shows how far it is,
work in place of a question."""
import hashlib

from browser import audit, report


def all_of_it(browser, desk):
    """Each comfort, with a console that must stay silent."""
    page = desk.signed_in(browser, "ada.example")
    messages = audit.listening(page)
    palette(page, desk)
    dropped(page, desk)
    verified(page, desk)
    report.expect(not messages, "comfort", "; ".join(messages))
    reported(browser, desk, "the script")
    reported(browser, desk, "the question", java_script_enabled=False)


def palette(page, desk):
    """Ctrl-K, some letters, Enter; and axe on the open dialog."""
    page.goto(desk.address + "/")
    page.keyboard.press("Control+k")
    box = page.get_by_role("combobox", name="Go to a page, a record or a rule")
    box.wait_for()
    page.get_by_role("option").first.wait_for()
    found = audit.violations(page)
    report.expect(not found, "palette", "; ".join(found))
    page.screenshot(path=audit.SHOTS / "palette.png")
    box.fill("aurora")
    wanted = page.get_by_role("option", name="Aurora 3 (example) model")
    wanted.wait_for()
    for _ in range(20):
        if wanted.get_attribute("aria-selected") == "true":
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/models/*")
    page.keyboard.press("Control+k")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Escape")
    report.expect(not page.get_by_role("dialog").is_visible(), "palette", "Escape does not close it")


DROP = """([name, text]) => {
  const data = new DataTransfer()
  data.items.add(new File([text], name, { type: 'text/html' }))
  const zone = document.querySelector('[data-zone]')
  for (const kind of ['dragenter', 'dragover', 'drop']) {
    zone.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }))
  }
}"""


def dropped(page, desk):
    """A file that is dropped shows its digest before it is sent, and the same on its page."""
    text = "<p>Dropped, made up for this test.</p>\n"
    digest = hashlib.sha256(text.encode()).hexdigest()
    page.goto(desk.address + "/evidence/new")
    page.evaluate(DROP, ["dropped.html", text])
    page.locator("[data-said] code").wait_for()
    said = page.locator("[data-said]").inner_text()
    report.expect(digest in said, "dropped", f"the form says {said}")
    page.get_by_label("What it shows").fill("A dropped file (example)")
    page.get_by_role("button", name="Keep it").click()
    report.expect(digest in page.inner_text("main"), "dropped", f"{page.url} does not show the digest")
    report.expect(page.locator("pre.preview p").count() == 0, "dropped", "markup of a file became markup of the page")


def verified(page, desk):
    """The page of an audit comes to its end by itself."""
    page.goto(desk.address + "/journal")
    page.get_by_role("button", name="Verify everything").click()
    page.locator(".verdict .word").wait_for(timeout=60000)
    report.expect("Verified" in page.inner_text("main"), "verified", page.inner_text("main")[:200])


WORDS = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def reported(browser, desk, way, **options):
    """Somebody without an account reports, with the script's work or with an answer, and follows the report."""
    page = browser.new_context(viewport={"width": 390, "height": 844}, **options).new_page()
    messages = audit.listening(page)
    page.goto(desk.address + "/report")
    page.get_by_label("What happened").fill(f"Reported with {way}, made up for this test.")
    page.get_by_label("A file that shows it").set_input_files(
        {"name": "fictional.txt", "mimeType": "text/plain", "buffer": b"made up"})
    question = page.get_by_label("Against floods")
    if options:
        asked = [word.strip("?") for word in page.inner_text("[data-question] label").split()]
        question.fill(str(sum(WORDS.index(word) + 2 for word in asked if word in WORDS)))
    else:
        report.expect(not question.is_visible(), "report", "the script leaves the question there")
    page.get_by_role("button", name="Send the report").click()
    page.get_by_text("Your code is shown this once").wait_for(timeout=60000)
    code = page.inner_text("main code")
    page.get_by_role("link", name="another page").click()
    page.get_by_label("The code of the report").fill(code)
    page.get_by_role("button", name="Look").click()
    page.get_by_label("Your message").fill("One thing more.")
    page.get_by_role("button", name="Add it").click()
    report.expect("Your message was added" in page.inner_text("main"), "report", page.inner_text("main")[:200])
    report.expect(not messages, f"report with {way}", "; ".join(messages))
