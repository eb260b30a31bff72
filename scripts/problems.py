#!/usr/bin/env python3
"""Writes docs/problems.md, the list of problem codes, from the sources; --check only compares."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
LIST = ROOT / "docs/problems.md"
ROOMS = "ground|sealing|programs|outbound|journal|store|rulefile|rulebook|compute|duties|workspace|documents|server|systemic"
CODE = re.compile(rf'(?<!hasPrefix\()"((?:{ROOMS})\.[a-z0-9-]+)"')
HEAD = """# Problems

Every problem that `systemic` can report, by its code. Written by `make record` from the sources: do not edit.
A message says what is wrong, why it is refused, and what to do; `…` stands for what varies.

| Code | What it says |
|---|---|
"""


def literal(text, start):
    """The Swift string literal that begins at start, its interpolations as …; None if there is none."""
    if start >= len(text) or text[start] != '"':
        return None, start
    words, at = [], start + 1
    while at < len(text) and text[at] != '"':
        if text.startswith("\\(", at):
            depth, at = 1, at + 2
            while at < len(text) and depth:
                depth += {"(": 1, ")": -1}.get(text[at], 0)
                at += 1
            words.append("…")
        elif text[at] == "\\":
            words.append(text[at + 1])
            at += 2
        else:
            words.append(text[at])
            at += 1
    return "".join(words), at + 1


def sentence(text, start):
    """What stands after a code: `, what: "…"` or `, "…"`, joined over `+`; … when it is computed."""
    match = re.compile(r"\s*,\s*(?:what:\s*)?").match(text, start)
    if not match:
        return None
    if match.end() < len(text) and text[match.end()] != '"':
        return "…"
    words, at = literal(text, match.end())
    while True:
        more = re.compile(r"\s*\+\s*").match(text, at)
        if not more:
            return words
        part, end = literal(text, more.end())
        if part is None:
            return words + "…"
        words, at = words + part, end


def codes():
    found = {}
    for path in sorted((ROOT / "Sources").rglob("*.swift")):
        text = "\n".join(
            "" if line.lstrip().startswith("//") else line
            for line in path.read_text(encoding="utf-8").split("\n")
        )
        for match in CODE.finditer(text):
            says = sentence(text, match.end())
            known = found.setdefault(match.group(1), [])
            if says and says not in known:
                known.append(says)
    return found


def main():
    rows = "".join(
        f"| `{code}` | {' · '.join(says).replace('|', chr(92) + '|') or '…'} |\n"
        for code, says in sorted(codes().items())
    )
    text = HEAD + rows
    if "--check" in sys.argv[1:]:
        if not LIST.exists() or LIST.read_text(encoding="utf-8") != text:
            sys.exit("docs/problems.md is not up to date: run `make record`")
    else:
        LIST.write_text(text, encoding="utf-8")


main()
