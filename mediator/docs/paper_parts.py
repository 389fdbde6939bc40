"""What a described paper is made of: boxes, grids, words with slots, places to sign, each with its fields.

They are data alone; `composing` writes them, `description` makes a kind of paper of a row of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from mediator.core.records import Case
from mediator.docs.fields import Field, Filled
from mediator.docs.model import Paragraph, Place

BLANK_ROWS: Final = 5
SIGN_LINES: Final = 4
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

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field in it, opinions among them."""
        return tuple(map(field_of, chain.from_iterable(self.rows)))

    @property
    def signers(self) -> tuple[str, ...]:
        """Who signs below an opinion."""
        return tuple(each.who for each in chain.from_iterable(self.rows) if isinstance(each, Opinion))


def field_of(each: Field | Opinion) -> Field:
    """What is asked at a place of a box."""
    return each.field if isinstance(each, Opinion) else each


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


def fields_in(part: Part) -> tuple[Field, ...]:
    """The fields that a part itself carries."""
    if isinstance(part, Box):
        return part.fields
    if isinstance(part, Proof):
        return (part.served_on, part.served_how)
    return (part.field,) if isinstance(part, Grid | Attached | CopyTo | Parties) else ()


def signers_in(part: Part) -> tuple[str, ...]:
    """Who signs in a part."""
    if isinstance(part, Box):
        return part.signers
    if isinstance(part, Proof):
        return ("受送达人", "送达人")
    return tuple(sign.label for sign in part.signs) if isinstance(part, Signing) else ()
