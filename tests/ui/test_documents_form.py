"""The form of a paper: kept as it is typed, refused words stay, the record in grey, several of a kind, rows by keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit

from mediator.casework import forms
from mediator.core.records import CaseId, PaperForm
from mediator.docs.finished import PdfFile
from mediator.docs.finished_word import squeezed
from mediator.ui.pages.documents import DocumentsPage
from mediator.ui.pages.documents_fields import Picked, TypedLine, TypedRows
from mediator.ui.pages.documents_form import FormSheet
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.casework.desks import a_document, a_hearing, case_of, taken_in
from tests.ui.keyboard import Keyboard
from tests.ui.scenes import desk_of, full_disk, go, page_of

NOTICE, EVIDENCE, RECUSAL = "hearing_notice", "evidence_list", "recusal_record"
WHEN = "2026-03-20T14:30"


@pytest.fixture
def case(window: Window) -> CaseId:
    """A case with two people and nothing else."""
    return taken_in(desk_of(window), a_document(accepted_on="2026-03-01"))


@pytest.fixture
def page(window: Window, case: CaseId, tmp_path: Path) -> DocumentsPage:
    """Its papers, a hearing notice shown."""
    made = page_of(window, DocumentsPage, case)
    made.target.folder.setText(str(tmp_path / "papers"))
    show(window, made, NOTICE)
    return made


def show(window: Window, page: DocumentsPage, kind: str) -> FormSheet:
    """A kind with its form."""
    page.kinds.choose(kind)
    page.look_at(kind)
    settle(window)
    return sheet_of(page)


def sheet_of(page: DocumentsPage) -> FormSheet:
    """The form on the screen."""
    assert page.beside.form.filling is not None
    return page.beside.form.sheets[page.beside.form.filling]


def line(page: DocumentsPage, name: str) -> TypedLine:
    """A typed field of the form on the screen."""
    control = sheet_of(page).controls[name]
    assert isinstance(control, TypedLine)
    return control


def put(window: Window, page: DocumentsPage, **words: str) -> None:
    """Type into fields and leave them."""
    for name, text in words.items():
        control = line(page, name)
        assert isinstance(control.input, QLineEdit)
        control.input.setText(text)
        control.flush()
    settle(window)


def kept(window: Window, case: CaseId) -> tuple[PaperForm, ...]:
    """What the vault holds."""
    return case_of(desk_of(window), case).forms


def drawn(window: Window, page: DocumentsPage) -> str:
    """The words of the preview."""
    page.hurry()
    settle(window)
    return squeezed("".join(PdfFile(page.beside.shown).bodies))


def test_what_the_record_knows_stands_in_grey_and_what_is_obligatory_is_marked(
    window: Window, page: DocumentsPage
) -> None:
    known = line(page, "people").input.placeholderText()
    assert known == "登记里已有：李四、张三"
    receiver = line(page, "receiver").input
    assert (receiver.accessibleName(), receiver.accessibleDescription()) == ("受送达人 *", "必填")
    assert line(page, "receiver").fault.text() == "必填，还没有填"
    assert line(page, "bring").fault.isHidden()
    assert line(page, "held_at").input.placeholderText() == "如 2026-3-5 9:30"


@pytest.mark.parametrize("text", ["2026-3-20 14:30", "2026年3月20日下午2点半", "２０２６．３．２０ １４：３０", WHEN])
def test_a_moment_is_kept_as_people_type_it_and_left_as_it_was_typed(
    window: Window, page: DocumentsPage, case: CaseId, text: str
) -> None:
    put(window, page, held_at=text)
    (form,) = kept(window, case)
    assert form.values == {"held_at": WHEN}
    assert line(page, "held_at").text == text
    assert page.beside.form.aside.text() == "已保存"
    assert "2026年3月20日14时30分" in drawn(window, page)


@pytest.mark.parametrize("text", ["明天上午", "2026-3-20", "2026-2-30 9:00", "2026-3-20 25:00"])
def test_what_is_no_moment_stays_with_a_word_beside_it_and_nothing_is_kept_or_issued(
    window: Window, page: DocumentsPage, case: CaseId, text: str, tmp_path: Path
) -> None:
    put(window, page, held_at=text)
    assert kept(window, case) == ()
    assert line(page, "held_at").fault.text() == "请写明日期和时间，如 2026-3-5 9:30"
    page.kinds.tick(NOTICE)
    page.make(draft=True)
    settle(window)
    assert "没存下来" in page.told.words.text()
    assert not (tmp_path / "papers").exists()
    assert line(page, "held_at").text == text
    assert page.unkept()


def test_an_emptied_field_gives_the_record_back(window: Window, page: DocumentsPage, case: CaseId) -> None:
    put(window, page, people="张三等四人")
    assert "张三等四人" in drawn(window, page)
    put(window, page, people="")
    assert kept(window, case)[0].values.get("people", "") == ""
    assert "李四、张三" in drawn(window, page)


def test_words_the_disk_refuses_stay_through_other_kinds_and_are_kept_later(
    window: Window, page: DocumentsPage, case: CaseId, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        full_disk(patch, forms, "fill")
        put(window, page, receiver="张三")
        assert page.beside.form.aside.text() == "没有存下来"
        assert page.beside.form.note.isVisible()
        show(window, page, EVIDENCE)
        assert page.unkept()
        show(window, page, NOTICE)
        assert line(page, "receiver").text == "张三"
    page.leave()
    settle(window)
    assert [form.values for form in kept(window, case)] == [{"receiver": "张三"}]
    assert not page.unkept()


def test_leaving_for_another_page_and_case_loses_nothing(window: Window, page: DocumentsPage, case: CaseId) -> None:
    field = line(page, "receiver").input
    assert isinstance(field, QLineEdit)
    field.setText("李四")
    other = taken_in(desk_of(window), a_document())
    go(window, "documents", other)
    assert page.beside.about.form is None
    go(window, "documents", case)
    show(window, page, NOTICE)
    assert line(page, "receiver").text == "李四"
    assert kept(window, case)[0].values == {"receiver": "李四"}


def test_a_second_form_begins_with_the_words_of_the_first_and_each_is_chosen_and_issued(
    window: Window, page: DocumentsPage, case: CaseId
) -> None:
    put(window, page, receiver="张三", held_at=WHEN, place="一楼调解室")
    page.beside.form.begin()
    settle(window)
    put(window, page, receiver="李四")
    first, second = kept(window, case)
    assert (first.values["receiver"], second.values["receiver"]) == ("张三", "李四")
    assert second.values["held_at"] == first.values["held_at"] == WHEN
    choice = page.beside.form.choice
    assert isinstance(choice, QComboBox)
    assert [choice.itemText(row) for row in range(choice.count())] == ["第 1 份　张三", "第 2 份　李四"]
    assert choice.value == second.id
    page.beside.form.choose(first.id)
    settle(window)
    assert line(page, "receiver").text == "张三"
    page.kinds.tick(NOTICE)
    page.make(draft=False)
    settle(window)
    (paper,) = case_of(desk_of(window), case).papers
    assert paper.form == first.id


def test_a_form_is_given_up_by_two_presses_and_the_one_before_is_shown(
    window: Window, page: DocumentsPage, case: CaseId
) -> None:
    put(window, page, receiver="张三")
    page.beside.form.begin()
    settle(window)
    page.beside.form.discard()
    settle(window)
    assert len(kept(window, case)) == 2
    assert "再按一次" in page.beside.form.note.words.text()
    page.beside.form.discard()
    settle(window)
    assert [form.values["receiver"] for form in kept(window, case)] == ["张三"]
    assert line(page, "receiver").text == "张三"


def test_a_change_from_elsewhere_is_shown_but_never_over_what_is_being_typed(
    window: Window, page: DocumentsPage, case: CaseId
) -> None:
    put(window, page, receiver="张三", place="村委会")
    field = line(page, "place").input
    assert isinstance(field, QLineEdit)
    field.setText("村委会二楼")
    desk = desk_of(window)
    (form,) = kept(window, case)
    forms.refill(desk, case, page.beside.form.filling.fresh(), form=form.id,  # type: ignore[union-attr]
                 values={"receiver": "李四", "place": "祠堂"})  # fmt: skip
    settle(window)
    assert line(page, "receiver").text == "李四"
    assert line(page, "place").text == "村委会二楼"


def test_a_choice_is_kept_at_once_and_taken_back(window: Window, page: DocumentsPage, case: CaseId) -> None:
    show(window, page, RECUSAL)
    control = sheet_of(page).controls["decision"]
    assert isinstance(control, Picked)
    for words in ("同意回避", "不同意回避"):
        control.choice.show_value(words)
        control.choice.activated.emit(control.choice.currentIndex())
        settle(window)
        assert kept(window, case)[0].values["decision"] == words


def test_rows_are_typed_cell_by_cell_without_a_mouse(window: Window, page: DocumentsPage, case: CaseId) -> None:
    control = show(window, page, EVIDENCE).controls["evidence"]
    assert isinstance(control, TypedRows)
    keyboard = Keyboard(window)
    control.table.setFocus()
    for words in ("1", "借条", "1页"):
        keyboard.type(words)
        keyboard.press("Enter")
    width = len(control.model.columns)
    assert [row[:3] for row in control.model.rows] == [("1", "借条", "1页")]
    assert kept(window, case)[0].values["evidence"] == (("1", "借条", "1页", *[""] * (width - 3)),)
    keyboard.press("Down", "Home")
    keyboard.type("2")
    keyboard.press("Enter")
    assert control.model.rowCount() == 3
    keyboard.press("Up", "Ctrl+Del")
    assert [row[0] for row in control.model.rows] == ["2"]
    assert len(kept(window, case)[0].values["evidence"]) == 1
    assert "还没有填" not in control.fault.text() or control.fault.isHidden()


def test_words_in_an_open_cell_are_kept_when_the_page_is_left(
    window: Window, page: DocumentsPage, case: CaseId
) -> None:
    control = show(window, page, EVIDENCE).controls["evidence"]
    assert isinstance(control, TypedRows)
    control.table.setFocus()
    Keyboard(window).type("照片")
    assert control.dirty
    page.leave()
    settle(window)
    assert kept(window, case)[0].values["evidence"][0][0] == "照片"
    assert not page.unkept()


def test_rows_of_the_record_are_taken_over_to_be_changed(window: Window, page: DocumentsPage, case: CaseId) -> None:
    control = show(window, page, "closing_report").controls["people"]
    assert isinstance(control, TypedRows)
    assert "登记里已有 2 行" in control.about.text()
    control.copy.click()
    settle(window)
    assert [row[0] for row in kept(window, case)[0].values["people"]] == ["李四", "张三"]
    assert control.copy.isHidden()


def test_enter_shows_a_kind_and_enter_again_goes_into_its_form(window: Window, page: DocumentsPage) -> None:
    keyboard = Keyboard(window)
    page.kinds.setFocus()
    page.kinds.choose(EVIDENCE)
    keyboard.press("Enter")
    assert page.beside.kind == EVIDENCE
    assert keyboard.focus is page.kinds
    keyboard.press("Enter")
    assert keyboard.focus is sheet_of(page).controls["case_number"].focusProxy()


def test_a_finding_about_a_field_leads_to_the_field(window: Window, page: DocumentsPage) -> None:
    page.kinds.tick(NOTICE)
    page.make(draft=False)
    settle(window)
    show(window, page, EVIDENCE)
    place = next(row for row, each in enumerate(page.findings.shown) if each.place == f"{NOTICE}.place")
    page.findings.chosen.emit(page.findings.shown[place].place)
    settle(window)
    assert page.beside.kind == NOTICE
    assert Keyboard(window).focus is line(page, "place").input


def test_a_sitting_in_the_record_fills_time_and_place(window: Window) -> None:
    case = taken_in(desk_of(window), a_document(accepted_on="2026-03-01", hearings=[a_hearing()]))
    page = page_of(window, DocumentsPage, case)
    show(window, page, NOTICE)
    assert line(page, "held_at").input.placeholderText().startswith("登记里已有：")
    assert line(page, "held_at").fault.isHidden()
