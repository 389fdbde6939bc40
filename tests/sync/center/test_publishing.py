"""A county changes data, not code: what it publishes is read strictly, looked at, and counts here and at rooms."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from mediator.core.deadlines import deadlines_of
from mediator.core.petitions import rules_on
from mediator.core.records import CaseId
from mediator.core.tables import shipped
from mediator.errors import MediatorError, RefusedByRule, Unacceptable
from mediator.journal.entry import StreamId
from mediator.journal.reach import Reach
from mediator.store.vault import Vault
from sync.center import publishing
from sync.center.county import Center
from sync.center.folding import fold_dirty
from sync.center.published import tables_of
from sync.center.publishing import MAX_TABLE, TableName, place_in_words, read_draft
from sync.center.restoring import begin_anew
from sync.center.rule_pages import content_of
from sync.center.tables import CASE_ROW
from tests.core.test_published import ROW, YEAR
from tests.store.vaults import a_vault
from tests.sync.center.test_exchange import by_network
from tests.sync.center.watched import a_matter, on_day, sent
from tests.sync.world import a_laptop

OLD, NEW = StreamId("ab" * 16), StreamId("cd" * 16)


def drafted(content: object, *, name: str = "calendar", version: str = "2027-1", day: str = "2026-03-01") -> Any:
    """A draft from a file with this content."""
    data = content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False).encode()
    return read_draft(data, name=name, version=version, valid_from=day)


def put_out(center: Center, content: object, **members: Any) -> int:
    """Look and publish; how many changes there were."""
    look = publishing.look(center, drafted(content, **members))
    publishing.publish(center, look.draft, seen=look.seen, who="shen")
    assert fold_dirty(center) == 0
    return len(look.changes)


def end_at(vault: Vault, case: StreamId) -> str:
    """The end of mediation as the room counts it."""
    tables, folded = vault.tables, vault.case(CaseId(case)).case
    found = deadlines_of(folded, today=date(2026, 3, 20), calendar=tables.calendar, rules=tables.rules)
    return next(each.due.isoformat() for each in found if each.rule == "D03")


def test_what_the_county_publishes_the_desk_counts_by_after_an_exchange(center: Center, tmp_path: Path) -> None:
    desk, vault = a_laptop(Random(1), center, "desk-watched"), a_vault(tmp_path / "v")
    a_matter(desk, OLD, accepted="2026-02-27")
    a_matter(desk, NEW, accepted="2026-03-09")
    on_day(center, date(2026, 3, 20))
    sent(center, desk)
    put_out(center, {"rules": [ROW]}, name="deadlines")
    put_out(center, YEAR)
    by_network(center, desk)
    vault.absorb([each for each in desk.journal.held.values() if each.reach is Reach.COUNTY])
    tables = vault.tables
    room = {case: end_at(vault, case) for case in (OLD, NEW)}
    assert room == {OLD: "2026-03-27", NEW: "2026-03-30"}, "what started before keeps the older rule"
    with center.database.reading() as scope:
        rows = scope.rows(select(CASE_ROW.c.case, CASE_ROW.c.due))
    assert {row.case: row.due for row in rows} == room
    assert tables.mark == tables_of(center).mark
    vault.close()


def test_who_published_what_is_remembered_and_each_table_can_be_taken_out(center: Center) -> None:
    put_out(center, YEAR, version="2027-1")
    put_out(center, {"rules": [ROW]}, name="deadlines", version="二月")
    found = publishing.history(center)
    assert [(e.table.name, e.table.version, e.who) for e in found] == [
        ("deadlines", "二月", "shen"), ("calendar", "2027-1", "shen")]  # fmt: skip
    assert all(each.at > 1_700_000_000_000 for each in found)
    assert content_of(center, str(found[1].table.order)) == YEAR
    assert content_of(center, "calendar") == shipped("holidays.json")
    for odd in ("0", "no", "999999999999999", "١"):
        with pytest.raises(Unacceptable) as refused:
            content_of(center, odd)
        assert refused.value.code == "publish.unknown"


def test_what_a_county_publishes_after_it_came_back_counts_over_what_it_published_before(
    center: Center, tmp_path: Path
) -> None:
    desk, vault = a_laptop(Random(1), center, "desk-watched"), a_vault(tmp_path / "v")
    for count in (2, 3):
        put_out(center, {"repeat": count, "group": 5}, name="petitions", version=f"第{count}版")
    by_network(center, desk)
    anew = begin_anew(center, who="shen")
    put_out(anew, {"repeat": 4, "group": 5}, name="petitions", version="第4版")
    by_network(anew, desk)
    vault.absorb([each for each in desk.journal.held.values() if each.reach is Reach.COUNTY])
    for tables in (tables_of(anew), vault.tables):
        assert rules_on(tables.petitions, date(2026, 3, 20)).repeat == 4
    told = [(each.table.version, each.who) for each in publishing.history(anew)]
    assert told == [("第4版", "shen"), ("第3版", "shen"), ("第2版", "shen")]
    vault.close()


def test_the_same_table_again_or_one_looked_at_too_early_is_not_published(center: Center) -> None:
    first = publishing.look(center, drafted(YEAR))
    other = publishing.look(center, drafted({"rules": [ROW]}, name="deadlines"))
    publishing.publish(center, first.draft, seen=first.seen, who="shen")
    with pytest.raises(RefusedByRule) as refused:
        publishing.publish(center, other.draft, seen=other.seen, who="lin")
    assert refused.value.code == "publish.changed"
    with pytest.raises(RefusedByRule) as refused:
        publishing.look(center, drafted(YEAR, version="2027-2"))
    assert refused.value.code == "publish.same"
    assert len(publishing.history(center)) == 1


def test_the_programs_own_tables_taken_out_change_nothing_when_handed_in(center: Center) -> None:
    for each in TableName:
        with pytest.raises(RefusedByRule) as refused:
            publishing.look(center, drafted(content_of(center, each.value), name=each.value))
        assert refused.value.code == "publish.same", each


BAD_FORM = [
    ({"rules": [ROW | {"unit": "weeks"}]}, "deadlines", "rules（期限规则）第1行，unit（单位）"),
    ({"rules": [ROW, ROW]}, "deadlines", "rules（期限规则）"),
    ({"rules": [ROW | {"length": -1}]}, "deadlines", "rules（期限规则）第1行，length（长度）"),
    ({"rules": [ROW | {"start": "someday"}]}, "deadlines", "rules（期限规则）第1行，start（从何时算起）"),
    ({}, "deadlines", "rules（期限规则）"),
    ({"years": [{"year": 12}]}, "calendar", "years（年份）"),
    ({"years": [{"year": 2027, "off": ["2027-02-30"]}]}, "calendar", "years（年份）第1行，off（放假）"),
    ({"years": {"a": []}}, "calendar", "years（年份）"),
]


@pytest.mark.parametrize(("content", "name", "where"), BAD_FORM)
def test_a_table_that_a_room_could_not_read_is_refused_with_its_place(
    center: Center, content: dict[str, object], name: str, where: str
) -> None:
    with pytest.raises(Unacceptable) as refused:
        publishing.look(center, drafted(content, name=name))
    assert (refused.value.code, refused.value.where) == ("publish.form", where)


HOSTILE = [
    b"", b"{", b"[]", b"null", b"[" * 100_000, b'{"a":' * 20_000, b'{"rules":[' + b"[" * 30 + b"]" * 30 + b"]}",
    b'{"years":[],"years":[]}', b'{"a":1.5}', b'{"a":NaN}', b'{"a":' + b"9" * 5_000 + b"}", b'{"a":"\\ud800"}',
    b'{"a":"\xff"}', b'{"Name":1}', '{"a":"\u202e"}'.encode(), b'{"a":"' + b"\\u0000" + b'"}',
    "{}".encode("utf-16"), b'{"a":[' + b"0," * 60_000 + b"0]}x",
]  # fmt: skip


@pytest.mark.threat("T26")
@pytest.mark.parametrize("data", HOSTILE)
def test_hostile_files_are_refused_before_anything_is_made_of_them(data: bytes) -> None:
    with pytest.raises(Unacceptable) as refused:
        drafted(data)
    assert refused.value.code == "publish.json"


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"name": "interest"}, "publish.kind"), ({"version": " "}, "publish.version"),
        ({"version": "x" * 41}, "publish.version"), ({"day": "2026-2-1"}, "publish.day"),
        ({"day": "1999-12-31"}, "publish.day"), ({"day": "2100-01-01"}, "publish.day"), ({"day": ""}, "publish.day"),
    ],
)  # fmt: skip
def test_what_is_typed_beside_a_file_is_checked(members: dict[str, str], code: str) -> None:
    with pytest.raises(MediatorError) as refused:
        drafted(YEAR, **members)
    assert refused.value.code == code


def test_a_file_has_a_size_and_may_begin_with_the_mark_of_windows() -> None:
    room = b" " * (MAX_TABLE - 2)
    assert drafted(b"{}" + room).content == {}
    with pytest.raises(Unacceptable) as refused:
        drafted(b"{}" + room + b" ")
    assert refused.value.code == "publish.size"
    assert drafted(b"\xef\xbb\xbf{}").content == {}


def test_a_place_that_has_no_name_of_ours_is_told_as_it_stands() -> None:
    assert place_in_words("") == "整份表"
    assert place_in_words("hours.1.open") == "hours（办公时间）第2行，open（开门时间）"
    assert place_in_words("other.0") == "other第1行"
