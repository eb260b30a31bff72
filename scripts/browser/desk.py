"""The program itself: a workspace of a fictional provider in a temporary folder, served on a free port."""
import os
import re
import subprocess
import threading


class Desk:
    """A workspace that is served while the context is open. Everybody in it is made up."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.process = None
        self.address = None

    def run(self, *arguments, statuses=(0,)):
        done = subprocess.run(
            [self.program, *map(str, arguments), "--workspace", str(self.folder)],
            capture_output=True, text=True, timeout=120, env=self.environment())
        if done.returncode not in statuses:
            raise RuntimeError(f"{arguments} ended with {done.returncode}: {done.stderr}")
        return done.stdout

    def environment(self):
        environment = {name: value for name, value in os.environ.items() if not name.startswith("SYSTEMIC_")}
        return environment | {
            "TZ": "UTC", "SYSTEMIC_INTAKE_PUBLIC": "yes", "SYSTEMIC_INTAKE_CONFIDENTIAL": "yes",
            "SYSTEMIC_INTAKE_PER_MINUTE": "60", "SYSTEMIC_CONNECTORS_ALLOW_PRIVATE": "yes"}

    def person(self, name, role):
        self.run("person", "add", name, "--role", role, "--token")

    def link(self, name):
        """The address at which somebody signs in once."""
        return self.run("person", "link", name, "--address", self.address).strip()

    def __enter__(self):
        subprocess.run(
            [self.program, "init", str(self.folder), "--provider", "Fictional Aurora Labs (example)",
             "--origin", "browser.example", "--set", "established_in_union=yes"],
            check=True, capture_output=True, timeout=120, env=self.environment())
        self.process = subprocess.Popen(
            [self.program, "serve", "--workspace", str(self.folder), "--listen", "127.0.0.1:0"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=self.environment())
        for line in self.process.stdout:
            found = re.search(r"http://[0-9.]+:[0-9]+", line)
            if found:
                self.address = found.group()
                break
        if self.address is None:
            raise RuntimeError("the desk does not listen")
        # Whatever it says later must not fill the pipe.
        threading.Thread(target=self.process.stdout.read, daemon=True).start()
        for name, role in [("ada.example", "compliance"), ("ben.example", "counsel"), ("cleo.example", "administrator"), ("dora.example", "security")]:
            self.person(name, role)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def signed_in(self, browser, name, **options):
        """A page of somebody who followed a one-time link."""
        context = browser.new_context(viewport={"width": 1440, "height": 900}, **options)
        page = context.new_page()
        page.goto(self.link(name))
        page.get_by_role("button", name="Sign in").click()
        return page
