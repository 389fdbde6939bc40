"""Kinds of paper written down as data: a row of parts, each with its fields, and one reading of them for all.

    KIND = described("hearing_notice", "调解通知书", Group.HEARING, "通", parts=(
        Flush("{receiver}："), Words("定于{held_at}在{place}调解。"), Signing(seal=True)), fields=(…))

A slot `{name}` in a text is a field; one without a value becomes a ruled gap, so that the same description prints the
filled paper, the draft and the blank form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from string import Formatter
from typing import Any, Final

from mediator.core.dates import chinese_date
from mediator.core.records import Case
from mediator.docs.facts import PaperFacts
from mediator.docs.fields import Field, Filled, Shape, filled
from mediator.docs.kinds import Group, KindInfo
from mediator.docs.model import (
    Align,
    Block,
    Cut,
    Document,
    Form,
    Heading,
    Imprint,
    Paragraph,
    Place,
    Room,
    Run,
    Signatures,
    Table,
    text,
)
from mediator.docs.page import FORM, Sheet

BLANK_ROWS: Final = 5
PEN_LINES: Final = 3
SIGN_LINES: Final = 4
FIRST_INDENT, HANGING = 2, 5
SHORT_CELL: Final = 6
FIGURES: Final = re.compile(r"[\d,.%—-]*")
DAYS: Final = re.compile(r"[\d年月日.前-]*")
SECOND_LEVEL: Final = re.compile(r"（[一二三四五六七八九十]+）[^。；，]{1,24}")
THIRD_LEVEL: Final = re.compile(r"\d{1,2}[.．][^。；，]{1,24}")
TICKED, UNTICKED = "☑", "☐"
BY_HAND_ALONE: Final = "签名"


@dataclass(frozen=True, slots=True)
class Opinion:
    """A field of a box that somebody answers for: room for the pen, and the place to sign inside the box."""

    field: Field
    who: str
    lines: int = SIGN_LINES

    @property
    def sign(self) -> str:
        """`负责人（签名）：　　　　年　　月　　日`."""
        return f"{self.who}（签名）：{'　' * 8}年{'　' * 2}月{'　' * 2}日"


@dataclass(frozen=True, slots=True)
class Box:
    """A ruled box of label and value, one or two fields a row; `side` is a label along all of them."""

    rows: tuple[tuple[Field | Opinion, ...], ...]
    side: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table of one ROWS field; `widths` are shares of the text width, an empty one has rows for the pen."""

    field: Field
    widths: tuple[float, ...]
    blank_rows: int = BLANK_ROWS


@dataclass(frozen=True, slots=True)
class Head:
    """A heading inside the paper; `cut` puts a cutting rule before it, for a part that comes back."""

    words: str
    level: int = 1
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Flush:
    """A line without indent, with slots: whom a letter addresses, the court below 此致."""

    words: str


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph with slots; a value of several lines makes several paragraphs."""

    words: str


@dataclass(frozen=True, slots=True)
class Attached:
    """附件：1. … 2. … below the text of a letter, a name a line (GB/T 9704, 7.3.4)."""

    field: Field


@dataclass(frozen=True, slots=True)
class CopyTo:
    """抄送 at the end of a letter; nothing where nobody gets a copy."""

    field: Field


@dataclass(frozen=True, slots=True)
class Parties:
    """Who the parties are, a paragraph each; the empty form has a block for each side."""

    field: Field
    blank: Callable[[Case], Iterator[Paragraph]]


@dataclass(frozen=True, slots=True)
class Proof:
    """送达回证 below a cutting rule: which paper, to whom, when, how, who received and who served it."""

    receiver: str
    served_on: Field
    served_how: Field


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
    """The places to sign. `seal` asks for the committee's seal; instead of a gap for the day, `dated` prints that of
    issue, `day` that of a field.
    """

    signs: tuple[Sign, ...] = ()
    seal: bool = False
    dated: bool = False
    day: str = ""


# A letter bears the name of the body that sends it, which need not be the room that writes it: a petition is answered
# by the organ that handles it (XFT 23, GB/T 9704 7.2.4).
ISSUER: Final = Field("issuer", "发文机关", needed=True, gap=16, known=lambda _case, facts: facts.committee)

Part = Box | Grid | Head | Flush | Words | Signing | Attached | CopyTo | Parties | Proof


def described(
    kind: str, title: str, group: Group, short: str, *, parts: Sequence[Part], fields: Sequence[Field] = (),
    headed: bool = True, sheet: Sheet = FORM, foot_sign: str = "", **facts: Any,
) -> KindInfo:  # fmt: skip
    """A kind of paper from its parts. `fields` are those that only slots use; `headed` prints the committee on top,
    `foot_sign` a place to sign on each page's foot. A letter is headed and sealed by the body that sends it.

    A slot in `title` is a choice that the paper is called by.

    The further members are those of `KindInfo`: needs, basis, copies, keep, binding, formats.
    """
    every = (*((ISSUER,) if sheet.letter else ()), *fields, *(field for part in parts for field in fields_in(part)))
    unique = tuple({field.name: field for field in every}.values())
    signers = tuple(label for part in parts for label in signers_in(part))
    look = Look(kind, title, tuple(parts), unique, headed, sheet, foot_sign)
    return KindInfo(
        kind, called(title, unique), group, short, partial(composed, look=look), fields=unique, signers=signers,
        sheet=sheet, titles=tuple(titles_of(title, unique)), **facts,
    )  # fmt: skip


def called(title: str, fields: Sequence[Field]) -> str:
    """The title of a kind; a slot for a choice shows every answer, the others in brackets: 复查（复核）."""
    return title.format_map({each.name: any_of(each) for each in fields})


def any_of(field: Field) -> str:
    """The answers of a choice as a form that leaves it open names them."""
    first, *others = field.choices or ("",)
    return f"{first}（{'、'.join(others)}）" if others else first


def titles_of(title: str, fields: Sequence[Field]) -> Iterator[str]:
    """The titles that a choice in the title leads to, none where there is no slot."""
    for field in fields:
        if f"{{{field.name}}}" in title:
            yield from (title.format_map({field.name: each}) for each in field.choices)


def fields_in(part: Part) -> tuple[Field, ...]:
    """The fields that a part itself carries."""
    if isinstance(part, Box):
        return tuple(each.field if isinstance(each, Opinion) else each for row in part.rows for each in row)
    if isinstance(part, Proof):
        return (part.served_on, part.served_how)
    return (part.field,) if isinstance(part, Grid | Attached | CopyTo | Parties) else ()


def signers_in(part: Part) -> Iterator[str]:
    """Who signs in a part."""
    if isinstance(part, Signing):
        yield from (sign.label for sign in part.signs)
    elif isinstance(part, Box):
        yield from (each.who for row in part.rows for each in row if isinstance(each, Opinion))
    elif isinstance(part, Proof):
        yield from ("受送达人", "送达人")


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
        field = each.field if isinstance(each, Opinion) else each
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
        names = [name for name in self.values.text(part.field.name).split("\n") if name]
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
        day = chinese_date(self.facts.issued_on) if part.dated and not self.facts.blank else self.values.text(part.day)
        letter = self.look.sheet.letter and not places
        yield Signatures(places, self.body if part.seal else "", day, letter)

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
    if any(cells) and all(map(FIGURES.fullmatch, cells)) and any("." in cell or "," in cell for cell in cells):
        return Align.RIGHT
    if all(DAYS.fullmatch(cell) or len(cell) <= SHORT_CELL for cell in cells):
        return Align.CENTER
    return Align.LEFT


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
