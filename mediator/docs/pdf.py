"""The PDF writer: the model set on A4 by our own layout; the library neither justifies nor falls back by character."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from mediator.docs.drawing import nothing, put_glyphs, rule, sign_foot, watermark
from mediator.docs.fonts import FANGSONG, HEI_BOLD, Fonts
from mediator.docs.mark import Mark, words_for
from mediator.docs.model import Document, Run
from mediator.docs.page import CELL, FOOT, HEIGHT, LEFT, MARK_HEIGHT, NUMBER_FOOT, PAGE_HEIGHT, PAGE_WIDTH, TOP, WIDTH
from mediator.docs.paging import Slice, paginate
from mediator.docs.qr import put_mark
from mediator.docs.setting import Setter


def write_pdf(document: Document, fonts: Fonts, marked: Callable[[int], Mark] | None = None) -> tuple[bytes, int]:
    """PDF bytes and page count; raises Unacceptable `document.character` before anything is written.

    `marked` makes the mark once the number of pages is known.
    """
    setter = Setter(fonts, document.names)
    pages = paginated(setter, document, marked)
    buffer = io.BytesIO()
    for face in (FANGSONG, HEI_BOLD):
        fonts.face(face)
    canvas = Canvas(buffer, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=1, lang="zh-CN", initialFontName=FANGSONG)
    canvas.setTitle(document.title)
    canvas.setSubject(document.number)
    canvas.setAuthor(document.committee)
    canvas.setCreator("Mediator")
    canvas.setProducer("Mediator")
    for number, strips in enumerate(pages, start=1):
        if document.draft:
            watermark(canvas, HEI_BOLD)
        put_strips(canvas, strips)
        put_foot(canvas, setter, document, (number, len(pages)))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue(), len(pages)


def paginated(setter: Setter, document: Document, marked: Callable[[int], Mark] | None) -> list[list[Slice]]:
    """The pages; the mark has its room at the end of the last one, never without the text before it."""
    strips = list(setter.slices(document))
    if marked is None:
        return paginate(strips, HEIGHT)
    strips[-2:] = [replace(each, keep=True) for each in strips[-2:]]
    pages = paginate([*strips, Slice(MARK_HEIGHT, nothing)], HEIGHT)
    mark = marked(len(pages))
    glyphs = setter.glyphs([Run(words_for(mark))], CELL)
    pages[-1][-1] = Slice(MARK_HEIGHT, partial(put_mark, mark=mark, glyphs=glyphs))
    return pages


def put_strips(canvas: Any, strips: Sequence[Slice]) -> None:
    """The type area from the top; the box of a row that goes on at either end is closed."""
    y = PAGE_HEIGHT - TOP
    if strips[0].ruled:
        rule(canvas, LEFT, LEFT + WIDTH, y)
    for each in strips:
        each.draw(canvas, y)
        y -= each.height
    if strips[-1].ruled:
        rule(canvas, LEFT, LEFT + WIDTH, y)


def put_foot(canvas: Any, setter: Setter, document: Document, place: tuple[int, int]) -> None:
    """A record's place to sign, and page x of y on a paper of several."""
    number, total = place
    if document.foot_sign:
        sign_foot(canvas, setter.glyphs([Run(document.foot_sign)], FOOT), FOOT)
    if total > 1:
        glyphs = setter.glyphs([Run(f"第 {number} 页 共 {total} 页")], FOOT)
        left = (PAGE_WIDTH - sum(glyph.width for glyph in glyphs)) / 2
        put_glyphs(canvas, glyphs, (left, NUMBER_FOOT), style=FOOT)
