"""The house front: navigation on the left, search and user above, what is saved and what waits below."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from mediator.casework import exchange
from mediator.casework.complaints import sentence
from mediator.casework.county import SyncState
from mediator.errors import MediatorError
from mediator.ui.hint import Hint
from mediator.ui.page import Page
from mediator.ui.pages.case_list import CaseListPage
from mediator.ui.pages.case_page import CasePage
from mediator.ui.pages.composer import ComposerPage
from mediator.ui.pages.documents import DocumentsPage
from mediator.ui.pages.hearing import HearingPage
from mediator.ui.pages.imports import ImportsPage
from mediator.ui.pages.intake import IntakePage
from mediator.ui.pages.keys import KeysPage
from mediator.ui.pages.manual import ManualPage
from mediator.ui.pages.performance import PerformancePage
from mediator.ui.pages.search import SearchPage
from mediator.ui.pages.settings import SettingsPage
from mediator.ui.pages.statistics import StatisticsPage
from mediator.ui.pages.sync import SyncPage
from mediator.ui.pages.templates import TemplatesPage
from mediator.ui.pages.workbench import WorkbenchPage
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.labels import Elided, Note, label, restyle
from mediator.ui.practice import PracticeStrip
from mediator.ui.search import SearchBox
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

PAGES: Final[tuple[type[Page], ...]] = (
    WorkbenchPage, IntakePage, CaseListPage, CasePage, HearingPage, ComposerPage, DocumentsPage, PerformancePage,
    StatisticsPage, SyncPage, SettingsPage, KeysPage, ManualPage, ImportsPage, TemplatesPage, SearchPage,
)  # fmt: skip
ENTRIES: Final = (
    ("workbench", 1), ("intake", 2), ("case_list", 3), ("hearing", 4), ("documents", 5), ("performance", 6),
    ("statistics", 7), ("sync", 8), ("settings", 9),
)  # fmt: skip
LAST: Final = "settings"
WORKING: Final = frozenset({"intake", "hearing", "composer", "documents", "performance"})
TOP, STATUS, SEARCH = 48, 30, 28
PARTS: Final = ("open", "saved", "exchanged", "", "keys", "waiting", "conflicts")


class Frame(QWidget):
    """Every page of a seat, one shown at a time; pages are built when they are first asked for."""

    turned = Signal(str)

    def __init__(self, seat: Seat) -> None:
        """Start at the workbench; `turned(page)` whenever another page is shown."""
        super().__init__()
        self.setObjectName("window")
        self.seat = seat
        self.built: dict[str, Page] = {}
        self.worn: set[str] = set()
        self.stack = seat.floor = QStackedWidget()
        self.entries: dict[str, QPushButton] = {}
        self.marks: dict[str, QLabel] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        if seat.desk.practice:
            grid.addWidget(PracticeStrip(seat), 0, 0, 1, 2)
        grid.addWidget(self._top(), 1, 0, 1, 2)
        grid.addWidget(self._navigation(), 2, 0)
        middle = QVBoxLayout()
        self.trouble = Note("", "late")
        self.trouble.hide()
        middle.addWidget(self.trouble)
        self.hint = Hint(seat)
        middle.addWidget(self.hint)
        middle.addWidget(self.stack, 1)
        grid.addLayout(middle, 2, 1)
        grid.addWidget(self._status(), 3, 0, 1, 2)
        grid.setColumnStretch(1, 1)
        self.before = ("workbench", "")
        self.named: tuple[str, ...] = ()
        self._listen()
        self.go("workbench")

    @property
    def page(self) -> Page:
        """The page on the screen."""
        shown = self.stack.currentWidget()
        assert isinstance(shown, Page)
        return shown

    @property
    def at_rest(self) -> bool:
        """Whether no page is being built."""
        return all(page.at_rest for page in self.built.values())

    def _listen(self) -> None:
        """Keys and what pages tell."""
        self.seat.went.connect(self.go)
        self.seat.keys_asked.connect(self.show_keys)
        self.seat.saved.connect(self.show_saved)
        self.seat.troubled.connect(self.show_trouble)
        self.seat.changed.connect(self._changed)
        self.seat.page_wanted.connect(self.back_to_page)
        self.seat.road_changed.connect(self.ask_state)
        self.seat.came.connect(self.show_came)
        self.digits = [
            QShortcut(QKeySequence(f"Ctrl+{number}"), self, partial(self.go, name)) for name, number in ENTRIES
        ]
        self._key("Ctrl+N", "intake")
        self._key("Ctrl+H", "hearing")
        self.help = QShortcut(QKeySequence("F1"), self, self.show_keys)
        QShortcut(QKeySequence("Shift+F1"), self, self.show_keys)
        QShortcut(QKeySequence("F5"), self, self.enter_again)
        QShortcut(QKeySequence("Ctrl+K"), self, self.search.take_focus)
        QShortcut(QKeySequence("Ctrl+F"), self, self.to_search)

    def _key(self, keys: str, page: str) -> QShortcut:
        """A key that leads to a page."""
        return QShortcut(QKeySequence(keys), self, partial(self.go, page))

    def _top(self) -> QFrame:
        """Name, search, room, user, blank, lock."""
        top = QFrame()
        top.setObjectName("top")
        top.setMinimumHeight(TOP)
        row = QHBoxLayout(top)
        row.setContentsMargins(space("l"), 0, space("m"), 0)
        row.setSpacing(space("m"))
        brand = label(say("frame.brand"))
        brand.setObjectName("brand")
        brand.setFixedWidth(self.seat.preferences.look.px("nav_width") - space("m"))
        self.search = SearchBox(self.seat)
        self.search.setMaximumWidth(self.seat.preferences.look.wide(SEARCH))
        row.addWidget(brand)
        row.addWidget(self.search, 3)
        row.addStretch(1)
        row.addWidget(Elided(self.seat.desk.vault.room.organization, "aside"))
        row.addWidget(Elided(self.seat.desk.vault.user.name, "strong"))
        row.addWidget(button(say("frame.blank"), self.seat.blank_asked.emit, kind="small", key="F12"))
        row.addWidget(button(say("frame.lock"), self.seat.lock_asked.emit, kind="small", key="Ctrl+L"))
        return top

    def _navigation(self) -> QFrame:
        """The entries with their numbers."""
        bar = QFrame()
        bar.setObjectName("nav")
        bar.setFixedWidth(self.seat.preferences.look.px("nav_width"))
        column = QVBoxLayout(bar)
        column.setContentsMargins(0, space("s"), 1, space("s"))
        column.setSpacing(0)
        for name, number in ENTRIES:
            if name == LAST:
                column.addStretch(1)
            entry = button(say(f"frame.{name}"), partial(self.go, name), kind="nav")
            entry.setToolTip(f"Ctrl+{number}")
            entry.setCheckable(True)
            inside = QHBoxLayout(entry)
            inside.setContentsMargins(0, 0, space("m"), 0)
            inside.addStretch(1)
            mark = label(str(number), "small")
            mark.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            inside.addWidget(mark)
            self.entries[name], self.marks[name] = entry, mark
            column.addWidget(entry)
        return bar

    def _status(self) -> QFrame:
        """Vault, last save, last exchange; what waits."""
        bar = QFrame()
        bar.setObjectName("status")
        bar.setMinimumHeight(STATUS)
        row = QHBoxLayout(bar)
        row.setContentsMargins(space("l"), 0, space("l"), 0)
        row.setSpacing(space("l"))
        self.parts: dict[str, QLabel] = {}
        for name in PARTS:
            if not name:
                row.addStretch(1)
                continue
            self.parts[name] = Elided()
            self.parts[name].hide()
            row.addWidget(self.parts[name])
        self.tell("open", say("frame.open"))
        return bar

    def tell(self, part: str, words: str) -> None:
        """A part of the lower bar; an empty one takes no room."""
        self.parts[part].setText(words)
        self.parts[part].setVisible(bool(words))

    def go(self, name: str, case: str = "") -> None:
        """Show a page; the one before is told to save what is typed."""
        if self.stack.count():
            self.page.leave()
        page = self._built(name)
        self.trouble.hide()
        self.stack.setCurrentWidget(page)
        if page.focusWidget() is not None:  # the stack picks a control of its own, the page knows better
            page.focusWidget().clearFocus()
        self._light(page)
        self.hint.show_for(name)
        page.enter(case)
        page.keep_focus()
        self.turned.emit(name)
        self.ask_state()

    def take_in(self, pages: Iterable[Page]) -> None:
        """Pages of a house before this one that hold words which are nowhere else."""
        for page in pages:
            self.built[page.name] = page
            self.stack.addWidget(page)
            self.worn.add(page.name)

    def _give_up_worn(self, name: str) -> None:
        """A page that was taken in is built anew, as large as the others, once all its words are kept."""
        page = self.built.get(name)
        if name in self.worn and page is not None and not (page.unkept() or self.seat.worker.waiting):
            self.worn.discard(name)
            self.stack.removeWidget(self.built.pop(name))
            page.deleteLater()

    def _built(self, name: str) -> Page:
        """The page of this name, built when it is first asked for."""
        self._give_up_worn(name)
        if name not in self.built:
            self.built[name] = next(kind for kind in PAGES if kind.name == name)(self.seat)
            self.stack.addWidget(self.built[name])
        return self.built[name]

    def _light(self, page: Page) -> None:
        """Its entry is lit; the digits and F1 are the page's where it takes them."""
        for entry, press in self.entries.items():
            press.setChecked(entry == (page.nav or page.name))
            restyle(self.marks[entry], lit=press.isChecked())
        for key in (*self.digits, self.help):
            key.setEnabled(not page.takes_digits)
        self.tell("keys", say("frame.keys_shifted" if page.takes_digits else "frame.keys"))

    def back_to_page(self) -> None:
        """The keyboard is the page's again."""
        self.page.keep_focus()

    def enter_again(self) -> None:
        """F5: ask the vault again for what the page shows."""
        self.page.leave()
        self.page.enter(self.page.case)

    def to_search(self) -> None:
        """Ctrl+F: the page's own line where it has one, else the search above."""
        line = self.page.search()
        if line is None:
            self.search.take_focus()
        else:
            line.setFocus(Qt.FocusReason.ShortcutFocusReason)
            line.selectAll()

    def show_keys(self) -> None:
        """F1: what this page is for and its keys; pressed again, back to the page it was pressed on."""
        if self.page.name in {KeysPage.name, ManualPage.name}:
            self.go(*self.before)
            return
        self.before = (self.page.name, self.page.case)
        self.go(KeysPage.name, self.page.name)

    def ask_state(self) -> None:
        """What waits to leave and when the last exchange was."""
        self.seat.deed(lambda: exchange.status(self.seat.desk), self.show_state)

    def show_state(self, state: SyncState) -> None:
        """The right and the middle of the lower bar."""
        if state.last is None:
            self.tell("exchanged", say("frame.never_exchanged"))
        else:
            road = say(f"frame.road_{state.last.road}")
            self.tell("exchanged", say("frame.exchanged", at=f"{state.last.at:%m-%d %H:%M}", road=road))
        retry = state.retry
        if retry.failures and retry.again:
            self.tell("exchanged", say("frame.tried_again", at=f"{retry.again:%H:%M}"))
        self.tell("waiting", say("frame.waiting", count=f"{state.pending:,}"))
        self.tell("conflicts", say("frame.conflicts", count=state.conflicts) if state.conflicts else "")

    def show_saved(self, moment: datetime) -> None:
        """Called after the durable commit alone."""
        self.named = ()
        self.tell("saved", say("frame.saved", at=f"{moment:%H:%M:%S}"))

    def show_came(self, cases: frozenset[str]) -> None:
        """Another desk wrote in the case that is being typed in: nothing of either is lost, and nothing jumps (M2)."""
        if self.page.case in cases and self.page.unkept():
            self.trouble.tell(say("frame.came"), "soon")

    def show_trouble(self, error: MediatorError) -> None:
        """What happened, what is safe, what to do next; no dialog, nothing takes the focus.

        A page that was asked for another's case gives way to the case, which asks why before anything of it is shown.
        """
        if error.code == "case.others" and self.page.name in WORKING:
            self.page.case = ""
            self.go(CasePage.name, str(error.facts["case"]))
            return
        self.trouble.tell(sentence(error), "late")

    def _changed(self, cases: frozenset[str]) -> None:
        """Repaint from what changed."""
        self.page.refresh(cases)

    def close_pages(self) -> None:
        """Before locking: every page that was ever shown saves what is typed, also what was refused before."""
        for page in self.built.values():
            page.leave()

    def hold_for_unkept(self) -> bool:
        """Show the first page with words that are nowhere else and name it; False where it was named already."""
        left = [page for page in self.built.values() if page.unkept()]
        names = tuple(page.name for page in left)
        if not left or names == self.named:
            return False
        self.named = names
        if self.page not in left:
            self.go(left[0].name, left[0].case)
        self.trouble.tell(say("frame.unkept", pages="、".join(say(f"frame.{name}") for name in names)), "late")
        return True
