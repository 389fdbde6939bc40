"""统计 at the county: the rooms' reports over its facts, of all townships or of one; each figure has its list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from mediator.core import charts
from mediator.core.charts import Chart, Series
from mediator.core.counting import Held, Matters
from mediator.core.facts import CaseFacts
from mediator.core.indicators import Row, indicators
from mediator.core.ledgers import Name, Names
from mediator.core.reporting import LEDGERS, STATISTICS, Kind, counted, scores
from mediator.core.spans import Span
from mediator.core.statistics import MONTHLY, asked
from mediator.core.tabled import Cell, Report, Tabled, columns, figured
from mediator.errors import MediatorError, Unacceptable
from sync.center import figures
from sync.center.county import Center
from sync.center.database import chunks
from sync.center.heard import heard_places
from sync.center.published import tables_of
from sync.center.reading import CaseLine, line_of, told_in
from sync.center.summed import BY_KIND, by_township, summed, whole
from sync.center.sums import PARTED
from sync.center.tables import CASE_ROW

PLACES: Final = "分乡镇情况"
WIDE: Final = 560.0
HIGH: Final = 200.0
MOST_BARS: Final = 12
WHOLE: Final = "合计"
MINISTRY: Final = "mediation_statistics"


@dataclass(frozen=True, slots=True)
class Behind:
    """One line behind a figure: its row, and what a list shows of the case."""

    row: Row
    line: CaseLine


def report(center: Center, kind: Kind, span: Span, *, township: str = "") -> Report:
    """The report of a township, or of the county with its townships beside each other."""
    if kind.id in STATISTICS and whole(span):
        return of_sums(center, kind, span, township=township)
    placed = figures.placed(center, span, township=township)

    def ask(asked: Span) -> Sequence[CaseFacts]:
        return [f for _, f in placed] if asked == span else figures.facts(center, asked, township=township)

    made = counted(kind, span, ask, lambda cases: names_of(center, cases), tables_of(center).indices)
    if township or kind.id in LEDGERS:
        return made
    groups: dict[str, list[CaseFacts]] = {}
    for place, facts in placed:
        groups.setdefault(place, []).append(facts)
    places = {code: Held(held) for code, held in groups.items()}
    return with_places(made, by_place(center, places, Held(facts for _, facts in placed), span))


def of_sums(center: Center, kind: Kind, span: Span, *, township: str) -> Report:
    """The same of whole months, added up out of kept sums."""
    columns = PARTED if kind.id == MINISTRY else BY_KIND
    matters = summed(center, span, township=township, by_kinds=columns)
    tables = (*STATISTICS[kind.id](matters, span), *scores(kind, matters, span, tables_of(center).indices))
    made = Report(kind.id, kind.title, span, tables)
    if township:
        return made
    return with_places(made, by_place(center, by_township(center, span), matters, span))


def with_places(made: Report, places: Tabled) -> Report:
    """The townships beside each other, behind the first table."""
    return Report(made.kind, made.title, made.span, (made.tables[0], places, *made.tables[1:]))


def by_place(center: Center, places: Mapping[str, Matters], county: Matters, span: Span) -> Tabled:
    """Townships by the indicators that months are told by, and the county below; one without a matter keeps its row."""
    named = [indicators()[code] for code in MONTHLY]
    heads = columns(("乡镇", 16), *((f"{each.name}（{each.unit}）", 14, True) for each in named))
    codes = sorted({*center.townships(), *places})
    rows = [(center.places.name(code), places.get(code, Held(()))) for code in codes]
    told = (
        (Cell(name), *(figured(asked(matters, code, span)) for code in MONTHLY))
        for name, matters in (*rows, (WHOLE, county))
    )
    return Tabled(PLACES, heads, tuple(told), note="合计中的比率按全县计算，不是各乡镇的平均。")


def names_of(center: Center, cases: Sequence[str]) -> Names:
    """What lists show of these cases, names of persons masked; of a row that was changed nothing."""
    found: dict[str, Name] = {}
    with center.database.reading() as scope:
        for part in chunks(cases):
            for row in scope.rows(select(CASE_ROW.c.case, CASE_ROW.c.folded).where(CASE_ROW.c.case.in_(part))):
                try:
                    told = told_in(center, row)
                except MediatorError:
                    continue
                parties = "、".join(told.get("parties", ()))
                found[row.case] = Name(told.get("number", ""), told.get("title", ""), parties, told.get("mediator", ""))
    return found


def cell_of(made: Report, place: str) -> tuple[str, tuple[Row, ...]]:
    """Name and rows of the cell `table-line-column`; raises Unacceptable `figure.unknown`."""
    parts = place.split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 6 for part in parts):
        raise Unacceptable("figure.unknown")
    number, line, column = map(int, parts)
    try:
        table = made.tables[number]
        cell = table.rows[line][column]
    except IndexError:
        raise Unacceptable("figure.unknown") from None
    names = [each.words for each, head in zip(table.rows[line], table.columns, strict=True) if not head.figure]
    return f"{named(table, names)} · {table.columns[column].name}", tuple(cell.rows)


def named(table: Tabled, names: Sequence[str]) -> str:
    """The words before a figure; of the main table the indicator without its group."""
    return names[1] if table.columns[0].name == "类别" else names[0]


def behind(center: Center, rows: Sequence[Row]) -> tuple[Behind, ...]:
    """The list behind a figure, exactly one line for each of its rows, in their order."""
    known: dict[str, CaseLine] = {}
    with center.database.reading() as scope:
        heard = heard_places(center, scope)
        for part in chunks(sorted({row.case for row in rows})):
            held = scope.rows(select(CASE_ROW).where(CASE_ROW.c.case.in_(part)))
            known |= {row.case: line_of(center, row, heard) for row in held}
    return tuple(Behind(row, known[row.case]) for row in rows)


def pictures(made: Report) -> tuple[Chart, ...]:
    """The charts of a report: months beside each other, townships and kinds of dispute as bars; none of nothing."""
    found = []
    for table in made.tables:
        head = table.columns[0].name
        if head == "月份":
            found.append(months(table))
        elif head in ("乡镇", "纠纷类型"):
            found.append(bars(table))
    return tuple(each for each in found if each.bars and any(bar.width * bar.height for bar in each.bars))


def months(table: Tabled) -> Chart:
    """Accepted, concluded and agreed, month by month."""
    rows = [row for row in table.rows if row[0].words != WHOLE]
    labels = [row[0].words.partition("年")[2] for row in rows]
    series = [
        Series(head.name.partition("（")[0], tuple(len(row[place].rows) for row in rows))
        for place, head in enumerate(table.columns)
        if head.name in ("受理件数（件）", "调解成功件数（件）")
    ]
    return charts.standing(table.title, labels, series, (WIDE, HIGH))


def bars(table: Tabled) -> Chart:
    """What was accepted, the most first; who has none is left out."""
    pairs = [(row[0].words, len(row[1].rows)) for row in table.rows if row[0].words != WHOLE and row[1].rows]
    pairs = sorted(pairs, key=lambda pair: -pair[1])[:MOST_BARS]
    title = f"{table.title}：受理"
    return charts.lying(title, [name for name, _ in pairs], [count for _, count in pairs], width=WIDE)
