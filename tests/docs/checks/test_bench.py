"""The bench a finished paper lies on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.docs.checks.bench import Examined, first_difference, strings
from tests.docs.papers import a_case, a_paper, some_facts


@pytest.mark.parametrize(("one", "other", "place"), [("甲乙", "甲丙", 1), ("甲", "甲乙", 1), ("", "甲", 0)])
def test_where_two_texts_part(one: str, other: str, place: int) -> None:
    assert first_difference(one, other) == place


@given(st.text(max_size=20), st.text(min_size=1, max_size=5))
def test_a_text_and_its_continuation_part_at_its_end(text: str, more: str) -> None:
    assert first_difference(text, text + more) == len(text)


def test_every_text_of_a_record_is_found_however_deep() -> None:
    found = set(strings(a_case()))
    assert found >= {"吴㛃𬱖", "街巷硬化占用厕所及三棵树", "银行转账", "款已付清，路已浇好。", "缙云县壶镇镇湖川村"}
    assert list(strings(7)) == []


def test_the_flowing_text_has_neither_watermark_nor_repeated_header_nor_foot() -> None:
    case = a_case(rows=40)
    paper = a_paper("mediation_agreement", case, draft=True)
    bench = Examined(paper, case, some_facts(draft=True), None)
    assert len(bench.pages) > 2
    assert bench.flowing.count("序号付款人收款人") == 1
    assert "草稿" not in bench.flowing
    assert "页共" not in bench.flowing
    assert bench.word is not None
    assert bench.flowing == bench.word.text


def test_a_paper_of_one_format_has_one_text() -> None:
    paper = a_paper("receipt")
    only = replace(paper, files={"pdf": paper.files["pdf"]})
    bench = Examined(only, a_case(), some_facts(), None)
    assert [form for form, _ in bench.texts] == ["pdf"]
    assert bench.word is None
