"""Pages and writes of the desk at 50 users, beside a minimal Django page and a minimal FastAPI service on SQLite."""
import contextlib
import hashlib
import http.client
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.parse

from bench.report import clear, line, median, note, paired, run, setting

USERS = 50
P99_MS = 25
MEMORY_MIB = 200
TIMES_FASTAPI = 3
ROWS = 100
# Seconds in which a server must answer its first question.
PATIENCE = 300

# Sends requests in turn, each with the next proof of who asks, and the next body.
LUA = """
local proofs, bodies, place = {}, {}, 0
for text in io.lines(os.getenv("DESK_PROOFS")) do proofs[#proofs + 1] = text end
for text in io.lines(os.getenv("DESK_BODIES")) do bodies[#bodies + 1] = text end
request = function()
  place = place + 1
  local name, value = proofs[place % #proofs + 1]:match("^([^:]+): (.*)$")
  local fields = {[name] = value}
  if #bodies == 0 then return wrk.format("GET", nil, fields) end
  fields["Content-Type"] = "application/json"
  local body = bodies[place % #bodies + 1]:gsub("NUMBER", place)
  return wrk.format("POST", nil, fields, body)
end
"""

DJANGO = """
import sys
from django.conf import settings
settings.configure(
    DEBUG=False, SECRET_KEY="bench", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, USE_TZ=True,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": sys.path[0] + "/django.sqlite",
        "CONN_MAX_AGE": None}},
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}])
import django
django.setup()
from django.core.paginator import Paginator
from django.core.wsgi import get_wsgi_application
from django.db import models
from django.http import HttpResponse
from django.template import engines
from django.urls import path

class Record(models.Model):
    name = models.CharField(max_length=80, primary_key=True)
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    status = models.CharField(max_length=40)
    version = models.IntegerField()
    grade = models.CharField(max_length=40)
    changed = models.DateTimeField()
    class Meta:
        app_label = "bench"
        db_table = "record"

PAGE = engines["django"].from_string('''<!DOCTYPE html><html lang="en"><head><title>Records</title></head><body>
<h1>Records</h1><p>{{ page.paginator.count }} of this kind</p><table><thead><tr><th>Title</th><th>Status</th>
<th>Version</th><th>Class</th><th>Changed</th></tr></thead><tbody>{% for record in page %}<tr>
<th><a href="/records/{{ record.name }}">{{ record.title }}</a></th><td>{{ record.status }}</td>
<td>{{ record.version }}</td><td>{{ record.grade }}</td>
<td><time datetime="{{ record.changed|date:"c" }}">{{ record.changed|date:"j F Y, H:i:s" }}</time></td></tr>
{% endfor %}</tbody></table><p>page {{ page.number }} of {{ page.paginator.num_pages }}</p></body></html>''')

def records(request, kind):
    found = Record.objects.filter(kind=kind).order_by("-changed", "name")
    page = Paginator(found, 100).get_page(request.GET.get("page"))
    return HttpResponse(PAGE.render({"page": page}))

urlpatterns = [path("records/<str:kind>", records)]
application = get_wsgi_application()
"""

FASTAPI = """
import sqlite3, sys, uuid
from fastapi import FastAPI
from pydantic import BaseModel

base = sqlite3.connect(sys.path[0] + "/fastapi.sqlite", isolation_level=None)
base.execute("PRAGMA journal_mode = WAL")
base.execute("PRAGMA synchronous = FULL")
base.execute("CREATE TABLE IF NOT EXISTS request (id TEXT PRIMARY KEY, model TEXT, title TEXT, received TEXT)")
app = FastAPI()

class NewRequest(BaseModel):
    model: str
    title: str
    received: str

@app.post("/requests", status_code=201)
async def add(new: NewRequest):
    key = uuid.uuid4().hex
    base.execute("INSERT INTO request VALUES (?, ?, ?, ?)", (key, new.model, new.title, new.received))
    return {"id": key}

@app.get("/synchronous")
async def synchronous():
    return base.execute("PRAGMA synchronous").fetchone()[0]
"""


