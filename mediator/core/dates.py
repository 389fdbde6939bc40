"""Days and moments as papers print them (documents.md 1)."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Final

from mediator.errors import Unacceptable

BEIJING: Final = timezone(timedelta(hours=8), "Asia/Shanghai")


def chinese_date(day: date) -> str:
    """`2026年3月5日`, without leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def day_words(day: date | None) -> str:
    """The same, empty for a day that nobody told."""
    return chinese_date(day) if day else ""


def chinese_moment(moment: datetime) -> str:
    """`2026年3月5日9时30分`, in Beijing time."""
    local = moment.astimezone(BEIJING)
    return f"{chinese_date(local.date())}{local.hour}时{local.minute:02d}分"


def parse_iso_day(text: str) -> date:
    """An ISO day; raises Unacceptable `date.form` for anything else, days that do not exist included."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Unacceptable("date.form") from None
    if day.isoformat() != text:
        raise Unacceptable("date.form")
    return day


def age_on(birth: date, day: date) -> int:
    """Full years of life on a day."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
