"""Large journals: verifying an export beside the foreign auditor, opening a workspace, listing the docket."""
import json

from bench.report import ROOT, clear, line, median, note, paired, run, setting

ENTRY_BYTES = 300
AUDITOR = ROOT / ".build/tlogcheck"


def verify(programs, folder):
    entries, rounds = setting("BENCH_ENTRIES", 1_000_000), setting("BENCH_ROUNDS", 5)
    if not AUDITOR.exists():
        raise RuntimeError("the Go auditor is not built; run: scripts/auditor.sh")
    path = folder / "export"
    key = programs.inside("export", path, entries, ENTRY_BYTES)

    def ours():
        seconds, peak, text = run(programs.systemic, "journal", "verify", path, "--format", "json")
        report = json.loads(text)
        if not report["ok"] or report["size"] != entries:
            raise RuntimeError("the export does not verify")
        return seconds, peak

    def theirs():
        seconds, peak, text = run(AUDITOR, path, key)
        if "FAIL" in text:
            raise RuntimeError(f"the auditor refuses the export: {text}")
        return seconds, peak

    ours()  # both read from memory: the export was written a moment ago
    pairs = paired(rounds, ours, theirs)
    clear(path)
    for place, name, target, unit in [(0, "wall time", 0.8, "s"), (1, "peak memory", 0.25, "MiB")]:
        part = median([own[place] / their[place] for own, their in pairs])
        line(
            f"journal verify, {entries} entries, {name} : Go auditor", f"{target} of it", f"{part:.2f} of it",
            target / part)
        note(
            f"ours {median([own[place] for own, _ in pairs]):.2f} {unit},"
            f" auditor {median([their[place] for _, their in pairs]):.2f} {unit}; medians of {rounds} rounds, in turn")


def opening(programs, folder):
    entries, path = setting("BENCH_ENTRIES", 1_000_000), folder / "large"
    programs.inside("fill", path, entries)
    for words in (["model", "list"], ["journal", "head"]):
        seconds = median([run(programs.systemic, *words, "--workspace", path)[0] for _ in range(9)])
        line(f"open {entries} entries: systemic {' '.join(words)}", "0.5 s", f"{seconds:.3f} s", 0.5 / seconds)
    clear(path)


def docket(programs, folder):
    records, path = setting("BENCH_RECORDS", 10_000), folder / "docket"
    programs.inside("docket", path, records)
    command = [programs.systemic, "docket", "--workspace", path]
    listed = run(*command, kept=1 << 30)[2].count("Answer a downstream provider")
    if listed != records:
        raise RuntimeError(f"the docket lists {listed} of {records} open requests")
    seconds = median([run(*command)[0] for _ in range(9)])
    line(f"systemic docket over {records} open records", "0.2 s", f"{seconds:.3f} s", 0.2 / seconds)
    clear(path)
