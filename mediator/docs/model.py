"""The document model: what a paper says, before anything is set in type. Both writers read just this."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum


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
    small: bool = False


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
    """A ruled table; `widths` are shares of the text width, `header` repeats on each page, rows are never split."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A ruled form of label and value, as registers and cards are: each row one or two pairs."""

    rows: tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True, slots=True)
class Signatures:
    """The places to sign: label and who signs; `seal` adds the place of the seal, `day` the day or a ruled gap."""

    places: tuple[tuple[str, str], ...]
    seal: str = ""
    day: str = ""
    fingerprint: bool = True


Block = Paragraph | Heading | Clause | Table | Form | Signatures


@dataclass(frozen=True, slots=True)
class Document:
    """A whole paper. `foot_sign` asks for a place to sign on each page's foot (a hearing record)."""

    kind: str
    title: str
    committee: str
    number: str
    blocks: tuple[Block, ...]
    draft: bool = False
    foot_sign: str = ""


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


def plain(runs: Sequence[Run]) -> str:
    """The text of runs; a ruled gap has none."""
    return "".join(run.text for run in runs)


def day_runs(block: Signatures) -> tuple[Run, ...]:
    """The day under a signature block, or gaps for the pen."""
    if block.day:
        return (Run(block.day),)
    return (Run(blank=3), Run("年"), Run(blank=2), Run("月"), Run(blank=2), Run("日"))
