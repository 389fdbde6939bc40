"""The document model: what a paper says, before anything is set in type. Both writers read just this."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

from mediator.docs.numerals import chinese

LABEL: Final = 0.2


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


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside the text; stays with two lines of what follows."""

    text: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered clause: 一、 二、 … in both writers, real numbering in DOCX."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table; `widths` are shares of the text width, `header` repeats on each page.

    A row is split only when it is taller than half a page. `aligns` is one for each column, else all are justified.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    aligns: tuple[Align, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A ruled form of label and value, as registers and cards are: each row one or two pairs.

    A label takes the share `LABEL` of the text width, its value the rest of an equal part.
    """

    rows: tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """One place to sign: in what part, who, and how (`签名` unless the paper allows a seal or a fingerprint)."""

    label: str
    name: str = ""
    manner: str = "签名"

    @property
    def words(self) -> str:
        """`申请人吴某斌（签名）：`, before the rule."""
        return f"{self.label}{self.name}（{self.manner}）："


@dataclass(frozen=True, slots=True)
class Signatures:
    """The places to sign; `seal` adds the place of the seal, `day` the day or a ruled gap."""

    places: tuple[Place, ...]
    seal: str = ""
    day: str = ""

    @property
    def seal_words(self) -> str:
        """Where the seal goes: over the name and the day."""
        return f"{self.seal}（盖章）" if self.seal else ""

    @property
    def day_runs(self) -> tuple[Run, ...]:
        """The day, or gaps for the pen."""
        if self.day:
            return (Run(self.day),)
        return (Run(blank=3), Run("年"), Run(blank=2), Run("月"), Run(blank=2), Run("日"))


Block = Paragraph | Heading | Clause | Table | Form | Signatures


@dataclass(frozen=True, slots=True)
class Document:
    """A whole paper. `foot_sign` asks for a place to sign on each page's foot (a hearing record).

    `names` are names of people and offices: each stands in one face, however rare its characters.
    """

    kind: str
    title: str
    committee: str
    number: str
    blocks: tuple[Block, ...]
    draft: bool = False
    foot_sign: str = ""
    names: tuple[str, ...] = ()


def text(*parts: str | Run, indent: int = 2, align: Align = Align.JUSTIFY, keep: bool = False) -> Paragraph:
    """A paragraph of plain and marked parts."""
    runs = tuple(part if isinstance(part, Run) else Run(part) for part in parts if part)
    return Paragraph(runs, align, indent, keep)


def labelled(label: str, value: str, *, blank: int = 16) -> Paragraph:
    """`label：value`; a missing value shows as a ruled gap, never as nothing."""
    return text(Run(f"{label}：", strong=True), Run(value) if value else Run(blank=blank))


def paragraphs(value: str) -> tuple[Paragraph, ...]:
    """One paragraph a line of a longer text."""
    return tuple(text(line) for line in value.split("\n") if line.strip())


def words(document: Document) -> str:
    """What the whole paper says in reading order, as both writers set it; ruled gaps are no words."""
    head = (document.committee, document.title, document.number)
    return "".join((*head, *(word for block in document.blocks for word in block_words(block))))


def block_words(block: Block) -> Iterator[str]:
    """The words of one block."""
    match block:
        case Paragraph():
            yield from (run.text for run in block.runs)
        case Heading():
            yield block.text
        case Clause():
            yield f"{chinese(block.number)}、{block.text}"
        case Table():
            yield from (cell for row in (block.header, *block.rows) for cell in row)
        case Form():
            yield from (word for pairs in block.rows for pair in pairs for word in pair)
        case Signatures():
            yield from (place.words for place in block.places)
            yield from (block.seal_words, *(run.text for run in block.day_runs))
