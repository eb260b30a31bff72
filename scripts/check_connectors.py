#!/usr/bin/env python3
"""check_connectors.py PROGRAM: ticket systems, pagers and chats, end to end against strict servers, in both directions.

The servers stand in Tests/Foreign/itsm_servers.py and know nothing of the program. All on loopback, in a folder that is gone afterwards.
"""
import atexit
import base64
import hashlib
import hmac
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Tests/Foreign"))
from itsm_servers import Chat, Jira, Opsgenie, PagerDuty, ServiceNow  # noqa: E402

program = str(pathlib.Path(sys.argv[1]).resolve())
work = pathlib.Path(tempfile.mkdtemp(prefix="connectors-"))
records = work / "records"
started = []
atexit.register(lambda: [process.kill() for process in started])
SECRET_TITLE = "Outage of a fictional hospital"


def run(*arguments, status=0):
    done = subprocess.run(
        [program, *map(str, arguments)], capture_output=True, text=True, timeout=120,
        env={**os.environ, "SYSTEMIC_WORKSPACE": str(records)})
    if done.returncode != status:
        raise SystemExit(f"{arguments} ended with {done.returncode}: {done.stdout}{done.stderr}")
    return done.stdout + done.stderr


def wait(what, condition, seconds=60):
    for _ in range(seconds * 10):
        found = condition()
        if found:
            return found
        time.sleep(0.1)
    raise SystemExit(f"{what} did not come about in {seconds} seconds; " + run("connector", "tickets"))


def serve():
    process = subprocess.Popen(
        [program, "serve"], stdout=subprocess.PIPE, stderr=open(work / "log", "a"), text=True,
        env={**os.environ, "SYSTEMIC_WORKSPACE": str(records)})
    started.append(process)
    for line in process.stdout:
        if found := re.search(r"http://127\.0\.0\.1:(\d+)", line):
            threading.Thread(target=process.stdout.read, daemon=True).start()
            return process, int(found[1])
    raise SystemExit("the server did not start: " + (work / "log").read_text())


def file(name, content):
    path = work / name
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


def incident(title):
    found = run("record", "add", "incident", "--set", f"title={title}", "--set", "narrative=First line.\n\nSecond line.")
    return re.search(r"incident/[0-9a-z]+", found)[0]


def connector(title, url, system, *more):
    found = run("connector", "add", title, *([url] if url else []), "--system", system, *more)
    secret = re.search(r"whsec_\S+", found)
    return re.search(r"connector/[0-9a-z]+", found)[0], secret and secret[0]


def send(port, id, body, **fields):
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/hooks/{id.split('/')[1]}", data=content, method="POST",
        headers={"content-type": "application/json", **fields})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())


def hub(secret, content):
    return {"x-hub-signature": "sha256=" + hmac.new(secret.encode(), content, hashlib.sha256).hexdigest()}


def timed(secret, content, moment=None):
    moment = str(int(moment or time.time()))
    value = hmac.new(secret.encode(), moment.encode() + b"." + content, hashlib.sha256).digest()
    return {"x-systemic-timestamp": moment, "x-systemic-signature": base64.b64encode(value).decode()}


def standard(secret, content, moment=None):
    moment = str(int(moment or time.time()))
    key = base64.b64decode(secret.removeprefix("whsec_"))
    value = hmac.new(key, f"msg_1.{moment}.".encode() + content, hashlib.sha256).digest()
    return {"webhook-id": "msg_1", "webhook-timestamp": moment, "webhook-signature": "v1," + base64.b64encode(value).decode()}


def correlation(incident, connector):
    return "systemic-" + incident.split("/")[1] + "-" + connector.split("/")[1]


def tickets(system, name):
    return [i for i in system.issues.values() if name in i["fields"].get("labels", [])]


def comments():
    """The newest words of comments, by their records."""
    found = re.findall(r"comment/[0-9a-z]+", run("record", "list", "comment"))
    return "".join(run("record", "show", id) for id in dict.fromkeys(found))


def state_of(incident):
    return run("record", "show", incident)


cloud, center = Jira(True), Jira(False, project="OPS", token="center-token-1")
now, pager, genie, chat = ServiceNow(), PagerDuty(), Opsgenie(), Chat()
run("init", records, "--provider", "Fictional Labs")
(records / "systemic.yaml").write_text(
    """listen: 127.0.0.1:0
address: https://desk.example.org
connectors:
  allow_private: yes
  seconds: 5
""")
run("config", "check")
team = {"theirs": "customfield_10011", "always": "Platform", "as": "option"}
stage = {"ours": "stage", "theirs": "customfield_10020", "as": "option",
         "values": {"received": "New", "in triage": "Looked at", "closed": "Shut"}}
