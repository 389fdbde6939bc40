"""Every route by every role (T57): a table written from the design, walked over the pages, foreign townships too."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import httpx
import pytest

from sync.center.application import application
from sync.center.county import Center
from sync.center.folding import fold_dirty
from sync.center.roles import FOUNDER, Role, rights_of, roles_in, words_of
from tests.sync.center.people import add_person, log_in, quick
from tests.sync.center.serving import client_of
from tests.sync.center.test_exchange import CASE, by_network, tell
from tests.sync.center.test_pages import OPEN, routes
from tests.sync.fakes import a_center
from tests.sync.world import a_laptop

OWN, FOREIGN = "331122101", "331122102"
STRANGE_CASE = "cd" * 16
# First words of a path -> who may go there to look, and who to change something (security.md 6).
LOOK = {
    "": "admin supervisor auditor township", "cases": "supervisor auditor township",
    "orders": "supervisor auditor township", "statistics": "supervisor auditor township",
    "rules": "admin supervisor auditor township", "devices": "admin", "users": "admin",
    "audit": "admin supervisor auditor", "account": "admin supervisor auditor township",
    "erasures": "supervisor",
}  # fmt: skip
CHANGE = LOOK | {"cases": "supervisor", "orders": "supervisor", "rules": "supervisor"}
ROLES = ("admin", "supervisor", "auditor", "township")


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Center]:
    """Two townships with a case each, and somebody for each role; the township's head is of the first."""
    folder = tmp_path_factory.mktemp("roles")
    made = a_center(Random(5), url=f"sqlite:///{folder / 'center.db'}")
    for number, (township, case) in enumerate(((OWN, CASE), (FOREIGN, STRANGE_CASE))):
        desk = a_laptop(Random(number), made, f"desk-{number}", township=township)
        tell(desk, 2, case=case)
        by_network(made, desk)
    fold_dirty(made)
    for role in ROLES:
        add_person(made, role, role=role, township=OWN if role == "township" else "")
    yield made
    made.database.close()


@pytest.fixture
def http(county: Center) -> Iterator[httpx.Client]:
    """A browser."""
    with client_of(application(county, quick)) as made:
        yield made


@pytest.mark.threat("T57")
@pytest.mark.parametrize("role", ROLES)
def test_a_role_reaches_its_pages_and_no_other(county: Center, http: httpx.Client, role: str) -> None:
    token = log_in(http, role)
    walked = [each for each in routes(county) if each not in OPEN and each[1] != "/logout"]
    assert len(walked) > 30, "a route that is not walked here would be nobody's"
    for method, path in walked:
        table = CHANGE if method == "POST" else LOOK
        may = role in table[path.split("/")[1]].split()
        answer = http.request(method, path, data={"token": token} if method == "POST" else None)
        assert ("您的角色不能看这一页" in answer.text) is not may, (role, method, path, answer.status_code)
        assert (answer.status_code == 403) is not may or may, (role, method, path)


@pytest.mark.threat("T57")
def test_a_township_sees_its_own_cases_alone_whatever_it_asks_for(county: Center, http: httpx.Client) -> None:
    log_in(http, "township")
    assert http.get(f"/cases/{CASE}").status_code == 200
    for path in (f"/cases/{STRANGE_CASE}", f"/orders/{STRANGE_CASE}/{'0' * 32}"):
        assert (http.get(path).status_code, "没有这个案件" in http.get(path).text) == (404, True)
    shown = http.get("/cases").text
    assert (CASE in shown, STRANGE_CASE in shown) == (True, False)
    assert STRANGE_CASE not in http.get(f"/cases?township={FOREIGN}").text
    assert "没有符合条件的案件" in http.get(f"/cases?township={FOREIGN}").text
    other = county.places.name(FOREIGN)
    for path in ("/", "/cases", "/orders", "/statistics?kind=year"):
        assert other not in http.get(path).text, path
    assert county.places.name(OWN) in http.get("/").text


@pytest.mark.threat("T57")
def test_the_county_sees_both(county: Center, http: httpx.Client) -> None:
    log_in(http, "supervisor")
    shown = http.get("/cases").text
    assert (CASE in shown, STRANGE_CASE in shown) == (True, True)


def test_who_runs_the_machine_reads_no_case_and_not_who_looked_at_one(county: Center, http: httpx.Client) -> None:
    log_in(http, "supervisor")
    http.get(f"/cases/{CASE}")
    assert "查看案件" in http.get("/audit").text
    log_in(http, "admin")
    assert (http.get("/").headers["location"], http.get(f"/cases/{CASE}").status_code) == ("/devices", 403)
    told = http.get("/audit").text
    assert ("查看案件" in told, CASE in told, "登录" in told) == (False, False, True)


def test_a_word_that_is_no_role_gives_no_right() -> None:
    assert rights_of(roles_in("root owner")) == rights_of(())
    assert words_of(roles_in(FOUNDER)) == FOUNDER
    assert roles_in("township") == {Role.TOWNSHIP}
