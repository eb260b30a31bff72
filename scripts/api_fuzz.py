#!/usr/bin/env python3
"""api_fuzz.py PROGRAM: schemathesis asks the interface for programs, as every role and as a stranger.

Starts `systemic serve` on a free port over a made-up workspace. First the description is held against the rules of OpenAPI
3.1; then each role sends what the description allows and what it does not. A status, type, field or object that is not
described, a status from 500 on, bad data that is taken, good data that is called bad, or a missing sign-in that is let
through is a failure. Last come clients that no library plays: broken requests, and a connection on which nothing follows.
"""
import json
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

import openapi_spec_validator

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = str(pathlib.Path(sys.argv[1]).resolve())
ROLES = ["compliance", "counsel", "safety", "security", "incident-lead", "approver", "auditor", "evaluator", "inspector",
         "administrator"]
SCOPES = {
    "compliance": ["read", "write", "approve", "verify"], "counsel": ["read", "write", "approve", "verify"],
    "safety": ["read", "write", "verify"], "security": ["read", "write", "verify"],
    "incident-lead": ["read", "write", "verify"], "approver": ["read", "write", "approve", "verify"],
    "auditor": ["read", "verify"], "evaluator": ["read", "write"], "inspector": ["read", "verify"],
    "administrator": ["read", "verify", "administer"],
}
# The role that is asked most: every parameter at its limits, and missing, and of another type.
THOROUGH = "compliance"
EXAMPLES = os.environ.get("API_FUZZ_EXAMPLES", "2")
# Statuses by which a request may be refused that is as described: rules of the domain decide on it.
CONFIGURATION = """
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "304", "401", "403", "404", "409", "412", "422", "429"]
[checks.negative_data_rejection]
expected-statuses = ["400", "401", "403", "404", "405", "406", "408", "409", "412", "413", "414", "415", "422", "428", "429"]
[checks.missing_required_header]
expected-statuses = ["400", "401", "403", "404", "406", "415", "428"]
"""
failures = 0


def say(name, outcome):
    global failures
    if outcome is not None:
        failures += 1
    print(f"api {name}: " + ("as described" if outcome is None else f"FAILED\n{outcome}"), flush=True)


def systemic(*arguments):
    environment = dict(os.environ, SYSTEMIC_NEW_SECRET="river cactus lamp orbit")
    done = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=120, env=environment)
    if done.returncode != 0:
        raise SystemExit(f"{arguments} ended with {done.returncode}: {done.stderr}")
    return done.stdout


def prepared(folder):
    """A workspace with a model and a person and a token for each role."""
    systemic("init", folder, "--provider", "Fictional Labs", "--origin", "fictional.example")
    systemic("model", "add", str(ROOT / "examples/aurora-planned.yaml"), "--workspace", folder)
    tokens = {}
    for role in ROLES:
        more = {"inspector": ["--request", "made up"], "evaluator": ["--until", "2099-01-01"]}.get(role, [])
        systemic("person", "add", role, "--role", role, "--token", "--workspace", folder, *more)
        scopes = [word for scope in SCOPES[role] for word in ("--scope", scope)]
        made = systemic("token", "create", "fuzz", "--for", role, "--days", "1", "--workspace", folder, *scopes)
        tokens[role] = made.strip().splitlines()[-1].split()[-1]
    return tokens


def ask(base, path, token=None, method="GET"):
    request = urllib.request.Request(base + path, method=method)
    if token:
        request.add_header("Authorization", "Bearer " + token)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def schemathesis(base, folder, role, token):
    configuration = pathlib.Path(folder) / "schemathesis.toml"
    configuration.write_text(CONFIGURATION, encoding="utf-8")
    phases = "examples,coverage,fuzzing" if role == THOROUGH else "fuzzing"
    command = [
        sys.executable, "-m", "schemathesis.cli", "--config-file", str(configuration), "run",
        base + "/api/v1/openapi.json", "--phases", phases, "--max-examples", EXAMPLES, "--checks", "all",
        "--exclude-operation-id", "listen", "--no-shrink", "--continue-on-failure", "--seed", "1",
        "--request-timeout", "60", "--suppress-health-check", "all", "--generation-database", "none",
        "--warnings", "off",
    ]
    if token:
        command += ["--header", "Authorization: Bearer " + token]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, timeout=900)
    return None if done.returncode == 0 else (done.stdout + done.stderr)[-6000:]


def stream(base, token):
    """Server-sent events, which schemathesis would wait for."""
    status, fields, body = ask(base, "/api/v1/events?after=-1&seconds=1", token)
    if status != 200 or not fields["content-type"].startswith("text/event-stream") or b"event: change" not in body:
        return f"{status} {fields} {body[:300]}"
    return None


def guide(base, token, second):
    """The blocks of the guide do what it says."""
    text = (ROOT / "docs/guides/api.md").read_text(encoding="utf-8")
    blocks = [part.split("```")[0] for part in text.split("```sh\n")[1:]]
    environment = dict(
        os.environ, SYSTEMIC_SERVER=base, SYSTEMIC_TOKEN=token, SYSTEMIC_SECOND_TOKEN=second,
        PATH=str(pathlib.Path(PROGRAM).parent) + ":" + os.environ["PATH"])
    for block in blocks:
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", block], capture_output=True, text=True, timeout=60, env=environment)
        if done.returncode != 0 or not done.stdout.strip():
            return f"{block}\nended with {done.returncode}: {done.stdout}{done.stderr}"
    return None if len(blocks) >= 4 else "the guide has no blocks"


