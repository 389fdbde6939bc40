"""Word files as strangers make them: our own writer's, with parts, relations and elements that should not be there."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from itertools import pairwise

from mediator.docs.model import Block, Document, text
from mediator.docs.templates.package import unpacked
from mediator.docs.word import write_docx

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "word/document.xml"
TYPES_PART = "[Content_Types].xml"
RELATIONS = "word/_rels/document.xml.rels"


def a_word(*lines: str | Block) -> bytes:
    """A receipt of these lines."""
    blocks = tuple(text(line) if isinstance(line, str) else line for line in lines)
    return write_docx(Document("receipt", "收条", "", "", blocks))


def zipped(parts: Mapping[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A package of parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return buffer.getvalue()


def changed(data: bytes, changes: Mapping[str, bytes]) -> bytes:
    """The same file with some parts written anew or added."""
    return zipped({**unpacked(data), **changes})


def part_text(data: bytes, name: str) -> str:
    """A part as text."""
    return unpacked(data)[name].decode()


def typed(data: bytes, name: str, kind: str) -> bytes:
    """The list of content types with one more part."""
    row = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'
    return part_text(data, TYPES_PART).replace("</Types>", row).encode()


def with_part(data: bytes, name: str, content: bytes, kind: str, *, relation: str = "") -> bytes:
    """The file with one more part, typed and, if asked for, related from the main part."""
    changes = {name: content, TYPES_PART: typed(data, name, kind)}
    if relation:
        changes[RELATIONS] = related(data, relation, name.removeprefix("word/"))
    return changed(data, changes)


def related(data: bytes, kind: str, target: str, *, outside: bool = False) -> bytes:
    """The main part's relations with one more."""
    mode = ' TargetMode="External"' if outside else ""
    row = f'<Relationship Id="rId99" Type="{RELATION}/{kind}" Target="{target}"{mode}/></Relationships>'
    return part_text(data, RELATIONS).replace("</Relationships>", row).encode()


def in_body(data: bytes, xml: str, *, part: str = MAIN) -> bytes:
    """The file with XML as the first thing in its body."""
    head, opening, rest = part_text(data, part).partition("<w:body>")
    return changed(data, {part: f"{head}{opening}{xml}{rest}".encode()})


def paragraph(*runs: str) -> str:
    """A paragraph whose runs are these texts, as Word splits what is typed."""
    inner = "".join(f'<w:r><w:t xml:space="preserve">{run}</w:t></w:r>' for run in runs)
    return f"<w:p>{inner}</w:p>"


def a_part(root: str, *paragraphs: str) -> bytes:
    """A header, footer or list of notes with these paragraphs."""
    inner = "".join(paragraphs)
    if root in ("footnotes", "endnotes"):
        inner = f'<w:{root[:-1]} w:id="1">{inner}</w:{root[:-1]}>'
    return f'<w:{root} xmlns:w="{WORD}">{inner}</w:{root}>'.encode()


def with_text_part(data: bytes, kind: str, *paragraphs: str) -> bytes:
    """The file with one more header, footer, or list of notes."""
    name = {"hdr": "header7", "ftr": "footer7"}.get(kind, kind)
    word = {"hdr": "header", "ftr": "footer"}.get(kind, kind)
    return with_part(data, f"word/{name}.xml", a_part(kind, *paragraphs), f"{TYPES}.{word}+xml", relation=word)


def split_at(words: str, places: Sequence[int]) -> list[str]:
    """A text cut at these places."""
    return [words[a:b] for a, b in pairwise([0, *places, len(words)])]
