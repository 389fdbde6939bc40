"""A described paper composed: the parts of its kind in order, filled with one case, or ruled for the pen.

A slot without a value becomes a ruled gap, so that the same description prints the filled paper, the draft and the
blank form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from string import Formatter
from typing import Any, Final

from mediator.core.dates import chinese_date
from mediator.core.records import Case
from mediator.docs.facts import PaperFacts
from mediator.docs.fields import Field, Filled, Shape, filled
from mediator.docs.model import (
    Align,
    Block,
    Cut,
    Document,
    Form,
    Heading,
    Imprint,
    Paragraph,
    Room,
    Run,
    Signatures,
    Table,
    text,
)
from mediator.docs.page import Sheet
from mediator.docs.paper_parts import (
    ISSUER,
    Attached,
    Box,
    CopyTo,
    Flush,
    Grid,
    Head,
    Opinion,
    Part,
    Parties,
    Proof,
    Signing,
    Words,
    field_of,
)

PEN_LINES: Final = 3
FIRST_INDENT, HANGING = 2, 5
SHORT_CELL: Final = 6
FIGURES: Final = re.compile(r"[\d,.%—-]*")
DAYS: Final = re.compile(r"[\d年月日.前-]*")
SECOND_LEVEL: Final = re.compile(r"（[一二三四五六七八九十]+）[^。；，]{1,24}")
THIRD_LEVEL: Final = re.compile(r"\d{1,2}[.．][^。；，]{1,24}")
TICKED, UNTICKED = "☑", "☐"


@dataclass(frozen=True, slots=True)
class Look:
    """What a described kind is made of."""

    kind: str
    title: str
    parts: tuple[Part, ...]
    fields: tuple[Field, ...]
    headed: bool
    sheet: Sheet
    foot_sign: str = ""


def composed(case: Case, facts: PaperFacts, *, look: Look) -> Document:
    """The document: every part in order."""
    page = Page(case, facts, filled(look.fields, case, facts), look)
    blocks = tuple(block for part in look.parts for block in page.blocks(part))
    body = page.body if look.headed else ""
    return Document(
        look.kind, page.title, body, facts.number, blocks, draft=facts.draft, sheet=look.sheet,
        foot_sign=look.foot_sign,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """One paper being composed: its case, its values, what its kind is made of."""

    case: Case
    facts: PaperFacts
    values: Filled
    look: Look

    @property
    def body(self) -> str:
        """Who stands at the head and under the seal: who sends a letter, else the room's own committee."""
        return self.values.text(ISSUER.name) if self.look.sheet.letter else self.facts.committee

    @property
    def title(self) -> str:
        """What this paper is called."""
        return self.named(self.look.title)

    def named(self, words: str) -> str:
        """Words of a title or heading with its choices made, or left open."""
        return words.format_map({each.name: self.values.text(each.name) or any_of(each) for each in self.look.fields})

    def blocks(self, part: Part) -> Iterator[Block]:
        """The blocks of one part."""
        yield from WRITTEN[type(part)](self, part)

    def box(self, part: Box) -> Iterator[Block]:
        """A ruled box."""
        rows = tuple(tuple(map(self.pair, row)) for row in part.rows)
        yield Form(rows, tuple(self.room(row[-1]) for row in part.rows), part.side)

    def pair(self, each: Field | Opinion) -> tuple[str, str]:
        """Label and value."""
        field = field_of(each)
        return field.label, self.cell(field)

    def room(self, each: Field | Opinion) -> Room:
        """Room for the pen where a longer text is missing, and for an opinion and its name."""
        if isinstance(each, Opinion):
            return Room(each.lines, each.sign)
        return Room(PEN_LINES if each.shape is Shape.LINES and not self.values.text(each.name) else 1)

    def cell(self, field: Field) -> str:
        """A value in a box; of a choice every answer, so that the pen can tick one."""
        value = self.values.text(field.name)
        return ticked(field, value) if field.choices else value

    def grid(self, part: Grid) -> Iterator[Block]:
        """A ruled table; an empty one has rows for the pen."""
        columns = part.field.columns
        rows = self.values.rows(part.field.name) or tuple(("",) * len(columns) for _ in range(part.blank_rows))
        yield Table(columns, rows, part.widths, tuple(map(column_align, zip(*rows, strict=True))))

    def head(self, part: Head) -> Iterator[Block]:
        """A heading."""
        if part.cut:
            yield Cut()
        yield Heading(self.named(part.words), part.level)

    def flush(self, part: Flush) -> Iterator[Block]:
        """A line without indent."""
        yield text(*self.runs(part.words), indent=0)

    def words(self, part: Words) -> Iterator[Block]:
        """Paragraphs."""
        for line in split_lines(self.runs(part.words)):
            yield leveled(line) if self.look.sheet.letter else line

    def attached(self, part: Attached) -> Iterator[Block]:
        """Names of what goes with a letter, numbered where there are several."""
        names = list(filter(None, self.values.text(part.field.name).split("\n")))
        if len(names) <= 1:
            yield text("附件：", *names, Run(blank=0 if names else part.field.gap))
            return
        for place, name in enumerate(names, start=1):
            words = f"{place}.{name}"
            yield text(f"附件：{words}", indent=FIRST_INDENT) if place == 1 else text(words, indent=HANGING)

    def copy_to(self, part: CopyTo) -> Iterator[Block]:
        """Whom the letter is copied to."""
        names = self.values.text(part.field.name)
        if names or self.facts.blank:
            yield Imprint(f"抄送：{names}")

    def parties(self, part: Parties) -> Iterator[Block]:
        """Parties with everything known of them, or blocks for the pen."""
        if self.facts.blank:
            yield from part.blank(self.case)
        else:
            yield from split_lines((Run(self.values.text(part.field.name)),))

    def proof(self, part: Proof) -> Iterator[Block]:
        """The slip that comes back; it says by itself what was served."""
        paper = f"《{self.title}》{self.facts.number}"
        who = self.values.text(part.receiver)
        rows = (
            (("送达文书", paper),),
            (("受送达人", who), (part.served_on.label, self.cell(part.served_on))),
            ((part.served_how.label, self.cell(part.served_how)),),
            (("受送达人签名或者按指印", ""), ("送达人签名", "")),
        )
        yield Cut()
        yield Heading("送达回证")
        yield Form(rows, (*[Room()] * 3, Room(2)), together=True)

    def signing(self, part: Signing) -> Iterator[Block]:
        """Places to sign, seal, day."""
        places = tuple(place for sign in part.signs for place in sign.places(self.case, self.values))
        letter = self.look.sheet.letter and not places
        yield Signatures(places, self.body if part.seal else "", self.day(part), letter)

    def day(self, part: Signing) -> str:
        """The day under the places to sign, empty for a gap."""
        if part.dated and not self.facts.blank:
            return chinese_date(self.facts.issued_on)
        return self.values.text(part.day)

    def runs(self, words: str) -> tuple[Run, ...]:
        """A text with its slots filled, or ruled where there is nothing."""
        found: list[Run] = []
        for plain, slot, _, _ in Formatter().parse(words):
            found += [Run(plain)] if plain else []
            if slot is not None:
                value = self.values.text(slot)
                found.append(Run(value) if value else Run(blank=self.gap(slot, alone=words == f"{{{slot}}}")))
        return tuple(found)

    def gap(self, slot: str, *, alone: bool) -> int:
        """How many characters a gap has; one that is a paragraph by itself fills its lines."""
        (field,) = (each for each in self.look.fields if each.name == slot)
        sheet = self.look.sheet
        line = round(sheet.text_width / sheet.pitch - 0.49)
        return max(2, round((field.gap + FIRST_INDENT) / line)) * line - FIRST_INDENT if alone else field.gap


