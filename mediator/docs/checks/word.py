"""Whether a finished DOCX is a sound package that any office program opens alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from posixpath import normpath
from typing import Any, Final

from lxml import etree

from mediator.docs.catalogue import kind_of
from mediator.docs.checks.bench import Check, Examined, PaperFinding
from mediator.docs.checks.pdf import PATHLIKE, SIGNED_FEET
from mediator.docs.elements import W

RUN_ORDER: Final = ("rStyle", "rFonts", "b", "bCs", "i", "color", "spacing", "sz", "szCs", "u", "lang")


def page_feet(bench: Examined) -> Iterator[PaperFinding]:
    """C11: Word counts the pages itself."""
    if bench.word is None or bench.paper.pages <= 1:
        return
    counted = "NUMPAGES" in bench.word.feet or kind_of(bench.paper.kind).sheet.letter
    if not counted or " PAGE " not in bench.word.feet:
        yield PaperFinding("C11", "页码不对", "docx")


def word_structure(bench: Examined) -> Iterator[PaperFinding]:
    """C13: a sound package, properties in the standard's order, an east-Asian face on every run of text."""
    if bench.word is None:
        return
    for place in broken_relations(bench.word.parts):
        yield PaperFinding("C13", "文件结构不完整", place)
    if any(map(faceless, bench.word.body.iter(f"{W}r"))):
        yield PaperFinding("C13", "有文字没有指定中文字体")
    if any(map(out_of_order, bench.word.body.iter(f"{W}rPr"))):
        yield PaperFinding("C13", "文件结构不合标准")


def faceless(run: Any) -> bool:
    """True for text without an east-Asian face."""
    faces = run.find(f"{W}rPr/{W}rFonts")
    return run.find(f"{W}t") is not None and (faces is None or not faces.get(f"{W}eastAsia"))


def out_of_order(properties: Any) -> bool:
    """True when properties of a run do not stand in the order of the standard, or stand twice."""
    names = [etree.QName(child).localname for child in properties]
    order = [RUN_ORDER.index(name) for name in names if name in RUN_ORDER]
    return any(a >= b for a, b in pairwise(order))


def broken_relations(parts: Mapping[str, bytes]) -> Iterator[str]:
    """Relations that lead to no part, and parts without a content type."""
    yield from untyped(parts)
    for name, data in parts.items():
        if name.endswith(".rels"):
            yield from (path for path in targets(name, data) if path not in parts)


def untyped(parts: Mapping[str, bytes]) -> Iterator[str]:
    """Parts that the list of content types does not know, by name or by ending."""
    types = etree.fromstring(parts["[Content_Types].xml"])
    names = {str(node.get("PartName", "")).lstrip("/") for node in types} | {"[Content_Types].xml"}
    endings = {node.get("Extension") for node in types}
    yield from (name for name in parts if name not in names and name.rpartition(".")[2] not in endings)


def targets(name: str, data: bytes) -> Iterator[str]:
    """The parts of the package that a relations part points to."""
    base = name.rpartition("_rels/")[0]
    for node in etree.fromstring(data):
        if node.get("TargetMode") != "External":
            target = str(node.get("Target"))
            yield target.lstrip("/") if target.startswith("/") else normpath(base + target)


def described(bench: Examined) -> Iterator[PaperFinding]:
    """C19: title, number, language; no path."""
    if bench.word is None:
        return
    core = etree.fromstring(bench.word.parts["docProps/core.xml"])
    wanted = {"title": bench.paper.title, "subject": bench.paper.number, "language": "zh-CN"}
    told = dict.fromkeys(wanted, "") | {etree.QName(node).localname: node.text or "" for node in core}
    if not wanted.items() <= told.items() or any(map(PATHLIKE.search, told.values())):
        yield PaperFinding("C19", "文件属性不对", "docx")


def signed_feet(bench: Examined) -> Iterator[PaperFinding]:
    """C24: a place to sign at the foot of each page of a record (笔录)."""
    if bench.word and SIGNED_FEET.get(bench.paper.kind, "") not in bench.word.feet:
        yield PaperFinding("C24", "笔录的页脚没有签名处", "docx")


CHECKS: Final[tuple[Check, ...]] = (page_feet, word_structure, described, signed_feet)
