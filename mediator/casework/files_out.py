"""Files for the clerk: staged beside their final names, synced, and swapped in together once the vault has them."""

from __future__ import annotations

import errno
import json
import os
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from mediator.casework.desk import Desk
from mediator.errors import WorldFailed

REFUSALS: Final = {
    errno.ENOSPC: "full", errno.EDQUOT: "full", errno.EACCES: "right", errno.EPERM: "right", errno.EROFS: "right",
    errno.EEXIST: "folder", errno.ENOTDIR: "folder", errno.EISDIR: "folder", errno.ENAMETOOLONG: "name",
}  # fmt: skip
UNFIT: Final = '<>:"/\\|?*'
STAGED: Final = "staged"
# A file's bytes, or what writes them where they are too many to hold; files are written in the order of their mapping.
Content = bytes | Callable[[BinaryIO], None]


def file_name(*parts: str, ending: str) -> str:
    """A name that every file system takes; parts are joined by a blank."""
    text = " ".join(part for part in parts if part)
    kept = "".join("-" if char in UNFIT else char for char in text if unicodedata.category(char)[0] != "C")
    return f"{kept[:120].strip(' .')}.{ending}"


def refusal_of(error: OSError) -> str:
    """Which sentence of `world.os` and `file.write` fits: full, right, folder, name, or empty for any other reason."""
    return REFUSALS.get(error.errno or 0, "")


@contextmanager
def refused_as(path: Path) -> Iterator[None]:
    """What the system refuses while this file is written becomes WorldFailed `file.write` that names it."""
    try:
        yield
    except OSError as error:
        raise WorldFailed("file.write", where=path.name or str(path), fault=refusal_of(error)) from None


@contextmanager
def staged(files: Mapping[Path, Content]) -> Iterator[None]:
    """Write every file under a temporary name; on leaving, rename them all, or remove them all after an error.

    Raises WorldFailed `file.write`; a file that was there before is then as it was.
    """
    temporary = {path: part_of(path) for path in files}
    try:
        for path, data in files.items():
            with refused_as(path.parent):
                path.parent.mkdir(parents=True, exist_ok=True)
            with refused_as(path):
                write_synced(temporary[path], data)
        yield
        swap_in(temporary)
    finally:
        for part in temporary.values():
            with suppress(OSError):  # the disk is gone; the vault remembers the name and sweeps it later
                part.unlink(missing_ok=True)


def part_of(path: Path) -> Path:
    """The temporary name beside a final one."""
    return path.with_name(f".{path.name}.part")


@contextmanager
def staged_papers(desk: Desk, files: Mapping[Path, Content]) -> Iterator[None]:
    """As `staged`; the vault remembers the temporary names, so that what a kill leaves goes at the next start (T12)."""
    parts = [str(part_of(path.absolute())) for path in files]
    _remember(desk, [*_remembered(desk), *parts])
    with staged(files):
        yield
    _remember(desk, [part for part in _remembered(desk) if part not in parts])


def _remembered(desk: Desk) -> list[str]:
    """Temporary names that may lie about."""
    found: list[str] = json.loads(desk.vault.setting(STAGED) or "[]")
    return found


def _remember(desk: Desk, parts: list[str]) -> None:
    """Keep them, durably."""
    desk.vault.keep_setting(STAGED, json.dumps(parts))


def sweep(desk: Desk) -> None:
    """Take away what a kill left of papers being written; a stick that is not there now is asked for again later."""
    if left := _remembered(desk):
        _remember(desk, [part for part in left if not _gone(Path(part))])


def _gone(part: Path) -> bool:
    """Remove a file; False while nobody can say whether it is there."""
    with suppress(OSError):
        part.unlink(missing_ok=True)
        return part.parent.is_dir()
    return False


def write_synced(path: Path, data: Content) -> None:
    """A whole file on disk."""
    with path.open("wb") as file:
        data(file) if callable(data) else file.write(data)
        file.flush()
        os.fsync(file.fileno())


def swap_in(temporary: Mapping[Path, Path]) -> None:
    """Every staged file under its final name, durably where the system can."""
    for path, part in temporary.items():
        with refused_as(path):
            part.replace(path)
    for folder in {path.parent for path in temporary}:
        with refused_as(folder):
            sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Make renames durable."""
    if os.name == "nt":  # no handle to a folder there
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
