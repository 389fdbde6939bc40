"""A hundred exchanges that broke off leave nothing: none waits in the county, no file is larger for them (G3)."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from sync.center.answering import exchange
from sync.center.county import Center
from sync.center.uploads import LIFE, add_piece, forget, open_upload, whole
from sync.wire.bundle import PREFIX, read_cover
from tests.sync.center.bundles import bundle_of
from tests.sync.center.test_exchange import tell
from tests.sync.center.test_uploads import staged
from tests.sync.fakes import Clock, a_center
from tests.sync.world import Desk, a_laptop

PIECE = 4_096


def founded(folder: Path) -> tuple[Center, Desk]:
    """A county on a disk, and a laptop with a bundle of some pieces."""
    center = a_center(Random(3), url=f"sqlite:///{folder / 'center.db'}")
    desk = a_laptop(Random(4), center, "desk-abort")
    tell(desk, 60)
    return center, desk


def pages_in_use(center: Center) -> int:
    """Pages of the file that hold something."""
    with center.database.engine.connect() as connection:
        count, free = (
            connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("page_count", "freelist_count")
        )
    return int(count) - int(free)


def begin(center: Center, data: bytes) -> tuple[str, int]:
    """The ticket of a bundle, and how much of it the county holds."""
    ticket = read_cover(data).header.bundle
    return ticket, open_upload(center, ticket, length=len(data), start=data[:PREFIX]).held


def send(center: Center, data: bytes, *, upto: int) -> str:
    """Pieces from where the county is, as far as the line lasts."""
    ticket, held = begin(center, data)
    while held < upto:
        held = add_piece(center, ticket, held, data[held : min(held + PIECE, upto)]).held
    return ticket


def arrive(center: Center, desk: Desk, no: int) -> None:
    """A bundle comes whole and is taken in."""
    ticket = send(center, data := bundle_of(center, desk, no=no), upto=len(data))
    assert exchange(center, whole(center, ticket)).taken.new > 0
    forget(center, ticket)


@pytest.mark.threat("T61")
def test_a_hundred_aborted_exchanges_leave_the_county_as_none_would(tmp_path: Path) -> None:
    (tmp_path / "calm").mkdir()
    calm, calm_desk = founded(tmp_path / "calm")
    arrive(calm, calm_desk, 1)
    broken, desk = founded(tmp_path)
    random, data = Random(100), bundle_of(broken, desk, no=1)
    for number in range(100):
        if number % 10 == 9:  # the vault was cut anew meanwhile
            data = bundle_of(broken, desk, no=number)
        send(broken, data, upto=random.randrange(len(data)))
        assert staged(broken)[0] <= 2 + 1, "two of one laptop, and one of which it is not known yet whose it is"
    assert isinstance(broken.now, Clock)
    broken.now.ms += LIFE + 60_000
    arrive(broken, desk, 200)
    assert staged(broken) == (0, 0)
    assert abs(pages_in_use(broken) - pages_in_use(calm)) <= 1
    for center in (broken, calm):
        center.database.close()
