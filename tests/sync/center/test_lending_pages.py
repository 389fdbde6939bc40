"""转办 in the browser: lent from the case page with a reason, taken back, told, and nobody's without the right."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import httpx
import pytest

from sync.center import log
from sync.center.application import application
from sync.center.county import Center
from sync.center.folding import fold_dirty
from sync.center.log import LogQuery
from tests.sync.center.people import add_person, log_in, quick
from tests.sync.center.serving import client_of
from tests.sync.center.test_exchange import CASE, by_network, tell
from tests.sync.center.test_lending import room_of, set_facts
from tests.sync.center.test_web import NASTY
from tests.sync.fakes import a_center
from tests.sync.world import NEIGHBOR, Desk, a_laptop


@pytest.fixture
def center(tmp_path: Path) -> Iterator[Center]:
    """A supervisor and a case."""
    made = a_center(Random(5), url=f"sqlite:///{tmp_path / 'center.db'}")
    add_person(made)
    yield made
    made.database.close()


@pytest.fixture
def away(center: Center) -> Desk:
    """A laptop elsewhere; the case is of another township."""
    home = a_laptop(Random(1), center, "desk-home")
    tell(home, 2)
    by_network(center, home)
    fold_dirty(center)
    return a_laptop(Random(2), center, "desk-away", township=NEIGHBOR)


@pytest.fixture
def http(center: Center) -> Iterator[httpx.Client]:
    """A browser."""
    with client_of(application(center, quick)) as made:
        yield made


def test_a_case_is_lent_on_its_page_and_taken_back(center: Center, away: Desk, http: httpx.Client) -> None:
    token, room, place = log_in(http), room_of(center, away), center.places.name(NEIGHBOR)
    page = http.get(f"/cases/{CASE}").text
    assert f'<option value="{room}">{place}（{room}）</option>' in page
    form = {"token": token, "room": room, "reason": f"三调联动{NASTY}"}
    refused = http.post(f"/cases/{CASE}/grant", data=form | {"reason": " "})
    assert (refused.status_code, "转办要写明理由" in refused.text) == (409, True)
    done = http.post(f"/cases/{CASE}/grant", data=form)
    assert (done.status_code, done.headers["location"]) == (303, f"/cases/{CASE}")
    page = http.get(f"/cases/{CASE}").text
    assert f"已转给{place}办理" in page
    assert "三调联动&lt;script&gt;" in page
    assert f'<option value="{room}">' not in page, "it has it already"
    by_network(center, away)
    back = {"token": token, "room": room}
    assert http.post(f"/cases/{CASE}/release", data=back).status_code == 303
    again = http.post(f"/cases/{CASE}/release", data=back)
    assert (again.status_code, "可能已经收回" in again.text) == (409, True)
    set_facts(away, "还不知道")
    by_network(center, away)
    page = http.get(f"/cases/{CASE}").text
    assert "原接办的室又写入 1 条" in page
    assert page.count("收回以后写入") == 1
    assert ">已收回<" in page


@pytest.mark.threat("T55")
@pytest.mark.parametrize("path", ["grant", "release"])
def test_nothing_is_lent_without_the_forms_token(center: Center, away: Desk, http: httpx.Client, path: str) -> None:
    log_in(http)
    answer = http.post(f"/cases/{CASE}/{path}", data={"room": room_of(center, away), "reason": "联动"})
    assert answer.status_code == 403
    by_network(center, away)
    assert not away.journal.stream(CASE)  # type: ignore[arg-type]  # a stream's id


@pytest.mark.threat("T57")
@pytest.mark.parametrize("role", ["admin", "auditor", "township"])
def test_only_who_supervises_lends(center: Center, away: Desk, http: httpx.Client, role: str) -> None:
    add_person(center, "other", role=role, township="331122101" if role == "township" else "")
    token = log_in(http, "other")
    answer = http.post(
        f"/cases/{CASE}/grant", data={"token": token, "room": room_of(center, away), "reason": "联动"}
    )  # fmt: skip
    assert (answer.status_code, "您的角色不能看这一页" in answer.text) == (403, True)
    if role != "admin":
        assert "转给另一个乡镇办理" not in http.get(f"/cases/{CASE}").text


def test_who_lent_and_who_took_back_stands_in_the_log(center: Center, away: Desk, http: httpx.Client) -> None:
    token, room = log_in(http), room_of(center, away)
    http.post(f"/cases/{CASE}/grant", data={"token": token, "room": room, "reason": "联动"})
    http.post(f"/cases/{CASE}/release", data={"token": token, "room": room})
    found, _ = log.lines(center, LogQuery(about=CASE))
    told = [(each.deed, each.told["login"], each.told["room"]) for each in found if "room" in each.told]
    assert told == [("收回转办", "admin", room), ("转办案件", "admin", room)]
    assert all(each.sound for each in found)
