"""The docket of many open incidents, and the pages of incidents at 50 users."""
import json
import re

from bench.desk import P99_MS, USERS, Load, field, secret, serving
from bench.report import clear, line, median, note, setting

DOCKET_SECONDS = 0.3


def docket(programs, folder):
    """Every deadline of the open incidents, read from the records and computed anew."""
    count, path = setting("BENCH_INCIDENTS", 10_000), folder / "incidents"
    told = json.loads(programs.inside("incidents", path, count).splitlines()[-1])
    seconds = told["milliseconds"] / 1000
    line(f"docket of {count} open incidents", f"{DOCKET_SECONDS} s", f"{seconds:.3f} s", DOCKET_SECONDS / seconds)
    note(f"{told['deadlines']} deadlines, each with start, both readings and what is missing; median of 9")
    clear(path)


def pages(programs, folder):
    """List and detail, asked by users who never pause."""
    count, path = setting("BENCH_INCIDENTS_DESK", 100_000), folder / "incidents-desk"
    rounds, seconds = setting("BENCH_ROUNDS", 5), setting("BENCH_SECONDS", 4)
    programs.inside("incidents", path, count)
    person = secret(programs, "person", "token", "bench", "--workspace", path)
    try:
        with serving(programs, path) as server:
            cookies = server.signed_in(person)
            text = server.patiently("/incidents", field(cookies[0]))
            record = re.search(r'href="(/incidents/[a-z0-9]{12})"', text).group(1)
            server.patiently(record, field(cookies[0]))
            load = Load(folder, cookies)
            load.run(server.port, "/incidents", 1)
            for name, page in [("list of incidents", "/incidents"), ("an incident", record)]:
                rows = [load.run(server.port, page, seconds) for _ in range(rounds)]
                middle, worst = median([row[1] for row in rows]), median([row[2] for row in rows])
                line(f"{name}, {USERS} users, p99", f"{P99_MS} ms", f"{worst:.1f} ms", P99_MS / worst)
                note(f"{count} incidents; p50 {middle:.1f} ms, {median([row[0] for row in rows]):.0f} pages/s")
    finally:
        clear(path)
