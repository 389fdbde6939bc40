"""Folders of a stick with anything wrong: only sound bundles are taken, faults have names, nobody's file is lost.

Two thousand in the long tier, a hundred every time.
"""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Final

import pytest

from mediator.errors import MediatorError
from sync.carriers.stick import StickCarrier
from sync.wire.bundle import open_bundle, pack
from sync.wire.names import StickName, stick_name
from tests.sync.carriers.files import outgoing
from tests.sync.fakes import FakeSealer
from tests.sync.wire.made import CENTER, HOME, address, empty

USUAL, ALL = 100, 2_000
LONGEST, MOST_ROOM = 1.0, 200 << 20
TIERS = pytest.mark.parametrize("count", [USUAL, pytest.param(ALL, marks=pytest.mark.full)])
LAPTOP: Final = FakeSealer("laptop")
DESK: Final = "d" * 32
SOUND: Final = pack(address(dir="down", to=(LAPTOP.seal_public,)), empty(), HOME)
OWN: Final = stick_name(CENTER, "down", DESK, 7)
Change = Callable[[Path, Random], object]


def another(random: Random) -> StickName:
    """A name of the same form."""
    return stick_name(
        random.choice((CENTER, "e" * 32)), random.choice(("up", "down", "enroll", "answer")),
        random.choice((DESK, "f" * 32)), random.randrange(99),
    )  # fmt: skip


def damaged(random: Random) -> bytes:
    """The bundle after a bad day."""
    at = random.randrange(len(SOUND))
    return random.choice((
        SOUND[:at], SOUND[:at] + bytes(len(SOUND) - at), bytes(len(SOUND)), b"", SOUND + random.randbytes(9),
        SOUND[:at] + bytes((SOUND[at] ^ 1,)) + SOUND[at + 1 :], random.randbytes(len(SOUND)), SOUND[at:] + SOUND[:at],
        b"MZ" + SOUND, SOUND.replace(b"\r\n", b"\n", 1),
    ))  # fmt: skip


def one_of(folder: Path, random: Random) -> Path:
    """A place that is this desk's, perhaps taken already."""
    return folder / str(stick_name(CENTER, "down", DESK, random.randrange(9)))


def strange(folder: Path, random: Random) -> object:
    """Something that is no file under a name of ours, or a file under a name of nobody's."""
    path = folder / str(another(random))
    if path.exists() or path.is_symlink():
        return None
    return random.choice((
        path.mkdir, lambda: path.symlink_to(folder / str(OWN)), lambda: path.symlink_to("/dev/zero"),
        lambda: path.symlink_to(path), lambda: os.mkfifo(path),
        lambda: (folder / random.choice(("autorun.inf", "a" * 200, "．medb", f"._{OWN}"))).write_bytes(SOUND),
    ))()  # fmt: skip


CHANGES: Final[tuple[Change, ...]] = (
    strange,
    lambda folder, random: (folder / str(OWN)).write_bytes(damaged(random)),
    lambda folder, random: one_of(folder, random).write_bytes(damaged(random)),
    lambda folder, random: one_of(folder, random).write_bytes(SOUND),
    lambda folder, random: (folder / str(OWN)).rename(folder / str(stick_name("e" * 32, "down", DESK, 7)))
    if (folder / str(OWN)).exists() and random.random() < 0.5 else None,
    lambda folder, _random: (folder / str(OWN).replace(".medb", ".part")).write_bytes(SOUND),
    lambda folder, random: (folder / str(OWN)[:8]).write_bytes(random.randbytes(50)),
)  # fmt: skip


def foreign(folder: Path) -> dict[str, bytes]:
    """Files that are not this desk's to touch."""
    mine = {str(stick_name(CENTER, way, DESK, 0))[:20] for way in ("up", "down", "answer")}
    return {
        each.name: each.read_bytes()
        for each in folder.iterdir()
        if each.is_file() and not each.is_symlink() and not any(each.name.startswith(start) for start in mine)
    }


def taken_from(folder: Path) -> list[bytes]:
    """What a laptop takes from the folder, as far as its own reading goes; then it writes."""
    carrier = StickCarrier(folder, CENTER, DESK)
    found = []
    for data in carrier.fetch().down:
        try:
            open_bundle(data, sender=lambda _header: HOME.sign_public, sealer=LAPTOP)
            found.append(data)
        except MediatorError:
            continue
    carrier.offer(outgoing(8, SOUND))
    return found


@pytest.mark.threat("T41")
@pytest.mark.threat("T48")
@TIERS
def test_of_a_damaged_folder_only_sound_bundles_are_taken_and_nothing_foreign_is_touched(
    tmp_path: Path, count: int
) -> None:
    room, refused = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10, 0
    for number in range(count):
        folder, random = tmp_path / str(number), Random(number)
        folder.mkdir()
        (folder / str(OWN)).write_bytes(SOUND)
        for change in random.choices(CHANGES, k=random.randrange(1, 6)):
            change(folder, random)
        before, begun = foreign(folder), time.process_time()
        try:
            assert set(taken_from(folder)) <= {SOUND}
        except MediatorError:
            refused += 1
        assert time.process_time() - begun < LONGEST
        assert before.items() <= foreign(folder).items()
    assert refused < count // 10, "one bad file stops no exchange"
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10) - room < MOST_ROOM
