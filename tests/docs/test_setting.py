"""The model set in type: lines, boxes and places to sign where a court expects them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import accumulate
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mediator.docs import model
from mediator.docs.drawing import Cell, SetLine, nothing, put_line
from mediator.docs.model import Align, Block, Clause, Document, Form, Heading, Place, Run, Signatures, Table, text
from mediator.docs.page import BODY, CELL, HEIGHT, LEADING, PAD, PITCH, WIDTH
from mediator.docs.paging import Slice, paginate
from mediator.docs.setting import Setter, row
from tests.docs.papers import fonts


def document(*blocks: Block, **more: Any) -> Document:
    """A paper of these blocks."""
    return Document("kind", "协议书", "某某镇人民调解委员会", "第1号", blocks, **more)


def strips(*blocks: Block) -> list[Slice]:
    """The strips of these blocks without the head."""
    whole = list(Setter(fonts()).slices(document(*blocks)))
    return whole[len(list(Setter(fonts()).head(document()))) :]


def line_of(strip: Slice) -> SetLine | None:
    """The line that a strip draws, if it draws one."""
    if isinstance(strip.draw, partial) and strip.draw.func is put_line:
        found: SetLine = strip.draw.keywords["line"]
        return found
    return None


def words_of(page: Sequence[Slice]) -> list[str]:
    """The text of each drawn line of a page."""
    found = (line_of(strip) for strip in page)
    return ["".join(glyph.char for glyph in line.glyphs) for line in found if line]


def pages(*blocks: Block) -> list[list[Slice]]:
    """The pages of these blocks."""
    return paginate(list(Setter(fonts()).slices(document(*blocks))), HEIGHT)


def lines(setter: Setter, words: str, width: float, align: Align = Align.JUSTIFY, indent: float = 0.0) -> list[SetLine]:
    """A paragraph in a column."""
    return setter.set_lines([Run(words)], BODY, width, align=align, indent=indent)


def ends(line: SetLine) -> float:
    """Where a line ends in its column."""
    return line.x + sum(glyph.width for glyph in line.glyphs) + line.extra * (len(line.glyphs) - 1)


@given(st.integers(29, 200))
def test_every_line_but_the_last_of_a_justified_paragraph_ends_at_the_edge(count: int) -> None:
    found = lines(Setter(fonts()), "调解，" * (count // 3), WIDTH, indent=2 * PITCH)
    for line in found[:-1]:
        hung = line.glyphs[-1].width / 2 if line.glyphs[-1].char == "，" else 0.0
        assert ends(line) == pytest.approx(WIDTH, abs=hung + 0.01)
    assert found[-1].extra == 0.0
    assert [line.x for line in found] == [2 * PITCH] + [0.0] * (len(found) - 1)


@pytest.mark.parametrize(
    ("align", "x"), [(Align.LEFT, 0.0), (Align.CENTER, (WIDTH - 4 * PITCH) / 2), (Align.RIGHT, WIDTH - 4 * PITCH)]
)
def test_a_short_line_stands_where_it_is_aligned(align: Align, x: float) -> None:
    (line,) = lines(Setter(fonts()), "调解协议", WIDTH, align)
    assert line.x == pytest.approx(x)
    assert line.extra == 0.0


def test_a_line_that_a_long_number_left_half_empty_is_not_torn_apart() -> None:
    first, second = lines(Setter(fonts()), "调解协议" * 4 + "3311221968050400173311221968050400", WIDTH)
    assert first.extra == 0.0
    assert len(second.glyphs) == 34


def test_a_first_line_of_28_characters_fills_the_line() -> None:
    (line,) = lines(Setter(fonts()), "调" * 28, WIDTH)
    assert ends(line) == pytest.approx(WIDTH)


BLOCKS = st.lists(
    st.one_of(
        st.integers(1, 200).map(lambda count: text("调" * count)),
        st.integers(1, 90).map(lambda count: Clause(1, "解" * count)),
        st.just(Heading("标题：")),
    ),
    min_size=1,
    max_size=10,
)


@settings(max_examples=60)
@given(BLOCKS)
def test_no_page_ends_with_a_heading_or_parts_one_line_from_its_paragraph(blocks: list[Block]) -> None:
    setter = Setter(fonts())
    whole = list(setter.slices(document(*blocks)))
    ends = list(accumulate(len(page) for page in paginate(whole, HEIGHT)))[:-1]
    start = len(list(setter.head(document())))
    for block in blocks:
        count = len(list(setter.block(block)))
        for end in (each for each in ends if start < each <= start + count):
            assert not isinstance(block, Heading), "a heading is the last line of a page"
            assert end == start + count or min(end - start, start + count - end) >= 2
        start += count


@settings(max_examples=40)
@given(BLOCKS, st.integers(1, 12))
def test_the_places_to_sign_stand_on_one_page_with_two_lines_of_text_before_them(
    blocks: list[Block], signers: int
) -> None:
    block = Signatures(tuple(Place("当事人") for _ in range(signers)), seal="某委员会", day="2026年3月5日")
    last = words_of(pages(*blocks, text("甲" * 40), block)[-1])
    assert [words for words in last if words.startswith("当事人")] == ["当事人（签名）："] * signers
    start = last.index("当事人（签名）：")
    assert last[start - 2][0] == "甲" == last[start - 1][0]
    assert last[-2:] == ["某委员会（盖章）", "2026年3月5日"]


def test_a_heading_before_paragraphs_of_one_line_takes_two_of_them_along() -> None:
    head, first, second, _third = strips(Heading("事实："), text("甲。"), text("乙。"), text("丙。"))
    assert (head.keep, first.keep, second.keep) == (True, True, False)


def test_rules_to_sign_end_alike_at_the_edge() -> None:
    found = [line_of(each) for each in strips(Signatures((Place("申请人", "吴某"), Place("记录人"))))]
    assert [line.rule_to for line in found if line and line.rule_to] == [WIDTH, WIDTH]


def test_a_long_name_gets_its_rule_on_the_next_line_and_never_half_a_one() -> None:
    long = Place("申请人", "缙云县壶镇镇某某某某农业发展有限公司", "签名")
    assert WIDTH - len(long.words) * PITCH < model.SHORTEST * PITCH
    found = [line for line in map(line_of, strips(Signatures((long,)))) if line]
    assert [line.rule_to for line in found[:2]] == [0.0, WIDTH]
    assert (found[1].x, list(found[1].glyphs)) == (WIDTH / 2, [])


def test_a_day_that_nobody_knows_is_gaps_for_the_pen() -> None:
    last = line_of(strips(Signatures((Place("当事人"),)))[-1])
    assert last is not None
    assert "".join(glyph.char for glyph in last.glyphs if glyph.face) == "年月日"
    assert sum(1 for glyph in last.glyphs if not glyph.face) == 7


@pytest.mark.parametrize(
    ("ends", "height"),
    [((False, False), 3 * CELL.leading + 2 * PAD), ((False, True), 3 * CELL.leading + PAD),
     ((True, True), 3 * CELL.leading)],
)  # fmt: skip
def test_a_row_is_as_high_as_its_tallest_cell_with_air_where_it_does_not_go_on(
    ends: tuple[bool, bool], height: float
) -> None:
    strip = row([Cell([SetLine(())] * 3, 100), Cell([SetLine(())], 100)], ends=ends)
    assert (strip.height, strip.ruled) == (height, any(ends))


def test_a_table_repeats_its_header_on_every_row_s_page_and_keeps_it_with_the_first() -> None:
    found = strips(Table(("甲", "乙"), (("1", "2"), ("3", "4")), (0.5, 0.5)))
    air, header, *rows = found
    assert air.draw is nothing
    assert len(rows) == 2
    assert header.keep
    assert all(each.header is not None and each.header.height == header.height for each in rows)


def test_there_is_air_below_a_table_but_not_where_it_ends_the_paper() -> None:
    table = Table(("甲",), (("1",),), (1.0,))
    assert strips(table)[-1].draw is not nothing
    assert strips(table, text("甲。"))[-2].draw is nothing


def test_columns_stand_as_they_are_aligned() -> None:
    table = Table(("甲", "乙"), (("1", "2"),), (0.5, 0.5), (Align.CENTER, Align.RIGHT))
    body = strips(table)[2]
    assert isinstance(body.draw, partial)
    one, two = (cell.lines[0] for cell in body.draw.keywords["cells"])
    room = WIDTH / 2 - 2 * PAD
    assert one.x == pytest.approx((room - one.glyphs[0].width) / 2)
    assert two.x == pytest.approx(room - two.glyphs[0].width)


def test_a_form_of_pairs_shares_the_width() -> None:
    found = strips(Form(((("姓名", "吴某"), ("性别", "男")), (("住址", "某村"),))))
    widths = [[round(cell.width / WIDTH, 3) for cell in each.draw.keywords["cells"]] for each in found[:2]]  # type: ignore[attr-defined]  # rows are partials
    assert widths == [[0.2, 0.3, 0.2, 0.3], [model.LABEL, 0.8]]


def test_the_head_puts_the_text_on_the_grid() -> None:
    assert sum(each.height for each in Setter(fonts()).head(document())) == pytest.approx(4 * LEADING)


@pytest.mark.parametrize("count", [2, 3, 4, 6])
@pytest.mark.parametrize("before", range(10, 19))
def test_wherever_a_page_ends_no_line_of_a_paragraph_stands_alone_on_either_side(before: int, count: int) -> None:
    filler = [text("甲。") for _ in range(before)]
    found = pages(*filler, text("调" * (28 * count - 3)), text("乙。"))
    parts = [sum(words.startswith("调") for words in words_of(page)) for page in found]
    assert sum(parts) == count
    assert 1 not in parts
