"""Names of administrative divisions by code: 2 province, 4 city, 6 county, 9 township, 12 village (GB/T 2260, 10114).

One file a county comes with the program, from the published list of divisions; a county without one shows codes.
"""

from __future__ import annotations

import csv
import io
import re
from functools import lru_cache
from importlib import resources
from typing import Final

COUNTY: Final = re.compile(r"[0-9]{6}")
LEVELS: Final = (2, 4, 6, 9, 12)
TOWNSHIP: Final = 9
VILLAGE: Final = 12
TAILS: Final = ("村民委员会", "居民委员会", "行政村", "自然村", "社区", "村")


@lru_cache(maxsize=4)
def division_names(county: str) -> dict[str, str]:
    """Code -> name within a county (six digits) and above it; empty when the county has no file."""
    place = resources.files("mediator.core").joinpath(f"data/divisions_{county}.csv")
    if not COUNTY.fullmatch(county) or not place.is_file():
        return {}
    rows = csv.DictReader(io.StringIO(place.read_text(encoding="utf-8")))
    return {row["code"]: row["name"] for row in rows}


def full_name(code: str) -> str:
    """`浙江省丽水市缙云县壶镇镇` for 331122101; empty for a place that is not on our lists."""
    names = division_names(code[:6])
    parts = [names.get(code[:size], "") for size in LEVELS if len(code) >= size]
    return "".join(parts) if parts and all(parts) else ""


@lru_cache(maxsize=1)
def townships() -> tuple[tuple[str, str], ...]:
    """Code and full name of every township on our lists, for choosing instead of typing digits."""
    codes = [code for county in counties() for code in division_names(county) if len(code) == TOWNSHIP]
    return tuple((code, full_name(code)) for code in codes)


def counties() -> list[str]:
    """Codes of the counties whose lists come with the program, in order."""
    folder = resources.files("mediator.core").joinpath("data")
    files = sorted(each.name for each in folder.iterdir() if each.name.startswith("divisions_"))
    return [name.removeprefix("divisions_").removesuffix(".csv") for name in files]


def villages_of(township: str) -> tuple[tuple[str, str], ...]:
    """Code and name of every village and community of a township (9 digits), for choosing; empty without a list."""
    names = division_names(township[:6])
    return tuple((code, name) for code, name in names.items() if len(code) == VILLAGE and code.startswith(township))


def village_code(division: str, name: str) -> str:
    """The code of a village of a township or county by its name, with 村 or without; empty if none or several fit."""
    wanted = bare_village(name)
    fits = [code for code, known in villages_of(division) if wanted and bare_village(known) == wanted]
    return fits[0] if len(fits) == 1 else ""


def bare_village(name: str) -> str:
    """A village's name without what kind of body it is: 湖川 for 湖川村村民委员会."""
    bare = name.strip()
    for tail in TAILS:
        bare = bare.removesuffix(tail) or bare
    return bare
