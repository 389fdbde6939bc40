"""Every page and state of the desktop as PNG: three themes, three text sizes, two screens, with the sample cases."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop
from PySide6.QtWidgets import QApplication

from mediator.casework import hearing, importing, opening, reading
from mediator.casework.desk import Desk, Workshop
from mediator.casework.hearing import HearingForm
from mediator.casework.reading import RowQuery
from mediator.casework.samples import sample_files
from mediator.core.codes import CaseStatus
from mediator.core.records import CaseId, PartyId
from mediator.core.sittings import SignWay
from mediator.ui.app import application
from mediator.ui.heard import recorded_before, sound_pictures
from mediator.ui.pages.case_page import CasePage
from mediator.ui.pages.composer import ComposerPage
from mediator.ui.pages.documents import DocumentsPage
from mediator.ui.pages.first_run import FirstRunPage
from mediator.ui.pages.hearing import HearingPage
from mediator.ui.preferences import Preferences
from mediator.ui.states import PASSWORD, ROOM, door_states, empty_pictures, house_states, practice_pictures
from mediator.ui.theme import dress
from mediator.ui.tokens import SIZES, THEMES, Look
from mediator.ui.watched import letters_in, newest, watch_pictures
from mediator.ui.window import HEIGHT, WIDTH, Window

SCREENS: Final = ((WIDTH, HEIGHT), (1920, 1080))
SHOWN_CODE: Final = "012345-654313-100001-220000-330011-440022-550033-660044"


FORM_SHOWN: Final = "hearing_notice"
ISSUED_SHOWN: Final = "rights_notice"
PRINTER_SHOWN: Final = "办公室激光打印机"
HEARD: Final = "s04_toilet_and_trees_buyout"
SPOKEN: Final = (
    (9, "上次说到路面还差1.2米。今天先把厕所和三棵树怎么处理谈清楚。"),
    (1, "厕所是前年花钱修的，三棵树也挂果了，白白让出来不行。要让可以，得给个说法。"),
    (0, "我不是不给钱。村里十八号就要浇路，我想一次了断，以后不再为这个事红脸。"),
    (9, "村里出一台挖机，拆除和清运不要两家出钱。"),
    (1, "五千五。"),
    (0, "五千，今天就能付。"),
    (1, "行，五千就五千。树我自己先挖走一棵。"),
)

# a name written with a finger: 三 in three strokes
WRITTEN: Final = (
    ((900, 250, 0), (1300, 220, 60), (1900, 240, 130)),
    ((1000, 480, 400), (1400, 460, 470), (1800, 470, 540)),
    ((700, 740, 800), (1400, 700, 900), (2200, 750, 1000)),
)


@dataclass(frozen=True, slots=True)
class Shot:
    """A page to picture and the case it is about."""

    page: str
    case: str = ""


def settle(window: Window) -> None:
    """Let every page be whole, every asked deed reply and every widget paint."""
    while True:
        QApplication.sendPostedEvents()
        QApplication.processEvents()
        if window.house is not None and not window.house.at_rest:
            continue
        if not window.worker.waiting:
            break
        loop = QEventLoop()
        window.worker.idle.connect(loop.quit)
        if window.worker.waiting:
            loop.exec()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


def sample_desk(workshop: Workshop, place: Path) -> Desk:
    """A vault with the six cases, letters that came today and a petition."""
    made = opening.create(workshop, place, ROOM, PASSWORD)
    opening.confirm_recovery_code(made.desk, made.recovery_code)
    for name, data in sample_files():
        taken = importing.import_file(made.desk, data)
        if name == HEARD:
            recorded_before(made.desk, taken.cases[0].id)
            sit(made.desk, taken.cases[0].id)
    letters_in(made.desk)
    return made.desk


def sit(desk: Desk, case: CaseId) -> None:
    """A sitting in the middle of its record."""
    form = HearingForm(desk.workshop.clock.now(), "一楼调解室", ("陈建国", "周秀英"), "陈建国")
    sitting = hearing.open_hearing(desk, case, form)
    for place, words in SPOKEN:
        parties = desk_parties(desk, case)
        name, party = parties[place] if place < len(parties) else ("陈建国", None)
        hearing.record_turn(desk, case, sitting, speaker=name, text=words, party=party)
    hearing.tick_script(desk, case, sitting, done=[step.id for step in hearing.SCRIPT[:6]])


def desk_parties(desk: Desk, case: CaseId) -> list[tuple[str, PartyId]]:
    """Names of those who stand against each other."""
    return [(party.name, party.id) for party in reading.reread(desk, case).case.parties]


def shots(desk: Desk) -> tuple[Shot, ...]:
    """Which pages are pictured, with the case that shows most."""
    case = newest(desk, None, "厕所")
    inside = tuple(Shot(page, case) for page in ("case_page", "hearing", "composer", "documents"))
    after = tuple(
        map(Shot, ("performance", "statistics", "imports", "sync", "settings", "templates", "keys", "manual"))
    )
    return (Shot("workbench"), Shot("intake"), Shot("case_list"), *inside, *after)


@dataclass(frozen=True, slots=True)
class View:
    """How a page is looked at: theme and text size, and the screen in pixels."""

    look: Look
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def name(self) -> str:
        """`light-standard`, with the width where it is not the usual one."""
        return f"{self.look.theme}-{self.look.size}" + (f"-{self.width}" if self.width != WIDTH else "")


def views(*, every: bool = False) -> tuple[View, ...]:
    """Each theme at the usual size and the larger sizes in the light theme; `every` is all of them on both screens."""
    if every:
        return tuple(View(Look(theme, size), *screen) for screen in SCREENS for theme in THEMES for size in SIZES)
    return (*(View(Look(theme)) for theme in THEMES), *(View(Look(size=size)) for size in SIZES[1:]))


def render(workshop: Workshop, out: Path, *, every: bool = False) -> list[dict[str, str]]:
    """Write the pictures into `out`; gives name and file of each."""
    out.mkdir(parents=True, exist_ok=True)
    made: list[dict[str, str]] = []

    def keep(window: Window, name: str, view: View) -> None:
        file = out / f"{name}-{view.name}.png"
        window.grab().save(str(file))
        made.append({"name": name, "file": str(file)})

    walk(workshop, views(every=every), keep)
    return made


@contextmanager
def nobodys_home() -> Iterator[None]:
    """Pictures go into the manual: folders that are proposed in them are nobody's own."""
    usual = os.environ.get("HOME")
    os.environ["HOME"] = "/home/mediator"
    try:
        yield
    finally:
        os.environ.pop("HOME")
        os.environ |= {} if usual is None else {"HOME": usual}


