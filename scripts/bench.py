#!/usr/bin/env python3
"""bench.py PROGRAM [JOURNALBENCH]: figures of the release build against their targets; always ends with status 0.

One line a benchmark: name, target, figure, ratio (above 1 is better than the target), met or missed.
Indented lines have no target: they say what was compared, in the same run.

BENCH_MB (1024) is the size of the generated logs, BENCH_ENTRIES (1000000) that of the large journals, BENCH_RECORDS
(10000) the number of open records, BENCH_RECORDS_DESK (100000) that of the records behind the desk; BENCH_ROUNDS (5) of
BENCH_SECONDS (4) each compare two programs. BENCH_ONLY names the parts to run: classify, import, append, verify, open,
desk, intake, incidents. Everything lives in a temporary folder below BENCH_FOLDER (/var/tmp: databases must wait for a real disk), which
is removed.
"""
import os
import pathlib
import shutil
import sys
import tempfile

sys.dont_write_bytecode = True  # nothing is left in the source tree

from bench import append, classify, desk, imports, incidents, intake, journal, report


def main():
    programs = report.Programs(*sys.argv[1:3])
    os.umask(0o022)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="systemic-bench-", dir=report.setting("BENCH_FOLDER", "/var/tmp")))
    folder.chmod(0o755)  # PostgreSQL runs as another user, in a folder of its own below
    parts = {
        "classify": [classify.opinion, classify.table],
        "import": [imports.tables, imports.lines],
        "append": [append.concurrent, append.single],
        "verify": [journal.verify],
        "open": [journal.opening, journal.docket],
        "desk": [desk.desk],
        "intake": [intake.intake],
        "incidents": [incidents.docket, incidents.pages],
    }
    wanted = report.setting("BENCH_ONLY", " ".join(parts)).replace(",", " ").split()
    report.head()
    try:
        for name in wanted:
            for work in parts.get(name, []):
                try:
                    work(programs, folder)
                except Exception as error:  # a figure that cannot be had is shown, and the rest goes on
                    print(f"not measured: {name}: {error}", flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


main()
