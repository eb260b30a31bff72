"""What was checked, and what failed."""
import time
import traceback

failures = []
checks = 0


def part(name, work, *arguments):
    """Runs a part; whatever stops it is a failure, and the next part goes on."""
    begun = time.monotonic()
    before, checked = len(failures), checks
    try:
        work(*arguments)
    except Exception as error:
        fail(name, f"stopped: {error}")
        traceback.print_exc(limit=-4)
    wrong = len(failures) - before
    word = f"{wrong} FAILED" if wrong else "in order"
    print(f"browser {name}: {word}, {checks - checked} checks, {time.monotonic() - begun:.0f} s", flush=True)


def expect(holds, where, what):
    """Notes a check, and a failure where it does not hold."""
    global checks
    checks += 1
    if not holds:
        fail(where, what)
    return holds


def fail(where, what):
    failures.append((where, what))
    print(f"browser FAILED {where}: {str(what)[:1500]}", flush=True)


def end():
    print(f"browser: {checks} checks, {len(failures)} failed")
    return 1 if failures else 0
