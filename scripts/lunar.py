"""Writes `mediator/core/data/lunar.txt`: the lunar years 2000 to 2056, from the tables of borax (MIT).

    python scripts/lunar.py

Each line is a year, the calendar day of its first day (month and day), its leap month or 0, and for each of its months
in turn 1 for one of thirty days, 0 for one of twenty-nine. The program reads the file alone.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from borax.calendars.lunardate import LCalendars, LunarDate

TARGET = Path(__file__).parents[1] / "mediator" / "core" / "data" / "lunar.txt"
# From 2057 on a new moon near midnight makes published tables differ by a day.
YEARS = range(2000, 2057)


def months(year: int) -> str:
    """Lengths of a year's months, the leap month after the one it repeats."""
    return "".join("1" if days == 30 else "0" for _, days, _ in LCalendars.iter_year_month(year))


def line(year: int) -> str:
    """One year."""
    first: date = LunarDate(year, 1, 1).to_solar_date()
    return f"{year} {first:%m%d} {LCalendars.leap_month(year)} {months(year)}"


if __name__ == "__main__":
    TARGET.write_text("\n".join(map(line, YEARS)) + "\n", encoding="utf-8")
