"""The ledgers (台账) that townships keep: one line a matter, an order, a reception, a round or an obligation.

Built from facts and from what lists show of a case; names of parties come in masked already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from mediator.core.codes import CaseKind, Category, Performed
from mediator.core.facts import CaseFacts, Duty, Received, Screened
from mediator.core.indicators import Row
from mediator.core.money import Fen, figures
from mediator.core.records import Case
from mediator.core.spans import Span
from mediator.core.tabled import Cell, Column, Tabled, columns

OLD: Final = timedelta(days=180)
Line = tuple[CaseFacts, Row, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Name:
    """What lists show of a case: number, title, masked parties, mediators."""

    number: str = ""
    title: str = ""
    parties: str = ""
    mediator: str = ""


def mediators_of(case: Case) -> str:
    """Who mediates now: the people of the last hearing."""
    return "、".join(case.hearings[-1].mediators) if case.hearings else ""


Names = Mapping[str, Name]
NOBODY: Final = Name()
Make = Callable[[Sequence[CaseFacts], Names, Span], tuple[Tabled, ...]]


def iso(day: date | None) -> str:
    """A day as ledgers write it, a dash for none."""
    return day.isoformat() if day else "—"


def yuan(fen: int) -> str:
    """A sum, a dash where there is none."""
    return figures(Fen(fen)) if fen else "—"


def listed(title: str, heads: tuple[Column, ...], lines: Iterable[tuple[Row, Sequence[str]]], note: str = "") -> Tabled:
    """Numbered lines; each opens its matter by its first cell."""
    rows = (
        (Cell(str(number), (row,)), *map(Cell, words)) for number, (row, words) in enumerate(lines, 1)
    )  # fmt: skip
    return Tabled(title, (Column("序号", 6), *heads), tuple(rows), note)


def by_day(facts: Iterable[CaseFacts], day: Callable[[CaseFacts], date | None]) -> list[CaseFacts]:
    """Matters in order of a day, those of one day by their id."""
    return sorted(facts, key=lambda each: (day(each) or date.max, each.case))


def performance(facts: CaseFacts) -> str:
    """How far an agreement is performed, in a word."""
    return facts.performed.term if facts.performed else "—"


MATTERS: Final = columns(
    ("案号", 15), ("受理日期", 10), ("当事人", 14), ("纠纷类型", 11), ("来源", 12), ("调解员", 9), ("结果", 8),
    ("办结日期", 10), ("协议金额（元）", 11, True), ("履行", 7),
)  # fmt: skip


def matter_line(facts: CaseFacts, names: Names) -> tuple[Row, Sequence[str]]:
    """One matter of the ledger of people's mediation."""
    name = names.get(facts.case, NOBODY)
    return Row(facts.case), (
        name.number, iso(facts.accepted_on), name.parties, facts.dispute.term, facts.came.term, name.mediator,
        facts.result.term, iso(facts.concluded_on), yuan(facts.amount), performance(facts),
    )  # fmt: skip


def mediations(facts: Sequence[CaseFacts], names: Names, span: Span) -> tuple[Tabled, ...]:
    """人民调解台账: what was accepted in the span, and below it older agreements that are still performed."""
    ours = by_day(accepted_in(facts, span), lambda e: e.accepted_on)
    held = {each.case for each in ours}
    older = by_day((e for e in facts if e.case not in held and still_performed(e, span)), lambda e: e.signed_on)
    found = matters("人民调解台账", ours, names)
    return (found, matters("以前受理、仍在履行的", older, names)) if older else (found,)


def accepted_in(facts: Iterable[CaseFacts], span: Span) -> Iterator[CaseFacts]:
    """What was accepted for mediation in the span."""
    return (each for each in facts if each.mediated and span.holds(each.accepted_on))


def matters(title: str, facts: Iterable[CaseFacts], names: Names) -> Tabled:
    """Matters of people's mediation under a title, line by line."""
    return listed(title, MATTERS, (matter_line(each, names) for each in facts))


def still_performed(facts: CaseFacts, span: Span) -> bool:
    """An agreement of before the span of which something is still owed."""
    before = facts.signed_on is not None and facts.signed_on < span.first
    return facts.mediated and before and facts.performed in (Performed.PERFORMING, Performed.BREACHED)


