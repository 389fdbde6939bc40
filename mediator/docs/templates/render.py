"""A template filled: engine in its own process, read back value by value, looked through again before it leaves."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import docx
from lxml import etree

from mediator.core.records import Case
from mediator.docs.elements import W, words_of
from mediator.docs.facts import PaperFacts
from mediator.docs.kinds import KindInfo
from mediator.docs.mark import Mark
from mediator.docs.model import Document
from mediator.docs.page import FOOT
from mediator.docs.templates.check import texts_of
from mediator.docs.templates.context import GAP, context_of
from mediator.docs.templates.dress import Faces, dressed
from mediator.docs.templates.fields import slots_of
from mediator.docs.templates.parts import TYPES_PART, admitted, types_part
from mediator.docs.templates.process import ask
from mediator.docs.word import describe
from mediator.docs.wordbase import HEAD, OFFICE, PACKAGE, core, packed, relations
from mediator.docs.wordedges import DRAFT_MARK
from mediator.docs.wordmark import hang
from mediator.docs.wordparts import node, paragraph
from mediator.docs.wordpictures import set_pictures
from mediator.errors import Unacceptable

CORE: Final = "docProps/core.xml"
BLANKS: Final = re.compile(f"[{GAP}\\s]+")
OWN_RELATIONS: Final = relations(
    (f"{OFFICE}/relationships/officeDocument", "word/document.xml"),
    (f"{PACKAGE}/relationships/metadata/core-properties", CORE),
)


def filled_word(info: KindInfo, parts: Mapping[str, bytes], case: Case, facts: PaperFacts, paper: Document) -> bytes:
    """The filled DOCX of an admitted template; `paper` gives its title, names and the word across it.

    Raises Unacceptable `template.render` with the part and a fault of the check, or `value` for a value that does not
    stand in the result as it was put in.
    """
    answer = ask(texts_of(parts), slots_of(info), context_of(info, case, facts))
    if answer.fault:
        raise Unacceptable("template.render", where=answer.part, fault=answer.fault)
    faces = Faces(parts)
    done = {name: dressed(name, text, faces, paper) for name, text in answer.parts.items()}
    for name, values in answer.told.items():
        refuse_lost(name, done[name], values)
    whole = {**parts, **done, CORE: (HEAD + core()).encode(), "_rels/.rels": (HEAD + OWN_RELATIONS).encode()}
    whole[TYPES_PART] = types_part(whole)
    return finished(packed(whole), paper)


def refuse_lost(name: str, raw: bytes, values: Sequence[str]) -> None:
    """Raise when a value that was put in does not stand there, exactly and in its order (T33)."""
    text = BLANKS.sub("", words_of(etree.fromstring(raw)))
    place = 0
    for value in values:
        wanted = BLANKS.sub("", value)
        found = text.find(wanted, place)
        if found < 0:
            raise Unacceptable("template.render", where=name, fault="value")
        place = found + len(wanted)


def finished(data: bytes, paper: Document, mark: Mark | None = None, picture: bytes = b"") -> bytes:
    """Properties of the paper, the word across a draft, the mark below its end; looked through as any foreign file."""
    word = docx.Document(io.BytesIO(data))
    describe(word.core_properties, paper)
    if paper.banner and mark is None:
        for header in headers(word):
            holder = node("r")
            holder.append(docx.oxml.parse_xml(DRAFT_MARK.replace("草稿", paper.banner)))
            header.append(paragraph(FOOT, [holder]))
    if mark is not None:
        hang(word.part, word.element.body, mark, picture, paper.sheet)
    return saved(word)


def with_pictures(data: bytes, pictures: Mapping[str, bytes]) -> bytes:
    """The filled DOCX with a picture for each character that has one, as in our own papers."""
    word = docx.Document(io.BytesIO(data))
    set_pictures(word.part, word.element.body, pictures)
    return saved(word)


def saved(word: Any) -> bytes:
    """Bytes of a DOCX, looked through as any foreign file."""
    buffer = io.BytesIO()
    word.save(buffer)
    with zipfile.ZipFile(buffer) as package:
        made = packed({name: package.read(name) for name in package.namelist()})
    admitted(made)
    return made


def headers(word: Any) -> Iterator[Any]:
    """Every header that some page shows; the first section gets its own where it has none."""
    even = word.settings.odd_and_even_pages_header_footer
    for place, section in enumerate(word.sections):
        for each in shown_headers(section, even=even):
            if not (place and each.is_linked_to_previous):
                yield emptied(each._element)


def shown_headers(section: Any, *, even: bool) -> Iterator[Any]:
    """The headers of a section that its pages show."""
    yield section.header
    if section.different_first_page_header_footer:
        yield section.first_page_header
    if even:
        yield section.even_page_header


def emptied(header: Any) -> Any:
    """A header without its empty paragraphs."""
    for empty in [old for old in header if not old.findall(f".//{W}r")]:
        header.remove(empty)
    return header
