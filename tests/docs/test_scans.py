"""Scans from outside: upright A4 pages of ours, nothing of the file but what can be seen, bombs refused by name."""

from __future__ import annotations

import io
import time
from collections.abc import Callable

import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader

from mediator.docs import redrawing
from mediator.docs.page import PAGE_HEIGHT, PAGE_WIDTH
from mediator.docs.scans import FRAME_HEIGHT, FRAME_LEFT, FRAME_TOP, FRAME_WIDTH, scanned
from mediator.errors import Unacceptable
from tests.docs.foreign import (
    HOSTILE,
    camera_photo,
    content_bomb_pdf,
    endless_page_pdf,
    image_bomb_pdf,
    loaded_pdf,
    looping_tiff,
    page,
    pdf,
    written,
)

SCALE = 1.5


def seen(data: bytes, number: int = 0) -> Image.Image:
    """A page as another library draws it, grey."""
    with pypdfium2.PdfDocument(data) as document:
        picture: Image.Image = document[number].render(scale=SCALE).to_pil().convert("L")
    return picture


def dark_box(data: bytes) -> tuple[float, ...]:
    """Left, top, right and bottom of what is dark on the first page, in points."""
    box = seen(data).point(lambda value: 255 if value < 100 else 0).getbbox()
    assert box is not None
    return tuple(round(edge / SCALE) for edge in box)


@pytest.mark.threat("T38")
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_by_name(name: str) -> None:
    make, code = HOSTILE[name]
    with pytest.raises(Unacceptable) as caught:
        scanned(make())
    assert caught.value.code == code


@pytest.mark.threat("T38")
def test_a_packed_page_costs_the_program_neither_memory_nor_patience() -> None:
    began = time.monotonic()
    with pytest.raises(Unacceptable, match=r"scan\.bomb"):
        scanned(content_bomb_pdf())
    assert time.monotonic() - began < 25


@pytest.mark.threat("T38")
@pytest.mark.parametrize("make", [image_bomb_pdf, looping_tiff, endless_page_pdf])
def test_a_lying_size_comes_out_as_one_small_page(make: Callable[[], bytes]) -> None:
    found = scanned(make())
    assert (found.pages, len(found.data) < 100_000) == (1, True)


@pytest.mark.parametrize(
    ("data", "pages"),
    [
        (written(page(), "JPEG"), 1), (written(page(), "PNG"), 1), (pdf(3), 3),
        (written(page(), "TIFF", save_all=True, append_images=[page(), page()]), 3),
        (written(page().convert("1"), "TIFF", compression="group4"), 1), (written(page().convert("P"), "PNG"), 1),
        (written(page().convert("RGBA"), "PNG"), 1), (written(page().convert("CMYK"), "JPEG"), 1),
        (written(page().convert("L").convert("I").point(lambda value: value * 200).convert("I;16"), "PNG"), 1),
    ],
)  # fmt: skip
def test_every_kind_of_file_becomes_a4_pages_with_the_picture_in_its_frame(data: bytes, pages: int) -> None:
    found = scanned(data)
    reader = PdfReader(io.BytesIO(found.data))
    assert found.pages == len(reader.pages) == pages
    for each in reader.pages:
        assert tuple(map(float, each.mediabox)) == pytest.approx((0, 0, PAGE_WIDTH, PAGE_HEIGHT))
    if not data.startswith(b"%PDF"):
        left, top, right, _ = dark_box(found.data)
        assert left >= FRAME_LEFT - 1
        assert top >= FRAME_TOP - 1
        assert right < FRAME_LEFT + FRAME_WIDTH / 2


def test_clear_parts_of_a_picture_are_white_and_not_black() -> None:
    clear = Image.new("RGBA", (200, 200), (0, 0, 0, 0))
    assert seen(scanned(written(clear, "PNG")).data).getextrema() == (255, 255)


def test_a_photograph_stands_upright_and_tells_neither_camera_nor_place() -> None:
    data = camera_photo()
    assert b"GEHEIM" in data
    found = scanned(data).data
    picture = next(iter(PdfReader(io.BytesIO(found)).pages[0].images)).image
    assert picture is not None
    assert (picture.width, picture.height) == (594, 420)
    assert not picture.getexif()
    assert b"GEHEIM" not in found
    assert b"Exif" not in found
    dark = dark_box(found)
    assert dark[2] > FRAME_LEFT + FRAME_WIDTH * 0.7


@pytest.mark.threat("T40")
def test_of_a_pdf_only_what_can_be_seen_goes_on() -> None:
    data = loaded_pdf()
    assert all(word in data for word in (b"/JavaScript", b"/EmbeddedFile", b"/URI"))
    found = scanned(data).data
    assert not any(word in found for word in (b"/JavaScript", b"/EmbeddedFile", b"/URI", b"/Annots", b"/OpenAction"))
    left, top, right, bottom = dark_box(found)
    assert FRAME_LEFT < left < right < FRAME_LEFT + FRAME_WIDTH
    assert FRAME_TOP < top < bottom < FRAME_TOP + FRAME_HEIGHT


@pytest.mark.threat("T38")
def test_no_more_pages_come_back_than_a_vault_should_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redrawing, "MAX_KEPT", 5_000)
    monkeypatch.setattr(redrawing, "limit_memory", lambda: None)
    assert redrawing.run(io.BytesIO(pdf(9)), io.BytesIO()) == redrawing.REFUSED


def test_the_same_file_gives_the_same_bytes() -> None:
    assert scanned(camera_photo()) == scanned(camera_photo())


def test_a_small_picture_is_not_blown_up_to_a_page() -> None:
    dark = dark_box(scanned(written(Image.new("L", (96, 96)), "PNG")).data)
    assert (dark[2] - dark[0], dark[3] - dark[1]) == pytest.approx((72, 72), abs=2)
