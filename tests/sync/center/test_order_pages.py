"""督办 in the browser: issued after a second look, judged, printed; filters; nothing without the form's token."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import httpx
import pytest

from mediator.core.codes import Verdict
from sync.center import supervising
from sync.center.application import application
from sync.center.county import Center
from sync.center.supervising import OrderQuery
from tests.sync.center.people import add_person, log_in, quick
from tests.sync.center.serving import client_of
from tests.sync.center.test_web import NASTY
from tests.sync.center.watched import (
    CASE,
    a_matter,
    at_the_room,
    issue_all,
    on_day,
    room_answers,
    room_looks,
    sent,
)
from tests.sync.fakes import a_center
from tests.sync.world import Desk, a_laptop

NEAR = date(2026, 3, 26)


@pytest.fixture
def center(tmp_path: Path) -> Iterator[Center]:
    """One account; how the databases differ is told elsewhere."""
    made = a_center(Random(5), url=f"sqlite:///{tmp_path / 'center.db'}")
    add_person(made)
    yield made
    made.database.close()


@pytest.fixture
def desk(center: Center) -> Desk:
    """A laptop with a matter that is near its end, exchanged on that day."""
    made = a_laptop(Random(1), center, "desk-watched")
    a_matter(made)
    on_day(center, NEAR)
    sent(center, made)
    return made


@pytest.fixture
def http(center: Center) -> Iterator[httpx.Client]:
    """A browser."""
    with client_of(application(center, quick)) as made:
        yield made


def picks(page: str) -> list[str]:
    """The lines that can be ticked, or that a confirmation carries."""
    return re.findall(r'name="pick" value="([0-9a-f]{32}:[0-9a-f]{32})"', page)


def test_orders_are_issued_after_a_second_look_and_then_wait_to_be_seen(
    center: Center, desk: Desk, http: httpx.Client
) -> None:
    token = log_in(http)
    page = http.get("/orders").text
    lines = picks(page)
    assert lines
    assert "到期，请抓紧办理，并在两个工作日内答复。" in page
    assert http.post("/orders/issue", data={"token": token}).status_code == 409, "nothing was ticked"
    second = http.post("/orders/issue", data={"token": token, "pick": lines})
    assert (second.status_code, picks(second.text)) == (200, lines)
    assert "下发以后不能收回" in second.text
    assert supervising.followed(center, OrderQuery())[1] == 0, "looking issues nothing"
    done = http.post("/orders/issue", data={"token": token, "pick": lines, "confirm": "1"})
    assert (done.status_code, done.headers["location"]) == (303, "/orders")
    page = http.get("/orders").text
    assert picks(page) == []
    assert page.count("尚未收到</span>") == len(lines)
    again = http.post("/orders/issue", data={"token": token, "pick": lines, "confirm": "1"})
    assert again.status_code == 303
    assert supervising.followed(center, OrderQuery())[1] == len(lines), "the same form twice issues once"
    assert f"等待办理 {len(lines)} 份" in http.get("/").text


def test_an_answer_is_judged_on_the_list_and_on_the_case(center: Center, desk: Desk, http: httpx.Client) -> None:
    token, orders = log_in(http), room_looks(desk, NEAR)
    for each in orders:
        room_answers(desk, each, f"已约双方{NASTY}", NEAR)
    sent(center, desk)
    for place in ("/orders", f"/cases/{CASE}"):
        text = http.get(place).text
        assert "已约双方&lt;script&gt;" in text
        assert 'name="verdict" value="returned"' in text
    word = {"token": token, "case": CASE, "order": orders[0], "verdict": "returned"}
    refused = http.post("/orders/judge", data=word)
    assert (refused.status_code, "退回要写明理由" in refused.text) == (409, True)
    done = http.post("/orders/judge", data=word | {"text": "没有措施", "back": "case"})
    assert (done.status_code, done.headers["location"]) == (303, f"/cases/{CASE}")
    assert "退回重办，没有措施" in http.get(f"/cases/{CASE}").text
    sent(center, desk)
    assert {each.verdict for each in at_the_room(desk).course.orders if each.id == orders[0]} == {Verdict.RETURNED}


def test_words_of_the_county_are_written_on_the_case_and_shown_as_text(
    center: Center, desk: Desk, http: httpx.Client
) -> None:
    token = log_in(http)
    order = {"case": CASE, "confirm": "1", "back": "case", "sort": "supervise"}
    for path, more, text in (
        ("/orders/write", order, f"请包案{NASTY}"), (f"/cases/{CASE}/comment", {}, f"月底办结{NASTY}"),
    ):  # fmt: skip
        done = http.post(path, data={"token": token, "text": text} | more)
        assert (done.status_code, done.headers["location"]) == (303, f"/cases/{CASE}")
        assert http.post(path, data={"token": token, "text": " "} | more).status_code == 409
    lost = {"token": token, "text": "查"}
    assert http.post(f"/cases/{'0' * 32}/comment", data=lost).status_code == 404
    assert http.post("/orders/write", data=lost | order | {"case": "0" * 32}).status_code == 404
    page = http.get(f"/cases/{CASE}").text
    assert NASTY not in page
    assert ("请包案&lt;script" in page, "批示：</span>月底办结&lt;script" in page) == (True, True)
    assert "县中心督促" in page, "the course of the case tells of it"


def test_ticked_cases_get_the_same_order_after_a_page_to_write_on(
    center: Center, desk: Desk, http: httpx.Client
) -> None:
    token = log_in(http)
    page = http.get("/cases").text
    assert f'form="write" name="case" value="{CASE}"' in page
    nothing = http.post("/orders/write", data={"token": token})
    assert (nothing.status_code, "没有选中要下发的" in nothing.text) == (409, True)
    form = http.post("/orders/write", data={"token": token, "case": [CASE, CASE]}).text
    assert ("发给下面 1 个案件" in form, "下发 1 份" in form) == (True, True)
    typed = {"token": token, "case": CASE, "sort": "urge", "confirm": "1"}
    empty = http.post("/orders/write", data=typed | {"text": " "})
    assert (empty.status_code, "内容没有填写" in empty.text, '<option value="urge" selected>' in empty.text) == (
        409, True, True,
    )  # fmt: skip
    assert supervising.followed(center, OrderQuery())[1] == 0
    assert http.post("/orders/write", data=typed | {"text": "汛期前办结"}).headers["location"] == "/orders"
    assert "汛期前办结" in http.get("/orders?sort=urge&waiting=1").text


def test_all_or_none_are_ticked_by_a_link_and_the_list_prints_without_its_boxes(
    center: Center, desk: Desk, http: httpx.Client
) -> None:
    log_in(http)
    page = http.get("/orders?sort=urge").text
    assert " checked aria-label" not in page
    assert 'href="/orders?township=&amp;sort=urge&amp;state=&amp;pick=all"' in page
    page = http.get("/orders?sort=urge&pick=all").text
    assert page.count(" checked aria-label") == len(picks(page)) > 0
    assert "全不选" in page


def test_an_order_is_a_sheet_to_print_and_says_what_the_room_has(
    center: Center, desk: Desk, http: httpx.Client
) -> None:
    log_in(http)
    issue_all(center)
    found, _ = supervising.followed(center, OrderQuery(sort="urge"))
    path = f"/orders/{CASE}/{found[0].standing.order.id}"
    assert path in http.get("/orders").text
    text = http.get(path).text
    assert "<h1>催办单</h1>" in text
    assert text.count("两个工作日内答复") == 1, "the order says it already"
    sent(center, desk)
    room_looks(desk, NEAR)
    sent(center, desk)
    assert "请于2026年3月30日前答复。" in http.get(path).text
    assert http.get(f"/orders/{CASE}/{'0' * 32}").status_code == 404
    assert http.get(f"/orders/{'0' * 32}/{'0' * 32}").status_code == 404


def test_filters_keep_what_was_chosen_and_say_when_there_is_nothing(
    center: Center, desk: Desk, http: httpx.Client
) -> None:
    log_in(http)
    issue_all(center)
    assert "没有符合条件的督促单" in http.get("/orders?township=331122102").text
    text = http.get("/orders?state=unseen&sort=urge").text
    assert '<option value="unseen" selected>' in text
    assert "督促单。" not in text
    assert "没有这一页" in http.get("/orders?page=9").text
    for odd in ("/orders?page=x&sort=%00&state=no", "/orders?page=999999999"):
        assert http.get(odd).status_code == 200
