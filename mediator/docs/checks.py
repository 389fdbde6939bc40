"""Checks of finished papers, run on their bytes before any is issued (documents.md 6)."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from posixpath import normpath
from typing import Any, Final

from fontTools.ttLib import TTFont
from lxml import etree

from mediator.core.money import in_words, parse_yuan
from mediator.core.records import Case
from mediator.docs.breaking import NOT_END, NOT_START
from mediator.docs.expected import expected
from mediator.docs.facts import Paper, PaperFacts
from mediator.docs.finished import PdfFile, W, WordFile, squeezed
from mediator.docs.forms.parts import SIGNING, parties_of
from mediator.docs.numerals import chinese

UNFILLED: Final = ("{{", "{%", "None", "null", "nan", "XX", "待定")
SUM: Final = re.compile(r"人民币([\d,]+\.\d\d)元（大写：([^）]+)）")
DAY: Final = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
SIGNED_FOOT: Final = "当事人签名："
SUBSET: Final = re.compile(r"^/[A-Z]{6}\+")
ACTIVE: Final = ("/JavaScript", "/JS", "/OpenAction", "/AA", "/EmbeddedFiles", "/AcroForm")
PATHLIKE: Final = re.compile(r"[/\\]\w+[/\\]|[A-Za-z]:\\")
RUN_ORDER: Final = ("rStyle", "rFonts", "b", "bCs", "i", "color", "sz", "szCs", "u", "lang")


@dataclass(frozen=True, slots=True)
class PaperFinding:
    """A check a finished paper fails; `message` names no person."""

    check: str
    message: str
    place: str = ""


@dataclass
class Examined:
    """A paper on the bench: its files read back, the case it was made from."""

    paper: Paper
    case: Case
    facts: PaperFacts
    again: Callable[[], Paper] | None

    @cached_property
    def pdf(self) -> PdfFile | None:
        """The PDF, if the paper has one."""
        data = self.paper.files.get("pdf")
        return PdfFile(data) if data else None

    @cached_property
    def word(self) -> WordFile | None:
        """The DOCX, if the paper has one."""
        data = self.paper.files.get("docx")
        return WordFile(data) if data else None

    @cached_property
    def flowing(self) -> str:
        """The PDF's text without blanks, page feet, watermark and repeated table headers."""
        assert self.pdf is not None
        pages = [squeezed(body) for body in self.pdf.bodies]
        if self.facts.draft:
            pages = [page.replace("草稿", "", 1) for page in pages]
        repeated = self.word.headers if self.word else []
        for header in repeated:
            pages[1:] = [page.removeprefix(header) for page in pages[1:]]
        return "".join(pages)

    @cached_property
    def texts(self) -> list[tuple[str, str]]:
        """Format and text of each file."""
        found = [("docx", self.word.text)] if self.word else []
        return found + ([("pdf", self.flowing)] if self.pdf else [])

    @cached_property
    def own_words(self) -> str:
        """Everything people wrote in the case, where odd words are theirs to answer for."""
        return "\n".join(strings(self.case))


Check = Callable[[Examined], Iterator[PaperFinding]]


