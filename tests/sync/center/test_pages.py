"""The people's door: every route walked by strangers, without token, from elsewhere; what each page says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import httpx
import pytest
from sqlalchemy import update
from starlette.routing import Route

from sync.center import pages
from sync.center.accounts import FrontDoor
from sync.center.application import HEADERS, application, people_routes
from sync.center.county import Center
from sync.center.enrollment import join, requests
from sync.center.folding import fold_dirty
from sync.center.limiting import Limiter
from sync.center.pages import KNOCKS, Pages, environment
from sync.center.reading import case_count, devices, put_aside
from sync.center.tables import CASE_ROW, DESK, ENTRY
from tests.sync.center.joining import request_of
from tests.sync.center.people import PASSWORD, add_person, code_now, log_in, quick
from tests.sync.center.serving import SeenFrom, client_of
from tests.sync.center.test_exchange import CASE, by_network, tell
from tests.sync.fakes import Clock, a_center
from tests.sync.world import a_laptop

DAY = 86_400_000


@pytest.fixture
def center(tmp_path: Path) -> Iterator[Center]:
    """One account, one desk, one case that is late."""
    made = a_center(Random(5), url=f"sqlite:///{tmp_path / 'center.db'}")
    add_person(made)
    desk = a_laptop(Random(1), made, "desk-page")
    tell(desk, 2)
    fields = {"accepted_on": "2026-01-05", "dispute_type": "邻里"}
    desk.writer.write(CASE, "case.set", {"fields": fields})  # type: ignore[arg-type]  # a stream's id
    desk.writer.write(CASE, "case.moved", {"to": "accepted"})  # type: ignore[arg-type]  # a stream's id
    by_network(made, desk)
    fold_dirty(made)
    yield made
    made.database.close()


@pytest.fixture
def http(center: Center) -> Iterator[httpx.Client]:
    """A browser."""
    with client_of(application(center, quick)) as made:
        yield made


def routes(center: Center) -> list[tuple[str, str]]:
    """Method and path of every page, ids filled in; a new route walks here by itself."""
    door = Pages(center, FrontDoor(center, quick), environment(), Limiter(**KNOCKS, now=center.now))
    found = [(method, route.path) for route in people_routes(door) for method in sorted(method_of(route))]
    ids = {"case": CASE, "order": "0" * 32, "table": "1", "desk": "0" * 32, "template": "0" * 32}
    return [(method, re.sub(r"{(\w+)}", lambda part: ids[part[1]], path)) for method, path in found]


def method_of(route: Route) -> set[str]:
    """What a route takes, HEAD left out."""
    return set(route.methods or ()) - {"HEAD"}


OPEN = {("GET", "/login"), ("POST", "/login"), ("GET", "/style.css"), ("GET", "/icon.svg")}


@pytest.mark.threat("T57")
def test_every_route_but_the_door_sends_a_stranger_to_the_door(center: Center, http: httpx.Client) -> None:
    walked = [each for each in routes(center) if each not in OPEN]
    assert len(walked) >= 8
    for method, path in walked:
        answer = http.request(method, path)
        assert (answer.status_code, answer.headers.get("location")) == (303, "/login"), path


@pytest.mark.threat("T55")
def test_every_form_without_its_token_or_from_elsewhere_is_refused_and_does_nothing(
    center: Center, http: httpx.Client
) -> None:
    desk, asked = devices(center)[0].desk, request_of("asks")
    join(center, asked)
    token = log_in(http)
    data = {"township": "331122101", "digits": asked.comparison, "good": "1", "desk": desk, "text": "越权的话"}
    unsafe = [path for method, path in routes(center) if method == "POST" and (method, path) not in OPEN]
    assert set(unsafe) == {
        "/logout", "/devices/code", "/devices/decide", "/devices/aside", "/devices/revoke", "/devices/retire",
        "/devices/replace", "/users/add", "/users/change", "/users/reset", "/users/switch", "/audit/check",
        "/account/password", "/account/code", "/account/spare", "/orders/issue",
        "/orders/judge", "/rules", "/rules/publish", "/rules/papers", "/rules/papers/issue", "/rules/papers/recall",
        "/orders/write", f"/cases/{CASE}/comment", f"/cases/{CASE}/grant", f"/cases/{CASE}/release",
        "/erasures/ask", "/erasures/decide", "/erasures/drop",
    }  # fmt: skip
    elsewhere: list[tuple[dict[str, str], dict[str, str]]] = [
        ({}, {}), ({"token": ""}, {}), ({"token": "x" * 44}, {}), ({"token": token}, {"origin": "https://evil.example"}),
        ({"token": token}, {"sec-fetch-site": "cross-site"}), ({"token": token}, {"sec-fetch-site": "same-site"}),
        ({"token": token}, {"origin": "null"}),
    ]  # fmt: skip
    for path in unsafe:
        for extra, headers in elsewhere:
            answer = http.post(path, data=data | extra, headers=headers)
            assert answer.status_code == 403, (path, extra, headers)
            assert "页面已过期" in answer.text
    assert [row.state for row in devices(center)] == ["enrolled"]
    assert len(requests(center)) == 1
    assert "越权的话" not in http.get(f"/cases/{CASE}").text
    assert http.get("/").status_code == 200


@pytest.mark.threat("T55")
def test_looking_changes_nothing_but_what_is_noted_of_it(center: Center, http: httpx.Client) -> None:
    log_in(http)
    desk = devices(center)[0].desk
    reads = {path for method, path in routes(center) if method == "GET"}
    for path in {path for method, path in routes(center) if method == "POST"} - reads:
        assert http.get(f"{path}?desk={desk}&township=331122101").status_code in (404, 405), path
    assert [row.state for row in devices(center)] == ["enrolled"]


@pytest.mark.threat("T62")
def test_every_answer_of_every_route_bears_the_headers(center: Center, http: httpx.Client) -> None:
    log_in(http)
    for method, path in [*routes(center), ("GET", "/nothing"), ("PUT", "/")]:
        answer = http.request(method, path)
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS, path


@pytest.mark.threat("T56")
def test_over_https_the_cookie_is_bound_to_the_host_and_the_line(center: Center) -> None:
    secure = SeenFrom(application(center, quick), host="10.0.0.9")

    async def as_https(scope: Any, receive: Any, send: Any) -> None:
        await secure({**scope, "scheme": "https"}, receive, send)

    with client_of(as_https) as http:
        answer = http.post("/login", data={"login": "admin", "password": PASSWORD, "code": code_now()})
        assert answer.status_code == 303
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("__Host-mediator_session=")
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=strict"} <= set(cookie.split("; "))
        assert "Domain" not in cookie
        assert answer.headers["strict-transport-security"] == "max-age=31536000"


@pytest.mark.threat("T58")
def test_who_has_to_wait_is_told_how_long(center: Center, http: httpx.Client) -> None:
    assert isinstance(center.now, Clock)
    center.now.step = 0
    answers = [http.post("/login", data={"login": "admin", "password": "wrong"}) for _ in range(5)]
    assert [each.status_code for each in answers] == [403] * 4 + [429]
    assert int(answers[-1].headers["Retry-After"]) >= 1


@pytest.mark.threat("T61")
def test_a_form_that_is_too_large_is_not_read(http: httpx.Client) -> None:
    answer = http.post("/login", data={"login": "x" * pages.MAX_FORM})
    assert answer.status_code == 413
    assert "内容太大" in answer.text


def test_the_board_tells_what_is_late_and_since_when(center: Center, http: httpx.Client) -> None:
    assert isinstance(center.now, Clock)
    log_in(http)
    text = http.get("/").text
    assert re.search(r'逾期</span><b class="bad">1</b> 件，1 个乡镇', text)
    found = re.search(r'title="2026-02-(\d\d)">逾期 (\d+) 天<', text)
    assert found
    today = center.today()
    assert int(found[2]) == (today - today.replace(month=2, day=int(found[1]))).days
    assert "尚未看到" in text
    assert 'class="chip soon"' not in text


def test_a_room_is_told_as_silent_after_three_workdays_and_not_over_a_weekend(
    center: Center, http: httpx.Client
) -> None:
    assert isinstance(center.now, Clock)
    center.now.ms += ((4 - center.today().weekday()) % 7 + 7) * DAY  # the Saturday before was a workday
    friday = update(DESK).where(DESK.c.township != "").values(last_seen=center.now.ms)
    center.database.write(lambda scope: scope.change(friday))
    shown = {}
    for days in range(7):
        log_in(http)
        found = re.search(r"尚未看到 (\d+) 天", http.get("/").text)
        shown[days] = found and int(found[1])
        center.now.ms += DAY
    assert shown == {0: None, 1: None, 2: None, 3: None, 4: None, 5: 5, 6: 6}


def test_empty_lists_say_so_and_a_search_says_how(center: Center, http: httpx.Client) -> None:
    log_in(http)
    assert "没有符合条件的案件。电话和证件号码要写全" in http.get("/cases?q=没有的").text
    assert "没有这一页" in http.get("/cases?page=9").text
    for odd in ("0", "-1", "x", "９", "9" * 40, ""):
        assert "相邻通行" in http.get(f"/cases?page={odd}").text
    for path in ("/cases?status=nonsense", "/cases?township=331122001"):
        assert "没有符合条件的案件。" in http.get(path).text
    center.database.write(lambda scope: scope.change(CASE_ROW.delete()))
    assert "没有逾期的案件" in http.get("/").text


def test_the_list_is_turned_page_by_page_with_its_filters(
    center: Center, http: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = a_laptop(Random(2), center, "desk-many")
    for number in range(5):
        tell(desk, 1, case=f"{number:032x}")
    by_network(center, desk)
    fold_dirty(center)
    monkeypatch.setattr(pages, "PAGE", 3)
    log_in(http)
    text = http.get("/cases?township=331122101&q=相邻&page=1").text
    assert "第 1 页，共 2 页" in text
    following = re.search(r'href="(/cases\?page=2[^"]*)"', text)
    assert following
    last = http.get(following[1].replace("&amp;", "&")).text
    assert "第 2 页，共 2 页" in last
    assert "上一页" in last
    assert "下一页" not in last


def test_a_case_whose_entries_were_changed_is_no_evidence(center: Center, http: httpx.Client) -> None:
    log_in(http)
    spoil = update(ENTRY).where(ENTRY.c.stream == CASE, ENTRY.c.kind == "hearing.sentence").values(sealed=None)
    center.database.write(lambda scope: scope.change(spoil))
    text = http.get(f"/cases/{CASE}").text
    assert "有 2 条记录被改动过" in text
    assert "首接" in text
    first = update(ENTRY).where(ENTRY.c.stream == CASE, ENTRY.c.kind == "case.opened").values(sealed=None)
    center.database.write(lambda scope: scope.change(first))
    text = http.get(f"/cases/{CASE}").text
    assert ("有 3 条记录被改动过" in text, "首接" in text) == (True, False)
    assert "不能作为依据" in text


def test_a_computer_is_admitted_refused_and_stopped_on_the_page(center: Center, http: httpx.Client) -> None:
    token = log_in(http)
    for name, good in (("good", "1"), ("bad", "0")):
        asked = request_of(name, division="331122")
        join(center, asked)
        page = http.get("/devices").text
        assert f"{asked.comparison[:3]} {asked.comparison[3:]}" in page
        assert '<option value="">请选乡镇</option>' in page
        data = {"token": token, "digits": asked.comparison, "good": good}
        if good == "1":
            assert http.post("/devices/decide", data=data).status_code == 403, "the township must be chosen"
        chosen = http.post("/devices/decide", data=data | {"township": "331122102"})
        assert (chosen.status_code, chosen.headers["location"]) == (303, "/devices")
    assert requests(center) == []
    assert join(center, request_of("good", division="331122")).answer
    desk = devices(center)[0].desk
    assert http.post("/devices/revoke", data={"token": token, "desk": desk}).status_code == 303
    assert "已停用" in http.get("/devices").text
    assert http.post("/devices/revoke", data={"token": token, "desk": desk}).status_code == 404


def test_what_was_put_aside_is_shown_with_its_reason(center: Center, http: httpx.Client) -> None:
    token = log_in(http)
    desk = a_laptop(Random(2), center, "desk-aside")
    tell(desk, 1, case="cd" * 16)
    http.post("/devices/revoke", data={"token": token, "desk": desk.id})
    from tests.sync.center.test_revocation import try_to_send

    assert try_to_send(center, desk) == "desk.revoked"
    assert len(put_aside(center)) == 1
    page = http.get("/devices").text
    assert "电脑停用以后送来的" in page
    assert 'class="warn">1</b> 项' in http.get("/").text
    [bundle] = re.findall(r'name="bundle" value="([0-9a-f]{32})"', page)
    word = {"token": token, "bundle": bundle, "good": "1"}
    assert http.post("/devices/aside", data=word).status_code == 303
    assert put_aside(center) == []
    assert case_count(center) == 2, "what was taken in counts"
    again = http.post("/devices/aside", data=word | {"good": "0"})
    assert (again.status_code, "可能已经处理过" in again.text) == (404, True)


def test_a_code_is_shown_once_in_two_halves(center: Center, http: httpx.Client) -> None:
    token = log_in(http)
    text = http.post("/devices/code", data={"token": token, "township": "331122101"}).text
    found = re.search(r'class="code">([0-9A-Z]{5})-([0-9A-Z]{5})<', text)
    assert found
    assert found[1] not in http.get("/devices").text
    wrong = http.post("/devices/code", data={"token": token, "township": "999999999"})
    assert (wrong.status_code, "所在乡镇不属于本县" in wrong.text) == (403, True)
