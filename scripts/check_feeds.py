#!/usr/bin/env python3
"""check_feeds.py PROGRAM: other people's libraries understand what `systemic serve` sends.

Webhooks by `standardwebhooks`, also when the server is killed and the receiver is down; mail by `aiosmtpd`, in the open on
loopback, over STARTTLS and over TLS, with a name and password; syslog over TLS by rsyslog;
the calendar by `icalendar`; files by pandoc and poppler. All on loopback, in a folder that is gone afterwards.
"""
import atexit
import datetime
import email
import email.policy
import http.server
import json
import os
import pathlib
import re
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

import icalendar
from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

program = str(pathlib.Path(sys.argv[1]).resolve())
work = pathlib.Path(tempfile.mkdtemp(prefix="feeds-"))
records = work / "records"


def run(*arguments, status=0, **environment):
    done = subprocess.run(
        [program, *map(str, arguments)], capture_output=True, text=True, timeout=120,
        env={**os.environ, "SYSTEMIC_WORKSPACE": str(records), **environment},
    )
    if done.returncode != status:
        raise SystemExit(f"{arguments} ended with {done.returncode}: {done.stdout}{done.stderr}")
    return done.stdout


def wait(what, condition, seconds=30):
    for _ in range(seconds * 20):
        found = condition()
        if found:
            return found
        time.sleep(0.05)
    raise SystemExit(f"{what} did not come about in {seconds} seconds")


class Receiver:
    """Takes messages, or says that it cannot."""

    def __init__(self):
        self.came, self.down = [], False
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                outer.came.append((dict(self.headers.items()), body, not outer.down))
                self.send_response(503 if outer.down else 204)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.port = self.server.server_address[1]

    def taken(self):
        return [(fields, body) for fields, body, was_taken in self.came if was_taken]


class Authority:
    """A certificate for this machine, and what trusts it; a file of another that does not."""

    def __init__(self, name):
        self.trust, self.whole, self.key = (work / f"{name}-{part}.pem" for part in ("trust", "server", "key"))
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
        now = datetime.datetime.now(datetime.timezone.utc)
        certificate = (
            x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
            .serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
            .sign(key, hashes.SHA256())
        )
        self.trust.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        self.key.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        self.whole.write_bytes(self.trust.read_bytes() + self.key.read_bytes())

    def context(self):
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.whole)
        return context


class Collector:
    """rsyslog, which takes lines of syslog over TLS with the certificate of an authority of its own and writes what it read."""

    def __init__(self, authority):
        self.trust, self.file = authority.trust, work / "syslog.jsonl"
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        configuration = work / "rsyslog.conf"
        configuration.write_text(
            f"""global(workDirectory="{work}" defaultNetstreamDriver="ossl" defaultNetstreamDriverCAFile="{authority.trust}"
  defaultNetstreamDriverCertFile="{authority.trust}" defaultNetstreamDriverKeyFile="{authority.key}")
module(load="imtcp" streamDriver.name="ossl" streamDriver.mode="1" streamDriver.authMode="anon")
template(name="read" type="list") {{ property(name="jsonmesg") constant(value="\\n") }}
input(type="imtcp" address="127.0.0.1" port="{self.port}")
action(type="omfile" file="{self.file}" template="read")
"""
        )
        self.process = subprocess.Popen(
            ["rsyslogd", "-n", "-f", configuration, "-i", work / "rsyslog.pid"],
            stdout=subprocess.DEVNULL, stderr=open(work / "rsyslog.log", "w"),
        )
        atexit.register(self.process.kill)
        wait("a listener of rsyslog", self.listens)

    def listens(self):
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
            return True
        except OSError:
            return self.process.poll() is not None

    def lines(self):
        """What it read, an object for each line."""
        text = self.file.read_text() if self.file.exists() else ""
        # What was said to it without a message of ours is its own word about the connection.
        read = (json.loads(line) for line in text.splitlines() if line.endswith("}"))
        return [line for line in read if line["app-name"] == "systemic"]


