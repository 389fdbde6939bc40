"""The document model: what a paper says, before anything is set in type. Both writers read just this."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from itertools import chain
from typing import Final

from mediator.core.numerals import chinese
from mediator.core.sittings import Strokes
from mediator.docs.page import FORM, Sheet

LABEL: Final = 0.2
SIDE: Final = 0.07
ACROSS: Final = 28
# A rule to sign on is as long as so many characters at least, else it gets a line of its own.
SHORTEST: Final = 5


class Align(Enum):
    """Where a paragraph stands."""

    JUSTIFY = "justify"
    CENTER = "center"
    RIGHT = "right"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Run:
    """Some text; `strong` is the bold face, `blank` a ruled gap of so many characters instead of text."""

    text: str = ""
    strong: bool = False
    blank: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Body text; `indent` in characters on the first line, `keep` holds it together with what follows."""

    runs: tuple[Run, ...]
    align: Align = Align.JUSTIFY
    indent: int = 2
    keep: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """The words of its runs."""
        return tuple(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside the text, of the first to the fourth level; stays with two lines of what follows."""

    text: str
    level: int = 1

    @property
    def texts(self) -> tuple[str, ...]:
        """Its words."""
        return (self.text,)


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered clause: 一、 二、 … in both writers, real numbering in DOCX.

    `series` 0 is the agreement's own; every other series counts 1. 2. … for itself.
    """

    number: int
    text: str
    series: int = 0

    @property
    def label(self) -> str:
        """`一、` or `1.`."""
        return f"{self.number}." if self.series else f"{chinese(self.number)}、"

    @property
    def texts(self) -> tuple[str, ...]:
        """Number and words."""
        return (self.label, self.text)


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table; `widths` are shares of the text width, `header` repeats on each page.

    `aligns` is one for each column, else all are justified. `goes_on` are the places of rows that go on in the next
    one, which has no rule above it: a row is cut so only when it is taller than half a page (see `continuing`).
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    aligns: tuple[Align, ...] = ()
    goes_on: frozenset[int] = frozenset()

    @property
    def texts(self) -> tuple[str, ...]:
        """Every cell, row by row."""
        return tuple(chain(self.header, *self.rows))


@dataclass(frozen=True, slots=True)
class Room:
    """How many lines a row has room for at least, and the words of a place to sign at the end of its last cell."""

    lines: int = 1
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A ruled form of label and value, as registers and cards are: each row one or two pairs.

    A label takes the share `LABEL` of the text width, its value the rest of an equal part. `rooms` are one for each
    row or none. `side` is a label along all rows, `together` keeps them on one page, `goes_on` is as in a table.
    """

    rows: tuple[tuple[tuple[str, str], ...], ...]
    rooms: tuple[Room, ...] = ()
    side: str = ""
    together: bool = False
    goes_on: frozenset[int] = frozenset()

    def room(self, place: int) -> Room:
        """What a row has room for."""
        return self.rooms[place] if self.rooms else Room()

    @property
    def texts(self) -> tuple[str, ...]:
        """The label along all rows, then row by row every label and value and the place to sign in it."""
        return (self.side, *chain.from_iterable(map(self.row_texts, range(len(self.rows)))))

    def row_texts(self, place: int) -> Iterator[str]:
        """Labels and values of a row, and who signs at its end."""
        yield from chain.from_iterable(self.rows[place])
        yield self.room(place).sign


@dataclass(frozen=True, slots=True)
class Place:
    """One place to sign: in what part, who, and how (`签名` unless the paper allows a seal or a fingerprint).

    `drawn` is a signature that was given on the screen; `ruled` is False where nobody is to sign any more.
    """

    label: str
    name: str = ""
    manner: str = "签名"
    drawn: Strokes = ()
    ruled: bool = True

    @property
    def words(self) -> str:
        """`申请人吴某斌（签名）：`, before the rule."""
        return f"{self.label}{self.name}（{self.manner}）："


@dataclass(frozen=True, slots=True)
class Signatures:
    """The places to sign; `seal` adds the place of the seal, `day` the day or a ruled gap.

    An official letter prints the office's name over its day and leaves the rest to the seal.
    """

    places: tuple[Place, ...]
    seal: str = ""
    day: str = ""
    letter: bool = False

    def loose(self, sheet: Sheet) -> int:
        """How many of its first places a page may end after: none, unless a page cannot hold all of it."""
        tall = over_a_page((each.words for each in self.places), sheet)
        return max(0, len(self.places) - 2) if tall else 0

    @property
    def seal_words(self) -> str:
        """Where the seal goes: over the name and the day."""
        return f"{self.seal}（盖章）" if self.seal and not self.letter else self.seal

    @property
    def insets(self) -> tuple[float, float]:
        """How far seal and day stand in from the right, in characters; a letter's office is centred over its day."""
        if not self.letter:
            return 2.0, 2.0
        day = sum(each.blank or ems(each.text) for each in self.day_runs)
        return max(0.0, 4.0 + (day - ems(self.seal)) / 2), 4.0

    @property
    def day_runs(self) -> tuple[Run, ...]:
        """The day, or gaps for the pen."""
        if self.day:
            return (Run(self.day),)
        return (Run(blank=3), Run("年"), Run(blank=2), Run("月"), Run(blank=2), Run("日"))

    @property
    def texts(self) -> tuple[str, ...]:
        """The places to sign, the seal's place, the day."""
        return (*(place.words for place in self.places), self.seal_words, *(run.text for run in self.day_runs))


@dataclass(frozen=True, slots=True)
class Cut:
    """A dashed rule across the sheet: what stands below is cut off and goes back."""

    @property
    def texts(self) -> tuple[str, ...]:
        """It says nothing."""
        return ()


@dataclass(frozen=True, slots=True)
class Imprint:
    """Whom a letter is copied to, between two rules at its end."""

    text: str

    @property
    def texts(self) -> tuple[str, ...]:
        """Its words."""
        return (self.text,)


Block = Paragraph | Heading | Clause | Table | Form | Signatures | Cut | Imprint


@dataclass(frozen=True, slots=True)
class Document:
    """A whole paper. `foot_sign` asks for a place to sign on each page's foot (a hearing record).

    `names` are names of people and offices: each stands in one face, however rare its characters. `across` is a word
    across each page; a draft without one has 草稿. `pictures` are PNGs of characters that no face has.
    """

    kind: str
    title: str
    committee: str
    number: str
    blocks: tuple[Block, ...]
    draft: bool = False
    foot_sign: str = ""
    names: tuple[str, ...] = ()
    sheet: Sheet = FORM
    across: str = ""
    pictures: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def places(self) -> Iterator[Place]:
        """Every place to sign, in reading order."""
        for block in self.blocks:
            if isinstance(block, Signatures):
                yield from block.places

    @property
    def has_slip(self) -> bool:
        """True for a paper whose last part is cut off."""
        return any(isinstance(block, Cut) for block in self.blocks)

    @property
    def banner(self) -> str:
        """What stands across each page, empty for nothing."""
        return self.across or ("草稿" if self.draft else "")


def over_a_page(places: Iterable[str], sheet: Sheet) -> bool:
    """True when places to sign, seal and day leave no room on a page for a table's header and two lines of text."""
    full = sheet.across - SHORTEST
    lines = sum(-(-ems(words) // sheet.across) + (ems(words) % sheet.across > full) for words in places)
    return lines + 2 > sheet.lines - 4


def ems(words: str) -> float:
    """About how many characters' room some words take: Latin ones take half of one."""
    return sum(0.5 if char.isascii() else 1.0 for char in words)


def text(*parts: str | Run, indent: int = 2, align: Align = Align.JUSTIFY, keep: bool = False) -> Paragraph:
    """A paragraph of plain and marked parts."""
    runs: list[Run] = []
    for part in parts:
        plain = runs and isinstance(part, str) and runs[-1] == Run(runs[-1].text)
        if plain:
            runs[-1] = Run(f"{runs[-1].text}{part}")
        elif part:
            runs.append(part if isinstance(part, Run) else Run(part))
    return Paragraph(tuple(runs), align, indent, keep)


def labelled(label: str, value: str, *, blank: int = 16) -> Paragraph:
    """`label：value`; a missing value shows as a ruled gap, never as nothing."""
    return text(Run(f"{label}：", strong=True), Run(value) if value else Run(blank=blank))


def ruled(lines: int) -> Paragraph:
    """So many lines of the standard form for the pen, from edge to edge."""
    return text(Run(blank=lines * ACROSS), indent=0)


def paragraphs(value: str) -> tuple[Paragraph, ...]:
    """One paragraph a line of a longer text."""
    return tuple(text(line) for line in value.split("\n") if line.strip())


def open_at(goes_on: frozenset[int], place: int) -> tuple[bool, bool]:
    """Whether a row has no rule above it, and none below it: it goes on from the row before, or in the next."""
    return place - 1 in goes_on, place in goes_on


def words(document: Document) -> str:
    """What the whole paper says in reading order, as both writers set it; ruled gaps are no words."""
    order = (document.number, document.title) if document.sheet.letter else (document.title, document.number)
    head = (document.committee, *order)
    return "".join((*head, *chain.from_iterable(block.texts for block in document.blocks)))
