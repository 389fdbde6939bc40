"""A stick at the county: what cannot be written back keeps nothing from being read."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from mediator.errors import WorldFailed
from sync.center import reading, stick
from sync.center.county import Center
from sync.center.stick import Handled, Rejected
from sync.wire.names import stick_name
from tests.sync.center.bundles import bundle_of
from tests.sync.center.test_exchange import CASE, tell
from tests.sync.world import Desk, a_laptop


def carried(center: Center, folder: Path, count: int) -> list[Desk]:
    """So many laptops whose bundles lie on the stick."""
    desks = [a_laptop(Random(n), center, f"desk-{n}") for n in range(count)]
    for each in desks:
        tell(each, 1, case=each.id)
        (folder / str(stick_name(center.card.center, "up", each.id, 1))).write_bytes(bundle_of(center, each))
    return desks


@pytest.mark.threat("T49")
@pytest.mark.parametrize("code", ["stick.read_only", "stick.full"])
def test_a_stick_that_takes_nothing_is_read_all_the_same_and_told(
    center: Center, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    carried(center, tmp_path, 3)
    tried: list[str] = []

    def refuse(_folder: Path, name: object, _data: bytes) -> None:
        tried.append(str(name))
        raise WorldFailed(code)

    monkeypatch.setattr(stick, "write_safely", refuse)
    with pytest.raises(WorldFailed, match=code.replace(".", r"\.")):
        stick.handle(center, tmp_path)
    assert reading.case_count(center) == 3
    assert len(tried) == 1, "what failed once is not tried for each laptop"
    monkeypatch.undo()
    assert stick.handle(center, tmp_path) == Handled(absorbed=0, written=3)


def test_entries_that_break_a_rule_are_counted_and_the_rest_is_taken(center: Center, tmp_path: Path) -> None:
    desk = a_laptop(Random(1), center, "desk-odd")
    tell(desk, 1)
    desk.writer.write(CASE, "order.issued", {"text": "不该由调解室发"})  # type: ignore[arg-type]  # a stream's id
    (tmp_path / str(stick_name(center.card.center, "up", desk.id, 1))).write_bytes(bundle_of(center, desk))
    assert stick.handle(center, tmp_path) == Handled(absorbed=3, written=1, aside=1)


def test_a_busy_county_stops_the_stick_and_blames_no_file(
    center: Center, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    carried(center, tmp_path, 1)

    def busy(*_: object) -> None:
        raise WorldFailed("center.busy")

    monkeypatch.setattr(stick, "exchange", busy)
    with pytest.raises(WorldFailed, match=r"center\.busy"):
        stick.handle(center, tmp_path)


def test_a_file_of_zeros_is_named(center: Center, tmp_path: Path) -> None:
    name = str(stick_name(center.card.center, "up", "a" * 32, 1))
    (tmp_path / name).write_bytes(bytes(500))
    assert stick.handle(center, tmp_path).rejected == (Rejected(name, "bundle.magic"),)
