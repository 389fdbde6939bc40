"""Days as clauses say them without a year or from the signing on: 5月1日前, 五月底前, 签订之日起三十日内 (V15, V18).

Whole calendar days are found by `core.amounts`, lunar ones and festivals by `core.lunar`.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from mediator.core.amounts import days_in, real_day, whole_number
from mediator.core.calendar import days_later, months_later

_NUMBER: Final = r"[0-9]{1,3}|[一二两三四五六七八九十百]{1,5}"
_FORMAL: Final = str.maketrans("一二两三四五六七八九十百", "壹贰贰叁肆伍陆柒捌玖拾佰")
_YEARLESS: Final = re.compile(
    r"(?<![年\d〇一二三四五六七八九十历])(?P<next>次年|明年|来年|今年|当年|本年)?(?P<m>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月"
    r"(?:(?P<d>[12]\d|3[01]|[1-9]|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号]|(?P<end>底|末))"
)
_PERIOD: Final = re.compile(
    rf"(?:签订|签署|签字|签约|生效|达成协议|协议)(?:本协议)?(?:之日|当日|当天|后|之后|日)?(?:起|算起)?(?:算)?(?P<n>{_NUMBER})(?P<unit>日|天|个月|个星期|周)"
    r"(?:之)?(?:内|以?前|后)"
)
WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class YearlessDay:
    """A month and a day; `ahead` says that the year after the present one was named."""

    text: str
    month: int
    day: int
    ahead: bool = False

    def on_or_after(self, start: date) -> date | None:
        """The first such day from a day on, or a year later where that was said; None when there is none."""
        year = start.year + int(self.ahead)
        found = self.in_year(year)
        return self.in_year(year + 1) if found and found < start and not self.ahead else found

    def in_year(self, year: int) -> date | None:
        """The day in a year; day 0 is the month's last."""
        return real_day(year, self.month, self.day or calendar.monthrange(year, self.month)[1])


@dataclass(frozen=True, slots=True)
class Period:
    """So many days or months from the signing on."""

    text: str
    count: int
    months: bool = False

    def after(self, start: date) -> date:
        """The last day of the period; the first day does not count (MFD 201, 202)."""
        return months_later(start, self.count) if self.months else days_later(start, self.count)


def number(words: str) -> int:
    """A small number in figures or in words; 0 for words that are none."""
    return int(words) if words.isascii() else whole_number(words.translate(_FORMAL)) or 0


def yearless_days_in(text: str) -> Iterator[YearlessDay]:
    """Every day without a year, and every end of a month."""
    for match in _YEARLESS.finditer(text):
        ahead = match["next"] in ("次年", "明年", "来年")
        yield YearlessDay(match[0], number(match["m"]), 0 if match["end"] else number(match["d"]), ahead)


def periods_in(text: str) -> Iterator[Period]:
    """Every period that runs from the signing."""
    for match in _PERIOD.finditer(text):
        count = number(match["n"])
        if count:
            weeks = match["unit"] in ("周", "个星期")
            yield Period(match[0], count * WEEK if weeks else count, months=match["unit"] == "个月")


def day_of_text(text: str) -> date | None:
    """The whole calendar day that a text is, None for anything else."""
    return next((each.day for each in days_in(text)), None)
