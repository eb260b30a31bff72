#!/usr/bin/env python3
"""drill.py PROGRAM: four overlapping incidents over simulated weeks, played with the real program.

A fictional provider that signed the Code learns of a disruption of infrastructure, of weights that left their storage, of
harm to health that turns out to be a death, and of an infringement of fundamental rights, across Christmas, a year's end
and two time zones. Each step happens at its own simulated time (libfaketime), by the person who would take it. At the end
every report was in time, the journal verifies, and the dossier of each incident is checked here, by other code.

DRILL_FOLDER keeps the workspace and the dossiers; without it everything lives in a temporary folder.
"""
import base64
import hashlib
import hmac
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

PASSPHRASES = {"ivy": "river cactus lamp orbit", "ann": "pebble sonnet rocket ivory", "ben": "willow anchor velvet tunnel"}
ROLES = {"ivy": "incident-lead", "ann": "compliance", "ben": "counsel"}


class Failed(Exception):
    """What should have happened did not."""


class Stage:
    """The program, a workspace and the time that it is made to see."""

    def __init__(self, program, folder):
        self.program, self.folder, self.steps, self.refused = program, folder, 0, 0
        self.place = folder / "record"
        self.now = "2026-12-01 09:00:00"

    def at(self, moment):
        """The time from now on, in UTC."""
        if moment < self.now:
            raise Failed(f"{moment} lies before {self.now}")
        self.now = moment

    def run(self, *words, by=None, refused=None, secret=None, inside=True, ends=(0,)):
        """What the command says; with `refused` it must end with that word in its message."""
        environment = {
            "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(self.folder), "TZ": "UTC", "LC_ALL": "C.UTF-8",
            "SYSTEMIC_HOME": str(self.folder / "home")}
        if by:
            environment["SYSTEMIC_SECRET"] = PASSPHRASES[by]
            words += ("--as", by)
        if secret:
            environment["SYSTEMIC_NEW_SECRET"] = secret
        command = ["faketime", "-f", "@" + self.now, str(self.program), *map(str, words)]
        done = subprocess.run(
            command, cwd=self.place if inside else self.folder, env=environment, capture_output=True, text=True)
        self.steps += 1
        said = done.stdout + done.stderr
        if refused:
            if done.returncode == 0 or refused not in said:
                raise Failed(f"{self.now} {' '.join(map(str, words))} was not refused with “{refused}”:\n{said}")
            self.refused += 1
            return said
        if done.returncode not in ends:
            raise Failed(f"{self.now} {' '.join(map(str, words))}:\n{said[:3000]}")
        return done.stdout

    def tell(self, text):
        print(f"{self.now[:16]}  {text}", flush=True)

    def overdue(self):
        """Deadlines of reports that are overdue now, binding or not."""
        found = json.loads(self.run("docket", "list", "--overdue", "--format", "json", ends=(0, 1)))
        items = found["deadlines"] if isinstance(found, dict) else found
        return [item for item in items if "/9.3/" in (item.get("rule") or "") or item.get("rule") == "incident/clock"]

    def on_time(self):
        late = self.overdue()
        if late:
            raise Failed(f"{self.now}: overdue: {json.dumps(late, indent=1)[:2000]}")


