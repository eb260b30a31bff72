#!/usr/bin/env python3
"""validate.py PROGRAM: other people's tools accept what `systemic` writes.

JSON against the published JSON Schemas (jsonschema), HTML by the rules of HTML5 (html5lib, strict),
SVG as XML (lxml), calendars (icalendar), entries of the journal as canonical JSON
(rfc8785), incidents as STIX 2.1 (stix2). Prints one line a check;
ends with status 1 if any fails.
"""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import uuid

import html5lib
import jsonschema
import rfc8785
import stix2
from lxml import etree

ROOT = pathlib.Path(__file__).resolve().parent.parent
SCHEMAS = ROOT / "docs/schemas"
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
LOGS = ROOT / "examples/logs"
SVG = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
program = str(pathlib.Path(sys.argv[1]).resolve())
failures = 0
used = set()


def check(name, work):
    global failures
    try:
        print(f"validate {name}: {work()}")
    except Exception as error:  # whatever is wrong is shown, and the rest goes on
        failures += 1
        print(f"validate {name}: FAILED: {str(error)[:2000]}")


def run(*arguments, statuses=(0,), text=None):
    done = subprocess.run(
        [program, *map(str, arguments)], input=text, capture_output=True, cwd=ROOT, text=True, timeout=120
    )
    if done.returncode not in statuses:
        raise RuntimeError(f"{arguments} ended with {done.returncode}: {done.stderr}")
    return done.stdout


def foreign(script, *arguments):
    done = subprocess.run([sys.executable, script, *arguments], capture_output=True, text=True, timeout=300)
    if done.returncode != 0:
        raise RuntimeError(done.stdout + done.stderr)
    return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else "accepted"


def parts(path):
    foreign(ROOT / "scripts/parts.py", path)
    return foreign(ROOT / "scripts/parts.py", "--check", path)


def schema(name):
    used.add(name)
    content = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    kind = jsonschema.validators.validator_for(content)
    kind.check_schema(content)
    return kind(content, format_checker=kind.FORMAT_CHECKER)


def lines(name, *arguments, **more):
    validator = schema(name)
    found = run(*arguments, **more).splitlines()
    if not found:
        raise RuntimeError("nothing was written")
    for line in found:
        validator.validate(json.loads(line))
    return f"{len(found)} objects accepted by {name}"


def whole(name, *arguments, **more):
    schema(name).validate(json.loads(run(*arguments, **more)))
    return f"accepted by {name}"


def refuses(name, value):
    """A schema that accepts everything would prove nothing."""
    if schema(name).is_valid(value):
        raise RuntimeError(f"{name} accepts {value}")
    return "refuses what it must"


OPINION = (0, 10, 20)
TABLE = "model,params_total,tokens,utilisation,released,published_flop,base_flop\n"
ODD = TABLE + '"a ""b"", c",7B,15T,41,2026-02-30,,\nx,5,,,,5,\n,,,,,,\nshort\ny,,,,,3.8e25,1e25\n'

INCIDENTS = (
    'x\n{}\n[1]\n{"id":1.5,"facts":{"death":"maybe","x":"yes"},"resolved":"2026-02-30"}\n'
    '{"id":true,"narrative":"Nobody died.","documented":"2026-11-20","aware_of_involvement":"2025-01-01"}\n'
    '{"facts":{"death":"yes","high_risk_system":"yes"},"aware_of_incident":"2028-01-10",'
    '"reports":[{"type":"initial","submitted":"2028-01-20"}]}\n'
)


def html(file):
    text = run("classify", file, "--format", "html", "--as-of", "2026-11-20", statuses=OPINION)
    html5lib.HTMLParser(strict=True).parse(text)
    pictures = SVG.findall(text)
    if not pictures:
        raise RuntimeError("no picture")
    for picture in pictures:
        if "xmlns=" not in picture[: picture.index(">")]:
            picture = picture.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
        etree.fromstring(picture)
    return f"HTML5 without errors, {len(pictures)} well-formed SVG"


def entries(folder):
    """The entries of an exported log, read from its bundles: two bytes of length, then the entry."""
    for path in sorted(folder.glob("tile/entries/**/*")):
        data = path.read_bytes() if path.is_file() else b""
        at = 0
        while at < len(data):
            size = int.from_bytes(data[at : at + 2], "big")
            yield data[at + 2 : at + 2 + size]
            at += 2 + size


def canonical(*folders):
    count = 0
    for entry in (entry for folder in folders for entry in entries(folder)):
        if rfc8785.dumps(json.loads(entry)) != entry:
            raise RuntimeError(f"not canonical: {entry[:200]}")
        count += 1
    if count == 0:
        raise RuntimeError("no entry was found")
    return f"{count} entries are canonical by RFC 8785"


