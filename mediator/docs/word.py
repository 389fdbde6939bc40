"""The DOCX writer: real styles, real numbering, east-Asian faces on every run, same bytes for the same model."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any, Final

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from mediator.docs import model, page
from mediator.docs.mark import Mark, words_for
from mediator.docs.model import Align, Document, Run
from mediator.docs.page import BODY, CELL, FOOT, HEIGHT, LEADING, MARK_HEIGHT, PAD, PITCH, RULE, WIDTH, Style
from mediator.docs.qr import SIDE, png
from mediator.docs.wordbase import W_SPACE, empty_word, packed, twips
from mediator.docs.wordnames import set_whole

JUSTIFIED: Final = {Align.JUSTIFY: "both", Align.CENTER: "center", Align.RIGHT: "right", Align.LEFT: "left"}
Words = tuple[str, Align, bool]
GAP: Final = str(twips(LEADING / 2))
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


def write_docx(document: Document, mark: Mark | None = None) -> bytes:
    """DOCX bytes of a paper; `mark` stands at its end."""
    word = docx.Document(io.BytesIO(empty_word()))
    describe(word.core_properties, document)
    body = word.element.body
    for element in Writer().body(document, mark_paragraph(word.part, mark) if mark else None):
        body.insert(len(body) - 1, element)
    set_whole(body, document.names)
    edges(word.sections[0], document)
    buffer = io.BytesIO()
    word.save(buffer)
    with zipfile.ZipFile(buffer) as saved:
        return packed({name: saved.read(name) for name in saved.namelist()})


def describe(properties: Any, document: Document) -> None:
    """Title, number, office and language; nobody's name and no day."""
    properties.title, properties.subject, properties.author = document.title, document.number, document.committee
    properties.last_modified_by, properties.language = document.committee, "zh-CN"


def edges(section: Any, document: Document) -> None:
    """第 x 页 共 y 页, a record's place to sign on each page, 草稿 across each page of a draft."""
    footer = section.footer._element
    clear(footer)
    if document.foot_sign:
        footer.append(paragraph(FOOT, [*run(FOOT, document.foot_sign), tab_run(FOOT)], tab_rule()))
    number = [
        *run(FOOT, "第 "), *field(FOOT, "PAGE"), *run(FOOT, " 页 共 "), *field(FOOT, "NUMPAGES"), *run(FOOT, " 页")
    ]  # fmt: skip
    footer.append(paragraph(FOOT, number, node("jc", val="center")))
    if document.draft:
        put_across(section, "草稿")


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
    marks = [node("b")] if strong else []
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


def tab_rule() -> Any:
    """A right tab at the edge with a rule before it: rules of all places to sign end alike."""
    return node("tabs", node("tab", val="right", leader="underscore", pos=str(twips(WIDTH))))


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


def indented(characters: int) -> list[Any]:
    """First-line indent in characters, which follows the size."""
    points = str(twips(characters * PITCH))
    return [node("ind", firstLineChars=str(characters * 100), firstLine=points)] if characters else []


class Writer:
    """Writes the blocks of one document as elements of Word's body."""

    def body(self, document: Document, mark: Any = None) -> Iterator[Any]:
        """Head, blocks, mark; what comes before the signatures or the mark is kept with them."""
        yield from self.head(document)
        previous: list[Any] = []
        for block in document.blocks:
            if isinstance(block, model.Signatures):
                keep_with_next(previous)
            previous = list(self.block(block))
            yield from previous
        if mark is not None:
            keep_with_next(previous)
            yield mark

    def head(self, document: Document) -> Iterator[Any]:
        """Committee, title, number, half a line of air."""
        rows = [
            (document.committee, page.COMMITTEE, "center"), (document.title, page.TITLE, "center"),
            (document.number, BODY, "right"),
        ]  # fmt: skip
        rows = [row for row in rows if row[0]]
        for words, style, side in rows:
            air = [node("spacing", after=GAP)] if words is rows[-1][0] else []
            runs = list(run(style, words, size=page.fitted(style, words).size))
            yield paragraph(style, runs, node("keepNext"), *air, node("jc", val=side))

    def block(self, block: model.Block) -> Iterator[Any]:
        """The elements of one block."""
        match block:
            case model.Paragraph():
                return self.prose(block)
            case model.Heading():
                words = list(run(page.HEADING, block.text, strong=True))
                return iter([paragraph(page.HEADING, words, node("keepNext"), *indented(2))])
            case model.Clause():
                return self.clause(block)
            case model.Table():
                return self.table(block)
            case model.Form():
                return self.form(block)
            case model.Signatures():
                return self.signatures(block)

    def prose(self, block: model.Paragraph) -> Iterator[Any]:
        """Body text."""
        keep = [node("keepNext")] if block.keep else []
        indent = indented(block.indent) if block.align in (Align.JUSTIFY, Align.LEFT) else []
        shape = [*keep, *indent, node("jc", val=JUSTIFIED[block.align])]
        yield paragraph(BODY, list(runs_of(BODY, block.runs)), *shape)

    def clause(self, clause: model.Clause) -> Iterator[Any]:
        """A clause with real numbering."""
        number = node("numPr", node("ilvl", val="0"), node("numId", val="1"))
        words = list(run(page.CLAUSE, clause.text))
        yield paragraph(page.CLAUSE, words, number, *indented(2), node("jc", val="both"))

    def table(self, table: model.Table) -> Iterator[Any]:
        """A ruled table; its header row repeats."""
        widths = [share * WIDTH for share in table.widths]
        head = [(words, Align.CENTER, True) for words in table.header]
        aligns = table.aligns or (Align.JUSTIFY,) * len(widths)
        rows = [[(words, align, False) for words, align in zip(row, aligns, strict=True)] for row in table.rows]
        yield ruled(widths, [row_of(head, widths, header=True), *(row_of(row, widths) for row in rows)])
        yield spacer()

    def form(self, form: model.Form) -> Iterator[Any]:
        """Rows of one or two pairs on one grid of four columns."""
        label = model.LABEL * WIDTH
        widths = [label, WIDTH / 2 - label] * 2
        rows: list[Any] = []
        for pairs in form.rows:
            spans = [label, (1 / len(pairs) - model.LABEL) * WIDTH] * len(pairs)
            cells = [
                cell for name, value in pairs for cell in ((name, Align.CENTER, True), (value, Align.JUSTIFY, False))
            ]
            rows.append(row_of(cells, spans, wide=len(pairs) == 1))
        yield ruled(widths, rows)
        yield spacer()

    def signatures(self, block: model.Signatures) -> Iterator[Any]:
        """Places to sign, the seal's place, the day, kept on one page."""
        for place in block.places:
            air = [node("spacing", before=GAP)] if place is block.places[0] else []
            words = [*run(BODY, place.words), tab_run(BODY)]
            yield paragraph(BODY, words, node("keepNext"), tab_rule(), *air)
        if block.seal:
            yield paragraph(BODY, list(run(BODY, block.seal_words)), node("keepNext"), inset(), node("jc", val="right"))
        yield paragraph(BODY, list(runs_of(BODY, block.day_runs)), inset(), node("jc", val="right"))


