"""A paper made from a county's template instead of our own writer: the same facts, the same checks, the same mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from mediator.core.records import Case
from mediator.docs.continuing import continued
from mediator.docs.facts import Paper, PaperFacts
from mediator.docs.finished_word import WordFile, squeezed
from mediator.docs.fonts import Fonts
from mediator.docs.kinds import FORMATS, KindInfo
from mediator.docs.making import marking, named, refuse_formats, refuse_gaps
from mediator.docs.mark import Mark
from mediator.docs.model import Document, words
from mediator.docs.pdf import setter_for, write_pdf
from mediator.docs.qr import png
from mediator.docs.templates.layout import read_back
from mediator.docs.templates.render import filled_word, finished, with_pictures
from mediator.errors import RefusedByRule

SAMPLE: Final = "样稿"
UNCOUNTED: Final = 0


@dataclass(frozen=True, slots=True)
class Template:
    """An admitted template; `sha256` is that of the file as kept. One that nobody approved prints 样稿 across."""

    info: KindInfo
    parts: Mapping[str, bytes]
    sha256: str
    version: str
    approved: bool


def make(template: Template, case: Case, facts: PaperFacts, *, fonts: Fonts, formats: Sequence[str] = FORMATS) -> Paper:
    """One paper from a template. Its pages are UNCOUNTED where only an office program can lay it out.

    Raises RefusedByRule `template.unapproved`, `template.word_only` (a PDF is asked for that our writer cannot lay
    out), `template.replaces` (it does not say which paper it takes the place of), and as `making.make` and
    `render` do.
    """
    refuse_wrong_use(template, case, facts, formats)
    across = facts.across if template.approved else SAMPLE
    paper = replace(named(template.info.compose(case, facts), case, facts), across=across)
    word = filled_word(template.info, template.parts, case, facts, paper)
    text = WordFile(word).text
    if squeezed(facts.replaces) not in text:
        raise RefusedByRule("template.replaces")
    model = laid_out(word, paper, fonts)
    if model is None and "pdf" in formats:
        raise RefusedByRule("template.word_only")
    marked = marking(facts, text)
    pdf, pages = write_pdf(model, fonts, marked) if model else (b"", UNCOUNTED)
    mark = marked(pages) if marked else None
    files = {"docx": completed(word, paper, mark, fonts), "pdf": pdf}
    chosen = {each: files[each] for each in formats}
    source = (template.sha256, template.version)
    return Paper(template.info.id, paper.title, facts.number, pages, chosen, mark, source)


def completed(word: bytes, paper: Document, mark: Mark | None, fonts: Fonts) -> bytes:
    """The filled DOCX with its mark, and with pictures for characters that no face has."""
    marked = finished(word, paper, mark, png(mark, fonts.label)) if mark else word
    return with_pictures(marked, paper.pictures) if paper.pictures else marked


def laid_out(word: bytes, paper: Document, fonts: Fonts) -> Document | None:
    """The model of a filled template, none where our PDF writer would lay it out or read it otherwise than Word."""
    found = read_back(word, replace(paper, pictures={}))
    if found is None:
        return None
    model = replace(found, pictures=paper.pictures)
    cut = continued(model, setter_for(model, fonts))
    return cut if squeezed(words(cut)) == squeezed(words(model)) else None


def refuse_wrong_use(template: Template, case: Case, facts: PaperFacts, formats: Sequence[str]) -> None:
    """Raise for a format that templates do not make, a paper without its substance, an issue nobody approved."""
    refuse_formats(formats, FORMATS)
    if not facts.draft:
        refuse_gaps(template.info, case, facts)
        if not template.approved:
            raise RefusedByRule("template.unapproved")