def strings(value: object) -> Iterator[str]:
    """Every text in a record, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from strings(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from strings(getattr(value, field.name))


def inspect(
    paper: Paper, case: Case, facts: PaperFacts, *, again: Callable[[], Paper] | None = None
) -> tuple[PaperFinding, ...]:
    """Everything that is wrong with a finished paper; empty when it may be issued.

    `again` makes the same paper once more, for the check that its bytes do not change (C12).
    """
    bench = Examined(paper, case, facts, again)
    return tuple(finding for check in CHECKS for finding in check(bench))


def same_text(bench: Examined) -> Iterator[PaperFinding]:
    """C01: both files say the same."""
    if bench.word and bench.pdf and bench.word.text != bench.flowing:
        pairs = zip(bench.word.text, bench.flowing, strict=False)
        place = next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(bench.word.text), len(bench.flowing)))
        yield PaperFinding("C01", "两种格式的文字不一样", str(place))


def every_value(bench: Examined) -> Iterator[PaperFinding]:
    """C02: what the record holds stands on the paper."""
    for place, value in expected(bench.paper.kind, bench.case, bench.facts):
        wanted = squeezed(value)
        for form, text in bench.texts:
            if wanted not in text:
                yield PaperFinding("C02", "案件里的内容没有印出来", f"{form}:{place}")


def sums_in_words(bench: Examined) -> Iterator[PaperFinding]:
    """C03: figures and words name one sum."""
    for form, text in bench.texts:
        for figures, words in SUM.findall(text):
            if in_words(parse_yuan(figures.replace(",", ""))) != words:
                yield PaperFinding("C03", "小写与大写金额不一致", f"{form}:{figures}")


def fonts_embedded(bench: Examined) -> Iterator[PaperFinding]:
    """C04, C05: every face embedded as a subset, none of Type 3, no character without a shape."""
    for font in bench.pdf.fonts if bench.pdf else ():
        name = str(font.get("/BaseFont"))
        descriptor: Any = font["/FontDescriptor"].get_object() if "/FontDescriptor" in font else {}
        program = descriptor.get("/FontFile2") or descriptor.get("/FontFile3")
        if font.get("/Subtype") == "/Type3" or program is None or not SUBSET.match(name):
            yield PaperFinding("C04", "字体没有按子集嵌入", name)
        elif shapeless(program.get_object().get_data(), font):
            yield PaperFinding("C05", "有字没有字形", name)


def shapeless(program: bytes, font: Any) -> bool:
    """True when a code that the page may use leads to glyph 0."""
    face = TTFont(io.BytesIO(program), lazy=True)
    table = face["cmap"].tables[0].cmap
    first, last = int(font.get("/FirstChar", 0)), int(font.get("/LastChar", 0))
    widths = font.get("/Widths", [])
    used = [code for code in range(first, last + 1) if widths and float(widths[code - first]) and code in table]
    return any(face.getGlyphID(table[code]) == 0 for code in used if code > 32)


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
    written = {squeezed(text) for text in bench.word.paragraphs}
    starts = {text[:1] for text in written if text[:1] in NOT_START}
    ends = {text[-1:] for text in written if text[-1:] in NOT_END}
    for number, body in enumerate(bench.pdf.bodies, start=1):
        rows = [squeezed(row) for row in body.splitlines()]
        for row in rows:
            if row in written or not row:
                continue
            if (row[0] in NOT_START and row[0] not in starts) or (row[-1] in NOT_END and row[-1] not in ends):
                yield PaperFinding("C07", "标点落在了行首或行尾", str(number))


def page_feet(bench: Examined) -> Iterator[PaperFinding]:
    """C11: page x of y on every page of several."""
    if bench.pdf:
        total = len(bench.pdf.feet)
        for number, foot in enumerate(bench.pdf.feet, start=1):
            if total != bench.paper.pages or (total > 1 and f"第{number}页共{total}页" not in foot):
                yield PaperFinding("C11", "页码不对", str(number))
    if bench.word and not ("NUMPAGES" in bench.word.feet and " PAGE " in bench.word.feet):
        yield PaperFinding("C11", "页码不对", "docx")


def same_bytes(bench: Examined) -> Iterator[PaperFinding]:
    """C12: the same record gives the same bytes."""
    if bench.again is not None and dict(bench.again().files) != dict(bench.paper.files):
        yield PaperFinding("C12", "同一内容两次做出的文件不同")


def word_structure(bench: Examined) -> Iterator[PaperFinding]:
    """C13: a sound package, and an east-Asian face on every run of text."""
    if bench.word is None:
        return
    for place in broken_relations(bench.word.parts):
        yield PaperFinding("C13", "文件结构不完整", place)
    for run in bench.word.body.iter(f"{W}r"):
        faces = run.find(f"{W}rPr/{W}rFonts")
        if run.find(f"{W}t") is not None and (faces is None or not faces.get(f"{W}eastAsia")):
            yield PaperFinding("C13", "有文字没有指定中文字体")
    for properties in bench.word.body.iter(f"{W}rPr"):
        names = [etree.QName(child).localname for child in properties]
        order = [RUN_ORDER.index(name) for name in names if name in RUN_ORDER]
        if any(a >= b for a, b in pairwise(order)):
            yield PaperFinding("C13", "文件结构不合标准")


def broken_relations(parts: dict[str, bytes]) -> Iterator[str]:
    """Relations that lead to no part, and parts without a content type."""
    types = etree.fromstring(parts["[Content_Types].xml"])
    typed = {str(node.get("PartName", "")).lstrip("/") for node in types}
    endings = {str(node.get("Extension")) for node in types if node.get("Extension")}
    for name, data in parts.items():
        if name not in typed and name.rpartition(".")[2] not in endings and name != "[Content_Types].xml":
            yield name
        if name.endswith(".rels"):
            base = name.rpartition("_rels/")[0]
            for node in etree.fromstring(data):
                target = str(node.get("Target"))
                path = target.lstrip("/") if target.startswith("/") else normpath(base + target)
                if node.get("TargetMode") != "External" and path not in parts:
                    yield path


def nothing_unfilled(bench: Examined) -> Iterator[PaperFinding]:
    """C15: no word of a template or of a program; what people wrote themselves is theirs."""
    for word in UNFILLED:
        if word not in bench.own_words and any(word in text for _, text in bench.texts):
            yield PaperFinding("C15", "文书里留有未填的字样", word)


def clauses_numbered(bench: Examined) -> Iterator[PaperFinding]:
    """C16: 一、 二、 三、 without a gap."""
    agreement = bench.case.agreement
    if agreement is None or not bench.paper.kind.endswith("agreement"):
        return
    for form, text in bench.texts:
        at = 0
        for number, clause in enumerate(agreement.clauses, start=1):
            found = text.find(squeezed(f"{chinese(number)}、{clause.text}"), at)
            if found < 0:
                yield PaperFinding("C16", "条款编号不连续", f"{form}:{number}")
            at = max(found, at)


def inert(bench: Examined) -> Iterator[PaperFinding]:
    """C18: nothing in the PDF acts, links or hides a file."""
    if bench.pdf is None:
        return
    root = bench.pdf.root
    names: Any = root.get("/Names") or {}
    if any(key in root or key in names for key in ACTIVE) or any("/Annots" in p for p in bench.pdf.structure.pages):
        yield PaperFinding("C18", "文件里有会动作的内容")


def described(bench: Examined) -> Iterator[PaperFinding]:
    """C19: title, number, language; no user's name and no path."""
    if bench.pdf:
        facts: Any = bench.pdf.structure.metadata or {}
        language = bench.pdf.root.get("/Lang")
        told = (facts.get("/Title"), facts.get("/Subject") or "", language)
        if told != (bench.paper.title, bench.paper.number, "zh-CN") or any(
            PATHLIKE.search(str(v)) for v in facts.values()
        ):
            yield PaperFinding("C19", "文件属性不对", "pdf")
    if bench.word:
        core = etree.fromstring(bench.word.parts["docProps/core.xml"])
        told_by_name = {etree.QName(node).localname: node.text or "" for node in core}
        wanted = {"title": bench.paper.title, "subject": bench.paper.number, "language": "zh-CN"}
        wrong = any(told_by_name.get(name, "") != value for name, value in wanted.items())
        if wrong or any(PATHLIKE.search(value) for value in told_by_name.values()):
            yield PaperFinding("C19", "文件属性不对", "docx")