def mark_paragraph(part: Any, mark: Mark) -> Any:
    """QR and check code on one line, which grows with the picture: an exact one would cut it to the text's height."""
    side = Pt(SIDE)
    inline = part.new_pic_inline(io.BytesIO(png(mark)), side, side)
    inline.docPr.set("descr", "核对用的二维码")
    for edge in ("distT", "distB", "distL", "distR"):  # an office program adds air of its own where none is told
        inline.set(edge, "0")
    picture = node("r", run_head(CELL), node("drawing", inline))
    room = node("spacing", line=str(twips(MARK_HEIGHT)), lineRule="atLeast")
    words = run(CELL, f"\u3000{words_for(mark)}")
    return paragraph(CELL, [picture, *words], room, node("jc", val="left"), node("textAlignment", val="center"))


def inset() -> Any:
    """Seal and day stand two characters in from the right."""
    return node("ind", rightChars="200", right=str(twips(2 * PITCH)))


def spacer() -> Any:
    """The air below a table, a paragraph as low as its padding: two tables would grow together without it."""
    return paragraph(CELL, [], node("spacing", line=str(twips(PAD)), lineRule="exact"))


def keep_with_next(elements: Sequence[Any]) -> None:
    """The last paragraph of a block, or a table's last row and its spacer, stays on the page of what follows."""
    for element in elements[-2:]:
        last_row = element.xpath("./w:tr[last()]//w:p")
        for each in last_row or ([element] if element.tag == qn("w:p") else []):
            properties = each.find(qn("w:pPr"))
            if properties.find(qn("w:keepNext")) is None:
                properties.insert(1, node("keepNext"))


def ruled(widths: Sequence[float], rows: Sequence[Any]) -> Any:
    """A table with a fixed grid on the text's edges."""
    total = str(sum(twips(width) for width in widths))
    pads = (("top", PAD - RULE / 2), ("left", PAD), ("bottom", PAD - RULE / 2), ("right", PAD))
    sides = [node(side, w=str(twips(length)), type="dxa") for side, length in pads]
    head = node("tblPr", node("tblStyle", val="TableGrid"), node("tblW", w=total, type="dxa"))
    head.extend([node("tblInd", w="0", type="dxa"), node("tblLayout", type="fixed"), node("tblCellMar", *sides)])
    return node("tbl", head, node("tblGrid", *(node("gridCol", w=str(twips(width))) for width in widths)), *rows)


def row_of(cells: Sequence[Words], widths: Sequence[float], *, wide: bool = False, header: bool = False) -> Any:
    """A row of cells; the last of a `wide` one covers three columns of the grid."""
    tall = max(lines_of(words, width) for (words, _, _), width in zip(cells, widths, strict=True))
    marks = [] if tall * CELL.leading > HEIGHT / 2 else [node("cantSplit")]
    found = node("tr", node("trPr", *marks, *([node("tblHeader")] if header else [])))
    for cell, width in zip(cells, widths, strict=True):
        span = [node("gridSpan", val="3")] if wide and cell is cells[-1] else []
        found.append(cell_of(cell, node("tcW", w=str(twips(width)), type="dxa"), *span))
    return found


def cell_of(cell: Words, *shape: Any) -> Any:
    """A cell, a paragraph for each line of its text."""
    words, align, strong = cell
    lines = [
        paragraph(CELL, list(run(CELL, line, strong=strong)), node("jc", val=JUSTIFIED[align]))
        for line in words.split("\n")
    ]
    return node("tc", node("tcPr", *shape, node("vAlign", val="center")), *lines)


def lines_of(words: str, width: float) -> int:
    """About how many lines a cell's text takes."""
    per_line = max(1, int((width - 2 * PAD) / CELL.size))
    return sum(-(-len(line) // per_line) or 1 for line in words.split("\n"))
