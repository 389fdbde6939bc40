"""规则 in the browser: a file is looked at before it goes down, or refused in words; no form without its token."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path
from random import Random

import httpx
import pytest

from sync.center import publishing
from sync.center.application import application
from sync.center.county import Center
from sync.center.published import tables_of
from sync.center.publishing import MAX_TABLE
from tests.core.test_published import ROW, YEAR
from tests.sync.center.people import add_person, log_in, quick
from tests.sync.center.program import County
from tests.sync.center.serving import client_of
from tests.sync.center.test_web import NASTY
from tests.sync.center.watched import on_day
from tests.sync.fakes import a_center


@pytest.fixture
def center(tmp_path: Path) -> Iterator[Center]:
    """One account; how the databases differ is told elsewhere."""
    made = a_center(Random(5), url=f"sqlite:///{tmp_path / 'center.db'}")
    add_person(made)
    on_day(made, date(2026, 11, 20))
    yield made
    made.database.close()


@pytest.fixture
def http(center: Center) -> Iterator[httpx.Client]:
    """A browser."""
    with client_of(application(center, quick)) as made:
        yield made


def handed_in(http: httpx.Client, token: str, content: object, **typed: str) -> httpx.Response:
    """The form with a file."""
    data = content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False).encode()
    fields = {"token": token, "name": "calendar", "version": "2027-1", "valid_from": "2026-11-20"} | typed
    return http.post("/rules", data=fields, files={"file": ("表.json", data, "application/json")})


def confirmed(http: httpx.Client, page: str) -> httpx.Response:
    """The second page's form, sent as the browser would."""
    fields = {name: unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', page)}
    return http.post("/rules/publish", data={name: value for name, value in fields.items() if name != "q"})


def test_a_year_is_handed_in_looked_at_and_sent_down(center: Center, http: httpx.Client) -> None:
    token = log_in(http)
    first = http.get("/rules").text
    assert ("还没有下发过" in first, "还没有 2027 年的节假日表" in first) == (True, True)
    look = handed_in(http, token, YEAR, version=f"甲{NASTY}")
    assert look.status_code == 200
    assert ("会改动 4 处" in look.text, "放假（元旦）" in look.text, NASTY in look.text) == (True, True, False)
    assert publishing.history(center) == (), "looking publishes nothing"
    done = confirmed(http, look.text)
    assert (done.status_code, done.headers["location"]) == (303, "/rules")
    assert tables_of(center).calendar.covers(2027)
    page = http.get("/rules").text
    assert ("admin" in page, "甲&lt;script" in page, "还没有 2027 年" in page) == (True, True, False)
    [line] = publishing.history(center)
    assert http.get(f"/rules/{line.table.order}").json() == YEAR
    again = confirmed(http, look.text)
    assert (again.status_code, "有人刚刚下发了另一份表" in again.text) == (409, True), "the same form twice"
    assert len(publishing.history(center)) == 1


def test_a_rule_that_is_left_out_is_named_and_a_past_day_is_pointed_at(center: Center, http: httpx.Client) -> None:
    token = log_in(http)
    look = handed_in(http, token, {"rules": [ROW]}, name="deadlines", valid_from="2026-01-01").text
    assert look.count("不再计算") > 20
    assert "起始日已经过去" in look
    assert "期限：20日" in look


@pytest.mark.parametrize(
    ("content", "typed", "told"),
    [
        (b"{", {}, (422, "文件的写法不对，或者有小数、重复的名称，没有读取。所在位置：第1行。")),
        ({"years": [{"year": 1}]}, {}, (422, "所在位置：years（年份）。什么也没有下发。")),
        (b"{}" + b" " * MAX_TABLE, {}, (422, "这份表太大")), ({"years": []}, {}, (409, "完全一样")),
        (YEAR, {"name": "other"}, (422, "没有这种表")), (YEAR, {"version": ""}, (409, "版本没有填写")),
        (YEAR, {"valid_from": "tomorrow"}, (422, "起始日不正确")),
        (b"{}" + b" " * MAX_TABLE * 3, {}, (413, "内容太大")),
    ],
)  # fmt: skip
def test_what_will_not_do_is_told_on_the_page_and_nothing_is_published(
    center: Center, http: httpx.Client, content: object, typed: dict[str, str], told: tuple[int, str]
) -> None:
    answer = handed_in(http, log_in(http), content, **typed)
    assert (answer.status_code, told[1] in answer.text) == (told[0], True), answer.text[:2000]
    assert publishing.history(center) == ()


@pytest.mark.threat("T55")
def test_a_file_without_the_token_or_without_a_file_does_nothing(center: Center, http: httpx.Client) -> None:
    token = log_in(http)
    assert handed_in(http, "x" * 44, YEAR).status_code == 403
    assert "没有选择文件" in http.post("/rules", data={"token": token, "name": "calendar"}).text
    two = [("file", ("a.json", b"{}")), ("file", ("b.json", b"{}"))]
    assert http.post("/rules", data={"token": token}, files=two).status_code >= 400
    forged = {"token": token, "name": "calendar", "version": "1", "valid_from": "2026-11-20", "seen": "٣"}
    assert http.post("/rules/publish", data=forged | {"content": json.dumps(YEAR)}).status_code == 409
    assert publishing.history(center) == ()


def test_tables_come_out_as_they_are_and_none_by_another_name(http: httpx.Client) -> None:
    log_in(http)
    for name, member in (
        ("calendar", "years"),
        ("deadlines", "rules"),
        ("petitions", "checklists"),
        ("indices", "indices"),
    ):
        answer = http.get(f"/rules/{name}")
        assert answer.headers["content-disposition"] == f'attachment; filename="table-{name}.json"'
        assert answer.json()[member]
    for name in ("7", "..%2Fkeys", "holidays.json"):
        assert http.get(f"/rules/{name}").status_code == 404


def test_the_command_line_looks_publishes_and_lists(tmp_path: Path) -> None:
    county, file = County(tmp_path / "county"), tmp_path / "2027.json"
    county.init()
    file.write_text(json.dumps(YEAR), encoding="utf-8")
    asked = ("publish", str(file), "--kind", "calendar", "--edition", "2027-1")
    look = county(*asked, "--preview").document
    assert (look["published"], len(look["changes"])) == (False, 4)
    assert county("tables").document["tables"] == []
    assert county(*asked).document["published"] is True
    held = county("tables", "--out", str(tmp_path / "out")).document
    assert [(each["name"], each["version"], each["refused"]) for each in held["tables"]] == [("calendar", "2027-1", "")]
    assert YEAR in [json.loads(Path(each).read_text(encoding="utf-8")) for each in held["files"]]
    same = county.in_words(*asked)
    assert (same.code, "完全一样" in same.err) == (1, True)
    assert "读不懂" in county.in_words("publish", str(file), "--kind", "deadlines").err
    assert county("publish", str(tmp_path / "none.json"), "--kind", "calendar").code == 6
