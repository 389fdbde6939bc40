"""Each check of what a paper says finds the defect it is there for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from mediator.core.money import Fen
from mediator.core.records import Case, Clause, PartyId
from tests.docs.papers import a_case, a_paper, a_stamp, issued
from tests.docs.planted import KIND, found, the_agreement, with_text


def test_two_formats_that_differ_by_one_character() -> None:
    assert "C01" in found(with_text(a_paper(KIND), "和睦相处", "和目相处"))


@pytest.mark.parametrize(
    "change",
    [
        lambda case: replace(case, parties=(replace(case.parties[0], name="吴某文"), *case.parties[1:])),
        lambda case: replace(
            case, parties=(replace(case.parties[0], id_number="33112219680504001X"), *case.parties[1:])
        ),
        lambda case: replace(case, facts=case.facts + "另有一事。"),
        lambda case: replace(case, agreement=replace(case.agreement, signed_on=date(2025, 11, 11))),
        lambda case: replace(case, agreement=replace(case.agreement, copies=4)),
        lambda case: replace(
            case,
            agreement=replace(
                case.agreement,
                obligations=(replace(case.agreement.obligations[0], amount=Fen(1)), *case.agreement.obligations[1:]),
            ),
        ),
    ],
    ids=["name", "id number", "facts", "day", "copies", "amount"],
)
def test_a_value_of_the_record_that_is_not_on_the_paper(change: Callable[[Case], Case]) -> None:
    assert "C02" in found(a_paper(KIND), change(a_case()))


def test_a_turn_of_the_hearing_that_was_left_out() -> None:
    shorter = a_case(turns=2)
    assert "C02" in found(a_paper("mediation_record", shorter), a_case(turns=3))


def test_figures_and_words_of_a_sum_that_differ() -> None:
    assert "C03" in found(with_text(a_paper(KIND), "伍仟元整", "伍佰元整"))


@pytest.mark.parametrize(
    "sum_", ["人民币100.00元（大写：贰佰元整）", "人民币007.00元（大写：柒元整）", "人民币,,.00元（大写：无）"]
)
def test_a_wrong_sum_that_somebody_said_is_his_and_one_that_was_agreed_is_not(sum_: str) -> None:
    said = replace(a_case(), facts=f"欠条写着{sum_}。", agreement=None)
    assert found(a_paper("application", said), said) == set()
    agreed = a_case()
    clause = replace(the_agreement(agreed).clauses[0], text=f"付给{sum_}。")
    agreed = replace(agreed, agreement=replace(the_agreement(agreed), clauses=(clause,)))
    assert "C03" in found(a_paper(KIND, agreed), agreed)


def test_a_check_code_with_a_template_s_letters_is_no_gap() -> None:
    paper = issued("rights_notice")
    assert paper.mark is not None
    stamps = (a_stamp(paper=place.to_bytes(16, "big")) for place in range(2_000))
    told = paper.mark.digest, paper.pages
    unlucky = next(stamp for stamp in stamps if "XX" in stamp.mark(*told).code)
    again = issued("rights_notice", stamp=unlucky)
    assert again.mark is not None
    assert "XX" in again.mark.code
    assert "C15" not in found(again)


def test_bytes_that_change_from_one_time_to_the_next() -> None:
    paper = a_paper(KIND)
    other = replace(paper, files={**paper.files, "pdf": paper.files["pdf"] + b" "})
    assert "C12" in found(paper, again=lambda: other)
    assert "C12" not in found(paper, again=lambda: a_paper(KIND))


@pytest.mark.parametrize("word", ["{{name}}", "None", "null", "待定"])
def test_a_word_of_a_template_left_in(word: str) -> None:
    assert "C15" in found(with_text(a_paper(KIND), "和睦相处", word))


def test_a_speaker_may_say_what_a_template_may_not() -> None:
    case = a_case()
    said = replace(case.hearings[0].turns[0], text="日子待定，我说None也行。")
    spoken = replace(case, hearings=(replace(case.hearings[0], turns=(said,)),))
    assert found(a_paper("mediation_record", spoken), spoken) == set()


def test_a_gap_in_the_numbers_of_clauses() -> None:
    agreement = the_agreement(a_case())
    more = replace(agreement, clauses=(*agreement.clauses, Clause(agreement.clauses[0].id, "另加一条。")))
    assert "C16" in found(a_paper(KIND), replace(a_case(), agreement=more))


def test_a_day_that_does_not_exist() -> None:
    assert "C22" in found(with_text(a_paper(KIND), "2025年11月10日", "2025年11月31日"))


def test_a_name_written_in_two_ways() -> None:
    assert "C23" in found(with_text(a_paper(KIND), "吴某斌", "吴某宾"))


def test_a_payer_who_is_not_the_party_meant() -> None:
    case = a_case()
    agreement = the_agreement(case)
    wrong = replace(agreement.obligations[0], payer="吴某武")
    case = replace(case, agreement=replace(agreement, obligations=(wrong, *agreement.obligations[1:])))
    assert "C23" in found(a_paper(KIND, case), case)


def test_figures_that_a_party_wrote_themselves_are_not_held_against_the_paper() -> None:
    case = replace(a_case(), facts="对方说2025年2月30日付人民币1.00元（大写：壹元整）。")
    assert found(a_paper(KIND, case), case) == set()


def test_a_sum_in_figures_changed_on_one_paper_is_found_by_three_checks() -> None:
    assert {"C01", "C02", "C03"} <= found(with_text(a_paper(KIND), "人民币5,000.00元", "人民币6,000.00元"))


@pytest.mark.parametrize(
    ("old", "new"),
    [("，性别：男", "，性别：女"), ("331122196805040017", "331122196805040018"), ("三份", "四份"),
     ("壶镇镇人民调解室", "壶镇镇调解室")],
)  # fmt: skip
def test_any_word_of_one_format_changed_afterwards(old: str, new: str) -> None:
    assert "C01" in found(with_text(a_paper(KIND), old, new))


def test_a_number_of_a_clause_that_the_paper_skips() -> None:
    numbering = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    assert "C16" in found(with_text(a_paper(KIND), numbering, ""))


def test_the_agreement_s_rules_are_not_asked_of_other_papers() -> None:
    assert found(a_paper("follow_up_record")) == set()


def test_a_paper_in_one_format_is_checked_for_what_it_has() -> None:
    paper = a_paper(KIND)
    for ending in ("docx", "pdf"):
        assert found(replace(paper, files={ending: paper.files[ending]})) == set()


@pytest.mark.parametrize(("copies", "parties", "words"), [(5, 2, "五"), (None, 2, "三"), (None, 3, "四")])
def test_an_agreement_counts_its_copies_as_agreed_or_one_each_and_one_for_the_file(
    copies: int | None, parties: int, words: str
) -> None:
    case = a_case()
    more = [replace(case.parties[0], id=PartyId(f"x{n}"), ref=f"x{n}", name=f"吴某{n}") for n in range(parties - 2)]
    agreed = replace(the_agreement(case), copies=copies)
    case = replace(case, agreement=agreed, parties=(*case.parties, *more))
    paper = a_paper(KIND, case)
    assert found(paper, case) == set()
    assert found(with_text(paper, f"一式{words}份", "一式二份"), case) >= {"C21"}
