"""Durable appends: many callers beside PostgreSQL, one caller beside pymerkle."""
import json
import shutil
import sys

from bench.postgres import CLIENTS, Cluster
from bench.report import clear, line, median, note, paired, run, setting

CALLERS = 256
# Rows a second of ours for one of PostgreSQL; half the time of pymerkle.
TIMES_POSTGRES = 1.5
PART_OF_PYMERKLE = 0.5

# Prints the median time of one append in milliseconds; the tree begins with so many entries.
PYMERKLE = """
import os, statistics, sys, time
from pymerkle import SqliteTree
path, earlier, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
tree = SqliteTree(path)
if earlier:
    tree.append_entries(os.urandom(512) for _ in range(earlier))
times, end = [], time.perf_counter() + seconds
while time.perf_counter() < end:
    entry = os.urandom(512)
    start = time.perf_counter()
    tree.append_entry(entry)
    times.append(time.perf_counter() - start)
print(statistics.median(times) * 1000, tree.con.execute("PRAGMA synchronous").fetchone())
"""


def appended(programs, folder, callers, seconds, earlier=0):
    """Figures of our appends into a new workspace."""
    path = folder / "appended"
    try:
        return json.loads(programs.inside("append", path, callers, seconds, earlier))
    finally:
        clear(path)


def concurrent(programs, folder):
    rounds, seconds = setting("BENCH_ROUNDS", 5), setting("BENCH_SECONDS", 4)
    with Cluster(folder) as cluster:
        pairs = paired(
            rounds, lambda: appended(programs, folder, CALLERS, seconds), lambda: cluster.rows_per_second(seconds))
    times = median([own["rows_per_second"] / their for own, their in pairs])
    line(
        f"durable appends, {CALLERS} callers : PostgreSQL 15", f"{TIMES_POSTGRES} times", f"{times:.2f} times",
        times / TIMES_POSTGRES)
    own = {name: median([own[name] for own, _ in pairs]) for name in pairs[0][0]}
    note(
        f"ours {own['rows_per_second']:.0f} rows/s, p50 {own['p50_ms']:.1f} ms, p99 {own['p99_ms']:.1f} ms;"
        f" pgbench with {CLIENTS} clients {median([their for _, their in pairs]):.0f} rows/s;"
        f" medians of {rounds} rounds of {seconds} s, in turn")
    note(
        f"a row of ours: entry {own['entry_bytes']:.0f} and sealed content {own['content_bytes']:.0f} bytes, and beside"
        f" them the record's sealed state, {own['state_bytes']:.0f} bytes, and key; a row of PostgreSQL: 512 bytes")
    synced(programs, folder)


def synced(programs, folder):
    """Rows and fsyncs of an append, in a run of its own: counting slows it down."""
    syncs = None
    if shutil.which("strace"):
        path, counts = folder / "appended", folder / "strace.out"
        command = ["strace", "-f", "-c", "-e", "trace=fsync,fdatasync", "-o", counts, programs.journalbench]
        figures = json.loads(run(*command, "append", path, CALLERS, 2)[2])
        clear(path)
        words = [row.split() for row in counts.read_text().splitlines()]
        syncs = sum(int(row[3]) for row in words if row and row[-1] in ("fsync", "fdatasync"))
    else:
        figures = appended(programs, folder, CALLERS, 2)
    rows, commits = figures["rows"], figures["commits"]
    note(f"rows per commit {rows / commits:.0f}: {rows} rows in {commits} commits (the store's own count)")
    if syncs is not None:
        note(
            f"fsyncs per append {syncs / rows:.4f}: {syncs} fsyncs and fdatasyncs"
            " (strace, the making of the workspace included)")


def pymerkle(folder, earlier, seconds):
    """Median milliseconds of its durable append."""
    path = folder / "pymerkle.db"
    _, _, text = run(sys.executable, "-c", PYMERKLE, path, earlier, seconds)
    path.unlink()
    middle, synchronous = text.split()
    if synchronous != "2":
        raise RuntimeError(f"pymerkle's database is opened with synchronous = {synchronous}, not FULL")
    return float(middle)


def single(programs, folder):
    rounds, seconds = setting("BENCH_ROUNDS", 5), max(1, setting("BENCH_SECONDS", 4) // 2)
    for earlier in (0, 10_000):
        pairs = paired(
            rounds, lambda: appended(programs, folder, 1, seconds, earlier)["p50_ms"],
            lambda: pymerkle(folder, earlier, seconds))
        part = median([own / their for own, their in pairs])
        line(
            f"one durable append, p50 : pymerkle, from {earlier} rows", f"{PART_OF_PYMERKLE} of it",
            f"{part:.2f} of it", PART_OF_PYMERKLE / part)
        note(
            f"ours {median([own for own, _ in pairs]):.3f} ms,"
            f" SqliteTree {median([their for _, their in pairs]):.3f} ms"
            f" (its defaults: rollback journal, synchronous FULL); medians of {rounds} rounds, in turn")
