"""统计 in the browser: chosen by a plain form, every figure leads to a list of that length; files."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path
from random import Random

import httpx
import openpyxl
import pytest

from mediator.casework import importing, opening, practice
from mediator.core.reporting import KINDS
from mediator.journal.streams import desk_stream
from sync.center import statistics_pages
from sync.center.__main__ import spreadsheet
from sync.center.application import application
from sync.center.county import Center
from sync.center.keeping import Keeper
from tests.casework.desks import a_desk, encoded
from tests.sync.center.people import add_person, log_in, quick
from tests.sync.center.serving import client_of
from tests.sync.center.test_statistics import held_by
from tests.sync.center.watched import on_day
from tests.sync.fakes import a_center
from tests.sync.world import TOWNSHIP


@pytest.fixture(scope="module")
def center(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Center]:
    """A county with made-up matters, on a day of March 2026."""
    folder = tmp_path_factory.mktemp("center")
    made = a_center(Random(5), url=f"sqlite:///{folder / 'center.db'}")
    add_person(made)
    on_day(made, date(2026, 3, 9))
    desk = a_desk(folder / "desk")
    days = [date(2026, 1 + n % 3, 2 + n % 5) for n in range(12)]
    importing.import_file(desk, encoded(list(practice.made_up(7, 12, township=TOWNSHIP, days=days))))
    held_by(made, desk)
    opening.lock(desk)
    yield made
    made.database.close()


@pytest.fixture
def http(center: Center) -> Iterator[httpx.Client]:
    """A browser that is logged in."""
    with client_of(application(center, quick, spreadsheet)) as made:
        log_in(made)
        yield made


def links(page: str) -> list[tuple[str, str]]:
    """Address and words of every figure that opens a list."""
    found = re.findall(r'<a href="(/statistics/list[^"]*)">([^<]*)</a>', page)
    return [(unescape(address), words) for address, words in found]


def test_every_figure_opens_a_list_of_cases_of_exactly_that_length(http: httpx.Client) -> None:
    page = http.get("/statistics?kind=quarter").text
    found = links(page)
    assert len(found) > 30
    counts = [(address, int(words)) for address, words in found if words.isdigit()]
    for address, count in counts[::7]:
        text = http.get(address).text
        assert len(re.findall(r'<a href="/cases/[0-9a-f]{32}">', text)) == count, address
        assert f"共 {count} 条" in text
    assert len(counts[::7]) > 3


def test_a_long_list_goes_on_page_by_page(http: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statistics_pages, "LINES", 5)
    address, count = max(
        ((a, int(w)) for a, w in links(http.get("/statistics?kind=year").text) if w.isdigit()), key=lambda p: p[1]
    )
    seen: list[str] = []
    while address:
        text = http.get(address).text
        seen += re.findall(r'<td class="num">(\d+)</td>', text)
        following = re.search(r'href="([^"]*)">下一页', text)
        address = unescape(following[1]) if following else ""
    assert seen == [str(n + 1) for n in range(count)]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_each_report_has_a_page_and_a_file_with_the_same_title(
    center: Center, http: httpx.Client, kind: object
) -> None:
    name, title = kind.id, kind.title  # type: ignore[attr-defined]  # a kind of report
    page = http.get(f"/statistics?kind={name}&period=year").text
    assert f"<h1>{title}</h1>" in page
    link = re.search(r'href="(/statistics/file[^"]*)"', page)
    assert link
    answer = http.get(unescape(link[1]))
    assert answer.headers["content-type"] == statistics_pages.XLSX
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    assert sheet["A1"].value == title
    last = [each for each in Keeper(center).stream(desk_stream(center.desk)) if each.kind == "audit.report_made"][-1]
    assert (last.content()["report"], last.content()["login"]) == (name, "admin")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("period=own&first=2026-02-01&last=2026-02-28", "2026年2月，"), ("period=last_year", "2025年，"),
        ("kind=quarter", "2026年第一季度，"), (f"township={TOWNSHIP}", "，2026年3月，"),
        ("kind=nothing&period=odd&township=999", "2026年3月，"),
    ],
)  # fmt: skip
def test_the_period_is_chosen_by_name_or_by_days_and_stays_chosen(http: httpx.Client, query: str, words: str) -> None:
    answer = http.get(f"/statistics?{query}")
    assert (answer.status_code, words in answer.text) == (200, True)
    assert 'value="2026-02-01"' in answer.text if "first" in query else True


@pytest.mark.parametrize(
    "query",
    ["period=own", "period=own&first=2026-13-01&last=2026-12-31", "period=own&first=2026-03-02&last=2026-03-01",
     "period=own&first=0001-01-01&last=2026-03-01", "period=own&first=2026-03-01&last=9999-12-31"],
)  # fmt: skip
def test_days_that_are_none_are_told_and_break_nothing(http: httpx.Client, query: str) -> None:
    answer = http.get(f"/statistics?{query}")
    assert (answer.status_code, "日期不正确" in answer.text) == (422, True)
    for path in ("list?cell=0-0-0&", "file?"):
        assert http.get(f"/statistics/{path}{query}").status_code == 422
    assert http.get("/statistics/list?cell=no").status_code == 404


def test_without_a_writer_no_file_is_offered_and_none_is_given(center: Center, tmp_path: Path) -> None:
    with client_of(application(center, quick)) as plain:
        log_in(plain)
        assert "XLSX" not in plain.get("/statistics").text
        assert plain.get("/statistics/file").status_code == 404


def test_charts_speak_and_nothing_on_the_page_needs_a_script(http: httpx.Client) -> None:
    page = http.get("/statistics?kind=year").text
    assert page.count('<svg class="chart" role="img"') == 3
    assert "分月情况：1月" in page
    assert "<script" not in page
    assert not re.search(r"\son\w+=", page)
