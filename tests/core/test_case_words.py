"""Words of a matter for the recorder: what is typed again and again, and nothing that must not be on the table."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mediator.core.case_words import words_of
from mediator.core.codes import CaseKind, PartyKind, Side
from mediator.core.records import Agreement, Case, CaseId, Clause, ClauseId, Party, PartyId

WU = Party(
    PartyId("a1" * 16), "a", Side.APPLICANT, PartyKind.PERSON, "吴某斌", id_number="332526196805040012",
    phone="13857800000", address="浙江省丽水市缙云县壶镇镇湖川村外河路12号",
)  # fmt: skip
QIANG = Party(PartyId("a2" * 16), "b", Side.RESPONDENT, PartyKind.PERSON, "吴某强", address="湖川村")
CASE = Case(
    CaseId("c1" * 16), CaseKind.PEOPLE_MEDIATION, "占地", "neighbourhood", parties=(WU, QIANG),
    facts="路面还差1.2米，吴某强家有三棵树。11月18日进场，2025年12月1日完工。", requests="赔偿5,500元，另付两千元。",
)  # fmt: skip


def test_names_come_first_then_places_sums_things_and_days() -> None:
    assert words_of(CASE) == (
        "吴某斌", "吴某强", "湖川村", "5,500元", "两千元", "1.2米", "三棵树", "11月18日", "2025年12月1日",
    )  # fmt: skip


def test_numbers_of_persons_and_whole_addresses_are_no_words() -> None:
    text = "".join(words_of(CASE))
    assert "3325" not in text
    assert "1385" not in text
    assert "外河路" not in text


def test_sums_of_the_clauses_are_words_and_there_are_never_more_than_nine() -> None:
    crowd = tuple(replace(WU, id=PartyId(f"{n:032x}"), name=f"工友{n}") for n in range(40))
    clauses = (Clause(ClauseId("d1" * 16), "付给5,000.00元（大写：伍仟元整），共３.5万元。"),)
    found = words_of(replace(CASE, parties=crowd, agreement=Agreement(clauses=clauses)))
    assert len(found) == 9
    assert "5,500元" in found
    assert words_of(replace(CASE, parties=(), facts="", requests="", agreement=Agreement(clauses=clauses))) == (
        "5,000.00元", "３.5万元",
    )  # fmt: skip


@pytest.mark.parametrize("name", ["王", "缙云县壶镇镇湖川村股份经济合作社项目部"])
def test_one_character_and_what_no_button_holds_is_no_word(name: str) -> None:
    assert words_of(replace(CASE, parties=(replace(QIANG, name=name, address=""),), facts="", requests="")) == ()
