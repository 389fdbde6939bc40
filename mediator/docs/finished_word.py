"""A finished DOCX read back from its bytes, by another library than the one that wrote it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import dropwhile, groupby
from typing import Any, Final

from lxml import etree

from mediator.docs.elements import W, has_place, value_of, words_of
from mediator.docs.mark import printed_code
from mediator.docs.model import Clause
from mediator.docs.qr import read_picture
from mediator.errors import Unacceptable

DESCRIBED: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
BLANK: Final = re.compile(r"\s+")
# How the lists of our papers count: 一、 二、 and, in every further series, 1. 2.
COUNTED: Final = {("chineseCountingThousand", "%1、", "1"): 0, ("decimal", "%1.", "1"): 1}
NO_LIST: Final = ("", "", "")
MOST_UNPACKED: Final = 64 * 1024 * 1024


def squeezed(text: str) -> str:
    """Text without any blank."""
    return BLANK.sub("", text)


@dataclass
class WordFile:
    """A DOCX by its bytes."""

    data: bytes

    @cached_property
    def parts(self) -> dict[str, bytes]:
        """Every part of the package by name; raises Unacceptable `file.size` for one that unpacks without end."""
        with zipfile.ZipFile(io.BytesIO(self.data)) as package:
            if sum(each.file_size for each in package.infolist()) > MOST_UNPACKED:
                raise Unacceptable("file.size")
            return {name: package.read(name) for name in package.namelist()}

    def tree(self, name: str) -> Any:
        """The tree of a part; what its own declarations define is not unfolded."""
        return etree.fromstring(self.parts[name], etree.XMLParser(resolve_entities=False, no_network=True))

    @property
    def tight(self) -> bool:
        """True when nothing stands before or after the package; no office program leaves anything there."""
        return self.data[:4] == b"PK\x03\x04" and self.data[-22:-18] == b"PK\x05\x06"

    @cached_property
    def body(self) -> Any:
        """The tree of the main part."""
        return self.tree("word/document.xml").find(f"{W}body")

    @cached_property
    def paragraphs(self) -> list[str]:
        """Text of each paragraph in reading order, numbers of clauses written out."""
        found: list[str] = []
        clauses: dict[str, int] = {}
        for paragraph in self.body.iter(f"{W}p"):
            text = words_of(paragraph)
            series = paragraph.find(f"{W}pPr/{W}numPr/{W}numId")
            if series is not None:
                name = series.get(f"{W}val", "")
                clauses[name] = clauses.get(name, 0) + 1
                text = Clause(clauses[name], "", self.series(name)).label + text
            found.append(text)
        return found

    def series(self, number: str) -> int:
        """Which of a clause's series a list counts like; an office program numbers the lists of a file anew."""
        return COUNTED.get(self.lists.get(number, NO_LIST), int(number) - 1)

    @cached_property
    def lists(self) -> dict[str, tuple[str, str, str]]:
        """Shape, words and start of each list's first level; none for a list that overrides its own."""
        if "word/numbering.xml" not in self.parts:
            return {}
        tree = self.tree("word/numbering.xml")
        levels = {each.get(f"{W}abstractNumId"): each.find(f"{W}lvl") for each in tree.iter(f"{W}abstractNum")}
        return {
            each.get(f"{W}numId", ""): first_level(levels.get(value_of(each, "abstractNumId")))
            for each in tree.iter(f"{W}num") if each.find(f"{W}lvlOverride") is None
        }  # fmt: skip

    @cached_property
    def text(self) -> str:
        """The whole text without blanks."""
        return squeezed("".join(self.paragraphs))

    @cached_property
    def cells(self) -> list[str]:
        """Text of each paragraph that stands in a table."""
        return [words_of(each) for each in self.body.iterfind(f".//{W}tc/{W}p")]

    @cached_property
    def columns(self) -> str:
        """The text of rows that go on in the next one, cell below cell, without blanks."""
        found: list[str] = []
        going = False
        for row in self.body.iter(f"{W}tr"):
            cells = [words_of(cell) for cell in row.iter(f"{W}tc")]
            below = row.find(f"{W}tc/{W}tcPr/{W}tcBorders/{W}bottom") is not None
            if going:
                found[-len(cells) :] = map("".join, zip(found[-len(cells) :], cells, strict=True))
            elif below:
                found += cells
            going = below
        return "\n".join(map(squeezed, found))

    @cached_property
    def marks(self) -> list[str]:
        """What every QR in its pictures says."""
        pictures = [data for name, data in self.parts.items() if name.startswith("word/media/")]
        return [text for data in pictures for text in read_picture(data)]

    @property
    def code(self) -> str:
        """The check code that the description of a picture tells, empty where an office program dropped it."""
        told = (printed_code(each.get("descr", "")) for each in self.body.iter(DESCRIBED))
        return next(filter(None, told), "")

    @cached_property
    def headings(self) -> list[str]:
        """Text of each heading, without blanks."""
        style = ".//w:p[w:pPr/w:pStyle[starts-with(@w:val,'Mediator') and contains(@w:val,'Heading')]]"
        found = self.body.xpath(style, namespaces={"w": W[1:-1]})
        return [squeezed(words_of(each)) for each in found]

    @cached_property
    def signatures(self) -> list[str]:
        """Text of each block of places to sign, seal and day, without blanks; what stands between two is in none."""
        return [told(block) for signing, block in groupby(self._rows, key=is_signing) if signing]

    @cached_property
    def cut_off(self) -> str:
        """Text below the cut that follows the places to sign, without blanks."""
        rows = list(dropwhile(lambda row: not is_signing(row), self._rows))
        return told(dropwhile(lambda row: not is_cut(row), rows))

    @property
    def _rows(self) -> list[Any]:
        """Paragraphs and tables in order."""
        return [each for each in self.body if each.tag != f"{W}sectPr"]

    @cached_property
    def feet(self) -> str:
        """Footers as XML text."""
        return "".join(data.decode() for name, data in self.parts.items() if name.startswith("word/footer"))

    @cached_property
    def headers(self) -> list[str]:
        """Text of each repeated header row, without blanks."""
        rows = [row for row in self.body.iter(f"{W}tr") if row.find(f"{W}trPr/{W}tblHeader") is not None]
        return [squeezed(words_of(row)) for row in rows]


def told(rows: Iterable[Any]) -> str:
    """The text of some blocks, without blanks."""
    return squeezed("".join(node.text or "" for each in rows for node in each.iter(f"{W}t")))


def is_signing(block: Any) -> bool:
    """True for a place to sign, which alone has a tab, and for a seal's name or a day, which stand in from right."""
    return has_place(block) or (valued_in(block, "jc") in ("right", "end") and block.find(f"{W}pPr/{W}ind") is not None)


def valued_in(block: Any, name: str) -> str:
    """The value of a paragraph's own property, empty for none."""
    shape = block.find(f"{W}pPr")
    return "" if shape is None else value_of(shape, name)


def is_cut(block: Any) -> bool:
    """True for the dashed rule along which the sheet is cut."""
    rule = block.find(f"{W}pPr/{W}pBdr/{W}top")
    return rule is not None and rule.get(f"{W}val") == "dashed"


def first_level(level: Any) -> tuple[str, str, str]:
    """Shape, words and start of a level."""
    if level is None:
        return NO_LIST
    return (value_of(level, "numFmt"), value_of(level, "lvlText"), value_of(level, "start"))
