"""The dossier of a case: what it lacks, what is in it and where, read back from the file by other libraries."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader

from mediator.casework import (
    dossier,
    due_papers,
    evidence,
    hearing,
    intake,
    manifest,
    performing,
    printing,
    reading,
    volume,
)
from mediator.casework.desk import Desk
from mediator.casework.dossier import Incomplete
from mediator.casework.hearing import HearingForm
from mediator.casework.performing import FollowUpForm
from mediator.casework.watching import Watch
from mediator.core.codes import CaseStatus
from mediator.core.lint import Finding, Severity
from mediator.core.money import Fen
from mediator.core.records import CaseId
from mediator.docs.finished_word import squeezed
from mediator.docs.page import PAGE_HEIGHT
from mediator.errors import MediatorError, RefusedByRule, WorldFailed
from tests.casework.desks import (
    a_document,
    a_hearing,
    a_signed_case,
    case_of,
    sample,
    sample_names,
    taken_in,
)
from tests.docs.foreign import page, written


def missing(found: tuple[Finding, ...]) -> list[str]:
    """The places of blocking findings."""
    return [each.place for each in found if each.severity is Severity.BLOCK]


def issue(desk: Desk, case_id: CaseId, *kinds: str) -> None:
    """Issue papers into a folder nobody looks at."""
    out = desk.vault.folder.parent / "papers"
    for kind in kinds:
        printing.make(desk, case_id, [kind], formats=("pdf",), out=out, draft=False)


def picture(folder: Path) -> Path:
    """A photograph in a file."""
    path = folder / "IMG_0001.JPG"
    path.write_bytes(written(page(), "JPEG"))
    return path


def a_finished_case(desk: Desk) -> CaseId:
    """Paid, visited, and every paper issued but the closing report."""
    case_id = a_signed_case(desk)
    agreement = case_of(desk, case_id).agreement
    assert agreement is not None
    owed = agreement.obligations[0].id
    performing.record_payment(desk, case_id, owed, amount=Fen(300_000), paid_on=date(2026, 3, 8))
    performing.record_follow_up(desk, case_id, FollowUpForm(date(2026, 3, 9), "李调解", "李四", "已付清。", "满意"))
    issue(
        desk, case_id, "application", "acceptance_register", "rights_notice", "mediation_record",
        "mediation_agreement", "receipt", "follow_up_record",
    )  # fmt: skip
    return case_id


def texts(file: Path) -> list[str]:
    """The text of each page below the stamp, without blanks."""
    with pypdfium2.PdfDocument(file.read_bytes()) as document:
        return [squeezed(each.get_textpage().get_text_bounded(0, 0, 600, PAGE_HEIGHT - 60)) for each in document]


def stamps(file: Path) -> list[str]:
    """What is stamped on each page."""
    with pypdfium2.PdfDocument(file.read_bytes()) as document:
        return [
            each.get_textpage().get_text_bounded(0, PAGE_HEIGHT - 60, 600, PAGE_HEIGHT).strip() for each in document
        ]


def bookmarks(file: Path) -> list[tuple[str, int]]:
    """Title and page of each bookmark."""
    reader = PdfReader(file)
    return [(str(mark["/Title"]), reader.get_destination_page_number(mark) or 0) for mark in reader.outline]  # type: ignore[arg-type, call-overload]


def test_the_dossier_of_a_finished_case_stands_in_the_order_of_the_field(desk: Desk, tmp_path: Path) -> None:
    case_id = a_finished_case(desk)
    evidence.attach(desk, case_id, picture(tmp_path), place="证据", title="现场照片")
    filed = dossier.file(desk, case_id, out=tmp_path / "out")
    assert [row.kind for row in filed.items] == [
        "case_cover", "case_contents", "application", "acceptance_register", "rights_notice", "evidence",
        "mediation_record", "mediation_agreement", "receipt", "follow_up_record", "closing_report",
    ]  # fmt: skip
    pages = texts(filed.file)
    assert len(pages) == filed.pages == sum(row.pages for row in filed.items)
    assert stamps(filed.file) == ["", "", *map(str, range(1, filed.pages - 1))]
    for row, (title, place) in zip(filed.items, bookmarks(filed.file), strict=True):
        assert title.startswith(row.title)
        assert place == (row.first + 1 if row.first else ["case_cover", "case_contents"].index(row.kind))
        assert row.title in pages[place] or row.kind == "evidence"
    for row in filed.items[2:]:
        assert squeezed(f"{row.title}{row.number}{row.date.replace('-', '')}{row.first}") in pages[1]


def test_the_papers_in_it_are_the_very_ones_that_were_issued(desk: Desk, tmp_path: Path) -> None:
    case_id = a_finished_case(desk)
    filed = dossier.file(desk, case_id, out=tmp_path)
    bound = PdfReader(filed.file).pages
    for row in filed.items[2:]:
        data = desk.vault.paper(row.sha256)
        assert data is not None
        own = PdfReader(io.BytesIO(data)).pages
        for mine, its in zip(own, bound[row.first + 1 : row.first + 1 + row.pages], strict=True):
            drawn, found = mine.get_contents(), its.get_contents()
            assert drawn is not None
            assert found is not None
            assert drawn.get_data() in found.get_data()


@pytest.mark.parametrize("name", sample_names())
def test_every_sample_case_can_be_bound_once_what_it_lacks_is_excused(desk: Desk, tmp_path: Path, name: str) -> None:
    case_id = taken_in(desk, sample(name))
    due_papers.make_due(desk, case_id, formats=("pdf",), out=tmp_path / "papers")
    for place in missing(dossier.lacking(desk, case_id)):
        dossier.excuse(desk, case_id, place, "来源没有写明")
    filed = dossier.file(desk, case_id, out=tmp_path / "out")
    assert len(texts(filed.file)) == filed.pages
    places = [volume.standing(row.kind)[0] for row in filed.items[2:]]
    assert places == sorted(places)
    assert case_of(desk, case_id).number in squeezed(texts(filed.file)[0])


def test_the_list_beside_it_is_signed_and_tells_every_item(desk: Desk, tmp_path: Path) -> None:
    case_id = a_finished_case(desk)
    filed = dossier.file(desk, case_id, out=tmp_path)
    body = manifest.compared(filed.manifest, filed.file)
    assert body["pdf"]["sha256"] == hashlib.sha256(filed.file.read_bytes()).hexdigest()
    assert (body["pdf"]["pages"], body["number"]) == (filed.pages, case_of(desk, case_id).number)
    assert [(row["kind"], row["first"], len(row["sm3"])) for row in body["items"]] == [
        (row.kind, row.first, 64) for row in filed.items
    ]
    entries = {f"{entry.desk}:{entry.n}": entry for entry in reading.reread(desk, case_id).entries}
    for row in body["items"][2:]:
        assert entries[row["entry"]].content()["kind"] == row["kind"]
    (kept,) = case_of(desk, case_id).filings
    assert (kept.sha256, kept.pages, kept.items) == (body["pdf"]["sha256"], filed.pages, len(filed.items))
    assert kept.manifest == hashlib.sha256(filed.manifest.read_bytes()).hexdigest()
    assert desk.vault.paper(kept.manifest) == filed.manifest.read_bytes()


def test_what_is_missing_is_listed_and_a_reason_for_each_lets_it_be_bound(desk: Desk, tmp_path: Path) -> None:
    case_id = a_signed_case(desk)
    with pytest.raises(Incomplete) as caught:
        dossier.file(desk, case_id, out=tmp_path / "out")
    lacking = ["application", "acceptance_register", "rights_notice", "mediation_record", "mediation_agreement"]
    assert missing(caught.value.findings) == lacking
    assert not (tmp_path / "out").exists()
    issue(desk, case_id, "application", "mediation_record")
    dossier.excuse(desk, case_id, "权利义务告知书", "口头告知，已记入笔录")
    dossier.excuse(desk, case_id, "acceptance_register", "当日受理当日调成")
    assert missing(dossier.lacking(desk, case_id)) == ["mediation_agreement"]
    evidence.attach(desk, case_id, picture(tmp_path), place="人民调解协议书", title="协议书（签名件）")
    filed = dossier.file(desk, case_id, out=tmp_path / "out")
    cover, contents = texts(filed.file)[:2]
    assert "本卷共3件" in cover
    assert "缺2件" in cover
    assert "《权利义务告知书》口头告知，已记入笔录缺件" in contents
    assert {row["item"] for row in manifest.opened(filed.manifest.read_bytes())["excused"]} == {
        "rights_notice", "acceptance_register"
    }  # fmt: skip


def test_the_cover_is_one_page_however_much_is_missing(desk: Desk, tmp_path: Path) -> None:
    case_id = a_signed_case(desk)
    for place in missing(dossier.lacking(desk, case_id)):
        dossier.excuse(desk, case_id, place, "当事人长期在外务工，几次联系都没有回音，" * 20)
    cover, contents = dossier.file(desk, case_id, out=tmp_path).items
    assert (cover.pages, contents.kind) == (1, "case_contents")


@pytest.mark.parametrize(
    ("item", "reason", "code"),
    [
        ("天气", "下雨", "dossier.place"), ("case_cover", "没有", "dossier.place"),
        ("hearing_notice", "没有", "dossier.item"), ("证据", "没有", "dossier.item"),
        ("application", " ", "dossier.reason"),
    ],
)  # fmt: skip
def test_only_what_must_be_there_is_excused_and_never_without_a_reason(
    desk: Desk, item: str, reason: str, code: str
) -> None:
    case_id = a_signed_case(desk)
    with pytest.raises(MediatorError) as caught:
        dossier.excuse(desk, case_id, item, reason)
    assert caught.value.code == code
    assert case_of(desk, case_id).excuses == ()


def test_a_paper_without_pages_here_stops_the_binding_until_a_reason_is_given(desk: Desk, tmp_path: Path) -> None:
    case_id = a_finished_case(desk)
    printing.make(desk, case_id, ["case_sheet"], formats=("docx",), out=tmp_path / "papers", draft=False)
    assert reasons(desk, case_id, tmp_path) == ["case_sheet"]
    dossier.excuse(desk, case_id, "case_sheet", "只留纸质件")
    assert "case_sheet" not in [row.kind for row in dossier.file(desk, case_id, out=tmp_path).items]


def test_two_hearings_want_two_records_and_stand_in_order_of_time(desk: Desk, tmp_path: Path) -> None:
    case_id = taken_in(desk, a_document(hearings=[a_hearing()]))
    second = hearing.open_hearing(desk, case_id, HearingForm(datetime(2026, 3, 7, 2, tzinfo=UTC)))
    hearing.record_turn(desk, case_id, second, speaker="甲", text="第二次调解的话。")
    issue(desk, case_id, "application", "acceptance_register", "rights_notice", "mediation_record")
    assert missing(dossier.lacking(desk, case_id)) == ["mediation_record"]
    due_papers.make_due(desk, case_id, formats=("pdf",), out=tmp_path / "papers")
    filed = dossier.file(desk, case_id, out=tmp_path / "out")
    pages = texts(filed.file)
    first, later = [row for row in filed.items if row.kind == "mediation_record"]
    assert (first.date, later.date) == ("2026-03-05", "2026-03-07")
    assert "四月一日" in "".join(pages[first.first + 1 : later.first + 1])
    assert "第二次调解的话" in "".join(pages[later.first + 1 :])


def test_a_paper_that_was_issued_again_is_bound_once_the_newest(desk: Desk, tmp_path: Path) -> None:
    case_id = a_finished_case(desk)
    issue(desk, case_id, "application")
    filed = dossier.file(desk, case_id, out=tmp_path)
    (only,) = [row for row in filed.items if row.kind == "application"]
    assert only.number.endswith("申2")
    assert len([row for row in dossier.items(desk, case_id) if row.kind == "receipt"]) == 1


def test_a_simple_case_is_one_sheet_and_its_agreement(desk: Desk, tmp_path: Path) -> None:
    case_id = a_signed_case(desk)
    issue(desk, case_id, "mediation_agreement")
    filed = dossier.file(desk, case_id, out=tmp_path, simple=True)
    assert [row.kind for row in filed.items] == ["case_cover", "case_contents", "case_sheet", "mediation_agreement"]
    assert [each.kind for each in filed.documents] == ["case_sheet"]


def test_the_closing_report_is_issued_once_and_not_before_the_case_is_over(desk: Desk, tmp_path: Path) -> None:
    open_case = a_signed_case(desk)
    issue(desk, open_case, *missing(dossier.lacking(desk, open_case)))
    assert dossier.file(desk, open_case, out=tmp_path).documents == ()
    case_id = a_finished_case(desk)
    assert [each.kind for each in dossier.file(desk, case_id, out=tmp_path).documents] == ["closing_report"]
    again = dossier.file(desk, case_id, out=tmp_path)
    assert again.documents == ()
    assert "2026年3月9日" in texts(again.file)[-1] + texts(again.file)[-2]


def reasons(desk: Desk, case_id: CaseId, out: Path) -> list[str]:
    """What stops the binding."""
    with pytest.raises(Incomplete) as caught:
        dossier.file(desk, case_id, out=out)
    return missing(caught.value.findings)


UNEQUAL: list[tuple[Callable[[Desk, CaseId], object], str]] = [
    (lambda d, c: intake.save_case(d, c, {}, {"accepted_on": date(2026, 3, 2)}), "closing_report.accepted_on"),
    (lambda d, c: typed(d, c, worker="王外人"), "closing_report.worker"),
    (lambda d, c: typed(d, c, case_number="（2025）旧卷号"), "closing_report.case_number"),
    (lambda d, c: typed(d, c, closed_on="2026-03-07"), "closing_report.closed_on"),
    (lambda d, c: typed(d, c, accepted_on="2026-02-01"), "closing_report.accepted_on"),
]


def typed(desk: Desk, case_id: CaseId, **values: str) -> None:
    """A closing report with values of the clerk's own, issued."""
    from mediator.casework import forms

    forms.fill(desk, case_id, {}, kind="closing_report", values={"closed_on": "2026-03-09", **values})
    issue(desk, case_id, "closing_report")