class Mailbox:
    def __init__(self):
        self.messages = []

    async def handle_DATA(self, server, session, envelope):
        self.messages.append((envelope.rcpt_tos, email.message_from_bytes(envelope.content, policy=email.policy.default)))
        return "250 taken"


started = []
atexit.register(lambda: [process.kill() for process in started])


def serve(log):
    process = subprocess.Popen(
        [program, "serve"], stdout=subprocess.PIPE, stderr=log, text=True,
        env={**os.environ, "SYSTEMIC_WORKSPACE": str(records)},
    )
    started.append(process)
    for line in process.stdout:
        if found := re.search(r"http://127\.0\.0\.1:(\d+)", line):
            threading.Thread(target=process.stdout.read, daemon=True).start()
            return process, int(found[1])
    raise SystemExit("the server did not start")


def ask(port, path, form=None, cookie=None, **fields):
    data = urllib.parse.urlencode(form).encode() if form is not None else None
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", data=data, headers=fields)
    if cookie:
        request.add_header("Cookie", cookie)

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_):
            return None

    try:
        answer = urllib.request.build_opener(Stay).open(request, timeout=30)
    except urllib.error.HTTPError as error:
        answer = error
    return answer.status, answer.headers, answer.read().decode()


def add_model(name):
    run("record", "add", "model", "--set", f"name={name}")


own, other = Authority("own"), Authority("other")
receiver, collector, mailbox = Receiver(), Collector(own), Mailbox()
sink = Controller(mailbox, hostname="127.0.0.1", port=0)
with socket.create_server(("127.0.0.1", 0)) as free:
    sink.port = free.getsockname()[1]
sink.start()
run("init", records, "--provider", "Fictional Labs")
run("person", "add", "jane.doe", "--role", "compliance", SYSTEMIC_NEW_SECRET="river cactus lamp orbit")
run("person", "mail", "jane.doe", "jane.doe@example.org")
(records / "systemic.yaml").write_text(
    f"""listen: 127.0.0.1:0
address: https://desk.example.org
webhooks:
  allow_private: yes
mail:
  via: smtp
  host: 127.0.0.1
  port: {sink.port}
  security: none
  from: desk@example.org
  hour: 0
forwarding:
  to: syslog
  host: localhost
  port: {collector.port}
  trust: {collector.trust}
  allow_private: yes
"""
)
print(run("config", "check").strip())
made = run("webhook", "add", "Tickets", f"http://127.0.0.1:{receiver.port}/in", "--event", "model.*")
secret = re.search(r"whsec_\S+", made)[0]
assert secret not in run("config", "show") + run("webhook", "list")

# Webhooks: some taken, the server killed, some while the receiver is down, all of them in the end.
log = open(work / "serve.log", "w")
process, port = serve(log)
for number in range(5):
    add_model(f"Fictional {number}")
wait("the first messages", lambda: len(receiver.taken()) >= 5)
process.send_signal(signal.SIGKILL)
process.wait()
receiver.down = True
for number in range(5, 8):
    add_model(f"Fictional {number}")
process, port = serve(log)
wait("an attempt while the receiver is down", lambda: any(not taken for _, _, taken in receiver.came))
process.send_signal(signal.SIGKILL)
process.wait()
receiver.down = False
process, port = serve(log)
wait("the rest of the messages", lambda: len({fields["webhook-id"] for fields, _ in receiver.taken()}) >= 8)
hook = Webhook(secret)
entries = {}
for fields, body, _ in receiver.came:
    message = hook.verify(body, fields)
    entries.setdefault(message["data"]["entry"], set()).add((fields["webhook-id"], body))
    try:
        hook.verify(body.replace(b"model", b"modem"), fields)
        raise SystemExit("a changed message was taken")
    except WebhookVerificationError:
        pass
