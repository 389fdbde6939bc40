"""What the search index holds of a text: each character with the two after it, so that any part of it is a phrase.

A character is four base-36 digits of its code point, so blanks, punctuation and every plane are found like letters and
no user syntax gets through. A token is three characters; the last of a text stand before an end that no character has.
One character and two are then the beginning of a token (the index keeps the beginnings of one character by
themselves, FTS5 `prefix`), and three or more are a phrase of tokens: the index alone is exact for any length.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice, product
from typing import Final

from mediator.core.readings import SURNAMES, readings_of
from mediator.core.variants import table

DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
WIDTH: Final = 4
REACH: Final = 3
END: Final = "z" * WIDTH
# Zeros as they are written; in names and numbers also what is taken one for the other when it is read off a paper.
ZEROS: Final = {ord("〇"): "零", ord("○"): "零"}
TAKEN: Final = {ord(form): usual for form, usual in zip("已巳曰未士o〇○零il", "己己日末土000011", strict=True)}
LONGEST_NAME: Final = 6
MOST_READINGS: Final = 24


def folded(text: str) -> str:
    """Width and case made equal on both sides of a search: NFKC, then case-folded."""
    return unicodedata.normalize("NFKC", text).casefold()


@lru_cache(maxsize=2)
def usual_forms(*, names: bool) -> Mapping[int, str]:
    """Code point -> the character it is found by in the second group of hits."""
    usual = table() | ZEROS
    return {form: char.translate(TAKEN) for form, char in usual.items()} | TAKEN if names else usual


def plain(text: str, *, names: bool) -> str:
    """A folded text with every other way of writing a character made one; as long as the folded text."""
    return folded(text).translate(usual_forms(names=names))


@lru_cache(maxsize=30_000)
def piece(char: str) -> str:
    """A character's code point in base 36, four digits."""
    number, digits = ord(char), ""
    for _ in range(WIDTH):
        number, rest = divmod(number, 36)
        digits = DIGITS[rest] + digits
    return digits


def grams(text: str) -> str:
    """The tokens of a text that is folded already, joined by blanks."""
    pieces = [*map(piece, text), END, END]
    return " ".join(map("".join, zip(pieces, pieces[1:], pieces[2:], strict=False)))


def phrase(text: str) -> str:
    """What to ask the index for a folded text of one character or more."""
    if len(text) < REACH:
        return f'"{"".join(map(piece, text))}" *'
    whole = grams(text).split(" ")[: 1 - REACH]
    return f'"{" ".join(whole)}"'


def is_sound(word: str) -> bool:
    """True for letters alone: then it may be a name's reading, in full or by its initials."""
    return word.isascii() and word.isalpha()


def sounds(name: str) -> str:
    """By what a name is found that is typed by its sound: from each syllable on, in full and by initials."""
    if not 2 <= len(name) <= LONGEST_NAME:
        return ""
    ways = list(islice(product(*map(readings_of, name)), MOST_READINGS)) + list(surname_ways(name))
    starts = [way[start:] for way in ways for start in range(len(way))]
    said = {"".join(each) for each in starts} | {"".join(syllable[0] for syllable in each) for each in starts}
    return " ".join(sorted(filter(is_sound, said)))


def surname_ways(name: str) -> Iterator[tuple[str, ...]]:
    """The name with its surname read as surnames are."""
    for size in (1, 2):
        if name[:size] in SURNAMES:
            yield from islice(product((SURNAMES[name[:size]],), *map(readings_of, name[size:])), MOST_READINGS)
