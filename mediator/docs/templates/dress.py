"""After the engine: a Chinese face on every run, ruled gaps, a paragraph for each line of a value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any, Final

from docx.oxml.ns import qn
from lxml import etree

from mediator.docs import page
from mediator.docs.elements import W, value_of, words_of
from mediator.docs.model import Document
from mediator.docs.templates.context import GAP
from mediator.docs.templates.parts import read_xml
from mediator.docs.wordnames import set_whole
from mediator.docs.wordparts import node

FALLBACK: Final = "宋体"
PIECES: Final = re.compile(f"({GAP}+|\n+)")
AFTER_RULE: Final = (
    "effect",
    "bdr",
    "shd",
    "fitText",
    "vertAlign",
    "rtl",
    "cs",
    "em",
    "lang",
    "eastAsianLayout",
    "oMath",
)
SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


class Faces:
    """Which Chinese face a run has when it names none: that of its paragraph's style, of its base, of the file."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        """Read styles and theme."""
        self.themes = dict(themes(parts))
        tree = read_xml("word/styles.xml", parts["word/styles.xml"]) if "word/styles.xml" in parts else node("styles")
        self.styles = {str(each.get(f"{W}styleId")): each for each in tree.iter(f"{W}style")}
        self.usual = self.named(tree.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")) or FALLBACK

    def named(self, properties: Any) -> str:
        """The face that properties of a run name, through the theme if need be."""
        fonts = None if properties is None else properties.find(f"{W}rFonts")
        if fonts is None:
            return ""
        theme = str(fonts.get(f"{W}eastAsiaTheme", ""))
        return self.themes.get(theme[:5], "") or str(fonts.get(f"{W}eastAsia", ""))

    def of_style(self, name: str) -> str:
        """The face of a style or of what it is based on."""
        for _ in self.styles:
            style = self.styles.get(name)
            if style is None:
                break
            found = self.named(style.find(f"{W}rPr"))
            if found:
                return found
            name = value_of(style, "basedOn")
        return self.usual

    def of_run(self, run: Any) -> str:
        """The face a run is shown in."""
        own = self.named(run.find(f"{W}rPr"))
        paragraph = next(run.iterancestors(f"{W}p"), None)
        style = "" if paragraph is None else value_of(paragraph, f"pPr/{W}pStyle")
        return own or self.of_style(style)


def themes(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """The faces for simplified Chinese of a theme, by the first letters of what refers to them: `minor`, `major`."""
    for name, raw in parts.items():
        if name.startswith("word/theme/"):
            tree = read_xml(name, raw)
            for kind in ("minor", "major"):
                for font in tree.iter(f"{DRAWING}{kind}Font"):
                    hans = font.find(f"{DRAWING}font[@script='Hans']")
                    yield kind, "" if hans is None else str(hans.get("typeface", ""))


def dressed(name: str, text: str, faces: Faces, paper: Document) -> bytes:
    """A filled part as it goes into the paper; raises Unacceptable `template.package` for what is no XML any more."""
    tree = read_xml(name, text.encode())
    for run in [run for run in tree.iter(f"{W}r") if run.find(f"{W}t") is not None]:
        give_face(run, faces.of_run(run))
        if has_pieces(run):
            part(run)
    for each in list(tree.iter(f"{W}t")):
        each.set(SPACE, "preserve")
    fit_heads(tree, paper)
    set_whole(tree, paper.names)
    fill_cells(tree)
    return bytes(etree.tostring(tree, encoding="UTF-8", xml_declaration=True, standalone=True))


def has_pieces(run: Any) -> bool:
    """True for text of its own with a gap or a new line in it."""
    return any(PIECES.search(each.text or "") for each in run.findall(f"{W}t"))


def fill_cells(tree: Any) -> None:
    """A cell whose paragraphs all went with their tags gets an empty one: Word opens no file without it."""
    for cell in tree.iter(f"{W}tc"):
        if cell.find(f"{W}p") is None:
            cell.append(node("p"))


def fit_heads(tree: Any, paper: Document) -> None:
    """A long name of an office is drawn smaller, as our own writer does, where that keeps it on one line."""
    heads = {style.name.replace(" ", ""): style for style in (page.COMMITTEE, paper.sheet.title)}
    for paragraph in tree.iter(f"{W}p"):
        style = heads.get(value_of(paragraph, f"pPr/{W}pStyle"))
        if style is None:
            continue
        size = page.fitted(style, words_of(paragraph), paper.sheet.text_width).size
        if size != style.size:
            set_size(paragraph, size)


def set_size(paragraph: Any, size: float) -> None:
    """Points for every run of a paragraph that names a size."""
    for each in paragraph.xpath(".//w:rPr/w:sz | .//w:rPr/w:szCs", namespaces={"w": W[1:-1]}):
        each.set(f"{W}val", f"{2 * size:g}")


def give_face(run: Any, face: str) -> None:
    """Name the face on the run itself."""
    properties = run.find(f"{W}rPr")
    if properties is None:
        properties = node("rPr")
        run.insert(0, properties)
    fonts = properties.find(f"{W}rFonts")
    if fonts is None:
        fonts = node("rFonts")
        properties.insert(1 if properties.find(f"{W}rStyle") is not None else 0, fonts)
    fonts.attrib.pop(qn("w:eastAsiaTheme"), None)
    fonts.set(qn("w:eastAsia"), face)


def part(run: Any) -> None:
    """One run becomes several: text, ruled gaps, and new paragraphs where a value has several lines."""
    for child in list(run):
        if child.tag == f"{W}t":
            for piece in filter(None, PIECES.split(child.text or "")):
                put_piece(run, piece)
        elif child.tag != f"{W}rPr":
            run.addprevious(like(run, child))
    run.getparent().remove(run)


def put_piece(run: Any, piece: str) -> None:
    """A text or a gap before the run it comes from, or what ends its paragraph there."""
    if piece.startswith("\n"):
        break_line(run)
    else:
        run.addprevious(piece_of(run, piece))


def like(run: Any, *inner: Any) -> Any:
    """A run with the same properties and other content."""
    return node("r", deepcopy(run.find(f"{W}rPr")), *inner)


def piece_of(run: Any, text: str) -> Any:
    """A run of text, underlined blanks for a gap."""
    words = node("t")
    words.text = text.replace(GAP, "\u3000")
    made = like(run, words)
    if text.startswith(GAP):
        properties = made.find(f"{W}rPr")
        for old in properties.findall(f"{W}u"):
            properties.remove(old)
        later = [each for each in properties if etree.QName(each).localname in AFTER_RULE]
        rule = node("u", val="single")
        later[0].addprevious(rule) if later else properties.append(rule)
    return made


def break_line(run: Any) -> None:
    """What follows stands in a paragraph of its own; in a numbered one, on a line of its own."""
    paragraph = run.getparent()
    if paragraph.tag != f"{W}p" or paragraph.find(f"{W}pPr/{W}numPr") is not None:
        run.addprevious(like(run, node("br")))
        return
    shape = paragraph.find(f"{W}pPr")
    earlier = node("p", *([deepcopy(shape)] if shape is not None else []))
    earlier.extend([each for each in run.itersiblings(preceding=True) if each is not shape][::-1])
    paragraph.addprevious(earlier)
