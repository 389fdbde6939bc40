"""审计: who looked at which case is found, what was changed behind the program's back is told (T64)."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import delete, select, update

from sync.center import log, reading
from sync.center.accounts import FrontDoor
from sync.center.county import Center, day_of
from sync.center.database import Scope
from sync.center.folding import fold_dirty
from sync.center.log import LogQuery, lines, make_again, people, whole_chain
from sync.center.tables import ENTRY, NOTED
from tests.sync.center.people import PASSWORD, add_person, code_now, quick
from tests.sync.center.test_exchange import CASE, by_network, tell
from tests.sync.world import a_laptop


@pytest.fixture
def looked(center: Center) -> Center:
    """Two people; one looked at the case, the other failed to come in once."""
    for login in ("li", "shen"):
        add_person(center, login)
    desk = a_laptop(Random(1), center, "desk-log")
    tell(desk, 1)
    by_network(center, desk)
    fold_dirty(center)
    door = FrontDoor(center, quick)
    door.enter("li", PASSWORD, code_now())
    reading.show(center, CASE, who="li")
    with pytest.raises(Exception, match=r"login\.wrong"):
        door.enter("shen", "wrong")
    return center


def kinds(center: Center, query: LogQuery) -> list[str]:
    """The deeds of a page."""
    return [line.kind for line in lines(center, query)[0]]


def test_the_log_is_found_by_who_what_whom_and_when(looked: Center) -> None:
    assert kinds(looked, LogQuery(about=CASE)) == ["access.case_viewed"]
    assert kinds(looked, LogQuery(login="li")) == ["access.case_viewed", "audit.login", "audit.account_set"]
    assert kinds(looked, LogQuery(login="li", kind="audit.login")) == ["audit.login"]
    assert kinds(looked, LogQuery(login="shen")) == ["audit.login_failed", "audit.account_set"]
    assert {"li", "shen"} <= set(people(looked))
    today = day_of(looked.now())
    every = lines(looked, LogQuery())[1]
    assert lines(looked, LogQuery(first=today, last=today))[1] == every
    assert lines(looked, LogQuery(first=today + timedelta(days=1)))[1] == 0
    assert lines(looked, LogQuery(last=today - timedelta(days=1)))[1] == 0
    page, total = lines(looked, LogQuery(offset=1, limit=2))
    assert (len(page), total) == (2, every)


def test_who_may_not_know_who_looked_is_told_of_the_machine_alone(looked: Center) -> None:
    assert "access.case_viewed" not in kinds(looked, LogQuery(whole=False))
    assert kinds(looked, LogQuery(whole=False, about=CASE)) == []


@pytest.mark.threat("T64")
def test_a_line_that_was_changed_is_told_and_the_chain_with_it(looked: Center) -> None:
    count, findings = whole_chain(looked)
    assert (count > 5, findings) == (True, ())
    [line] = lines(looked, LogQuery(about=CASE))[0]
    assert (line.sound, line.told["login"]) == (True, "li")
    assert line.entry
    n = line.entry.n
    here = (ENTRY.c.desk == looked.desk, ENTRY.c.n == n)

    def forged(scope: Scope) -> None:
        other = scope.one(select(ENTRY.c.sealed).where(ENTRY.c.desk == looked.desk, ENTRY.c.n == n - 1))
        assert other
        scope.change(update(ENTRY).where(*here).values(sealed=other.sealed))

    looked.database.write(forged)
    [line] = lines(looked, LogQuery(about=CASE))[0]
    assert (line.sound, line.entry) == (False, None)
    assert any(str(n) in each for each in whole_chain(looked)[1])
    looked.database.write(lambda scope: scope.change(delete(ENTRY).where(*here)))
    assert f"entry.missing {looked.desk}:{n}" in whole_chain(looked)[1]


@pytest.mark.threat("T64")
def test_a_line_that_was_hidden_from_the_search_is_missed_and_found_again(looked: Center) -> None:
    held = kinds(looked, LogQuery())
    looked.database.write(lambda scope: scope.change(delete(NOTED).where(NOTED.c.about == CASE)))
    assert whole_chain(looked)[1] == ("noted.count",)
    looked.database.write(lambda scope: make_again(looked, scope))
    assert (kinds(looked, LogQuery()), whole_chain(looked)[1]) == (held, ())


def test_every_deed_that_the_county_writes_down_has_its_name_in_the_log() -> None:
    """No line says 其他: what the sources write and what the filter offers are the same kinds."""
    files = [path for path in Path(log.__file__).parent.glob("*.py") if path.name != "log.py"]
    texts = [path.read_text(encoding="utf-8") for path in files]
    written = {kind for text in texts for kind in re.findall(r'"((?:audit|access)\.[a-z_]+)"', text)}
    assert written == set(log.KINDS)