@pytest.mark.parametrize(("change", "place"), UNEQUAL)
def test_the_four_equalities_are_read_from_the_papers_themselves(
    desk: Desk, tmp_path: Path, change: Callable[[Desk, CaseId], object], place: str
) -> None:
    case_id = a_finished_case(desk)
    dossier.file(desk, case_id, out=tmp_path)
    change(desk, case_id)
    assert place in reasons(desk, case_id, tmp_path)


def test_what_was_not_performed_keeps_a_case_open_unless_a_reason_says_why(desk: Desk, tmp_path: Path) -> None:
    case_id = a_signed_case(desk)
    intake.move(desk, case_id, CaseStatus.BREACHED, "到期未付")
    issue(desk, case_id, *[each for each in missing(dossier.lacking(desk, case_id)) if each != "follow_up_record"])
    dossier.excuse(desk, case_id, "follow_up_record", "被申请人下落不明")
    assert reasons(desk, case_id, tmp_path) == ["performance"]
    dossier.excuse(desk, case_id, "performance", "已告知申请人起诉")
    assert "履行已告知申请人起诉缺件" in texts(dossier.file(desk, case_id, out=tmp_path).file)[1]


def test_a_binding_that_is_stopped_leaves_no_file_and_no_entry(desk: Desk, tmp_path: Path) -> None:
    case_id = a_finished_case(desk)
    told: list[tuple[int, int]] = []
    watch = Watch(lambda done, total: told.append((done, total)), lambda: len(told) > 3)
    with pytest.raises(RefusedByRule, match=r"dossier\.cancelled"):
        dossier.file(desk, case_id, out=tmp_path / "out", watch=watch)
    assert told == [(0, 10), (1, 10), (2, 10), (3, 10)]
    assert {path.name.partition(" ")[2] for path in (tmp_path / "out").iterdir()} == {
        "卷宗情况说明.docx", "卷宗情况说明.pdf"
    }  # fmt: skip
    assert case_of(desk, case_id).filings == ()


def test_a_folder_that_takes_nothing_leaves_the_case_without_a_binding(desk: Desk, tmp_path: Path) -> None:
    case_id = a_finished_case(desk)
    issue(desk, case_id, "closing_report")
    dossier.excuse(desk, case_id, "performance", "无")
    (tmp_path / "taken").write_text("in the way")
    with pytest.raises((WorldFailed, Incomplete)):
        dossier.file(desk, case_id, out=tmp_path / "taken")
    assert case_of(desk, case_id).filings == ()


def test_the_same_case_is_bound_to_the_same_bytes(desk: Desk, tmp_path: Path) -> None:
    case_id = a_finished_case(desk)
    once, twice = (dossier.file(desk, case_id, out=tmp_path / name).file.read_bytes() for name in "ab")
    assert once == twice
