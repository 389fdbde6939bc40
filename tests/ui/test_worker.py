"""Work beside the screen: in order, every error becomes words, nothing waits when the vault is closed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from threading import Event, get_ident

import pytest
from PySide6.QtCore import QCoreApplication

from mediator.errors import Bug, MediatorError, WorldFailed
from mediator.ui.worker import Worker
from tests.ui.scenes import an_application, finish


@pytest.fixture
def worker() -> Iterator[Worker]:
    """Both lanes, empty."""
    an_application()
    made = Worker()
    yield made
    finish(made)


def nothing(_error: MediatorError) -> None:
    """No error is expected."""
    raise AssertionError(_error.code)


def test_deeds_are_done_and_answered_in_the_order_they_were_asked_for(worker: Worker) -> None:
    done: list[int] = []
    answered: list[int] = []

    def work(number: int) -> int:
        done.append(number)
        return number

    for number in range(50):
        worker.deed(partial(work, number), answered.append, failed=nothing)
    finish(worker)
    assert done == answered == list(range(50))


def test_work_runs_beside_the_screen_and_the_answer_comes_on_it(worker: Worker) -> None:
    where: list[int] = []
    worker.deed(get_ident, lambda there: where.extend([there, get_ident()]), failed=nothing)
    finish(worker)
    assert where[0] != get_ident() == where[1]


def test_no_answer_comes_while_the_screen_is_in_the_middle_of_something(worker: Worker) -> None:
    answered: list[None] = []
    worker.deed(lambda: None, answered.append, failed=nothing)
    worker._deeds.waitForDone()  # the work is over, its answer must still wait for its turn
    assert answered == []
    finish(worker)
    assert answered == [None]


def raising(error: Exception) -> None:
    """Work that fails."""
    raise error


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (WorldFailed("vault.full"), "vault.full"),
        (ZeroDivisionError("吴某强"), "ui.work"),
        (KeyError("吴某强"), "ui.work"),
    ],
)
def test_an_error_comes_as_one_of_ours_and_names_nobody(worker: Worker, error: Exception, code: str) -> None:
    failed: list[MediatorError] = []
    worker.deed(partial(raising, error), lambda _: None, failed=failed.append)
    finish(worker)
    (told,) = failed
    assert told.code == code
    assert "吴某强" not in str(told)
    assert isinstance(told, Bug) == (code == "ui.work")


def test_the_lane_goes_on_after_an_error(worker: Worker) -> None:
    answered: list[int] = []
    worker.deed(partial(raising, WorldFailed("vault.full")), lambda _: None, failed=lambda _: None)
    worker.deed(lambda: 7, answered.append, failed=nothing)
    finish(worker)
    assert answered == [7]


def test_heavy_work_never_holds_up_a_deed(worker: Worker) -> None:
    gate, order = Event(), list[str]()
    worker.heavy(lambda: gate.wait(20), lambda _: order.append("paper"), failed=nothing)
    worker.deed(gate.set, lambda _: order.append("turn"), failed=nothing)
    finish(worker)
    assert sorted(order) == ["paper", "turn"]


def test_finishing_also_waits_for_what_an_answer_asks_for(worker: Worker) -> None:
    told: list[str] = []

    def again(_done: object) -> None:
        worker.deed(lambda: "读到的", told.append, failed=nothing)

    worker.deed(lambda: None, again, failed=nothing)
    finish(worker)
    assert (told, worker.waiting) == (["读到的"], 0)


def test_busy_and_idle_are_told_once_each(worker: Worker) -> None:
    told: list[str] = []
    worker.busy.connect(lambda: told.append("busy"))
    worker.idle.connect(lambda: told.append("idle"))
    for _ in range(3):
        worker.deed(lambda: None, lambda _: None, failed=nothing)
    finish(worker)
    QCoreApplication.processEvents()
    assert told == ["busy", "idle"]
