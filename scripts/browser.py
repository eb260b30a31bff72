#!/usr/bin/env python3
"""browser.py PROGRAM [NAME...]: the pages of `systemic serve` in a real browser, as people use them.

Parts, all of them where none is named:
  selftest    a page that is wrong in every way must be found out
  journeys    first run, classify, a filing by two people, docket, evidence, verify, print; without JavaScript
  keyboard    every control can be reached by keyboard and shows where the focus is
  comfort     what the script files add: search palette, drag and drop
  empty       every page of an empty workspace, audited
  filled      every page of a filled workspace, audited, and every route of the desk among them

An audit is: axe with the rules of WCAG 2.1 A and AA and its best practices, light and dark, at 1440 and 390 pixels;
nothing wider than the screen; no message in the console; status 200. Screenshots go to out/screenshots.

Needs Debian's chromium, and playwright and axe-playwright-python from PyPI (scripts/requirements.txt).
Ends with status 1 if anything fails.
"""
import pathlib
import sys
import tempfile

sys.dont_write_bytecode = True  # nothing is left in the source tree

from playwright.sync_api import sync_playwright

from browser import audit, comfort, journeys, report
from browser.desk import Desk

CHROMIUM = "/usr/bin/chromium"
PARTS = ["selftest", "journeys", "keyboard", "comfort", "empty", "filled"]


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    wanted = sys.argv[2:] or PARTS
    with tempfile.TemporaryDirectory(prefix="systemic-browser-") as folder, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            if "selftest" in wanted:
                report.part("selftest", audit.selftest, chromium)
            if "empty" in wanted:
                with Desk(program, pathlib.Path(folder, "empty")) as desk:
                    report.part("empty", audit.pages, chromium, desk, "empty")
            if set(wanted) & {"journeys", "keyboard", "comfort", "filled"}:
                with Desk(program, pathlib.Path(folder, "filled")) as desk:
                    # The journeys fill the workspace that the other parts look at.
                    report.part("journeys", journeys.all_of_them, chromium, desk)
                    if "keyboard" in wanted:
                        report.part("keyboard", audit.keyboard, chromium, desk)
                    if "comfort" in wanted:
                        report.part("comfort", comfort.all_of_it, chromium, desk)
                    if "filled" in wanted:
                        report.part("filled", audit.pages, chromium, desk, "filled")
        finally:
            chromium.close()
    sys.exit(report.end())


if __name__ == "__main__":
    main()
