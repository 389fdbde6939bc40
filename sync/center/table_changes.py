"""What one table would change, in words: rule by rule, day by day, opening hours; pure.

Whatever differs is named: a rule is told by all its members, so that nothing changes unseen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from mediator.core.calendar import ONE_DAY, Calendar
from mediator.core.codes import Code
from mediator.core.dates import chinese_date
from mediator.core.deadlines import set_of
from mediator.core.indicators import indicators
from mediator.core.indices import IndexSet, indices_on, line
from mediator.core.lint_table import SEVERITY_TERMS, LintRule
from mediator.core.petitions import Item, PetitionRules, rules_on
from mediator.core.published import InForce
from mediator.core.rules import Extension, Rule, RuleSet

T = TypeVar("T", Rule, Extension)
Told = dict[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """One line: what it is about, how it is now and how it would be; empty for what is not there."""

    about: str
    now: str
    then: str


def changes(before: InForce, after: InForce, day: date) -> tuple[Change, ...]:
    """Every difference for periods that start on this day, and for every day of the calendar."""
    return (
        *rule_changes(set_of(before.rules, day), set_of(after.rules, day)),
        *new_years(before.calendar, after.calendar),
        *runs(day_changes(before.calendar, after.calendar)),
        *hour_changes(before.calendar, after.calendar),
        *lint_changes(before.lint, after.lint),
        *petition_changes(rules_on(before.petitions, day), rules_on(after.petitions, day)),
        *index_changes(indices_on(before.indices, day), indices_on(after.indices, day)),
    )


def petition_changes(old: PetitionRules, new: PetitionRules) -> Iterator[Change]:
    """Thresholds, and the lists of what is done in a matter, item by item."""
    counts = (("重复信访", old.repeat, new.repeat, "次"), ("群体信访", old.group, new.group, "人"))
    yield from (Change(about, f"{one}{unit}起", f"{two}{unit}起") for about, one, two, unit in counts if one != two)
    before, after = told_items(old), told_items(new)
    for key in sorted({*before, *after}):
        was, will = before.get(key, {}), after.get(key, {})
        if was != will:
            yield Change(f"办理清单：{key}", differing(was, will), differing(will, was))


def index_changes(old: IndexSet, new: IndexSet) -> Iterator[Change]:
    """Scores part by part."""
    before, after = told_parts(old), told_parts(new)
    for key in dict.fromkeys((*before, *after)):
        was, will = before.get(key, {}), after.get(key, {})
        if was != will:
            yield Change(key, differing(was, will), differing(will, was))


def told_parts(found: IndexSet) -> dict[str, Told]:
    """Every part by its score and its indicator."""
    known = indicators()
    return {
        f"{index.name}：{known[part.indicator].name}": {
            "权重": str(part.weight), "零分线": line(known[part.indicator], part.none),
            "满分线": line(known[part.indicator], part.full),
        }
        for index in found.indices
        for part in index.parts
    }  # fmt: skip


def told_items(rules: PetitionRules) -> dict[str, Told]:
    """Every item of every list by what it is for and its name."""
    return {f"{terms(row.kinds)} {each.label}": told_item(each) for row in rules.checklists for each in row.items}


def told_item(item: Item) -> Told:
    """Every member of an item."""
    return {
        "依据": item.source, "工单分类": terms(item.categories), "由环节表明": "、".join(item.events) or "无",
        "由状态表明": terms(item.states) if item.states else "无", "由文书表明": "、".join(item.papers) or "无",
        "由询问表明": terms(item.asked) if item.asked else "无",
    }  # fmt: skip


def lint_changes(old: Mapping[str, LintRule], new: Mapping[str, LintRule]) -> Iterator[Change]:
    """Rules of the lint that would weigh more."""
    for key, rule in new.items():
        if rule != old[key]:
            yield Change(f"协议检查{key}", SEVERITY_TERMS[old[key].severity], SEVERITY_TERMS[rule.severity])


def rule_changes(old: RuleSet, new: RuleSet) -> Iterator[Change]:
    """Periods, and what may make them longer."""
    yield from paired(by_key(old.rules), by_key(new.rules), told_rule)
    yield from paired({e.id: e for e in old.extensions}, {e.id: e for e in new.extensions}, told_extension)


def by_key(rules: Iterable[Rule]) -> dict[str, Rule]:
    """Rows by the name that tells the parts of one deadline apart."""
    return {f"{each.id} {each.part}".strip(): each for each in rules}


def paired(old: Mapping[str, T], new: Mapping[str, T], tell: Callable[[T], Told]) -> Iterator[Change]:
    """Rows by name that differ in anything; of a changed one, what differs."""
    for key in sorted({*old, *new}):
        was, will = (tell(each[key]) if key in each else {} for each in (old, new))
        if was != will:
            label = (new.get(key) or old[key]).label
            yield Change(f"{key.partition(' ')[0]} {label}", differing(was, will), differing(will, was))


def differing(told: Told, other: Told) -> str:
    """What is told otherwise; of a row that stands on one side alone, all of it."""
    return "；".join(f"{name}：{words}" for name, words in told.items() if other.get(name) != words)


def told_rule(rule: Rule) -> Told:
    """Every member of a rule."""
    amber = "、".join(f"{each}{rule.amber_unit.term}" for each in rule.amber)
    return {
        "名称": rule.label, "期限": f"{rule.length}{rule.unit.term}", "从何时算起": rule.start.term,
        "遇休息日顺延": yes(rule.rolls), "提前提醒": amber or f"不提醒（{rule.amber_unit.term}）",
        "可以中止": yes(rule.pauses), "期满失权": yes(rule.lapses), "何时结束": terms(rule.ends),
        "督促": "、".join(rule.orders) or "无", "怎样办理": rule.follows, "依据": rule.source,
        "事项种类": terms(rule.kinds), "工单分类": terms([rule.category] if rule.category else []),
        "办理状态": terms(rule.during), "另行指定": terms([rule.given] if rule.given else []),
    }  # fmt: skip


def told_extension(each: Extension) -> Told:
    """Every member of what may make a period longer."""
    return {
        "名称": each.label, "哪个期限": each.of, "次数": str(each.times), "最长": f"{each.most}{each.unit.term}",
        "谁批准": each.by.term, "依据": each.source,
    }  # fmt: skip


def yes(true: bool) -> str:
    """是 or 否."""
    return "是" if true else "否"


def terms(codes: Iterable[Code]) -> str:
    """Terms in one order, a word for none."""
    return "、".join(sorted(each.term for each in codes)) or "不限"


def new_years(before: Calendar, after: Calendar) -> Iterator[Change]:
    """Years of which nothing was known."""
    for year in sorted(after.years - before.years):
        yield Change(f"{year}年", "没有节假日表，按周末推算", "按这份表")


def day_changes(before: Calendar, after: Calendar) -> Iterator[tuple[date, str, str]]:
    """Days that are told otherwise, in order: now and then."""
    touched = {*before.days_off ^ after.days_off, *before.make_up ^ after.make_up}
    renamed = {day for day in {*before.names, *after.names} if before.names.get(day) != after.names.get(day)}
    for day in sorted(touched | renamed):
        if told_day(before, day) != told_day(after, day):
            yield day, told_day(before, day), told_day(after, day)


def told_day(calendar: Calendar, day: date) -> str:
    """How a day counts."""
    if calendar.is_workday(day):
        return "调休上班" if day in calendar.make_up else "上班"
    return f"放假（{calendar.names[day]}）" if day in calendar.names else "休息"


def runs(found: Iterable[tuple[date, str, str]]) -> Iterator[Change]:
    """Days that follow each other and change alike are one line."""
    open_run: list[tuple[date, str, str]] = []
    for each in found:
        if open_run and (each[0] - ONE_DAY != open_run[-1][0] or each[1:] != open_run[-1][1:]):
            yield run_of(open_run)
            open_run = []
        open_run.append(each)
    if open_run:
        yield run_of(open_run)


def run_of(days: Sequence[tuple[date, str, str]]) -> Change:
    """`2027年1月1日至2027年1月3日`."""
    (first, now, then), last = days[0], days[-1][0]
    return Change(chinese_date(first) + (f"至{chinese_date(last)}" if last != first else ""), now, then)


def hour_changes(before: Calendar, after: Calendar) -> Iterator[Change]:
    """Opening hours, all of them when any differ."""
    if before.hours != after.hours:
        yield Change("办公时间", told_hours(before), told_hours(after))


def told_hours(calendar: Calendar) -> str:
    """`自2026年7月1日起8:00至11:30、14:30至17:30`."""
    return "；".join(
        f"自{chinese_date(since)}起" + "、".join(f"{a:%H:%M}至{b:%H:%M}" for a, b in opens)
        for since, opens in calendar.hours
    )