def days_exist(bench: Examined) -> Iterator[PaperFinding]:
    """C22: every day that the program printed is a day of the calendar."""
    for form, text in bench.texts:
        for match in DAY.finditer(text):
            if match.group() not in squeezed(bench.own_words) and not is_day(match):
                yield PaperFinding("C22", "日期不存在", f"{form}:{match.group()}")


def is_day(match: re.Match[str]) -> bool:
    """True for a day that exists."""
    try:
        date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return False
    return True


def one_name_each(bench: Examined) -> Iterator[PaperFinding]:
    """C23: a party is written alike wherever it stands; who pays is the party meant."""
    for party in parties_of(bench.case, SIGNING):
        if len({text.count(squeezed(party.name)) for _, text in bench.texts}) > 1:
            yield PaperFinding("C23", "同一当事人的姓名前后不一致", f"parties.{party.ref}")
    for number, each in enumerate(bench.case.agreement.obligations if bench.case.agreement else (), start=1):
        for link, name in ((each.payer_party, each.payer), (each.payee_party, each.payee)):
            meant = next((party for party in bench.case.parties if party.id == link), None)
            if meant is not None and meant.name != name:
                yield PaperFinding("C23", "同一当事人的姓名前后不一致", f"obligations.{number}")


CHECKS: Final[tuple[Check, ...]] = (
    same_text, every_value, sums_in_words, fonts_embedded, extractable, line_edges, page_feet, same_bytes,
    word_structure, nothing_unfilled, clauses_numbered, inert, described, days_exist, one_name_each,
)  # fmt: skip
