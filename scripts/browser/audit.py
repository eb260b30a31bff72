"""Audits of pages: what axe finds, what is too wide, what the console says, where the focus shows."""
import pathlib
import re

from axe_playwright_python.sync_playwright import Axe

from browser import report

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SHOTS = ROOT / "out/screenshots"
SIZES = {1440: 900, 390: 844}
SCHEMES = ["light", "dark"]
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}}
# What colours may change; the rest of the rules is asked once for each size.
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
# A record's key, a proof's number and a rule's id differ; the page is the same.
SHAPES = [
    (r"^/law/(?!divergences|changes).+", "/law/*"),
    (r"/changes/[^/]+$", "/changes/*"),
    (r"^(/records/[^/]+)/(?!new$|changes$|table\.csv$)[^/]+", r"\1/*"),
    (r"/[a-z0-9]{12}(?=/|$)", "/*"),
    (r"/sign-in/link/.*", "/sign-in/link/*"),
]
MOST_PAGES = 160
axe = Axe()


def violations(page, rules=RULES):
    found = axe.run(page, options=rules).response["violations"]
    return [f"{item['id']}: {item['nodes'][0]['html'][:200]} ({len(item['nodes'])})" for item in found]


def too_wide(page):
    """How far the page is wider than the screen, in pixels, and what makes it so."""
    return page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth
          const over = document.documentElement.scrollWidth - width
          if (over <= 0) return null
          const wide = [...document.querySelectorAll('body *')].find(
            (part) => part.getBoundingClientRect().right > width + 1)
          return `${over} px too wide: ${wide ? wide.outerHTML.slice(0, 160) : ''}`
        }""")


def look(page, path, name, messages):
    """One page at each size and in each scheme."""
    for width, height in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme="light")
        messages.clear()
        answer = page.goto(path)
        where = f"{name} {path} at {width}"
        report.expect(answer.status == 200, where, f"status {answer.status}")
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            found = violations(page, RULES if scheme == "light" else COLOURS)
            report.expect(not found, f"{where} {scheme}", "; ".join(found))
            page.screenshot(path=SHOTS / f"{name}-{width}-{scheme}{file_name(path)}.png", full_page=True)
        wide = too_wide(page)
        report.expect(wide is None, where, wide)
        report.expect(not messages, where, "; ".join(messages))


def listening(page):
    """Collects what the console says and what is refused or missing."""
    messages = []
    page.on("console", lambda said: messages.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: messages.append(f"error: {error}"))
    # What a page had asked for when the next one was opened is dropped by the browser itself.
    page.on("requestfailed", lambda request: messages.append(f"not loaded: {request.url}")
            if "ERR_ABORTED" not in (request.failure or "") else None)
    return messages


def file_name(path):
    short = re.sub(r"^https?://[^/]+", "", shape(path)).replace("/", "-").replace("*", "x")
    return re.sub(r"[^a-zA-Z0-9.-]", "_", short)[:80]


def shape(path):
    for pattern, general in SHAPES:
        path = re.sub(pattern, general, path)
    return path


def pages(browser, desk, name):
    """Every page that can be reached, one of each shape."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    for old in SHOTS.glob(f"{name}-*.png"):
        old.unlink()
    stranger = browser.new_context().new_page()
    messages = listening(stranger)
    look(stranger, desk.address + "/sign-in", name + "-stranger", messages)
    look(stranger, desk.link("ben.example"), name + "-stranger", messages)
    for path in ["/report", "/report/confidential", "/report/status"]:
        look(stranger, desk.address + path, name + "-stranger", messages)
    seen = set()
    for who, beginnings in STARTS.items():
        seen |= crawl(browser, desk, name, who, beginnings, seen)
    if name == "filled":
        covered(seen)


# Where people begin: pages that no link leads to by themselves are those of a choice.
STARTS = {
    "ada.example": ["/", "/docket?all=", "/search?q=aurora", "/law?q=weeks", "/docket/calendar?month=2026-12",
                    "/records/model?q=aurora&column=name&column=params_total", "/setup/provider", "/setup/model", "/samples"],
    "cleo.example": ["/people", "/webhooks"],
    "dora.example": ["/connectors", "/connectors/new"],
}


def crawl(browser, desk, name, who, beginnings, seen):
    """One page of each shape that links lead to from some beginnings; gives all paths that were found."""
    page = desk.signed_in(browser, who)
    messages = listening(page)
    page.goto(desk.address + "/models")
    # The oldest model is the one with opinions and filings; links alone would lead to the newest.
    models = page.eval_on_selector_all("main tbody a[href^='/models/']", "all => all.map((one) => one.getAttribute('href'))")
    waiting = list(beginnings) + [path for path in models if path.count("/") == 2 and path != "/models/new"]
    shapes = {shape(path) for path in waiting} | {shape(path.split("?")[0]) for path in seen}
    visited = set()
    while waiting and len(visited) < MOST_PAGES:
        path = waiting.pop(0)
        if not is_page(page, desk.address + path):
            continue
        look(page, desk.address + path, name, messages)
        visited.add(path)
        for found in page.eval_on_selector_all("a[href^='/']", "all => all.map((one) => one.getAttribute('href'))"):
            found = found.split("#")[0]
            general = shape(found.split("?")[0])
            if general not in shapes:
                shapes.add(general)
                waiting.append(found)
    report.expect(not waiting, name, f"more than {MOST_PAGES} kinds of pages; waiting: {waiting[:5]}")
    print(f"browser {name}: {len(visited)} pages as {who}", flush=True)
    return {path.split("?")[0] for path in shapes | visited}


