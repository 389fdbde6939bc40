"""The blind index: equality alone, nothing to read in it, made and taken away by the fold, told when it is changed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, update

from mediator.crypto.columns import Columns
from mediator.errors import Unacceptable
from mediator.journal.entry import StreamId
from sync.center import reading
from sync.center.answering import exchange as answer
from sync.center.blind import asked, cases_by, marks, of_number, of_phone
from sync.center.checking import check
from sync.center.county import Center
from sync.center.database import seen_from
from sync.center.folding import fold_dirty
from sync.center.tables import BLIND
from tests.sync.center.real import CASE, joined, real_center
from tests.sync.center.test_exchange import by_network
from tests.sync.world import NEIGHBOR, a_laptop

NUMBER, NAME, PHONE, PAPER = "（2026）缙壶民调字第0012号", "司马青衫", "138-0013-8000", "33112219790101001X"
OTHER = StreamId("cd" * 16)


def told(center: Center, *, name: str = NAME, township: str = "", case: StreamId = CASE) -> None:
    """A case with one party and a number, folded."""
    desk = a_laptop(None, center, f"desk-{case}{township}", **({"township": township} if township else {}))  # type: ignore[arg-type]  # randomness is not asked
    desk.writer.write(case, "case.opened", {"fields": {"title": "竹林界址", "kind": "people_mediation"}})
    desk.writer.write(case, "case.numbered", {"number": NUMBER})
    party: dict[str, object] = {"name": name, "side": "applicant", "kind": "person", "phone": PHONE, "id_number": PAPER}
    desk.writer.write(case, "party.added", {"id": "1" * 32, "fields": party})
    by_network(center, desk)
    assert fold_dirty(center) == 0


def found(center: Center, text: str) -> list[str]:
    """The cases that a text names."""
    with center.database.reading() as scope:
        return cases_by(center, scope, text)


@pytest.mark.parametrize(
    ("typed", "hits"),
    [
        (NUMBER, True), ("(2026)缙壶民调字第0012号", True), ("缙壶民调字第0012号", True), ("0012", True), ("12", False),
        (NAME, True), ("司马 青衫", True), ("司马", False), ("青衫", False),
        (PHONE, True), ("13800138000", True), ("+86 138 0013 8000", True), ("１３８００１３８０００", True),
        ("8000", False),
        (PAPER, True), (PAPER.lower(), True), ("33112219790101001", False),
        ("竹林界址", False), ("", False), (" ", False),
    ],
)  # fmt: skip
def test_a_case_is_found_by_what_names_it_whole_in_any_writing(center: Center, typed: str, hits: bool) -> None:
    told(center)
    assert (found(center, typed) == [CASE]) is hits


def test_a_correction_takes_the_old_name_out_of_the_index(center: Center) -> None:
    told(center)
    desk = a_laptop(None, center, "desk-second")  # type: ignore[arg-type]  # randomness is not asked
    by_network(center, desk)
    desk.writer.write(CASE, "party.set", {"id": "1" * 32, "fields": {"name": "司马白衣", "phone": ""}})
    by_network(center, desk)
    fold_dirty(center)
    assert (found(center, NAME), found(center, "司马白衣"), found(center, PHONE)) == ([], [CASE], [])


@pytest.mark.threat("T57")
def test_a_township_finds_its_own_cases_alone(center: Center) -> None:
    told(center)
    told(center, township=NEIGHBOR, case=OTHER)
    assert sorted(found(center, NAME)) == sorted([CASE, OTHER])
    with seen_from(NEIGHBOR):
        assert found(center, NAME) == [OTHER]


@pytest.mark.threat("T63")
def test_the_index_says_nothing_without_the_key_and_not_the_same_in_two_counties_or_fields() -> None:
    first, second = (Columns(bytes([n] * 32), owner=f"{n:032x}") for n in (1, 2))
    own, foreign = (marks(each, asked(NAME)) for each in (first, second))
    assert len({mark for _, mark in own}) == len(own) == 3, "a name that is a number has another mark"
    assert not own & foreign
    assert own == marks(Columns(bytes([1] * 32), owner=f"{1:032x}"), asked(f" {NAME} "))
    assert {len(mark) for _, mark in own} == {32}


@pytest.mark.threat("T63")
def test_a_look_by_name_opens_no_sealed_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    center = real_center(f"sqlite:///{tmp_path / 'center.db'}")
    laptop = joined(center, "desk-one")
    laptop.tell(1)
    party: dict[str, object] = {"name": NAME, "side": "applicant", "kind": "person"}
    laptop.writer.write(CASE, "party.added", {"id": "1" * 32, "fields": party})
    answer(center, laptop.bundle(center.card))
    fold_dirty(center)
    monkeypatch.setattr(Columns, "open", lambda *_, **__: pytest.fail("opened"))
    assert found(center, NAME) == [CASE]
    center.database.close()


@pytest.mark.threat("T64")
@pytest.mark.parametrize(
    "spoil",
    [delete(BLIND), update(BLIND).values(mark="0" * 32), insert(BLIND)],
    ids=["taken away", "changed", "added"],
)
def test_an_index_that_somebody_changed_is_told_by_a_check_of_everything(center: Center, spoil: object) -> None:
    told(center)
    assert check(center).findings == ()
    if isinstance(spoil, type(insert(BLIND))):
        row = {"field": "name", "mark": "0" * 32, "case": CASE, "township": "331122101"}
        center.database.write(lambda scope: scope.add(BLIND, [row]))
    else:
        where = spoil.where(BLIND.c.field == "name")  # type: ignore[attr-defined]  # both have it
        assert center.database.write(lambda scope: scope.change(where)) == 1
    assert check(center).findings == (f"case.row case {CASE}",)


def test_folding_again_writes_nothing_that_stands_already(center: Center) -> None:
    told(center)
    with center.database.reading() as scope:
        before = scope.rows(select(BLIND).order_by(BLIND.c.mark))
    desk = a_laptop(None, center, "desk-second")  # type: ignore[arg-type]  # randomness is not asked
    by_network(center, desk)
    desk.writer.write(CASE, "case.set", {"fields": {"facts": "多了一句"}})
    by_network(center, desk)
    fold_dirty(center)
    with center.database.reading() as scope:
        assert scope.rows(select(BLIND).order_by(BLIND.c.mark)) == before


def test_the_command_finds_a_case_by_its_printed_number(center: Center) -> None:
    told(center)
    assert reading.find(center, "(2026)缙壶民调字第0012号") == CASE
    with pytest.raises(Unacceptable, match=r"case\.unknown"):
        reading.find(center, "0012")


@pytest.mark.parametrize(
    ("number", "forms"),
    [
        (NUMBER, ["(2026)缙壶民调字第0012号", "缙壶民调字第0012号", "0012"]),
        ("临08X56-0003", ["临08x56-0003", "临08x56-0003", "0003"]), ("", ["", ""]),
        ("缙壶调字第7号", ["缙壶调字第7号"] * 2),
    ],
)  # fmt: skip
def test_a_number_is_looked_for_whole_without_its_year_and_by_its_running_number(
    number: str, forms: Sequence[str]
) -> None:
    assert list(of_number(number)) == list(forms)


@pytest.mark.parametrize(
    ("phone", "dialled"),
    [("0578-3311 22", ["0578331122"]), ("008613800138000", ["13800138000"]), ("12", []), ("王某", []), ("", [])],
)
def test_a_telephone_is_its_digits(phone: str, dialled: Sequence[str]) -> None:
    assert list(of_phone(phone)) == list(dialled)