# A priority is set by its id and shown by its name; a label stands beside those of others.
priority = {"ours": "stage", "theirs": "priority", "as": "id", "values": {"received": "4", "in triage": "2"}}
label = {"ours": "stage", "theirs": "labels"}
mapping = file("jira.json", {"fields": [team, stage, {"ours": "due", "theirs": "duedate"}, priority, label], "states": {"in triage": "In Progress"}})
# The way to the first of these states does not exist there.
wayless = file("wayless.json", {"fields": [team], "states": {"received": "Done", "in triage": "In Progress"}})
lacking = file("lacking.json", {"fields": [stage]})

# A dry run reads what Jira asks for, and says what would be missing; nothing is sent.
first = incident(SECRET_TITLE)
trial, _ = connector("Trial", cloud.url, "jira-cloud", "--account", "bot@example.org", "--token-file", file("cloud", "cloud-token-1\n"),
                     "--project", "AIGOV", "--type", "Task", "--mapping", lacking)
said = run("connector", "dry-run", trial, first)
assert "customfield_10011 (Team) is missing" in said and "nothing was sent" in said, said
assert f"POST {cloud.url}/rest/api/3/issue" in said and SECRET_TITLE not in said and "Incident " in said, said
assert "cloud-token" not in said and not cloud.issues
wrong = file("wrong.json", {"fields": [{"theirs": "customfield_10011", "always": "Elsewhere", "as": "option"}]})
run("connector", "change", "--connector", trial, "Trial", cloud.url, "--system", "jira-cloud", "--account", "bot@example.org",
    "--project", "AIGOV", "--type", "Task", "--mapping", wrong)
assert "cannot be “Elsewhere”" in run("connector", "dry-run", trial, first)
refused = file("refused.json", {"fields": [{"ours": "harm", "theirs": "summary"}]})
assert "cannot be told through this connector" in run(
    "connector", "add", "No", cloud.url, "--system", "jira-cloud", "--account", "a@example.org", "--token-file", work / "cloud",
    "--project", "AIGOV", "--type", "Task", "--mapping", refused, status=1)
run("connector", "remove", trial)
print("dry run: what is required, allowed and neutral is told; nothing was sent, no token shown")

jira, jira_secret = connector("Operations", cloud.url, "jira-cloud", "--account", "bot@example.org", "--token-file", work / "cloud",
                              "--project", "AIGOV", "--type", "Task", "--mapping", mapping, "--takes-in")
# Another team has its tickets in the same project.
second, _ = connector("Second team", cloud.url, "jira-cloud", "--account", "bot@example.org", "--token-file", work / "cloud",
                      "--project", "AIGOV", "--type", "Task", "--mapping", file("second.json", {"fields": [team]}), "--takes-in")
data, _ = connector("Data center", center.url, "jira-data-center", "--token-file", file("center", "center-token-1\n"),
                    "--project", "OPS", "--type", "Task", "--mapping", wayless, "--full")
table = file("table.json", {"fields": [{"theirs": "urgency", "always": "1"}, {"ours": "due_moment", "theirs": "due_date"}], "states": {"in triage": "2", "closed": "7"}})
desk, desk_secret = connector("Service desk", now.url, "servicenow", "--account", "systemic", "--token-file", file("table", "table-password\n"),
                              "--mapping", table, "--takes-in")
page, _ = connector("Pager", pager.url, "pagerduty", "--token-file", file("pager", "r" * 32))
alert, _ = connector("Alerts", genie.url, "opsgenie", "--token-file", file("genie", "genie-key-1"))
room, _ = connector("Room", chat.url + chat.path, "slack")
own, own_secret = connector("Own", None, "standard", "--takes-in")
shown = run("connector", "list") + "".join(run("connector", "show", c) for c in (jira, data, desk, page, alert, room, own))
for secret in ("cloud-token-1", "center-token-1", "table-password", "r" * 32, "genie-key-1", "secretpath", jira_secret, own_secret):
    assert secret not in shown + run("record", "show", jira) + run("record", "show", room), secret

