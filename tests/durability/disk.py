"""A disk that loses its power: what was synced stays, of the rest each write is kept, dropped or torn.

Names belong to folders, bytes to files. A name is safe once its folder was synced, bytes once their file was; a file
system may do better, never worse. Names that were not synced survive in the order in which they were changed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from random import Random

SECTOR = 512


@dataclass(frozen=True, slots=True)
class Created:
    """A new empty name."""

    path: str


@dataclass(frozen=True, slots=True)
class Written:
    """Bytes into a file."""

    path: str
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Resized:
    """A file cut or stretched."""

    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Synced:
    """A file or a folder made durable."""

    path: str


@dataclass(frozen=True, slots=True)
class Renamed:
    """A name moved, over another one if need be."""

    path: str
    new: str


@dataclass(frozen=True, slots=True)
class Removed:
    """A name taken away."""

    path: str


@dataclass(frozen=True, slots=True)
class Said:
    """An acknowledgement: from here on somebody relies on it."""

    words: str


Step = Created | Written | Resized | Synced | Renamed | Removed | Said


@dataclass
class Content:
    """The bytes of one file: what is safe, and what happened since."""

    safe: bytes = b""
    since: list[Written | Resized] = field(default_factory=list)

    def sync(self) -> None:
        """Everything so far is safe."""
        self.safe = bytes(applied(self.safe, self.since))
        self.since = []

    def after_cut(self, random: Random, luck: float) -> bytes:
        """One of the contents a power cut may leave."""
        return bytes(applied(self.safe, [part for change in self.since for part in fate(change, random, luck)]))


def applied(safe: bytes, changes: list[Written | Resized]) -> bytearray:
    """Bytes after changes in order; a hole reads as zeros."""
    held = bytearray(safe)
    for change in changes:
        end = change.size if isinstance(change, Resized) else change.offset + len(change.data)
        held.extend(bytes(max(end - len(held), 0)))
        if isinstance(change, Resized):
            del held[end:]
        else:
            held[change.offset : end] = change.data
    return held


def fate(change: Written | Resized, random: Random, luck: float) -> list[Written | Resized]:
    """Kept with this luck, else dropped or torn at the edge of a sector, either half of it."""
    if random.random() < luck:
        return [change]
    edges = [] if isinstance(change, Resized) else edges_of(change)
    if isinstance(change, Resized) or not edges or random.random() < 0.5:
        return []
    edge = random.choice(edges)
    halves = (
        Written(change.path, change.offset, change.data[:edge]),
        Written(change.path, change.offset + edge, change.data[edge:]),
    )
    return [random.choice(halves)]


def edges_of(change: Written) -> range:
    """Where the disk may tear a write: offsets inside it at which a sector begins."""
    return range(-change.offset % SECTOR or SECTOR, len(change.data), SECTOR)


Rebinding = tuple[tuple[str, Content | None], ...]


@dataclass
class Disk:
    """Every file a program touched, as it sees them and as the disk would give them back."""

    names: dict[str, Content] = field(default_factory=dict)
    safe: dict[str, Content] = field(default_factory=dict)
    since: list[Rebinding] = field(default_factory=list)

    def take(self, step: Step) -> None:
        """One thing the program did."""
        match step:
            case Created(path):
                self._rebind((path, Content()))
            case Written() | Resized():
                self.names[step.path].since.append(step)
            case Synced(path) if path in self.names:
                self.names[path].sync()
            case Synced(path):
                self._sync_folder(path)
            case Renamed(path, new):
                self._rebind((path, None), (new, self.names[path]))
            case Removed(path):
                self._rebind((path, None))

    def _rebind(self, *names: tuple[str, Content | None]) -> None:
        bind(self.names, names)
        self.since.append(names)

    def _sync_folder(self, folder: str) -> None:
        inside = [each for each in self.since if str(PurePosixPath(each[0][0]).parent) == folder]
        for each in inside:
            bind(self.safe, each)
        self.since = [each for each in self.since if each not in inside]

    def after_cut(self, random: Random) -> dict[str, bytes]:
        """One of the worlds that a power cut at this moment may leave: name and bytes."""
        luck, names = random.choice((0.0, 0.5, 0.9, 1.0)), dict(self.safe)
        for each in self.since[: random.randint(0, len(self.since))]:
            bind(names, each)
        return {path: content.after_cut(random, luck) for path, content in names.items()}


def bind(names: dict[str, Content], changes: Rebinding) -> None:
    """Names as they stand after one change."""
    for path, content in changes:
        if content is None:
            names.pop(path, None)
        else:
            names[path] = content
