"""Words of a matter that a recorder types again and again: names, places, sums, days, things counted. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from mediator.core.records import Case

DIGITS: Final = "0-9０-９"
COUNTED: Final = "一二三四五六七八九十百千万两"
PLACE: Final = re.compile(r"[^\W\d_省市县区镇乡道]{1,5}(?:村|社区)")
SUM: Final = re.compile(rf"[{DIGITS}][{DIGITS},，]*(?:\.[{DIGITS}]+)?万?元|[{COUNTED}]{{2,}}元")
DAY: Final = re.compile(rf"(?:[{DIGITS}]{{4}}年)?[{DIGITS}]{{1,2}}月[{DIGITS}]{{1,2}}日")
THING: Final = re.compile(rf"(?:[{DIGITS}]+(?:\.[{DIGITS}]+)?|[{COUNTED}]+)(?:平方米|米|亩|棵树|间房|辆车|台挖机)")
MOST: Final = 9
LONGEST: Final = 16


def words_of(case: Case) -> tuple[str, ...]:
    """At most nine, names first and each once; ids, telephone numbers and whole addresses are not among them."""
    found = (word.strip() for word in _all(case))
    return tuple(dict.fromkeys(word for word in found if 1 < len(word) <= LONGEST))[:MOST]


def _all(case: Case) -> Iterator[str]:
    names = [party.name for party in case.parties][: MOST - 4]
    yield from names
    said = "\n".join((case.facts, case.requests, *(clause.text for clause in case.clauses)))
    for party in case.parties:
        yield from PLACE.findall(party.address)[:1]
    for pattern in (SUM, THING, DAY):
        yield from list(dict.fromkeys(pattern.findall(said)))[:3]