def is_page(page, address):
    """Whether it is a page, and not a file to be taken along."""
    answer = page.request.get(address)
    return answer.headers.get("content-type", "").startswith("text/html") and (
        "attachment" not in answer.headers.get("content-disposition", ""))


ROUTE = re.compile(r"\.(?:get|page)\(\s*\"(/[^\"]*)\"")
# For everybody, looked at above; machines and script ask for the rest, and redirects have no page of their own.
ELSEWHERE = re.compile(
    r"^/(sign-in|report|assets|healthz|readyz|metrics|calendar|drafts|palette|setup$)|/progress$|/preview$")
# A fictional provider in the Union has no mandate; one outside it has none of the rest.
WAIVED = {"/mandates/{key}", "/mandates/{key}/draft"}


def covered(seen):
    """Every route of the desk that answers GET is among what was reached, so that no page escapes the audit."""
    routes = set()
    for file in (ROOT / "Sources/Server").rglob("*.swift"):
        if "API" not in file.parts:
            routes |= set(ROUTE.findall(file.read_text(encoding="utf-8")))
    for route in sorted(routes - WAIVED):
        if ELSEWHERE.search(route):
            continue
        pattern = re.escape(route).replace(r"\*\*", ".+")
        pattern = re.sub(r"\\{[a-z]+\\}", "[^/]+", pattern)
        reached = any(re.fullmatch(pattern, path) for path in seen)
        report.expect(reached, f"route {route}", "no page leads to it")


def keyboard(browser, desk):
    """Tab reaches every control of a page in the order of the text, and the focus is to be seen."""
    page = desk.signed_in(browser, "ada.example")
    for path in ["/", "/models/new", "/docket", "/law", "/account", "/journal", "/evidence/new", "/records/model"]:
        page.goto(desk.address + path)
        wanted = page.evaluate(
            """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary')].filter(
                 (one) => !one.disabled && one.type !== 'hidden' && one.checkVisibility()).length""")
        seen = []
        # A field for days takes several steps.
        for _ in range(wanted * 2 + 40):
            page.keyboard.press("Tab")
            state = page.evaluate(
                """() => { const one = document.activeElement
                     if (!one || one === document.body) return null
                     const style = getComputedStyle(one)
                     const all = [...document.querySelectorAll('*')]
                     return [all.indexOf(one), one.outerHTML.slice(0, 100),
                       style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0] }""")
            if state is None:
                break
            if seen and state[0] == seen[0][0]:
                break
            # Within a field for days, its parts show the focus themselves.
            if state[0] not in [one[0] for one in seen]:
                report.expect(state[2], f"keyboard {path}", f"the focus is not to be seen: {state[1]}")
            seen.append(state)
        order = [one[0] for one in seen]
        report.expect(order == sorted(order), f"keyboard {path}", "the order is not that of the text")
        reached = len({one[0] for one in seen})
        report.expect(reached >= wanted, f"keyboard {path}", f"{reached} of {wanted} controls are reached")
    page.goto(desk.address + "/docket")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    report.expect(page.url.endswith("#content"), "keyboard", "the first step does not skip to the content")


BROKEN = """<!DOCTYPE html><html><head><title></title></head><body>
<img src="/nothing.png"><input type="text"><p style="color:#bbb;background:#fff">hardly to be read</p>
<table><tr><th></th><td>1</td></tr></table><div style="width:3000px;height:2px;background:red">wide</div>
<button></button><a href="/x"></a><script>notDefined()</script></body></html>"""


def selftest(browser):
    """A page that is wrong must be found out, by every check."""
    page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    messages = listening(page)
    page.route("**/*", lambda route: route.fulfill(body=BROKEN, content_type="text/html") if route.request.url.endswith(
        "/broken") else route.abort("connectionrefused"))
    page.goto("http://broken.example/broken")
    found = {item.split(":")[0] for item in violations(page)}
    for rule in ["html-has-lang", "document-title", "image-alt", "label", "color-contrast", "button-name", "link-name",
                 "empty-table-header"]:
        report.expect(rule in found, "selftest", f"axe does not find {rule}; it finds {sorted(found)}")
    report.expect(too_wide(page) is not None, "selftest", "a page of 3000 px is not too wide")
    report.expect(any("notDefined" in said for said in messages), "selftest", "an error in a script is not heard")
    report.expect(any("not loaded" in said for said in messages), "selftest", "what is missing is not heard")
