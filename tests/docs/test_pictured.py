"""A picture for a character that no face has: made plain, set in the line in both formats, copied out as itself."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pypdfium2
import pytest
from PIL import Image, ImageDraw

from mediator.core.records import Case, CharacterPicture
from mediator.docs import pictured
from mediator.docs.checks.every import inspect
from mediator.docs.elements import W
from mediator.docs.finished import PdfFile
from mediator.docs.finished_word import WordFile, squeezed
from mediator.docs.making import make
from mediator.docs.pictured import MAX_KEPT, SIDE, plain_picture
from mediator.errors import Unacceptable
from tests.docs.papers import a_case, a_paper, a_stamp, fonts, some_facts

LACKING = "\U00020023"


def png(image: Image.Image) -> bytes:
    """Bytes of a picture."""
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def drawn(size: tuple[int, int] = (200, 120), ink: str = "black", paper: str = "white") -> bytes:
    """A box of strokes on paper."""
    image = Image.new("RGB", size, paper)
    ImageDraw.Draw(image).rectangle((40, 20, 120, 100), outline=ink, width=12)
    return png(image)


def named(name: str = f"吴{LACKING}明") -> Case:
    """The case whose first party has this name, with a picture for the character."""
    case = a_case()
    people = (replace(case.parties[0], name=name), *case.parties[1:])
    return replace(case, parties=people, agreement=None, pictures=(CharacterPicture(LACKING, plain_picture(drawn())),))


def test_a_picture_is_kept_as_its_ink_alone_black_on_nothing_in_a_square() -> None:
    kept = Image.open(io.BytesIO(plain_picture(drawn(ink="#203080"))))
    assert (kept.mode, kept.size) == ("LA", (SIDE, SIDE))
    grey, ink = kept.split()
    assert grey.getextrema() == (0, 0)
    assert ink.getbbox() == (6, 6, SIDE - 6, SIDE - 6)
    assert ink.getpixel((SIDE // 2, SIDE // 2)) == 0
    assert plain_picture(drawn()) == plain_picture(drawn())


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (lambda: b"GIF89a", "glyph.kind"), (lambda: drawn()[:60], "glyph.kind"), (lambda: b"", "glyph.kind"),
        (lambda: drawn(ink="white"), "glyph.empty"), (lambda: drawn(ink="#f0f0f0"), "glyph.empty"),
        (lambda: png(Image.new("1", (2001, 2000))), "glyph.size"), (lambda: bytes(3 * 1024 * 1024), "glyph.size"),
    ],
)  # fmt: skip
def test_what_is_no_small_picture_of_a_character_is_refused(data: Callable[[], bytes], code: str) -> None:
    with pytest.raises(Unacceptable) as caught:
        plain_picture(data())
    assert caught.value.code == code


def test_a_picture_that_stays_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(plain_picture(drawn())) < MAX_KEPT
    monkeypatch.setattr(pictured, "MAX_KEPT", 10)
    with pytest.raises(Unacceptable, match=r"glyph\.size"):
        plain_picture(drawn())


@pytest.mark.parametrize("kind", ["application", "rights_notice", "mediation_record"])
def test_a_paper_with_a_pictured_character_passes_every_check_and_says_the_character(kind: str) -> None:
    case, facts = named(), replace(some_facts(kind), stamp=a_stamp())
    paper = make(kind, case, facts, fonts=fonts())
    assert inspect(paper, case, facts, again=lambda: make(kind, case, facts, fonts=fonts())) == ()
    text = squeezed("".join(PdfFile(paper.files["pdf"]).bodies))
    assert f"吴{LACKING}明" in text
    assert f"吴{LACKING}明" in WordFile(paper.files["docx"]).text


def test_the_docx_has_the_picture_with_the_character_as_its_words_and_hides_the_character() -> None:
    body = WordFile(a_paper("rights_notice", named()).files["docx"]).body
    pictures = [each.get("descr") for each in body.iter() if each.tag.endswith("}docPr")]
    hidden = [
        "".join(node.text or "" for node in run.iter(f"{W}t"))
        for run in body.iter(f"{W}r") if run.find(f"{W}rPr/{W}vanish") is not None
    ]  # fmt: skip
    assert set(pictures) == set(hidden) == {LACKING}
    assert len(pictures) == len(hidden) == WordFile(a_paper("rights_notice", named()).files["docx"]).text.count(LACKING)


def test_a_picture_is_as_large_as_the_words_around_it() -> None:
    committee = f"缙云县{LACKING}乡人民调解委员会"
    facts = replace(some_facts(), committee=committee)
    body = WordFile(make("rights_notice", named(), facts, fonts=fonts()).files["docx"]).body
    sides = [int(each.get("cy")) / 12700 for each in body.iter() if each.tag.endswith("}extent")]
    assert sides[0] == 18
    assert set(sides[1:]) == {16}


def test_the_pdf_shows_ink_in_the_place_of_the_character() -> None:
    data = a_paper("rights_notice", named()).files["pdf"]
    with pypdfium2.PdfDocument(data) as document:
        page = document[0]
        text = page.get_textpage()
        place = text.search("明、").get_next()[0] - 1
        left, bottom, right, top = text.get_charbox(place, loose=True)
        height = page.get_size()[1]
        crop = (left, bottom, page.get_size()[0] - right, height - top)
        picture = page.render(scale=4, grayscale=True, crop=crop).to_pil()
    assert picture.getextrema()[0] < 40


def test_a_picture_serves_its_own_case_alone() -> None:
    a_paper("rights_notice", named())
    with pytest.raises(Unacceptable) as caught:
        a_paper("rights_notice", replace(named(), pictures=()))
    assert caught.value.where == "U+20023"


def test_a_character_that_a_face_has_is_never_set_as_a_picture() -> None:
    case = replace(named("吴某斌"), pictures=(CharacterPicture("某", plain_picture(drawn())),))
    assert b"MediatorPictured" not in a_paper("rights_notice", case).files["pdf"]