def case_sheets(facts: Sequence[CaseFacts], names: Names, span: Span) -> tuple[Tabled, ...]:
    """一案一表: every matter registered in the span with who answers for it."""
    heads = columns(
        ("案号", 15), ("登记日期", 11), ("当事人", 13), ("事由", 15), ("类型", 9), ("包案领导", 9), ("责任人", 8),
        ("化解时限", 11), ("进展", 13), ("结果", 8),
    )  # fmt: skip
    rows = by_day((each for each in facts if span.holds(each.registered_on)), lambda each: each.registered_on)
    return (listed("一案一表", heads, (sheet_line(each, names) for each in rows)),)


def sheet_line(facts: CaseFacts, names: Names) -> tuple[Row, Sequence[str]]:
    """One matter of 一案一表."""
    name, sheet = names.get(facts.case, NOBODY), facts.sheet
    return Row(facts.case), (
        name.number, iso(facts.registered_on), name.parties, name.title, facts.dispute.term, sheet.leader or "—",
        sheet.officer or "—", sheet.until or iso(facts.due_on), sheet.progress or "—", facts.result.term,
    )  # fmt: skip


def backlog_reason(facts: CaseFacts, span: Span) -> str:
    """Why an open matter counts as an old one (积案), empty when it does not."""
    told = (
        ("超过办理期限", facts.due_on is not None and facts.due_on < span.as_of),
        ("登记满半年", facts.registered_on + OLD <= span.as_of),
        ("已列化解方案", facts.sheet.backlog),
    )
    return "、".join(words for words, true in told if true)


def backlog(facts: Sequence[CaseFacts], names: Names, span: Span) -> tuple[Tabled, ...]:
    """积案: open matters past their period, older than half a year, or with a plan; as things stand today."""
    heads = columns(
        ("案号", 15), ("登记日期", 11), ("当事人", 13), ("事由", 15), ("历时（天）", 8, True), ("列入原因", 13),
        ("包案领导", 9), ("责任人", 8), ("化解时限", 11), ("进展", 12),
    )  # fmt: skip
    rows = by_day(old_matters(facts, span), lambda each: each.registered_on)
    lines = ((Row(each.case), backlog_words(each, names, span)) for each in rows)
    return (listed("积案台账", heads, lines),)


def old_matters(facts: Iterable[CaseFacts], span: Span) -> Iterator[CaseFacts]:
    """Open matters of the span or before it that there is a reason to list."""
    held = (each for each in facts if each.open and each.registered_on <= span.last)
    return (each for each in held if backlog_reason(each, span))


def backlog_words(facts: CaseFacts, names: Names, span: Span) -> Sequence[str]:
    """The words of one old matter."""
    name, sheet = names.get(facts.case, NOBODY), facts.sheet
    return (
        name.number, iso(facts.registered_on), name.parties, name.title, str((span.as_of - facts.registered_on).days),
        backlog_reason(facts, span), sheet.leader or "—", sheet.officer or "—", sheet.until or "—",
        sheet.progress or "—",
    )  # fmt: skip


def work_orders(facts: Sequence[CaseFacts], names: Names, span: Span) -> tuple[Tabled, ...]:
    """四色工单, by category and day: the colour says what it is, never how urgent."""
    heads = columns(
        ("分类", 14), ("编号", 17), ("登记日期", 10), ("事由", 24), ("来源", 11), ("办理期限", 10), ("办结日期", 10),
        ("是否超期", 8),
    )  # fmt: skip
    order = {category: place for place, category in enumerate(Category)}
    rows = [each for each in facts if each.kind is CaseKind.WORK_ORDER and span.holds(each.registered_on)]
    rows.sort(key=lambda e: (order[e.category] if e.category else len(order), e.registered_on, e.case))
    return (listed("四色工单台账", heads, ((Row(each.case), order_words(each, names, span)) for each in rows)),)


def order_words(facts: CaseFacts, names: Names, span: Span) -> Sequence[str]:
    """The words of one work order."""
    name = names.get(facts.case, NOBODY)
    late = facts.due_on is not None and (facts.concluded_on or span.as_of) > facts.due_on
    return (
        facts.category.term if facts.category else "未分类", name.number, iso(facts.registered_on), name.title,
        facts.came.term, iso(facts.due_on), iso(facts.concluded_on), "超期" if late else "否",
    )  # fmt: skip


