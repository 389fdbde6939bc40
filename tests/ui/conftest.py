"""One window with the sample cases for each test that asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mediator.casework import importing, opening
from mediator.casework.samples import sample_files
from mediator.ui.screenshots import settle
from mediator.ui.tokens import Look
from mediator.ui.window import Window
from tests.casework.desks import a_desk, a_workshop
from tests.ui.keyboard import a_window, sit_down


@pytest.fixture(params=["standard"])
def window(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Window]:
    """At the workbench of a desk with six cases; the parameter is the text size."""
    workshop = a_workshop()
    desk = a_desk(tmp_path / "vault", workshop=workshop)
    for _, data in sample_files():
        importing.import_file(desk, data)
    made = a_window(workshop, tmp_path / "vault", tmp_path, look=Look(size=request.param))
    sit_down(made, desk)
    yield made
    if made.house is not None:
        made.close()
        settle(made)
    else:
        opening.lock(desk) if not made.seat else None
