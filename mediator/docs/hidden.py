"""What a DOCX shows beside its plain text, or hides of it: then its words being the same proves nothing.

A DOCX saved again by an office program keeps its words and changes its bytes. Whoever wants to deceive keeps the words
too, and strikes them out, hides them, draws over them or lets the numbering say something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from mediator.docs.finished import W, WordFile, squeezed
from mediator.docs.page import RED

OFF: Final = frozenset({"0", "false", "off", "none"})
HIDES: Final = frozenset({"vanish", "webHidden", "specVanish", "strike", "dstrike", "fitText", "caps", "smallCaps"})
FOREIGN: Final = frozenset(
    {"del", "ins", "moveFrom", "moveTo", "delText", "sym", "altChunk", "subDoc", "object", "pict", "txbxContent",
     "footnoteReference", "endnoteReference", "commentReference", "instrText", "fldSimple", "anchor", "ruby"}
)  # fmt: skip
# Values that leave text as it is; anything else makes it unreadable or stand elsewhere.
PLAIN: Final = {
    "color": frozenset({"auto", "000000", RED}), "highlight": frozenset({"none"}), "w": frozenset({"100"}),
    "position": frozenset({"0"}), "vertAlign": frozenset({"baseline"}),
}  # fmt: skip
PAPER: Final = frozenset({"auto", "FFFFFF", "ffffff", ""})
SMALLEST: Final = 18
FOOT: Final = re.compile(r"(当事人签名：)?(第\d*页共\d*页|—\d*—)?")


def shows_more(word: WordFile) -> bool:
    """True when the words alone do not say what a reader sees."""
    trees = [word.body, *(word.tree(name) for name in ("word/styles.xml",) if name in word.parts)]
    odd = any(is_odd(element) for tree in trees for element in tree.iter(etree.Element))
    pictures = len(list(word.body.iter(f"{W}drawing")))
    return odd or pictures > 1 or not numbered_alike(word) or any(not FOOT.fullmatch(text) for text in edges(word))


def is_odd(element: Any) -> bool:
    """True for an element that hides, strikes, colours, shrinks or brings what is no text of a paper."""
    name, value = etree.QName(element).localname, element.get(f"{W}val", "")
    if name in FOREIGN or (name in HIDES and value not in OFF):
        return True
    if name == "shd":
        return element.get(f"{W}fill", "auto") not in PAPER
    if name in ("sz", "szCs"):
        return not value.isdigit() or int(value) < SMALLEST
    return name in PLAIN and element.tag.startswith(W) and value not in PLAIN[name]


def numbered_alike(word: WordFile) -> bool:
    """True when numbered paragraphs are of lists that count from one: the first 一、 二、, every further one 1. 2."""
    used = {(level(part, "ilvl"), level(part, "numId")) for part in word.body.iter(f"{W}numPr")}
    return all(depth == "0" and counting(word, number) == counted(number) for depth, number in used)


def counted(number: str) -> tuple[str, str, str]:
    """How a list of this number counts in our papers."""
    return ("chineseCountingThousand", "%1、", "1") if number == "1" else ("decimal", "%1.", "1")


def level(part: Any, name: str) -> str:
    """A member of a paragraph's numbering."""
    found = part.find(f"{W}{name}")
    return "" if found is None else str(found.get(f"{W}val"))


def counting(word: WordFile, number: str) -> tuple[str, str, str]:
    """Shape, words and start of the first level of a list; empty when something overrides it."""
    tree = word.tree("word/numbering.xml")
    named = {each.get(f"{W}numId"): each for each in tree.iter(f"{W}num")}
    chosen = named.get(number)
    if chosen is None or chosen.find(f"{W}lvlOverride") is not None:
        return ("", "", "")
    abstract = level(chosen, "abstractNumId")
    for each in tree.iter(f"{W}abstractNum"):
        first = each.find(f"{W}lvl")
        if each.get(f"{W}abstractNumId") == abstract and first is not None:
            return (level(first, "numFmt"), level(first, "lvlText"), level(first, "start"))
    return ("", "", "")


def edges(word: WordFile) -> Iterator[str]:
    """Text of every header and footer, without blanks."""
    for name in word.parts:
        if re.fullmatch(r"word/(header|footer)\d*\.xml", name):
            yield squeezed("".join(node.text or "" for node in word.tree(name).iter(f"{W}t")))
