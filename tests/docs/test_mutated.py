"""One value of a record changed: the paper differs at that value and nowhere else."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, Final

import pytest

from mediator.core.records import Case, Value
from mediator.docs.catalogue import KINDS, kind_of
from mediator.docs.expected import expected
from mediator.docs.facts import PaperFacts
from mediator.docs.fields import Field, Shape
from mediator.docs.finished_word import WordFile
from mediator.docs.making import make
from mediator.docs.model import words
from tests.docs.papers import WRITTEN, a_case, fonts, some_facts

FEW, MANY = 40, 300
EXTRA: Final = "改"


@dataclass(frozen=True, slots=True)
class Change:
    """One changed value: where, and what was and is printed of it."""

    kind: str
    place: str
    case: Case
    facts: PaperFacts


def paragraphs(kind: str, case: Case, facts: PaperFacts) -> list[str]:
    """The DOCX text, paragraph by paragraph."""
    return WordFile(make(kind, case, facts, fonts=fonts(), formats=("docx",)).files["docx"]).paragraphs


def differing(before: list[str], after: list[str]) -> list[tuple[str, str]]:
    """Each stretch of characters that differs, with what stands there now; whole paragraphs stay apart."""
    one, other = "\n".join(before), "\n".join(after)
    codes = difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    return [(one[a:b], other[c:d]) for tag, a, b, c, d in codes if tag != "equal"]


def texts_at(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], object]]:
    """Every text, sum and day of a record with the way to it."""
    if isinstance(value, str | date) or type(value) is int:
        yield path, value
    elif isinstance(value, tuple):
        for place, each in enumerate(value):
            yield from texts_at(each, (*path, place))
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from texts_at(getattr(value, field.name), (*path, field.name))


def with_value(record: Any, path: tuple[str | int, ...], new: object) -> Any:
    """The record with one value changed."""
    if not path:
        return new
    head, *rest = path
    if isinstance(head, int):
        return (*record[:head], with_value(record[head], tuple(rest), new), *record[head + 1 :])
    return replace(record, **{head: with_value(getattr(record, head), tuple(rest), new)})


def changed(value: object) -> object:
    """Another value of the same shape."""
    if isinstance(value, datetime):
        return value + timedelta(minutes=7)
    if isinstance(value, date):
        return value + timedelta(days=1)
    if isinstance(value, int):
        return value + 1
    return f"{value}{EXTRA}"


# Keys and links between items, and what no paper of its own shows.
UNSEEN: Final = frozenset({"id", "ref", "digest", "no", "obligation", "payer_party", "payee_party", "acts_for", "note"})


def record_changes(kind: str) -> Iterator[Change]:
    """Each value of the record that this kind says it prints, changed."""
    case, facts = a_case(), some_facts(kind)
    before = set(expected(kind, case, facts))
    for path, value in texts_at(case):
        if path[-1] in UNSEEN or value == "":
            continue
        other = with_value(case, path, changed(value))
        if set(expected(kind, other, facts)) != before:
            yield Change(kind, ".".join(map(str, path)), other, facts)


def typed_changes(kind: str) -> Iterator[Change]:
    """Each typed value changed."""
    facts = some_facts(kind)
    for field in kind_of(kind).fields:
        old = facts.values.get(field.name)
        if old:
            values = {**facts.values, field.name: retyped(field, old)}
            yield Change(kind, field.name, a_case(), replace(facts, values=values))


def retyped(field: Field, old: Value) -> Value:
    """Another value that fits the field."""
    if not isinstance(old, str):
        return ((*old[0][:-1], f"{old[0][-1]}{EXTRA}"), *old[1:])
    if field.shape is Shape.CHOICE:
        return next(each for each in field.choices if each != old)
    others: dict[Shape, Callable[[], str]] = {
        Shape.DAY: lambda: "2031-12-28", Shape.MOMENT: lambda: "2031-12-28T17:45", Shape.MONEY: lambda: "7654321.09",
    }  # fmt: skip
    return others.get(field.shape, lambda: f"{old}{EXTRA}")()


def faults(change: Change) -> list[str]:
    """What is wrong: nothing differs, or something differs that is not the value's."""
    before, facts = paragraphs(change.kind, a_case(), some_facts(change.kind)), change.facts
    after = paragraphs(change.kind, change.case, facts)
    found = differing(before, after)
    at = f"{change.kind} {change.place}"
    if not found:
        return [f"{at}: nothing differs"]
    was = {text for _, text in expected(change.kind, a_case(), some_facts(change.kind))}
    now = {text for _, text in expected(change.kind, change.case, facts)}
    old, new = "".join(was - now), "".join(now - was)
    return [
        f"{at}: {a!r} -> {b!r}" for a, b in found if not (set(a) <= set(old) | LOOSE and set(b) <= set(new) | LOOSE)
    ]


# A sum in words and a day beside the changed one may come in other letters: what is still open of a payment, an age.
LOOSE: Final = frozenset("0123456789.,零壹贰叁肆伍陆柒捌玖拾佰仟万元角分整岁☑☐")


def every_change() -> list[Change]:
    """All of them, in an order drawn once."""
    found = [change for kind in KINDS for change in (*record_changes(kind), *typed_changes(kind))]
    Random(7).shuffle(found)
    return found


def test_one_changed_value_changes_the_paper_there_and_nowhere_else() -> None:
    assert [fault for change in every_change()[:FEW] for fault in faults(change)] == []


@pytest.mark.full
@pytest.mark.parametrize("portion", range(6))
def test_three_hundred_changed_values_change_the_paper_there_and_nowhere_else(portion: int) -> None:
    size = MANY // 6
    chosen = every_change()[portion * size : (portion + 1) * size]
    assert len(chosen) == size
    assert [fault for change in chosen for fault in faults(change)] == []


@pytest.mark.parametrize("kind", WRITTEN)
def test_whatever_of_the_record_changes_a_paper_is_looked_for_on_it(kind: str) -> None:
    facts, compose = some_facts(kind), kind_of(kind).compose
    before, looked_for = words(compose(a_case(), facts)), set(expected(kind, a_case(), facts))
    missed = []
    for path, value in texts_at(a_case()):
        other = with_value(a_case(), path, changed(value)) if path[-1] != "id" and value != "" else a_case()
        if set(expected(kind, other, facts)) == looked_for and words(compose(other, facts)) != before:
            missed.append(path)
    assert missed == []
