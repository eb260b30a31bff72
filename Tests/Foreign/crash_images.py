#!/usr/bin/env python3
"""crash_images.py PROGRAM [SCENARIO...]: what a disk may hold after a crash loses nothing that was acknowledged.

The drill PROGRAM is run under strace; its writes, truncations, renames, removals, new folders and synchronisations
are replayed. At each acknowledgement and each synchronisation the disk is made as it could be found: only what was
synchronised; that and all the rest; that and a part of the rest; a last write torn at 512 bytes. Names are as fragile
as contents: a file is there for certain only after its folder was synchronised. Each image is opened and checked
here, with hashes computed anew by Python, and a sample is verified by the drill itself.

Scenarios: append, checkpoint, export, erase, backup. Each has to pass; a control that weakens the
store (`synchronous` NORMAL) has to fail, or the check would prove nothing. Ends with status 1 otherwise.
"""
import base64
import hashlib
import json
import os
import pathlib
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

LOGS = ("regulatory", "access", "operational")
CALLS = "openat,write,pwrite64,writev,pwritev,fdatasync,fsync,ftruncate,unlink,unlinkat,rename,renameat,renameat2,mkdir,mkdirat,close,dup,fallocate,link,linkat,copy_file_range,sendfile"


def node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def root(leaves):
    """RFC 6962, section 2.1, over leaf hashes."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    stack = []
    for index, leaf in enumerate(leaves):
        stack.append(leaf)
        while index & 1:
            right = stack.pop()
            stack[-1] = node(stack[-1], right)
            index >>= 1
    top = stack.pop()
    while stack:
        top = node(stack.pop(), top)
    return top


class Trace:
    """The operations of a traced run below one folder, in order."""

    def __init__(self, path, base):
        self.base, self.open, self.ops, self.inodes, self.names, self.folders = base, {}, [], 0, {}, {base}
        waiting = {}
        for line in open(path, errors="replace"):
            pid, _, rest = line.rstrip("\n").partition(" ")
            rest = rest.strip()
            if rest.endswith("<unfinished ...>"):
                waiting[pid] = rest[: -len("<unfinished ...>")]
                continue
            resumed = re.match(r"<\.\.\. \w+ resumed>(.*)", rest)
            if resumed:
                rest = waiting.pop(pid, "") + resumed[1]
            self.line(rest)

    def line(self, text):
        match = re.match(r"(\w+)\((.*)\)\s+= (-?\d+)", text)
        if not match or int(match[3]) < 0:
            return
        call, result = match[1], int(match[3])
        strings = [bytes(int(x, 16) for x in s.split("\\x")[1:]) for s in re.findall(r'"((?:\\x[0-9a-f]{2})*)"', match[2])]
        numbers = re.findall(r"-?\d+", re.sub(r'"[^"]*"', "", match[2]))
        first = int(numbers[0]) if numbers else -1
        path = self.path(strings[0]) if strings and call not in ("write", "pwrite64", "writev", "pwritev") else None
        if call == "openat":
            if path is None or not path.startswith(self.base):
                self.open.pop(result, None)
                return
            kind = "folder" if "O_DIRECTORY" in match[2] or path in self.folders else "file"
            if kind == "file" and path not in self.names:
                self.inodes += 1
                self.names[path] = self.inodes
                self.ops.append(("name", path, self.inodes))
            self.open[result] = [kind, path, self.names.get(path), 0, "O_APPEND" in match[2]]
            if kind == "file" and "O_TRUNC" in match[2]:
                self.ops.append(("cut", self.names[path], 0))
        elif call == "close":
            self.open.pop(first, None)
        elif call == "dup":
            if first in self.open:
                self.open[result] = self.open[first]
        elif call in ("write", "writev") and first == 1:
            for word in b"".join(strings)[:result].decode(errors="replace").splitlines():
                if word.startswith("ack "):
                    self.ops.append(("ack", word.split()[1:]))
        elif call in ("write", "writev") and first in self.open:
            file, data = self.open[first], b"".join(strings)[:result]
            self.ops.append(("data", file[2], file[3], data))
            file[3] += len(data)
        elif call in ("pwrite64", "pwritev") and first in self.open:
            self.ops.append(("data", self.open[first][2], int(numbers[-1]), b"".join(strings)[:result]))
        elif call == "ftruncate" and first in self.open:
            self.ops.append(("cut", self.open[first][2], int(numbers[1])))
        elif call in ("fdatasync", "fsync") and first in self.open:
            kind, path, inode = self.open[first][:3]
            self.ops.append(("sync folder", path) if kind == "folder" else ("sync", inode))
        elif call in ("unlink", "unlinkat") and path and path.startswith(self.base):
            self.names.pop(path, None)
            self.ops.append(("unname", path))
        elif call.startswith("rename") and path and path.startswith(self.base):
            target = self.path(strings[1])
            inside = [n for n in self.names if n.startswith(path + "/")]
            for name in inside:
                self.names[target + name[len(path):]] = self.names.pop(name)
            if path in self.names:
                self.names[target] = self.names.pop(path)
            if path in self.folders:
                self.folders.add(target)
            self.ops.append(("rename", path, target))
        elif call.startswith("link") and path and path.startswith(self.base):
            target = self.path(strings[1])
            self.names[target] = self.names[path]
            self.ops.append(("name", target, self.names[path]))
        elif call.startswith("mkdir") and path and path.startswith(self.base):
            self.folders.add(path)
            self.ops.append(("mkdir", path))
        elif call in ("copy_file_range", "sendfile") and first in self.open:
            raise SystemExit(f"{call} is not replayed: teach this script about it")

    def path(self, raw):
        return os.path.normpath(raw.decode(errors="replace"))


class Disk:
    """What is durable, and what is only written."""

    def __init__(self):
        self.data, self.names, self.folders = {}, {}, set()
        self.waiting_data, self.waiting_names = [], []

    def write(self, op):
        (self.waiting_data if op[0] in ("data", "cut") else self.waiting_names).append(op)

    def sync(self, inode):
        for op in [o for o in self.waiting_data if o[1] == inode]:
            put(self.data, op)
        self.waiting_data = [o for o in self.waiting_data if o[1] != inode]

    def sync_folder(self, path):
        """Names directly in a folder; also the folder itself where it is new, as a file system with a journal does."""
        mine = lambda op: os.path.dirname(op[1]) == path or op[0] == "rename" and os.path.dirname(op[2]) == path or op[1] == path
        for op in [o for o in self.waiting_names if mine(o)]:
            name(self.names, self.folders, op)
        self.waiting_names = [o for o in self.waiting_names if not mine(o)]

    def image(self, data, names):
        files = {inode: bytearray(content) for inode, content in self.data.items()}
        entries, folders = dict(self.names), set(self.folders)
        for op in names:
            name(entries, folders, op)
        for op in data:
            put(files, op)
        return {path: bytes(files.get(inode, b"")) for path, inode in entries.items()}, folders


def put(files, op):
    content = files.setdefault(op[1], bytearray())
    if op[0] == "cut":
        if len(content) > op[2]:
            del content[op[2]:]
        else:
            content.extend(bytes(op[2] - len(content)))
    else:
        end = op[2] + len(op[3])
        if len(content) < end:
            content.extend(bytes(end - len(content)))
        content[op[2]:end] = op[3]


def name(names, folders, op):
    if op[0] == "name":
        names[op[1]] = op[2]
    elif op[0] == "unname":
        names.pop(op[1], None)
    elif op[0] == "mkdir":
        folders.add(op[1])
    elif op[0] == "rename":
        old, new = op[1], op[2]
        if old in names:
            names[new] = names.pop(old)
        for path in [p for p in names if p.startswith(old + "/")]:
            names[new + path[len(old):]] = names.pop(path)
        if old in folders:
            folders.discard(old)
            folders.add(new)


class Acks:
    """What the drill has acknowledged so far."""

    def __init__(self):
        self.heads, self.checkpoints, self.exports, self.backups, self.erased, self.made = {}, {}, {}, {}, set(), False

    def take(self, words):
        if words[0] == "append":
            self.heads[words[1]] = (int(words[2]), words[3])
        elif words[0] == "checkpoint":
            self.checkpoints[words[1]] = int(words[2])
        elif words[0] == "export":
            self.exports[words[1]] = int(words[2])
        elif words[0] == "backup":
            self.backups[words[1]] = (int(words[2]), words[3])
        elif words[0] == "erase":
            self.erased.add(words[1])
        elif words[0] == "made":
            self.made = True


def check_store(path, acks, heads):
    store = sqlite3.connect(path)
    try:
        if store.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise AssertionError("the database is corrupt")
        tables = {row[0] for row in store.execute("SELECT name FROM sqlite_master")}
        if "regulatory" not in tables:
            assert not heads, "acknowledged entries and no tables"
            return {}
        leaves = {}
        for log in LOGS:
            rows = store.execute(f"SELECT seq, entry, leaf FROM {log} ORDER BY seq").fetchall()
            assert [row[0] for row in rows] == list(range(1, len(rows) + 1)), f"{log} has a gap"
            leaves[log] = [hashlib.sha256(b"\0" + row[1]).digest() for row in rows]
            assert leaves[log] == [row[2] for row in rows], f"a leaf of {log} differs"
            size, edge = store.execute(f"SELECT size, edge FROM {log}_head").fetchone()
            assert size == len(rows), f"the head of {log} says {size}, there are {len(rows)}"
            top = None
            for start in range(len(edge), 0, -32):
                part = edge[start - 32:start]
                top = part if top is None else node(part, top)
            assert size == 0 or top == root(leaves[log]), f"the edge of {log} differs"
        for log, (size, digest) in heads.items():
            assert len(leaves[log]) >= size, f"{size} entries of {log} were acknowledged, {len(leaves[log])} are there"
            assert root(leaves[log][:size]).hex() == digest, f"{log} is another than was acknowledged"
        for log, size in acks.checkpoints.items():
            code = LOGS.index(log) + 1
            notes = store.execute("SELECT size, note FROM checkpoint WHERE log = ?", (code,)).fetchall()
            assert any(row[0] >= size for row in notes), f"checkpoint {size} of {log} is lost"
            for kept, note in notes:
                lines = bytes(note).decode().split("\n")
                assert kept <= len(leaves[log]), f"a checkpoint of {log} is ahead of its entries"
                assert base64.b64decode(lines[2]) == root(leaves[log][:kept]), f"checkpoint {kept} of {log} does not fit"
        for record in acks.erased:
            key, state = store.execute("SELECT key, state FROM record WHERE id = ?", (record,)).fetchone()
            assert key is None and state is None, f"{record} was erased and is there"
        return leaves
    finally:
        store.close()


def check_export(folder, size):
    """A checkpoint that is there covers what is there; without one there is no export yet."""
    checkpoint = folder / "checkpoint"
    if not checkpoint.exists():
        assert size is None, f"an export of {size} entries was acknowledged and is not there"
        return
    lines = checkpoint.read_text().split("\n")
    count = int(lines[1])
    assert size is None or count >= size, f"the export of {size} entries is back at {count}"
    leaves = []
    for bundle in range(0, count, 256):
        number, width = bundle // 256, min(256, count - bundle)
        data = (folder / f"tile/entries/{number:03d}{'' if width == 256 else f'.p/{width}'}").read_bytes()
        for _ in range(width):
            length = int.from_bytes(data[:2], "big")
            leaves.append(hashlib.sha256(b"\0" + data[2:2 + length]).digest())
            data = data[2 + length:]
        assert not data, "bytes after the last entry of a bundle"
    assert root(leaves) == base64.b64decode(lines[2]), "the export does not fit its checkpoint"


def check(work, acks):
    store = work / "workspace/journal.sqlite"
    if not store.exists():
        assert not acks.heads, "acknowledged entries and no store"
    else:
        check_store(store, acks, acks.heads)
    if acks.made:
        for file in ("systemic.json", "keys/regulatory.key", "keys/access.key", "keys/operational.key"):
            assert (work / "workspace" / file).exists(), f"{file} is lost"
        assert list((work / "workspace/keys").glob("epoch-*.key")), "no key of an epoch is left"
    if (work / "export").exists() or acks.exports:
        check_export(work / "export", acks.exports.get("regulatory"))
    manifest = work / "backup/manifest.json"
    for log, head in acks.backups.items():
        assert manifest.exists(), "an acknowledged backup has no manifest"
    if manifest.exists():
        json.loads(manifest.read_text())
        heads = {log: head for log, head in acks.backups.items()}
        none = Acks()
        check_store(work / "backup/journal.sqlite", none, heads)


def images(trace, seed=1, limit=1500):
    """Every image with the acknowledgements before it."""
    disk, acks, choose = Disk(), Acks(), random.Random(seed)
    moments = sum(op[0] in ("ack", "sync", "sync folder") for op in trace.ops)
    every = max(1, moments * 4 // limit)
    count = 0

    def some(ops):
        return [op for op in ops if choose.random() < 0.5]

    for op in trace.ops:
        if op[0] in ("ack", "sync", "sync folder"):
            count += 1
            if op[0] == "ack":
                acks.take(op[1])
            if count % every == 0 or op[0] == "ack":
                data, names = disk.waiting_data, disk.waiting_names
                yield disk.image([], []), acks, "synchronised only"
                yield disk.image(data, names), acks, "everything"
                yield disk.image(some(data), some(names)), acks, "a part"
                if data and data[-1][0] == "data":
                    last = data[-1]
                    torn = last[:3] + (last[3][: choose.randrange(len(last[3]) + 1) // 512 * 512],)
                    yield disk.image(data[:-1] + [torn], names), acks, "torn"
        if op[0] == "sync":
            disk.sync(op[1])
        elif op[0] == "sync folder":
            disk.sync_folder(op[1])
        elif op[0] != "ack":
            disk.write(op)


def run(program, scenario, more, sample, folder):
    base = folder / "live"
    base.mkdir()
    trace = folder / "trace"
    done = subprocess.run(
        ["strace", "-f", "-xx", "-s", "16000000", "-e", f"trace={CALLS}", "-o", trace, program, scenario, base, *more],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, timeout=900,
    )
    if done.returncode != 0:
        raise SystemExit(f"the drill failed in {scenario}: {done.stderr[-2000:]}")
    read = Trace(trace, str(base))
    total, failures, verified = 0, [], 0
    for (files, folders), acks, how in images(read):
        place = folder / "image"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        for path in sorted(folders):
            (place / os.path.relpath(path, base)).mkdir(parents=True, exist_ok=True)
        for path, content in files.items():
            if path.endswith("-shm"):
                continue
            target = place / os.path.relpath(path, base)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            target.chmod(0o600)
        total += 1
        try:
            check(place, acks)
            if sample and total % sample == 0 and acks.made:
                verified += 1
                again = subprocess.run([program, "check", place], capture_output=True, text=True, timeout=120)
                assert again.returncode == 0, "the program itself: " + (again.stdout + again.stderr)[-600:]
        except Exception as error:
            failures.append(f"{how}: {error}")
    acknowledged = sum(op[0] == "ack" for op in read.ops)
    print(f"crash {scenario}{' ' + ' '.join(more) if more else ''}: {len(read.ops)} operations, {acknowledged} "
          f"acknowledgements, {total} images, {verified} verified by the program, {len(failures)} bad", flush=True)
    return failures, acknowledged


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    scenarios = sys.argv[2:] or ["append", "checkpoint", "export", "erase", "backup"]
    status = 0
    for scenario in scenarios:
        with tempfile.TemporaryDirectory(prefix="systemic-crash-") as folder:
            failures, acknowledged = run(program, scenario, [], 40, pathlib.Path(folder))
        for failure in failures[:5]:
            print("  " + failure)
        if failures or not acknowledged:
            status = 1
    if not sys.argv[2:]:
        for weak in ("normal",):
            with tempfile.TemporaryDirectory(prefix="systemic-crash-") as folder:
                failures, _ = run(program, "append", [weak], 0, pathlib.Path(folder))
            if not failures:
                print(f"  the control with synchronous {weak.upper()} lost nothing: this check proves nothing")
                status = 1
            else:
                print(f"  as it must be: {failures[0]}")
    sys.exit(status)


main()
