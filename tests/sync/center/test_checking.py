"""Whatever is changed behind the county's back is found by its check, and named (T64)."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from sqlalchemy import delete, update

from sync.center.checking import check, holes
from sync.center.county import Center
from sync.center.folding import fold_dirty
from sync.center.tables import CASE_ROW, DESK, ENTRY, WITHHELD
from tests.sync.center.test_exchange import CASE, by_network, tell
from tests.sync.world import Desk, a_laptop


@pytest.fixture
def desk(center: Center) -> Desk:
    """Five entries, the fourth of them withheld, all folded."""
    made = a_laptop(Random(1), center, "desk-one")
    tell(made, 2)
    made.writer.write(CASE, "note.private", {"text": "只给自己看"})  # type: ignore[arg-type]  # a stream's id
    tell(made, 1)
    by_network(center, made)
    fold_dirty(center)
    assert check(center).findings == ()
    return made


def entry(desk: Desk, n: int) -> Any:
    """The row of an entry."""
    return update(ENTRY).where(ENTRY.c.desk == desk.id, ENTRY.c.n == n)


def tampered(desk: Desk, name: str) -> Any:
    """What an operator with the database open may do."""
    mine, case = update(DESK).where(DESK.c.desk == desk.id), update(CASE_ROW).where(CASE_ROW.c.case == CASE)
    return {
        "signature": entry(desk, 2).values(sig=b"\0" * 64),
        "head": entry(desk, 2).values(head=b"{}"),
        "body": entry(desk, 2).values(sealed=b"\0" * 80),
        "body emptied": entry(desk, 2).values(sealed=None),
        "hash": entry(desk, 2).values(hash="0" * 64),
        "deleted": delete(ENTRY).where(ENTRY.c.desk == desk.id, ENTRY.c.n == 2),
        "last deleted": delete(ENTRY).where(ENTRY.c.desk == desk.id, ENTRY.c.n == 5),
        "withheld deleted": delete(WITHHELD).where(WITHHELD.c.desk == desk.id),
        "withheld hash": update(WITHHELD).where(WITHHELD.c.desk == desk.id).values(hash="0" * 64),
        "head of the chain": mine.values(head_hash="0" * 64),
        "head moved": mine.values(head_n=9),
        "key": mine.values(sign="0" * 64),
        "no key": mine.values(sign=""),
        "status": case.values(status="closed"),
        "due": case.values(due="2099-01-01"),
        "conflicts": case.values(conflicts=7),
        "folded": case.values(folded=b"\0" * 40),
    }[name]  # fmt: skip


FOUND = {
    "signature": {"entry.signature {d}:2"},
    "body emptied": {"entry.erased {d}:2"},
    "hash": {"entry.chain {d}:3"},
    "deleted": {"entry.missing {d}:2", "case.row case {c}"},
    "last deleted": {"entry.missing {d}:5"},
    "withheld deleted": {"entry.missing {d}:4"},
    "withheld hash": {"entry.chain {d}:5"},
    "head of the chain": {"desk.head {d}:5"},
    "head moved": {"entry.missing {d}:6"},
    "status": {"case.row case {c}"}, "due": {"case.row case {c}"}, "conflicts": {"case.row case {c}"},
    "folded": {"column.sealed case {c}"},
}  # fmt: skip


@pytest.mark.threat("T64")
@pytest.mark.parametrize("name", sorted(FOUND))
def test_a_change_behind_its_back_is_found_and_named(center: Center, desk: Desk, name: str) -> None:
    assert center.database.write(lambda scope: scope.change(tampered(desk, name))) == 1
    assert set(check(center).findings) == {each.format(d=desk.id, c=CASE) for each in FOUND[name]}


@pytest.mark.threat("T64")
@pytest.mark.parametrize("name", ["head", "body", "key", "no key"])
def test_an_entry_that_cannot_be_believed_is_named_by_desk_and_number(center: Center, desk: Desk, name: str) -> None:
    center.database.write(lambda scope: scope.change(tampered(desk, name)))
    findings = check(center).findings
    wanted = (1, 2, 3, 5) if "key" in name else (2,)
    named = {each.partition(" ")[2] for each in findings if not each.startswith("case.")}
    assert {f"{desk.id}:{n}" for n in wanted} <= named
    assert not any("第" in each for each in findings), "never what was written"


@pytest.mark.parametrize(
    ("spans", "top", "wanted"),
    [
        ([], 0, []), ([], 3, [1]), ([(1, 3)], 3, []), ([(2, 3)], 3, [1]), ([(1, 1), (3, 3), (5, 5)], 5, [2, 4]),
        ([(1, 5), (2, 3)], 5, []), ([(1, 2)], 9, [3]), ([(1, 2), (9, 9)], 2, []), ([(4, 9)], 3, [1]),
        ([(1, 10**15)], 5, []),
    ],
)  # fmt: skip
def test_holes_are_where_no_span_reaches(spans: list[tuple[int, int]], top: int, wanted: list[int]) -> None:
    assert list(holes(spans, top=top)) == wanted


def test_a_case_that_waits_to_be_folded_is_no_finding(center: Center, desk: Desk) -> None:
    tell(desk, 1)
    by_network(center, desk)
    assert check(center).findings == ()
    assert check(center).cases == 1
