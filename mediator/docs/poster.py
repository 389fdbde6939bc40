"""A poster for the wall: one page in as large a print as the page bears; A3 is the same page drawn larger."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from math import sqrt
from typing import Final

import pypdf

from mediator.docs.fonts import Fonts
from mediator.docs.forms.rights_notice import DUTIES, RIGHTS
from mediator.docs.model import Align, Block, Clause, Document, Heading, Table, text
from mediator.docs.page import CARD, CARD_BODY, CARD_HEADING, CELL, MM, TITLE, Sheet
from mediator.docs.pdf import write_pdf

WORDS: Final = "人民调解怎么进行"
FREE: Final = "调解不收任何费用，双方自愿，随时可以要求终止；调解期间不影响依法向法院起诉。"
LARGEST, SMALLEST = 32, 16
SIDE: Final = 14 * MM
SIZES: Final = ("A4", "A3")
Row = tuple[str, str, str]


def poster(committee: str, script: Sequence[tuple[str, str]], periods: Sequence[Row], across: str = "") -> Document:
    """What is done step by step, and by when; `periods` are (what, within, on what ground)."""
    blocks: tuple[Block, ...] = (
        text(FREE, indent=0),
        Heading("坐下来谈，一共这几步"),
        *(Clause(place, f"{name}：{words}", 1) for place, (name, words) in enumerate(script, start=1)),
        Heading("几天办什么"),
        Table(("要办的事", "期限", "依据"), tuple(periods), (0.21, 0.27, 0.52), (Align.LEFT,) * 3),
        Heading("您的权利"),
        text("".join(RIGHTS[:-1]) + RIGHTS[-1], indent=0),
        Heading("您的义务"),
        text("".join(DUTIES), indent=0),
    )
    return Document("poster", WORDS, committee, "", blocks, across=across)


def sheet_of(halves: int) -> Sheet:
    """A page whose body is so many half points large."""
    body = replace(CARD_BODY, size=halves / 2, leading=halves * 0.72)
    head = replace(CARD_HEADING, size=halves / 2 + 2, leading=halves * 0.95)
    cell = replace(CELL, size=halves / 2 - 1, leading=halves * 0.66)
    return replace(
        CARD, left=SIDE, right=SIDE, body=body, headings=(head,), cell=cell, row=cell.leading + 6,
        title=replace(TITLE, size=28),
    )  # fmt: skip


def write_poster(document: Document, fonts: Fonts, size: str) -> bytes:
    """PDF bytes of one page, A4 or A3, in the largest print that keeps it one."""
    for halves in range(LARGEST, SMALLEST - 1, -1):
        data, pages = write_pdf(replace(document, sheet=sheet_of(halves)), fonts)
        if pages == 1:
            break
    return enlarged(data) if size == SIZES[1] else data


def enlarged(data: bytes) -> bytes:
    """The same pages on twice the paper."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    for page in writer.pages:
        page.scale_by(sqrt(2))
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()
