"""Lunar days and festivals as calendar days (rule V18): people agree on 腊月二十八 and courts count calendar days.

The years 2000 to 2056 are data, `data/lunar.txt`, written by `scripts/lunar.py`; a year beyond them has no answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib import resources
from typing import Final

MONTHS: Final = {
    "正月": 1, "一月": 1, "二月": 2, "三月": 3, "四月": 4, "五月": 5, "六月": 6, "七月": 7, "八月": 8, "九月": 9,
    "十月": 10, "冬月": 11, "十一月": 11, "腊月": 12, "十二月": 12,
}  # fmt: skip
FESTIVALS: Final = {
    "春节": (1, 1), "大年初一": (1, 1), "元宵节": (1, 15), "元宵": (1, 15), "端午节": (5, 5), "端午": (5, 5),
    "七夕": (7, 7), "中秋节": (8, 15), "中秋": (8, 15), "重阳节": (9, 9), "重阳": (9, 9), "除夕": (12, 30),
    "大年三十": (12, 30),
}  # fmt: skip
FIXED: Final = {
    "元旦": (1, 1), "劳动节": (5, 1), "五一节": (5, 1), "国庆节": (10, 1), "国庆": (10, 1), "清明节": (4, 0),
    "清明": (4, 0),
}  # fmt: skip
ONES: Final = "一二三四五六七八九"
DAYS: Final = (
    *(f"初{one}" for one in ONES), "初十", *(f"十{one}" for one in ONES), "二十", *(f"廿{one}" for one in ONES), "三十",
)  # fmt: skip
_MONTH: Final = "|".join(sorted(MONTHS, key=len, reverse=True))
_FEAST: Final = "|".join(sorted({*FESTIVALS, *FIXED}, key=len, reverse=True))
_YEAR: Final = r"(?:(?P<{0}>\d{{4}})年)?(?:农历|阴历)?"
_SAID: Final = re.compile(
    rf"(?:{_YEAR.format('ly')}(?P<month>闰?(?:{_MONTH}))(?P<day>初[一二三四五六七八九十]|[廿二]?十[一二三四五六七八九]?|"
    rf"廿[一二三四五六七八九]?|三十)|{_YEAR.format('fy')}(?P<feast>{_FEAST}))"
)
# A month with a plain number is one of the moon only where it is called so, or has a day that no other month has.
_LUNAR_ONLY: Final = re.compile("农历|阴历|正月|腊月|冬月|闰|初|廿")


@dataclass(frozen=True, slots=True)
class LunarYear:
    """First day, leap month (0 for none), and the lengths of its months in turn."""

    first: date
    leap: int
    lengths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LunarDay:
    """A lunar day or festival in a text; `day` is None where its year is not said, not known, or has no such day."""

    text: str
    day: date | None
    start: int
    end: int


@lru_cache(maxsize=1)
def years() -> dict[int, LunarYear]:
    """All years of the table."""
    text = resources.files("mediator.core").joinpath("data/lunar.txt").read_text(encoding="utf-8")
    found = {}
    for row in text.splitlines():
        year, first, leap, lengths = row.split()
        day = date(int(year), int(first[:2]), int(first[2:]))
        found[int(year)] = LunarYear(day, int(leap), tuple(29 + int(each) for each in lengths))
    return found


def calendar_day(year: int, month: int, day: int, *, leap: bool = False) -> date | None:
    """The calendar day of a lunar one; the thirtieth of a short month is its last day, as 除夕 is. None for no day."""
    known = years().get(year)
    if known is None or not 1 <= month <= 12 or not 1 <= day <= 30 or (leap and known.leap != month):
        return None
    place = month - 1 + int(leap or 0 < known.leap < month)
    last = min(day, known.lengths[place])
    return known.first + timedelta(days=sum(known.lengths[:place]) + last - 1)


def clear_brightness(year: int) -> date:
    """清明 of a year of this century: the sun's day, 4 April in most years, else the 5th."""
    return date(year, 4, int((year % 100) * 0.2422 + 4.81) - (year % 100) // 4)


def lunar_days_in(text: str, year: int) -> Iterator[LunarDay]:
    """Every lunar day and festival of a text; one without a year is of `year`."""
    for match in _SAID.finditer(text):
        if match["feast"]:
            yield LunarDay(match[0], feast(match["feast"], int(match["fy"] or year)), *match.span())
        elif _LUNAR_ONLY.search(match[0]):
            month, leap = match["month"].removeprefix("闰"), match["month"].startswith("闰")
            said = calendar_day(int(match["ly"] or year), MONTHS[month], day_number(match["day"]), leap=leap)
            yield LunarDay(match[0], said, *match.span())


def feast(name: str, year: int) -> date | None:
    """The calendar day of a festival."""
    if name in FESTIVALS:
        return calendar_day(year, *FESTIVALS[name])
    month, day = FIXED[name]
    return date(year, month, day) if day else clear_brightness(year)


def day_number(words: str) -> int:
    """`初八` 8, `十五` 15, `廿三` and `二十三` 23, `三十` 30."""
    plain = words.replace("二十", "廿") if len(words) > 2 else words
    if plain == "廿":
        return 20
    return DAYS.index(plain) + 1
