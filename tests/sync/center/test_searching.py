"""Finding a case on the page: what a text names exactly comes first, parts of words when nothing does or if asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import httpx
import pytest
from sqlalchemy import update

from sync.center import searching
from sync.center.application import application
from sync.center.county import Center
from sync.center.folding import fold_dirty
from sync.center.reading import Query
from sync.center.searching import look_for
from sync.center.tables import CASE_ROW
from tests.sync.center.people import add_person, log_in, quick
from tests.sync.center.serving import client_of
from tests.sync.center.test_exchange import by_network
from tests.sync.fakes import a_center
from tests.sync.world import a_laptop

CASES = (("王芳", "相邻通行"), ("李强", "王芳家的排水沟"), ("王芳芳", "借款"), ("赵六", "界址"))


@pytest.fixture
def center(tmp_path: Path) -> Iterator[Center]:
    """Four cases: one names a person, one tells of her in its title, one of another whose name holds hers."""
    made = a_center(Random(5), url=f"sqlite:///{tmp_path / 'center.db'}")
    add_person(made)
    desk = a_laptop(Random(1), made, "desk-a")
    for number, (name, title) in enumerate(CASES):
        case = f"{number + 1:032x}"
        write = desk.writer.write
        write(case, "case.opened", {"fields": {"title": title, "kind": "people_mediation"}})  # type: ignore[arg-type]  # a stream's id
        party: dict[str, object] = {"name": name, "side": "applicant", "kind": "organization", "phone": "13800138000"}
        write(case, "party.added", {"id": f"{number:032x}", "fields": party})  # type: ignore[arg-type]  # a stream's id
    by_network(made, desk)
    fold_dirty(made)
    yield made
    made.database.close()


def titles(center: Center, text: str, *, parts: bool = False, **more: object) -> tuple[bool, list[str]]:
    """Whether the text names what was found, and the titles."""
    found = look_for(center, Query(text=text, **more), parts=parts)  # type: ignore[arg-type]  # fields of a query
    assert found.total == len(found.lines)
    return found.exact, sorted(line.title for line in found.lines)


def test_a_whole_name_finds_its_cases_first_and_the_rest_when_asked(center: Center) -> None:
    assert titles(center, "王芳") == (True, ["相邻通行"])
    assert titles(center, "王芳", parts=True) == (False, ["借款", "王芳家的排水沟", "相邻通行"])
    assert titles(center, "芳家") == (False, ["王芳家的排水沟"]), "nothing is named so: parts are looked for at once"
    assert titles(center, "13800138000")[1] == sorted(title for _, title in CASES)
    assert titles(center, "没有") == (False, [])
    assert titles(center, "王芳", township="331122102") == (False, []), "the filters hold for both ways"


def test_the_page_says_which_way_was_taken_and_leads_to_the_other(center: Center, http: httpx.Client) -> None:
    log_in(http)
    page = http.get("/cases", params={"q": "王芳"}).text
    assert ("正好是“王芳”的案件" in page, "王芳家的排水沟" in page) == (True, False)
    page = http.get("/cases?q=%E7%8E%8B%E8%8A%B3&parts=1").text
    assert ("正好是" in page, "王芳家的排水沟" in page) == (False, True)


@pytest.fixture
def http(center: Center) -> Iterator[httpx.Client]:
    """A browser."""
    with client_of(application(center, quick)) as made:
        yield made


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("甲“乙”", "甲“乙”丙"),
        ('甲"乙', '甲"乙"丙'),
        ("ＡＢ１２", "ab12地块"),
        ("三 号", "第三号\n地块"),
        ("a\\b", "a\\b"),
    ],
)
def test_parts_are_found_in_whatever_signs_and_widths(center: Center, text: str, title: str) -> None:
    desk = a_laptop(Random(2), center, "desk-b")
    desk.writer.write("ef" * 16, "case.opened", {"fields": {"title": title, "kind": "people_mediation"}})  # type: ignore[arg-type]  # a stream's id
    by_network(center, desk)
    fold_dirty(center)
    assert titles(center, text) == (False, [title])


def test_as_many_as_one_can_leaf_through_are_found_and_no_more(center: Center, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "MOST", 2)
    monkeypatch.setattr(searching, "SCAN", 1)
    assert len(titles(center, "王", parts=True)[1]) == 2
    monkeypatch.setattr(searching, "MOST", 9)
    assert len(titles(center, "王", parts=True)[1]) == 3


@pytest.mark.threat("T64")
def test_a_row_that_somebody_changed_is_found_by_nothing(center: Center) -> None:
    spoil = update(CASE_ROW).where(CASE_ROW.c.case == f"{2:032x}").values(folded=b"\0" * 40)
    center.database.write(lambda scope: scope.change(spoil))
    assert titles(center, "王芳", parts=True) == (False, ["借款", "相邻通行"])
