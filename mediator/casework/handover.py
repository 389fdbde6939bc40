"""交接单: the paper that goes with a stick."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from mediator.casework import exchange
from mediator.casework.county import Parcel
from mediator.casework.desk import BEIJING, Desk
from mediator.casework.faces import fonts_in
from mediator.casework.files_out import file_name, staged_papers
from mediator.core.dates import chinese_moment
from mediator.docs.handover import TITLE, Lying, handover_slip
from mediator.docs.pdf import write_pdf
from mediator.errors import RefusedByRule

KIB: Final = 1024
HALF: Final = 4


def write(desk: Desk, parcels: Sequence[Parcel], out: Path) -> Path:
    """The slip for what was just written, as a PDF in a folder.

    Raises RefusedByRule `handover.nothing` when nothing was written, WorldFailed `file.write`.
    """
    if not parcels:
        raise RefusedByRule("handover.nothing")
    moment = desk.workshop.clock.now().astimezone(BEIJING)
    paper = handover_slip(
        desk.vault.room.organization, exchange.status(desk).center, chinese_moment(moment),
        tuple(map(lying, parcels)), across=desk.across,
    )  # fmt: skip
    data, _ = write_pdf(paper, fonts_in(desk.workshop.fonts_folder))
    path = out / file_name(TITLE, f"{moment:%Y%m%d-%H%M}", ending="pdf")
    with staged_papers(desk, {path: data}):
        return path


def lying(parcel: Parcel) -> Lying:
    """A file in words."""
    holds = f"第{parcel.first}条到第{parcel.last}条" if parcel.last >= parcel.first else "没有新内容"
    return Lying(parcel.file, holds, size_words(parcel.size), spaced(parcel.digits))


def size_words(size: int) -> str:
    """Bytes as people read them."""
    return f"{size / KIB / KIB:.1f} MB" if size >= KIB * KIB else f"{-(-size // KIB)} KB"


def spaced(digits: str) -> str:
    """Two halves, as they are read out."""
    return f"{digits[:HALF]} {digits[HALF:]}"