class Incident:
    """One incident, its reports and papers."""

    def __init__(self, stage, title, narrative, *more):
        self.stage = stage
        said = stage.run(
            "incident", "receive", title, "--model", "Aurora 3 (example)", "--set", "narrative=" + narrative, *more, by="ivy")
        self.id = re.search(r"incident/[a-z0-9]{12}", said).group()
        self.title = title
        stage.tell(f"received: {title}")

    def date(self, event, at, *more, by="ivy", **options):
        self.stage.run("incident", "date", self.id, event, "--at", at, *more, by=by, **options)
        self.stage.tell(f"{event} {at}: {self.title}")

    def answer(self, *answers, on=None):
        more = ("--on", on) if on else ()
        self.stage.run("incident", "answer", self.id, *answers, *more, by="ivy")
        self.stage.tell(f"answered {', '.join(answers)}: {self.title}")

    def consider(self, outcome, reason):
        self.stage.run("incident", "consider", self.id, outcome, "--reason", reason, by="ivy")
        self.stage.tell(f"considered {outcome}: {self.title}")

    def describe(self, **fields):
        words = [word for name, text in fields.items() for word in ("--set", f"{name}={text}")]
        self.stage.run("incident", "describe", self.id, *words, by="ivy")

    def draft(self, kind):
        said = self.stage.run(
            "incident", "report", "draft", self.id, "--type", kind, "--set", "capacity=provider", "--set",
            "organisation=Fictional Labs", "--set", "first_name=(fictional)", "--set", "last_name=(fictional)", "--set",
            "email=desk@fictional.example", "--set", "phone=+32 2 000 00 00", by="ann")
        return re.search(r"incident-report/[a-z0-9]{12}", said).group()

    def report(self, kind, receipt):
        """From draft to receipt, by two people."""
        stage, name = self.stage, self.draft(kind)
        stage.run("incident", "report", "review", name, by="ann")
        stage.run("incident", "report", "approve", name, by="ann", refused="cannot approve it")
        stage.run("incident", "report", "approve", name, by="ben")
        sent = stage.now.replace(" ", "T") + "Z"
        stage.run(
            "incident", "report", "submit", name, "--channel", "EU SEND", "--receipt", receipt, "--on", sent, by="ann")
        stage.run("incident", "report", "set", name, "--set", "remarks=later", by="ann", refused="draft")
        stage.run("incident", "report", "acknowledge", name, "--reference", "REF-" + receipt, by="ann")
        stage.tell(f"{kind} report sent and acknowledged: {self.title}")
        stage.on_time()
        return name

    def paper(self, kind, title, *settings):
        words = [word for text in settings for word in ("--set", text)]
        said = self.stage.run("incident", "follow", self.id, kind, title, *words, by="ivy")
        return re.search(r"(corrective-measure|other-report|non-report)/[a-z0-9]{12}", said).group()


def begin(stage):
    stage.run(
        "init", "record", "--provider", "Fictional Labs", "--set", "established_in_union=yes", "--set", "signatory=yes",
        "--origin", "fictional.example", inside=False)
    for name, role in ROLES.items():
        stage.run("person", "add", name, "--role", role, secret=PASSPHRASES[name])
    stage.run("model", "add", stage.folder / "aurora.yaml")
    stage.run("model", "event", "Aurora 3 (example)", "threshold-known", "--on", "2026-11-10")
    stage.run("model", "event", "Aurora 3 (example)", "placed-on-market", "--on", "2026-12-01")
    stage.tell("Fictional Labs keeps a record; its model is on the market")


