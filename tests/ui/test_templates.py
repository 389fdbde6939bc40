"""Templates on the desktop: checked by place, tried, approved by a second person, withdrawn with a reason."""

from __future__ import annotations

import base64
import hashlib
from datetime import date
from pathlib import Path

from mediator.casework import performing, templates
from mediator.casework.drafting import NONE_SEEN, Pen
from mediator.core.money import Fen
from mediator.core.records import CaseId
from mediator.journal.streams import TEMPLATES
from mediator.ui.pages.documents import DocumentsPage
from mediator.ui.pages.templates import TemplatesPage
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.casework.desks import case_of
from tests.docs.foreign_words import a_word
from tests.journal.list_journal import Writer
from tests.ui.issuing import AGREEMENT, issue
from tests.ui.issuing import papers as papers_of
from tests.ui.keyboard import Keyboard
from tests.ui.scenes import desk_of, page_of

KIND = "receipt"


def opened(window: Window) -> TemplatesPage:
    """The page with a kind and a version typed."""
    page = page_of(window, TemplatesPage)
    page.adding.kind.show_value(KIND)
    page.adding.version.setText("2026-1")
    return page


def added(window: Window, folder: Path) -> TemplatesPage:
    """The program's own template, taken out and added again."""
    page = opened(window)
    page.adding.start(folder)
    settle(window)
    page.adding.propose(folder / "收条.docx")
    settle(window)
    return page


def states(page: TemplatesPage) -> list[str]:
    """The last column."""
    return [str(page.rows.data(page.rows.index(row, 4))) for row in range(page.rows.rowCount())]


def test_a_template_is_taken_out_added_and_waits_for_a_second_person(window: Window, tmp_path: Path) -> None:
    page = added(window, tmp_path)
    assert states(page) == ["待批准"]
    assert not page.unkept(), "the version was kept with its template"
    page.approve()
    settle(window)
    assert "另一位用户" in page.told.words.text()
    assert states(page) == ["待批准"]


def test_what_is_wrong_with_a_file_is_listed_with_its_place_and_nothing_is_kept(window: Window, tmp_path: Path) -> None:
    page = opened(window)
    (file := tmp_path / "a.docx").write_bytes(a_word("{{ 名字 }}", "{{"))
    page.adding.propose(file)
    settle(window)
    messages = [each.message for each in page.adding.faults.shown]
    assert "正文第2段“{{ 名字 }}”：没有“名字”这个字段" in messages
    assert page.rows.rowCount() == 0
    assert page.adding.version.text() == "2026-1", "what was typed stays for the mended file"


def test_a_day_that_is_none_is_said_before_anything_is_read(window: Window, tmp_path: Path) -> None:
    page = opened(window)
    page.adding.valid_from.setText("2026-2-30")
    page.adding.propose(tmp_path / "没有.docx")
    settle(window)
    assert "2026-3-5" in page.told.words.text()
    assert Keyboard(window).focus is page.adding.valid_from


def test_it_is_tried_on_the_six_samples(window: Window, tmp_path: Path) -> None:
    page = added(window, tmp_path)
    page.attempt(tmp_path / "样稿")
    settle(window)
    assert page.told.words.text().count("可以") == 6
    assert all(each.name.startswith("样稿") for each in (tmp_path / "样稿").iterdir())


def by_another(window: Window) -> None:
    """A template that another user of this vault added."""
    desk, file = desk_of(window), templates.shipped_file(KIND)
    body = {"id": "a1" * 16, "kind": KIND, "version": "2026-1", "valid_from": "2026-03-01", "login": "wang",
            "sha256": hashlib.sha256(file).hexdigest(), "data": [base64.b64encode(file).decode()]}  # fmt: skip
    pen = Pen(TEMPLATES, NONE_SEEN, desk.now_ms(), None)
    desk.vault.append([pen.write("template.proposed", **body)])


def by_the_county(window: Window) -> None:
    """A template that two persons of the county sent down, as an exchange brings it."""
    desk, file = desk_of(window), templates.shipped_file(KIND)
    digest = hashlib.sha256(file).hexdigest()
    body: dict[str, object] = {
        "id": "c0" * 16, "kind": KIND, "version": "2026-县1", "valid_from": "2026-03-01", "sha256": digest,
        "login": desk.vault.user.login, "data": [base64.b64encode(file).decode()],
    }  # fmt: skip
    county = Writer("county")
    county.write(TEMPLATES, "template.proposed", body)
    county.write(TEMPLATES, "template.issued", {"id": "c0" * 16, "sha256": digest, "login": "liu"})
    desk.vault.absorb(county.journal.stream(TEMPLATES))


def test_the_countys_template_is_told_as_such_and_the_one_user_here_approves_it(window: Window) -> None:
    by_the_county(window)
    page = opened(window)
    origin = [str(page.rows.data(page.rows.index(row, 1))) for row in range(page.rows.rowCount())]
    assert (origin, states(page)) == (["县中心"], ["待批准"])
    assert "县中心下发（li添加，liu核发）" in page.words.text(), "the county's li is not the room's"
    page.approve()
    settle(window)
    assert states(page) == ["正在使用"]


def test_the_second_person_approves_it_and_withdrawing_asks_why(window: Window) -> None:
    by_another(window)
    page = opened(window)
    assert states(page) == ["待批准"]
    page.approve()
    settle(window)
    assert states(page) == ["正在使用"]
    page.ask_why()
    keyboard = Keyboard(window)
    keyboard.press("Enter")
    assert states(page) == ["正在使用"], "withdrawn without a reason"
    keyboard.type("落款有误")
    keyboard.press("Enter")
    assert states(page) == ["已撤回"]
    assert "落款有误" in page.words.text()
    assert not page.deeds.isVisible()


def test_settings_lead_to_the_page_and_esc_leads_back(window: Window) -> None:
    page_of(window, TemplatesPage)
    Keyboard(window).press("Esc")
    assert window.house is not None
    assert window.house.page.name == "settings"
    Keyboard(window).reach("文书模板……")
    Keyboard(window).press("Enter")
    assert window.house.page.name == "templates"


def test_a_paper_is_issued_from_the_layout_that_is_chosen_beside_its_preview(window: Window, tmp_path: Path) -> None:
    by_another(window)
    page = opened(window)
    page.approve()
    settle(window)
    case, papers = a_paid_case(window, tmp_path)
    papers.look_at(AGREEMENT)
    settle(window)
    assert not papers.beside.layout_choice.isVisible(), "no template of this kind"
    papers.look_at(KIND)
    settle(window)
    assert papers.beside.layout_choice.isVisible()
    papers.beside.layout_choice.setCurrentIndex(1)
    papers.beside.layout_choice.activated.emit(1)
    settle(window)
    issue(window, papers, KIND)
    issued = [each for each in desk_of(window).vault.case(case).entries if each.kind == "document.issued"]
    assert issued[-1].content()["template"] == [hashlib.sha256(templates.shipped_file(KIND)).hexdigest(), "2026-1"]


def a_paid_case(window: Window, folder: Path) -> tuple[CaseId, DocumentsPage]:
    """A case that a receipt can be made for."""
    case, page = papers_of(window, folder)
    agreement = case_of(desk_of(window), case).agreement
    assert agreement is not None
    owed = agreement.obligations[0].id
    performing.record_payment(desk_of(window), case, owed, amount=Fen(1000), paid_on=date(2026, 3, 6))
    settle(window)
    return case, page
