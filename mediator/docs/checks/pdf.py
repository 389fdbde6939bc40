"""What a finished PDF is made of and how it stands on the page."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import chain, pairwise
from typing import Any, Final

from fontTools.ttLib import TTFont

from mediator.docs.breaking import BLANK, NOT_END, NOT_START
from mediator.docs.catalogue import KINDS, kind_of
from mediator.docs.checks.bench import Check, Examined, PaperFinding
from mediator.docs.finished_word import WordFile, squeezed
from mediator.docs.model import over_a_page
from mediator.docs.page import FORM

PLACE_END: Final = "）："
# Committee, title, number and two lines of text.
HEAD_AND_TWO: Final = 5
SIGNED_FEET: Final = {"mediation_record": "当事人签名：", "investigation_record": "被调查人签名："}
SUBSET: Final = re.compile(r"^/[A-Z]{6}\+")
ACTIVE: Final = ("/JavaScript", "/JS", "/OpenAction", "/AA", "/EmbeddedFiles", "/AcroForm")
PATHLIKE: Final = re.compile(r"[/\\]\w+[/\\]|[A-Za-z]:\\")
# A character with the marks that must stand beside it; more of them than three are cut where a narrow cell has no
# more room, and that is no fault.
GLUED: Final = re.compile(
    "([{0}]*)[^{0}{1}]?([{1}]*)".format(*map(re.escape, map("".join, (sorted(NOT_END), sorted(NOT_START)))))
)
MOST_GLUED: Final = 3


def fonts_embedded(bench: Examined) -> Iterator[PaperFinding]:
    """C04, C05: every face embedded as a subset, none of Type 3, no character without a shape."""
    if bench.pdf is None:
        return
    for font in bench.pdf.fonts:
        name, program = str(font.get("/BaseFont")), embedded(font)
        if program is None or not is_subset(font):
            yield PaperFinding("C04", "字体没有按子集嵌入", name)
        elif shapeless(program, bench.pdf.codes.get(name, set())):
            yield PaperFinding("C05", "有字没有字形", name)


def is_subset(font: Any) -> bool:
    """True for a face named as a part of one, and drawn by a program for faces."""
    return font.get("/Subtype") != "/Type3" and SUBSET.match(str(font.get("/BaseFont"))) is not None


def embedded(font: Any) -> bytes | None:
    """The face's program inside the file."""
    descriptor: Any = font["/FontDescriptor"].get_object() if "/FontDescriptor" in font else {}
    program = descriptor.get("/FontFile2") or descriptor.get("/FontFile3")
    return None if program is None else bytes(program.get_object().get_data())


def shapeless(program: bytes, codes: Set[int]) -> bool:
    """True when a shown code leads to glyph 0, to a copy of it, or is 0, which the writer puts for what it lacks."""
    face = TTFont(io.BytesIO(program), lazy=True)
    table, shapes = face["cmap"].tables[0].cmap, face["glyf"]
    missing = shapes[".notdef"]
    found = [table.get(code, ".notdef") for code in codes if code > 0]
    copies = (shapes[name] == missing for name in found if missing.numberOfContours)
    return 0 in codes or ".notdef" in found or any(copies)


def extractable(bench: Examined) -> Iterator[PaperFinding]:
    """C06: what is seen can be copied out."""
    if bench.pdf and (bench.pdf.unmapped or any(odd(char) for char in bench.flowing)):
        yield PaperFinding("C06", "有字不能从文件里复制出来")


def odd(char: str) -> bool:
    """A replacement mark or a private character."""
    return char == "\ufffd" or 0xE000 <= ord(char) <= 0xF8FF


def line_edges(bench: Examined) -> Iterator[PaperFinding]:
    """C07: no broken line starts or ends with a mark that may not stand there."""
    if not (bench.pdf and bench.word):
        return
    whole = set(map(squeezed, bench.word.paragraphs))
    excused = set(excused_marks(bench.word))
    starts = NOT_START - {text[:1] for text in whole} - excused
    ends = NOT_END - {text[-1:] for text in whole} - excused
    gapped = tuple(after_gaps(bench.word))
    for number, body in enumerate(bench.pdf.bodies, start=1):
        rows = set(rejoined(filter(None, map(squeezed, body.splitlines())), whole)) - whole
        if any(row[-1] in ends or starts_badly(row, starts, gapped) for row in rows):
            yield PaperFinding("C07", "标点落在了行首或行尾", str(number))


def excused_marks(word: WordFile) -> Iterator[str]:
    """Marks of which so many stand together in a cell that they had to be parted."""
    for cell in word.cells:
        yield from chain.from_iterable(marks for marks in glued(cell) if len(marks) > MOST_GLUED)


def starts_badly(row: str, starts: Set[str], gapped: Sequence[str]) -> bool:
    """True for a mark at a line's start, unless a ruled gap stands before it."""
    return row[0] in starts and not begins(row, gapped)


def rejoined(rows: Iterable[str], whole: Set[str]) -> list[str]:
    """The lines as they stand: marks set closer than the reader expects come on a row of their own.

    A last line of a paragraph that holds nothing but marks is left as it is: that is a fault.
    """
    found: list[str] = []
    for row in rows:
        if found and NOT_START.issuperset(row) and not any(text.endswith(found[-1] + row) for text in whole):
            found[-1] += row
        else:
            found.append(row)
    return found