# Faults while an incident is told: too many requests, a lost answer after the ticket was made, slow and failing answers.
cloud.faults += [("status", 429, {"Retry-After": "2"}), ("lost",)]
center.faults += [("lost",)]
now.faults += [("status", 503, {}), ("lost",)]
pager.faults += [("lost",)]
genie.faults += [("slow", 6)]
process, port = serve()
told = incident(SECRET_TITLE)
name, there, kept, paged, alerted = (correlation(told, c) for c in (jira, data, desk, page, alert))
wait("a ticket in Jira Cloud", lambda: "taken" in run("connector", "tickets") and tickets(cloud, name))
wait("a ticket of the second team", lambda: tickets(cloud, correlation(told, second)))
wait("a ticket in Jira Data Center", lambda: tickets(center, there))
wait("a record in ServiceNow", lambda: [r for r in now.records.values() if r.get("correlation_id") == kept])
wait("an alert in PagerDuty", lambda: pager.alerts.get(paged) == "triggered")
wait("an alert in Opsgenie", lambda: alerted in genie.alerts)
wait("a message in the chat", lambda: chat.texts)
wait("the ledger", lambda: run("connector", "tickets").count("taken") >= 7, 120)
assert not cloud.faults and not center.faults and not now.faults and not pager.faults and not genie.faults, "every fault was met"
issue = tickets(cloud, name)[0]
assert len(tickets(cloud, name)) == 1 and len(tickets(center, there)) == 1, "nothing was made twice"
assert len(cloud.issues) == 2 and len(now.records) == 1, "each connector keeps one ticket, also of one project"
assert issue["fields"]["summary"].startswith("Incident ") and SECRET_TITLE not in json.dumps(issue)
assert issue["fields"]["customfield_10020"] == {"value": "New"}
assert issue["fields"]["priority"] == {"id": "4"} and set(issue["fields"]["labels"]) == {"systemic", name, "received"}
assert (issue["key"], name) in cloud.links and (tickets(center, there)[0]["key"], there) in center.links
assert tickets(center, there)[0]["fields"]["summary"] == SECRET_TITLE
assert tickets(center, there)[0]["fields"]["description"] == "First line.\n\nSecond line."
assert all(SECRET_TITLE not in text for text in chat.texts) and SECRET_TITLE not in json.dumps(pager.events)
asked = [moment for moment in cloud.requests if moment[1].endswith("/rest/api/3/search")]
assert not asked, "the removed search was asked"
print("told: Jira Cloud and Data Center, ServiceNow, PagerDuty, Opsgenie, chat; each once, in spite of 429, 503, lost and slow answers")

# A state to which there is no way is put before a person, and not tried again.
def line_of(key):
    return [line for line in run("connector", "tickets").splitlines() if key in line and "ticket/" in line][0]


ours = tickets(center, there)[0]
wait("a state without a way", lambda: "no way there" in run("connector", "tickets"))
tries = sum(path.endswith("/transitions") for _, path, _ in center.requests)
assert "conflict" in line_of(ours["key"])
run("connector", "reconcile", data)
assert sum(path.endswith("/transitions") for _, path, _ in center.requests) == tries, "it was tried again"
line = re.search(r"ticket/[0-9a-f]+", line_of(ours["key"]))[0]
run("connector", "settle", line, "--field", "@state", "--keep", "theirs", "--reason", "their workflow")
assert "open" in line_of(ours["key"])
print("a state without a way: shown, not looped, settled by a person")

# A change here is told there: a field, and a state by a transition.
run("record", "event", told, "triage-begun")
wait("the stage in Jira", lambda: issue["fields"]["customfield_10020"] == {"value": "Looked at"})
wait("the label in Jira", lambda: set(issue["fields"]["labels"]) == {"systemic", name, "in-triage"})
assert issue["fields"]["priority"] == {"id": "2"}
wait("the state in Jira", lambda: issue["state"] == "In Progress")
wait("the state in the data center", lambda: ours["state"] == "In Progress")
entry = [r for r in now.records.values() if r.get("correlation_id") == kept][0]
wait("the state in ServiceNow", lambda: entry["state"] == "2")
wait("the pager is acknowledged", lambda: pager.alerts[paged] == "acknowledged")
wait("the alert is acknowledged", lambda: genie.alerts[alerted]["state"] == "acknowledged")
run("connector", "reconcile", jira)
assert "priority" not in comments() and "labels" not in comments(), "what we changed ourselves is told as theirs: " + comments()
print("a change of stage is told: fields, labels, transitions, pagers; nothing of it comes back as theirs")

