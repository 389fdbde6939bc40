"""Forms: what is typed for one paper is kept, printed, corrected, taken back, and stops a paper that lacks it."""

from __future__ import annotations

from pathlib import Path

import pytest

from mediator.casework import forms, printing, reading
from mediator.casework.desk import Desk
from mediator.core.lint import Severity
from mediator.core.records import CaseId, FormId, Value
from mediator.docs.finished_word import WordFile
from mediator.errors import RefusedByRule, Unacceptable
from tests.casework.desks import a_document, a_hearing, case_of, taken_in

KIND = "hearing_notice"
TOLD: dict[str, Value] = {"receiver": "王五", "bring": "身份证", "served_on": "2026-03-05"}
ROW = ("1", "照片", "6张", "原件", "王五", "路面现状", "3f2a91c0")


@pytest.fixture
def case_id(desk: Desk) -> CaseId:
    return taken_in(desk, a_document(hearings=[a_hearing()]))


def fill(desk: Desk, case_id: CaseId, values: dict[str, Value], kind: str = KIND) -> FormId:
    """A filled form."""
    return forms.fill(desk, case_id, reading.reread(desk, case_id).seen, kind=kind, values=values)


def printed(desk: Desk, case_id: CaseId, out: Path, *, about: printing.About = printing.WHOLE) -> str:
    """The text of the notice, issued."""
    (made,) = printing.make(desk, case_id, [KIND], formats=("docx",), out=out, draft=False, about=about)
    return WordFile(made.files[0].path.read_bytes()).text


def test_what_is_typed_is_kept_and_printed(desk: Desk, case_id: CaseId, tmp_path: Path) -> None:
    form = fill(desk, case_id, TOLD)
    (kept,) = case_of(desk, case_id).forms
    assert (kept.id, kept.paper, kept.values) == (form, KIND, TOLD)
    text = printed(desk, case_id, tmp_path)
    assert "王五：" in text
    assert "2026年3月5日" in text
    assert case_of(desk, case_id).papers[0].form == form


def test_a_paper_without_a_needed_field_is_refused_by_its_label(desk: Desk, case_id: CaseId, tmp_path: Path) -> None:
    fill(desk, case_id, {"bring": "身份证"})
    with pytest.raises(printing.Refused) as caught:
        printed(desk, case_id, tmp_path)
    (stopped,) = [each for each in caught.value.findings if each.severity is Severity.BLOCK]
    assert "受送达人" in stopped.message
    assert stopped.place == "hearing_notice.receiver"
    assert list(tmp_path.glob("*.docx")) == []


def test_the_newest_form_counts_unless_another_is_chosen(desk: Desk, case_id: CaseId, tmp_path: Path) -> None:
    first = fill(desk, case_id, {"receiver": "王五"})
    fill(desk, case_id, {"receiver": "赵六"})
    assert "赵六：" in printed(desk, case_id, tmp_path / "a")
    assert "王五：" in printed(desk, case_id, tmp_path / "b", about=printing.About(form=first))


def test_a_field_is_corrected_and_a_form_taken_back(desk: Desk, case_id: CaseId) -> None:
    form = fill(desk, case_id, TOLD)
    seen = reading.reread(desk, case_id).seen
    forms.refill(desk, case_id, seen, form=form, values={"bring": "身份证、房产证", "served_on": ""})
    (kept,) = case_of(desk, case_id).forms
    assert kept.values == {"receiver": "王五", "bring": "身份证、房产证", "served_on": ""}
    forms.discard(desk, case_id, reading.reread(desk, case_id).seen, form=form)
    assert case_of(desk, case_id).forms == ()
    with pytest.raises(Unacceptable, match=r"form\.unknown"):
        forms.of_case(case_of(desk, case_id), form)


@pytest.mark.parametrize(
    ("kind", "values", "fault"),
    [
        (KIND, {"colour": "红"}, ("field.unknown", "colour")),
        (KIND, {"served_on": "2026-02-30"}, ("field.value", "送达日期")),
        (KIND, {"held_at": "明天"}, ("field.value", "时间")),
        (KIND, {"served_how": "托人"}, ("field.value", "送达方式")),
        (KIND, {"receiver": (ROW,)}, ("field.value", "受送达人")),
        ("evidence_list", {"evidence": "照片"}, ("field.value", "证据材料")),
        ("evidence_list", {"evidence": (ROW[:3],)}, ("field.value", "证据材料")),
    ],
)
def test_what_does_not_fit_a_field_is_refused_and_nothing_kept(
    desk: Desk, case_id: CaseId, kind: str, values: dict[str, Value], fault: tuple[str, str]
) -> None:
    before = desk.vault.entry_count()
    with pytest.raises(Unacceptable) as caught:
        fill(desk, case_id, {"receiver": "王五", **values} if kind == KIND else values, kind)
    assert (caught.value.code, caught.value.where) == fault
    assert desk.vault.entry_count() == before


def test_what_is_typed_is_found_by_the_search(desk: Desk, case_id: CaseId) -> None:
    fill(desk, case_id, {"evidence": (ROW,)}, "evidence_list")
    found = desk.vault.search("3f2a91")
    assert [(hit.case, hit.field) for hit in found.hits] == [(case_id, "form.values")]


def test_a_kind_that_there_is_not_is_refused(desk: Desk, case_id: CaseId) -> None:
    with pytest.raises(RefusedByRule, match=r"document\.kind"):
        fill(desk, case_id, {}, "poem")


def test_typed_text_is_cleaned_like_any_other(desk: Desk, case_id: CaseId) -> None:
    fill(desk, case_id, {"receiver": "王\u202e五"})
    fill(desk, case_id, {"evidence": (("1", "照\x07片", "", "", "", "", ""),)}, "evidence_list")
    notice, evidence = case_of(desk, case_id).forms
    assert notice.values == {"receiver": "王五"}
    assert evidence.values == {"evidence": (("1", "照片", "", "", "", "", ""),)}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"[]", "field.values"),
        (b'{"a": 1}', "field.value"),
        (b'{"a": [1]}', "field.value"),
        (b'{"a": [["x", 2]]}', "field.value"),
        (b'{"a": "x", "a": "y"}', "case.duplicate"),
        (b"", "case.empty"),
    ],
)
def test_a_file_of_values_is_read_strictly(data: bytes, code: str) -> None:
    with pytest.raises(Unacceptable) as caught:
        forms.read_values(data)
    assert caught.value.code == code


def test_a_blank_form_holds_the_committee_and_gaps_only(desk: Desk, tmp_path: Path) -> None:
    made = printing.blank(desk, [KIND, "evidence_list"], formats=("docx",), out=tmp_path)
    texts = [WordFile(each.files[0].path.read_bytes()).text for each in made]
    assert all(desk.vault.room.organization in text for text in texts)
    assert all(each.number == "" and each.files[0].path.name.startswith("空白 ") for each in made)
    assert "2026" not in "".join(texts)
