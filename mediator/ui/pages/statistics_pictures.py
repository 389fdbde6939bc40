"""Which charts a report draws: counts by kind of dispute, months beside each other, sums as a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from mediator.core.charts import Chart, Series, lines, lying, standing
from mediator.core.indicators import Row
from mediator.core.tabled import Cell, Report, Tabled
from mediator.ui.words import say

HIGH: Final = 220.0
WHOLE: Final = "合计"
GROUPS: Final = ("纠纷类型", "分类", "状态", "结果", "列入原因", "结论")
MOST: Final = 12
Rows = tuple[Sequence[Row], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart for any width; `rows[series][label]` are the matters behind a shape, `labels` name lying bars."""

    title: str
    make: Callable[[float], Chart]
    rows: tuple[Rows, ...]
    labels: tuple[str, ...] = ()


def pictures(report: Report) -> tuple[Picture, ...]:
    """The charts of a report, none where nothing was counted."""
    return tuple(each for each in drawn(report) if any(cell for series in each.rows for cell in series))


def drawn(report: Report) -> Iterator[Picture]:
    """Every chart that its tables allow."""
    for table in report.tables:
        heads = [column.name for column in table.columns]
        if heads[0] == "月份":
            yield from by_month(table, heads)
        elif heads[0] == "纠纷类型":
            yield by_type(table)
            if "当事人申请" in heads:
                yield by_origin(table)
        elif heads[0] == "序号":
            yield from by_group(table, heads)


def bars(title: str, pairs: Sequence[tuple[str, Sequence[Row]]]) -> Picture:
    """Lying bars, the longest first; what has none is left out."""
    found = sorted((pair for pair in pairs if pair[1]), key=lambda pair: -len(pair[1]))[:MOST]
    labels, rows = tuple(name for name, _ in found), tuple(behind for _, behind in found)
    values = [len(behind) for behind in rows]
    return Picture(title, lambda width: lying(title, labels, values, width=width), (rows,), labels)


def by_type(table: Tabled) -> Picture:
    """What was accepted, by kind of dispute."""
    pairs = [(row[0].words, row[1].rows) for row in table.rows if row[0].words != WHOLE]
    return bars(say("statistics.by_type"), pairs)


def by_origin(table: Tabled) -> Picture:
    """What was accepted, by who sent it; parts of 委托移送 stand in it already."""
    heads = [column.name for column in table.columns]
    pairs = [(name, cell.rows) for name, cell in zip(heads, table.rows[-1], strict=True)]
    return bars(say("statistics.by_origin"), [pair for pair in pairs[2:] if not pair[0].startswith("其中")])


def by_month(table: Tabled, heads: Sequence[str]) -> Iterator[Picture]:
    """Accepted and agreed beside each other, then the sums as a line."""
    months = [row for row in table.rows if row[0].words != WHOLE]
    labels = tuple(row[0].words.partition("年")[2] for row in months)
    counts = [place for place, name in enumerate(heads) if name in {"受理件数（件）", "调解成功件数（件）"}]
    series = [Series(heads[at].removesuffix("（件）"), tuple(len(row[at].rows) for row in months)) for at in counts]
    rows = tuple(tuple(row[at].rows for row in months) for at in counts)
    title = say("statistics.by_month")
    yield Picture(title, lambda width: standing(title, labels, series, (width, HIGH)), rows)
    if "协议金额（元）" in heads:
        yield sums(labels, [row[heads.index("协议金额（元）")] for row in months])


def sums(labels: Sequence[str], cells: Sequence[Cell]) -> Picture:
    """Money of each month in whole yuan, as one line."""
    title, values = say("statistics.by_sum"), tuple(yuan(cell.words) for cell in cells)
    line = [Series(say("statistics.sum"), values)]
    return Picture(title, lambda width: lines(title, labels, line, (width, HIGH)), (tuple(c.rows for c in cells),))


def yuan(words: str) -> int:
    """Whole yuan of `1,234.50`; nothing for what is no sum."""
    try:
        return int(Decimal(words.replace(",", "")))
    except InvalidOperation:
        return 0


def by_group(table: Tabled, heads: Sequence[str]) -> Iterator[Picture]:
    """Lines of a ledger by the first of its columns that sorts them."""
    for name in (each for each in GROUPS if each in heads):
        place = heads.index(name)
        groups = Counter(row[place].words for row in table.rows)
        pairs = [
            (words, tuple(hit for row in table.rows if row[place].words == words for hit in row[0].rows))
            for words in groups
        ]
        yield bars(say("statistics.by_column", column=name), pairs)
        return
