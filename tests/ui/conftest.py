"""One window with the sample cases for each test that asks; a warning of Qt or an error in a slot fails the test."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import TracebackType

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMessageLogContext, QtMsgType, qInstallMessageHandler

from mediator.casework import importing, opening
from mediator.casework.desk import Workshop
from mediator.casework.samples import sample_files
from mediator.ui.screenshots import settle
from mediator.ui.tokens import Look
from mediator.ui.window import Window
from tests.casework.desks import PASSWORD, ROOM, StillClock, a_desk, a_workshop
from tests.ui.counties import PaperCounty
from tests.ui.doors import NEW
from tests.ui.keyboard import Keyboard, a_window, sit_down

# the offscreen platform says so of itself; no screen that people use does
OFFSCREEN = ("This plugin does not support", "QFont::setPixelSize")


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Nothing on stderr: neither Qt's own words nor what a slot raised."""
    said: list[str] = []

    def message(_kind: QtMsgType, _where: QMessageLogContext, words: str) -> None:
        said.append(words)

    def raised(kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        said.append(f"{kind.__name__}: {error}")

    before_hook, sys.excepthook = sys.excepthook, raised
    before = qInstallMessageHandler(message)
    yield
    qInstallMessageHandler(before)
    sys.excepthook = before_hook
    assert [words for words in said if not words.startswith(OFFSCREEN)] == []


@pytest.fixture
def clock() -> StillClock:
    """Stands still until a test moves it."""
    return StillClock()


@pytest.fixture
def workshop(clock: StillClock) -> Workshop:
    """One workshop for everybody."""
    return a_workshop(clock=clock)


@pytest.fixture
def locked(tmp_path: Path, workshop: Workshop) -> opening.Created:
    """A vault with two users, locked."""
    made = opening.create(workshop, tmp_path / "vault", ROOM, PASSWORD)
    opening.add_user(made.desk, login="wang", name="王调解", password=NEW, own_password=PASSWORD)
    opening.lock(made.desk)
    return made


@pytest.fixture
def at_door(tmp_path: Path, workshop: Workshop) -> Callable[[], Keyboard]:
    """A window at the gate of `vault`, made when a test asks."""
    return lambda: Keyboard(a_window(workshop, tmp_path / "vault", tmp_path))


@pytest.fixture(scope="session")
def six_cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed vault with the six cases, made once and copied for each test."""
    place = tmp_path_factory.mktemp("six") / "vault"
    desk = a_desk(place)
    for _, data in sample_files():
        importing.import_file(desk, data)
    opening.lock(desk)
    return place


@pytest.fixture(params=["standard"])
def window(tmp_path: Path, six_cases: Path, request: pytest.FixtureRequest) -> Iterator[Window]:
    """At the workbench of a desk with six cases; the parameter is the text size."""
    workshop = a_workshop(seed=8)
    shutil.copytree(six_cases, tmp_path / "vault")
    desk = opening.unlock(workshop, tmp_path / "vault", ROOM.login, PASSWORD)
    made = a_window(workshop, tmp_path / "vault", tmp_path, look=Look(size=request.param))
    sit_down(made, desk)
    yield made
    put_away(made)


@pytest.fixture
def county() -> PaperCounty:
    """One that has taken this desk in."""
    return PaperCounty()


@pytest.fixture(params=["standard"])
def empty(tmp_path: Path, county: PaperCounty, request: pytest.FixtureRequest) -> Iterator[Window]:
    """A window at an empty vault with a road to the county."""
    workshop = replace(a_workshop(), exchange=county)
    desk = a_desk(tmp_path / "vault", workshop=workshop)
    made = a_window(workshop, tmp_path / "vault", tmp_path, look=Look(size=request.param))
    sit_down(made, desk)
    yield made
    put_away(made)


def put_away(window: Window) -> None:
    """Lock and close, whatever was left typed."""
    settle(window)
    window.lock(whatever=True)
    settle(window)
    window.close()
    settle(window)
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
