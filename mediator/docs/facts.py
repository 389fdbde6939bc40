"""What a paper needs beside the case: number, day, committee, which hearing or obligation, what was typed for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from mediator.core.records import HearingId, ObligationId, Value
from mediator.docs.mark import Mark, Stamp


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """`number` is empty on a draft; `hearing` and `obligation` choose one, the last when they are None.

    `values` are what a clerk typed for this paper, by the names of its form's fields. `blank` asks for the empty form,
    to be filled in by pen. `stamp` marks an issued paper; drafts and blanks have none. `replaces` is the number of the
    paper that this one takes the place of. `days` are last days of running periods by the rule's number (`D04`,
    `D13.request`) and of answers by the order's id. `across` is a word across each page of a draft,
    草稿 when it is empty.
    """

    number: str
    issued_on: date
    committee: str
    draft: bool = False
    blank: bool = False
    hearing: HearingId | None = None
    obligation: ObligationId | None = None
    values: Mapping[str, Value] = field(default_factory=dict)
    stamp: Stamp | None = None
    replaces: str = ""
    across: str = ""
    days: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Paper:
    """A finished paper: its files by format, bytes never changed afterwards, and the mark they carry.

    `template` are hash and version of the template it was made from, nothing for our own writer.
    """

    kind: str
    title: str
    number: str
    pages: int
    files: Mapping[str, bytes]
    mark: Mark | None = None
    template: tuple[str, ...] = ()
