"""From a case to a finished paper: compose, write in each format. A pure function of its arguments."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Final

from mediator.core.codes import CaseKind, PartyKind, Side
from mediator.core.records import Case, CaseId, Party, PartyId
from mediator.docs.catalogue import FORMATS, KindInfo, kind_of
from mediator.docs.continuing import continued
from mediator.docs.facts import Paper, PaperFacts
from mediator.docs.fields import filled, unfilled
from mediator.docs.fonts import Fonts
from mediator.docs.mark import Mark, text_digest
from mediator.docs.model import Document, text, words
from mediator.docs.needs import FOUNDATIONS, missing
from mediator.docs.pdf import setter_for, write_pdf
from mediator.docs.qr import png
from mediator.docs.sheet import write_xlsx
from mediator.docs.word import write_docx
from mediator.errors import RefusedByRule

# What an empty form is made of: one nameless person on each side.
NOTHING: Final = Case(
    CaseId(""),
    CaseKind.PEOPLE_MEDIATION,
    title="",
    dispute_type="",
    parties=tuple(
        Party(PartyId(side.value), "", side, PartyKind.PERSON, "") for side in (Side.APPLICANT, Side.RESPONDENT)
    ),
)
SHORT: Final = 20
REPLACES: Final = "更正：本文书更正（代替）编号"


def blank(
    kind: str, committee: str, day: date, *, fonts: Fonts, formats: Sequence[str] = FORMATS, across: str = ""
) -> Paper:
    """The empty form of a kind, with a word across it if one is given; raises as `make` does."""
    facts = PaperFacts("", day, committee, blank=True, across=across)
    return make(kind, NOTHING, facts, fonts=fonts, formats=formats)


def make(kind: str, case: Case, facts: PaperFacts, *, fonts: Fonts, formats: Sequence[str] = FORMATS) -> Paper:
    """One paper. The PDF is always set, for its page count and to meet a character in no face early.

    Raises RefusedByRule `document.kind`, `document.format`, `document.needs` (the place of what a paper that is no
    draft cannot do without), Unacceptable `document.character`, `field.value`.
    """
    info = kind_of(kind)
    refuse_formats(formats, info.formats)
    if not facts.draft and not facts.blank:
        refuse_gaps(info, case, facts)
    document = corrected(info.compose(case, facts), facts.replaces)
    whole = replace(named(document, case, facts), sheet=info.sheet, across=facts.across)
    document = continued(whole, setter_for(whole, fonts))
    marked = marking(facts, words(document))
    pdf, pages = write_pdf(document, fonts, marked)
    mark = marked(pages) if marked else None
    picture = png(mark, fonts.label) if mark else b""
    writers: dict[str, Callable[[], bytes]] = {
        "docx": lambda: write_docx(document, mark, picture=picture, pages=pages), "pdf": lambda: pdf,
        "xlsx": lambda: write_xlsx(whole),
    }  # fmt: skip
    files = {each: writers[each]() for each in writers if each in formats}
    return Paper(kind, document.title, facts.number, pages, files, mark)


def refuse_formats(asked: Sequence[str], known: Sequence[str]) -> None:
    """Raise for the first format that cannot be made."""
    for wrong in (each for each in asked if each not in known):
        raise RefusedByRule("document.format", where=wrong)


def named(document: Document, case: Case, facts: PaperFacts) -> Document:
    """The document with every name in it, and with pictures for characters that no face has."""
    pictures = {each.char: each.png for each in case.pictures}
    return replace(document, names=tuple(dict.fromkeys(names_in(case, facts))), pictures=pictures)


def marking(facts: PaperFacts, text: str) -> Callable[[int], Mark] | None:
    """What makes the mark of a text once its pages are counted; None for a paper that bears none."""
    return partial(facts.stamp.mark, text_digest(text)) if facts.stamp else None


def corrected(document: Document, replaced: str) -> Document:
    """The document, which names the paper that it takes the place of, if there is one (documents.md 1)."""
    if not replaced:
        return document
    return replace(document, blocks=(text(f"{REPLACES}{replaced}的文书。"), *document.blocks))


def refuse_gaps(info: KindInfo, case: Case, facts: PaperFacts) -> None:
    """Raise for a paper that would stand blank where its substance belongs."""
    for need in missing(info.needs, case):
        if need in FOUNDATIONS:
            raise RefusedByRule("document.needs", where=need)
    for field in unfilled(info.fields, filled(info.fields, case, facts)):
        raise RefusedByRule("document.needs", where=f"{info.id}.{field.name}")


def names_in(case: Case, facts: PaperFacts) -> Iterator[str]:
    """Every name, wherever it is written: parties, who sat and spoke, who pays, who was visited, what was typed."""
    for party in case.parties:
        yield from (party.name, party.legal_representative)
    for hearing in case.hearings:
        yield from (*hearing.mediators, hearing.recorder, *(turn.speaker for turn in hearing.turns))
        yield from (*hearing.observers, *hearing.absent, hearing.interpreter)
    for each in case.obligations:
        yield from (each.payer, each.payee)
    for visit in case.follow_ups:
        yield from (visit.visitor, visit.visited)
    yield from short_texts(facts)


def short_texts(facts: PaperFacts) -> Iterator[str]:
    """What was typed and is short enough to be a name."""
    return (typed for typed in facts.values.values() if isinstance(typed, str) and len(typed) <= SHORT)
