"""Pictures of characters in the DOCX: inline, as high as the em, the character as their alternative text.

The character itself follows as hidden text, so that searching, comparing and the mark read the same words as ever.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any, Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from mediator.docs.page import BODY, STYLES
from mediator.docs.pictured import BELOW

SIZES: Final = {style.name.replace(" ", ""): style.size for style in STYLES}
LATER: Final = tuple(map(qn, ("w:color", "w:spacing", "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:u")))


def set_pictures(part: Any, body: Any, pictures: Mapping[str, bytes]) -> None:
    """Put a picture before each character that has one, and hide the character."""
    if not pictures:
        return
    pattern = re.compile(f"([{re.escape(''.join(pictures))}])")
    for text in list(body.iter(qn("w:t"))):
        if pattern.search(text.text or ""):
            run = text.getparent()
            for piece in filter(None, pattern.split(text.text)):
                for each in pieces(part, run, piece, pictures):
                    run.addprevious(each)
            run.getparent().remove(run)


def pieces(part: Any, run: Any, piece: str, pictures: Mapping[str, bytes]) -> Iterator[Any]:
    """The runs that stand for a piece: one of text, or picture and hidden character."""
    words = deepcopy(run)
    words.find(qn("w:t")).text = piece
    if piece in pictures:
        yield picture_run(part, run, piece, pictures[piece])
        put_in(words.find(qn("w:rPr")), OxmlElement("w:vanish"))
    yield words


def put_in(properties: Any, element: Any) -> None:
    """A property in the order of the standard."""
    later = next((each for each in properties if each.tag in LATER), None)
    if later is None:
        properties.append(element)
    else:
        later.addprevious(element)


def picture_run(part: Any, run: Any, char: str, data: bytes) -> Any:
    """The picture in the line, lowered by what a Han character hangs below it."""
    size = size_of(run)
    inline = part.new_pic_inline(io.BytesIO(data), Pt(size), Pt(size))
    inline.docPr.set("descr", char)
    for edge in ("distT", "distB", "distL", "distR"):
        inline.set(edge, "0")
    lowered = OxmlElement("w:position")
    lowered.set(qn("w:val"), str(-round(2 * BELOW * size)))
    properties, drawing, found = OxmlElement("w:rPr"), OxmlElement("w:drawing"), OxmlElement("w:r")
    properties.append(lowered)
    drawing.append(inline)
    found.extend((properties, drawing))
    return found


def size_of(run: Any) -> float:
    """The size of a run's text in points: its own, else that of its paragraph's style."""
    own = run.find(f"{qn('w:rPr')}/{qn('w:sz')}")
    if own is not None:
        return float(own.get(qn("w:val"))) / 2
    style = run.getparent().find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return SIZES.get(style.get(qn("w:val")) if style is not None else "", BODY.size)
