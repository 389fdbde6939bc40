"""The tags of a template read paragraph by paragraph, as its author sees them, so that each fault has a place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from jinja2 import nodes

from mediator.docs.templates.grammar import (
    TEXT,
    Engine,
    Fault,
    Shape,
    condition,
    expression,
    looped,
    parsed,
    printed_names,
    refuse_foreign,
)

TAG: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
BRACES: Final = re.compile(r"[{}]")
MARKS: Final = re.compile(r"\{[{%#]|[}%#]\}")  # single braces stand in many attributes, around the ids of programs
STATEMENT: Final = re.compile(r"\{%(p|tr|)\s+(for|if|elif|else|endfor|endif)\b(.*?)\s*%\}", re.DOTALL)
QUOTES: Final = str.maketrans("“”‘’", "\"\"''")
MAX_NAME: Final = 30
CLOSES: Final = {"endfor": "for", "endif": "if"}


class Anything(dict[str, Shape]):
    """The columns of a list that nobody knows: one fault is told once, not again for each of its columns."""

    def __contains__(self, _name: object) -> bool:
        """Every name."""
        return True

    def __missing__(self, _name: str) -> Shape:
        """A text."""
        return TEXT


@dataclass(frozen=True, slots=True)
class Spot:
    """A fault at a paragraph, with the text near it."""

    code: str
    name: str
    paragraph: int
    near: str


@dataclass(frozen=True, slots=True)
class Open:
    """A loop or a condition that waits for its end; `names` are known inside."""

    word: str
    mark: str
    paragraph: int
    near: str
    names: Mapping[str, Shape]


@dataclass
class TagReader:
    """Reads one part after the other; `used` gathers the English names of everything that is printed."""

    names: Mapping[str, Shape]
    used: set[str] = field(default_factory=set)
    open: list[Open] = field(default_factory=list)
    engine: Engine = field(default_factory=Engine)

    def begin(self) -> None:
        """A new part; nothing is open."""
        self.open.clear()

    def end(self) -> Iterator[Spot]:
        """What is still open at the end of a part."""
        yield from (Spot("unclosed", "", each.paragraph, each.near) for each in self.open)

    @property
    def known(self) -> Mapping[str, Shape]:
        """The names known here."""
        return self.open[-1].names if self.open else self.names

    def paragraph(self, number: int, text: str, row: str) -> Iterator[Spot]:
        """The faults of one paragraph; `row` is the text of the table row around it."""
        for tag in TAG.findall(text):
            try:
                self.tag(tag, number, text, row)
            except Fault as fault:
                yield Spot(fault.code, fault.name[:MAX_NAME], number, tag[:MAX_NAME])
        rest = TAG.sub("", text)
        stray = BRACES.search(rest)
        if stray:
            yield Spot("unclosed", "", number, rest[max(0, stray.start() - 5) :][:MAX_NAME])

    def tag(self, tag: str, number: int, text: str, row: str) -> None:
        """One tag; raises Fault."""
        tag = tag.translate(QUOTES)
        if tag.startswith("{{"):
            self.value(tag)
            return
        found = STATEMENT.fullmatch(tag)
        if found is None:
            raise Fault("forbidden", tag.strip("{}%# ").partition(" ")[0])
        mark, word, rest = found.groups()
        around = {"": tag, "p": text.strip().translate(QUOTES), "tr": row.strip().translate(QUOTES)}
        self.statement(word, mark, f"{{% {word}{rest} %}}", Spot("", "", number, tag[:MAX_NAME]))
        if around[mark] != tag:
            raise Fault("alone")

    def value(self, tag: str) -> None:
        """A value that is put out."""
        tree = parsed(tag, self.engine)
        refuse_foreign(tree, self.known)
        self.used.update(printed_names(tree, self.known))

    def statement(self, word: str, mark: str, tag: str, spot: Spot) -> None:
        """One word of a loop or a condition."""
        if word == "for":
            self.loop(mark, tag, spot)
        elif word == "if":
            self.open.append(Open("if", mark, spot.paragraph, spot.near, self.known))
            self.ask(tag)
        elif not self.open or self.open[-1].word != CLOSES.get(word, "if"):
            raise Fault("unclosed")
        elif word == "elif":
            self.ask(tag.replace("elif", "if", 1))
        elif word in CLOSES:
            self.close(mark)

    def close(self, mark: str) -> None:
        """The end of a loop or a condition."""
        if self.open.pop().mark != mark:
            raise Fault("pairing")

    def ask(self, tag: str) -> None:
        """A condition."""
        condition(self.only(tag + "{% endif %}", nodes.If).test, self.known)

    def loop(self, mark: str, tag: str, spot: Spot) -> None:
        """A loop; one over an unknown list is read on as if it were known."""
        target = tag.split()[2] if len(tag.split()) > 2 else ""
        inner: Mapping[str, Shape] = {**self.known, target: {"sort": "row", "columns": Anything()}}
        self.open.append(Open("for", mark, spot.paragraph, spot.near, inner))
        node = self.only(tag + "{% endfor %}", nodes.For)
        before = self.open[-2].names if len(self.open) > 1 else self.names
        if node.test is not None or node.recursive or not isinstance(node.target, nodes.Name):
            raise Fault("forbidden", "for")
        self.open[-1] = Open("for", mark, spot.paragraph, spot.near, looped(node, before))
        self.used.add(str(expression(node.iter, before).get("name", "")))

    def only(self, source: str, kind: type[nodes.Node]) -> Any:
        """The one statement of a source."""
        body = parsed(source, self.engine).body
        if len(body) != 1 or not isinstance(body[0], kind):
            raise Fault("syntax")
        return body[0]
