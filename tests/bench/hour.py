"""An hour at the desk in a few minutes, and what it leaves behind: python -m tests.bench.hour [ROUNDS].

A round is a tenth of what a busy hour does to the program: every page twice with one of several cases, fifty turns of
a hearing, five papers, a search, a registration that is begun. All rounds are done once in one sitting, and once with
the desk locked and the size of the text changed after each. Told after each round: megabytes of the process, widgets of
the program, objects below the window. Parts of the window must not become more at all; what the process holds levels
off, for the journal in it grows.
"""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from mediator.casework import hearing, importing, opening, reading
from mediator.casework.hearing import HearingForm
from mediator.casework.reading import RowQuery
from mediator.casework.samples import sample_files
from mediator.core.records import CaseId
from mediator.ui.frame import PAGES
from mediator.ui.pages.documents import DocumentsPage
from mediator.ui.pages.hearing import HearingPage
from mediator.ui.pages.intake import IntakePage
from mediator.ui.screenshots import settle
from mediator.ui.tokens import SIZES
from mediator.ui.window import Window
from tests.casework.desks import PASSWORD, ROOM, a_desk, a_document, a_workshop, taken_in
from tests.ui.keyboard import a_window, sit_down
from tests.ui.scenes import desk_of, page_of

ROUNDS: Final = 10
TURNS, PAPERS, LETTERS = 50, 5, "李路款"
# a heap breathes; a list with one row more has a widget more here and there
ALLOWED_MB, ALLOWED_PARTS = 10.0, 20


@dataclass(frozen=True, slots=True)
class Held:
    """After a round: megabytes of the process, widgets of the program, objects below the window."""

    megabytes: float
    widgets: int
    objects: int
    kinds: Counter[str]


def held(window: Window) -> Held:
    """Now, with everything that was let go really gone."""
    settle(window)
    gc.collect()
    settle(window)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    below = window.findChildren(QObject)
    kinds = Counter(type(each).__name__ for each in below)
    return Held(pages * os.sysconf("SC_PAGE_SIZE") / 1e6, len(QApplication.allWidgets()), len(below), kinds)


def walk(window: Window, cases: list[CaseId]) -> None:
    """Every page, twice, with each of the cases in turn."""
    assert window.house is not None
    for place, kind in enumerate((*PAGES, *PAGES)):
        about = "" if kind.name in {"keys", "found", "intake"} else cases[place % len(cases)]
        window.house.go(kind.name, about)
        settle(window)
        window.grab()


def hear(window: Window, case: CaseId) -> None:
    """A sitting of fifty turns, and its closing."""
    desk = desk_of(window)
    hearing.open_hearing(desk, case, HearingForm(desk.workshop.clock.now(), "现场", ("李调解",), "李调解"))
    page = page_of(window, HearingPage, case)
    for number in range(TURNS):
        page.record.input.setPlainText(f"第{number}句，路是老路，走了三十年。")
        page.record.end_turn()
        settle(window)
    page.close_record()
    settle(window)


def print_papers(window: Window, case: CaseId, folder: Path) -> None:
    """The same draft five times, with its picture."""
    page = page_of(window, DocumentsPage, case)
    page.target.folder.setText(str(folder))
    for _ in range(PAPERS):
        page.kinds.tick("rights_notice")
        page.make(draft=True)
        settle(window)
    for each in folder.iterdir():
        each.unlink()


def type_and_look(window: Window) -> None:
    """A registration that is begun, a search."""
    form = page_of(window, IntakePage)
    form.cards[0].fields["name"].show_text("")
    form.cards[0].tell("name", "王某强")
    settle(window)
    assert window.house is not None
    for letter in LETTERS:
        window.house.search.setText(letter)
        settle(window)
    window.house.search.clear()


def another_size(window: Window, number: int) -> None:
    """The house is built again at another size of text."""
    preferences = window.preferences
    preferences.look = type(preferences.look)(preferences.look.theme, SIZES[number % 2])
    window.redress()
    settle(window)


def hour(folder: Path, rounds: int, *, leaves: bool) -> Iterator[Held]:
    """What is held after each round; whoever `leaves` locks the desk after it and comes back to other letters."""
    folder.mkdir()
    workshop = a_workshop(seed=8)
    desk = a_desk(folder / "vault", workshop=workshop)
    for _, data in sample_files():
        importing.import_file(desk, data)
    window = a_window(workshop, folder / "vault", folder)
    sit_down(window, desk)
    (folder / "papers").mkdir()
    for number in range(rounds):
        one_round(window, folder / "papers")
        if leaves:
            another_size(window, number)
            window.lock(whatever=True)
            settle(window)
            sit_down(window, opening.unlock(workshop, folder / "vault", ROOM.login, PASSWORD))
        yield held(window)
    window.lock(whatever=True)
    settle(window)
    window.close()
    settle(window)


def one_round(window: Window, papers: Path) -> None:
    """All of it once, ending where a day begins."""
    rows = reading.rows(desk_of(window), RowQuery(limit=6))
    walk(window, [row.id for row in rows])
    case = taken_in(desk_of(window), a_document(accepted_on="2026-03-08"))
    hear(window, case)
    print_papers(window, case, papers)
    type_and_look(window)
    assert window.house is not None
    window.house.go("workbench")


def told(found: list[Held]) -> tuple[float, int]:
    """Megabytes and objects that the last half of the rounds left behind; of more objects, which."""
    half = found[len(found) // 2 :]
    more = half[-1].kinds - half[0].kinds
    objects = half[-1].objects - half[0].objects
    megabytes = half[-1].megabytes - half[0].megabytes
    sys.stdout.write(f"left behind by the last {len(half) - 1} rounds: {megabytes:.1f} MB, {objects} objects\n")
    if objects > 0:
        sys.stdout.write(f"    {dict(more.most_common(8))}\n")
    return megabytes, objects


def main() -> int:
    """Print every round; 1 when something is left behind."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    missed = False
    for leaves in (False, True):
        found = list[Held]()
        with tempfile.TemporaryDirectory() as folder:
            for each in hour(Path(folder) / "hour", rounds, leaves=leaves):
                found.append(each)
                sys.stdout.write(
                    f"{len(found)}\t{each.megabytes:.1f} MB\t{each.widgets} widgets\t{each.objects} objects\n"
                )
                sys.stdout.flush()
        megabytes, objects = told(found)
        missed = missed or megabytes > ALLOWED_MB or objects > ALLOWED_PARTS
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
