"""A stick at the county: read what laptops wrote, answer each, never touch what is not ours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mediator.errors import MediatorError, WorldFailed
from sync.carriers.stick import Found, found_in, write_safely
from sync.center.answering import exchange
from sync.center.county import Center
from sync.center.enrollment import Outcome, join
from sync.center.folding import fold_dirty
from sync.session.joining import card_body, read_request
from sync.wire.bundle import read_cover
from sync.wire.names import StickName, card_name, stick_name


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file that was not taken in, and why."""

    file: str
    code: str


@dataclass(frozen=True, slots=True)
class Handled:
    """What one stick brought and took: new entries, files written, files refused, the digits of those who ask."""

    absorbed: int
    written: int
    rejected: tuple[Rejected, ...]
    asking: tuple[str, ...]


def handle(center: Center, folder: Path) -> Handled:
    """Read every bundle for this center and write what goes down; a bad file never stops the others.

    Raises WorldFailed `stick.*` when the folder is gone, full or cannot be written.
    """
    absorbed, written, rejected, asking = 0, 0, list[Rejected](), list[str]()
    for found in mine(center, folder):
        try:
            new, answer, digits = answered(center, found)
        except WorldFailed:
            raise
        except MediatorError as error:
            rejected.append(Rejected(found.path.name, error.code))
            continue
        absorbed += new
        asking += digits
        for name, data in answer:
            write_safely(folder, name, data)
            written += 1
    write_safely(folder, card_name(center.card.center), card_body(center.card, center.sealer))
    fold_dirty(center)
    return Handled(absorbed, written, tuple(rejected), tuple(asking))


def mine(center: Center, folder: Path) -> Iterator[Found]:
    """Bundles for this center, requests to join first, each sender's in order."""
    wanted = stick_name(center.card.center, "up", center.card.center, 0).center
    for direction in ("enroll", "up"):
        for found in found_in(folder, direction=direction):
            if found.name.center == wanted:
                yield found


def answered(center: Center, found: Found) -> tuple[int, list[tuple[StickName, bytes]], list[str]]:
    """New entries, files to write and digits to compare, for one file."""
    desk = read_cover(found.data).header.desk
    if found.name.direction == "up":
        done = exchange(center, found.data)
        name = stick_name(center.card.center, "down", desk, done.taken.down_no)
        return done.taken.new, [(name, done.down)], []
    joined = join(center, read_request(found.data, center=center.card.center, sealer=center.sealer))
    if joined.outcome is Outcome.WAITING:
        return 0, [], [joined.digits]
    return 0, [(stick_name(center.card.center, "answer", desk, found.name.no), joined.answer)], []
