#!/usr/bin/env python3
"""bench.py PROGRAM: figures of the release build against their targets; always ends with status 0.

One line a benchmark: name, target, figure, ratio (above 1 is better than the target), met or missed.
Lines of DuckDB have no target: it reads the same file in the same run, for comparison.
BENCH_MB (1024) is the size of the generated logs. They live in a temporary folder, which is removed.
"""
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = str(pathlib.Path(sys.argv[1]).resolve())
MEGABYTES = max(1, int(os.environ.get("BENCH_MB") or 1024))
ROWS = 100_000
PEAK_MIB = 64

DUCKDB = """
import sys, time
import duckdb
connection = duckdb.connect()
connection.execute("SET enable_progress_bar = false")
if sys.argv[2] != "default":
    connection.execute("SET threads = " + sys.argv[2])
start = time.perf_counter()
connection.execute("SELECT count(*), sum(tokens), sum(seconds), max(step) FROM read_csv(?)", [sys.argv[1]]).fetchall()
print(time.perf_counter() - start)
"""


def line(name, target, figure, ratio=None):
    verdict = "" if ratio is None else f"{ratio:6.2f}  {'met' if ratio >= 1 else 'missed'}"
    print(f"{name:<44} {target:>16} {figure:>20}  {verdict}".rstrip(), flush=True)


def run(*command):
    """Seconds, peak memory in MiB and standard output of a program that must succeed or answer."""
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.DEVNULL, cwd=ROOT)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 10, 20):
            raise RuntimeError(f"{command} ended with {process.returncode}")
        output.seek(0)
        return seconds, usage.ru_maxrss / 1024, output.read(4096).decode()


def opinion():
    model = "examples/llama-3.1-405b.yaml"
    times = [run(PROGRAM, "classify", model, "--as-of", "2026-11-20")[0] for _ in range(20)]
    median = statistics.median(times) * 1000
    line("process start to opinion, median of 20", "30 ms", f"{median:.1f} ms", 30 / median)


def table(folder):
    path = folder / "models.csv"
    with open(path, "w", encoding="utf-8") as file:
        file.write("model,provider,released,modality,open_weights,params_total,tokens,hardware,chip_hours,")
        file.write("utilisation,published_flop,base_flop\n")
        for row in range(ROWS):
            base = "1.2e24" if row % 7 == 0 else ""
            published = f"{row % 90 + 10}e23" if row % 3 else ""
            file.write(
                f"model {row},provider {row % 50},2025-{row % 12 + 1:02}-{row % 28 + 1:02},text;code,no,"
                f"{row % 400 + 1}B,{row % 15 + 1}T,H100 SXM5 80GB,{row * 10 + 1000},0.41,{published},{base}\n"
            )
    seconds, _, _ = run("taskset", "-c", "0", PROGRAM, "classify", "--csv", str(path), "--output", os.devnull)
    line("rows classified a second, one core", "10000 /s", f"{ROWS / seconds:.0f} /s", ROWS / seconds / 10_000)
    path.unlink()


def repeated(path, head, block):
    """Writes blocks until the file has its size; block(n) gives some thousand lines."""
    wanted = MEGABYTES * 1_000_000
    with open(path, "w", encoding="utf-8") as file:
        size = file.write(head)
        number = 0
        while size < wanted:
            size += file.write(block(number))
            number += 1
    return os.path.getsize(path) / 1_000_000


def imports(folder):
    def rows(block):
        first = block * 10_000
        return "".join(
            f"{step},524288,{7.1 + step % 97 / 1000:.3f},{2.5 - step % 1000 / 4000:.4f},0.0003\n"
            for step in range(first, first + 10_000)
        )

    def steps(block):
        first = block * 5_000
        return "".join(
            f" [2026-01-0{step % 9 + 1} 10:{step % 60:02}:{step % 59:02}] iteration {step:8}/ 99999999 |"
            f" consumed samples: {step * 1024:12} | elapsed time per iteration (ms): {7950 + step % 50:.1f} |"
            f" throughput per GPU (TFLOP/s/GPU): {410 + step % 9}.1 | learning rate: 3.0E-04 |"
            f" global batch size:  1024 | lm loss: 2.{step % 1000:03}E+00 | loss scale: 1.0 | grad norm: 0.3 |\n"
            for step in range(first + 1, first + 5_001)
        )

    csv = folder / "steps.csv"
    size = repeated(csv, "step,tokens,seconds,loss,lr\n", rows)
    measure("CSV import", csv, "csv", size)
    for threads, name in [("1", "one thread"), ("default", "default threads")]:
        seconds, peak, text = run(sys.executable, "-c", DUCKDB, str(csv), threads)
        own = float(text.split()[-1])
        line(f"  DuckDB on the same CSV, {name}", "", f"{size / own:.0f} MB/s")
        line(f"  DuckDB peak memory, {name}", "", f"{peak:.0f} MiB")
    csv.unlink()
    log = folder / "train.log"
    size = repeated(log, "", steps)
    measure("line-log import (Megatron)", log, "megatron", size)
    log.unlink()


def measure(name, path, kind, size):
    hints = ["--params", "7B", "--tokens-per-step", "4194304", "--gpus", "64"]
    command = [PROGRAM, "compute", "import", str(path), "--as", kind, *hints, "--format", "json"]
    seconds, peak, _ = run("taskset", "-c", "0", *command)
    line(f"{name}, {size:.0f} MB, one core", "300 MB/s", f"{size / seconds:.0f} MB/s", size / seconds / 300)
    line(f"{name}, peak memory", f"{PEAK_MIB} MiB", f"{peak:.1f} MiB", PEAK_MIB / peak)


def main():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="systemic-bench-"))
    print(f"{'benchmark':<44} {'target':>16} {'figure':>20}  {'ratio':>6}")
    try:
        for work in [opinion, lambda: table(folder), lambda: imports(folder)]:
            try:
                work()
            except Exception as error:  # a figure that cannot be had is shown, and the rest goes on
                print(f"not measured: {error}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


main()
