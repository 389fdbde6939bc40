"""Where the header of somebody's ledger stands and which of our fields each column is.

The header is the line, alone or with the one above it, whose words we know most of: titles merged over the table and
lines of dates above it hold none. A word of ours may be overruled by the clerk; what was chosen is remembered by the
header's digest.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib import resources
from typing import Final

from mediator.casework.desk import Desk
from mediator.core.cells import text_of
from mediator.docs.tables import Row, Sheet
from mediator.errors import Unacceptable

LOOKED_AT: Final = 30
LEAST: Final = 2
REASON: Final = "退回原因"
SETTING: Final = "ledger.mapping."
DECORATION: Final = re.compile(r"\((?:万?元|必填|选填)\)|[\s*:、()\[\]【】]")
IN_TEN_THOUSANDS: Final = "万元"
SIDES: Final = ("applicant", "respondent")


@dataclass(frozen=True, slots=True)
class Head:
    """The header of a sheet: the first line below it (from 0), of each column its words and its field, if any."""

    below: int
    words: tuple[str, ...]
    fields: tuple[str, ...]

    @property
    def digest(self) -> str:
        """What the header is remembered by; the column of reasons does not count."""
        kept = [word for word in self.words if word != REASON]
        return sha256("\n".join(kept).encode()).hexdigest()[:32]


@lru_cache(maxsize=1)
def synonyms() -> Mapping[str, str]:
    """Bare words of a header -> field; empty for columns that say nothing of a case."""
    text = resources.files("mediator.casework").joinpath("data/headings.json").read_text(encoding="utf-8")
    return {bare(word): field for field, words in json.loads(text).items() for word in words}


def known_fields() -> frozenset[str]:
    """The fields that a column may be mapped to."""
    return frozenset(filter(None, synonyms().values()))


def field_words() -> Mapping[str, str]:
    """Field -> the word that ledgers use for it most, for choosing what a column is."""
    found: dict[str, str] = {}
    for word, field in synonyms().items():
        if field:
            found.setdefault(field, word)
    return found


def bare(words: str) -> str:
    """A header's words without blanks, brackets and marks."""
    return DECORATION.sub("", unicodedata.normalize("NFKC", words))


def field_of(words: str) -> str | None:
    """The field of a column; None for words nobody knows."""
    return synonyms().get(bare(words))


def head_of(sheet: Sheet) -> Head | None:
    """The header of a sheet, None where no line looks like one."""
    best: tuple[int, Head] | None = None
    for at in range(min(len(sheet.rows), LOOKED_AT)):
        for words in (words_of(sheet.rows[at]), joined(sheet.rows, at)):
            fields = unique(tuple(field_of(each) or "" for each in words))
            score = sum(bool(field) for field in fields)
            if score >= LEAST and (best is None or score > best[0]):
                best = score, Head(at + 1, words, fields)
    return best[1] if best else None


def words_of(row: Row) -> tuple[str, ...]:
    """The words of one line."""
    return tuple(text_of(cell) for cell in row)


def joined(rows: Sequence[Row], at: int) -> tuple[str, ...]:
    """A line under another one whose cells span several columns: 申请人 over 姓名, 电话."""
    if at == 0:
        return ()
    above, below = words_of(rows[at - 1]), words_of(rows[at])
    spanning, words = "", []
    for place in range(max(len(above), len(below))):
        over = above[place] if place < len(above) else ""
        under = below[place] if place < len(below) else ""
        spanning = over or (spanning if under else "")
        words.append(under if not spanning or spanning == under else f"{spanning}{under}" if under else over)
    return tuple(words)


def unique(fields: tuple[str, ...]) -> tuple[str, ...]:
    """Fields of which each stands once; of a second phone or address column the other side is meant."""
    seen: set[str] = set()
    found = []
    for field in fields:
        side, dot, rest = field.partition(".")
        meant = f"{SIDES[1]}.{rest}" if field in seen and dot and side == SIDES[0] else field
        found.append("" if meant in seen else meant)
        seen.add(meant)
    return tuple(found)


def mapped(head: Head, chosen: Mapping[str, str]) -> Head:
    """The header with the clerk's choice; raises Unacceptable `ledger.column` or `ledger.field` for an unknown name."""
    for words, field in chosen.items():
        if words not in head.words:
            raise Unacceptable("ledger.column", where=words[:40])
        if field and field not in known_fields():
            raise Unacceptable("ledger.field", where=field[:40])
    fields = tuple(chosen.get(words, field) for words, field in zip(head.words, head.fields, strict=True))
    return Head(head.below, head.words, fields)


def remembered(desk: Desk, head: Head) -> Head:
    """The header as it was mapped the last time; one that no longer fits is forgotten."""
    kept = desk.vault.setting(SETTING + head.digest)
    chosen: dict[str, str] = json.loads(kept) if kept else {}
    return mapped(head, {words: field for words, field in chosen.items() if words in head.words})


def remember(desk: Desk, head: Head, chosen: Mapping[str, str]) -> None:
    """Keep what the clerk chose beside what was chosen before."""
    if chosen:
        kept = json.loads(desk.vault.setting(SETTING + head.digest) or "{}")
        desk.vault.keep_setting(SETTING + head.digest, json.dumps({**kept, **chosen}, ensure_ascii=False))
