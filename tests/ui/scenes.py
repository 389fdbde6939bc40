"""Where a test begins: a sitting on the screen, a signed case, a disk that refuses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from mediator.casework import hearing, intake, opening, reading
from mediator.casework.desk import Desk
from mediator.casework.hearing import HearingForm
from mediator.casework.reading import RowQuery
from mediator.core.records import CaseId, HearingId
from mediator.errors import WorldFailed
from mediator.ui.page import Page
from mediator.ui.pages.hearing import HearingPage
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from mediator.ui.worker import Worker
from tests.casework.desks import a_desk, a_document, a_workshop, taken_in

P = TypeVar("P", bound=Page)


def desk_of(window: Window) -> Desk:
    """The desk behind the window."""
    assert window.seat is not None
    return window.seat.desk


def go(window: Window, name: str, case: str = "") -> None:
    """Show a page and wait for what it asked."""
    assert window.house is not None
    window.house.go(name, case)
    settle(window)


def page_of(window: Window, kind: type[P], case: str = "") -> P:
    """Go to a page and wait for what it asked."""
    go(window, kind.name, case)
    assert window.house is not None
    page = window.house.page
    assert isinstance(page, kind)
    return page


def newest(window: Window) -> CaseId:
    """The case that was changed last."""
    assert window.seat is not None
    return reading.rows(window.seat.desk, RowQuery(limit=1))[0].id


def a_sitting(window: Window, case: CaseId | None = None) -> tuple[CaseId, HearingId, HearingPage]:
    """A sitting being recorded on the screen."""
    assert window.seat is not None
    desk = window.seat.desk
    chosen = case or newest(window)
    sitting = hearing.open_hearing(desk, chosen, HearingForm(desk.workshop.clock.now(), "现场", ("李调解",), "李调解"))
    return chosen, sitting, page_of(window, HearingPage, chosen)


def say(window: Window, page: HearingPage, words: str) -> None:
    """Type a turn and end it."""
    page.record.input.setPlainText(words)
    page.record.end_turn()
    settle(window)


def correct(window: Window, page: HearingPage, said: str, words: str) -> None:
    """Say something and half correct it: other words stand in the field, and nobody has ended the turn."""
    say(window, page, said)
    page.record.correct_last()
    page.record.input.setPlainText(words)


def turns(window: Window, case: CaseId) -> list[str]:
    """What the vault holds of the newest sitting."""
    assert window.seat is not None
    return [turn.text for turn in reading.reread(window.seat.desk, case).case.hearings[-1].turns]


def speakers(window: Window, case: CaseId) -> list[str]:
    """Who said it."""
    assert window.seat is not None
    return [turn.speaker for turn in reading.reread(window.seat.desk, case).case.hearings[-1].turns]


def full_disk(patch: pytest.MonkeyPatch, module: object, deed: str, *, when: Callable[..., bool] | None = None) -> None:
    """From now on the disk is full for a deed, or for those calls of it that `when` names."""
    real = getattr(module, deed)

    def refused(*args: Any, **named: Any) -> Any:
        if when is None or when(*args, **named):
            raise WorldFailed("vault.full")
        return real(*args, **named)

    patch.setattr(module, deed, refused)


def an_application() -> QApplication:
    """The application of this process, for parts that need no window."""
    known = QApplication.instance()
    return known if isinstance(known, QApplication) else QApplication([])


def finish(worker: Worker) -> None:
    """Hear every answer, also of deeds that an answer asks for."""
    while worker.waiting:
        loop = QEventLoop()
        worker.idle.connect(loop.quit)
        loop.exec()


def conflicting(window: Window, folder: Path, write: Callable[[Desk, CaseId, str], None]) -> CaseId:
    """A case to which two desks wrote at once: 本机, which is the window's, and 别处."""
    desk = desk_of(window)
    other = a_desk(folder / "other", workshop=a_workshop(seed=8))
    case = taken_in(desk, a_document())
    stream = desk.vault.case(case).entries[0].stream
    other.vault.absorb(desk.vault.stream(stream))
    write(desk, case, "本机")
    write(other, case, "别处")
    desk.vault.absorb(other.vault.stream(stream))
    opening.lock(other)
    return case


def rename(desk: Desk, case: CaseId, word: str) -> None:
    """Another title."""
    intake.save_case(desk, case, reading.reread(desk, case).seen, {"title": f"借款（{word}）"})
