"""Free text to a member of a code list: the code itself, the official term, or a word that clerks use.

What nobody knows is the list's own 其他 (or 未定) and stands in the reports under that name with the words as given.
The words are data, tried in the order of the file: an earlier row wins, so that 交通事故赔偿 is a traffic accident.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources
from typing import Final, TypeVar

from mediator.core.codes import BodyKind, CameBy, Code, Difficulty, DisputeType, Prevented

C = TypeVar("C", bound=Code)
TAILS: Final = ("案件", "纠纷", "争议", "案")
Spellings = Sequence[tuple[str, Sequence[str]]]


@lru_cache(maxsize=1)
def spellings() -> Mapping[str, Spellings]:
    """Words of each list, in the order in which they are tried."""
    text = resources.files("mediator.core").joinpath("data/spellings.json").read_text(encoding="utf-8")
    found: Mapping[str, Spellings] = json.loads(text)
    return found


def plain(text: str) -> str:
    """Width and case made equal, blanks gone, `纠纷` and the like at the end cut off."""
    kept = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    for tail in TAILS:
        kept = kept.removesuffix(tail) or kept
    return kept


def recognized(codes: type[C], words: str, text: str) -> C | None:
    """The member that a text means, None for one that nobody knows; `words` names the list of spellings."""
    wanted = plain(text)
    if not wanted:
        return None
    for each in codes:
        if wanted in (each.value, plain(each.term)):
            return each
    found = spelled(wanted, spellings()[words])
    return next((each for each in codes if each.value == found), None)


def spelled(wanted: str, known: Spellings) -> str | None:
    """The code of the first row of which a word stands in the text."""
    return next((code for code, words in known if any(word in wanted for word in words)), None)


def dispute_of(text: str) -> DisputeType:
    """The type of a dispute."""
    return recognized(DisputeType, "dispute", text) or DisputeType.OTHER


def came_of(text: str) -> CameBy:
    """How a matter came; nothing said is no application."""
    return recognized(CameBy, "came", text) or CameBy.OTHER


def difficulty_of(text: str) -> Difficulty:
    """How hard a matter is said to be."""
    return recognized(Difficulty, "difficulty", text) or Difficulty.UNSTATED


def body_of(name: str) -> BodyKind:
    """The kind of a mediating body by its name; a room that names none is the township's own committee."""
    return (recognized(BodyKind, "body", name) or BodyKind.OTHER) if name.strip() else BodyKind.TOWNSHIP


def prevented_of(text: str) -> Prevented | None:
    """What was prevented, None when nothing was said."""
    return (recognized(Prevented, "prevented", text) or Prevented.OTHER) if text.strip() else None
