"""A name with a character that no face has: named with its code point, pictured from the page, issued."""

from __future__ import annotations

from pathlib import Path

from mediator.core.records import CaseId
from mediator.ui.pages.documents import DocumentsPage
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.casework.desks import a_document, case_of, taken_in
from tests.docs.test_pictured import LACKING, drawn
from tests.ui.issuing import issue
from tests.ui.scenes import desk_of, page_of

NOTICE = "rights_notice"


def lacking(window: Window, folder: Path) -> tuple[CaseId, DocumentsPage]:
    """The page about a case whose applicant has such a name."""
    named = {"ref": "p1", "side": "applicant", "kind": "person", "name": f"吴{LACKING}"}
    other = {"ref": "p2", "side": "respondent", "kind": "person", "name": "王五"}
    case = taken_in(desk_of(window), a_document(parties=[named, other]))
    page = page_of(window, DocumentsPage, case)
    page.target.folder.setText(str(folder / "papers"))
    return case, page


def test_the_refusal_names_the_character_and_its_picture_lets_the_paper_out(window: Window, tmp_path: Path) -> None:
    case, page = lacking(window, tmp_path)
    issue(window, page, NOTICE)
    assert page.glyph.isVisible()
    assert f"“{LACKING}”字（U+20023）" in page.glyph.words.words.text()
    assert case_of(desk_of(window), case).papers == ()
    (picture := tmp_path / "字.png").write_bytes(drawn())
    page.glyph.put(picture)
    settle(window)
    assert not page.glyph.isVisible()
    assert page.beside.paper.pages >= 1, "the preview was not drawn again"
    issue(window, page)
    assert [each.kind for each in case_of(desk_of(window), case).papers] == [NOTICE]


def test_a_preview_that_lacks_it_asks_as_well(window: Window, tmp_path: Path) -> None:
    _, page = lacking(window, tmp_path)
    page.look_at(NOTICE)
    settle(window)
    assert page.glyph.isVisible()
    assert page.beside.trouble.isVisible()


def test_a_picture_that_is_none_is_refused_and_the_question_stays(window: Window, tmp_path: Path) -> None:
    case, page = lacking(window, tmp_path)
    issue(window, page, NOTICE)
    (picture := tmp_path / "字.png").write_bytes(b"GIF89a")
    page.glyph.put(picture)
    settle(window)
    assert "不是 PNG 图片" in page.told.words.text()
    assert page.glyph.isVisible()
    assert case_of(desk_of(window), case).pictures == ()


def test_another_case_is_not_asked_for_it(window: Window, tmp_path: Path) -> None:
    _, page = lacking(window, tmp_path)
    issue(window, page, NOTICE)
    page.enter(taken_in(desk_of(window), a_document()))
    settle(window)
    assert not page.glyph.isVisible()
