"""A finished paper on the bench: its files read back, beside the case and the facts it was made from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property
from itertools import zip_longest
from typing import Final

from mediator.core.records import Case
from mediator.docs.facts import Paper, PaperFacts
from mediator.docs.finished import PdfFile
from mediator.docs.finished_word import WordFile, squeezed


@dataclass(frozen=True, slots=True)
class PaperFinding:
    """A check a finished paper fails; `message` names no person."""

    check: str
    message: str
    place: str = ""


@dataclass
class Examined:
    """A paper on the bench: its files read back, the case it was made from."""

    paper: Paper
    case: Case
    facts: PaperFacts
    again: Callable[[], Paper] | None

    @cached_property
    def pdf(self) -> PdfFile | None:
        """The PDF, if the paper has one."""
        data = self.paper.files.get("pdf")
        return PdfFile(data) if data else None

    @cached_property
    def word(self) -> WordFile | None:
        """The DOCX, if the paper has one."""
        data = self.paper.files.get("docx")
        return WordFile(data) if data else None

    @cached_property
    def flowing(self) -> str:
        """The PDF's text without blanks, page feet, watermark and repeated table headers."""
        return "".join(self.pages)

    @cached_property
    def pages(self) -> list[str]:
        """The same page by page."""
        assert self.pdf is not None
        pages = [squeezed(body).replace(self.across, "", 1) for body in self.pdf.bodies]
        if self.word is None:
            return list(map(str.removeprefix, pages, self.pdf.repeated))
        for header in self.word.headers:
            pages[1:] = [page.removeprefix(header) for page in pages[1:]]
        return pages

    @property
    def across(self) -> str:
        """What stands across each page, empty for nothing."""
        return self.facts.across or ("草稿" if self.facts.draft else "")

    @cached_property
    def texts(self) -> list[tuple[str, str]]:
        """Format and text of each file."""
        found = [("docx", self.word.text)] if self.word else []
        return found + ([("pdf", self.flowing)] if self.pdf else [])

    def goes_on(self, words: str) -> bool:
        """True for words of a cell whose row goes on over several; of a PDF alone only their pieces can be found."""
        if self.word:
            return words in self.word.columns
        return len(words) > SHORTEST_CUT and in_pieces(words, self.flowing)

    @cached_property
    def own_words(self) -> str:
        """Everything people wrote in the case, where odd words are theirs to answer for."""
        return "\n".join([*strings(self.case), *strings(tuple(self.facts.values.values()))])


# A row that goes on holds more than half a page of words, and each of its pieces several lines of one at least.
SHORTEST_CUT: Final = 17
PIECE: Final = 6
END: Final = "\0"
Check = Callable[[Examined], Iterator[PaperFinding]]


def strings(value: object) -> Iterator[str]:
    """Every text in a record, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from strings(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from strings(getattr(value, field.name))


def in_pieces(words: str, text: str) -> bool:
    """True when a text holds all of these words in their order, in pieces of PIECE characters at least."""
    at = 0
    while words:
        at = text.find(words[:PIECE], at)
        if at < 0:
            return False
        same = first_difference(words, text[at:] + END)
        words, at = words[same:], at + same
    return True


def first_difference(one: str, other: str) -> int:
    """Where two texts part; the length of the shorter when one begins the other."""
    return next(place for place, (a, b) in enumerate(zip_longest(one, other)) if a != b)
