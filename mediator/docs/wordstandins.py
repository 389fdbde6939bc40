"""Pictures that stand for characters in a DOCX, read back: which character, which picture, and shown as it is.

Only a picture in the line, square and plain, with its character hidden right behind it is one. Whether it is the very
picture that was issued is asked of the record: words alone cannot tell, for anybody can put in another picture.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import normpath
from typing import Any, Final

from lxml import etree

from mediator.docs.elements import W, words_of
from mediator.docs.finished_word import WordFile

DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
INLINE: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
PICTURE: Final = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
EMBED: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
SMALLEST: Final = 9 * 12700
NOTES: Final = frozenset({"extLst"})
SHAPE: Final = frozenset({"xfrm", "prstGeom", "noFill"})


@dataclass(frozen=True, slots=True)
class StandIn:
    """A character and the picture before it: SHA-256 of its bytes, the runs of both in the file."""

    char: str
    sha256: str
    picture: Any
    hidden: Any


def stand_ins(word: WordFile) -> Iterator[StandIn]:
    """Every one of a file, in reading order."""
    for hidden in word.body.iter(f"{W}r"):
        picture = run_before(hidden)
        if picture is None or not is_unseen(hidden):
            continue
        inline, char = picture.find(f"{W}drawing/{INLINE}inline"), words_of(hidden)
        if inline is not None and plain(inline, char):
            yield StandIn(char, digest(word, inline), picture, hidden)


def is_unseen(run: Any) -> bool:
    """True for one character that is hidden."""
    return len(words_of(run)) == 1 and run.find(f"{W}rPr/{W}vanish") is not None


def run_before(run: Any) -> Any:
    """The run right before, over what is no run (marks of a spelling check)."""
    return next(run.itersiblings(f"{W}r", preceding=True), None)


def plain(inline: Any, char: str) -> bool:
    """True for a square picture called by its character, neither cut nor turned nor filled."""
    size, told = inline.find(f"{INLINE}extent"), inline.find(f"{INLINE}docPr")
    if size is None or told is None or told.get("descr") != char:
        return False
    width, height = (int(size.get(side, "0")) for side in ("cx", "cy"))
    return width == height >= SMALLEST and untouched(inline)


def untouched(inline: Any) -> bool:
    """True for a picture that is neither cut nor turned nor filled nor coloured."""
    fill, shape = inline.find(f".//{PICTURE}blipFill"), inline.find(f".//{PICTURE}spPr")
    if fill is None or shape is None:
        return False
    turned_or_cut = (shape.find(f"{DRAWING}xfrm"), fill.find(f"{DRAWING}srcRect"))
    whole = all(each is None or not each.attrib for each in turned_or_cut)
    return whole and children(fill.find(f"{DRAWING}blip")) <= NOTES and children(shape) <= SHAPE


def children(element: Any) -> set[str]:
    """Names of what stands in an element."""
    return {etree.QName(each).localname for each in element}


def digest(word: WordFile, inline: Any) -> str:
    """SHA-256 of the picture's bytes, empty where the file does not hold them."""
    data = embedded(word, inline)
    return hashlib.sha256(data).hexdigest() if data else ""


def embedded(word: WordFile, inline: Any) -> bytes:
    """The picture's bytes, empty where the file does not hold them."""
    wanted = inline.find(f".//{DRAWING}blip").get(EMBED)
    for each in word.tree("word/_rels/document.xml.rels"):
        if each.get("Id") == wanted:
            return word.parts.get(normpath(f"word/{each.get('Target')}"), b"")
    return b""
