"""The description of a case file: one table that the reader checks by, equal to `data/case.schema.json`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from mediator.core.codes import AgreementForm, CaseKind, Category, Code, IdType, PartyKind, Scope, Sex, Side

REF: Final = r"^[a-z0-9_]{1,32}$"
AMOUNT: Final = r"^(0|[1-9][0-9]{0,12})(\.[0-9]{1,2})?$"
OUTCOMES: Final = ("pending", "agreed", "not_agreed", "withdrawn", "terminated")


@dataclass(frozen=True, slots=True)
class Const:
    """Exactly this value."""

    value: str | int


@dataclass(frozen=True, slots=True)
class Text:
    """A string; lengths count code points, `pattern` is a regular expression over the whole string."""

    longest: int | None = None
    shortest: int = 0
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of these words."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """An ISO day that exists."""


@dataclass(frozen=True, slots=True)
class Moment:
    """An ISO day and time with offset."""


@dataclass(frozen=True, slots=True)
class Flag:
    """true or false."""


@dataclass(frozen=True, slots=True)
class Count:
    """A whole number within bounds."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Items:
    """A list of one shape."""

    of: Node
    least: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """An object with free names and values of one shape."""

    of: Node


@dataclass(frozen=True, slots=True)
class Fields:
    """An object with these members and no other."""

    members: Mapping[str, Node]
    required: tuple[str, ...] = ()


Node = Const | Text | Choice | Day | Moment | Flag | Count | Items | Named | Fields


def words(codes: type[Code]) -> Choice:
    """The travelling values of a code list."""
    return Choice(tuple(member.value for member in codes))


LONG: Final = Text(200_000)
PARTY: Final = Fields(
    {
        "ref": Text(pattern=REF),
        "side": words(Side),
        "kind": words(PartyKind),
        "role_as_given": Text(100),
        "name": Text(200, 1),
        "authorization": words(Scope),
        "acts_for": Text(pattern=REF),
        "sex": words(Sex),
        "birth_date": Day(),
        "ethnicity": Text(40),
        "id_type": words(IdType),
        "id_number": Text(40),
        "legal_representative": Text(100),
        "occupation": Text(100),
        "phone": Text(40),
        "address": Text(300),
        "note": Text(2000),
    },
    ("ref", "side", "kind", "name"),
)
TURN: Final = Fields({"speaker": Text(200), "text": LONG}, ("speaker", "text"))
HEARING: Final = Fields(
    {
        "held_at": Moment(),
        "place": Text(200),
        "mediators": Items(Text(100)),
        "recorder": Text(100),
        "turns": Items(TURN),
    },
    ("turns",),
)
CLAUSE: Final = Fields({"no": Text(20), "text": Text(200_000, 1)}, ("text",))
PAYMENT: Final = Fields(
    {
        "payer": Text(),
        "payee": Text(),
        "amount": Text(pattern=AMOUNT),
        "due": Day(),
        "due_as_given": Text(200),
        "method": Text(200),
        "part_of_total": Flag(),
        "goods": Text(200),
        "note": Text(2000),
    },
    ("payer", "payee"),
)
AGREEMENT: Final = Fields(
    {
        "form": words(AgreementForm),
        "signed_on": Day(),
        "place": Text(200),
        "disputed_points": LONG,
        "responsibility": LONG,
        "copies": Count(1, 200),
        "clauses": Items(CLAUSE, 1),
        "payments": Items(PAYMENT),
    },
    ("clauses",),
)
CASE: Final = Fields(
    {
        "format": Const("mediator-case"),
        "version": Const(1),
        "kind": words(CaseKind),
        "title": Text(200, 1),
        "dispute_type": Text(100, 1),
        "source": Text(100),
        "category_color": words(Category),
        "organization": Text(200),
        "accepted_on": Day(),
        "facts": LONG,
        "requests": LONG,
        "parties": Items(PARTY, 1, 2000),
        "hearings": Items(HEARING),
        "agreement": AGREEMENT,
        "outcome": Choice(OUTCOMES),
        "dates": Named(Day()),
    },
    ("format", "version", "kind", "title", "dispute_type", "parties", "facts"),
)