def desk(programs, folder):
    """All of it: pages, memory, writes."""
    if not shutil.which("wrk"):
        raise RuntimeError("wrk is not installed; run: scripts/install-tools.sh bench")
    count, path = setting("BENCH_RECORDS_DESK", 100_000), folder / "desk"
    programs.inside("desk", path, count)
    person = secret(programs, "person", "token", "bench", "--workspace", path)
    program = secret(
        programs, "token", "create", "bench", "--for", "bench", "--scope", "read", "--scope", "write", "--days", 1,
        "--workspace", path)
    try:
        with serving(programs, path) as server:
            pages(server, server.signed_in(person), folder, count)
            server.told_memory()
            writes(server, program, folder)
    finally:
        clear(path)


def secret(programs, *words):
    """What a command shows once."""
    return re.search(r"\b[a-z]+_[A-Za-z0-9_-]{30,}", run(programs.systemic, *words)[2]).group()


class Server:
    """A program that answers on a port of this machine."""

    def __init__(self, process, port):
        self.process, self.port = process, port

    def ask(self, method, path, body=None, fields=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request(method, path, body, fields or {})
        answer = connection.getresponse()
        return answer.status, answer.read().decode(errors="replace"), answer.headers

    def patiently(self, path, fields):
        """A page; while the records are being read it says so and is asked again."""
        status, text, _ = self.ask("GET", path, None, fields)
        while status == 503:
            time.sleep(0.1)
            status, text, _ = self.ask("GET", path, None, fields)
        if status != 200:
            raise RuntimeError(f"{path} was answered with {status}")
        return text

    def wait(self, path="/"):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise RuntimeError(f"the server ended with {self.process.returncode}")
            with contextlib.suppress(OSError):
                self.ask("GET", path)
                return
            time.sleep(0.1)
        raise RuntimeError("the server does not answer")

    def signed_in(self, token, sessions=USERS):
        """Header fields with the cookies of sessions that were opened with a token."""
        form = urllib.parse.urlencode({"name": "bench", "secret": token})
        fields = {"Content-Type": "application/x-www-form-urlencoded"}
        cookies = []
        for _ in range(sessions):
            status, text, headers = self.ask("POST", "/sign-in", form, fields)
            if status != 303:
                raise RuntimeError(f"signing in was answered with {status}: {text[:300]}")
            cookies.append("Cookie: " + headers["Set-Cookie"].split(";")[0])
        return cookies

    def memory(self):
        """Resident MiB, of all its processes: now, and at most."""
        children = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, text=True).stdout.split()
        sums = [0.0, 0.0]
        for pid in [str(self.process.pid)] + children:
            with contextlib.suppress(OSError):
                words = open(f"/proc/{pid}/status", encoding="utf-8").read()
                for place, name in enumerate(("VmRSS", "VmHWM")):
                    sums[place] += int(re.search(name + r":\s+(\d+)", words).group(1)) / 1024
        return sums

    def told_memory(self):
        now, most = self.memory()
        line("memory of the desk after these pages", f"{MEMORY_MIB} MiB", f"{now:.0f} MiB", MEMORY_MIB / now)
        note(f"at most {most:.0f} MiB since it began")


