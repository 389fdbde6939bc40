"""Import: a case file becomes a case, all or nothing, and comes back as it went in."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from mediator.casework import importing, reading
from mediator.casework.case_writing import case_document, shown_document
from mediator.casework.desk import Desk
from mediator.casework.reading import RowQuery
from mediator.core.codes import CaseStatus
from mediator.errors import MediatorError, Unacceptable
from tests.casework.desks import (
    a_document,
    a_hearing,
    a_signed_case,
    an_agreement,
    case_of,
    encoded,
    sample,
    sample_names,
    taken_in,
)


def entries(desk: Desk) -> int:
    """How many entries the vault holds."""
    return desk.vault.entry_count()


def test_six_sample_cases_come_with_the_program() -> None:
    assert len(sample_names()) == 6


@pytest.mark.parametrize("name", sample_names())
def test_a_sample_case_comes_back_as_it_went_in(desk: Desk, name: str) -> None:
    document = sample(name)
    assert case_document(desk.vault.case(taken_in(desk, document))) == document


def test_everything_the_schema_allows_comes_back(desk: Desk) -> None:
    document = a_document(
        kind="work_order", source="12345", category_color="blue", organization="镇综治中心", accepted_on="2026-03-01",
        requests="请求还款。", outcome="pending", dates={"诉讼时效 到期": "2028-03-01"},
    )  # fmt: skip
    document["parties"].append(
        {
            "ref": "c", "side": "agent", "kind": "person", "role_as_given": "代理人", "name": "王五",
            "authorization": "special", "acts_for": "a", "sex": "female", "birth_date": "1990-01-02",
            "ethnicity": "畲族", "id_type": "resident_id", "id_number": "331122199001020024",
            "legal_representative": "赵六", "occupation": "律师", "phone": "13800000000", "address": "壶镇镇",
            "note": "同村",
        }
    )  # fmt: skip
    document["hearings"] = [a_hearing(turns=[{"speaker": "a", "text": "话。"}, {"speaker": "邻居", "text": "话。"}])]
    document["agreement"] = an_agreement(
        form="oral",
        clauses=[{"no": "一", "text": "还款。"}],
        payments=[
            {
                "payer": "王村", "payee": "a", "amount": "0.50", "due_as_given": "秋后", "goods": "稻谷",
                "part_of_total": True, "note": "附注",
            }
        ],
    )  # fmt: skip
    assert case_document(desk.vault.case(taken_in(desk, document))) == document


def test_an_agreement_that_states_no_form_shows_none(desk: Desk) -> None:
    agreement = an_agreement()
    del agreement["form"]
    document = a_document(agreement=agreement)
    assert case_document(desk.vault.case(taken_in(desk, document))) == document


def test_shown_cases_carry_id_number_status_and_history(desk: Desk) -> None:
    case_id = taken_in(desk, a_document())
    shown = shown_document(desk.vault.case(case_id))
    assert shown["id"] == case_id
    assert shown["status"] == "registered"
    history = shown["history"]
    assert isinstance(history, list)
    assert [each["kind"] for each in history] == ["case.imported"]
    assert history[0]["at"] == "2026-03-09T09:30:00+08:00"


def test_cases_are_numbered_one_after_the_other(desk: Desk) -> None:
    done = importing.import_file(desk, encoded([a_document(), a_document()]))
    first, second = (case.number for case in done.cases)
    assert first.startswith("临")
    assert first.endswith("-0001")
    assert second.endswith("-0002")
    assert reading.find(desk, second) == done.cases[1].id


@pytest.mark.parametrize(
    "bad",
    [a_document(title=3), a_document(parties=[]), a_document(parties=[{"ref": "a"}])],
    ids=["wrong type", "nobody", "half a party"],
)
def test_a_list_with_one_bad_case_brings_nothing(desk: Desk, bad: dict[str, Any]) -> None:
    before = entries(desk)
    with pytest.raises(Unacceptable) as caught:
        importing.import_file(desk, encoded([a_document(), bad]))
    assert caught.value.where.startswith("cases[1]")
    assert entries(desk) == before
    assert reading.count(desk, RowQuery()) == 0


def test_a_text_too_long_for_an_entry_brings_nothing_and_uses_no_number(desk: Desk) -> None:
    before = entries(desk)
    agreement = an_agreement(payments=[{"payer": "长" * 600_000, "payee": "a", "amount": "1"}])
    with pytest.raises(MediatorError):
        importing.import_file(desk, encoded([a_document(), a_document(agreement=agreement)]))
    assert entries(desk) == before
    assert case_of(desk, taken_in(desk, a_document())).number.endswith("-0001")


def test_the_longest_texts_the_schema_allows_are_kept(desk: Desk) -> None:
    document = a_document(facts="实" * 200_000, requests="求" * 200_000)
    case = case_of(desk, taken_in(desk, document))
    assert len(case.facts) == len(case.requests) == 200_000


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, CaseStatus.REGISTERED),
        ({"outcome": "pending", "accepted_on": "2026-03-01"}, CaseStatus.ACCEPTED),
        ({"outcome": "pending", "hearings": [a_hearing()]}, CaseStatus.IN_MEDIATION),
        ({"outcome": "withdrawn"}, CaseStatus.WITHDRAWN),
        ({"outcome": "not_agreed"}, CaseStatus.NOT_AGREED),
        ({"outcome": "terminated"}, CaseStatus.TERMINATED),
        ({"outcome": "agreed"}, CaseStatus.AGREED),
        ({"outcome": "agreed", "hearings": [a_hearing()], "agreement": an_agreement()}, CaseStatus.SIGNED),
    ],
)
def test_the_outcome_decides_the_status_by_legal_moves(desk: Desk, changes: dict[str, Any], status: CaseStatus) -> None:
    case = case_of(desk, taken_in(desk, a_document(**changes)))
    assert case.status is status
    path = [case.moves[0].came_from, *(move.to for move in case.moves)] if case.moves else []
    assert all(move.came_from is before for move, before in zip(case.moves, path, strict=False))


def test_a_signed_agreement_is_frozen(desk: Desk) -> None:
    agreement = case_of(desk, a_signed_case(desk)).agreement
    assert agreement is not None
    assert agreement.is_signed
    assert len(agreement.clauses) == len(agreement.obligations) == 1


def test_an_agreement_with_a_blocking_fault_stays_a_draft_and_the_finding_says_why(desk: Desk) -> None:
    agreement = an_agreement(payments=[{"payer": "b", "payee": "b", "amount": "1.00", "due": "2026-04-01"}])
    document = a_document(hearings=[a_hearing()], agreement=agreement, outcome="agreed")
    done = importing.import_file(desk, encoded(document))
    case = case_of(desk, done.cases[0].id)
    assert case.status is CaseStatus.AGREED
    assert case.agreement is not None
    assert not case.agreement.is_signed
    assert "V09" in done.findings[-1].message


def test_parties_speakers_and_payers_given_by_ref_are_linked(desk: Desk) -> None:
    case = case_of(desk, a_signed_case(desk))
    lender, borrower = case.parties
    assert case.hearings[0].turns[0].party == lender.id
    assert case.hearings[0].turns[0].speaker == "李四"
    assert case.agreement is not None
    assert case.agreement.obligations[0].payer_party == borrower.id
    assert case.agreement.obligations[0].payer == "张三"


def test_a_hearing_in_a_file_was_read_out_and_is_closed(desk: Desk) -> None:
    hearing = case_of(desk, a_signed_case(desk)).hearings[0]
    assert hearing.closed
    assert not any(turn.late for turn in hearing.turns)


def test_a_file_that_is_not_there_is_named(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Unacceptable) as caught:
        importing.import_file(desk, tmp_path / "没有.json")
    assert (caught.value.code, caught.value.where) == ("file.missing", "没有.json")


def test_a_file_is_read_from_disk(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "案件.json"
    path.write_bytes(encoded(a_document()))
    assert len(importing.import_file(desk, path).cases) == 1


def test_import_leaves_its_trace_without_any_value(desk: Desk) -> None:
    from mediator.journal.streams import desk_stream

    case_id = taken_in(desk, a_document())
    last = max(desk.vault.stream(desk_stream(desk.vault.desk)), key=lambda entry: entry.n)
    assert last.kind == "audit.case_imported"
    assert last.content() == {"case": case_id}


@pytest.mark.parametrize(
    ("document", "where"),
    [
        (a_document(agreement=an_agreement(payments=[{"payer": "长" * 500_000, "payee": "a"}])), "agreement.payments"),
        (a_document(agreement=an_agreement(payments=[{"payer": "长" * 500_000, "payee": "a"}]), outcome="agreed"),
         "agreement.payments"),
        (a_document(hearings=[a_hearing(mediators=["某" * 100] * 30_000)]), "hearings"),
        (a_document(dates={"日" * 400_000: "2026-01-01"}), "dates"),
    ],
)  # fmt: skip
def test_what_no_entry_can_hold_is_refused_with_the_member_it_stands_in(
    desk: Desk, document: dict[str, Any], where: str
) -> None:
    before = desk.vault.entry_count()
    for file, place in ((document, where), ([a_document(), document], f"cases[1].{where}")):
        with pytest.raises(Unacceptable) as caught:
            importing.import_file(desk, encoded(file))
        assert (caught.value.code, caught.value.where, caught.value.facts["fault"]) == ("case.schema", place, "heavy")
    assert desk.vault.entry_count() == before


def test_a_refusal_that_is_not_about_size_goes_through_as_it_is(desk: Desk) -> None:
    error = Unacceptable("vault.damaged")
    assert importing.placed(desk, importing.read_file(encoded([a_document()])), error) is error


def test_a_case_file_is_read_from_anything_that_reads(tmp_path: Path) -> None:
    data = encoded(a_document())
    (tmp_path / "c.json").write_bytes(data)
    told = {
        importing.read_file(source).documents[0].form.title for source in (data, tmp_path / "c.json", BytesIO(data))
    }
    assert told == {"借款"}


def test_no_more_of_a_stream_is_read_than_a_case_file_may_have(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "MAX_BYTES", 10)
    stream = BytesIO(b" " * 1000)
    assert len(importing.read_source(stream)) == 11
