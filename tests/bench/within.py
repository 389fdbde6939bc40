"""The "within" column of the design for a full room, and what held the screen: python -m tests.bench.within [CASES].

A real window on the offscreen platform before a vault of made-up cases (5,000 unless a number is given), with the
password as strong as an installed program makes it. The clock on the wall runs from the key until every answer came and
the page is painted; the hold is the longest stretch of the screen's own thread, by the processor. Every page is asked
twice: when it is built, and when it stands.
"""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QLineEdit

from mediator.casework import hearing, opening, reading
from mediator.casework.hearing import HearingForm
from mediator.casework.reading import RowQuery
from mediator.core.codes import CaseStatus
from mediator.core.records import CaseId
from mediator.ui.frame import Frame
from mediator.ui.page import Page
from mediator.ui.pages.composer import ComposerPage
from mediator.ui.pages.documents import DocumentsPage
from mediator.ui.pages.hearing import HearingPage
from mediator.ui.pages.intake import IntakePage
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from mediator.wiring import build_workshop
from tests.bench.growth import filled
from tests.casework.desks import PASSWORD, ROOM, a_document, taken_in
from tests.ui.keyboard import Keyboard, a_window
from tests.ui.pulse import Pulse
from tests.ui.scenes import desk_of, page_of

CASES: Final = 5000
TWICE: Final = ("第一次", "再次")
HOLD_S: Final = 0.05
# seconds from design/ui.md, by page; what has none there may take half a second
WITHIN: Final = {
    "workbench": 0.3, "case_list": 0.3, "case_page": 0.1, "performance": 0.3, "statistics": 0.5, "documents": 0.3,
    "composer": 0.3, "hearing": 0.3, "intake": 0.3, "sync": 0.5, "settings": 0.5, "imports": 0.5, "templates": 0.5,
    "keys": 0.5, "manual": 0.5,
}  # fmt: skip
ABOUT: Final = frozenset({"case_page", "performance", "documents", "composer", "hearing"})


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing somebody does: seconds he waits, seconds the screen is held, seconds it may take."""

    what: str
    took: float
    held: float
    within: float

    @property
    def met(self) -> bool:
        """In time, and never held longer than a key may be."""
        return self.took <= self.within and self.held <= HOLD_S


def seen(window: Window, what: str, within: float, deed: Callable[[], object]) -> Seen:
    """Do it and wait until it stands painted."""
    settle(window)
    pulse, began = Pulse(), perf_counter()
    pulse.wake()
    deed()
    pulse.beat()
    settle(window)
    window.grab()
    settle(window)
    took = perf_counter() - began
    pulse.rest()
    return Seen(what, took, pulse.longest, within)


def pages(window: Window, case: CaseId) -> Iterator[Seen]:
    """Each page twice."""
    for time in TWICE:
        for name, within in WITHIN.items():
            about = case if name in ABOUT else ""
            yield seen(window, f"{name}，{time}", within, partial(shown, window, name, about))


def shown(window: Window, name: str, case: str) -> Page:
    """The page on the screen."""
    assert window.house is not None
    window.house.go(name, case)
    return window.house.page


def typed(window: Window, case: CaseId) -> Iterator[Seen]:
    """A field of a registration, a key and a turn of a hearing, a clause with its preview, a paper in two formats."""
    form = page_of(window, IntakePage)
    name = next(iter(form.cards.values())).fields["name"].input
    assert isinstance(name, QLineEdit)
    name.setText("王某强")
    yield seen(window, "登记，一格", 0.1, form.flush)
    desk = desk_of(window)
    hearing.open_hearing(desk, case, HearingForm(desk.workshop.clock.now(), "一楼调解室", ("李调解",), "李调解"))
    record = page_of(window, HearingPage, case).record
    yield seen(window, "笔录，一键", 0.05, lambda: record.input.insertPlainText("路"))
    yield seen(window, "笔录，一段", 2.0, record.end_turn)
    composer = page_of(window, ComposerPage, case)
    composer.clauses.add()
    yield seen(window, "协议预览", 1.0, composer.hurry)


def issued(window: Window, case: CaseId, folder: Path) -> Iterator[Seen]:
    """The agreement, DOCX and PDF; the first paper of a day also reads the faces."""
    page = page_of(window, DocumentsPage, case)
    page.target.folder.setText(str(folder))
    for time in TWICE:
        page.kinds.tick("mediation_record")
        yield seen(window, f"出一份文书，{time}", 1.5, lambda: page.make(draft=True))


def measured(folder: Path, cases: int) -> Iterator[Seen]:
    """From the password on."""
    workshop = build_workshop()
    desk = opening.create(workshop, folder / "vault", ROOM, PASSWORD).desk
    filled(desk, cases)
    opening.lock(desk)
    gc.collect()
    gc.freeze()  # a program that was just started has not made five thousand cases up
    window = a_window(workshop, folder / "vault", folder)
    keyboard = Keyboard(window)
    keyboard.type(PASSWORD)
    yield seen(window, "解锁到工作台", 1.5, lambda: keyboard.press("Enter"))
    assert isinstance(window.house, Frame)
    rows = reading.rows(desk_of(window), RowQuery((CaseStatus.SIGNED, CaseStatus.PERFORMING), limit=1))
    yield from pages(window, rows[0].id)
    yield from typed(window, taken_in(desk_of(window), a_document(accepted_on="2026-03-08")))
    yield from issued(window, rows[0].id, folder / "papers")
    window.lock(whatever=True)
    settle(window)
    window.close()
    settle(window)


def main() -> int:
    """Print every line; 1 when one took too long."""
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else CASES
    with tempfile.TemporaryDirectory() as folder:
        found = []
        for each in measured(Path(folder), cases):
            found.append(each)
            mark = "" if each.met else "\t没有达到"
            line = f"{each.took * 1000:.0f} ms（不超过 {each.within * 1000:.0f}）\t最长占屏 {each.held * 1000:.0f} ms"
            sys.stdout.write(f"{each.what}\t{line}{mark}\n")
            sys.stdout.flush()
    worst = max(each.held for each in found) * 1000
    sys.stdout.write(f"{cases} 件，最长占屏 {worst:.0f} ms\n")
    return int(not all(each.met for each in found))


if __name__ == "__main__":
    sys.exit(main())
