"""Everything that is wrong with a template, all at once, each with its place: what a clerk reads before it is kept.

This reading is for people. What may run is decided a second time, over the engine's own tree, by `child`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

from mediator.docs.elements import W, words_of
from mediator.docs.kinds import KindInfo
from mediator.docs.templates.fields import needed_by, slots_of
from mediator.docs.templates.parts import own
from mediator.docs.templates.process import ask, shapes
from mediator.docs.templates.tags import BRACES, MARKS, Spot, TagReader

FILLED: Final = ("word/document", "word/header", "word/footer", "word/footnotes", "word/endnotes")
PLACES: Final = {"document": "正文", "header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}
WORDS: Final = {
    "unknown": "没有“{name}”这个字段",
    "unclosed": "花括号、循环或者判断没有成对",
    "forbidden": "不能这样写（{name}）：只能取字段、循环列表、判断有无",
    "syntax": "占位符读不懂",
    "not_text": "“{name}”是列表或者判断，不能直接印出",
    "not_list": "“{name}”不是列表，不能循环",
    "not_flag": "只能判断“有……”这样的字段，“{name}”不是",
    "name": "循环里的名称“{name}”与字段重名，请换一个",
    "nested": "循环或者判断套得太深",
    "limits": "模板太大或者循环太多，做不出来",
    "outside": "占位符只能写在正文、页眉、页脚和注释的文字里",
    "alone": "带 p 或者 tr 的标记要独占一段或者一行",
    "pairing": "开头和结尾的标记不一样（p、tr）",
    "missing": "缺少必须有的字段“{name}”",
    "unused": "没有用到字段“{name}”，填写了这一项就不能出具",
}


@dataclass(frozen=True, slots=True)
class TemplateFinding:
    """One thing that is wrong; `blocks` stops the template. `paragraph` counts from 1 inside its part, 0 for none."""

    code: str
    name: str = ""
    part: str = ""
    paragraph: int = 0
    near: str = ""

    @property
    def blocks(self) -> bool:
        """An unused field is told and stops nothing."""
        return self.code != "unused"

    @property
    def message(self) -> str:
        """What is wrong, as a clerk reads it."""
        return WORDS[self.code].format(name=self.name)

    @property
    def place(self) -> str:
        """`正文第3段“{{ 事由”`, empty for the whole template."""
        number = f"第{self.paragraph}段" if self.paragraph else ""
        return f"{part_word(self.part)}{number}" + (f"“{self.near}”" if self.near else "")


def part_word(part: str) -> str:
    """What a clerk calls a part of the file."""
    stem = part.rpartition("/")[2].partition(".")[0].rstrip("0123456789")
    return PLACES.get(stem, "文件属性" if part.startswith("docProps/") else part)


def check(info: KindInfo, parts: Mapping[str, bytes]) -> tuple[TemplateFinding, ...]:
    """All findings of an admitted package, in the order of the parts."""
    reader = TagReader(shapes(slots_of(info)))
    found = [each for part in sorted(parts) for each in of_part(part, parts[part], reader)]
    found += lacking(info, reader.used)
    if not any(each.blocks for each in found):
        answer = ask(texts_of(parts), slots_of(info), None)
        found += [TemplateFinding(answer.fault, answer.name, answer.part, 0, answer.near)] if answer.fault else []
    return tuple(found)


def texts_of(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The parts that are filled, as text."""
    return {name: as_text(raw) for name, raw in parts.items() if name.startswith(FILLED)}


def as_text(raw: bytes) -> str:
    """A part without its declaration, as the engine gets it."""
    return str(etree.tostring(etree.fromstring(raw), encoding="unicode"))


def of_part(part: str, raw: bytes, reader: TagReader) -> Iterator[TemplateFinding]:
    """The findings of one part: its paragraphs, then what stands outside any text."""
    if not part.endswith(".xml"):
        return
    tree = etree.fromstring(raw)
    if part.startswith(FILLED):
        yield from (located(part, spot) for spot in spots_in(tree, reader))
        outside = strays(tree)
    else:
        outside = everything(tree)
    yield from (TemplateFinding("outside", "", part, 0, near[:30]) for near in outside)


def spots_in(tree: Any, reader: TagReader) -> Iterator[Spot]:
    """What the reader finds in the paragraphs of a part, and at its end."""
    reader.begin()
    for number, paragraph in enumerate(tree.iter(f"{W}p"), 1):
        yield from reader.paragraph(number, words(paragraph), around(paragraph))
    yield from reader.end()


def located(part: str, spot: Spot) -> TemplateFinding:
    """A finding of the reader with its part."""
    return TemplateFinding(spot.code, spot.name, part, spot.paragraph, spot.near)


def words(paragraph: Any) -> str:
    """The text of a paragraph, runs joined, without that of paragraphs inside it."""
    return "".join(each.text or "" for each in own(paragraph, "t"))


def around(paragraph: Any) -> str:
    """The text of the table row around a paragraph, empty outside of tables."""
    row = next(paragraph.iterancestors(f"{W}tr"), None)
    return "" if row is None else words_of(row)


def strays(tree: Any) -> Iterator[str]:
    """Braces where no text of the paper stands: attributes, codes of fields, drawings."""
    for element in tree.iter():
        yield from filter(MARKS.search, element.attrib.values())
        loose = loose_text(element)
        if BRACES.search(loose):
            yield loose


def loose_text(element: Any) -> str:
    """Text of an element that is no text of the paper, and what stands behind it."""
    inside = "" if element.tag == f"{W}t" else element.text or ""
    return inside + (element.tail or "")


def everything(tree: Any) -> Iterator[str]:
    """Tags in a part that is not filled: the title in the file's properties, the name of a style."""
    for element in tree.iter():
        texts = (element.text or "", element.tail or "", *element.attrib.values())
        yield from (text for text in texts if MARKS.search(text))


def lacking(info: KindInfo, used: set[str]) -> Iterator[TemplateFinding]:
    """Obligatory fields that the template does not print, then fields of the form that it does not."""
    labels, printed = labels_of(info), as_printed(used)
    needs = [need.split("|") for need in needed_by(info)]
    for choices in needs:
        if not printed.intersection(choices):
            yield TemplateFinding("missing", "或者".join(labels[each] for each in choices))
    told = printed.union(*needs)
    yield from (TemplateFinding("unused", labels[field.name]) for field in info.fields if field.name not in told)


def as_printed(used: set[str]) -> set[str]:
    """Names that a template uses, and those of which it uses the lines or the ticks."""
    return used | {name.removesuffix("_lines").removesuffix("_ticks") for name in used}


def labels_of(info: KindInfo) -> dict[str, str]:
    """Every name that a template of a kind may use, with its label."""
    return {name: label for slot in slots_of(info) for name, label in labelled(slot.name, slot.label, slot.columns)}


def labelled(name: str, label: str, columns: Sequence[Any]) -> Iterator[tuple[str, str]]:
    """A name and its label, then those of its columns."""
    yield name, label
    yield from ((f"{name}.{each.name}", f"{label}的{each.label}") for each in columns)
