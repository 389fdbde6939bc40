"""What a program asked of the disk below one folder, read from a trace of its system calls, in order.

Memory maps do not show in a trace; the only one is the index beside the database's log (`-shm`), which is made anew
from the log whenever nobody holds it. A call that changes files and that this reader does not know is an error here.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.casework.desks import ROOT
from tests.durability.disk import Created, Removed, Renamed, Resized, Said, Step, Synced, Written

READ = "openat,write,pwrite64,sendfile,fsync,fdatasync,ftruncate,rename,unlink"
REFUSED = (
    "creat,open,pwritev,pwritev2,writev,truncate,fallocate,copy_file_range,splice,renameat,renameat2,link,"
    "linkat,symlink,symlinkat,unlinkat,rmdir,sync,syncfs,sync_file_range,io_uring_setup"
)
CALL = re.compile(r"(\d+) +(\w+)\((.*)\) += (-?\d+)(.*)")
HALF = re.compile(r"(\d+) +(\w+\(.*) <unfinished \.\.\.>")
REST = re.compile(r"(\d+) +<\.\.\. \w+ resumed>(.*)")
WORD = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
HANDLE = re.compile(r"(\d+)<((?:\\x[0-9a-f]{2})*)")
COPIED = re.compile(r"\d+<\S+>, \d+<((?:\\x[0-9a-f]{2})*)>, \[(\d+)\]")


def traced(module: str, *argv: str) -> list[str]:
    """The lines of the trace of `python -m module …`, which must end well."""
    tracer = shutil.which("strace")
    assert tracer, "scripts/setup.sh test"
    log = Path(argv[0]).with_name("trace")
    command = [tracer, "-f", "-y", "-xx", "-s", "16777216", "--seccomp-bpf", "-e", f"trace={READ},{REFUSED}"]
    done = subprocess.run(
        [*command, "-o", str(log), sys.executable, "-m", module, *argv], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return log.read_text(encoding="ascii").splitlines()


def whole(lines: Iterable[str]) -> Iterator[str]:
    """Calls that another thread interrupted, put together where they ended."""
    begun: dict[str, str] = {}
    for line in lines:
        if half := HALF.fullmatch(line):
            begun[half[1]] = half[2]
        elif rest := REST.fullmatch(line):
            yield f"{rest[1]} {begun.pop(rest[1])}{rest[2]}"
        else:
            yield line


def text(coded: str) -> bytes:
    """The bytes of a traced string."""
    return bytes.fromhex(coded.replace("\\x", ""))


def subject(arguments: str, words: list[bytes]) -> tuple[int, str]:
    """The handle a call is about, -1 for none, and the path behind it or the first it names."""
    handle = HANDLE.match(arguments)
    if handle:
        return int(handle[1]), text(handle[2]).decode()
    return -1, b"".join(words[:1]).decode()


def copied(arguments: str) -> bytes:
    """What the system copied from another file, which nobody may have changed since."""
    found = COPIED.match(arguments)
    assert found, "copied from where?"
    return Path(text(found[1]).decode()).read_bytes()[int(found[2]) :]


@dataclass
class Reader:
    """Follows one program: where each of its handles stands in its file, and what lies below the folder."""

    folder: Path
    places: dict[int, int] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)

    def steps(self, lines: Iterable[str]) -> Iterator[Step]:
        """Everything that touched the folder, and what was said on standard output."""
        for line in whole(lines):
            call = CALL.fullmatch(line)
            if call and int(call[4]) >= 0:
                yield from self._read(call[2], call[3], int(call[4]))

    def _read(self, name: str, arguments: str, result: int) -> Iterator[Step]:
        words = [text(each) for each in WORD.findall(arguments)]
        number, path = subject(arguments, words)
        if name == "openat":
            yield from self._open(words[0].decode(), arguments, result)
        elif name == "write" and number == 1:
            yield Said(words[0].decode())
        elif self._ours(path) and name in READ.split(","):
            yield from self._change(name, path, words, (number, result, arguments))
        else:
            assert not self._ours(path), f"{name} is not understood"

    def _ours(self, path: str) -> bool:
        return (path == str(self.folder) or path.startswith(f"{self.folder}/")) and not path.endswith("-shm")

    def _open(self, path: str, arguments: str, handle: int) -> Iterator[Step]:
        self.places[handle] = 0
        if not self._ours(path):
            return
        if path not in self.known:
            assert "O_CREAT" in arguments or "O_RDONLY" in arguments, f"{path} was there before"
            if "O_CREAT" in arguments:
                self.known.add(path)
                yield Created(path)
        elif "O_TRUNC" in arguments:
            yield Resized(path, 0)

    def _change(self, name: str, path: str, words: list[bytes], call: tuple[int, int, str]) -> Iterator[Step]:
        handle, count, arguments = call
        if name == "pwrite64":
            yield Written(path, int(arguments.rpartition(",")[2]), words[0][:count])
        elif name in ("write", "sendfile"):
            data = words[0] if words else copied(arguments)
            yield Written(path, self.places[handle], data[:count])
            self.places[handle] += count
        elif name == "ftruncate":
            yield Resized(path, int(arguments.rpartition(",")[2]))
        elif name == "rename":
            self.known = self.known - {path} | {words[1].decode()}
            yield Renamed(path, words[1].decode())
        elif name == "unlink":
            self.known.discard(path)
            yield Removed(path)
        else:
            yield Synced(path)
