"""The first day at the screen, then the lock: `python -m tests.leaks.screen FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

from mediator.casework import reading
from mediator.casework.reading import RowQuery
from mediator.ui.screenshots import settle
from tests.casework.desks import a_workshop
from tests.journeys.test_first_day import compose, first_run, hear, pay_and_sign, print_it, register
from tests.ui.keyboard import Keyboard, a_window


def work(folder: Path) -> None:
    """Set-up, registration, hearing, agreement, papers, a search; the window is locked and closed."""
    profile = folder / "profile"
    profile.mkdir(parents=True)
    window = a_window(a_workshop(), profile / "vault", profile)
    keyboard = Keyboard(window)
    first_run(keyboard)
    register(keyboard)
    assert window.seat is not None
    case = reading.rows(window.seat.desk, RowQuery())[0].id
    hear(keyboard)
    compose(keyboard)
    pay_and_sign(keyboard, desk_case=case)
    print_it(keyboard, folder / "papers")
    window.lock()
    settle(window)
    assert window.house is None
    window.close()
    settle(window)


if __name__ == "__main__":
    work(Path(sys.argv[1]))
