"""Statistics of a span: named indicators beside last year's, months, kinds of dispute, the ministry's monthly form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from mediator.core.codes import CameBy, Difficulty, DisputeType, Result
from mediator.core.counting import Matters
from mediator.core.facts import CaseFacts
from mediator.core.indicators import Figure, Indicator, Row, indicators
from mediator.core.judges import JUDGES, Judge, Seen, Test, always, concluded, matter
from mediator.core.spans import Span, months_of
from mediator.core.tabled import Cell, Tabled, columns, counted, figured

MONTHLY: Final = ("accepted", "concluded", "agreed", "success_rate", "amount", "performance_rate")
ENTRUSTED: Final = frozenset(
    {CameBy.COURT, CameBy.POLICE, CameBy.PROCURATORATE, CameBy.PETITION_OFFICE, CameBy.HOTLINE, CameBy.ENTRUSTED}
)  # fmt: skip
FEW: Final = "基数不足5"
MATTERS: Final = "人民调解、和解案件"


@dataclass(frozen=True, slots=True)
class Counted:
    """A column of the ministry's form: its head, what it counts, in words, and the day that places it."""

    name: str
    judge: Judge
    formula: str
    day: str = "受理日期"
    shape: str = "count"


def of_mediation(judge: Judge, test: Test = always) -> Judge:
    """The same, of people's mediation and settlements alone."""

    def judged(facts: CaseFacts, span: Span) -> Iterator[Seen]:
        if facts.mediated and test(facts):
            yield from judge(facts, span)

    return judged


def ended(results: frozenset[Result]) -> Judge:
    """Mediations that came to one of these in the span."""
    return of_mediation(matter(concluded, lambda f: f.result in results, always))


def accepted(test: Test) -> Judge:
    """Of what was accepted in the span."""
    return of_mediation(JUDGES["accepted"], test)


ACCEPTED: Final = Counted("受理", accepted(always), f"本期受理的{MATTERS}")
RESULTS: Final = (
    ACCEPTED,
    *(
        Counted(name, ended(frozenset(results)), f"本期结果为“{name}”的{MATTERS}", "办结日期")
        for name, results in (
            ("调解成功", {Result.AGREED}),
            ("调解不成", {Result.NOT_AGREED}),
            ("撤回", {Result.WITHDRAWN}),
            ("终止", {Result.TERMINATED}),
            ("不予受理或移送", {Result.REFUSED, Result.TRANSFERRED}),
        )
    ),
    Counted("期末在办", of_mediation(JUDGES["pending"]), f"期末以前登记、到期末还没有结果的{MATTERS}", "期末"),
)
ORIGINS: Final = (
    ACCEPTED,
    *(
        Counted(name, accepted(test), f"本期受理的{MATTERS}中，来源为“{name.removeprefix('其中')}”的")
        for name, test in (
            ("当事人申请", lambda f: f.came is CameBy.APPLIED),
            ("主动调解", lambda f: f.came is CameBy.PROACTIVE),
            ("委托移送", lambda f: f.came in ENTRUSTED),
            ("其中法院", lambda f: f.came is CameBy.COURT),
            ("其中公安", lambda f: f.came is CameBy.POLICE),
            ("其中信访", lambda f: f.came is CameBy.PETITION_OFFICE),
            ("其中12345", lambda f: f.came is CameBy.HOTLINE),
            ("其他来源", lambda f: f.came is CameBy.OTHER),
        )
    ),
)
AGREEMENTS: Final = (
    *(
        Counted(name, accepted(test), f"本期受理的{MATTERS}中，难易为“{name}”的")
        for name, test in (
            ("简易", lambda f: f.difficulty is Difficulty.SIMPLE),
            ("一般", lambda f: f.difficulty is Difficulty.ORDINARY),
            ("疑难复杂", lambda f: f.difficulty is Difficulty.HARD),
            ("难易未定", lambda f: f.difficulty is Difficulty.UNSTATED),
        )
    ),
    *(
        Counted(name, of_mediation(JUDGES[code]), indicators()[code].formula, indicators()[code].day, shape)
        for name, code, shape in (
            ("书面协议", "written", "count"),
            ("口头协议", "oral", "count"),
            ("协议金额（元）", "amount", "money"),
            ("已履行", "performed", "count"),
            ("司法确认", "confirmed", "count"),
        )
    ),
)


def compared(matters: Matters, span: Span) -> Tabled:
    """Every indicator beside the same span of last year; `matters` are what both spans are about."""
    pairs = ((asked(matters, code, span), asked(matters, code, span.year_before)) for code in indicators())
    rows = tuple(
        (
            Cell(now.indicator.group), Cell(now.indicator.name), Cell(now.indicator.unit), figured(now), figured(then),
            Cell(difference(now, then)), Cell(growth(now, then)),
            Cell(FEW if now.indicator.shape == "rate" and now.small else ""),
        )
        for now, then in pairs
    )  # fmt: skip
    heads = columns(
        ("类别", 10), ("指标", 22), ("单位", 7), ("本期", 15, True), ("上年同期", 15, True), ("增减", 13, True),
        ("增减幅度", 10, True), ("备注", 11),
    )  # fmt: skip
    return Tabled("主要指标", heads, rows)


