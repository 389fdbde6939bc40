"""The DOCX writer: real styles, real numbering, east-Asian fonts on every run, same bytes for the same model."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any, Final

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from mediator.docs.model import Align, Clause, Document, Form, Heading, Paragraph, Run, Signatures, Table, day_runs

ALIGN: Final = {
    Align.JUSTIFY: WD_ALIGN_PARAGRAPH.JUSTIFY,
    Align.CENTER: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
}
FANGSONG, SONG, HEI = "仿宋_GB2312", "宋体", "黑体"
TITLE_FACE: Final = "方正小标宋简体"
FIXED_TIME: Final = (1980, 1, 1, 0, 0, 0)
TEXT_MM: Final = 156
LEVEL: Final = (
    ("start", "1"),
    ("numFmt", "chineseCountingThousand"),
    ("suff", "nothing"),
    ("lvlText", "%1、"),
    ("lvlJc", "left"),
)
STYLES: Final = (
    ("Mediator Committee", TITLE_FACE, 18, 27),
    ("Mediator Title", TITLE_FACE, 22, 33),
    ("Mediator Body", FANGSONG, 16, 28),
    ("Mediator Heading", HEI, 16, 28),
    ("Mediator Clause", FANGSONG, 16, 28),
    ("Mediator Cell", SONG, 12, 18),
)


def write_docx(document: Document) -> bytes:
    """DOCX bytes of a paper."""
    word = docx.Document()
    prepare(word, document)
    writer = Writer(word)
    writer.head(document)
    for block in document.blocks:
        writer.block(block)
    footer(word, document)
    buffer = io.BytesIO()
    word.save(buffer)
    return repacked(buffer.getvalue())


def repacked(data: bytes) -> bytes:
    """The same parts with sorted names and a fixed time, so that equal papers are equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda part: (part != "[Content_Types].xml", part)):
            info = zipfile.ZipInfo(name, FIXED_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            target.writestr(info, source.read(name))
    return out.getvalue()


def prepare(word: Any, document: Document) -> None:
    """Page, grid, properties, styles, numbering."""
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(18)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    grid.set(qn("w:linePitch"), str(int(225 / 22 * 56.7)))
    properties = word.core_properties
    properties.title, properties.subject, properties.author = document.title, document.number, document.committee
    properties.comments, properties.last_modified_by, properties.language = "", document.committee, "zh-CN"
    for name in ("created", "modified", "last_printed"):
        element = properties._element.find(
            qn({"created": "dcterms:created", "modified": "dcterms:modified"}.get(name, "cp:lastPrinted"))
        )
        if element is not None:
            properties._element.remove(element)
    default_run(word)
    for name, face, size, leading in STYLES:
        add_style(word, name, face, size, leading)
    add_numbering(word)


def default_run(word: Any) -> None:
    """Language and faces of the whole file; theme faces would win over them, so they go."""
    for fonts in word.styles.element.iter(qn("w:rFonts")):
        for name in [key for key in fonts.attrib if "Theme" in key]:
            del fonts.attrib[name]
    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "zh-CN")
        language.set(qn("w:eastAsia"), "zh-CN")


def set_faces(properties: Any, face: str) -> None:
    """One face for all scripts of a run or style."""
    fonts = properties.get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), face)


def add_style(word: Any, name: str, face: str, size: int, leading: int) -> None:
    """A paragraph style of ours."""
    style = word.styles.add_style(name, 1)
    style.base_style = word.styles["Normal"]
    style.font.size = Pt(size)
    set_faces(style.element.get_or_add_rPr(), face)
    shape = style.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(leading)
    shape.widow_control = True


def add_numbering(word: Any) -> None:
    """Clause numbering 一、二、 as a real list."""
    numbering = word.part.numbering_part.element
    for old in list(numbering):
        numbering.remove(old)
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "1")
    level = OxmlElement("w:lvl")
    level.set(qn("w:ilvl"), "0")
    for tag, value in (
        ("start", "1"),
        ("numFmt", "chineseCountingThousand"),
        ("suff", "nothing"),
        ("lvlText", "%1、"),
        ("lvlJc", "left"),
    ):
        child = OxmlElement(f"w:{tag}")
        child.set(qn("w:val"), value)
        level.append(child)
    abstract.append(level)
    number = OxmlElement("w:num")
    number.set(qn("w:numId"), "1")
    reference = OxmlElement("w:abstractNumId")
    reference.set(qn("w:val"), "1")
    number.append(reference)
    numbering.extend([abstract, number])


def indent(paragraph: Any, characters: int) -> None:
    """First-line indent in characters, which follows the size."""
    properties = paragraph._p.get_or_add_pPr()
    element = properties.get_or_add_ind()
    element.set(qn("w:firstLineChars"), str(characters * 100))
    element.set(qn("w:firstLine"), str(characters * 320))


def add_field(paragraph: Any, code: str, face: str) -> None:
    """A field that Word computes: PAGE or NUMPAGES."""
    run = paragraph.add_run()
    set_faces(run._r.get_or_add_rPr(), face)
    for kind in ("begin", "", "separate", "text", "end"):
        if kind == "":
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = f" {code} "
        elif kind == "text":
            element = OxmlElement("w:t")
            element.text = "1"
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def footer(word: Any, document: Document) -> None:
    """第 x 页 共 y 页, and the place to sign on each page of a record; 草稿 in the header of a draft."""
    section = word.sections[0]
    first = section.footer.paragraphs[0]
    if document.foot_sign:
        put(first, document.foot_sign + "＿" * 12, SONG, 12)
        first = section.footer.add_paragraph()
    first.alignment = WD_ALIGN_PARAGRAPH.CENTER
    put(first, "第 ", SONG, 12)
    add_field(first, "PAGE", SONG)
    put(first, " 页 共 ", SONG, 12)
    add_field(first, "NUMPAGES", SONG)
    put(first, " 页", SONG, 12)
    if document.draft:
        head = section.header.paragraphs[0]
        head.alignment = WD_ALIGN_PARAGRAPH.CENTER
        put(head, "草稿", HEI, 36)


