"""Places to sign: whatever stands before them, they never have a page to themselves that could hold company."""

from __future__ import annotations

from functools import partial

from hypothesis import given, settings
from hypothesis import strategies as st

from mediator.docs.continuing import continued
from mediator.docs.drawing import nothing, put_line
from mediator.docs.model import Block, Document, Form, Heading, Place, Room, Signatures, Table, text
from mediator.docs.page import CARD, FORM, LEADING, LETTER, Sheet
from mediator.docs.paging import Slice, paginate
from mediator.docs.setting import Setter
from tests.docs.papers import fonts

SIGNED = "签"
LONG = st.integers(1, 900).map(lambda count: "调" * count)
BEFORE = st.one_of(
    LONG.map(text),
    LONG.map(lambda words: Table(("甲", "乙"), (("一", "二"), (words, "短")), (0.4, 0.6))),
    LONG.map(lambda words: Form(((("事由", "短"),), (("理由", words),)))),
    LONG.map(lambda words: Form(((("姓名", "某"),), (("住址", words),)), side="申请人")),
    LONG.map(lambda words: Form(((("意见", words[:300]),),), (Room(4, "负责人："),))),
)
AFTER = st.sampled_from(((), (), (Heading("决定"), text("另行通知。"))))


@st.composite
def signings(draw: st.DrawFn) -> Signatures:
    """A block of places to sign, some with names that take two lines."""
    name = draw(st.sampled_from(("", "某" * 5, "某" * 24)))
    places = tuple(Place(SIGNED, name) for _ in range(draw(st.integers(0, 24))))
    seal = draw(st.sampled_from(("", f"{SIGNED}委员会"))) if places else f"{SIGNED}委员会"
    return Signatures(places, seal, f"{SIGNED}今日")


PAPERS = st.lists(st.tuples(st.lists(BEFORE, min_size=1, max_size=4), signings(), AFTER), min_size=1, max_size=2)


def pages(sheet: Sheet, blocks: tuple[Block, ...]) -> list[list[Slice]]:
    """The pages of a paper of these blocks."""
    setter = Setter(fonts(), sheet=sheet)
    document = Document("kind", "书", "某委员会", "", blocks, sheet=sheet)
    return paginate(list(setter.slices(continued(document, setter))), sheet.text_height)


def is_company(strip: Slice) -> bool:
    """True for a strip with text in it that is no place to sign."""
    if not isinstance(strip.draw, partial):
        return strip.draw is not nothing
    if strip.draw.func is not put_line:
        return True
    glyphs = strip.draw.keywords["line"].glyphs
    return bool(glyphs) and glyphs[0].char not in f"{SIGNED}某（名"


@settings(max_examples=80)
@given(st.sampled_from((FORM, CARD, LETTER)), PAPERS)
def test_no_page_holds_only_places_to_sign_but_where_one_page_cannot_hold_them_all(
    sheet: Sheet, parts: list[tuple[list[Block], Signatures, tuple[Block, ...]]]
) -> None:
    blocks = tuple(each for before, signing, after in parts for each in (*before, signing, *after))
    lone = [page for page in pages(sheet, blocks) if not any(map(is_company, page))]
    assert all(sum(each.draw is not nothing for each in page) > 2 for page in lone)
    head_and_two = 6 * LEADING + signed_height(sheet, parts[0][1]) > sheet.text_height
    assert not lone or head_and_two or any(signing.loose(sheet) for _, signing, _ in parts)


def signed_height(sheet: Sheet, block: Signatures) -> float:
    """How high a block of places to sign is."""
    return sum(each.height for each in Setter(fonts(), sheet=sheet).block(block))