def asked(matters: Matters, code: str, span: Span) -> Figure:
    """One indicator over these matters; raises KeyError for a code that is none."""
    return matters.figure(indicators()[code], JUDGES[code], span)


def difference(now: Figure, then: Figure) -> str:
    """`+3`, `-1.2个百分点`, `+500.00`; a dash where one of two shares has nothing to divide."""
    if now.indicator.shape == "rate":
        return "—" if now.rate is None or then.rate is None else f"{tenths(now.rate - then.rate)}个百分点"
    step = now.total - then.total
    return f"{sign(step)}{abs(step) // 100:,}.{abs(step) % 100:02d}" if now.indicator.shape == "money" else whole(step)


def growth(now: Figure, then: Figure) -> str:
    """`+25.0%` of last year's, half rounded up; a dash for shares and from nothing."""
    if now.indicator.shape == "rate" or not then.total:
        return "—"
    step = now.total - then.total
    share = (2000 * abs(step) + then.total) // (2 * then.total)
    return f"{tenths(share if step >= 0 else -share)}%"


def whole(step: int) -> str:
    """`+3`, `-1,200`, `0`."""
    return f"{sign(step)}{abs(step):,}"


def tenths(value: int) -> str:
    """`+1.2` of 12."""
    return f"{sign(value)}{abs(value) // 10}.{abs(value) % 10}"


def sign(value: int) -> str:
    """A plus as well as a minus, so that nobody has to ask which way; none for nothing."""
    return "-" if value < 0 else "+" if value else ""


def by_month(matters: Matters, span: Span) -> Tabled:
    """The months of the span, each cut to it, and the whole."""
    named = [indicators()[code] for code in MONTHLY]
    heads = columns(("月份", 16), *((f"{each.name}（{each.unit}）", 14, True) for each in named))
    parts = [(f"{part.first.year}年{part.first.month}月", part) for part in months_of(span)]
    rows = (
        (Cell(name), *(figured(asked(matters, code, part)) for code in MONTHLY))
        for name, part in (*parts, ("合计", span))
    )
    return Tabled("分月情况", heads, tuple(rows), note="合计中的比率按全期计算，不是各月的平均。")


def crossed(title: str, matters: Matters, span: Span, wanted: Sequence[Counted]) -> Tabled:
    """Kinds of dispute by columns, and the whole below; a kind without a matter keeps its row."""
    narrow = 84 // len(wanted)
    heads = columns(("纠纷类型", 16), *((each.name, narrow, True) for each in wanted))
    groups = [(kind.term, matters.of_dispute(kind)) for kind in DisputeType]
    rows = (
        (Cell(name), *(figured(held.figure(named(each), each.judge, span)) for each in wanted))
        for name, held in (*groups, ("合计", matters))
    )
    return Tabled(title, heads, tuple(rows))


def named(counted: Counted) -> Indicator:
    """What a column of the form means, for the figure that stands in it."""
    unit = "元" if counted.shape == "money" else "件"
    return Indicator(
        counted.name, "", counted.name.removesuffix("（元）"), unit, counted.shape, counted.day, counted.formula
    )


def ministry(matters: Matters, span: Span) -> tuple[Tabled, ...]:
    """The monthly form of people's mediation: results, origins, difficulty and agreements by kind of dispute."""
    others = unknown(matters, span)
    return (
        crossed("表一　受理和结果", matters, span, RESULTS),
        crossed("表二　来源", matters, span, ORIGINS),
        crossed("表三　难易和协议", matters, span, AGREEMENTS),
        *((others,) if others.rows else ()),
    )


def unknown(matters: Matters, span: Span) -> Tabled:
    """What was written as kind or origin and belongs to no official term: counted as 其他, listed here."""
    found: dict[tuple[str, str], list[Row]] = {}
    for each in matters.worded(span):
        if each.mediated and span.holds(each.accepted_on):
            for what, words in (("纠纷类型", each.dispute_as_given), ("来源", each.came_as_given)):
                if words:
                    found.setdefault((what, words), []).append(Row(each.case))
    rows = ((Cell(what), Cell(words), counted(sorted(held))) for (what, words), held in sorted(found.items()))
    heads = columns(("项目", 20), ("登记时的写法", 60), ("件数", 20, True))
    return Tabled("按“其他”统计的写法", heads, tuple(rows))


def meanings() -> Tabled:
    """Formula, day and exclusions of every indicator, as reports print them."""
    heads = columns(("指标", 20), ("怎样计算", 46), ("按哪一天", 14), ("不计入的", 20))
    rows = (tuple(map(Cell, (e.name, e.formula, e.day, e.excluded or "无"))) for e in indicators().values())
    return Tabled("指标口径", heads, tuple(rows))


def statistics(matters: Matters, span: Span) -> tuple[Tabled, ...]:
    """A month's, quarter's or year's report; one month is not cut into months."""
    months = (by_month(matters, span),) if len(months_of(span)) > 1 else ()
    return (compared(matters, span), *months, crossed("按纠纷类型", matters, span, RESULTS), meanings())