WRITTEN: Final[dict[type[Part], Callable[[Page, Any], Iterator[Block]]]] = {
    Box: Page.box, Grid: Page.grid, Head: Page.head, Flush: Page.flush, Words: Page.words, Signing: Page.signing,
    Attached: Page.attached, CopyTo: Page.copy_to, Parties: Page.parties, Proof: Page.proof,
}  # fmt: skip


def column_align(cells: Sequence[str]) -> Align:
    """Sums and other figures with a point at the right, counts, days and short words in the middle, text as it runs."""
    if are_sums(cells):
        return Align.RIGHT
    if all(DAYS.fullmatch(cell) or len(cell) <= SHORT_CELL for cell in cells):
        return Align.CENTER
    return Align.LEFT


def are_sums(cells: Sequence[str]) -> bool:
    """True for figures alone, at least one of them with a point or with thousands set off."""
    return all(map(FIGURES.fullmatch, cells)) and not {".", ","}.isdisjoint("".join(cells))


def leveled(line: Paragraph) -> Block:
    """A line of a letter that is a heading by its number: （一） the second level, 1. the third (GB/T 9704, 7.3.3)."""
    words = "".join(run.text for run in line.runs)
    if SECOND_LEVEL.fullmatch(words):
        return Heading(words, 2)
    return Heading(words, 3) if THIRD_LEVEL.fullmatch(words) else line


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


def any_of(field: Field) -> str:
    """The answers of a choice as a form that leaves it open names them."""
    first, *others = field.choices or ("",)
    return f"{first}（{'、'.join(others)}）" if others else first
