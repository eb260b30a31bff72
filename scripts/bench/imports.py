"""Reading training logs, beside DuckDB on the same file."""
import os
import sys

from bench.report import line, note, run, setting

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


def tables(programs, folder):
    def rows(block):
        first = block * 10_000
        return "".join(
            f"{step},524288,{7.1 + step % 97 / 1000:.3f},{2.5 - step % 1000 / 4000:.4f},0.0003\n"
            for step in range(first, first + 10_000)
        )

    csv = folder / "steps.csv"
    size = repeated(csv, "step,tokens,seconds,loss,lr\n", rows)
    measure(programs, "CSV import", csv, "csv", size)
    for threads, name in [("1", "one thread"), ("default", "default threads")]:
        _, peak, text = run(sys.executable, "-c", DUCKDB, csv, threads)
        own = float(text.split()[-1])
        note(f"DuckDB on the same CSV, {name}: {size / own:.0f} MB/s, peak memory {peak:.0f} MiB")
    csv.unlink()


def lines(programs, folder):
    def steps(block):
        first = block * 5_000
        return "".join(
            f" [2026-01-0{step % 9 + 1} 10:{step % 60:02}:{step % 59:02}] iteration {step:8}/ 99999999 |"
            f" consumed samples: {step * 1024:12} | elapsed time per iteration (ms): {7950 + step % 50:.1f} |"
            f" throughput per GPU (TFLOP/s/GPU): {410 + step % 9}.1 | learning rate: 3.0E-04 |"
            f" global batch size:  1024 | lm loss: 2.{step % 1000:03}E+00 | loss scale: 1.0 | grad norm: 0.3 |\n"
            for step in range(first + 1, first + 5_001)
        )

    log = folder / "train.log"
    size = repeated(log, "", steps)
    measure(programs, "line-log import (Megatron)", log, "megatron", size)
    log.unlink()


def repeated(path, head, block):
    """Writes blocks until the file has its size; block(n) gives some thousand lines."""
    wanted = setting("BENCH_MB", 1024) * 1_000_000
    with open(path, "w", encoding="utf-8") as file:
        size = file.write(head)
        number = 0
        while size < wanted:
            size += file.write(block(number))
            number += 1
    return os.path.getsize(path) / 1_000_000


def measure(programs, name, path, kind, size):
    hints = ["--params", "7B", "--tokens-per-step", "4194304", "--gpus", "64"]
    command = [programs.systemic, "compute", "import", path, "--as", kind, *hints, "--format", "json"]
    seconds, peak, _ = run("taskset", "-c", "0", *command)
    line(f"{name}, {size:.0f} MB, one core", "300 MB/s", f"{size / seconds:.0f} MB/s", size / seconds / 300)
    line(f"{name}, peak memory", f"{PEAK_MIB} MiB", f"{peak:.1f} MiB", PEAK_MIB / peak)