@contextlib.contextmanager
def running(command, port, path="/", **more):
    """A server as long as it is needed."""
    process = subprocess.Popen(
        [str(word) for word in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more)
    server = Server(process, port)
    try:
        server.wait(path)
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def field(proof):
    name, value = proof.split(": ", 1)
    return {name: value}


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@contextlib.contextmanager
def serving(programs, path):
    port = free_port()
    command = [programs.systemic, "serve", "--workspace", path, "--listen", f"127.0.0.1:{port}"]
    # One person and one machine stand for fifty here, who would not meet these limits.
    limits = {"SYSTEMIC_LIMITS_CHANGES_PER_MINUTE": "0", "SYSTEMIC_LIMITS_SIGN_INS_PER_MINUTE": "0"}
    start = time.perf_counter()
    with running(command, port, "/healthz", env=os.environ | limits) as server:
        seconds = time.perf_counter() - start
        note(f"the desk listens after {seconds:.2f} s; limits on requests of one person are off in this run")
        yield server


class Load:
    """Fifty users who ask as fast as they are answered, from one core."""

    def __init__(self, folder, proofs, bodies=()):
        self.folder = folder
        self.script = folder / "load.lua"
        self.script.write_text(LUA)
        self.settings = {"DESK_PROOFS": folder / "proofs", "DESK_BODIES": folder / "bodies"}
        self.settings["DESK_PROOFS"].write_text("".join(proof + "\n" for proof in proofs))
        self.settings["DESK_BODIES"].write_text("".join(body + "\n" for body in bodies))

    def run(self, port, path, seconds):
        """Requests a second, p50 and p99 in milliseconds."""
        command = ["wrk", "-t1", f"-c{USERS}", f"-d{seconds}s", "--timeout", "30s", "--latency", "-s",
            str(self.script), f"http://127.0.0.1:{port}{path}"]
        if os.cpu_count() > 1:
            command = ["taskset", "-c", str(os.cpu_count() - 1)] + command
        text = subprocess.run(
            command, capture_output=True, text=True, check=True,
            env=os.environ | {name: str(value) for name, value in self.settings.items()}).stdout
        if "Non-2xx" in text or "Socket errors" in text:
            raise RuntimeError(f"not every request of {path} was answered: {text}")
        return (
            float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1)),
            milliseconds(text, "50%"), milliseconds(text, "99%"))


def milliseconds(text, part):
    number, unit = re.search(re.escape(part) + r"\s+([\d.]+)(us|ms|s)", text).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def pages(server, cookies, folder, count):
    rounds, seconds = setting("BENCH_ROUNDS", 5), setting("BENCH_SECONDS", 4)
    start = time.perf_counter()
    server.patiently("/", field(cookies[0]))
    note(f"the first page, for which all {count} records are read, comes {time.perf_counter() - start:.2f} s later")
    _, listed, _ = server.ask("GET", "/records/training-run", None, field(cookies[0]))
    record = re.search(r'href="(/records/training-run/[a-z0-9]{12})"', listed).group(1)
    if listed.count('href="/records/training-run/') < min(ROWS, count // 2):
        raise RuntimeError("the list shows fewer rows than it should")
    load = Load(folder, cookies)
    load.run(server.port, "/", 1)
    with django(folder, count) as other:
        their_list = "/records/training-run"
        for name, path in [
            ("home", "/"), ("list of models", "/models"), ("list of runs", "/records/training-run"),
            ("a later page of runs", "/records/training-run?page=101"), ("docket", "/docket"),
            ("a record", record),
        ]:
            pairs = paired(
                rounds, lambda path=path: load.run(server.port, path, seconds),
                lambda: load.run(other.port, their_list, seconds) if "list of runs" == name else None)
            own = [own for own, _ in pairs]
            middle, worst = median([row[1] for row in own]), median([row[2] for row in own])
            line(f"{name}, {USERS} users, p99", f"{P99_MS} ms", f"{worst:.1f} ms", P99_MS / worst)
            note(f"p50 {middle:.1f} ms, {median([row[0] for row in own]):.0f} pages/s; medians of {rounds} rounds"
                f" of {seconds} s")
            theirs = [their for _, their in pairs if their]
            if theirs:
                times = median([own[0] / their[0] for own, their in pairs])
                note(
                    f"the same list by Django under gunicorn: p50 {median([row[1] for row in theirs]):.1f} ms,"
                    f" p99 {median([row[2] for row in theirs]):.1f} ms, {median([row[0] for row in theirs]):.0f}"
                    f" pages/s; ours {times:.1f} times as many; its memory {other.memory()[0]:.0f} MiB")


@contextlib.contextmanager
def django(folder, count):
    """A list page of the same size over as many rows, as a plain project would have it."""
    place = folder / "django"
    place.mkdir()
    (place / "page.py").write_text(DJANGO)
    base = sqlite3.connect(place / "django.sqlite")
    base.execute("PRAGMA journal_mode = WAL")
    base.execute(
        "CREATE TABLE record (name VARCHAR(80) PRIMARY KEY, kind VARCHAR(40), title VARCHAR(200), status VARCHAR(40),"
        " version INTEGER, grade VARCHAR(40), changed DATETIME)")
    kinds = ["model"] * 2 + ["model-version"] * 8 + ["downstream-request"] * 10 + ["training-run"] * 80
    base.executemany(
        "INSERT INTO record VALUES (?, ?, ?, 'recorded', 1, 'confidential', ?)",
        ((f"{kinds[number % 100]}/{hashlib.sha256(str(number).encode()).hexdigest()[:12]}", kinds[number % 100],
            f"run {number}", f"2026-11-{1 + number % 20:02} 10:{number % 60:02}:00") for number in range(count)))
    base.execute("CREATE INDEX record_order ON record (kind, changed DESC, name)")
    base.execute("ANALYZE")
    base.commit()
    base.close()
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--workers", os.cpu_count(), "--worker-class", "gthread", "--threads",
        "8", "--keep-alive", "30", "--bind", f"127.0.0.1:{port}", "--chdir", place, "--log-level", "error",
        "page:application"]
    try:
        with running(command, port, "/records/training-run", cwd=place) as server:
            status, text, _ = server.ask("GET", "/records/training-run")
            if status != 200 or text.count("<tr>") != ROWS + 1:
                raise RuntimeError(f"the Django page answers {status} with {text.count('<tr>')} rows")
            yield server
    finally:
        clear(place)