def play(stage):
    # A: infrastructure, on the Friday before Christmas, at two in the morning in Brussels.
    stage.at("2026-12-18 02:10:00")
    grid = Incident(
        stage, "Dispatch of a regional grid stopped (fictional)",
        "After the assistant rewrote switching orders the control room of a fictional regional grid lost its dispatch.",
        "--received", "2026-12-18T02:00+01:00")
    stage.at("2026-12-18 03:00:00")
    grid.date("involvement-known", "2026-12-18T03:30+01:00")
    grid.answer(
        "infrastructure_disrupted=yes", "infrastructure_critical=yes", "infrastructure_serious=yes",
        "infrastructure_irreversible=yes", "causal_link=suspected")
    grid.date("view-formed", "2026-12-18T04:00+01:00")
    grid.consider("serious_incident", "orders of the model preceded the loss of dispatch")
    stage.run("incident", "report", "draft", grid.id, "--type", "intermediate", by="ann", refused="no initial report")
    grid.describe(
        harm="About 40,000 households without power for six hours (fictional)", began="2026-12-18",
        chain="The assistant proposed orders; an operator confirmed them; the dispatch stopped.",
        involvement="Logs of the deployer, hashed", response="Tool calls of that deployer are blocked",
        recommendation="None", unknown="root_cause; ended")
    csirt = grid.paper("other", "Notice to the CSIRT", "regime=Directive (EU) 2022/2555", "due=2026-12-19")
    block = grid.paper("measure", "Confirm switching orders twice", "due=2027-01-10", "verification=replay of the orders")
    stage.at("2026-12-19 15:00:00")
    stage.run("incident", "step", csirt, "sent", by="ivy")
    grid.report("initial", "A-1")

    # C: harm to health; that somebody died is learned on the sixth day, between the holidays.
    stage.at("2026-12-21 10:00:00")
    clinic = Incident(
        stage, "Wrong dosage advice in a clinic (fictional)",
        "A nurse followed a dosage that the assistant gave; the patient was taken to intensive care.",
        "--received", "2026-12-21T10:30+01:00")
    clinic.date("involvement-known", "2026-12-21T10:45+01:00")
    clinic.answer("health_harmed=yes", "health_serious=yes", "causal_link=suspected")
    clinic.consider("serious_incident", "serious harm after advice of the model")

    # The same event again, through another channel: merged, not lost.
    stage.at("2026-12-21 16:00:00")
    again = Incident(stage, "Overdose in a clinic (fictional)", "A relative reports the same event.", "--channel", "public")
    stage.run("incident", "merge", again.id, "--into", clinic.id, "--reason", "the same patient", by="ivy")

    # B: weights, seen first in Tokyo; in Brussels it is already the next day.
    stage.at("2026-12-22 23:40:00")
    weights = Incident(
        stage, "Weights copied from a training cluster (fictional)",
        "An unknown account exfiltrated shards of the weights from the storage of a cluster.", "--received",
        "2026-12-23T08:35+09:00")
    weights.date("involvement-known", "2026-12-23T08:30+09:00", "--as-written", "2026-12-23 08:30 Tokyo")
    weights.answer("weights_exfiltrated=yes", "breach_serious=yes")
    weights.consider("serious_incident", "weights left their storage without authority")
    weights.describe(
        harm="Weights of the model in unknown hands (fictional)", began="2026-12-20",
        chain="A service account was taken over.", involvement="Access logs of the storage",
        response="Keys rotated, storage closed", recommendation="Watch for offers of the weights",
        unknown="ended; root_cause")
    stage.at("2026-12-26 11:00:00")
    weights.report("initial", "B-1")

    stage.at("2026-12-27 09:00:00")
    clinic.answer("death=yes", on="2026-12-27T09:00+01:00")
    clinic.describe(
        harm="One patient died (fictional)", began="2026-12-20", chain="Advice, dosage, intensive care, death.",
        involvement="Transcript of the session", response="Medical advice is switched off for that deployer",
        recommendation="None", unknown="root_cause")
    late = stage.run("incident", "show", clinic.id)
    if "2026-12-31" not in late:
        raise Failed("the death that was learned late does not bring its deadline forward:\n" + late)
    stage.at("2026-12-30 17:00:00")
    clinic.report("initial", "C-1")

    # D: rights, reported by a deployer in the new year; the awareness was first written down a day too late.
    stage.at("2027-01-06 08:00:00")
    rights = Incident(
        stage, "Applicants sorted by origin (fictional)",
        "A deployer found that its assistant sorted applications by the applicants' origin.", "--channel", "deployer",
        "--received", "2027-01-06T08:30+01:00")
    rights.date("deployer-aware", "2027-01-04T14:00+01:00")
    stage.at("2027-01-07 12:00:00")
    rights.date("involvement-known", "2027-01-07")
    rights.date(
        "involvement-known", "2027-01-06T18:00+01:00", "--correct", "the mail that shows it is of the evening before")
    rights.answer("rights=yes", "causal_link=established")
    rights.consider("serious_incident", "obligations against discrimination were infringed")

    # A near miss, and why it was not reported: a second person confirms that.
    stage.at("2027-01-08 09:00:00")
    miss = Incident(stage, "Tool call stopped by the gateway (fictional)", "A gateway stopped an order; nothing happened.")
    miss.answer("event_happened=yes", "could_have_been_serious=yes", "infrastructure=no", "death=no", "health=no", "rights=no",
                "property_environment=no", "cyber_breach=no", "causal_link=excluded")
    miss.consider("near_miss", "the gateway stopped it, and nobody was harmed")
    paper = re.search(r"non-report/[a-z0-9]{12}", stage.run("incident", "show", miss.id)).group()
    stage.run("incident", "step", paper, "confirmed", by="ivy", refused="may not approve")
    stage.run("incident", "step", paper, "confirmed", by="ben")
    stage.run("incident", "close", miss.id, "--reason", "nothing is owed", by="ivy")

    stage.at("2027-01-10 10:00:00")
    stage.run("incident", "step", block, "done", by="ivy")
    stage.run("incident", "step", block, "verified", by="ben")
    grid.date("incident-resolved", "2027-01-10T10:00+01:00")
    stage.at("2027-01-20 10:00:00")
    rights.describe(
        harm="Applicants of a fictional firm", began="2026-12-10", chain="The assistant ranked; the firm invited by rank.",
        involvement="Rankings repeated on test data", response="Ranking is switched off", recommendation="None",
        unknown="ended; root_cause")
    rights.report("initial", "D-1")
    stage.at("2027-01-22 10:00:00")
    weights.report("intermediate", "B-2")
    stage.at("2027-01-26 10:00:00")
    clinic.report("intermediate", "C-2")
    stage.at("2027-02-10 10:00:00")
    weights.date("incident-resolved", "2027-02-09T20:00+01:00")
    stage.at("2027-02-16 10:00:00")
    rights.report("intermediate", "D-2")
    stage.at("2027-02-20 10:00:00")
    clinic.date("incident-resolved", "2027-02-20T09:00+01:00")
    stage.at("2027-03-01 10:00:00")
    final(grid, "A-3")
    stage.at("2027-03-15 10:00:00")
    rights.report("intermediate", "D-3")
    stage.at("2027-03-20 10:00:00")
    rights.date("incident-resolved", "2027-03-20T09:00+01:00")
    stage.at("2027-04-02 10:00:00")
    final(weights, "B-3")
    stage.at("2027-04-12 10:00:00")
    final(clinic, "C-3")
    stage.at("2027-05-10 10:00:00")
    final(rights, "D-4")
    return [grid, weights, clinic, rights]


