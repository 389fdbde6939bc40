"""The library of clauses (F49): templates as data, each with its slots, its text and the obligations it makes.

`data/clauses.json`: a slot is `[name, label, shape]` with an example or a usual value behind, `text?` may stay empty.
In a text `{slot}` is a slot's printed value, `[…]` stands only where the slots in it are filled.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib import resources
from typing import Any, Final

from mediator.errors import Unacceptable

OPTIONAL: Final = "?"


class Shape(StrEnum):
    """What a slot holds, and how entries keep it.

    `party` an id, `parties` a list of at least two, `money` fen, `day` an ISO day, `count` 1 to 999, `text` one text,
    `items` rows of (name, fen), `shares` rows of (party, fen). `days` is a list of ISO days, a list of rows
    (day, fen) of which the last may leave the sum out, or a schedule `{"first": day, "count": n, "months": n}`.
    """

    PARTY = "party"
    PARTIES = "parties"
    MONEY = "money"
    DAY = "day"
    DAYS = "days"
    COUNT = "count"
    TEXT = "text"
    ITEMS = "items"
    SHARES = "shares"


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing to fill in; `usual` is what most agreements have there, offered and never filled in unseen."""

    name: str
    label: str
    shape: Shape
    needed: bool = True
    usual: str = ""


@dataclass(frozen=True, slots=True)
class Owing:
    """The obligations a template makes, by the names of its slots.

    `amount` names a slot of money, items or shares; without it `goods` says what is owed, in the text's own spelling.
    `due` names a slot of days; without it `due_text` is the event. With `each` the amount is that of every day, else
    the days share it.
    """

    payer: str
    payee: str
    amount: str = ""
    goods: str = ""
    due: str = ""
    due_text: str = ""
    method: str = ""
    each: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """One clause of the library; `fits` are codes of dispute types, none means every one, `about` is one plain line."""

    id: str
    title: str
    about: str
    fits: tuple[str, ...]
    slots: tuple[Slot, ...]
    text: str
    owes: tuple[Owing, ...]

    def slot(self, name: str) -> Slot:
        """A slot by name; raises Unacceptable `clause.slot` for one that the template has not."""
        found = next((slot for slot in self.slots if slot.name == name), None)
        if found is None:
            raise Unacceptable("clause.slot", where=name[:64], fault="unknown")
        return found


def _slot(name: str, label: str, shape: str, usual: str = "") -> Slot:
    """A slot as the file writes it."""
    kind = Shape(shape.removesuffix(OPTIONAL))
    return Slot(name, label, kind, not shape.endswith(OPTIONAL), usual)


def _template(row: Mapping[str, Any]) -> Template:
    """A template as the file writes it."""
    slots, owes = (_slot(*each) for each in row["slots"]), (Owing(**each) for each in row["owes"])
    told = (row["id"], row["title"], row["about"], tuple(row["fits"]))
    return Template(*told, slots=tuple(slots), text=row["text"], owes=tuple(owes))


@lru_cache(maxsize=1)
def _shipped() -> tuple[Mapping[str, str], tuple[Template, ...]]:
    """The file that comes with the program, parsed once: terms of dispute types by code, and the templates."""
    file = resources.files("mediator.core").joinpath("data/clauses.json")
    content = json.loads(file.read_text(encoding="utf-8"))
    return content["dispute_types"], tuple(_template(row) for row in content["templates"])


def dispute_types() -> Mapping[str, str]:
    """Terms of the dispute types of the public reports, by code (rules.md 6)."""
    return _shipped()[0]


def library() -> tuple[Template, ...]:
    """Every template, in the order of the file."""
    return _shipped()[1]


def template_of(template_id: str) -> Template | None:
    """A template by id; None for one of a newer program, whose clause is then read as a free one."""
    return next((each for each in library() if each.id == template_id), None)


def fits(template: Template, dispute_type: str) -> bool:
    """Whether a template is meant for disputes of a type, given as code or term, or for every one."""
    codes = {term: code for code, term in dispute_types().items()}
    return not template.fits or codes.get(dispute_type.strip(), dispute_type.strip()) in template.fits


def offered(dispute_type: str) -> tuple[Template, ...]:
    """The whole library: first what is meant for a dispute type, then what is for every one, then the rest."""
    return tuple(sorted(library(), key=lambda each: (not fits(each, dispute_type), not each.fits)))
