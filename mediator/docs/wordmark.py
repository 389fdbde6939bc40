"""The mark in a DOCX: one picture that hangs in the bottom margin of the page where the text ends.

It is anchored to the last paragraph and placed from the edges of the page, so that it takes no room from the text and
office programs, which count lines in their own way, end on the page where the PDF ends. A footer would show it on every
page, a frame of text comes back from some programs as a drawing with its words twice.
"""

from __future__ import annotations

import io
from typing import Any, Final

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from mediator.docs.finished_word import is_cut
from mediator.docs.mark import Mark, words_for
from mediator.docs.page import CELL, MARK_FOOT, Sheet
from mediator.docs.qr import MARK_SIZE, foot_of_mark, left_of_mark
from mediator.docs.wordparts import node, run_head

TOLD: Final = "核对用的二维码，"
EMU: Final = 12700
LEEWAY: Final = 1.0
FRAME: Final = (
    f'<wp:anchor {nsdecls("wp", "a", "pic", "r")} distT="0" distB="0" distL="0" distR="0" simplePos="0" '
    'relativeHeight="1" behindDoc="0" locked="0" layoutInCell="0" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
    '<wp:positionH relativeFrom="page"><wp:posOffset>{x}</wp:posOffset></wp:positionH>'
    '<wp:positionV relativeFrom="page"><wp:posOffset>{y}</wp:posOffset></wp:positionV></wp:anchor>'
)


def hang(part: Any, body: Any, mark: Mark, picture: bytes, sheet: Sheet) -> None:
    """Hang the picture of a mark below the last page of a body, or over the page where the text above a slip ends."""
    width, height = MARK_SIZE
    inline = part.new_pic_inline(io.BytesIO(picture), Pt(width), Pt(height))
    inline.docPr.set("descr", f"{TOLD}{words_for(mark)}")
    cut = next(filter(is_cut, body), None)
    holder = last_paragraph(body) if cut is None else cut.getprevious()
    x = sheet.left + (left_of_mark(sheet) if cut is None else 0.0)
    y = sheet.height - foot_of_mark(sheet, at_head=cut is not None) - MARK_SIZE[1]
    holder.append(node("r", run_head(CELL), node("drawing", anchored(inline, x, y))))


def anchored(inline: Any, x: float, y: float) -> Any:
    """A picture in the line as one that floats over a margin, so far from the edges of the page."""
    anchor = parse_xml(FRAME.format(x=round(x * EMU), y=round(y * EMU)))
    extent, *rest = inline
    air = OxmlElement("wp:effectExtent", attrs=dict.fromkeys("ltrb", "0"))
    anchor.extend([extent, air, OxmlElement("wp:wrapNone"), *rest])
    return anchor


def last_paragraph(body: Any) -> Any:
    """The paragraph that ends the text; one is put where a table does."""
    *_, last = (each for each in body if each.tag != qn("w:sectPr"))
    if last.tag == qn("w:p"):
        return last
    added = node("p")
    last.addnext(added)
    return added


def hangs_in_margin(anchor: Any, sheet_height: float, top: float) -> bool:
    """True for a floating picture no larger than a mark, within the top margin or no higher than ours at the foot."""
    measured = measures_of(anchor)
    if measured is None:
        return False
    wide, high, start = measured
    lowest = sheet_height - MARK_FOOT - MARK_SIZE[1]
    small = wide <= MARK_SIZE[0] + LEEWAY and high <= MARK_SIZE[1] + LEEWAY
    return small and (start + LEEWAY >= lowest or 0 <= start <= top - high)


def measures_of(anchor: Any) -> tuple[float, float, float] | None:
    """Width, height and distance from the page's upper edge in points; None where it is placed in another way."""
    extent, offset = anchor.find(qn("wp:extent")), anchor.find(f"{qn('wp:positionV')}/{qn('wp:posOffset')}")
    if extent is None or offset is None or offset.getparent().get("relativeFrom") != "page":
        return None
    wide, high, start = (int(each or 0) / EMU for each in (extent.get("cx"), extent.get("cy"), offset.text))
    return wide, high, start
