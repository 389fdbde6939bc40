"""依法删除 in the browser: asked by one, decided by another, and the computers that have not answered by name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import httpx
import pytest

from sync.center import erasing, reading
from sync.center.application import application
from sync.center.county import Center
from sync.center.folding import fold_dirty
from tests.sync.center.people import add_person, log_in, quick
from tests.sync.center.serving import client_of
from tests.sync.center.test_exchange import CASE, by_network, tell
from tests.sync.fakes import a_center
from tests.sync.world import Desk, a_laptop


@pytest.fixture
def center(tmp_path: Path) -> Iterator[Center]:
    """Two persons who supervise."""
    made = a_center(Random(5), url=f"sqlite:///{tmp_path / 'center.db'}")
    add_person(made)
    yield made
    made.database.close()


@pytest.fixture
def desk(center: Center) -> Desk:
    """A laptop that told the county a numbered case."""
    made = a_laptop(Random(1), center, "desk-one")
    tell(made, 2)
    made.writer.write(CASE, "case.numbered", {"number": "（2026）缙壶民调字第0007号"})  # type: ignore[arg-type]  # a stream's id
    by_network(center, made)
    fold_dirty(center)
    return made


@pytest.fixture
def http(center: Center) -> Iterator[httpx.Client]:
    """A browser."""
    with client_of(application(center, quick)) as made:
        yield made


@pytest.mark.threat("T68")
def test_one_asks_another_decides_and_the_page_names_who_has_not_done_it(
    center: Center, desk: Desk, http: httpx.Client
) -> None:
    token = log_in(http)
    asked = {"token": token, "case": "（2026）缙壶民调字第0007号", "ground": "pipl47.2"}
    assert http.post("/erasures/ask", data=asked).status_code == 303
    page = http.get("/erasures").text
    assert "等另一位决定" in page
    assert "/erasures/decide" not in page, "who asked has no button to decide"
    refused = http.post("/erasures/decide", data={"token": token, "case": CASE})
    assert (refused.status_code, "另一位督导员" in refused.text) == (409, True)
    erasing.decide(center, CASE, who="he")
    page = http.get("/erasures").text
    label = next(row.label for row in reading.devices(center))
    assert label in page
    assert ("保存期限届满" in page, "整案" in page) == (True, True)
    assert "缙壶民调字" not in http.get("/cases").text
    assert http.get(f"/cases/{CASE}").status_code == 200, "that there was a case and who wrote in it stays"


def test_a_wrong_number_or_no_ground_is_told_in_words(center: Center, desk: Desk, http: httpx.Client) -> None:
    token = log_in(http)
    for data, status, words in (
        ({"case": "没有的案号", "ground": "pipl47.2"}, 404, "没有这个案件"),
        ({"case": CASE, "ground": ""}, 422, "请选依据"),
    ):  # fmt: skip
        answer = http.post("/erasures/ask", data={"token": token, **data})
        assert (answer.status_code, words in answer.text) == (status, True)
    assert erasing.asked_for(center) == ()


def test_what_was_asked_for_may_be_left(center: Center, desk: Desk, http: httpx.Client) -> None:
    erasing.ask(center, CASE, "pipl47.4", who="he")
    token = log_in(http)
    assert "/erasures/decide" in http.get("/erasures").text
    assert http.post("/erasures/drop", data={"token": token, "case": CASE}).status_code == 303
    assert erasing.asked_for(center) == ()
