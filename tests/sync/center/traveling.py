"""A real vault and a real county between which recordings and scans travel."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mediator.casework import evidence, exchange
from mediator.casework.desk import Desk
from mediator.core.records import CaseId
from sync.center.application import application
from sync.center.county import Center
from sync.center.enrollment import make_code
from sync.center.piece_files import PieceFiles
from tests.casework.desks import a_desk, a_workshop, with_the_real_road
from tests.casework.tapes import recorded
from tests.docs.foreign import pdf
from tests.sync.center.people import quick
from tests.sync.center.real import TOWNSHIP, real_center
from tests.sync.center.serving import served


def a_county(folder: Path) -> Center:
    """With a folder for pieces."""
    folder.mkdir(parents=True, exist_ok=True)
    return real_center(f"sqlite:///{folder / 'center.db'}", pieces=PieceFiles(folder / "pieces"))


@contextmanager
def line_to(center: Center) -> Iterator[str]:
    """Its address on loopback."""
    with served(application(center, quick)) as url:
        yield url


def a_room(folder: Path, center: Center, url: str, *, seed: int = 7) -> Desk:
    """A desk of the township that has joined."""
    desk = a_desk(folder, workshop=with_the_real_road(a_workshop(seed=seed)))
    exchange.enroll_network(desk, url, make_code(center, TOWNSHIP).text)
    return desk


def a_tape(desk: Desk, seconds: float = 11) -> tuple[CaseId, str]:
    """A case with a recording, and its id."""
    case, _, recording = recorded(desk, seconds)
    return case, recording


def a_scan(desk: Desk, case: CaseId, folder: Path, *, place: str = "证据", pages: int = 2) -> str:
    """A scan of a case, by the hash of its PDF."""
    file = folder / "scan.in"
    file.write_bytes(pdf(pages))
    return evidence.attach(desk, case, file, place=place, title="照片").sha256