def refuses_spelling(folder):
    """The comparison would prove nothing if it took any JSON."""
    place = folder / "tile/entries"
    place.mkdir(parents=True)
    for text in [b'{"b":1,"a":2}', b'{"a": 1}', b'{"a":1.0}', b'{"a":"\\u0041"}']:
        (place / "000").write_bytes(len(text).to_bytes(2, "big") + text)
        try:
            canonical(folder)
        except RuntimeError:
            continue
        raise RuntimeError(f"accepts {text}")
    return "refuses other spellings"


def journal(path, *codes):
    """A report that follows its schema and tells what is wrong, if anything."""
    report = json.loads(run("journal", "verify", path, "--format", "json", statuses=(1,) if codes else (0,)))
    schema("journal-report.schema.json").validate(report)
    found = {finding["code"] for finding in report["findings"]}
    if report["ok"] == bool(codes) or not found.issuperset(codes) or bool(found) != bool(codes):
        raise RuntimeError(f"ok is {report['ok']}, found {sorted(found)}, expected {sorted(codes)}")
    return "accepted by journal-report.schema.json" + (f", names {', '.join(sorted(found))}" if found else "")


def changed(original, copy, name, mark=None):
    """A copy in which one bit of a file is turned, behind a mark or in its middle."""
    shutil.copytree(original, copy)
    file = next(path for path in sorted(copy.glob(name)) if path.is_file())
    data = bytearray(file.read_bytes())
    data[data.index(mark) + len(mark) if mark else len(data) // 2] ^= 1
    file.write_bytes(data)
    return copy


def stix(*arguments, incidents, **more):
    """Every object of the bundle is one that stix2 knows, without custom members."""
    bundle = stix2.parse(run("incident", "export-stix", *arguments, **more), version="2.1", allow_custom=False)
    kinds = [item["type"] for item in bundle["objects"]]
    if kinds.count("incident") != incidents or kinds.count("identity") != 1:
        raise RuntimeError(f"{kinds} in the bundle")
    known = {item["id"] for item in bundle["objects"]}
    if any(item.get("created_by_ref", item["id"]) not in known for item in bundle["objects"]):
        raise RuntimeError("an object names an author who is not in the bundle")
    return f"{len(kinds)} objects accepted by stix2"


def refuses_stix():
    """A parser that accepts everything would prove nothing."""
    base = {"type": "incident", "spec_version": "2.1", "name": "x", "created": "2026-03-02T10:00:00Z"}
    for change in [{"id": "incident--1"}, {"id": f"incident--{uuid.uuid4()}", "severity": "high"}]:
        try:
            stix2.parse({**base, "modified": base["created"], **change}, version="2.1", allow_custom=False)
        except (stix2.exceptions.STIXError, ValueError):
            continue
        raise RuntimeError(f"accepts {change}")
    return "refuses what is wrong"


def self_test():
    for bad in ["<!DOCTYPE html><title>x</title><p><b>x</p>", "<title>no doctype</title>"]:
        try:
            html5lib.HTMLParser(strict=True).parse(bad)
        except Exception:
            continue
        raise RuntimeError(f"html5lib accepts {bad}")
    return "html5lib refuses what is wrong"


check("html self-test", self_test)
check("row refusal", lambda: refuses("row.schema.json", {"row": "1"}))
check("due refusal", lambda: refuses("due.schema.json", {"plain": "tomorrow"}))
check("import refusal", lambda: refuses("import.schema.json", {"file": "x", "flop": 3}))
check("classify --csv", lambda: lines("row.schema.json", "classify", "--csv", "examples/models.csv"))
check("classify --csv -", lambda: lines("row.schema.json", "classify", "--csv", "-", text=ODD))
for file in EXAMPLES:
    check(
        f"classify {file.name} (JSON)",
        lambda: whole(
            "opinion.schema.json", "classify", file, "--format", "json", "--as-of", "2026-11-20", statuses=OPINION
        ),
    )
    check(f"classify {file.name} (HTML)", lambda: html(file))
for log in sorted(LOGS.iterdir()):
    if log.suffix not in {".md", ".py"}:
        check(
            f"compute import {log.name}",
            lambda: lines("import.schema.json", "compute", "import", log, "--format", "json"),
        )
for item in json.loads(run("compute", "count", "--list", "--format", "json") or "[]"):
    check(
        f"compute count {item['id']}",
        lambda: whole("count.schema.json", "compute", "count", item["id"], "--format", "json"),
    )
for rule in json.loads(run("law", "rules", "--as-of", "2026-11-20", "--format", "json")):
    check(
        f"law due {rule['id']}",
        lambda: whole(
            "due.schema.json", "law", "due", "--rule", rule["id"], "--from", "2026-11-20T14:00", "--format", "json",
            "--as-of", "2026-11-20",
        ),
    )
for options in [["2 weeks"], ["5 working days", "--calendar", "BE"], ["48 hours"], ["3 months", "--backward"]]:
    check(
        f"law due --period {' '.join(options)}",
        lambda: whole(
            "due.schema.json", "law", "due", "--period", *options, "--from", "2026-12-23", "--format", "json"
        ),
    )
for rule in ["52(1)", "recital 111", "annex XIII(f)", "cop/safety/9.3/death", "guidelines/31"]:
    check(
        f"law show {rule}",
        lambda: whole("rule.schema.json", "law", "show", rule, "--as-of", "2026-11-20", "--format", "json"),
    )
check("assessment refusal", lambda: refuses("assessment.schema.json", {"row": 1, "serious": "perhaps"}))
check("questions refusal", lambda: refuses("questions.schema.json", [{"id": "x"}]))
check(
    "incident assess",
    lambda: lines("assessment.schema.json", "incident", "assess", "examples/incidents.jsonl", "--format", "json"),
)
check(
    "incident assess -",
    lambda: lines("assessment.schema.json", "incident", "assess", "-", "--format", "json", text=INCIDENTS),
)
check("incident questions", lambda: whole("questions.schema.json", "incident", "questions", "--format", "json"))
REPORT = {"ok": True, "origin": "a", "size": 0, "root": "0" * 64, "findings": [], "omitted": 0, "not_proven": ["x"]}
check("journal refusal", lambda: refuses("journal-report.schema.json", REPORT))
with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    records, logs, log = folder / "records", folder / "logs", folder / "log"
    place = ["--workspace", records]
    run("init", records, "--provider", "Fictional Labs", "--set", "signatory=yes")
    run("model", "add", "examples/aurora-planned.yaml", *place)
    run(
        "run", "import", LOGS / "tiny-trainer_state.json", "--model", "Aurora 3 (example)", "--name", "smoke-test",
        "--gpus", "1", "--keep", *place,
    )
    check("docket", lambda: whole("docket.schema.json", "docket", "--all", "--format", "json", *place))
    table = folder / "models.csv"
    table.write_text("name,tokens\nFictional A,15T\n=cmd|x,1T\n", encoding="utf-8")
    check(
        "register import --dry-run",
        lambda: whole("register.schema.json", "register", "import", "model", table, "--dry-run", "--json", *place),
    )
    intake = ROOT / "examples/intake"
    check("stix2 self-test", refuses_stix)
    for name in ["reports.csv", "reports.jsonl", "mail.eml", "aiid.csv", "aiaaic.csv", "avid.json", "atlas.yaml"]:
        run("incident", "import", intake / name, *place)
    stix2.parse((intake / "stix.json").read_text(encoding="utf-8"), version="2.1", allow_custom=False)
    run("incident", "import", intake / "stix.json", *place)
    check("incident export-stix", lambda: stix(*place, incidents=11))
    check("incident export-stix --narrative", lambda: stix("--narrative", *place, incidents=11))
    calendar = str(folder / "deadlines.ics")
    run("docket", "--ics", calendar, *place)
    check("docket --ics", lambda: foreign(ROOT / "scripts/check_ics.py", calendar))
    check("the list of parts", lambda: parts(folder / "parts.json"))
    check("signing in", lambda: foreign(ROOT / "scripts/check_sign_in.py", str(program)))
    check("serve: messages, mail, calendar", lambda: foreign(ROOT / "scripts/check_feeds.py", program))
    check("serve: ticket systems", lambda: foreign(ROOT / "scripts/check_connectors.py", program))

    run("journal", "export", logs, "--all", *place)
    run("journal", "export", log, *place)
    check("entries in other spellings", lambda: refuses_spelling(folder / "spelling"))
    check("entries of the journal", lambda: canonical(*sorted(logs.iterdir())))
    check("journal verify WORKSPACE", lambda: journal(records))
    check("journal verify EXPORT", lambda: journal(log))
    check("journal verify EXPORT of all logs", lambda: journal(logs))
    event = b'"event":"model-'
    for name, work in {
        "EXPORT, an entry changed": lambda: journal(
            changed(log, folder / "log-1", "tile/entries/**/*", event), "entry-changed"
        ),
        "EXPORT, a tile changed": lambda: journal(changed(log, folder / "log-2", "tile/0/**/*"), "tile-changed"),
        "EXPORT of all logs, an entry changed": lambda: journal(
            changed(logs, folder / "logs-1", "regulatory/tile/entries/**/*", event), "entry-changed"
        ),
        "WORKSPACE, an entry changed": lambda: journal(
            changed(records, folder / "records-1", "journal.sqlite", event), "entry-changed"
        ),
        "WORKSPACE, evidence changed": lambda: journal(
            changed(records, folder / "records-2", "evidence/**/*"), "evidence-changed"
        ),
        "WORKSPACE, store unreadable": lambda: journal(
            changed(records, folder / "records-3", "journal.sqlite", b"SQLite"), "store-unreadable"
        ),
    }.items():
        check(f"journal verify {name}", work)
orphans = {path.name for path in SCHEMAS.glob("*.json")} - used
if orphans:
    failures += 1
    print(f"validate: no output is checked against {', '.join(sorted(orphans))}")
print(f"validate: {failures} failures" if failures else "validate: everything is accepted")
sys.exit(1 if failures else 0)
