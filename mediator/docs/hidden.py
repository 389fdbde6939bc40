"""What a DOCX shows beside its plain text, or hides of it: then its words being the same proves nothing.

A DOCX saved again by an office program keeps its words and changes its bytes. Whoever wants to deceive keeps the words
too, and strikes them out, hides them, draws over them or lets the numbering say something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import Any, Final

from lxml import etree

from mediator.docs.elements import W, value_of, words_of
from mediator.docs.finished_word import COUNTED, WordFile, squeezed
from mediator.docs.page import BOTTOM, RED
from mediator.docs.wordmark import hangs_in_margin
from mediator.docs.wordstandins import StandIn, stand_ins
from mediator.docs.wordstrokes import signatures_in

ANCHOR: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}anchor"
OFF: Final = frozenset({"0", "false", "off", "none"})
HIDES: Final = frozenset({"vanish", "webHidden", "specVanish", "strike", "dstrike", "fitText", "caps", "smallCaps"})
FOREIGN: Final = frozenset(
    {"del", "ins", "moveFrom", "moveTo", "delText", "sym", "altChunk", "subDoc", "object", "pict", "txbxContent",
     "footnoteReference", "endnoteReference", "commentReference", "instrText", "fldSimple", "ruby"}
)  # fmt: skip
# Values that leave text as it is; anything else makes it unreadable or stand elsewhere.
PLAIN: Final = {
    "color": frozenset({"auto", "000000", RED}), "highlight": frozenset({"none"}), "w": frozenset({"100"}),
    "position": frozenset({"0"}), "vertAlign": frozenset({"baseline"}),
}  # fmt: skip
PAPER: Final = frozenset({"auto", "FFFFFF", "ffffff", ""})
SMALLEST: Final = 18
FOOT: Final = re.compile(r"((当事人|被调查人)签名：)?(第\d*页共\d*页|—\d*—)?")


def shows_more(word: WordFile) -> bool:
    """True when the words alone do not say what a reader sees."""
    known, signed = list(stand_ins(word)), list(signatures_in(word))
    explained = {*(each.picture for each in known), *signed}
    if has_odd(word, set(excused(known, signed))) or covered(word, explained) or not numbered_alike(word):
        return True
    return any(not FOOT.fullmatch(text) for text in edges(word))


def has_odd(word: WordFile, but: Set[Any]) -> bool:
    """True for an odd element in text or styles beside the excused ones."""
    trees = [word.body]
    if "word/styles.xml" in word.parts:
        trees.append(word.tree("word/styles.xml"))
    return any(is_odd(element) for tree in trees for element in tree.iter(etree.Element) if element not in but)


def excused(known: Iterable[StandIn], signed: Iterable[Any]) -> Iterator[Any]:
    """What a picture in a character's or a signature's place brings along: how low it hangs, the character unseen."""
    for each in known:
        yield from each.picture.findall(f"{W}rPr/{W}position")
        yield from each.hidden.findall(f"{W}rPr/{W}vanish")
    for run in signed:
        yield from run.findall(f"{W}rPr/{W}position")


def covered(word: WordFile, known: Set[Any]) -> bool:
    """True for pictures that neither mark nor character nor signature explains, or one that can lie over words."""
    pictures = [each for each in word.body.iter(f"{W}drawing") if each.getparent() not in known]
    floating = [anchor for each in pictures for anchor in each.iter(ANCHOR)]
    return len(pictures) > 1 or not all_in_margins(word, floating)


def all_in_margins(word: WordFile, floating: Sequence[Any]) -> bool:
    """True for pictures that float over margins as wide as ours, and where none floats."""
    height, top, bottom = (measure(word, *of) for of in (("pgSz", "h"), ("pgMar", "top"), ("pgMar", "bottom")))
    wide = bottom + 1 >= BOTTOM or not floating
    return wide and all(hangs_in_margin(each, height, top) for each in floating)


def measure(word: WordFile, name: str, side: str) -> float:
    """A length of the last section's sheet in points, 0 where it is not told."""
    found = word.body.find(f"{W}sectPr/{W}{name}")
    told = "" if found is None else found.get(f"{W}{side}", "")
    return int(told) / 20 if told.isdigit() else 0.0


def is_odd(element: Any) -> bool:
    """True for an element that hides, strikes, colours, shrinks or brings what is no text of a paper."""
    name, value = etree.QName(element).localname, element.get(f"{W}val", "")
    if name in FOREIGN or hides(name, value):
        return True
    if name == "shd":
        return element.get(f"{W}fill", "auto") not in PAPER
    if name in ("sz", "szCs"):
        return is_too_small(value)
    return name in PLAIN and element.tag.startswith(W) and value not in PLAIN[name]


def hides(name: str, value: str) -> bool:
    """True for a property that hides or strikes out, and is on."""
    return name in HIDES and value not in OFF


def is_too_small(size: str) -> bool:
    """True for half points that nobody reads, and for what is no size."""
    return not size.isdigit() or int(size) < SMALLEST


def numbered_alike(word: WordFile) -> bool:
    """True when numbered paragraphs are of lists that count from one as those of our papers do."""
    used = {(value_of(part, "ilvl"), value_of(part, "numId")) for part in word.body.iter(f"{W}numPr")}
    return all(depth == "0" and word.lists.get(number) in COUNTED for depth, number in used)


def edges(word: WordFile) -> Iterator[str]:
    """Text of every header and footer, without blanks."""
    for name in word.parts:
        if re.fullmatch(r"word/(header|footer)\d*\.xml", name):
            yield squeezed(words_of(word.tree(name)))
