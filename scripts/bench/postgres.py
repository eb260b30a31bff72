"""A PostgreSQL cluster of our own: made in a folder, driven by pgbench, removed."""
import os
import pathlib
import pwd
import re
import subprocess

BINARIES = pathlib.Path("/usr/lib/postgresql/15/bin")
CLIENTS = 128
# 512 bytes a row; the server computes the literal once, when it prepares the statement.
INSERT = "insert into entry (version, entry) values (1, decode(repeat('6162636465666768', 64), 'hex'));\n"
TABLE = "create table entry (id bigserial primary key, version integer not null, entry bytea not null)"


class Cluster:
    """Durable as it comes (fsync and synchronous_commit are on); only the number of connections is raised."""

    def __init__(self, folder):
        if not (BINARIES / "pgbench").exists():
            raise RuntimeError("PostgreSQL 15 is not here; run: scripts/install-tools.sh bench")
        self.folder = pathlib.Path(folder) / "postgres"
        self.folder.mkdir()
        self.user = None
        if os.geteuid() == 0:  # the server refuses to run as root
            names = {entry.pw_name for entry in pwd.getpwall()}
            self.user = "postgres" if "postgres" in names else "nobody"
            account = pwd.getpwnam(self.user)
            os.chown(self.folder, account.pw_uid, account.pw_gid)

    def __enter__(self):
        data = self.folder / "data"
        self.do("initdb", "--auth=trust", "--username=bench", "--pgdata", data)
        options = f"-k {self.folder} -c listen_addresses= -c max_connections={CLIENTS + 20}"
        self.do("pg_ctl", "--pgdata", data, "--log", self.folder / "log", "--options", options, "--wait", "start")
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            if self.ask(f"show {name}") != "on":
                raise RuntimeError(f"PostgreSQL runs without {name}")
        self.ask(TABLE)
        (self.folder / "insert.sql").write_text(INSERT)
        return self

    def __exit__(self, *_):
        self.do("pg_ctl", "--pgdata", self.folder / "data", "--mode=immediate", "stop")

    def rows_per_second(self, seconds):
        """Of all clients together, each waiting for its row, from an empty table on."""
        self.ask("truncate entry")
        self.ask("checkpoint")
        text = self.do(
            "pgbench", "--no-vacuum", "--host", self.folder, "--username=bench", f"--client={CLIENTS}", "--jobs=2",
            f"--time={seconds}", "--protocol=prepared", "--file", self.folder / "insert.sql", "postgres")
        return float(re.search(r"tps = ([0-9.]+)", text).group(1))

    def ask(self, statement):
        words = ["--host", self.folder, "--username=bench", "--no-psqlrc", "--tuples-only", "--no-align"]
        return self.do("psql", *words, "--command", statement, "postgres").strip()

    def do(self, program, *words):
        command = [str(BINARIES / program), *map(str, words)]
        # Into a file: the server keeps its output open, and a pipe would never end.
        with open(self.folder.parent / "postgres.out", "w+b") as output:
            status = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, cwd=self.folder,
                **({"user": self.user, "group": self.user_group(), "extra_groups": []} if self.user else {}),
            ).returncode
            output.seek(0)
            text = output.read().decode(errors="replace")
        if status != 0:
            raise RuntimeError(f"{program} ended with {status}: {text.strip()[-500:]}")
        return text

    def user_group(self):
        return pwd.getpwnam(self.user).pw_gid