assert len(entries) == 8 and all(len(found) == 1 for found in entries.values()), entries
order = [json.loads(body)["data"]["entry"] for _, body in receiver.taken()]
assert sorted(set(order)) == list(dict.fromkeys(order)), order
print(f"webhooks: 8 messages in order, {len(receiver.came)} attempts, each entry one id, all signatures verified")

# Syslog: RFC 5424 lines in RFC 5425 frames, every entry of the access log once.
wait("lines of syslog", lambda: len(collector.lines()) >= 2)
pattern = re.compile(r'<1(08|10)>1 \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ [!-~]+ systemic - [!-~]{1,32} \[systemic@32473( [a-z]+="([^"\\\]]|\\.)*")+\] [^\n]+')
numbers = []
for line in collector.lines():
    assert pattern.fullmatch(line["rawmsg"]), line
    # The parts as somebody else reads them.
    assert line["protocol-version"] == "1" and line["procid"] == "-" and line["msgid"] != "-", line
    assert line["syslogfacility"] == "13" and line["syslogseverity"] in ("4", "6"), line
    assert line["structured-data"].startswith("[systemic@32473 ") and line["msg"].strip(), line
    numbers.append(int(re.search(r'entry="(\d+)"', line["structured-data"])[1]))
assert numbers == list(range(len(numbers))), numbers
assert "jane" not in collector.file.read_text()
print(f"syslog over TLS: rsyslog read {len(numbers)} lines in order")

# Mail: the model has a deadline within 30 days when the threshold is known.
key = re.search(r"model/[0-9a-z]+", run("search", "Fictional"))[0]
run("record", "event", key, "threshold-known")
process.send_signal(signal.SIGTERM)
assert process.wait(timeout=30) == 0
process, port = serve(log)
recipients, mail = wait("a reminder", lambda: mailbox.messages)[0]
text = mail.get_content()
assert recipients == ["jane.doe@example.org"] and mail["Subject"].startswith("Systemic: "), mail
assert "Regulatory deadline, " in text and "Fictional" not in text and "/docket" in text, text
print(f"mail: {mail['Subject']!r}, without titles")

# A forgotten passphrase: the link comes by mail, lets in once, and the answer is the same for whoever is not there.
_, _, known = ask(port, "/sign-in/forgotten", form={"name": "jane.doe"})
_, _, unknown = ask(port, "/sign-in/forgotten", form={"name": "nobody"})
assert known == unknown, "the answer tells who is registered"
wait("a link by mail", lambda: len(mailbox.messages) >= 2)
recipients, mail = mailbox.messages[-1]
link = re.search(r"https://desk\.example\.org(/sign-in/link/\S+)", mail.get_content())[1]
assert recipients == ["jane.doe@example.org"] and mail["Subject"] == "Systemic: A link to sign in"
assert ask(port, link, form={})[0] == 303 and ask(port, link, form={})[0] == 401
print("a forgotten passphrase: a link by mail, good once")

# The calendar of a person.
link = re.search(r"/sign-in/link/\S+", run("person", "link", "jane.doe"))[0]
_, fields, _ = ask(port, link, form={})
cookie = fields["Set-Cookie"].split(";")[0]
_, _, page = ask(port, "/account/calendar", cookie=cookie)
form_key = re.search(r'name="key" value="([0-9a-f]+)"', page)[1]
_, _, page = ask(port, "/account/calendar", form={"key": form_key}, cookie=cookie)
path = re.search(r"/calendar/sys_[^\"]+", page)[0]
status, fields, feed = ask(port, path)
assert status == 200 and fields["Content-Type"] == "text/calendar; charset=utf-8"
events = list(icalendar.Calendar.from_ical(feed).walk("VEVENT"))
assert events and all(str(event["SUMMARY"]).startswith("Regulatory deadline, ") for event in events)
assert all(event["UID"] and event["DTSTAMP"] and event["SEQUENCE"] is not None for event in events)
assert ask(port, path[:-5] + ("y" if path[-5] == "x" else "x") + ".ics")[0] == 404
print(f"calendar: {len(events)} events under neutral titles")

