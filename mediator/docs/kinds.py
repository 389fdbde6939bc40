"""What the house knows of a kind of paper beside its text: where it belongs, who signs, how long it is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from mediator.core.records import Case
from mediator.docs.facts import PaperFacts
from mediator.docs.fields import Field
from mediator.docs.model import Document
from mediator.docs.page import FORM, Sheet

FORMATS: Final = ("docx", "pdf")
LIST_FORMATS: Final = ("docx", "pdf", "xlsx")
EACH_AND_ONE_MORE: Final = 0


class Group(Enum):
    """Where in the life of a matter a paper belongs; the order is the order of the dossier and of the lists."""

    INTAKE = "受理"
    HEARING = "调解"
    AGREEMENT = "协议"
    LEGAL_ROADS = "司法衔接"
    PERFORMANCE = "履行"
    CLOSING = "结案归档"
    PETITION = "信访"
    SUPERVISION = "督办"
    LEDGER = "台账管理"


class Keep(Enum):
    """How long a paper is kept, in years (county data; documents.md 2)."""

    LONG = 30
    MIDDLE = 10


@dataclass(frozen=True, slots=True)
class KindInfo:
    """One kind of paper.

    `short` goes into the paper's number. `fields` are what its form asks, `needs` paths in the case's record that it
    cannot do without. `basis` is the law or rule the form rests on. `copies` is how many are made, EACH_AND_ONE_MORE
    for one a party and one for the file. `sheet` is what it is printed on. `titles` are
    those that a field chooses between. `binding` papers stop on blocking findings
    of the lint.
    """

    id: str
    title: str
    group: Group
    short: str
    compose: Callable[[Case, PaperFacts], Document]
    fields: tuple[Field, ...] = ()
    needs: tuple[str, ...] = ()
    basis: str = ""
    signers: tuple[str, ...] = ()
    copies: int = 1
    keep: Keep = Keep.LONG
    binding: bool = False
    formats: tuple[str, ...] = FORMATS
    sheet: Sheet = FORM
    titles: tuple[str, ...] = ()

    def called(self, title: str) -> bool:
        """True for a title that a paper of this kind may have."""
        return title in (self.title, *self.titles)