def receptions(facts: Sequence[CaseFacts], names: Names, span: Span) -> tuple[Tabled, ...]:
    """接访下访, every reception by its day, and below it by leader."""
    heads = columns(
        ("日期", 11), ("方式", 12), ("接访领导", 12), ("案号", 19), ("人数", 7, True), ("答复情况", 22),
        ("办理结果", 12),
    )  # fmt: skip
    held = [(each, one) for each in facts for one in each.received if span.holds(one.on)]
    held.sort(key=lambda pair: (pair[1].on, pair[0].case, pair[1].id))
    lines = ((Row(each.case, one.id), reception_words(each, one, names)) for each, one in held)
    return (listed("接访下访台账", heads, lines), by_leader(held)) if held else (listed("接访下访台账", heads, ()),)


def reception_words(facts: CaseFacts, one: Received, names: Names) -> Sequence[str]:
    """The words of one reception."""
    number = names.get(facts.case, NOBODY).number
    return (iso(one.on), one.how.term, one.leader or "—", number, str(one.people), one.told or "—", facts.result.term)


def by_leader(held: Sequence[tuple[CaseFacts, Received]]) -> Tabled:
    """Batches and persons by leader, the most first."""
    groups: dict[str, list[tuple[Row, int]]] = {}
    for facts, one in held:
        groups.setdefault(one.leader or "未写明", []).append((Row(facts.case, one.id), one.people))
    rows = tuple(
        (Cell(who), Cell(str(len(met)), tuple(row for row, _ in met)), Cell(str(sum(people for _, people in met))))
        for who, met in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    )
    return Tabled("按接访领导", columns(("接访领导", 40), ("批次", 30, True), ("人次", 30, True)), rows)


def screenings(facts: Sequence[CaseFacts], names: Names, span: Span) -> tuple[Tabled, ...]:
    """矛盾纠纷排查, every round; one that found nothing is a zero report."""
    heads = columns(
        ("排查日期", 12), ("排查范围", 30), ("排查方式", 13), ("排查人", 12), ("发现（件）", 9, True), ("结论", 10),
        ("案号", 18),
    )  # fmt: skip
    held = sorted(
        ((one, each.case) for each in facts for one in each.screened if span.holds(one.on)),
        key=lambda pair: (pair[0].on, pair[0].id),
    )
    lines = ((Row(case, one.id), screening_words(one, names.get(case, NOBODY).number)) for one, case in held)
    return (listed("矛盾纠纷排查台账", heads, lines),)


def screening_words(one: Screened, number: str) -> Sequence[str]:
    """The words of one round."""
    said = (each or "—" for each in (one.area, one.how, one.by))
    return (iso(one.on), *said, str(one.found), "发现纠纷" if one.found else "零报告", number)


def duties(facts: Sequence[CaseFacts], names: Names, span: Span) -> tuple[Tabled, ...]:
    """履行: every obligation that falls due in the span."""
    heads = columns(
        ("案号", 18), ("当事人", 18), ("签订日期", 10), ("到期日", 10), ("金额（元）", 12, True),
        ("已履行（元）", 12, True), ("履行日期", 10), ("状态", 10),
    )  # fmt: skip
    held = [(each, one) for each in facts for one in each.duties if span.holds(one.due_on)]
    held.sort(key=lambda pair: (pair[1].due_on or date.max, pair[0].case, pair[1].id))
    lines = ((Row(each.case, one.id), duty_words(each, one, names, span)) for each, one in held)
    return (listed("协议履行台账", heads, lines),)


def duty_words(facts: CaseFacts, duty: Duty, names: Names, span: Span) -> Sequence[str]:
    """The words of one obligation."""
    name = names.get(facts.case, NOBODY)
    return (
        name.number, name.parties, iso(facts.signed_on), iso(duty.due_on), yuan(duty.amount), yuan(duty.paid),
        iso(duty.done_on), duty_state(duty, span),
    )  # fmt: skip


def duty_state(duty: Duty, span: Span) -> str:
    """How an obligation stands on the day of the report."""
    if duty.waived:
        return "已免除"
    if duty.done_on:
        return "按期履行" if duty.last_on and duty.done_on <= duty.last_on else "逾期履行"
    if duty.last_on and duty.last_on < span.as_of:
        return "逾期未履行"
    return "部分履行" if duty.paid else "未到期"