# Health, readiness, measures, log.
assert ask(port, "/healthz")[0] == 200 and ask(port, "/readyz")[0] == 200
assert "systemic_request_duration_seconds_count" in ask(port, "/metrics")[2]
process.send_signal(signal.SIGTERM)
assert process.wait(timeout=30) == 0
log.close()
lines = [line for line in (work / "serve.log").read_text().splitlines() if line.startswith("{")]
assert lines and all({"time", "level", "message"} <= set(json.loads(line)) for line in lines)
whole = (work / "serve.log").read_text()
assert path.split("/")[2][:20] not in whole and link.split("/")[-1] not in whole and secret not in whole
print(f"log: {len(lines)} lines of JSON, no secret in them")
sink.stop()


class Signed:
    """Takes mail from whoever signs in over a protected connection."""

    def __init__(self, is_implicit):
        self.box, self.tries = Mailbox(), []
        more = {} if is_implicit else {"tls_context": own.context(), "require_starttls": True}
        self.controller = Controller(
            self.box, hostname="127.0.0.1", port=0, ssl_context=own.context() if is_implicit else None,
            authenticator=self.check, auth_required=True, auth_require_tls=not is_implicit, server_kwargs=more)
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.controller.port = free.getsockname()[1]
        # It looks whether it answers by a connection of its own, which knows nothing of its certificate.
        self.controller._trigger_server = lambda: socket.create_connection(
            ("127.0.0.1", self.controller.port), timeout=5).close()
        self.controller.start()

    def check(self, server, session, envelope, mechanism, data):
        from aiosmtpd.smtp import AuthResult

        is_protected = server.transport.get_extra_info("ssl_object") is not None
        self.tries.append((data.login, data.password, is_protected))
        return AuthResult(success=(data.login, data.password) == (b"desk", b"wind over reeds"))


def forgotten(security, server, trust, password):
    """Asks for a link over a mail server; gives what the server and the log then know."""
    (records / "password").write_text(password + "\n")
    (records / "systemic.yaml").write_text(
        f"""listen: 127.0.0.1:0
address: https://desk.example.org
mail:
  via: smtp
  host: localhost
  port: {server.controller.port}
  security: {security}
  user: desk
  password_file: {records / "password"}
  trust: {trust}
  from: desk@example.org
""")
    said = work / "mail.log"
    with open(said, "w") as log:
        process, port = serve(log)
        before = len(server.box.messages)
        assert ask(port, "/sign-in/forgotten", form={"name": name})[0] == 200
        wait("mail, or why not", lambda: len(server.box.messages) > before or "was not sent" in said.read_text())
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
    assert password not in said.read_text()
    return len(server.box.messages) - before


for security, is_implicit in (("starttls", False), ("tls", True)):
    server = Signed(is_implicit)
    for number, (trust, password, wanted) in enumerate((
        (own.trust, "wind over reeds", 1), (own.trust, "another password", 0), (other.trust, "wind over reeds", 0))):
        name = f"{security}.{number}"
        run("person", "add", name, "--role", "counsel", SYSTEMIC_NEW_SECRET="river cactus lamp orbit")
        run("person", "mail", name, name + "@example.org")
        tries = len(server.tries)
        found = forgotten(security, server, trust, password)
        assert found == wanted, (security, number, found)
        assert trust == own.trust or len(server.tries) == tries, "a password went to a server that is not trusted"
    assert server.tries and all(is_protected for _, _, is_protected in server.tries), server.tries
    server.controller.stop()
    print(f"mail over {security}: signed in, one message; a wrong password and another authority are refused")

subprocess.run(["rm", "-rf", str(work)], check=True)
print("feeds: understood by others, " + "webhooks, syslog, mail, calendar, log")
