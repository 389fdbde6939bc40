"""What a mediator looks at: cases by any of their names, exact search, the workbench."""

from __future__ import annotations

from pathlib import Path

import pytest

from mediator.casework import intake, links, opening, periods, printing, reading, reviewing, searching, supervising
from mediator.casework.desk import Desk
from mediator.casework.links import LinkForm
from mediator.casework.periods import Approval
from mediator.casework.reading import RowQuery
from mediator.core.codes import CaseStatus, LinkReason
from mediator.core.reviewing import ReviewStep
from mediator.errors import RefusedByRule, Unacceptable
from mediator.journal.streams import desk_stream
from tests.casework.desks import (
    a_desk,
    a_document,
    a_signed_case,
    a_workshop,
    case_of,
    taken_in,
)  # fmt: skip


def test_a_case_is_found_by_number_and_by_id(desk: Desk) -> None:
    case_id = taken_in(desk, a_document())
    number = case_of(desk, case_id).number
    assert reading.show(desk, f" {number} ").case.id == reading.show(desk, case_id).case.id == case_id


def test_a_case_nobody_knows_is_named(desk: Desk) -> None:
    with pytest.raises(Unacceptable) as caught:
        reading.show(desk, "临00000-0009")
    assert (caught.value.code, caught.value.where) == ("case.unknown", "临00000-0009")


def test_opening_a_case_is_logged_and_rereading_it_is_not(desk: Desk) -> None:
    case_id = taken_in(desk, a_document())
    before = desk.vault.entry_count()
    reading.reread(desk, case_id)
    assert desk.vault.entry_count() == before
    reading.show(desk, case_id)
    assert desk.vault.entry_count() == before + 1


def test_search_finds_one_character_and_logs_no_word_of_it(desk: Desk) -> None:
    taken_in(desk, a_document(facts="厕所及三棵树挡住路线。"))
    hits = searching.search(desk, "厕")
    assert (hits.total, hits.hits[0].field) == (1, "case.facts")
    last = max(desk.vault.stream(desk_stream(desk.vault.desk)), key=lambda entry: entry.n)
    assert last.kind == "access.searched"
    assert "厕" not in str(last.content())
    before = desk.vault.entry_count()
    searching.search(desk, "树", traced=False)
    assert desk.vault.entry_count() == before


def test_lists_are_filtered_by_status(desk: Desk) -> None:
    taken_in(desk, a_document())
    a_signed_case(desk)
    signed = reading.rows(desk, RowQuery((CaseStatus.SIGNED,)))
    assert [row.status for row in signed] == [CaseStatus.SIGNED]
    assert reading.count(desk, RowQuery()) == 2


def test_the_course_names_states_and_counts_what_was_done_in_a_row(desk: Desk) -> None:
    case_id = taken_in(desk, a_document())
    intake.accept(desk, case_id)
    seen = reading.reread(desk, case_id).seen
    for origin in ("来访", "来电", "来信"):
        intake.save_case(desk, case_id, seen, {"origin": origin})
    course = reading.course(desk, reading.reread(desk, case_id))
    assert [(each.deed, each.times) for each in course[:2]] == [("修改案件内容", 3), ("改变办理状态：受理", 1)]
    assert course[-1].deed == "登记案件"
    assert all(each.here for each in course)


def test_numbers_are_shown_only_with_a_reason_that_is_kept(desk: Desk) -> None:
    case_id = taken_in(desk, a_document())
    with pytest.raises(RefusedByRule, match=r"case\.reason"):
        reading.reveal(desk, case_id, "  ")
    reading.reveal(desk, case_id, "核对身份")
    assert desk.vault.stream(desk_stream(desk.vault.desk))[-1].kind == "access.revealed"


def test_the_course_names_the_paper_that_was_issued(desk: Desk, tmp_path: Path) -> None:
    case_id = taken_in(desk, a_document())
    printing.make(desk, case_id, ["application"], formats=("pdf",), out=tmp_path, draft=False)
    assert reading.course(desk, reading.reread(desk, case_id))[0].deed == "签发文书：人民调解申请书"


def test_cases_with_two_values_are_found_whatever_page_they_are_on(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "PAGE", 2)
    cases = [taken_in(desk, a_document(title=f"第{number}件")) for number in range(5)]
    other = a_desk(tmp_path / "other", workshop=a_workshop(seed=8))
    stream = desk.vault.case(cases[0]).entries[0].stream
    other.vault.absorb(desk.vault.stream(stream))
    for each, title in ((desk, "甲"), (other, "乙")):
        intake.save_case(each, cases[0], reading.reread(each, cases[0]).seen, {"title": title})
    desk.vault.absorb(other.vault.stream(stream))
    opening.lock(other)
    assert [row.id for row in reading.in_conflict(desk)] == [cases[0]]


def test_the_course_says_in_a_clerks_words_what_happened_what_was_ordered_and_linked(desk: Desk) -> None:
    case_id = taken_in(desk, a_document(kind="petition", accepted_on="2026-01-10"))
    periods.record_event(desk, case_id, "delivered")
    reviewing.review(desk, case_id, ReviewStep.INVESTIGATED, text="已核实")
    periods.pause(desk, case_id, "D11", approval=Approval("王所长", "等鉴定"))
    periods.resume(desk, case_id, "D11", approval=Approval("王所长", "鉴定已出"))
    supervising.raise_due(desk)
    links.link(desk, case_id, LinkForm(a_signed_case(desk), LinkReason.PETITION_TO_MEDIATION))
    told = [each.deed for each in reading.course(desk, reading.reread(desk, case_id))]
    assert told[:6] == [
        "关联事项：访调对接", "提出督促：催办", "变更期限：恢复", "变更期限：中止", "登记办理环节：调查反馈",
        "登记办理环节：处理意见书送达",
    ]  # fmt: skip
