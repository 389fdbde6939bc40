"""Cases in the list: folding as entries come equals folding from scratch; a defect of one case stops no other."""

from __future__ import annotations

import logging
from datetime import date
from random import Random

import pytest
from sqlalchemy import func, select, update

from mediator.core.codes import PartyKind, Side
from mediator.core.records import Case, CaseId, Party, PartyId
from mediator.journal.entry import StreamId
from sync.center import folding
from sync.center.answering import exchange as answer
from sync.center.county import Center
from sync.center.folding import fold_dirty, listed, plain_columns, refold_after_update, veiled
from sync.center.tables import CASE_ROW, CENTER_META, ENTRY
from tests.sync.center.bundles import bundle_of
from tests.sync.center.test_exchange import CASE, by_network, tell
from tests.sync.world import TOWNSHIP, a_laptop


def rows(center: Center) -> dict[str, dict[str, object]]:
    """The case list with what is sealed opened, without when it was made."""
    with center.database.reading() as scope:
        held = [dict(row._mapping) for row in scope.rows(select(CASE_ROW))]
    for row in held:
        row["folded"] = center.cabinet.open(row["folded"], place=folding.place_of(row["case"]))
        row.pop("as_of")
    return {str(row["case"]): row for row in held}


def dirty(center: Center) -> int:
    """How many cases wait."""
    with center.database.reading() as scope:
        return int(scope.value(select(func.count(CASE_ROW.c.case)).where(CASE_ROW.c.dirty > 0)))


@pytest.mark.parametrize("seed", range(3))
def test_folding_as_entries_come_equals_folding_from_scratch(center: Center, seed: int) -> None:
    random = Random(seed)
    desks = [a_laptop(random, center, f"d{seed}-{n}") for n in range(3)]
    for _ in range(40):
        desk, case = random.choice(desks), f"{random.randrange(3):032x}"
        tell(desk, 1, case=case)
        fields = {"facts": f"事实{random.randrange(9)}", "accepted_on": f"2026-03-{random.randrange(10, 30)}"}
        desk.writer.write(StreamId(case), "case.set", {"fields": fields})
        if random.random() < 0.5:
            by_network(center, desk)
        if random.random() < 0.3:
            fold_dirty(center)
    for desk in desks:
        by_network(center, desk)
    assert fold_dirty(center) == 0
    as_it_came = rows(center)
    assert as_it_came
    center.database.write(lambda scope: scope.change(update(CASE_ROW).values(dirty=1, folded=b"", status="", due="x")))
    fold_dirty(center)
    assert rows(center) == as_it_came


def test_a_case_that_cannot_be_folded_waits_and_the_others_go_on(
    center: Center, caplog: pytest.LogCaptureFixture
) -> None:
    desk = a_laptop(Random(1), center, "desk-one")
    for case in (CASE, "cd" * 16):
        tell(desk, 1, case=case)
    taken = answer(center, bundle_of(center, desk)).taken
    assert taken.new == 4, "the receipt does not wait for the fold"
    spoil = update(ENTRY).where(ENTRY.c.stream == CASE).values(sealed=b"\0" * 50)
    center.database.write(lambda scope: scope.change(spoil))
    with caplog.at_level(logging.ERROR):
        assert fold_dirty(center) == 1
    assert dirty(center) == 1
    assert [record.message for record in caplog.records] == [f"fold failed: case {CASE}: Unacceptable"]
    assert fold_dirty(center) == 1, "it is tried again and again, and never for ever"


def test_many_cases_are_folded_in_batches(center: Center, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folding, "BATCH", 2)
    desk = a_laptop(Random(1), center, "desk-one")
    for number in range(5):
        tell(desk, 1, case=f"{number:032x}")
    by_network(center, desk)
    assert dirty(center) == 5
    assert fold_dirty(center) == 0
    assert dirty(center) == 0


def test_a_program_that_folds_otherwise_folds_everything_again_once(center: Center) -> None:
    desk = a_laptop(Random(1), center, "desk-one")
    tell(desk, 1)
    by_network(center, desk)
    fold_dirty(center)
    refold_after_update(center)
    assert dirty(center) == 0
    center.database.write(lambda scope: scope.put(CENTER_META, {"name": "fold", "value": "0"}))
    refold_after_update(center)
    assert dirty(center) == 1
    fold_dirty(center)
    refold_after_update(center)
    assert dirty(center) == 0


def a_case(**fields: object) -> Case:
    """A case with a person whose name stands inside another's, and an organization."""
    parties = (
        party("王小", PartyKind.PERSON), party("王小明", PartyKind.PERSON), party("缙云某公司", PartyKind.ORGANIZATION),
        party("", PartyKind.PERSON), party("李", PartyKind.PERSON),
    )  # fmt: skip
    sound: dict[str, object] = {"title": "王小明诉缙云某公司，王小到场", "parties": parties}
    return Case(CaseId(CASE), kind="people_mediation", dispute_type="劳务", **sound | fields)  # type: ignore[arg-type]  # a table of fields


def party(name: str, kind: PartyKind) -> Party:
    """One of them."""
    return Party(PartyId(name), name, Side.APPLICANT, kind, name)


def test_a_list_shows_no_persons_name_and_every_organizations() -> None:
    told = listed(a_case())
    assert told["title"] == "王**诉缙云某公司，王*到场"
    assert told["parties"] == ["王*", "王**", "缙云某公司", "李"]
    assert told["names"] == ["王小明诉缙云某公司，王小到场", "王小", "王小明", "缙云某公司", "李"]
    many = listed(a_case(parties=tuple(party(f"赵{n}某", PartyKind.PERSON) for n in range(7))))
    assert (many["parties"], many["more"]) == (["赵**"] * 4, 3)


@pytest.mark.parametrize(
    ("text", "names", "wanted"),
    [
        ("欧阳娜娜来了", ["欧阳娜娜"], "欧阳**来了"), ("李", ["李"], "李"), ("", ["王五"], ""),
        ("张三与张三丰", ["张三", "张三丰"], "张*与张**"),
    ],
)  # fmt: skip
def test_names_are_masked_the_longest_first(text: str, names: list[str], wanted: str) -> None:
    assert veiled(text, names) == wanted


def test_what_stands_open_in_the_database_says_nothing_of_the_matter(center: Center) -> None:
    columns = plain_columns(a_case(accepted_on=date(2026, 3, 2)), (), center.today())
    assert columns == {
        "status": "registered", "accepted_on": "2026-03-02", "signed_on": "", "due": "", "due_rule": "", "conflicts": 0,
    }  # fmt: skip


def test_the_township_of_a_case_is_its_first_writers(center: Center) -> None:
    desk = a_laptop(Random(1), center, "desk-one")
    tell(desk, 1)
    by_network(center, desk)
    with center.database.reading() as scope:
        row = scope.one(select(CASE_ROW))
    assert row is not None
    assert (row.township, row.room) == (TOWNSHIP, center.places.short(TOWNSHIP))
