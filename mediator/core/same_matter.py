"""Is this the same matter? By who is in it, where, when, and what is told (F89); a person decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from mediator.core.amounts import sums_in
from mediator.core.codes import Side
from mediator.core.kin import Sketch, pairs_of
from mediator.core.likeness import NAMESAKE, Person, Point, Score, compare, scored

STAKE: Final = frozenset({Side.APPLICANT, Side.RESPONDENT, Side.THIRD_PARTY, Side.SUBJECT})
BOTH, ALONE, ONE, STRANGERS = 42, 32, 20, -15
ENOUGH: Final = 12
TELLING: Final = 10_000


@dataclass(frozen=True, slots=True)
class Matter:
    """A case as it is compared: its people and its sketch; `case` is empty for one that is being typed."""

    people: tuple[Person, ...]
    sketch: Sketch
    case: str = ""


def compare_matters(one: Matter, other: Matter) -> Score:
    """How likely two cases are about one matter."""
    points = [*about_people(one, other), *about_record(one.sketch, other.sketch), *about_text(one.sketch, other.sketch)]
    return scored(points, sum(point.points for point in points))


def stakes(matter: Matter) -> list[Person]:
    """Those whose matter it is; agents and witnesses come in many."""
    return [person for person in matter.people if person.side in STAKE]


def about_people(one: Matter, other: Matter) -> Iterator[Point]:
    """How many of the parties are the same, on whichever side they stand."""
    mine, theirs = stakes(one), stakes(other)
    if mine and theirs:
        yield of_met(met_in(mine, theirs), fewer=min(len(mine), len(theirs)))


def met_in(mine: Sequence[Person], theirs: Sequence[Person]) -> int:
    """How many of these are found among those, each of whom is found once."""
    left, met = list(theirs), 0
    for person in mine:
        best = max(left, key=lambda each: compare(person, each).value, default=None)
        if best is not None and compare(person, best).value >= NAMESAKE:
            left.remove(best)
            met += 1
    return met


def of_met(met: int, *, fewer: int) -> Point:
    """What so many parties in common say, of matters of which the smaller has `fewer` parties."""
    if not met:
        return Point(STRANGERS, "当事人都不相同")
    if met >= 2:
        return Point(BOTH, "双方当事人相同")
    return Point(ALONE, "当事人相同") if fewer == 1 else Point(ONE, "有一方当事人相同")


def about_record(one: Sketch, other: Sketch) -> Iterator[Point]:
    """The sender's number, type, place and time."""
    yield of_words(one.source_ref, other.source_ref, Point(70, "来件编号相同"), Point(0, ""))
    yield of_words(one.dispute_type, other.dispute_type, Point(8, "纠纷类型相同"), Point(-5, "纠纷类型不同"))
    yield of_words(one.place, other.place, Point(8, "在同一个村（社区）"), Point(-10, "不在同一个村（社区）"))
    if one.on and other.on:
        yield of_days(abs((date.fromisoformat(one.on) - date.fromisoformat(other.on)).days))


def of_words(one: str, other: str, same: Point, unlike: Point) -> Point:
    """What two words say of it; nothing while one of them is not known."""
    if not one or not other:
        return Point(0, "")
    return same if one == other else unlike


def of_days(apart: int) -> Point:
    """Days between two registrations."""
    if apart <= 15:
        return Point(12, "登记时间相近" if apart else "同一天登记")
    if apart <= 90:
        return Point(6, "登记时间相距三个月以内")
    return Point(0, "") if apart <= 365 else Point(-15, "登记时间相距一年以上")


def about_text(one: Sketch, other: Sketch) -> Iterator[Point]:
    """How much of the shorter story stands in the longer one, and whether they name one sum of 100 yuan or more."""
    mine, theirs = frozenset(pairs_of(one.text)), frozenset(pairs_of(other.text))
    if min(len(mine), len(theirs)) >= ENOUGH:
        yield of_share(len(mine & theirs) / min(len(mine), len(theirs)))
    money = {each.amount for each in sums_in(one.text)} & {each.amount for each in sums_in(other.text)}
    if any(amount >= TELLING for amount in money):
        yield Point(8, "提到同一笔金额")


def of_share(share: float) -> Point:
    """Points for the share of common words."""
    for least, points, reason in SHARES:
        if share >= least:
            return Point(points, reason)
    return Point(-25, "所述事实不同")


SHARES: Final = (
    (0.6, 32, "所述事实几乎相同"), (0.35, 24, "所述事实大部分相同"), (0.2, 12, "所述事实有相同之处"), (0.12, 0, ""),
    (0.06, -12, "所述事实很少相同"),
)  # fmt: skip
