"""Verifying from the page: four answers in words, a picture of a QR, a file that is none."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from mediator.casework.printing import Verified
from mediator.ui.pages.documents_verdicts import answer, in_words
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.ui.issuing import AGREEMENT, answers, issue, papers
from tests.ui.keyboard import Keyboard


@pytest.mark.parametrize(
    ("state", "number", "note", "word", "words"),
    [
        ("genuine", "协1", "", "相符", "是原件，编号 协1。"),
        ("genuine", "协1", "这是副本", "相符", "是原件，编号 协1。（这是副本）"),
        ("genuine", "", "", "相符", "是真的。"),
        ("altered", "协1", "", "已更改", "编号 协1 签发过，但这个文件被改动过，不是原件。"),
        ("altered", "", "签名不对", "已更改", "与签发时不一样，不是原件。（签名不对）"),
        ("unknown", "", "", "未知", "这里没有签发过这个文件。"),
        ("superseded", "协1", "", "已被替代", "是编号 协1 的原件，后来另出了新的一份，请以新的为准。"),
        ("superseded", "", "", "已被替代", "是真的，但后来另出了新的一份，请以新的为准。"),
    ],
)
def test_an_answer_is_one_word_and_a_sentence_with_its_reason(
    state: str, number: str, note: str, word: str, words: str
) -> None:
    found = Verified(Path("x/a.pdf"), state, number, note)
    assert (answer(found), in_words(found)) == (word, words)


def test_a_photograph_of_the_qr_is_answered_with_the_code_to_compare(window: Window, tmp_path: Path) -> None:
    _, page = papers(window, tmp_path)
    issue(window, page, AGREEMENT)
    paper = next(each for each in (tmp_path / "papers").iterdir() if each.suffix == ".pdf")
    photograph = tmp_path / "二维码.png"
    pages = pypdfium2.PdfDocument(paper)
    pages[len(pages) - 1].render(scale=3).to_pil().save(photograph)
    other = tmp_path / "别的.txt"
    other.write_text("这不是二维码", encoding="utf-8")
    page.verdicts.verify([photograph, other])
    settle(window)
    assert answers(page) == ["相符", "未知"]
    assert "核对码" in in_words(page.verdicts.rows.rows[0])
    keyboard = Keyboard(window)
    assert page.verdicts.table.hasFocus()
    assert not page.kinds.isVisible(), "the answers have the room"
    keyboard.press("Esc")
    assert not page.verdicts.isVisible()
    assert page.kinds.hasFocus()


def test_a_changed_file_is_told_apart_and_a_missing_one_is_a_sentence(window: Window, tmp_path: Path) -> None:
    _, page = papers(window, tmp_path)
    issue(window, page, AGREEMENT)
    paper = next(each for each in (tmp_path / "papers").iterdir() if each.suffix == ".pdf")
    paper.write_bytes(paper.read_bytes() + b"%")
    page.verdicts.verify([paper])
    settle(window)
    assert answers(page) == ["已更改"]
    page.verdicts.verify([tmp_path / "没有.pdf"])
    settle(window)
    assert page.told.property("tone") == "late"
    assert answers(page) == ["已更改"], "the answers before stay"
