"""Reports of strangers with proofs of work at 256 connections, beside a minimal FastAPI service on SQLite; and what is
left of them after the server was killed."""
import contextlib
import hashlib
import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time

from bench.desk import free_port, milliseconds, running
from bench.report import clear, line, median, note, paired, run, setting

CONNECTIONS = 256
TIMES_FASTAPI = 3
P99_MS = 100
BITS = 4
# Challenges are fetched by so many connections, and reports before the kill are sent by so many.
FETCHING = 32
OPEN = {
    "SYSTEMIC_INTAKE_PUBLIC": "yes", "SYSTEMIC_INTAKE_BITS": str(BITS), "SYSTEMIC_INTAKE_PER_MINUTE": "0",
    "SYSTEMIC_INTAKE_ALL_PER_MINUTE": "0", "SYSTEMIC_LOG_LEVEL": "warning",
}
ABOUT = "A fictional report of a wrong answer with consequences, made up for a measurement. " * 5

# Each body is sent once: a proof is good for one report.
SEND = """
local bodies, place = {}, 0
for text in io.lines(os.getenv("INTAKE_BODIES")) do bodies[#bodies + 1] = text end
local fields = {["Content-Type"] = "application/json"}
request = function()
  place = place + 1
  return wrk.format("POST", nil, fields, bodies[place] or "none are left")
end
"""

# Keeps every challenge that is answered.
FETCH = """
local kept = io.open(os.getenv("INTAKE_KEPT"), "w")
response = function(status, headers, body) if status == 200 then kept:write(body, "\\n") end end
done = function() end
"""

FASTAPI = """
import sqlite3, sys, uuid
from fastapi import FastAPI
from pydantic import BaseModel

base = sqlite3.connect(sys.path[0] + "/fastapi.sqlite", isolation_level=None)
base.execute("PRAGMA journal_mode = WAL")
base.execute("PRAGMA synchronous = FULL")
base.execute("CREATE TABLE IF NOT EXISTS report (id TEXT PRIMARY KEY, what TEXT, told_when TEXT, harm TEXT)")
app = FastAPI()

class NewReport(BaseModel):
    what: str
    when: str | None = None
    harm: str | None = None

@app.post("/reports", status_code=201)
async def add(new: NewReport):
    key = uuid.uuid4().hex
    base.execute("INSERT INTO report VALUES (?, ?, ?, ?)", (key, new.what, new.when, new.harm))
    return {"code": key}

@app.get("/synchronous")
async def synchronous():
    return base.execute("PRAGMA synchronous").fetchone()[0]
"""


def intake(programs, folder):
    """All of it: speed beside another service, and what is left after a kill."""
    if not shutil.which("wrk"):
        raise RuntimeError("wrk is not installed; run: scripts/install-tools.sh bench")
    place = folder / "intake"
    workspace = place / "workspace"
    place.mkdir()
    try:
        run(programs.systemic, "init", workspace, "--provider", "Fictional Labs", "--origin", "bench.example")
        speed(programs, place, workspace)
        killed(programs, workspace)
    finally:
        clear(place)


@contextlib.contextmanager
def open_desk(programs, workspace):
    port = free_port()
    command = [programs.systemic, "serve", "--workspace", workspace, "--listen", f"127.0.0.1:{port}"]
    with running(command, port, "/healthz", env=os.environ | OPEN) as server:
        yield server


def wrk(script, text, address, connections, seconds, settings):
    script.write_text(text)
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "--latency", "-s", str(script),
        address]
    if os.cpu_count() > 1:
        command = ["taskset", "-c", str(os.cpu_count() - 1)] + command
    return subprocess.run(
        command, capture_output=True, text=True, check=True,
        env=os.environ | {name: str(value) for name, value in settings.items()}).stdout


def proven(challenge, number):
    """A report with its proof, as it is sent."""
    start = hashlib.sha256(challenge.encode() + b":")
    proof = 0
    while True:
        tried = start.copy()
        tried.update(str(proof).encode())
        if int.from_bytes(tried.digest()[:4], "big") >> (32 - BITS) == 0:
            break
        proof += 1
    return json.dumps({
        "what": f"{ABOUT}{number}", "when": "yesterday", "harm": "nobody, fictional", "challenge": challenge,
        "proof": str(proof)})


def bodies(server, place, count):
    """Reports with their proofs, made before anything is measured."""
    made = []
    while len(made) < count:
        wrk(place / "fetch.lua", FETCH, f"http://127.0.0.1:{server.port}/api/v1/public/challenge", FETCHING, 2,
            {"INTAKE_KEPT": place / "challenges"})
        with open(place / "challenges", encoding="utf-8") as file:
            for text in file:
                with contextlib.suppress(ValueError, KeyError):  # the last one may be cut off
                    made.append(proven(json.loads(text)["challenge"], len(made)))
                if len(made) == count:
                    break
    return made