# The last day of the report that governs is the due date of the ticket; it goes when nothing is due.
run("incident", "answer", told, "death=yes", "causal_link=suspected")
assert "duedate" not in issue["fields"], "no clock has a start"
run("incident", "date", told, "involvement-known", "--at", "2026-11-20T02:00+01:00")
wait("the due date in Jira", lambda: issue["fields"].get("duedate") == "2026-11-30")
wait("the due date in ServiceNow", lambda: entry.get("due_date") == "2026-11-30 22:59:59")
run("incident", "answer", told, "death=no", "--reason", "a mistake of the report")
wait("no due date in Jira", lambda: issue["fields"].get("duedate") is None)
wait("no due date in ServiceNow", lambda: entry.get("due_date") == "")
print("due dates: the day of the governing clock, in the form of each system, and taken away again")

# A change there is told on the record, and changes nothing of the incident.
before = state_of(told)
issue["state"] = "Done"
issue["updated"] = time.time()
message = json.dumps({"webhookEvent": "jira:issue_updated", "timestamp": int(time.time() * 1000),
                      "issue": cloud.shown(issue, ["summary", "description", "status", "labels", "customfield_10020"])}).encode()
assert send(port, jira, message)[0] == 401
assert send(port, jira, message, **hub("whsec_" + base64.b64encode(b"x" * 32).decode(), message))[0] == 401
assert send(port, "connector/nothere", message, **hub(jira_secret, message))[0] == 401
assert send(port, jira, message + b" ", **hub(jira_secret, message))[0] == 401
status, answer = send(port, jira, message, **hub(jira_secret, message))
assert (status, answer["taken"], answer["correlation"]) == (200, "noted", name), answer
assert send(port, jira, message, **hub(jira_secret, message))[1]["taken"] == "noted"
assert state_of(told) == before, "the incident is as it was"
said = comments()
assert "Done" in said and "no date of the incident was changed" in said, said
late = dict(entry, state="6", operation="update")
content = json.dumps(late).encode()
assert send(port, desk, content, **timed(desk_secret, content, time.time() - 900))[0] == 401, "an old message is refused"
assert send(port, desk, content, **timed(desk_secret, content))[1]["taken"] == "noted"
entry["state"] = "6"
print("heard: signed messages of Jira and ServiceNow become comments; unsigned, altered and old ones are refused")

# Both sides change the same field while nobody looks: a person chooses.
process.send_signal(signal.SIGTERM)
process.wait(30)
ours["fields"]["summary"], ours["updated"] = "Changed there", time.time()
run("record", "event", told, "incident-described", "--set", "title=Changed here")
process, port = serve()
wait("a conflict", lambda: "here “Changed here”, there “Changed there”" in run("connector", "tickets"))
assert ours["fields"]["summary"] == "Changed there"
run("connector", "settle", line, "--field", "summary", "--keep", "ours", "--reason", "ours is right")
run("connector", "reconcile", data)
wait("the choice", lambda: ours["fields"]["summary"] == "Changed here")
assert "open" in line_of(ours["key"])
# What changed there without a message comes with the next comparison.
entry["state"], entry["sys_updated_on"] = "7", now.now()
run("connector", "reconcile", desk)
assert "“6” became “7”" in comments(), comments()
print("both sides: a person chooses; a comparison finds what no message told")

# A copy has the labels of its ticket: it takes nothing over, and people are told once.
copy = {**issue, "id": "77", "key": "AIGOV-77", "fields": json.loads(json.dumps(issue["fields"])), "updated": time.time()}
cloud.issues["AIGOV-77"] = copy
for event, summary in (("created", "CLONE"), ("updated", "About something else"), ("deleted", "About something else")):
    copy["fields"]["summary"] = summary
    content = json.dumps({"webhookEvent": f"jira:issue_{event}", "issue": cloud.shown(copy, ["summary", "status", "labels"])}).encode()
    assert send(port, jira, content, **hub(jira_secret, content))[1]["taken"] == "ignored"
run("connector", "reconcile", jira)
assert comments().count("AIGOV-77 carries the correlation of " + issue["key"]) == 1, comments()
assert "open" in line_of(issue["key"]), line_of(issue["key"])
del cloud.issues["AIGOV-77"]
print("a copied ticket takes nothing over, and is told of once")