def final(incident, receipt):
    incident.describe(
        ended="2027-01-10", root_cause="Found, and described in the annex (fictional)", factors="None further",
        failed_mitigations="The confirmation by one person", patterns="One near miss", unknown="")
    incident.report("final", receipt)
    incident.stage.run("incident", "close", incident.id, "--reason", "the final report was acknowledged", by="ivy")


def settle(stage, incidents):
    """Every report in time, every record verified, every dossier checked."""
    found = json.loads(stage.run("docket", "list", "--all", "--format", "json", ends=(0, 1)))
    items = found["deadlines"] if isinstance(found, dict) else found
    of_reports = [item for item in items if "/9.3/" in (item.get("rule") or "")]
    states = {}
    for item in of_reports:
        states[item["status"]] = states.get(item["status"], 0) + 1
    bad = [item for item in of_reports if item["status"] in ("overdue", "met-late", "due-soon", "open")]
    met = states.get("met", 0)
    if bad or met < 8:
        raise Failed(f"deadlines of reports: {states}; {json.dumps(bad, indent=1)[:3000]}")
    stage.tell(f"deadlines of reports: {', '.join(f'{count} {name}' for name, count in sorted(states.items()))}")
    said = stage.run("journal", "verify")
    stage.tell("the journal verifies: " + said.strip().splitlines()[0])
    for incident in incidents:
        folder = stage.folder / ("dossier-" + incident.id.split("/")[1])
        stage.run("incident", "dossier", incident.id, "--output", folder)
        count = check(folder)
        answers = json.loads((folder / "dossier.json").read_text())
        for name in ("involvement_known", "considered", "categories", "reports"):
            if not answers[name]:
                raise Failed(f"the dossier of {incident.title} does not answer {name}")
        types = [report["type"] for report in answers["reports"]]
        if types[0] != "initial" or types.count("initial") != 1 or "final" not in types:
            raise Failed(f"the dossier of {incident.title} lists the reports {types}")
        stage.tell(f"dossier checked by other code, {count} entries with content and proof: {incident.title}")


