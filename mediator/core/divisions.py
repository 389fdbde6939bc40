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


@lru_cache(maxsize=4)
def division_names(county: str) -> dict[str, str]:
    """Code -> name within a county (six digits) and above it; empty when the county has no file."""
    place = resources.files("mediator.core").joinpath(f"data/divisions_{county}.csv")
    if not COUNTY.fullmatch(county) or not place.is_file():
        return {}
    rows = csv.DictReader(io.StringIO(place.read_text(encoding="utf-8")))
    return {row["code"]: row["name"] for row in rows}
