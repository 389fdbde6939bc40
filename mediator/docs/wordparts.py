"""The elements that a DOCX is made of: runs, paragraphs, rules, rows that stay together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from mediator.docs import page
from mediator.docs.model import Run
from mediator.docs.page import BODY, CELL, PAD, RULE, Style
from mediator.docs.wordbase import twips

LOWEST: Final = "20"


def node(tag: str, *children: Any, **values: str) -> Any:
    """An element of Word's main namespace."""
    element = OxmlElement(f"w:{tag}")
    for name, value in values.items():
        element.set(qn(f"w:{name}"), value)
    element.extend(children)
    return element


def paragraph(style: Style, runs: Sequence[Any], *shape: Any) -> Any:
    """A paragraph of a style; `shape` are its own properties, in the order the standard wants."""
    head = node("pPr", node("pStyle", val=style.name.replace(" ", "")), *shape)
    return node("p", head, *runs)


def run_head(style: Style, *, strong: bool = False, ruled: bool = False, size: float = 0) -> Any:
    """Properties of a run; bold text of the body is 黑体."""
    face = page.HEADING.face if strong and style.face == BODY.face else style.face
    faces = dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), face)
    marks = [node("b")] if strong or style.bold else []
    marks += [node("color", val=style.color)] if style.color else []
    marks += [node("sz", val=f"{2 * size:g}"), node("szCs", val=f"{2 * size:g}")] if size else []
    marks += [node("u", val="single")] if ruled else []
    return node("rPr", node("rFonts", hint="eastAsia", **faces), *marks)


def run(style: Style, words: str, *, strong: bool = False, ruled: bool = False, size: float = 0) -> Iterator[Any]:
    """A run of text, none for no text."""
    if words:
        text = node("t")
        text.text = words
        text.set(qn("xml:space"), "preserve")
        yield node("r", run_head(style, strong=strong, ruled=ruled, size=size), text)


def tab_run(style: Style) -> Any:
    """The tab that draws the rule to sign on."""
    return node("r", run_head(style), node("tab"))


def tab_rule(width: float, *, ruled: bool = True) -> Any:
    """A right tab at the edge with a rule before it, if one is wanted: rules of all places to sign end alike."""
    leader = {"leader": "underscore"} if ruled else {}
    return node("tabs", node("tab", val="right", **leader, pos=str(twips(width))))


def field(style: Style, code: str) -> Iterator[Any]:
    """A field that Word computes: PAGE or NUMPAGES."""
    words = node("instrText")
    words.text = f" {code} "
    words.set(qn("xml:space"), "preserve")
    for inner in (node("fldChar", fldCharType="begin"), words, node("fldChar", fldCharType="separate")):
        yield node("r", run_head(style), inner)
    yield from run(style, "1")
    yield node("r", run_head(style), node("fldChar", fldCharType="end"))


def runs_of(style: Style, runs: Sequence[Run], *, size: float = 0) -> Iterator[Any]:
    """The model's runs; a ruled gap is underlined blanks."""
    for each in runs:
        words = each.text or "\u3000" * each.blank
        yield from run(style, words, strong=each.strong, ruled=bool(each.blank), size=size)


def indented(characters: int, style: Style = BODY) -> list[Any]:
    """First-line indent in characters, which follows the size."""
    points = str(twips(characters * (style.size + style.tracking)))
    return [node("ind", firstLineChars=str(characters * 100), firstLine=points)] if characters else []


def inset(characters: float, pitch: float) -> Any:
    """So many characters in from the right."""
    return node("ind", rightChars=str(round(100 * characters)), right=str(twips(characters * pitch)))


def bordered(style: Style, words: str, **sides: str) -> Any:
    """A paragraph between rules, kept with what is beside it."""
    rules = [node(side, val=kind, sz="4", space="0", color="auto") for side, kind in sides.items()]
    keep = [] if words else [node("keepNext")]
    shape = (*keep, node("pBdr", *rules), *(indented(1, style) if words else []))
    return paragraph(style, list(run(style, words)), *shape)


def spacer() -> Any:
    """The air below a table, a paragraph as low as its padding: two tables would grow together without it."""
    return paragraph(CELL, [], node("spacing", line=str(twips(PAD)), lineRule="exact"))


def lowered(last: Any) -> None:
    """Make the air below a table that ends the paper next to nothing: only the file wants its paragraph."""
    air = last.find(f"{qn('w:pPr')}/{qn('w:spacing')}")
    if air is not None and air.get(qn("w:line")) == str(twips(PAD)):
        air.set(qn("w:line"), LOWEST)


def keep_with_next(elements: Sequence[Any]) -> None:
    """The last paragraph of a block, or a table's last row and its spacer, stays on the page of what follows."""
    for element in elements[-2:]:
        last_row = element.xpath("./w:tr[last()]//w:p")
        for each in last_row or ([element] if element.tag == qn("w:p") else []):
            properties = each.find(qn("w:pPr"))
            if properties.find(qn("w:keepNext")) is None:
                properties.insert(1, node("keepNext"))


def keep_rows(table: Any, *, last: bool) -> None:
    """The rows of a table stay on one page, its last one with what follows if asked for."""
    rows = table.findall(qn("w:tr"))
    for row in rows if last else rows[:-1]:
        for each in row.iter(qn("w:pPr")):
            if each.find(qn("w:keepNext")) is None:
                each.insert(1, node("keepNext"))


def upright(where: str) -> Any:
    """Where words stand in the height of a cell."""
    return node("vAlign", val=where)


def open_ends(ends: tuple[bool, bool]) -> list[Any]:
    """What takes rule and air away from the open ends of a cell, upper and lower; nothing for a closed one."""
    sides = [side for side, is_open in zip(("top", "bottom"), ends, strict=True) if is_open]
    if not sides:
        return []
    rules = node("tcBorders", *(node(side, val="nil") for side in sides))
    return [rules, node("tcMar", *(node(side, w="0", type="dxa") for side in sides))]


def ruled(widths: Sequence[float], rows: Sequence[Any]) -> Any:
    """A table with a fixed grid on the text's edges."""
    total = str(sum(twips(width) for width in widths))
    pads = (("top", PAD - RULE / 2), ("left", PAD), ("bottom", PAD - RULE / 2), ("right", PAD))
    sides = [node(side, w=str(twips(length)), type="dxa") for side, length in pads]
    head = node("tblPr", node("tblStyle", val="TableGrid"), node("tblW", w=total, type="dxa"))
    head.extend([node("tblInd", w="0", type="dxa"), node("tblLayout", type="fixed"), node("tblCellMar", *sides)])
    return node("tbl", head, node("tblGrid", *(node("gridCol", w=str(twips(width))) for width in widths)), *rows)