def check(folder):
    """Entries, openings and proofs of a dossier, from the specifications alone: RFC 6962, C2SP signed notes, HMAC."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    name, _, key = (folder / "verifier-key.txt").read_text().strip().split("+", 2)
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key)[1:])
    digests = {}
    count = 0
    for path in sorted((folder / "entries").glob("*.entry")):
        entry = path.read_bytes()
        envelope = json.loads(entry)
        opening = path.with_name(path.stem + ".opening.json")
        if opening.exists():
            told = json.loads(opening.read_text())
            value = hmac.new(bytes.fromhex(told["salt"]), told["content"].encode(), hashlib.sha256).hexdigest()
            if value != envelope["commit"]:
                raise Failed(f"{path.name}: the content is not what the entry commits to")
            content = json.loads(told["content"])
            if envelope["event"] == "incident-report-submitted":
                digests[envelope["record"]] = content["set"]["sent_sha256"]
        head, _, note = path.with_name(path.stem + ".tlog-proof").read_text().partition("\n\n")
        lines = head.split("\n")
        index = int(lines[1].removeprefix("index "))
        text, _, signatures = note.partition("\n\n")
        origin, size, root = text.split("\n")[:3]
        if not any(signed(public, name, text + "\n", line) for line in signatures.splitlines()):
            raise Failed(f"{path.name}: the checkpoint of {origin} is not signed with the key")
        leaf = hashlib.sha256(b"\0" + entry).digest()
        if climb(leaf, index, int(size), [base64.b64decode(line) for line in lines[2:]]) != base64.b64decode(root):
            raise Failed(f"{path.name}: the proof does not lead to the signed root")
        count += 1
    for record, digest in digests.items():
        sent = (folder / "reports" / (record.split("/")[1] + ".json")).read_bytes()
        if hashlib.sha256(sent).hexdigest() != digest:
            raise Failed(f"{record}: the report in the dossier is not the one that was sent")
    if not digests or not count:
        raise Failed(f"{folder}: nothing to check")
    return count


def signed(public, name, text, line):
    words = line.split(" ")
    if words[1] != name:
        return False
    try:
        public.verify(base64.b64decode(words[2])[4:], text.encode())
        return True
    except Exception:
        return False


def climb(node, index, size, path):
    """The root that an audit path leads to. Source: RFC 9162, section 2.1.3.2."""
    place, last = index, size - 1
    for sibling in path:
        if last == 0:
            raise Failed("the proof is too long")
        if place & 1 or place == last:
            node = hashlib.sha256(b"\1" + sibling + node).digest()
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            node = hashlib.sha256(b"\1" + node + sibling).digest()
        place, last = place >> 1, last >> 1
    return node if last == 0 else b""


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    if not shutil.which("faketime"):
        sys.exit("faketime is not installed; run: scripts/install-tools.sh drill")
    kept = os.environ.get("DRILL_FOLDER")
    folder = pathlib.Path(kept or tempfile.mkdtemp(prefix="systemic-drill-")).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(pathlib.Path(__file__).parent.parent / "examples" / "aurora-planned.yaml", folder / "aurora.yaml")
    stage = Stage(program, folder)
    try:
        begin(stage)
        incidents = play(stage)
        settle(stage, incidents)
        print(f"the drill ended well: {stage.steps} commands, {stage.refused} of them refused as they had to be")
    except Failed as failure:
        print(f"the drill failed: {failure}", file=sys.stderr)
        return 1
    finally:
        if not kept:
            shutil.rmtree(folder, ignore_errors=True)
    return 0


sys.exit(main())
