"""A stick, or any folder: files, no server (sync-design 6).

Only regular files at the top level whose names are ours are opened, never through a link, at most 2,000 of them;
each is copied into memory before it is looked at. Nothing of anybody else's is touched. A file counts when its own
length and signature say so, whatever its name says.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mediator.errors import MediatorError, WorldFailed
from mediator.journal.port import Outgoing
from sync.session.ports import Answer
from sync.wire.bundle import read_cover
from sync.wire.limits import MAX_BUNDLE, MAX_FILES_LOOKED_AT, SPARE_ON_STICK, WRITE_BLOCK
from sync.wire.names import StickName, parse_stick_name, stick_name


@dataclass(frozen=True, slots=True)
class Found:
    """A file of ours with the bytes it had when it was copied."""

    path: Path
    name: StickName
    data: bytes


def look(folder: Path) -> Iterator[tuple[Path, StickName]]:
    """Files whose names are ours, sorted; raises WorldFailed `stick.gone` when the folder is not there."""
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for _, entry in zip(range(MAX_FILES_LOOKED_AT), entries, strict=False)]
    except OSError:
        raise WorldFailed("stick.gone") from None
    for text in sorted(names):
        name = parse_stick_name(text)
        if name is not None:
            yield folder / text, name


def read_copy(path: Path) -> bytes | None:
    """The bytes of a regular file, not followed through a link; None when it is none, too large or unreadable."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return None
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode) or not 0 < status.st_size <= MAX_BUNDLE:
            return None
        try:
            return file.read(MAX_BUNDLE + 1)
        except OSError:
            return None


def found_in(folder: Path, *, direction: str) -> Iterator[Found]:
    """Whole files of one direction."""
    for path, name in look(folder):
        if name.direction == direction and not name.part:
            data = read_copy(path)
            if data is not None:
                yield Found(path, name, data)


def write_safely(folder: Path, name: StickName, data: bytes) -> Path:
    """Write beside, sync, read back and compare, rename, look again; only then it is written (T49).

    Raises WorldFailed `stick.full` (with the missing bytes), `stick.read_only`, `stick.gone`, `stick.unreliable`;
    other files are as before in each case.
    """
    part, final = (
        folder / str(StickName(name.center, name.direction, name.desk, name.no, part=True)),
        folder / str(name),
    )
    try:
        free = shutil.disk_usage(folder).free
        if free < len(data) + SPARE_ON_STICK:
            raise WorldFailed("stick.full", need=len(data) + SPARE_ON_STICK, free=free)
        part.unlink(missing_ok=True)
        write_part(part, data)
        if hashlib.sha256(part.read_bytes()).digest() != hashlib.sha256(data).digest():
            raise WorldFailed("stick.unreliable")
        part.replace(final)
        sync_folder(folder)
        if final.stat().st_size != len(data) or read_copy(final) != data:
            raise WorldFailed("stick.unreliable")
    except OSError as error:
        raise WorldFailed(code_of(error)) from None
    return final


def write_part(part: Path, data: bytes) -> None:
    """The bytes into a new file, in blocks, synced."""
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        for start in range(0, len(data), WRITE_BLOCK):
            file.write(data[start : start + WRITE_BLOCK])
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make the rename durable where the system can."""
    if os.name == "nt":  # no handle to a folder there
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def code_of(error: OSError) -> str:
    """Which of the stick's troubles an error of the system is."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "stick.full"
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return "stick.read_only"
    return "stick.gone"


@dataclass
class StickCarrier:
    """The laptop's side of a stick: reads first, writes then, tidies only what is its own."""

    folder: Path
    center: str
    desk: str
    name: str = "stick"
    foreign: int = 0
    damaged: list[str] = field(default_factory=list)
    _read: dict[bytes, Path] = field(default_factory=dict)

    def fetch(self) -> Answer:
        """Every down bundle for this desk; those of another center are counted, not opened."""
        mine = stick_name(self.center, "down", self.desk, 0)
        for found in found_in(self.folder, direction="down"):
            if found.name.center != mine.center:
                self.foreign += 1
            elif found.name.desk == mine.desk and self._is_whole(found):
                self._read[found.data] = found.path
        return Answer(down=tuple(self._read))

    def _is_whole(self, found: Found) -> bool:
        try:
            return read_cover(found.data).header.desk == self.desk
        except MediatorError as error:
            self.damaged.append(f"{found.path.name}: {error.code}")
            return False

    def offer(self, outgoing: Outgoing) -> Answer:
        """Write the bundle; older own ones go once the newer, which holds everything, has been read back."""
        mine = stick_name(self.center, "up", self.desk, outgoing.no)
        write_safely(self.folder, mine, outgoing.data)
        for path, name in list(look(self.folder)):
            own = (name.center, name.direction, name.desk) == (mine.center, mine.direction, mine.desk)
            if own and (name.part or name.no < mine.no):
                path.unlink(missing_ok=True)
        return Answer()

    def absorbed(self, down: bytes, *, covered: int) -> None:  # noqa: ARG002  the port's signature
        """A down bundle addressed to this desk alone may go once it is durably taken in."""
        path = self._read.pop(down, None)
        if path is not None:
            try:
                path.unlink(missing_ok=True)
            except OSError:
                return  # a read-only stick keeps its file; reading it again changes nothing
