"""The process in which a template is put together: it holds no vault, opens nothing, and ends by itself (T31, T32).

It reads one request from standard input and writes one answer; both are JSON. After the request is read it can open no
file and no connection any more. On systems without such limits the deadline of `process` still holds.
"""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from docxtpl import DocxTemplate
from jinja2.exceptions import TemplateError

from mediator.docs.templates.grammar import Engine, Fault, parsed, refuse_foreign

if sys.platform != "win32":
    import resource

MEMORY: Final = 512 << 20
SECONDS: Final = 20
MAX_RENDERED: Final = 32 << 20
# Everything that the engine loads only when it meets it: words, numbers, names in Chinese, loops, a wrong tag.
EVERYTHING: Final = (
    "{% for 甲 in 乙 %}{{ 甲|length }}{{ 甲[0] }}{% if 甲 %}{{ 1.5 }}{{ '\\n'|join('x') }}{% endif %}{% endfor %}",
    "{%",
)
PARAGRAPH: Final = re.compile(r"<w:p([ >])")
TAG: Final = re.compile(r"<[^>]*>")


def main() -> None:
    """Answer one request and end."""
    raw = sys.stdin.buffer.read()
    warm_up()
    confine()
    try:
        answer = answered(json.loads(raw))
    except MemoryError:
        answer = {"fault": "limits"}
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()


def warm_up() -> None:
    """Let the engine load what it needs, as no file can be opened later."""
    for source in EVERYTHING:
        with suppress(TemplateError):
            Engine().from_string(patched(source)).render(乙=["丙"])


def confine() -> None:
    """From here on: so much memory, so much time, no new file or connection, nothing written."""
    if sys.platform == "win32":  # where the deadline of the parent has to do
        return
    limits = (
        (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_NOFILE, 3),
        (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0),
    )  # fmt: skip
    for limit, most in limits:
        resource.setrlimit(limit, (most, most))


def answered(request: Mapping[str, Any]) -> dict[str, object]:
    """Parts checked, and filled when there is a context; or the fault with its part and the text near it."""
    found: dict[str, str] = {}
    told: dict[str, list[str]] = {}
    for part, xml in request["parts"].items():
        source, outputs = patched(xml), told.setdefault(part, [])
        engine = Engine(hearing(outputs))
        try:
            refuse_foreign(parsed(source, engine), request["names"])
            if request["context"] is not None:
                found[part] = rendered(
                    engine, source, request["context"], room=MAX_RENDERED - sum(map(len, found.values()))
                )
        except Fault as fault:
            return {"fault": fault.code, "name": fault.name, "part": part, "near": near(source, fault.line)}
    return {"parts": found, "told": told}


def patched(xml: str) -> str:
    """A part as the engine reads it: tags that Word split are joined, each paragraph begins a line."""
    return str(DocxTemplate(io.BytesIO()).patch_xml(PARAGRAPH.sub(r"\n<w:p\1", xml)))


def hearing(outputs: list[str]) -> Any:
    """Write down every value that is put out, in order."""

    def hear(value: object) -> object:
        outputs.append(str(value))
        return value

    return hear


def rendered(engine: Engine, source: str, context: Mapping[str, object], *, room: int) -> str:
    """The filled part; raises Fault `limits` beyond `room` characters, `render` for a place a list does not have."""
    pieces: list[str] = []
    try:
        for piece in engine.from_string(source).generate(**context):
            room -= len(piece)
            if room < 0:
                raise Fault("limits")
            pieces.append(piece)
    except (TemplateError, RecursionError, SyntaxError, TypeError, ValueError):
        raise Fault("render") from None
    return "".join(pieces).replace("\n<w:p", "<w:p")


def near(source: str, line: int) -> str:
    """The text of a line without its marks, shortened."""
    lines = source.split("\n")
    return TAG.sub("", lines[line - 1])[:40] if 0 < line <= len(lines) else ""
