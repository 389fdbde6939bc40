"""Many cases at the county out of a few: folded rows, facts, marks and sums under other ids, townships and months.

Pages read nothing else. Days move by whole months, so that the sums of a moved matter are its sums moved.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from random import Random
from typing import Any, Final

from sqlalchemy import Table, select, text

from mediator.core.calendar import months_later
from mediator.journal.facts import facts_from
from sync.center import figures, folding
from sync.center.county import Center
from sync.center.database import Scope
from sync.center.figures import ADDENDS
from sync.center.sums import Place, sums_of
from sync.center.tables import BLIND, CASE_ROW, FACT_ROW, SUM_ROW

UNDER_ORDER: Final = 20
MONTHS_BACK: Final = 6
DAY: Final = re.compile(rb"\d{4}-\d\d-\d\d")
DAYS: Final = ("accepted_on", "signed_on", "due", "asked_from", "first", "last")
IN_PLAIN: Final = {"case_row": ("folded", folding.place_of), "fact_row": ("body", figures.place_of)}
Row = dict[str, Any]
Sums = Counter[tuple[str, Place, str]]


def moved(day: bytes, back: int) -> bytes:
    """An ISO day so many months earlier; the day that stands for never stays."""
    found = date.fromisoformat(day.decode())
    return day if found.year > 9000 else months_later(found, -back).isoformat().encode()


class Copies:
    """The rows that a center holds now, open, to be repeated."""

    def __init__(self, center: Center) -> None:
        """Read everything once; townships are dealt out again and again in the same order."""
        self.center, self.random = center, Random(8)
        self.places = center.places.townships(center.county)
        with center.database.reading() as scope:
            self.rows = {each.name: self.opened(scope, each) for each in (CASE_ROW, FACT_ROW, BLIND)}
        self.cases = [row["case"] for row in self.rows["case_row"]]
        facts = {row["case"]: facts_from(row["body"]) for row in self.rows["fact_row"]}
        self.sums = {case: sums_of(each) for case, each in facts.items()}
        self.added = Sums()

    def opened(self, scope: Scope, table: Table) -> list[Row]:
        """Rows without their county, what is sealed in them opened."""
        rows = [{k: v for k, v in row._mapping.items() if k != "county"} for row in scope.rows(select(table))]
        if table.name in IN_PLAIN:
            column, place = IN_PLAIN[table.name]
            for row in rows:
                row[column] = self.center.cabinet.open(row[column], place=place(row["case"]))
        return rows

    def again(self, number: int) -> Iterator[tuple[Table, list[Row]]]:
        """Every case once more."""
        back, places = number % MONTHS_BACK, {case: self.random.choice(self.places) for case in self.cases}
        days: dict[bytes, bytes] = {}

        def day_of(found: re.Match[bytes]) -> bytes:
            return days.setdefault(found[0], moved(found[0], back))

        for table in (CASE_ROW, FACT_ROW, BLIND):
            yield table, [self.copied(row, table, number, places, day_of) for row in self.rows[table.name]]
        for case, place in places.items():
            self.count(case, place, back)

    def copied(
        self, row: Row, table: Table, number: int, places: dict[str, str], day_of: Callable[[re.Match[bytes]], bytes]
    ) -> Row:
        """One row under its new id."""
        case = f"ff{number:04x}{row['case'][6:]}"
        more: Row = {"case": case, "township": places[row["case"]]}
        more |= {name: DAY.sub(day_of, row[name].encode()).decode() for name in DAYS if name in row}
        if table.name in IN_PLAIN:
            column, place = IN_PLAIN[table.name]
            more[column] = self.center.cabinet.seal(DAY.sub(day_of, row[column]), place=place(case))
        if number > UNDER_ORDER and "attended" in row:
            more |= {"attended": 0}
        return row | more

    def count(self, case: str, township: str, back: int) -> None:
        """What a copy adds to the sums."""
        for at, told in self.sums.get(case, {}).items():
            since = moved(at.since.encode(), back).decode() if at.since else ""
            until = moved(f"{at.until}-01".encode(), back).decode()[:7] if at.until else ""
            month = moved(f"{at.month}-01".encode(), back).decode()[:7]
            for name, value in zip(ADDENDS, told, strict=True):
                self.added[township, Place(at.code, month, at.part, until, since), name] += value

    def sum_rows(self) -> list[Row]:
        """All that copies added."""
        found: dict[tuple[str, Place], list[int]] = {}
        for (township, at, name), value in self.added.items():
            found.setdefault((township, at), [0, 0, 0])[ADDENDS.index(name)] += value
        return [figures.sum_row(township, at, (a, b, c)) for (township, at), (a, b, c) in found.items()]


def repeated(center: Center, times: int) -> None:
    """Each case so many times in all."""
    copies = Copies(center)
    for number in range(1, times):
        for table, rows in copies.again(number):
            center.database.write(partial(add, table, rows))
    center.database.write(lambda scope: scope.add_up(SUM_ROW, copies.sum_rows()))
    with center.database.engine.begin() as connection:
        connection.execute(text("ANALYZE"))


def add(table: Table, rows: Sequence[Row], scope: Scope) -> None:
    """Into the table."""
    scope.add(table, rows)
