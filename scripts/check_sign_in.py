#!/usr/bin/env python3
"""check_sign_in.py PROGRAM: other people's tools agree with how people sign in.

Tries the commonest passphrases of Django's list against the rule that refuses them. Signs somebody in through `oidc-provider-mock` from PyPI, reads the picture of a second factor with zbarimg where that is
installed, and asks the server's own TLS with openssl. Prints a line for each; ends with status 1 and the reason if
anything is wrong. Everybody in it is made up.
"""
import gzip
import http.client
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse

PASSPHRASE = "river cactus lamp orbit"


def require(condition, reason):
    if not condition:
        raise SystemExit(f"check_sign_in: {reason}")


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for(port):
    for _ in range(100):
        with socket.socket() as caller:
            if caller.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    require(False, f"nothing listens on {port}")


class Browser:
    """Keeps cookies and follows nothing by itself."""

    def __init__(self, port):
        self.port, self.cookies = port, {}

    def ask(self, method, path, form=None, port=None):
        connection = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=20)
        fields = {"cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if form is not None:
            body = urllib.parse.urlencode(form)
            fields["content-type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body, fields)
        answer = connection.getresponse()
        if port is None:
            for name, value in answer.getheaders():
                if name.lower() == "set-cookie":
                    key, _, rest = value.partition("=")
                    self.cookies[key] = rest.split(";")[0]
        return answer.status, answer.getheader("location"), answer.read().decode()


def through_provider(program, folder, mock, environment):
    """The whole way through somebody else's identity provider, with PKCE, state and nonce."""
    at, port = free_port(), free_port()
    claims = json.dumps({"sub": "bob", "groups": ["lawyers"], "preferred_username": "bob.example"})
    configuration = folder / "provider.json"
    configuration.write_text(json.dumps({
        "name": "Mock", "issuer": f"http://127.0.0.1:{at}", "client_id": "systemic", "in_house": True,
        "address": f"http://127.0.0.1:{port}", "roles_claim": "groups",
        "roles": {"lawyers": "counsel"}, "name_claim": "preferred_username"}))
    provider = subprocess.Popen(
        [mock, "-p", str(at), "--user-claims", claims], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    server = subprocess.Popen(
        [program, "serve", "-w", folder / "w", "--listen", f"127.0.0.1:{port}"],
        env=environment | {"SYSTEMIC_OIDC_PROVIDER": str(configuration), "SYSTEMIC_OIDC_SECRET": "shared secret"},
        stdout=subprocess.DEVNULL)
    try:
        wait_for(at)
        wait_for(port)
        browser = Browser(port)
        status, place, text = browser.ask("GET", "/sign-in/provider?to=/account")
        require(status == 303 and "code_challenge_method=S256" in place, f"no departure: {status} {text[-300:]}")
        path = place.removeprefix(f"http://127.0.0.1:{at}")
        status, place, text = browser.ask("POST", path, {"sub": "bob"}, port=at)
        require(status in (302, 303) and place, f"the mock did not let in: {status} {text[-300:]}")
        status, place, text = browser.ask("GET", place.removeprefix(f"http://127.0.0.1:{port}"))
        require(status == 303 and place == "/account", f"no arrival: {status} {text[-600:]}")
        status, _, text = browser.ask("GET", "/account")
        require(status == 200 and "counsel" in text and "auditor" not in text, "the roles are not those of the mapping")
        print("oidc-provider-mock: signed in, roles from the mapping")
        return picture(browser, folder)
    finally:
        for process in (server, provider):
            process.terminate()
            process.wait(20)


def picture(browser, folder):
    """The picture of a second factor holds the secret that stands beside it."""
    if not shutil.which("zbarimg"):
        return print("zbarimg: not installed, the picture was not read")
    _, _, text = browser.ask("GET", "/account/second-factor")
    key = re.search(r'name="key" value="([0-9a-f]+)"', text).group(1)
    status, _, _ = browser.ask("POST", "/account/second-factor/begin", {"key": key, "current": PASSPHRASE})
    require(status == 303, f"no second factor was begun: {status}")
    _, _, text = browser.ask("GET", "/account/second-factor")
    secret = re.search(r"Secret: <code>([A-Z2-7]{32})<", text).group(1)
    side = int(re.search(r'class="qr" viewBox="0 0 (\d+)', text).group(1))
    dark = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", text)}
    scale = 6
    rows = [" ".join("1" if (x // scale, y // scale) in dark else "0" for x in range(side * scale))
            for y in range(side * scale)]
    image = folder / "code.pbm"
    image.write_text(f"P1\n{side * scale} {side * scale}\n" + "\n".join(rows))
    read = subprocess.run(["zbarimg", "-q", "--raw", image], capture_output=True, text=True).stdout.strip()
    wanted = f"otpauth://totp/Systemic:bob.example?secret={secret}&issuer=Systemic"
    require(read == wanted, f"the picture says {read!r}")
    print("zbarimg: the picture holds the secret")


def over_tls(program, folder, environment):
    """TLS 1.2 and 1.3 are spoken, and nothing older."""
    chain, key, port = folder / "chain.pem", folder / "key.pem", free_port()
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days", "2",
         "-keyout", key, "-out", chain], check=True, capture_output=True)
    server = subprocess.Popen(
        [program, "serve", "-w", folder / "w", "--listen", f"127.0.0.1:{port}"],
        env=environment | {"SYSTEMIC_TLS_CERTIFICATE": str(chain), "SYSTEMIC_TLS_KEY": str(key)}, stdout=subprocess.DEVNULL)
    try:
        wait_for(port)
        for version, is_spoken in (("tls1", False), ("tls1_1", False), ("tls1_2", True), ("tls1_3", True)):
            answer = subprocess.run(
                ["openssl", "s_client", "-connect", f"127.0.0.1:{port}", f"-{version}", "-cipher",
                 "ALL:@SECLEVEL=0"], stdin=subprocess.DEVNULL, capture_output=True)
            require((answer.returncode == 0) == is_spoken, f"{version}: status {answer.returncode}")
        print("openssl: TLS 1.2 and 1.3, nothing older")
    finally:
        server.terminate()
        server.wait(20)


def commonest(program, folder, environment):
    """Every passphrase of somebody else's list of the commonest that is long enough is refused."""
    import django.contrib.auth

    packed = pathlib.Path(django.contrib.auth.__file__).parent / "common-passwords.txt.gz"
    passphrases = [line for line in gzip.decompress(packed.read_bytes()).decode().split("\n") if line]
    long = [text for text in passphrases if len(text) >= 15]
    require(len(passphrases) > 3000 and long, "Django has no list")
    for text in long:
        done = subprocess.run(
            [program, "person", "passphrase", "bob.example", "-w", folder / "w"],
            env=environment | {"SYSTEMIC_NEW_SECRET": text}, capture_output=True, text=True)
        require(done.returncode == 1 and "passphrase" in done.stderr, f"{text!r} was taken: {done.stdout}{done.stderr}")
    print(f"Django: {len(passphrases)} of the commonest, the {len(long)} with 15 characters or more are refused")


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    beside = pathlib.Path(sys.executable).parent / "oidc-provider-mock"
    mock = str(beside) if beside.exists() else shutil.which("oidc-provider-mock")
    require(mock, "oidc-provider-mock is missing: make install-tools")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        environment = dict(os.environ) | {"SYSTEMIC_NEW_SECRET": PASSPHRASE}
        run = [[program, "init", folder / "w", "--provider", "Fictional Labs"],
               [program, "person", "add", "bob.example", "--role", "auditor", "-w", folder / "w"]]
        for command in run:
            done = subprocess.run(command, env=environment, capture_output=True, text=True)
            require(done.returncode == 0, done.stderr)
        commonest(program, folder, environment)
        through_provider(program, folder, mock, environment)
        over_tls(program, folder, environment)


if __name__ == "__main__":
    main()
