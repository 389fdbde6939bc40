"""The sentence of a deadline: as a clerk would write it, and enough to count again by hand."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.core.codes import PeriodStep
from mediator.core.periods import Changes, Stop, changes_for
from mediator.core.rules import Rule, Unit
from tests.core.counting import ANY_RULE, DAY, RULES, STARTS, change, ended, rule_of, works

DIGITS = "〇一二三四五六七八九"
LENGTH = re.compile(r"次日起算，([一二三四五六七八九十两]+)(日|个月|年|个工作日)")
DATES = r"(\d+)年(\d+)月(\d+)日"


def number(words: str) -> int:
    """A Chinese number below one hundred."""
    tens, found, ones = words.replace("两", "二").rpartition("十")
    return (DIGITS.index(tens) if tens else 1) * 10 * bool(found) + (DIGITS.index(ones) if ones else 0)


def days_named(text: str, before: str = "", after: str = "") -> list[date]:
    """Days that a text names."""
    return [date(*map(int, found)) for found in re.findall(before + DATES + after, text)]


def recomputed(text: str) -> date:
    """The due day, from nothing but the sentence and a calendar on the wall."""
    (start,) = days_named(text.partition("次日")[0])
    length = LENGTH.search(text)
    assert length
    count_of, unit = number(length[1]), length[2]
    longer = re.search(r"延长([一二三四五六七八九十两]+)(日|个月)", text)
    stopped = sum(number(each) for each in re.findall(r"中止([一二三四五六七八九十]+)日", text))
    if unit == "个工作日":
        day = start
        while count_of:
            day += DAY
            count_of -= works(day)
        return day
    months = count_of * {"个月": 1, "年": 12}.get(unit, 0) + (
        number(longer[1]) if longer and longer[2] == "个月" else 0
    )
    days = (count_of if unit == "日" else 0) + (number(longer[1]) if longer and longer[2] == "日" else 0) + stopped
    year, month = divmod(start.month - 1 + months, 12)
    following = date(start.year + year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    day = (following - DAY).replace(day=min(start.day, (following - DAY).day)) + days * DAY
    while not works(day):
        day += DAY
    return day


@given(ANY_RULE, STARTS, st.booleans(), st.integers(0, 20))
def test_a_sentence_is_enough_to_count_again(rule: Rule, start: date, longer: bool, stopped: int) -> None:
    if rule.unit is Unit.HALF_WORKING_DAYS:
        return
    extension = RULES.extension(rule.id)
    extended = (change(PeriodStep.EXTENDED, start, 20, rule.id),) if longer and extension else ()
    stops = (Stop(start + DAY, start + (1 + stopped) * DAY),) if stopped and rule.pauses else ()
    counted = ended(rule, start, Changes(extended, stops))
    assert recomputed(counted.explanation) == counted.due
    assert days_named(counted.explanation)[-1] == counted.due
    assert ("未发布" in counted.explanation) == (counted.due.year > 2026 or counted.last.year > 2026)


@pytest.mark.parametrize(
    ("rule", "start", "said"),
    [
        (
            "D04", "2026-03-05",
            "书面协议生效（2026年3月5日）|三十日，至2026年4月4日，遇清明节假期，顺延至2026年4月7日。",
        ),
        ("D03", "2026-05-15", "受理（2026年5月15日）|一个月，至2026年6月15日。"),
        ("D02", "2026-03-07", "受理（2026年3月7日）|七日，至2026年3月14日，当日休息，顺延至2026年3月16日。"),
        ("D01", "2026-09-24", "申请调解（2026年9月24日）|三个工作日，其间休息日三日不计，至2026年9月30日。"),
        (
            "D30", "2026-12-31",
            "催办单下达（2026年12月31日）|两个工作日，其间休息日二日不计，至2027年1月4日。节假日数据未发布，按周末推算。",
        ),
        ("D08", "2024-02-29", "履行期间届满（2024年2月29日）|二年，至2026年2月28日。"),
    ],
)  # fmt: skip
def test_a_period_is_explained_as_a_clerk_would_write_it(rule: str, start: str, said: str) -> None:
    assert ended(rule_of(rule), date.fromisoformat(start)).explanation == said.replace("|", "次日起算，")


def test_what_was_approved_stands_in_the_sentence() -> None:
    made = [
        change(PeriodStep.PAUSED, date(2026, 8, 10)), change(PeriodStep.RESUMED, date(2026, 8, 21)),
        change(PeriodStep.EXTENDED, date(2026, 9, 1), 30), change(PeriodStep.PAUSED, date(2026, 10, 9)),
    ]  # fmt: skip
    rule = rule_of("D11")
    counted = ended(rule, date(2026, 8, 3), changes_for(rule, RULES.extension("D11"), made, start=date(2026, 8, 3)))
    assert counted.explanation == (
        "受理（2026年8月3日）次日起算，六十日，经王主任批准延长三十日，2026年8月10日至2026年8月20日中止十一日，"
        "自2026年10月9日起中止，至2026年11月12日。"
    )
