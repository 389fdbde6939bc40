"""Founding and opening: once, by the right keys, never a newer or an empty database."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from sqlalchemy import delete, update

from mediator.errors import Bug, MediatorError, RefusedByRule
from mediator.journal.streams import desk_stream
from sync.center.chain import say
from sync.center.county import Center
from sync.center.database import Database, open_engine
from sync.center.opening import Ground, found, open_center
from sync.center.tables import CENTER_META, DESK, METADATA, SCHEMA
from tests.sync.fakes import FakeSealer, a_center


def ground(center: Center, name: str = "center") -> Ground:
    """What the start-up file hands in."""
    return Ground(
        FakeSealer(name), center.cabinet, center.now, center.random, center.places, center.shipped
    )  # fmt: skip


def url(center: Center) -> str:
    """Where the database is."""
    return center.database.engine.url.render_as_string(hide_password=False)


def code(center: Center, name: str = "center", county: str = "331122") -> str:
    """Why it does not open."""
    with pytest.raises(MediatorError) as caught:
        open_center(url(center), county, ground(center, name))
    return caught.value.code


def test_a_founded_center_opens_as_it_was(center: Center) -> None:
    again = open_center(url(center), center.county, ground(center))
    assert (again.card, again.desk) == (center.card, center.desk)
    again.database.close()


def test_a_county_is_founded_once_in_a_database_that_may_hold_others(center: Center) -> None:
    with pytest.raises(RefusedByRule, match=r"center\.exists"):
        found(center.database, ground(center), center="b" * 32, name="again")
    other = Database(open_engine(url(center)), "331123")
    assert found(other, ground(center, "other"), center="b" * 32, name="邻县").county == "331123"
    other.close()
    assert code(center, county="331199") == "center.none"


def test_wrong_keys_a_newer_schema_and_an_emptied_database_are_refused(center: Center) -> None:
    assert code(center, "thief") == "center.keys"
    newer = update(CENTER_META).where(CENTER_META.c.name == "schema").values(value=str(SCHEMA + 1))
    center.database.write(lambda scope: scope.change(newer))
    assert code(center) == "center.newer"
    center.database.write(lambda scope: scope.change(delete(CENTER_META)))
    assert code(center) == "center.none"
    METADATA.drop_all(center.database.engine)
    assert code(center) == "center.none"


@pytest.mark.parametrize("county", ["", "33112", "3311222", "33112a", "３３１１２２"])
def test_a_county_has_six_digits(tmp_path: Path, county: str) -> None:
    center = a_center(Random(1))
    database = Database(open_engine(f"sqlite:///{tmp_path / 'x.db'}"), county)
    with pytest.raises(RefusedByRule, match=r"center\.division"):
        found(database, ground(center), center="b" * 32, name="x")
    assert not (tmp_path / "x.db").exists()


def test_a_center_without_its_own_row_writes_nothing(center: Center) -> None:
    center.database.write(lambda scope: scope.change(delete(DESK)))
    stream = desk_stream(center.desk)
    with pytest.raises(Bug, match=r"center\.no_desk"):
        center.database.write(lambda scope: say(center, scope, stream, "audit.login", {"login": "a"}, feeds=[]))
    assert code(center) == "center.none"