def writes(server, token, folder):
    """Durable writes of one request of a downstream provider, each a record of its own, through the API."""
    rounds, seconds = setting("BENCH_ROUNDS", 5), setting("BENCH_SECONDS", 4)
    proof = f"Authorization: Bearer {token}"
    _, listed, _ = server.ask("GET", f"/api/v1/models?limit={USERS}", None, field(proof))
    models = re.findall(r'"(model/[a-z0-9]{12})"', listed)
    own = Load(folder, [proof], [
        f'{{"set": {{"model": "{model}", "title": "request NUMBER"}}}}' for model in models])
    place = folder / "fastapi"
    place.mkdir()
    (place / "service.py").write_text(FASTAPI)
    (place / "load").mkdir()
    their = Load(
        place / "load", [proof],
        [f'{{"model": "{model}", "title": "request NUMBER", "received": "2026-11-21"}}' for model in models])
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "service:app", "--port", port, "--log-level", "error",
        "--no-access-log", "--app-dir", place]
    with running(command, port, "/synchronous", cwd=place) as other:
        if other.ask("GET", "/synchronous")[1] != "2":
            raise RuntimeError("the FastAPI service does not write with synchronous = FULL")
        pairs = paired(
            rounds, lambda: own.run(server.port, "/api/v1/downstream-requests", seconds),
            lambda: their.run(port, "/requests", seconds))
    clear(place)
    times = median([ours[0] / theirs[0] for ours, theirs in pairs])
    line(
        f"durable writes, API, {USERS} users : FastAPI on SQLite", f"{TIMES_FASTAPI} times", f"{times:.2f} times",
        times / TIMES_FASTAPI)
    for name, rows in (("ours", [ours for ours, _ in pairs]), ("FastAPI", [theirs for _, theirs in pairs])):
        note(
            f"{name} {median([row[0] for row in rows]):.0f} writes/s, p50 {median([row[1] for row in rows]):.1f} ms,"
            f" p99 {median([row[2] for row in rows]):.1f} ms")