def walk(workshop: Workshop, seen: Sequence[View], look_at: Callable[[Window, str, View], None]) -> None:
    """Bring every page and state onto the screen, once a view, at rest and painted, and have it looked at."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder, nobodys_home():
        base = Path(folder)
        preferences = Preferences(base / "look.json", Look())
        running = application(workshop, preferences)
        desk = sample_desk(workshop, base / "vault")
        for view in seen:
            preferences.look = view.look
            dress(running, view.look)
            picture = partial(painted, view, look_at)
            _gate_pictures(at_gate(workshop, base / "none", preferences, view), picture)
            practice_pictures(at_gate(workshop, base / "none", preferences, view), picture)
            empty_pictures(workshop, base / "空白", preferences, picture)
            _house_pictures(workshop, desk, base / "vault", preferences, picture)
        opening.lock(desk)


def painted(view: View, look_at: Callable[[Window, str, View], None], window: Window, name: str) -> None:
    """Wait until the page rests at the size of the view, then look."""
    window.resize(view.width, view.height)
    settle(window)
    window.grab()  # tables ask for the rows they paint
    settle(window)
    if window.house is not None:
        window.house.page.hurry()
        settle(window)
    look_at(window, name, view)


def at_gate(workshop: Workshop, place: Path, preferences: Preferences, view: View) -> Window:
    """A window at the gate of a place."""
    window = Window(workshop, place, replace(preferences))
    window.resize(view.width, view.height)
    window.show()
    return window


def _gate_pictures(window: Window, picture: Callable[[Window, str], None]) -> None:
    """First run: its first step, a password that is weak, the recovery code."""
    picture(window, "first_run")
    page = window.gate.currentWidget()
    assert isinstance(page, FirstRunPage)
    for field, words in ((page.organization, ROOM.organization), (page.division, ROOM.division)):
        field.setText(words)
    page.turn(2)
    page.first.setText(ROOM.login)
    picture(window, "first_run_password")
    page.sheet.show_code(SHOWN_CODE, ROOM.organization)
    page.turn(1)
    page.sheet.typed.setText(SHOWN_CODE[:20])
    picture(window, "first_run_recovery")
    window.close()


def _house_pictures(
    workshop: Workshop, desk: Desk, place: Path, preferences: Preferences, picture: Callable[[Window, str], None]
) -> None:
    """Unlock, then every page of the house."""
    window = Window(workshop, place, preferences)
    window.resize(WIDTH, HEIGHT)
    window.show()
    picture(window, "unlock")
    door_states(window, picture)
    window.sit_down(desk)
    assert window.house is not None
    for shot in shots(desk):
        window.house.go(shot.page, shot.case)
        picture(window, shot.page)
        if isinstance(window.house.page, ComposerPage):
            window.house.page.parts.setCurrentIndex(1)
            picture(window, "composer_payments")
            window.house.page.parts.setCurrentIndex(0)
        if isinstance(window.house.page, DocumentsPage):
            window.house.page.look_at(FORM_SHOWN)
            picture(window, "documents_form")
            _deeds_after_issuing(window, window.house.page, preferences.path.parent / "papers", picture)
        if isinstance(window.house.page, HearingPage):
            _sheets_of_a_hearing(window, window.house.page, picture)
        if isinstance(window.house.page, CasePage):
            _tabs_of_a_case(window, window.house.page, desk, picture)
    watch_pictures(window, desk, picture)
    house_states(window, picture)
    if window.days is not None:
        window.days.stop()
    window.house = window.seat = None
    window.close()


def _deeds_after_issuing(
    window: Window, page: DocumentsPage, out: Path, picture: Callable[[Window, str], None]
) -> None:
    """A paper that is going to be replaced, and what is answered of its files."""
    page.target.folder.setText(str(out))
    page.kinds.tick(ISSUED_SHOWN)
    page.make(draft=False)
    settle(window)
    page.issued.begin_correction()
    settle(window)
    picture(window, "documents_correction")
    page.verdicts.verify(sorted(out.iterdir()))
    settle(window)
    picture(window, "documents_verdicts")
    page.verdicts.fold()
    page.replacing.forget()
    page.sheet.printers = lambda: (PRINTER_SHOWN,)
    page.issued.print_chosen()
    settle(window)
    picture(window, "documents_print")
    page.sheet.fold()
    settle(window)


def _sheets_of_a_hearing(window: Window, page: HearingPage, picture: Callable[[Window, str], None]) -> None:
    """Read back, signed in part, the head, a note: what stands beside the record."""
    page.read_out()
    picture(window, "hearing_reading")
    page.reading.initial()
    settle(window)
    page.sign()
    settle(window)
    if page.signing.answers[0] is None:
        page.signing.pad.show_strokes(WRITTEN, writable=True)
        page.signing.give(SignWay.STROKES)
        settle(window)
    page.signing.people.setCurrentRow(0)
    picture(window, "hearing_signing")
    for show, name in ((page.show_notes, "hearing_notes"), (page.show_head, "hearing_head")):
        show()
        picture(window, name)
    page.enter_again()
    settle(window)
    sound_pictures(window, page, picture)
    settle(window)


def _tabs_of_a_case(window: Window, page: CasePage, desk: Desk, picture: Callable[[Window, str], None]) -> None:
    """The other tabs, with a case whose agreement is in force."""
    signed = reading.rows(desk, RowQuery((CaseStatus.SIGNED,), limit=1))
    assert window.house is not None
    window.house.go("case_page", signed[0].id)
    for place in range(1, page.tabs.count()):
        settle(window)
        page.tabs.setCurrentIndex(place)
        picture(window, f"case_page_{place}")
    page.tabs.setCurrentIndex(0)
