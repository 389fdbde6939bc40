"""From a case to a finished paper: compose, write in each format. A pure function of its arguments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mediator.core.records import Case
from mediator.docs.catalogue import FORMATS, KindInfo, kind_of
from mediator.docs.facts import Paper, PaperFacts
from mediator.docs.fonts import Fonts
from mediator.docs.needs import FOUNDATIONS, missing
from mediator.docs.pdf import write_pdf
from mediator.docs.word import write_docx
from mediator.errors import RefusedByRule


def make(kind: str, case: Case, facts: PaperFacts, *, fonts: Fonts, formats: Sequence[str] = FORMATS) -> Paper:
    """One paper. The PDF is always set, for its page count and to meet a character in no face early.

    Raises RefusedByRule `document.kind`, `document.format`, `document.needs` (the place of what a paper that is no
    draft cannot do without), Unacceptable `document.character`.
    """
    info = kind_of(kind)
    refuse(info, case, formats, draft=facts.draft)
    document = replace(info.compose(case, facts), names=tuple(dict.fromkeys(people(case))))
    pdf, pages = write_pdf(document, fonts)
    files = {}
    if "docx" in formats:
        files["docx"] = write_docx(document)
    if "pdf" in formats:
        files["pdf"] = pdf
    return Paper(kind, document.title, facts.number, pages, files)


def refuse(info: KindInfo, case: Case, formats: Sequence[str], *, draft: bool) -> None:
    """Raise for a format that is none, and for a paper that would stand blank where its substance belongs."""
    for wrong in (each for each in formats if each not in info.formats):
        raise RefusedByRule("document.format", where=wrong)
    for need in () if draft else missing(info.needs, case):
        if need in FOUNDATIONS:
            raise RefusedByRule("document.needs", where=need)


def people(case: Case) -> Iterator[str]:
    """Every name in a case, wherever it is written: parties, who sat and spoke, who pays, who was visited."""
    for party in case.parties:
        yield from (party.name, party.legal_representative)
    for hearing in case.hearings:
        yield from (*hearing.mediators, hearing.recorder, *(turn.speaker for turn in hearing.turns))
    for each in case.agreement.obligations if case.agreement else ():
        yield from (each.payer, each.payee)
    for visit in case.follow_ups:
        yield from (visit.visitor, visit.visited)