def put(paragraph: Any, words: str, face: str, size: int) -> None:
    """A run with its face and size."""
    run = paragraph.add_run(words)
    run.font.size = Pt(size)
    set_faces(run._r.get_or_add_rPr(), face)


class Writer:
    """Writes blocks of the model, one after another."""

    def __init__(self, word: Any) -> None:
        """Write into an empty Word document."""
        self._word = word

    def paragraph(self, runs: Sequence[Run], style: str, face: str) -> Any:
        """A paragraph of runs; a ruled gap is underlined blanks."""
        paragraph = self._word.add_paragraph(style=style)
        self.runs(paragraph, runs, face)
        return paragraph

    def runs(self, paragraph: Any, runs: Sequence[Run], face: str) -> None:
        """Text runs with faces; bold for strong ones."""
        for each in runs:
            run = paragraph.add_run(each.text or "\u3000" * each.blank)
            run.bold = True if each.strong else None
            run.underline = True if each.blank else None
            set_faces(run._r.get_or_add_rPr(), HEI if each.strong and face == FANGSONG else face)

    def head(self, document: Document) -> None:
        """Committee, title, number."""
        rows = ((document.committee, "Mediator Committee"), (document.title, "Mediator Title"))
        for words, style in rows:
            if words:
                paragraph = self.paragraph([Run(words)], style, TITLE_FACE)
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                paragraph.paragraph_format.keep_with_next = True
        if document.number:
            paragraph = self.paragraph([Run(document.number)], "Mediator Body", FANGSONG)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            paragraph.paragraph_format.space_after = Pt(14)

    def block(self, block: object) -> None:
        """One block."""
        if isinstance(block, Paragraph):
            paragraph = self.paragraph(block.runs, "Mediator Body", FANGSONG)
            paragraph.alignment = ALIGN[block.align]
            paragraph.paragraph_format.keep_with_next = block.keep
            if block.indent and block.align in (Align.JUSTIFY, Align.LEFT):
                indent(paragraph, block.indent)
        elif isinstance(block, Heading):
            paragraph = self.paragraph([Run(block.text, strong=True)], "Mediator Heading", HEI)
            paragraph.paragraph_format.keep_with_next = True
            indent(paragraph, 2)
        elif isinstance(block, Clause):
            self.clause(block)
        elif isinstance(block, Table):
            self.table([block.header, *block.rows], [share * TEXT_MM for share in block.widths], header=True)
        elif isinstance(block, Form):
            self.form(block)
        elif isinstance(block, Signatures):
            self.signatures(block)

    def clause(self, clause: Clause) -> None:
        """A clause with real numbering."""
        paragraph = self.paragraph([Run(clause.text)], "Mediator Clause", FANGSONG)
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = 1
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        indent(paragraph, 2)

    def table(self, rows: Sequence[Sequence[str]], widths: Sequence[float], *, header: bool) -> None:
        """A ruled table with a fixed grid."""
        table = self._word.add_table(rows=len(rows), cols=len(widths))
        table.style = "Table Grid"
        table.autofit = False
        for place, width in enumerate(widths):
            table.columns[place].width = Mm(width)
        for line, words in zip(table.rows, rows, strict=True):
            properties = line._tr.get_or_add_trPr()
            properties.append(OxmlElement("w:cantSplit"))
            if header and words is rows[0]:
                properties.append(OxmlElement("w:tblHeader"))
            for cell, each, width in zip(line.cells, words, widths, strict=True):
                cell.width = Mm(width)
                self.cell(cell, each, strong=header and words is rows[0])

    def cell(self, cell: Any, words: str, *, strong: bool) -> None:
        """The lines of a cell."""
        for place, part in enumerate(words.split("\n")):
            paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
            paragraph.style = self._word.styles["Mediator Cell"]
            self.runs(paragraph, [Run(part, strong=strong)], SONG)

    def form(self, form: Form) -> None:
        """Rows of one or two pairs; pairs of one width stand in one table."""
        at = 0
        while at < len(form.rows):
            count = len(form.rows[at])
            end = at
            while end < len(form.rows) and len(form.rows[end]) == count:
                end += 1
            widths = [0.2 * TEXT_MM, (1 / count - 0.2) * TEXT_MM] * count
            rows = [[part for pair in pairs for part in pair] for pairs in form.rows[at:end]]
            self.table(rows, widths, header=False)
            at = end

    def signatures(self, block: Signatures) -> None:
        """Places to sign, kept on one page with what stands before."""
        mark = "（签名、指印）" if block.fingerprint else "（签名）"
        previous = self._word.paragraphs[-1] if self._word.paragraphs else None
        if previous is not None:
            previous.paragraph_format.keep_with_next = True
        for label, name in block.places:
            runs = [Run(f"{label}{f'（{name}）' if name else ''}{mark}："), Run(blank=8)]
            self.paragraph(runs, "Mediator Body", FANGSONG).paragraph_format.keep_with_next = True
        if block.seal:
            paragraph = self.paragraph([Run(f"{block.seal}（盖章）")], "Mediator Body", FANGSONG)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            paragraph.paragraph_format.keep_with_next = True
        self.paragraph(day_runs(block), "Mediator Body", FANGSONG).alignment = WD_ALIGN_PARAGRAPH.RIGHT
