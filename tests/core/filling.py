"""Filled templates for tests: three parties, a sound value for every shape, any sound value for properties."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from mediator.core.clauses import Shape, Slot, Template
from mediator.core.codes import CaseKind, PartyKind, Side
from mediator.core.compiling import Compiled
from mediator.core.records import Agreement, Case, CaseId, Clause, ClauseId, ObligationId, Party, PartyId

SIDES = (Side.APPLICANT, Side.RESPONDENT, Side.THIRD_PARTY)
NAMES = ("吴某斌", "李芳", "周建国", "何小妹")
CLAUSE = ClauseId("0c" * 16)
SOUND: dict[Shape, object] = {
    Shape.MONEY: 1_000_000, Shape.DAY: "2026-05-01", Shape.DAYS: {"first": "2026-01-31", "count": 3}, Shape.COUNT: 15,
    Shape.ITEMS: [["医疗费", 300_000], ["误工费", 120_050]],
}  # fmt: skip
TEXTS = {
    "child": "吴小禾", "care": "每周至少看望一次", "goods": "稻谷五百公斤", "standard": "地面平整、雨水不积",
    "matter": "路边厕所", "except": "山林承包款另行结算", "cause": "在村民群里的不当发言",
    "line": "自东墙外沿起向南直至水渠",
}  # fmt: skip


def people(*names: str) -> tuple[Party, ...]:
    """Parties by name; the first is the applicant, the second the respondent, all others third parties."""
    return tuple(
        Party(PartyId(f"{place:032x}"), f"p{place}", SIDES[min(place, 3) - 1], PartyKind.PERSON, name)
        for place, name in enumerate(names, 1)
    )


def dealt(template: Template, parties: tuple[Party, ...]) -> dict[str, list[PartyId]]:
    """Parties for every slot that names some, nobody in two of them."""
    left, hands = [each.id for each in parties], {}
    for slot in template.slots:
        many = {Shape.PARTY: 1, Shape.PARTIES: 2, Shape.SHARES: 2}.get(slot.shape, 0)
        hands[slot.name], left = left[:many], left[many:]
    return hands


def sound(template: Template, parties: tuple[Party, ...], **changes: Any) -> dict[str, object]:
    """A filled template, texts as the library offers them, with changes."""
    hands = dealt(template, parties)

    def value(slot: Slot) -> object:
        if slot.shape is Shape.PARTY:
            return hands[slot.name][0]
        if slot.shape is Shape.PARTIES:
            return hands[slot.name]
        if slot.shape is Shape.SHARES:
            return [[who, 100_000 + place * 50] for place, who in enumerate(hands[slot.name])]
        return slot.usual or TEXTS[slot.name] if slot.shape is Shape.TEXT else SOUND[slot.shape]

    return {slot.name: value(slot) for slot in template.slots} | changes


def any_value(slot: Slot, hand: list[PartyId]) -> st.SearchStrategy[object]:
    """Any sound value of a slot; free texts hold no figures, for their sums are not the compiler's."""
    money, day = st.integers(1_000, 10**13), st.dates(date(1990, 1, 1), date(2090, 1, 1)).map(date.isoformat)
    words = st.text(st.characters(categories=["Lo"], include_characters="{}[]\\%$"), min_size=1, max_size=40)
    rising = st.lists(st.integers(1, 400), min_size=1, max_size=30).map(rising_days)
    plans = st.fixed_dictionaries({"first": day, "count": st.integers(1, 60), "months": st.integers(1, 12)})
    by_shape: dict[Shape, st.SearchStrategy[Any]] = {
        Shape.PARTY: st.just(hand[0] if hand else ""), Shape.PARTIES: st.just(hand), Shape.COUNT: st.integers(1, 999),
        Shape.MONEY: st.integers(1_000, 10**12), Shape.DAY: day, Shape.DAYS: rising | plans, Shape.TEXT: words,
        Shape.ITEMS: st.lists(st.tuples(words, money).map(list), min_size=1, max_size=8),
        Shape.SHARES: st.lists(money, min_size=len(hand), max_size=len(hand)).map(
            lambda sums: [[who, amount] for who, amount in zip(hand, sums, strict=True)]
        ),
    }  # fmt: skip
    return by_shape[slot.shape]


def rising_days(gaps: list[int]) -> list[str]:
    """Days that rise by these many days each."""
    days, now = [], date(2026, 1, 1)
    for gap in gaps:
        now += timedelta(days=gap)
        days.append(now.isoformat())
    return days


def any_filled(template: Template, parties: tuple[Party, ...]) -> st.SearchStrategy[dict[str, object]]:
    """Any sound way to fill a template in."""
    hands = dealt(template, parties)
    return st.fixed_dictionaries({slot.name: any_value(slot, hands[slot.name]) for slot in template.slots})


def as_case(template: Template, slots: dict[str, object], made: Compiled, parties: tuple[Party, ...]) -> Case:
    """A case whose agreement is one clause of the library with what it makes owed."""
    rows = [(ObligationId(f"{place:032x}"), each) for place, each in enumerate(made.obligations)]
    owed = tuple(replace(each, id=key, clause=CLAUSE) for key, each in rows)
    clause = Clause(CLAUSE, made.text, template=template.id, slots=slots)
    return Case(
        CaseId("ab" * 16), CaseKind.PEOPLE_MEDIATION, "", "contract", parties=parties,
        agreement=Agreement(clauses=(clause,), obligations=owed),
    )  # fmt: skip
