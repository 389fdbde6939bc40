"""Slips of both directions at a desk: the receipt that came on paper, and the paper that goes with a stick."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
import segno

from mediator.casework import handover, opening, slips
from mediator.casework.county import Parcel
from mediator.casework.desk import Desk
from mediator.errors import MediatorError, RefusedByRule
from tests.casework.desks import a_desk, a_workshop
from tests.casework.test_exchange import Door

PARCELS = (
    Parcel("med-k3f9qa-u-7h2m9c4d0x-00000123.medb", 41, 44, 900, "48291305"),
    Parcel("med-k3f9qa-u-7h2m9c4d0x-00000124.medb", 45, 44, 3 << 20, "00000007"),
)


@pytest.fixture
def door() -> Door:
    return Door()


@pytest.fixture
def desk(tmp_path: Path, door: Door) -> Iterator[Desk]:
    made = a_desk(tmp_path / "vault", workshop=replace(a_workshop(), exchange=door))
    yield made
    opening.lock(made)


def picture(folder: Path, *texts: str) -> Path:
    """A photograph of codes, one below the other."""
    from PIL import Image

    sheets = []
    for text in texts:
        buffer = io.BytesIO()
        segno.make_qr(text, error="m").save(buffer, kind="png", scale=4, border=6)
        sheets.append(Image.open(buffer).convert("L"))
    whole = Image.new("L", (max((s.width for s in sheets), default=9), sum(s.height for s in sheets) or 9), 255)
    top = 0
    for sheet in sheets:
        whole.paste(sheet, (0, top))
        top += sheet.height
    path = folder / "slip.png"
    whole.save(path)
    return path


def test_a_slip_is_found_in_a_picture_among_other_codes_and_stands_in_the_history(
    desk: Desk, door: Door, tmp_path: Path
) -> None:
    text = "R1" + "0A1B2C3D" * 29
    assert slips.count_picture(desk, picture(tmp_path, "https://example.org", text)).n == 40
    assert door.asked == [f"slip {text}"]
    row = desk.vault.shelf.exchanges(1)[0]
    assert (row.road, row.sent, row.received, row.code) == ("slip", 0, 0, "")


@pytest.mark.parametrize(
    ("file", "code"), [("none", "slip.no_code"), ("text", "slip.no_code"), ("away", "file.missing")]
)
def test_a_file_without_a_slip_is_named_and_nothing_is_counted(
    desk: Desk, door: Door, tmp_path: Path, file: str, code: str
) -> None:
    path = picture(tmp_path, *(["https://example.org"] if file == "none" else []))
    if file == "text":
        path.write_text("R1ABC")
    with pytest.raises(MediatorError) as caught:
        slips.count_picture(desk, path if file != "away" else tmp_path / "away.png")
    assert (caught.value.code, door.asked) == (code, [])
    assert desk.vault.shelf.exchanges(1) == ()


def test_the_paper_that_goes_with_a_stick_says_what_lies_on_it_and_what_to_compare(desk: Desk, tmp_path: Path) -> None:
    path = handover.write(desk, PARCELS, tmp_path)
    pages = pypdf.PdfReader(path).pages
    assert len(pages) == 1
    words = "".join(pages[0].extract_text().split())
    told = (PARCELS[0].file, PARCELS[1].file, "第41条到第44条", "没有新内容", "48291305", "00000007", "1KB", "3.0MB")
    for each in (*told, desk.vault.room.organization, "缙云县", "移交人", "接收人"):
        assert each in words, each


def test_nothing_written_is_no_paper(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(RefusedByRule, match=r"handover\.nothing"):
        handover.write(desk, (), tmp_path)
    assert list(tmp_path.glob("*.pdf")) == []
