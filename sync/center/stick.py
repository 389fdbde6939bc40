"""A stick at the county: read what laptops wrote, answer each, never touch what is not ours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mediator.errors import MediatorError, WorldFailed
from sync.carriers.stick import Found, found_in, write_safely
from sync.center.answering import exchange, refusal
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
    """What one stick brought and took: new entries, files written, files refused, the digits of those who ask.

    `aside` counts entries that were kept apart because they break a rule of their kind.
    """

    absorbed: int = 0
    written: int = 0
    rejected: tuple[Rejected, ...] = ()
    asking: tuple[str, ...] = ()
    aside: int = 0


@dataclass(frozen=True, slots=True)
class Reply:
    """What one file came to: new entries, entries kept apart, files to write, digits to compare."""

    new: int = 0
    aside: int = 0
    files: tuple[tuple[StickName, bytes], ...] = ()
    digits: tuple[str, ...] = ()


def handle(center: Center, folder: Path) -> Handled:
    """Read every bundle for this center and write what goes down; a bad file never stops the others.

    Raises WorldFailed `stick.*` when the folder is gone, full or cannot be written: after everything was read, for
    what a read-only stick brings is taken all the same.
    """
    done = Handled()
    trouble: WorldFailed | None = None
    for found in mine(center, folder):
        try:
            reply = answered(center, found)
        except WorldFailed:
            raise
        except MediatorError as error:
            done = replace(done, rejected=(*done.rejected, Rejected(found.path.name, error.code)))
            reply = Reply(files=told(center, found, error.code))
        trouble = trouble or written(folder, reply.files)
        done = replace(
            done, absorbed=done.absorbed + reply.new, written=done.written + len(reply.files),
            asking=(*done.asking, *reply.digits), aside=done.aside + reply.aside,
        )  # fmt: skip
    fold_dirty(center)
    card = (card_name(center.card.center), card_body(center.card, center.sealer))
    trouble = trouble or written(folder, [card])
    if trouble:
        raise trouble
    return done


def told(center: Center, found: Found, code: str) -> tuple[tuple[StickName, bytes], ...]:
    """The file that tells a laptop why its bundle was refused; none for a stranger's or a damaged one."""
    answer = refusal(center, found.data, code) if found.name.direction == "up" else None
    if answer is None:
        return ()
    no, data = answer
    return ((stick_name(center.card.center, "down", read_cover(found.data).header.desk, no), data),)


def written(folder: Path, files: Sequence[tuple[StickName, bytes]]) -> WorldFailed | None:
    """Write files; what the stick said instead of taking one."""
    try:
        for name, data in files:
            write_safely(folder, name, data)
    except WorldFailed as error:
        return error
    return None


def mine(center: Center, folder: Path) -> Iterator[Found]:
    """Bundles for this center, requests to join first, each sender's in order."""
    wanted = stick_name(center.card.center, "up", center.card.center, 0).center
    for direction in ("enroll", "up"):
        for found in found_in(folder, direction=direction):
            if found.name.center == wanted:
                yield found


def answered(center: Center, found: Found) -> Reply:
    """Take one file in."""
    desk = read_cover(found.data).header.desk
    if found.name.direction == "up":
        done = exchange(center, found.data)
        name = stick_name(center.card.center, "down", desk, done.taken.down_no)
        return Reply(done.taken.new, len(done.taken.set_aside), ((name, done.down),))
    joined = join(center, read_request(found.data, center=center.card.center, sealer=center.sealer))
    if joined.outcome is Outcome.WAITING:
        return Reply(digits=(joined.digits,))
    return Reply(files=((stick_name(center.card.center, "answer", desk, found.name.no), joined.answer),))
