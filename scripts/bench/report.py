"""Programs under test, how they are run and how figures are shown."""
import os
import pathlib
import shutil
import statistics
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
# Success, and the answers of classify that are no failure.
ANSWERS = (0, 10, 20)


def setting(name, default):
    """A setting from the environment, of the type of its default; an empty one is not set."""
    return type(default)(os.environ.get(name) or default)


class Programs:
    """The released program, and the one that measures from inside a process."""

    def __init__(self, program, inside=ROOT / "Benchmarks/.build/release/journalbench"):
        self.systemic = str(pathlib.Path(program).resolve())
        self.journalbench = str(pathlib.Path(inside).resolve())

    def inside(self, *words):
        """What journalbench prints."""
        if not os.path.exists(self.journalbench):
            raise RuntimeError("journalbench is not built; run: make bench")
        return run(self.journalbench, *map(str, words))[2].strip()


def run(*command, kept=65536):
    """Seconds, peak memory in MiB and standard output of a program that must succeed or answer."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen([str(word) for word in command], stdout=output, stderr=errors, cwd=ROOT)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read(kept).decode(errors="replace")
        if process.returncode not in ANSWERS:
            errors.seek(0)
            words = (errors.read(2000).decode(errors="replace") or text[:2000]).strip()
            raise RuntimeError(f"{' '.join(map(str, command))} ended with {process.returncode}: {words}")
        return seconds, usage.ru_maxrss / 1024, text


def head():
    load = os.getloadavg()[0]
    if load > 0.5:
        print(f"others use this machine (load {load:.1f} on {os.cpu_count()} cores): what needs all cores suffers most")
    print(f"{'benchmark':<56} {'target':>14} {'figure':>22}  {'ratio':>6}", flush=True)


def line(name, target, figure, ratio=None):
    verdict = "" if ratio is None else f"{ratio:6.2f}  {'met' if ratio >= 1 else 'missed'}"
    print(f"{name:<56} {target:>14} {figure:>22}  {verdict}".rstrip(), flush=True)


def note(words):
    print("  " + words, flush=True)


def paired(rounds, ours, theirs):
    """Figures of both, taken in turn; who begins alternates, so that a slow moment hits both alike."""
    pairs = []
    for number in range(rounds):
        if number % 2 == 0:
            own = ours()
            pairs.append((own, theirs()))
        else:
            their = theirs()
            pairs.append((ours(), their))
    return pairs


def median(values):
    return statistics.median(values)


def clear(path):
    """Removes a folder, or what is left of it."""
    shutil.rmtree(path, ignore_errors=True)
