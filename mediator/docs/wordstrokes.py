"""Signatures in the DOCX: a picture in the line of each place to sign, and read back whether it is the one told of."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, Final

from docx.oxml.ns import qn
from docx.shared import Pt

from mediator.docs.elements import W, has_place, words_of
from mediator.docs.finished_word import WordFile, squeezed
from mediator.docs.model import Document, Place
from mediator.docs.strokes import BELOW, checks_in, picture_of, shown_check
from mediator.docs.wordparts import node
from mediator.docs.wordstandins import INLINE, embedded, untouched

TOLD: Final = "手写签名"


def set_strokes(part: Any, body: Any, document: Document) -> None:
    """Put the picture of each signature behind the words of its place, which alone have a tab."""
    places = list(document.places)
    if not any(place.drawn for place in places):
        return
    for place, tab in zip(places, tabs_in(body), strict=True):
        if place.drawn:
            tab.addprevious(drawn_run(part, place))


def tabs_in(body: Any) -> list[Any]:
    """The runs with a tab, one for each place to sign."""
    return [run for run in body.iterfind(f"{qn('w:p')}/{qn('w:r')}") if run.find(qn("w:tab")) is not None]


def drawn_run(part: Any, place: Place) -> Any:
    """A run with the picture of a signature, lowered so that its strokes cross the rule."""
    data, width, height = picture_of(place.drawn)
    inline = part.new_pic_inline(io.BytesIO(data), Pt(width), Pt(height))
    inline.docPr.set("descr", f"{place.name}{TOLD}")
    for edge in ("distT", "distB", "distL", "distR"):
        inline.set(edge, "0")
    lowered = node("rPr", node("position", val=str(-round(2 * BELOW))))
    return node("r", lowered, node("drawing", inline))


def signatures_in(word: WordFile) -> Iterator[Any]:
    """Runs with the picture of a signature in its place, of which the words tell name and digest."""
    for place in filter(has_place, word.body.iterfind(f"{W}p")):
        words = squeezed(words_of(place))
        for run in place.iterfind(f"{W}r"):
            inline = run.find(f"{W}drawing/{INLINE}inline")
            if inline is not None and told_of(word, inline, words):
                yield run


def told_of(word: WordFile, inline: Any, words: str) -> bool:
    """True for the very picture of somebody who is named by its description, the place and the paper's words."""
    described = inline.find(f"{INLINE}docPr")
    name = "" if described is None else squeezed(described.get("descr", "")).removesuffix(TOLD)
    if not name or f"{name}（" not in words or not untouched(inline):
        return False
    return shown_check(embedded(word, inline)) in set(checks_in(word.text, name))
