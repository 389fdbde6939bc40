"""Search by equality without opening a sealed row (sync-design 13): names, numbers, telephones, papers, as keyed marks.

A mark tells nobody without the county's key what it stands for, and the same text under another field has another one;
a thief learns alone which cases share something. The fold writes them, so that an erasure or a correction takes its own
with it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Final

from sqlalchemy import and_, delete, or_, select

from mediator.core.records import Case
from mediator.journal.entry import StreamId
from sync.center.county import Cabinet, Center
from sync.center.database import Scope
from sync.center.tables import BLIND

MARK: Final = 16  # bytes of a mark: among 10^6 texts of a county no two share one by chance
MOST: Final = 5_000
LEAST_DIGITS: Final = 3
CHINA: Final = re.compile(r"(?:00|\+)?86(?=1\d{10}$)")
SPACES: Final = re.compile(r"\s+")
YEAR: Final = re.compile(r"^\(\d{4}\)")
SERIAL: Final = re.compile(rf"\d{{{LEAST_DIGITS},}}(?=\D*$)")


class Field(StrEnum):
    """What a mark was made of."""

    NAME = "name"
    NUMBER = "number"
    PHONE = "phone"
    PAPER = "paper"


def same_width(text: str) -> str:
    """Text to compare: full-width forms as half-width ones, letters small, no blanks."""
    return SPACES.sub("", unicodedata.normalize("NFKC", text).casefold())


def of_number(text: str) -> Iterator[str]:
    """What a printed number is looked for by: the whole, the part after the year, the running number alone."""
    whole = same_width(text)
    yield whole
    yield YEAR.sub("", whole)
    if found := SERIAL.search(whole):
        yield found[0]


def of_phone(text: str) -> Iterator[str]:
    """Its digits, without the country's code."""
    dialled = CHINA.sub("", re.sub(r"[^\d+]", "", same_width(text)))
    if len(dialled) >= LEAST_DIGITS:
        yield dialled


def told(case: Case) -> Iterator[tuple[Field, str]]:
    """Everything that a case is found by."""
    yield from ((Field.NUMBER, each) for each in of_number(case.number))
    for party in case.parties:
        yield Field.NAME, same_width(party.name)
        yield Field.PAPER, same_width(party.id_number)
        yield from ((Field.PHONE, each) for each in of_phone(party.phone))


def asked(text: str) -> Iterator[tuple[Field, str]]:
    """Everything that a typed text may stand for."""
    plain = same_width(text)
    yield from ((each, plain) for each in (Field.NAME, Field.NUMBER, Field.PAPER))
    yield from ((Field.PHONE, each) for each in of_phone(text))


def marks(cabinet: Cabinet, found: Iterable[tuple[Field, str]]) -> set[tuple[str, str]]:
    """Field and mark of each text that says something."""
    return {(each.value, cabinet.mark(f"{each.value}/{text}".encode())[:MARK].hex()) for each, text in found if text}


def marks_of(center: Center, case: Case) -> set[tuple[str, str]]:
    """The marks of a folded case."""
    return marks(center.cabinet, told(case))


def keep_marks(center: Center, scope: Scope, case: Case, *, township: str) -> None:
    """The marks of a case that was folded now; those that stand already are left alone."""
    wanted = marks_of(center, case)
    held = held_marks(scope, StreamId(case.id))
    for field, mark in held - wanted:
        gone = (BLIND.c.field == field, BLIND.c.mark == mark, BLIND.c.case == case.id)
        scope.change(delete(BLIND).where(*gone))
    fresh = sorted(wanted - held)
    scope.add(BLIND, [{"field": f, "mark": m, "case": case.id, "township": township} for f, m in fresh])


def held_marks(scope: Scope, case: StreamId) -> set[tuple[str, str]]:
    """What stands in the index for a case."""
    return {(row.field, row.mark) for row in scope.rows(select(BLIND).where(BLIND.c.case == case))}


def cases_by(center: Center, scope: Scope, text: str) -> list[str]:
    """The cases that a text names exactly, at most MOST of them."""
    wanted = sorted(marks(center.cabinet, asked(text)))
    if not wanted:
        return []
    each = (and_(BLIND.c.field == field, BLIND.c.mark == mark) for field, mark in wanted)
    return [row.case for row in scope.rows(select(BLIND.c.case).where(or_(*each)).distinct().limit(MOST))]
