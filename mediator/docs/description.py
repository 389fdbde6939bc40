"""Kinds of paper written down as data: a row of parts, each with its fields, and one reading of them for all.

    KIND = described("hearing_notice", "调解通知书", Group.HEARING, "通", parts=(
        Flush("{receiver}："), Words("定于{held_at}在{place}调解。"), Signing(seal=True)), fields=(…))

A slot `{name}` in a text is a field; one without a value becomes a ruled gap, so that the same description prints the
filled paper, the draft and the blank form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from string import Formatter
from typing import Any, Final

from mediator.core.dates import chinese_date
from mediator.core.records import Case
from mediator.docs.facts import PaperFacts
from mediator.docs.fields import Field, Filled, filled
from mediator.docs.kinds import Group, KindInfo
from mediator.docs.model import Block, Document, Form, Heading, Paragraph, Place, Run, Signatures, Table, text

BLANK_ROWS: Final = 5
TICKED, UNTICKED = "☑", "☐"
BY_HAND_ALONE: Final = "签名"


@dataclass(frozen=True, slots=True)
class Box:
    """A ruled box of label and value, one or two fields a row."""

    rows: tuple[tuple[Field, ...], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table of one ROWS field; `widths` are shares of the text width, numbered rows get their number."""

    field: Field
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """A heading inside the paper."""

    words: str


@dataclass(frozen=True, slots=True)
class Flush:
    """A line without indent, with slots: whom a letter addresses, the court below 此致."""

    words: str


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph with slots; a value of several lines makes several paragraphs."""

    words: str


@dataclass(frozen=True, slots=True)
class Sign:
    """Who signs: in what part, and where the names come from; nobody known gives one empty place."""

    label: str
    known: Callable[[Case, Filled], Sequence[Place]] | None = None
    manner: str = BY_HAND_ALONE

    def places(self, case: Case, values: Filled) -> Sequence[Place]:
        """The places to sign."""
        known = self.known(case, values) if self.known else ()
        return tuple(known) or (Place(self.label, manner=self.manner),)


@dataclass(frozen=True, slots=True)
class Signing:
    """The places to sign. `seal` asks for the committee's seal, `dated` prints the day of issue instead of a gap."""

    signs: tuple[Sign, ...] = ()
    seal: bool = False
    dated: bool = False


Part = Box | Grid | Head | Flush | Words | Signing


def described(
    kind: str, title: str, group: Group, short: str, *, parts: Sequence[Part], fields: Sequence[Field] = (),
    headed: bool = True, **facts: Any,
) -> KindInfo:  # fmt: skip
    """A kind of paper from its parts. `fields` are those that only slots use; `headed` prints the committee on top.

    The further members are those of `KindInfo`: needs, basis, copies, keep, binding, formats.
    """
    every = (*fields, *(field for part in parts for field in fields_in(part)))
    unique = tuple({field.name: field for field in every}.values())
    signers = tuple(sign.label for part in parts if isinstance(part, Signing) for sign in part.signs)
    compose = partial(composed, kind=kind, title=title, parts=tuple(parts), fields=unique, headed=headed)
    return KindInfo(kind, title, group, short, compose, fields=unique, signers=signers, **facts)


def fields_in(part: Part) -> tuple[Field, ...]:
    """The fields that a part itself carries."""
    if isinstance(part, Box):
        return tuple(field for row in part.rows for field in row)
    return (part.field,) if isinstance(part, Grid) else ()


def composed(
    case: Case, facts: PaperFacts, *, kind: str, title: str, parts: Sequence[Part], fields: Sequence[Field],
    headed: bool,
) -> Document:  # fmt: skip
    """The document: every part in order."""
    page = Page(case, facts, filled(fields, case, facts), {field.name: field for field in fields})
    blocks = tuple(block for part in parts for block in page.blocks(part))
    committee = facts.committee if headed else ""
    return Document(kind, title, committee, facts.number, blocks, draft=facts.draft)


@dataclass(frozen=True, slots=True)
class Page:
    """One paper being composed: its case, its values, its fields by name."""

    case: Case
    facts: PaperFacts
    values: Filled
    fields: dict[str, Field]

    def blocks(self, part: Part) -> Iterator[Block]:
        """The blocks of one part."""
        yield from WRITTEN[type(part)](self, part)

    def box(self, part: Box) -> Iterator[Block]:
        """A ruled box."""
        yield Form(tuple(tuple((field.label, self.cell(field)) for field in row) for row in part.rows))

    def cell(self, field: Field) -> str:
        """A value in a box; of a choice every answer, so that the pen can tick one."""
        value = self.values.text(field.name)
        return ticked(field, value) if field.choices else value

    def grid(self, part: Grid) -> Iterator[Block]:
        """A ruled table; an empty one has rows for the pen."""
        columns = part.field.columns
        rows = self.values.rows(part.field.name) or tuple(("",) * len(columns) for _ in range(BLANK_ROWS))
        yield Table(columns, rows, part.widths)

    def head(self, part: Head) -> Iterator[Block]:
        """A heading."""
        yield Heading(part.words)

    def flush(self, part: Flush) -> Iterator[Block]:
        """A line without indent."""
        yield text(*self.runs(part.words), indent=0)

    def words(self, part: Words) -> Iterator[Block]:
        """Paragraphs."""
        yield from split_lines(self.runs(part.words))

    def signing(self, part: Signing) -> Iterator[Block]:
        """Places to sign, seal, day."""
        places = tuple(place for sign in part.signs for place in sign.places(self.case, self.values))
        day = chinese_date(self.facts.issued_on) if part.dated and not self.facts.blank else ""
        yield Signatures(places, self.facts.committee if part.seal else "", day)

    def runs(self, words: str) -> tuple[Run, ...]:
        """A text with its slots filled, or ruled where there is nothing."""
        found: list[Run] = []
        for plain, slot, _, _ in Formatter().parse(words):
            found += [Run(plain)] if plain else []
            if slot is not None:
                value = self.values.text(slot)
                found.append(Run(value) if value else Run(blank=self.fields[slot].gap))
        return tuple(found)


WRITTEN: Final[dict[type[Part], Callable[[Page, Any], Iterator[Block]]]] = {
    Box: Page.box, Grid: Page.grid, Head: Page.head, Flush: Page.flush, Words: Page.words, Signing: Page.signing,
}  # fmt: skip


def ticked(field: Field, value: str) -> str:
    """Every answer of a choice, the given one ticked."""
    return "　".join(f"{TICKED if each == value else UNTICKED}{each}" for each in field.choices)


def split_lines(runs: Sequence[Run]) -> Iterator[Paragraph]:
    """Paragraphs, a new one at each line end inside a value."""
    line: list[Run] = []
    for run in runs:
        first, *more = run.text.split("\n")
        line.append(Run(first, run.strong, run.blank))
        for further in more:
            yield text(*line)
            line = [Run(further)]
    yield text(*(run for run in line if run.text or run.blank))