def same(base, folder, token):
    """The command line says the same of a server and of a folder."""
    environment = dict(os.environ, SYSTEMIC_TOKEN=token)
    incident = json.loads(systemic("record", "list", "incident", "--format", "json", "--workspace", folder))[-1]["id"]
    for words in [
        ["incident", "list"], ["incident", "list", "--format", "json"], ["incident", "show", incident],
        ["incident", "show", incident, "--format", "json"], ["incident", "statistics", "--format", "json"],
        ["docket"], ["record", "list", "incident-report"],
    ]:
        here = systemic(*words, "--workspace", folder)
        done = subprocess.run(
            [PROGRAM, *words, "--server", base], capture_output=True, text=True, timeout=60, env=environment)
        if done.returncode != 0 or done.stdout.split() != here.split():
            return f"{' '.join(words)}: {done.stdout[:1500]}{done.stderr[:500]}\nbut from the folder: {here[:1500]}"
    return None


def raw(port, text):
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(text)
        answer = b""
        while True:
            piece = connection.recv(65536)
            if not piece:
                return answer
            answer += piece
            if b"\r\n\r\n" in answer:
                return answer


def broken(port, token):
    """Requests as no library sends them: each is refused, and the server goes on."""
    head = b"Host: 127.0.0.1\r\nAuthorization: Bearer " + token.encode() + b"\r\nConnection: close\r\n"
    cases = {
        "a path upwards": (b"GET /api/v1/../../etc/passwd HTTP/1.1\r\n" + head + b"\r\n", b"404"),
        "a path upwards, encoded": (b"GET /api/v1/models/..%2f..%2fetc HTTP/1.1\r\n" + head + b"\r\n", b"404"),
        "no request at all": (b"nonsense\r\n\r\n", b"400"),
        "header fields without end": (b"GET /api/v1/models HTTP/1.1\r\n" + b"X-A: " + b"a" * 70000 + b"\r\n\r\n", None),
    }
    for name, (text, status) in cases.items():
        try:
            answer = raw(port, text)
        except ConnectionError:
            answer = b""
        if status is not None and status not in answer.split(b"\r\n")[0] or b"root:" in answer:
            return f"{name}: {answer[:200]}"
    status, _, _ = ask(f"http://127.0.0.1:{port}", "/healthz")
    return None if status == 200 else f"the server answers {status} afterwards"


def main():
    with tempfile.TemporaryDirectory() as scratch:
        folder = str(pathlib.Path(scratch) / "workspace")
        tokens = prepared(folder)
        with open(pathlib.Path(scratch) / "log", "w+", encoding="utf-8") as log:
            server = subprocess.Popen(
                [PROGRAM, "serve", "--workspace", folder, "--listen", "127.0.0.1:0"], stdout=log, stderr=log,
                env=dict(os.environ, SYSTEMIC_INTAKE_PUBLIC="yes", SYSTEMIC_INTAKE_CONFIDENTIAL="yes"))
            try:
                port = listening(log, server)
                base = f"http://127.0.0.1:{port}"
                # Says nothing more: closed by the server, which is looked at when all else is done.
                silent = socket.create_connection(("127.0.0.1", port))
                silent.sendall(b"GET /api/v1/models HTTP/1.1\r\nHost: x\r\n")
                began = time.monotonic()
                document = json.loads(ask(base, "/api/v1/openapi.json")[2])
                try:
                    openapi_spec_validator.validate(document)
                    say(f"description of {sum(map(len, document['paths'].values()))} operations", None)
                except Exception as error:
                    say("description", str(error)[:2000])
                say("stream", stream(base, tokens["compliance"]))
                say("broken requests", broken(port, tokens["compliance"]))
                say("blocks of the guide", guide(base, tokens["compliance"], tokens["approver"]))
                say("the same by --server", same(base, folder, tokens["compliance"]))
                for role in [*ROLES, "stranger"]:
                    at = time.monotonic()
                    outcome = schemathesis(base, scratch, role, tokens.get(role))
                    say(f"{role}, {time.monotonic() - at:.0f} s", outcome)
                silent.settimeout(max(1, 45 - (time.monotonic() - began)))
                try:
                    silent.recv(1024)
                    say("a client that says nothing", None)
                except TimeoutError:
                    say("a client that says nothing", "the server still waits after 45 seconds")
            finally:
                server.terminate()
                server.wait(timeout=30)
        report = systemic("journal", "verify", folder)
        say("journal after all of it", None if "nothing was found" in report else report[-2000:])
    sys.exit(1 if failures else 0)


def listening(log, server):
    for _ in range(300):
        log.seek(0)
        for line in log.read().splitlines():
            if "the desk is at http://" in line:
                return int(line.rsplit(":", 1)[1])
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise SystemExit("the server does not listen")


if __name__ == "__main__":
    main()
