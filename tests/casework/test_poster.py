"""The poster says what the rules say, on one page, in large print."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from mediator.casework import opening, poster, practising
from mediator.casework.desk import Desk
from mediator.casework.hearing import SCRIPT
from mediator.core.deadlines import set_of
from mediator.docs.finished_word import squeezed
from mediator.errors import RefusedByRule
from tests.casework.desks import a_workshop

# rules.md, read by hand: what stands on the wall must be these
PERIODS = (
    ("决定是否受理", "申请后三个工作日内"), ("首次调解", "受理后七日内"), ("调解期限", "受理后一个月内"),
    ("申请司法确认", "协议生效后三十日内"), ("申请强制执行", "履行期满后二年内"),
)  # fmt: skip


def words_of(path: Path) -> tuple[str, int, float]:
    """All words, the number of pages, and the width in mm."""
    sheets = pypdfium2.PdfDocument(path)
    text = "".join(each.get_textpage().get_text_range() for each in sheets)
    return squeezed(text), len(sheets), sheets[0].get_width() / 72 * 25.4


def test_each_size_is_one_page_with_every_step_and_every_period(desk: Desk, tmp_path: Path) -> None:
    small, large = poster.write(desk, tmp_path)
    for path, width in ((small, 210), (large, 297)):
        text, pages, wide = words_of(path)
        assert pages == 1
        assert wide == pytest.approx(width, abs=0.5)
        for step in SCRIPT:
            assert squeezed(step.words) in text
        for what, within in PERIODS:
            assert what in text
            assert squeezed(within) in text
        assert "待核对" not in text
        assert squeezed(desk.vault.room.organization) in text


def test_another_rule_is_another_poster(desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    rules = set_of(desk.vault.tables.rules, desk.today())
    changed = tuple(replace(each, length=5) if each.id == "D01" else each for each in rules.rules)
    monkeypatch.setattr(poster, "set_of", lambda *_: replace(rules, rules=changed))
    assert poster.rows_of(desk)[0][1] == "申请后五个工作日内"


def test_a_size_that_no_printer_has_is_refused_and_nothing_is_written(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(RefusedByRule, match=r"document\.format"):
        poster.write(desk, tmp_path / "out", sizes=("A5",))
    assert not (tmp_path / "out").exists()


def test_in_the_practice_room_it_says_rehearsal(tmp_path: Path) -> None:
    room = practising.enter(a_workshop(), tmp_path / "vault-practice")
    (path,) = poster.write(room, tmp_path, sizes=("A4",))
    assert "演练" in words_of(path)[0]
    opening.lock(room)


def test_every_period_on_the_wall_starts_with_an_event_that_has_words() -> None:
    table = json.loads((Path(poster.__file__).parents[1] / "core/data/deadlines.json").read_text(encoding="utf-8"))
    starts = {row["start"] for row in table["versions"][-1]["rules"] if row["id"] in poster.SHOWN}
    assert starts <= set(poster.FROM)
