"""The words around a hit, its place in them marked, numbers of persons masked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Final

from mediator.core.identifiers import mask_id, mask_phone
from mediator.core.readings import name_reading, readings_of
from mediator.store.grams import folded

AROUND: Final = 24
# Identity numbers and mobile numbers wherever they were typed; a longer run of digits is neither.
NUMBERS: Final = re.compile(r"(?<!\d)(?:(?P<id>\d{17}[\dXxｘＸ]|\d{15})|(?P<phone>1\d{10}))(?!\d)")
MASKS: Final = {"party.id_number": mask_id, "party.phone": mask_phone}
Mark = tuple[int, int]


def masked(field: str, body: str) -> str:
    """A text as everybody may read it, as long as it was (security.md 8)."""
    whole = MASKS.get(field)
    return whole(body) if whole else NUMBERS.sub(hidden, body)


def hidden(found: re.Match[str]) -> str:
    """A number with its middle hidden."""
    return mask_id(found[0]) if found["id"] else mask_phone(found[0])


def clusters(body: str) -> Iterator[str]:
    """A text in pieces that fold by themselves: a character and the marks that combine with it."""
    starts = [place for place, char in enumerate(body) if not place or not unicodedata.combining(char)]
    return (body[start:end] for start, end in pairwise([*starts, len(body)]))


@lru_cache(maxsize=30_000)
def alone(char: str) -> str:
    """A character folded by itself."""
    return folded(char)


def origins(body: str) -> Sequence[int]:
    """For each character of the folded text, and for its end, the place in the body that it comes from.

    Nearly every text folds character by character, full-width marks among them: then places are the same in both.
    """
    text = folded(body)
    if len(text) == len(body) and "".join(map(alone, body)) == text:
        return range(len(body) + 1)
    pieces = list(clusters(body))
    starts = accumulate(map(len, pieces), initial=0)
    found = [start for start, piece in zip(starts, pieces, strict=False) for _ in folded(piece)]
    return [*found[: len(text)], *[len(body)] * (len(text) + 1 - len(found))]


def marks_of(body: str, words: Iterable[str], text: str) -> list[Mark]:
    """Every place of these words in `text`, a form of the folded body as long as that, as places in the body."""
    places = origins(body)
    found = {
        (places[at], max(places[at + len(word)], places[at] + 1))
        for word in words for at in occurrences(text, word)
    }  # fmt: skip
    return sorted(found)


def occurrences(text: str, word: str) -> Iterator[int]:
    """Where a word begins, the next one after its end."""
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))


def sounded(name: str, word: str) -> list[Mark]:
    """The characters of a name whose sounds or initials a typed word runs over."""
    for start in range(len(name)):
        for end in range(start + 1, len(name) + 1):
            if word_sounds(name, start, end, word):
                return [(start, end)]
    return []


def word_sounds(name: str, start: int, end: int, word: str) -> bool:
    """True when a word, typed by sound, ends inside the last of these characters and not before."""
    rest = {word}
    for place in range(start, end):
        ways = set(readings_of(name[place])) | ({name_reading(name)[0]} if not place else set())
        if place == end - 1 and any(way.startswith(left) for way in ways for left in rest if left):
            return True
        rest = {left[len(cut) :] for left in rest for way in ways for cut in (way, way[0]) if left.startswith(cut)}
    return "" in rest


def excerpt(field: str, body: str, marks: list[Mark]) -> tuple[str, tuple[Mark, ...]]:
    """The masked words around the first mark, `…` where they were cut, and the marks that lie in them whole."""
    first, last = marks[0] if marks else (0, 0)
    start, end = max(first - AROUND, 0), last + AROUND
    before = "…" if start else ""
    shift = len(before) - start
    shown = before + masked(field, body)[start:end] + ("…" if end < len(body) else "")
    return shown, tuple((at + shift, to + shift) for at, to in marks if at >= start and to <= end)
