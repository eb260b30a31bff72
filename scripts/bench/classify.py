"""From model files and tables to opinions."""
import os

from bench.report import line, median, run

ROWS = 100_000


def opinion(programs, _):
    model = "examples/llama-3.1-405b.yaml"
    times = [run(programs.systemic, "classify", model, "--as-of", "2026-11-20")[0] for _ in range(20)]
    middle = median(times) * 1000
    line("process start to opinion, median of 20", "30 ms", f"{middle:.1f} ms", 30 / middle)


def table(programs, folder):
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
    seconds, _, _ = run("taskset", "-c", "0", programs.systemic, "classify", "--csv", path, "--output", os.devnull)
    line("rows classified a second, one core", "10000 /s", f"{ROWS / seconds:.0f} /s", ROWS / seconds / 10_000)
    path.unlink()