# A ticket that the account may not see is not lost: people are told once, and it goes on when it is back.
cloud.hidden.add(issue["key"])
run("connector", "reconcile", jira)
run("incident", "answer", told, "infrastructure=no")
wait("a ticket that is not found", lambda: "gone" in line_of(issue["key"]))
run("connector", "reconcile", jira)
assert comments().count(f"The ticket {issue['key']} is not found") == 1, comments()
cloud.hidden.clear()
run("connector", "reconcile", jira)
assert "open" in line_of(issue["key"]) and "is found again" in comments()
print("a ticket without permission: told once, looked for again, found again")

# A comparison that is refused is told to whoever asked for it, and the connector is told incidents again afterwards.
cloud.no_search = True
assert "401" in run("connector", "reconcile", jira, status=1)
cloud.no_search = False
# A token is not handed to another host.
said = run("connector", "change", "--connector", jira, "Operations", center.url, "--system", "jira-cloud", "--account",
           "bot@example.org", "--project", "AIGOV", "--type", "Task", "--mapping", mapping, status=1)
assert "a token for its new address" in said, said
assert not [fields for fields in center.requests if b"cloud-token" in fields[2]]

# Tickets that begin there begin incidents, once.
def began(id, body, sign):
    content = json.dumps(body).encode()
    status, answer = send(port, id, content, **sign(content))
    assert status == 200 and answer["taken"] in ("began", "noted"), answer
    return answer


other = {"id": "9", "key": "AIGOV-900", "fields": {"summary": "Began in Jira", "description": {"type": "doc", "version": 1, "content": [
    {"type": "paragraph", "content": [{"type": "text", "text": "Told there."}]}]}, "status": {"name": "To Do"}, "labels": []}}
message = {"webhookEvent": "jira:issue_created", "timestamp": int(time.time() * 1000), "issue": other}
cloud.issues["AIGOV-900"] = {"id": "9", "key": "AIGOV-900", "fields": {"summary": "Began in Jira", "description": other["fields"]["description"], "labels": []}, "state": "To Do", "created": time.time(), "updated": time.time()}
answer = began(jira, message, lambda content: hub(jira_secret, content))
assert answer["taken"] == "began"
assert began(jira, message, lambda content: hub(jira_secret, content))["correlation"] == answer["correlation"], "once only"
wait("our label on their ticket", lambda: answer["correlation"] in cloud.issues["AIGOV-900"]["fields"]["labels"])
assert cloud.issues["AIGOV-900"]["fields"]["summary"] == "Began in Jira", "their words are left as they are"
fresh = state_of("incident/" + answer["correlation"].split("-")[1])
assert "Began in Jira" in fresh and "Told there." in fresh and "tickets" in fresh, fresh
# One of another project, and one of ours that only changed, begin none.
for event, key in (("created", "OTHER-1"), ("updated", "AIGOV-901")):
    content = json.dumps({"webhookEvent": f"jira:issue_{event}", "issue": {**other, "id": "9" + key[-1], "key": key}}).encode()
    assert send(port, jira, content, **hub(jira_secret, content))[1]["taken"] == "ignored", key
began(own, {"type": "ticket.created", "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "data": {"id": "T-1", "title": "Began in a system of its own", "text": "Told."}}, lambda content: standard(own_secret, content))
print("taken in: tickets of Jira and of a system of its own begin an incident each, once, and get our correlation")

process.send_signal(signal.SIGTERM)
process.wait(30)
# What begins there while this server is down is found afterwards.
cloud.issues["AIGOV-950"] = {"id": "950", "key": "AIGOV-950", "fields": {"summary": "Began unheard", "description": None, "labels": []},
                             "state": "To Do", "created": time.time(), "updated": time.time()}
process, port = serve()
run("connector", "reconcile", jira)
run("connector", "reconcile", second)
wait("our label on a ticket that began unheard", lambda: cloud.issues["AIGOV-950"]["fields"]["labels"])
assert run("record", "list", "incident").count("Began unheard") == 1, "both connectors to the project took it in"
print("a ticket that began while the server was down is found with the next comparison")
process.send_signal(signal.SIGTERM)
process.wait(30)
whole = (work / "log").read_text()
for secret in ("cloud-token-1", "center-token-1", "table-password", "r" * 32, "genie-key-1", "secretpath", jira_secret, own_secret, SECRET_TITLE):
    assert secret not in whole, "a secret stands in the log"
subprocess.run(["rm", "-rf", str(work)], check=True)
print("connectors: both directions, every fault met, nothing twice, no secret shown")
