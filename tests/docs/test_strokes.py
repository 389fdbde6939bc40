"""A signature drawn on the screen: it fits its line, keeps its shape, and its check says what the picture shows."""

from __future__ import annotations

import hashlib
import io

import pytest
from PIL import Image

from mediator.core.sittings import Strokes
from mediator.docs.strokes import check_of, checks_in, fitted, picture_of, shown_check, told
from tests.docs.forms.test_mediation_record import a_hand

# FORMATS.md, "Signatures on a record": a picture of three by two points, and a signature of two strokes.
POINTS = ((0, 0), (2, 0), (1, 1))
STROKES = (((600, 500, 0), (1400, 820, 400)), ((1000, 300, 700),))
CHECK = "734b9ceee4ca1b50"


def test_the_check_is_a_digest_of_size_and_ink_row_by_row() -> None:
    picture = Image.new("LA", (3, 2), (0, 0))
    for point in POINTS:
        picture.putpixel(point, (0, 255))
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    wanted = hashlib.sha256(b"mediator/signature/1 3 2 \xa0\x40").hexdigest()[:16]
    assert shown_check(buffer.getvalue()) == wanted == "5a3bb75b66c14e36"


def test_a_signature_is_painted_alike_by_every_version() -> None:
    assert check_of(STROKES) == CHECK


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n", b"%PDF-1.4"])
def test_what_is_no_picture_has_no_check(data: bytes) -> None:
    assert shown_check(data) == ""


def test_a_check_is_found_for_the_name_it_was_told_of_and_for_no_other() -> None:
    text = f"签名情况：{told('于某', '2025年11月10日11时05分', CHECK)}；{told('何某', '', 'a' * 16)}。"
    assert (checks_in(text, "于某"), checks_in(text, "何某"), checks_in(text, "某")) == ([CHECK], ["a" * 16], [])


@pytest.mark.parametrize(
    "strokes",
    [(((5, 5, 0),),), (((0, 0, 0), (3000, 1000, 9)),), (((0, 500, 0), (3000, 500, 9)),), a_hand()],
    ids=["a dot", "across the field", "level", "a hand"],
)
def test_any_signature_fits_its_line_and_keeps_its_shape(strokes: Strokes) -> None:
    lines, width, height = fitted(strokes)
    assert 0 < width <= 84.01
    assert 0 < height <= 21.01
    assert all(0 <= x <= width and 0 <= y <= height for line in lines for x, y in line)
    assert len(shown_check(picture_of(strokes)[0])) == 16


def test_a_hand_that_moves_by_a_hair_has_another_check_and_the_time_of_it_does_not_matter() -> None:
    first, *rest = a_hand()
    slower = tuple((x, y, 3 * t) for x, y, t in first)
    shifted = ((first[0][0] - 40, first[0][1], 0), *first[1:])
    assert check_of((slower, *rest)) == check_of(a_hand())
    assert check_of((shifted, *rest)) != check_of(a_hand())
