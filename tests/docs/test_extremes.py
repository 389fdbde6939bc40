"""The most that can come: right pages, or a refusal with a sentence; never a wrong paper, never minutes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import pytest

from mediator.casework.complaints import sentence
from mediator.core.records import Case, Obligation, ObligationId, PartyId
from mediator.docs.catalogue import kind_of
from mediator.docs.checks.every import inspect
from mediator.docs.facts import Paper
from mediator.docs.finished import PdfFile
from mediator.docs.finished_word import WordFile, squeezed
from mediator.docs.making import make
from mediator.errors import MediatorError, RefusedByRule, Unacceptable
from tests.docs.papers import a_case, a_paper, agreement, fonts, some_facts

LONG_NAME: Final = "阿不都热依木·买买提" * 4
ADDRESS: Final = "浙江省丽水市缙云县壶镇镇湖川村后塘自然村一百二十八号" * 12
SAID: Final = "双方因道路通行发生纠纷，经村委会多次劝说仍未谈拢。"
MARKUP: Final = "<b>甲</b>&amp;{{receiver}}{% if %}]]><w:t>乙</w:t><!--丙-->\\(丁\\)%PDF-1.7"


def crowd(count: int) -> Case:
    """A case with so many parties."""
    case = a_case()
    more = tuple(
        replace(case.parties[place % 2], id=PartyId(f"m{place}"), ref=f"m{place}", name=f"某{place}号")
        for place in range(count - len(case.parties))
    )
    return replace(case, parties=(*case.parties, *more))


def instalments(count: int) -> Case:
    """A case with so many payments agreed."""
    found = agreement(1)
    plan = tuple(replace(found.obligations[0], id=ObligationId(f"i{place}")) for place in range(count))
    return replace(a_case(), agreement=replace(found, obligations=plan))


def first_party(*, name: str = "", address: str = "") -> Case:
    """The case with its first party otherwise."""
    case = a_case()
    first = case.parties[0]
    other = replace(first, name=name or first.name, address=address or first.address)
    return replace(case, parties=(other, *case.parties[1:]), agreement=None)


CASES: Final[dict[str, tuple[Callable[[], Case], tuple[str, ...], tuple[str, ...]]]] = {
    "20,000 characters of facts": (
        lambda: replace(a_case(), facts=(SAID * 800)[:20_000]),
        ("application", "acceptance_register", "mediation_agreement", "closing_report"), (SAID * 790,),
    ),
    "one paragraph a character": (
        lambda: replace(a_case(), facts="\n".join("甲乙丙丁" * 50)), ("application", "mediation_agreement"), (),
    ),
    "60 parties": (lambda: crowd(60), ("application", "rights_notice", "mediation_agreement"), ("某56号",)),
    "200 instalments": (lambda: instalments(200), ("mediation_agreement", "settlement_agreement"), ("1,000,000.00元",)),
    "an address of 300 characters": (
        lambda: first_party(address=ADDRESS[:300]), ("application", "closing_report", "confirmation_application"),
        (ADDRESS[:300],),
    ),
    "a name of 40 characters": (
        lambda: first_party(name=LONG_NAME), ("application", "rights_notice", "mediation_record"), (LONG_NAME,),
    ),
    "mark-up characters": (
        lambda: replace(first_party(address=MARKUP), facts=MARKUP, requests=MARKUP),
        ("application", "acceptance_register", "case_sheet"), (MARKUP,),
    ),
}  # fmt: skip


def checked(kind: str, case: Case) -> Paper:
    """The paper, which passes every check."""
    facts = some_facts(kind)
    paper = make(kind, case, facts, fonts=fonts(), formats=kind_of(kind).formats)
    assert inspect(paper, case, facts) == ()
    return paper


@pytest.mark.threat("T33")
@pytest.mark.parametrize(("name", "kind"), [(name, kind) for name, (_, kinds, _) in CASES.items() for kind in kinds])
def test_the_most_that_can_come_is_printed_whole(name: str, kind: str) -> None:
    build, _, wanted = CASES[name]
    paper = checked(kind, build())
    word = WordFile(paper.files["docx"]).text
    assert [words for words in wanted if squeezed(words) not in word] == []
    assert len(PdfFile(paper.files["pdf"]).bodies) == paper.pages


def refusal(deed: Callable[[], object]) -> MediatorError:
    """The error of a deed that is refused, which has a sentence of its own for the clerk."""
    with pytest.raises((RefusedByRule, Unacceptable)) as caught:
        deed()
    assert isinstance(caught.value, MediatorError)
    assert sentence(caught.value).endswith(("。", "”"))
    return caught.value


@pytest.mark.parametrize("code", [0x200F, 0x202A, 0x202E, 0x2066, 0x2069, 0x5D0, 0x627, 0x200B, 0xFEFF, 0x0, 0x7])
def test_what_turns_the_writing_or_hides_in_it_is_refused_by_code_point(code: int) -> None:
    found = refusal(lambda: a_paper("application", first_party(name=f"吴{chr(code)}某")))
    assert (found.code, found.where) == ("document.character", f"U+{code:04X}")


def test_a_record_without_a_hearing_is_refused_by_what_is_missing() -> None:
    found = refusal(lambda: a_paper("mediation_record", replace(a_case(), hearings=())))
    assert (found.code, found.where) == ("document.needs", "hearings.turns")


def test_an_agreement_without_a_hearing_leaves_the_mediator_to_the_pen() -> None:
    paper = checked("mediation_agreement", replace(a_case(), hearings=()))
    assert "人民调解员（签名）：" in WordFile(paper.files["docx"]).text


@pytest.mark.parametrize(("value", "code"), [("甲" * 20_001, "field.value"), ((("甲",),), "field.value")])
def test_a_typed_value_beyond_bounds_is_refused_by_its_label(value: str, code: str) -> None:
    facts = replace(some_facts("refusal_notice"), values={**some_facts("refusal_notice").values, "reason": value})
    found = refusal(lambda: make("refusal_notice", a_case(), facts, fonts=fonts()))
    assert (found.code, found.where) == (code, "理由")


def test_two_thousand_rows_are_a_list_and_one_more_is_refused() -> None:
    row = ("1", "2", "2026-03-05", "某甲", "邻里", "某乙", "达成", "已")
    many = {**some_facts("ledger").values, "matters": (row,) * 2_001}
    found = refusal(lambda: make("ledger", a_case(), replace(some_facts("ledger"), values=many), fonts=fonts()))
    assert (found.code, found.where) == ("field.value", "案件")


@pytest.mark.full
def test_a_hearing_of_two_thousand_turns_is_printed_whole() -> None:
    case = a_case(turns=2_000)
    paper = checked("mediation_record", case)
    text = squeezed("".join(PdfFile(paper.files["pdf"]).bodies))
    assert text.count(squeezed(case.hearings[0].turns[0].text)) == 667


def test_goods_of_many_words_stand_in_the_plan() -> None:
    goods = Obligation(ObligationId("g"), "吴某斌", "吴㛃𬱖", goods="水泥二十吨、" * 12 + "石子", due_as_given="开工前")
    case = replace(a_case(), agreement=replace(agreement(1), obligations=(goods,)))
    assert "水泥二十吨、石子" in WordFile(checked("mediation_agreement", case).files["docx"]).text