def load(place, address, texts, seconds):
    """Reports a second, p50 and p99 in milliseconds; every one must be taken."""
    kept = place / "bodies"
    kept.write_text("".join(text + "\n" for text in texts))
    text = wrk(place / "send.lua", SEND, address, CONNECTIONS, seconds, {"INTAKE_BODIES": kept})
    sent = int(re.search(r"(\d+) requests in", text).group(1))
    if "Non-2xx" in text or "Socket errors" in text or sent > len(texts):
        raise RuntimeError(f"not every report was taken: {text}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1)), milliseconds(text, "50%"), milliseconds(
        text, "99%")


def speed(programs, place, workspace):
    rounds, seconds = setting("BENCH_ROUNDS", 5), setting("BENCH_SECONDS", 4)
    other = place / "fastapi"
    other.mkdir()
    (other / "service.py").write_text(FASTAPI)
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "service:app", "--port", port, "--log-level", "error",
        "--no-access-log", "--app-dir", other]
    with open_desk(programs, workspace) as server, running(command, port, "/synchronous", cwd=other) as theirs:
        if theirs.ask("GET", "/synchronous")[1] != "2":
            raise RuntimeError("the FastAPI service does not write with synchronous = FULL")
        ours = f"http://127.0.0.1:{server.port}/api/v1/public/incidents"
        plain = [json.dumps({"what": f"{ABOUT}{number}", "when": "yesterday", "harm": "nobody, fictional"})
            for number in range(20_000 * seconds)]
        # As many proofs as a first second could want, then twice what it took.
        first = load(place, ours, bodies(server, place, 20_000), 1)
        pairs = paired(
            rounds, lambda: load(place, ours, bodies(server, place, int(first[0] * seconds * 2)), seconds),
            lambda: load(place, f"http://127.0.0.1:{port}/reports", plain, seconds))
        now, most = server.memory()
    own = [own for own, _ in pairs]
    times = median([own[0] / their[0] for own, their in pairs])
    line(f"reports of strangers, {CONNECTIONS} connections : FastAPI on SQLite", f"{TIMES_FASTAPI} times",
        f"{times:.2f} times", times / TIMES_FASTAPI)
    worst = median([row[2] for row in own])
    line(f"reports of strangers, {CONNECTIONS} connections, p99", f"{P99_MS} ms", f"{worst:.1f} ms", P99_MS / worst)
    for name, rows in (("ours", own), ("FastAPI", [their for _, their in pairs])):
        note(f"{name} {median([row[0] for row in rows]):.0f} durable reports/s, p50 {median([row[1] for row in rows]):.1f}"
            f" ms, p99 {median([row[2] for row in rows]):.1f} ms; medians of {rounds} rounds of {seconds} s")
    note(f"each of ours with a proof of work of {BITS} bits and a tracking code, limits on strangers off; memory {now:.0f}"
        f" MiB, at most {most:.0f}")


def killed(programs, workspace):
    """Every report that was acknowledged before a kill is there after it."""
    port = free_port()
    command = [programs.systemic, "serve", "--workspace", workspace, "--listen", f"127.0.0.1:{port}"]
    codes = []
    with running(command, port, "/healthz", env=os.environ | OPEN) as server:
        senders = [threading.Thread(target=send, args=(port, codes)) for _ in range(FETCHING)]
        for sender in senders:
            sender.start()
        time.sleep(setting("BENCH_SECONDS", 4))
        server.process.send_signal(signal.SIGKILL)
        for sender in senders:
            sender.join()
        server.process.wait()
    with open_desk(programs, workspace) as server:
        lost = [code for code in codes if server.ask(
            "POST", "/api/v1/public/status", json.dumps({"code": code}), {"Content-Type": "application/json"})[0] != 200]
    verified = run(programs.systemic, "journal", "verify", workspace)[2]
    if "nothing was found" not in verified:
        raise RuntimeError(f"the journal after the kill: {verified[-500:]}")
    line("reports acknowledged and lost under kill -9", "0", f"{len(lost)} of {len(codes)}", 0 if lost or not codes else 1)


def send(port, codes):
    """Reports one after the other until the server is gone."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    fields = {"Content-Type": "application/json"}
    with contextlib.suppress(OSError, http.client.HTTPException, ValueError):
        while True:
            connection.request("GET", "/api/v1/public/challenge")
            challenge = json.loads(connection.getresponse().read())["challenge"]
            connection.request("POST", "/api/v1/public/incidents", proven(challenge, len(codes)), fields)
            answer = connection.getresponse()
            text = answer.read()
            if answer.status == 201:
                codes.append(json.loads(text)["code"])
