"""What stands round the text of a DOCX: the sheet itself, page numbers, places to sign, the word across a page."""

from __future__ import annotations

from typing import Any, Final

import docx
from docx.oxml.ns import qn

from mediator.docs.model import Document
from mediator.docs.page import FOOT, LETTER_FOOT, NUMBER_FOOT, SIGN_FOOT, Sheet
from mediator.docs.wordbase import W_SPACE, twips
from mediator.docs.wordparts import field, node, paragraph, run, tab_rule, tab_run

# The place to sign stands as high over the page's number as in the PDF, clear of the mark.
BELOW_SIGN: Final = SIGN_FOOT - NUMBER_FOOT - FOOT.leading
DRAFT_SHAPE: Final = ";".join(
    (
        "position:absolute", "width:330pt", "height:165pt", "rotation:315", "z-index:-1",
        "mso-position-horizontal:center", "mso-position-horizontal-relative:page",
        "mso-position-vertical:center", "mso-position-vertical-relative:page",
    )
)  # fmt: skip
DRAFT_MARK: Final = (
    f'<w:pict xmlns:w="{W_SPACE}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office">'
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" path="m@7,l@8,m@5,21600l@6,21600e">'
    '<v:textpath on="t" fitshape="t"/></v:shapetype>'
    f'<v:shape id="draft" type="#_x0000_t136" style="{DRAFT_SHAPE}" fillcolor="#dbdbdb" stroked="f">'
    '<v:textpath style="font-family:&quot;黑体&quot;;font-weight:bold" string="草稿"/></v:shape></w:pict>'
)


def lay_out(section: Any, sheet: Sheet) -> None:
    """Paper, margins, grid."""
    holder = section._sectPr
    size, margins, grid = (holder.find(qn(f"w:{name}")) for name in ("pgSz", "pgMar", "docGrid"))
    size.set(qn("w:w"), str(round(sheet.width * 20)))
    size.set(qn("w:h"), str(round(sheet.height * 20)))
    if sheet.width > sheet.height:
        size.set(qn("w:orient"), "landscape")
    for side in ("top", "left", "right"):
        margins.set(qn(f"w:{side}"), str(round(getattr(sheet, side) * 20)))
    grid.set(qn("w:linePitch"), str(twips(sheet.body.leading)))


def edges(word: Any, section: Any, document: Document, *, numbered: bool) -> None:
    """Page numbers, a record's place to sign on each page, 草稿 across each page of a draft."""
    feet = [(section.footer, "")]
    if document.sheet.letter:
        word.settings.odd_and_even_pages_header_footer = True
        feet = [(section.footer, "right"), (section.even_page_footer, "left")]
    for holder, side in feet:
        fill_foot(holder._element, document, side, numbered=numbered)
    if document.banner:
        put_across(section, document.banner)


def fill_foot(footer: Any, document: Document, side: str, *, numbered: bool) -> None:
    """A place to sign and the page's number; a letter of one page has neither."""
    clear(footer)
    if side and not numbered:
        footer.append(middle_number(numbered=False))
        return
    if document.foot_sign:
        shape = (tab_rule(document.sheet.text_width), node("spacing", after=str(twips(BELOW_SIGN))))
        footer.append(paragraph(FOOT, [*run(FOOT, document.foot_sign), tab_run(FOOT)], *shape))
    footer.append(outer_number(side) if side else middle_number(numbered=numbered))


def middle_number(*, numbered: bool) -> Any:
    """第 x 页 共 y 页 in the middle, or an empty foot."""
    number = [
        *run(FOOT, "第 "), *field(FOOT, "PAGE"), *run(FOOT, " 页 共 "), *field(FOOT, "NUMPAGES"), *run(FOOT, " 页")
    ]  # fmt: skip
    return paragraph(FOOT, number if numbered else [], node("jc", val="center"))


def outer_number(side: str) -> Any:
    """— x — on the outer side of a letter's page, a character in."""
    inset = node("ind", **{side: str(twips(LETTER_FOOT.size))})
    number = [*run(LETTER_FOOT, "— "), *field(LETTER_FOOT, "PAGE"), *run(LETTER_FOOT, " —")]
    return paragraph(LETTER_FOOT, number, inset, node("jc", val=side))


def put_across(section: Any, words: str) -> None:
    """Two characters across each page, in the header."""
    header = section.header._element
    clear(header)
    holder = node("r")
    holder.append(docx.oxml.parse_xml(DRAFT_MARK.replace("草稿", words)))
    header.append(paragraph(FOOT, [holder]))


def clear(part: Any) -> None:
    """Take out the paragraph that the library puts in."""
    for child in list(part):
        part.remove(child)
