"""A filled template says exactly what was put into it, with ruled gaps for what is missing, in faces that Word has."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from mediator.core.records import Case
from mediator.docs.catalogue import kind_of
from mediator.docs.elements import W
from mediator.docs.facts import PaperFacts
from mediator.docs.finished_word import WordFile
from mediator.docs.templates import render as template_render
from mediator.docs.templates.child import answered
from mediator.docs.templates.dress import Faces, dressed
from mediator.docs.templates.parts import admitted
from mediator.docs.templates.process import Answer, shapes
from mediator.docs.templates.render import filled_word, refuse_lost
from mediator.errors import Unacceptable
from tests.docs.foreign_words import MAIN, WORD, a_word, changed, paragraph, part_text
from tests.docs.papers import a_case, some_facts

INFO = kind_of("receipt")


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same code as in the child, without waiting for one; the child has tests of its own."""

    def ask(parts: Any, slots: Any, context: Any) -> Answer:
        said: Any = answered({"parts": parts, "names": shapes(slots), "context": context})
        return Answer(said.get("parts", {}), said.get("told", {}), said.get("fault", ""), said.get("name", ""))

    monkeypatch.setattr(template_render, "ask", ask)


def filled(*lines: str, case: Case | None = None, facts: PaperFacts | None = None) -> WordFile:
    """A receipt of these lines, filled."""
    case, facts = case or a_case(), facts or some_facts("receipt")
    paper = INFO.compose(case, facts)
    return WordFile(filled_word(INFO, admitted(a_word(*lines)), case, facts, paper))


def lines(*texts: str, **changes: str) -> list[str]:
    """The paragraphs below the title."""
    return filled(*texts, case=replace(a_case(), **changes)).paragraphs[1:]  # type: ignore[arg-type]


TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"), exclude_characters="\ufdd0\u2028\u2029"), min_size=1
).filter(lambda text: text.strip())


@pytest.mark.threat("T33")
@settings(max_examples=40)
@given(st.sampled_from(("<b>&amp;", "]]>", "{{ payer }}", "{%", "\U000200a4", "a\"b'c", "{_{", "&#x41;")) | TEXT)
def test_any_text_stands_in_the_paper_as_it_was_put_in(value: str) -> None:
    shown = "".join(filled("事由：{{ matter }}。", case=replace(a_case(), title=value)).paragraphs[1:])
    assert shown == f"事由：{value}。"


@pytest.mark.threat("T33")
def test_a_value_that_got_lost_or_changed_its_order_is_refused() -> None:
    raw = f'<w:document xmlns:w="{WORD}">{paragraph("甲乙")}</w:document>'.encode()
    refuse_lost(MAIN, raw, ["甲", "乙"])
    for values in (["丙"], ["乙", "甲"], ["甲", "甲"]):
        with pytest.raises(Unacceptable) as caught:
            refuse_lost(MAIN, raw, values)
        assert (caught.value.code, caught.value.facts["fault"]) == ("template.render", "value")


@pytest.mark.threat("T34")
def test_what_is_missing_and_may_be_is_a_ruled_gap() -> None:
    word = filled("{{ agreement_number }}")
    (run,) = [each for each in word.body.iter(f"{W}r") if each.find(f"{W}rPr/{W}u") is not None]
    assert "".join(run.itertext()) == "　" * 12


def test_each_line_of_a_value_is_a_paragraph_with_the_same_shape() -> None:
    assert lines("甲{{ facts }}乙", facts="一\n二\n\n三") == ["甲一", "二", "三乙"]


def test_loops_and_conditions_leave_no_empty_paragraph() -> None:
    shown = filled(
        "{%p if has_total %}", "有", "{%p endif %}", "{%p for p in parties %}", "{{ p.姓名 }}", "{%p endfor %}"
    )
    assert shown.paragraphs[1:] == ["有", "吴某斌", "吴㛃𬱖", "何某"]


def test_the_same_record_gives_the_same_bytes() -> None:
    assert filled("{{ payer }}").data == filled("{{ payer }}").data


@pytest.mark.threat("T39")
@pytest.mark.parametrize(("across", "shown"), [("", "草稿"), ("样稿", "样稿")])
def test_a_draft_has_its_word_across_each_page(across: str, shown: str) -> None:
    case, facts = a_case(), some_facts("receipt", draft=True)
    paper = replace(INFO.compose(case, facts), across=across)
    word = WordFile(filled_word(INFO, admitted(a_word("{{ payer }}")), case, facts, paper))
    heads = [raw.decode() for name, raw in word.parts.items() if name.startswith("word/header")]
    assert [f'string="{shown}"' in head for head in heads] == [True]


@pytest.mark.threat("T36")
def test_nobodys_name_and_no_day_of_the_template_leave_with_the_paper() -> None:
    core = "docProps/core.xml"
    data = a_word("{{ payer }}")
    named = part_text(data, core).replace(
        "</cp:coreProperties>", "<cp:lastModifiedBy>张三</cp:lastModifiedBy></cp:coreProperties>"
    )
    paper = INFO.compose(a_case(), some_facts("receipt"))
    made = filled_word(INFO, admitted(changed(data, {core: named.encode()})), a_case(), some_facts("receipt"), paper)
    assert "张三" not in WordFile(made).parts[core].decode()


def test_a_run_without_a_face_gets_that_of_its_style() -> None:
    parts = admitted(a_word("甲"))
    style = f'<w:p><w:pPr><w:pStyle w:val="MediatorCell"/></w:pPr><w:r><w:t>乙</w:t></w:r></w:p>{paragraph("丙")}'
    raw = dressed(
        MAIN, f'<w:document xmlns:w="{WORD}">{style}</w:document>', Faces(parts), INFO.compose(a_case(), some_facts())
    )
    faces = [each.get(f"{W}eastAsia") for each in etree.fromstring(raw).iter(f"{W}rFonts")]
    assert faces == ["宋体", "仿宋_GB2312"]
