"""A stick at the county: read what laptops wrote, answer each, never touch what is not ours."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Final

from mediator.errors import MediatorError, Unacceptable, WorldFailed
from mediator.journal.entry import DeskId
from sync.carriers.stick import Found, found_in, write_safely
from sync.carriers.stick_pieces import LEFT_FREE
from sync.center.answering import exchange, refusal
from sync.center.county import Center
from sync.center.enrollment import Outcome, join
from sync.center.folding import fold_dirty
from sync.center.piece_stick import handed_files, pieces_alone
from sync.center.snapshots import all_parts, by_file, cursors_of
from sync.center.voices import as_known
from sync.session.county import UpBundle
from sync.session.joining import card_body, read_request
from sync.session.packing import SNAPSHOT
from sync.wire.bundle import read_cover
from sync.wire.names import StickName, card_name, digits_of, stick_name

File = tuple[StickName, bytes]
PIECES: Final = "blobs"


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file that was not taken in, and why."""

    file: str
    code: str


@dataclass(frozen=True, slots=True)
class Handled:
    """What one stick brought and took: new entries, files written, files refused, the digits of those who ask.

    `aside` counts entries that were kept apart because they break a rule of their kind. `heard` are the files that were
    read, each with the eight digits that stand on the slip which came with the stick.
    """

    absorbed: int = 0
    written: int = 0
    rejected: tuple[Rejected, ...] = ()
    asking: tuple[str, ...] = ()
    aside: int = 0
    heard: tuple[tuple[str, str], ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Reply:
    """What one file came to: new entries, entries kept apart, files to write, digits to compare."""

    new: int = 0
    aside: int = 0
    files: Iterable[File] = ()
    digits: tuple[str, ...] = ()


def handle(center: Center, folder: Path) -> Handled:
    """Read every bundle for this center and write what goes down; a bad file never stops the others.

    Raises WorldFailed `stick.*` when the folder is gone, full or cannot be written: after everything was read, for
    what a read-only stick brings is taken all the same.
    """
    done = Handled()
    trouble: WorldFailed | None = None
    for found in mine(center, folder):
        done = replace(done, heard=(*done.heard, (found.path.name, digits_of(found.data))))
        try:
            reply = answered(center, found, room=partial(room_on, folder))
        except WorldFailed:
            raise
        except MediatorError as error:
            done = replace(done, rejected=(*done.rejected, Rejected(found.path.name, error.code)))
            reply = Reply(files=told(center, found, error.code))
        try:
            count, failed = written(folder, () if trouble else reply.files)
        except Unacceptable as error:  # a part of a snapshot that cannot be cut stops nobody else
            count, failed = 0, None
            done = replace(done, rejected=(*done.rejected, Rejected(found.path.name, error.code)))
        trouble = trouble or failed
        done = replace(
            done, absorbed=done.absorbed + reply.new, written=done.written + count,
            asking=(*done.asking, *reply.digits), aside=done.aside + reply.aside,
        )  # fmt: skip
    fold_dirty(center)
    card = (card_name(center.card.center), card_body(center.card, center.sealer, chain=center.chain))
    trouble = trouble or written(folder, [card])[1]
    if trouble:
        raise trouble
    return done


def told(center: Center, found: Found, code: str) -> tuple[File, ...]:
    """The file that tells a laptop why its bundle was refused; none for a stranger's or a damaged one."""
    answer = refusal(center, found.data, code) if found.name.direction == "up" else None
    if answer is None:
        return ()
    no, data = answer
    return ((stick_name(center.card.center, "down", read_cover(found.data).header.desk, no), data),)


def written(folder: Path, files: Iterable[File]) -> tuple[int, WorldFailed | None]:
    """Write files, each made when its turn comes; how many, and what the stick said instead of taking one."""
    count = 0
    try:
        for name, data in files:
            write_safely(folder, name, data)
            count += 1
    except WorldFailed as error:
        return count, error
    return count, None


def mine(center: Center, folder: Path) -> Iterator[Found]:
    """Bundles for this center, requests to join first, pieces last, each sender's in order."""
    wanted = stick_name(center.card.center, "up", center.card.center, 0).center
    for direction in ("enroll", "up", PIECES):
        for found in found_in(folder, direction=direction):
            if found.name.center == wanted:
                yield found


def room_on(folder: Path) -> int:
    """Bytes that pieces may take on a stick, or a few for one that is gone."""
    try:
        return shutil.disk_usage(folder).free - LEFT_FREE
    except OSError:
        return 0


def answered(center: Center, found: Found, *, room: Callable[[], int]) -> Reply:
    """Take one file in."""
    desk = read_cover(found.data).header.desk
    if found.name.direction == PIECES:
        done = exchange(center, found.data, beside=pieces_alone, most=0)
        files = chain([(done.taken.down_no, done.down)], handed_files(center, done.up, room))
        return Reply(files=named(center, "down", desk, files))
    if found.name.direction == "up":
        done = exchange(center, found.data, beside=by_file)
        files = chain([(done.taken.down_no, done.down)], snapshot_files(center, done.up))
        return Reply(done.taken.new, len(done.taken.set_aside), named(center, "down", desk, files))
    center = as_known(center, found.data)
    joined = join(center, read_request(found.data, center=center.card.center, sealer=center.voice))
    if joined.outcome is Outcome.WAITING:
        return Reply(digits=(joined.digits,))
    answer = (stick_name(center.card.center, "answer", desk, found.name.no), joined.answer)
    cases = named(center, "down", desk, all_parts(center, DeskId(desk), {}))
    return Reply(files=chain([answer], cases))


def snapshot_files(center: Center, up: UpBundle) -> Iterator[tuple[int, bytes]]:
    """The parts that a new laptop lacks."""
    return all_parts(center, up.desk, cursors_of(up)) if SNAPSHOT in up.hello.takes else iter(())


def named(center: Center, direction: str, desk: str, files: Iterable[tuple[int, bytes]]) -> Iterator[File]:
    """Numbered bundles with the names under which they lie on a stick."""
    return ((stick_name(center.card.center, direction, desk, no), data) for no, data in files)