def glued(words: str) -> Iterator[str]:
    """The marks that each character cannot be parted from."""
    yield from ("".join(match.groups()) for match in GLUED.finditer(words))


def after_gaps(word: WordFile) -> Iterator[str]:
    """What follows each ruled gap: its line begins with the rule, which is no text."""
    for text in word.paragraphs:
        yield from (squeezed(piece) for piece in text.split(BLANK)[1:] if piece)


def begins(row: str, gapped: Sequence[str]) -> bool:
    """True when a line goes on where a gap ended."""
    return any(piece.startswith(row) or row.startswith(piece) for piece in gapped)


def signatures_in_company(bench: Examined) -> Iterator[PaperFinding]:
    """C08: no page holds nothing but the places to sign; rows of a table below its header are company."""
    if not (bench.pdf and bench.word):
        return
    for number, (page, body) in enumerate(zip(bench.pages, bench.pdf.bodies, strict=True), start=1):
        kept = without_slip(page, bench.word.cut_off)
        if kept and not is_tabled(body, bench.word) and left_alone(kept, bench.word.signatures, bench):
            yield PaperFinding("C08", "签名栏单独占了一页", str(number))


def is_tabled(body: str, word: WordFile) -> bool:
    """True for a page that shows a table's header."""
    return any(header in squeezed(body) for header in word.headers)


def left_alone(page: str, blocks: Sequence[str], bench: Examined) -> bool:
    """True for a page with one of these blocks of places to sign and nothing else."""
    return any(alone(page, block, bench) for block in blocks)


def without_slip(page: str, slip: str) -> str:
    """What is left of a page when its slip is cut off; a slip may begin on one page and go on on the next."""
    if slip and slip in page:
        return page.replace(slip, "")
    start = next((place for place in range(len(page)) if slip.startswith(page[place:])), len(page))
    return "" if page in slip else page[:start]


def alone(page: str, block: str, bench: Examined) -> bool:
    """True for places to sign and nothing else; of more places than a page holds, only the first must have company."""
    return block.startswith(page) if parted(block, bench) else page in block


def parted(block: str, bench: Examined) -> bool:
    """True where no page could hold all places to sign: too many, or too many below a head with hardly any text."""
    assert bench.pdf is not None
    sheet = KINDS[bench.paper.kind].sheet if bench.paper.kind else FORM
    places = [f"{words}{PLACE_END}" for words in block.split(PLACE_END)[:-1]]
    first = filter(None, map(squeezed, bench.pdf.bodies[0].splitlines()))
    return over_a_page(places, sheet) or sum(row not in block for row in first) <= HEAD_AND_TWO


def headings_in_company(bench: Examined) -> Iterator[PaperFinding]:
    """C09: no heading is the last line of a page; rules for the pen below it are company."""
    if bench.pdf and bench.word:
        headings = set(bench.word.headings) - set(before_gaps(bench.word))
        for number, page in enumerate(bench.pages[:-1], start=1):
            if any(page.endswith(heading) for heading in headings):
                yield PaperFinding("C09", "标题落在了页尾", str(number))


def before_gaps(word: WordFile) -> Iterator[str]:
    """Every paragraph that one follows which is nothing but a ruled gap."""
    for text, following in pairwise(word.paragraphs):
        if following.strip(BLANK) == "" != following:
            yield squeezed(text)


def page_feet(bench: Examined) -> Iterator[PaperFinding]:
    """C11: page x of y on every page of several; a letter counts its pages between dashes."""
    feet = bench.pdf.feet if bench.pdf else []
    wanted = "—{}—" if kind_of(bench.paper.kind).sheet.letter else "第{}页共{}页"
    for number, foot in enumerate(feet, start=1):
        if len(feet) != bench.paper.pages or (len(feet) > 1 and wanted.format(number, len(feet)) not in foot):
            yield PaperFinding("C11", "页码不对", str(number))


def inert(bench: Examined) -> Iterator[PaperFinding]:
    """C18: nothing in the PDF acts, links or hides a file."""
    if bench.pdf is None:
        return
    root = bench.pdf.root
    known = {*root, *(root.get("/Names") or {})}
    if known & set(ACTIVE) or any("/Annots" in page for page in bench.pdf.structure.pages):
        yield PaperFinding("C18", "文件里有会动作的内容")


def described(bench: Examined) -> Iterator[PaperFinding]:
    """C19: title, number, language; no user's name and no path."""
    if bench.pdf is None:
        return
    facts: Any = bench.pdf.structure.metadata or {}
    told = (facts.get("/Title"), facts.get("/Subject") or "", bench.pdf.root.get("/Lang"))
    path = any(PATHLIKE.search(str(value)) for value in facts.values())
    if path or told != (bench.paper.title, bench.paper.number, "zh-CN"):
        yield PaperFinding("C19", "文件属性不对", "pdf")


def signed_feet(bench: Examined) -> Iterator[PaperFinding]:
    """C24: a place to sign at the foot of each page of a record (笔录)."""
    wanted = SIGNED_FEET.get(bench.paper.kind, "")
    for number, foot in enumerate(bench.pdf.feet if bench.pdf else (), start=1):
        if wanted not in foot:
            yield PaperFinding("C24", "笔录的页脚没有签名处", str(number))


CHECKS: Final[tuple[Check, ...]] = (
    fonts_embedded, extractable, line_edges, signatures_in_company, headings_in_company, page_feet, inert, described,
    signed_feet,
)  # fmt: skip
