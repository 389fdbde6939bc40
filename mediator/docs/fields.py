"""What a form asks: every field with its printed label, its shape, and what the record already knows of it.

A value is what the clerk typed for this paper, else what the record knows, else a ruled gap. Typed values travel in
entries as plain text: a day as `2026-03-05`, a moment as `2026-03-05T09:30`, a sum in yuan as `3090.00`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from itertools import chain
from typing import Final

from mediator.core.dates import BEIJING, chinese_date, chinese_moment, parse_iso_day
from mediator.core.money import parse_yuan, printed
from mediator.core.records import Case, Rows, Value
from mediator.docs.facts import PaperFacts
from mediator.errors import Unacceptable

MAX_TEXT: Final = 20_000
MAX_ROWS: Final = 2_000
MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
ISO_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
DAY_COLUMNS: Final = ("日期", "时间", "期限", "满日")
Known = Callable[[Case, PaperFacts], Value]


class Shape(Enum):
    """How a field is typed and printed."""

    TEXT = "text"
    LINES = "lines"
    DAY = "day"
    MOMENT = "moment"
    MONEY = "money"
    CHOICE = "choice"
    ROWS = "rows"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form.

    `known` reads the record and answers printed text; `needed` stops the paper when there is no value, otherwise the
    form shows a ruled gap of `gap` characters. `choices` belong to CHOICE, `columns` to ROWS.
    """

    name: str
    label: str
    shape: Shape = Shape.TEXT
    known: Known | None = None
    needed: bool = False
    choices: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    gap: int = 8


@dataclass(frozen=True, slots=True)
class Filled:
    """The printed values of a form's fields; what is missing is empty."""

    values: Mapping[str, Value]

    def text(self, name: str) -> str:
        """Printed text of a field, empty when there is none."""
        value = self.values.get(name, "")
        return value if isinstance(value, str) else ""

    def rows(self, name: str) -> Rows:
        """Rows of a field, none when there are none."""
        value = self.values.get(name, ())
        return () if isinstance(value, str) else value


def filled(fields: Sequence[Field], case: Case, facts: PaperFacts) -> Filled:
    """Every field's printed value: typed for this paper, else known from the record."""
    return Filled({field.name: value_of(field, case, facts) for field in fields})


def value_of(field: Field, case: Case, facts: PaperFacts) -> Value:
    """One field's printed value; raises Unacceptable `field.value` for a typed one that does not fit its shape."""
    typed = facts.values.get(field.name, "")
    if typed:
        return as_printed(field, typed)
    if field.known is not None:
        return field.known(case, facts)
    return () if field.shape is Shape.ROWS else ""


def as_printed(field: Field, typed: Value) -> Value:
    """A typed value as paper shows it; raises Unacceptable `field.value` with the field's label."""
    if isinstance(typed, str) == (field.shape is Shape.ROWS):
        raise Unacceptable("field.value", where=field.label)
    try:
        return PRINTED[field.shape](field, typed)
    except Unacceptable:
        raise Unacceptable("field.value", where=field.label) from None


def line(_field: Field, typed: Value) -> Value:
    """Text as it stands, of a bounded length."""
    if len(typed) > MAX_TEXT:
        raise Unacceptable("field.value")
    return typed


def day(_field: Field, typed: Value) -> Value:
    """`2026年3月5日`."""
    return chinese_date(parse_iso_day(str(typed)))


def moment(_field: Field, typed: Value) -> Value:
    """`2026年3月5日9时30分`; a moment without an offset is Beijing time."""
    if not MOMENT.fullmatch(str(typed)):
        raise Unacceptable("date.form")
    try:
        return chinese_moment(datetime.fromisoformat(str(typed)).replace(tzinfo=BEIJING))
    except ValueError:
        raise Unacceptable("date.form") from None


def money(_field: Field, typed: Value) -> Value:
    """Figures and words."""
    return printed(parse_yuan(str(typed)))


def choice(field: Field, typed: Value) -> Value:
    """One of the form's own words."""
    if typed not in field.choices:
        raise Unacceptable("field.value")
    return typed


def table(field: Field, typed: Value) -> Value:
    """Rows as wide as the form's columns."""
    if len(typed) > MAX_ROWS or any(len(row) != len(field.columns) for row in typed):
        raise Unacceptable("field.value")
    return tuple(tuple(map(in_column, field.columns, row)) for row in typed)


def in_column(label: str, cell: str) -> str:
    """A cell as printed: a day typed as `2026-03-05` in a column of days is `2026年3月5日`."""
    if not (label.endswith(DAY_COLUMNS) and ISO_DAY.fullmatch(cell)):
        return cell
    return chinese_date(parse_iso_day(cell))


PRINTED: Final[Mapping[Shape, Callable[[Field, Value], Value]]] = {
    Shape.TEXT: line, Shape.LINES: line, Shape.DAY: day, Shape.MOMENT: moment, Shape.MONEY: money,
    Shape.CHOICE: choice, Shape.ROWS: table,
}  # fmt: skip


def unfilled(fields: Sequence[Field], values: Filled) -> Iterator[Field]:
    """Needed fields without a value."""
    return (field for field in fields if field.needed and not values.values.get(field.name))


def shown_values(fields: Sequence[Field], values: Filled) -> Iterator[tuple[str, str]]:
    """Field name and each printed text of it, line by line: what check C02 looks for on the finished paper."""
    for field in fields:
        for line in lines_in(values.values.get(field.name, "")):
            if line.strip():
                yield field.name, line.strip()


def lines_in(value: Value) -> Iterator[str]:
    """The lines of a text, or of every cell of a table."""
    cells = (value,) if isinstance(value, str) else chain.from_iterable(value)
    return chain.from_iterable(cell.split("\n") for cell in cells)
