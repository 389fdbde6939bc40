"""The PDF writer: the model set by our own layout; the library neither justifies nor falls back by character."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from mediator.docs.breaking import Glyph
from mediator.docs.drawing import put_cut, put_glyphs, rule, sign_foot, watermark
from mediator.docs.fonts import FANGSONG, HEI_BOLD, Fonts
from mediator.docs.mark import Mark, label_for
from mediator.docs.model import Document, Run
from mediator.docs.page import CELL, FOOT, LETTER_FOOT, NUMBER_FOOT, Sheet
from mediator.docs.paging import Slice, paginate
from mediator.docs.qr import put_mark
from mediator.docs.setting import Setter


def write_pdf(document: Document, fonts: Fonts, marked: Callable[[int], Mark] | None = None) -> tuple[bytes, int]:
    """PDF bytes and page count; raises Unacceptable `document.character` before anything is written.

    `marked` makes the mark once the number of pages is known. It stands in the bottom margin of the last one; where a
    slip is cut off, at the head of the page where the rest ends, so that it stays with the paper it speaks for.
    """
    sheet = document.sheet
    setter = setter_for(document, fonts)
    pages = paginate(list(setter.slices(document)), sheet.text_height)
    buffer = io.BytesIO()
    for face in (FANGSONG, HEI_BOLD):
        fonts.face(face)
    canvas = Canvas(buffer, pagesize=(sheet.width, sheet.height), invariant=1, lang="zh-CN", initialFontName=FANGSONG)
    canvas.setTitle(document.title)
    canvas.setSubject(document.number)
    canvas.setAuthor(document.committee)
    canvas.setCreator("Mediator")
    canvas.setProducer("Mediator")
    for number, strips in enumerate(pages, start=1):
        if document.banner:
            watermark(canvas, HEI_BOLD, document.banner, (sheet.width, sheet.height))
        canvas.translate(sheet.left, 0)
        put_strips(canvas, strips, sheet)
        put_foot(canvas, setter, document, (number, len(pages)))
        if marked and number == marked_page(pages):
            mark = marked(len(pages))
            put_mark(canvas, mark, labels_of(mark, setter), sheet, at_head=document.has_slip)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue(), len(pages)


def marked_page(pages: Sequence[Sequence[Slice]]) -> int:
    """The page, from 1 on, where a paper ends, or what stands above its slip."""
    for number, strips in enumerate(pages, start=1):
        if any(is_cut(each) for each in strips):
            return number - 1 if is_cut(strips[0]) else number
    return len(pages)


def is_cut(strip: Slice) -> bool:
    """True for the dashed rule along which a slip is cut off."""
    return isinstance(strip.draw, partial) and strip.draw.func is put_cut


def labels_of(mark: Mark, setter: Setter) -> list[list[Glyph]]:
    """The lines beside a mark, as glyphs."""
    return [setter.glyphs([Run(words)], CELL) for words in label_for(mark)]


def setter_for(document: Document, fonts: Fonts) -> Setter:
    """What sets a document's blocks."""
    return Setter(fonts.with_pictures(document.pictures), document.names, document.sheet)


def put_strips(canvas: Any, strips: Sequence[Slice], sheet: Sheet) -> None:
    """The type area from the top; the box of a row that goes on at either end is closed."""
    y = sheet.height - sheet.top
    if strips[0].ruled:
        rule(canvas, 0.0, sheet.text_width, y)
    for each in strips:
        each.draw(canvas, y)
        y -= each.height
    if strips[-1].ruled:
        rule(canvas, 0.0, sheet.text_width, y)


def put_foot(canvas: Any, setter: Setter, document: Document, place: tuple[int, int]) -> None:
    """A record's place to sign, and the page's number on a paper of several."""
    width = setter.width
    if document.foot_sign:
        sign_foot(canvas, setter.glyphs([Run(document.foot_sign)], FOOT), FOOT, width)
    if place[1] > 1:
        put_number(canvas, setter, place)


def put_number(canvas: Any, setter: Setter, place: tuple[int, int]) -> None:
    """Page x of y in the middle; on a letter the number between dashes, a character in from the outer side."""
    number, total = place
    letter = setter.sheet.letter
    style = LETTER_FOOT if letter else FOOT
    glyphs = setter.glyphs([Run(f"— {number} —" if letter else f"第 {number} 页 共 {total} 页")], style)
    spare = setter.width - sum(glyph.width for glyph in glyphs)
    left = spare / 2
    if letter:
        left = spare - style.size if number % 2 else style.size
    put_glyphs(canvas, glyphs, (left, NUMBER_FOOT), style=style)
