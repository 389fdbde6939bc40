"""What a template may ask for: an allow-list over the tree that the template engine itself parses (T31).

Output of a name, `for` over a list, `if` over a flag, `not and or`, constant places in a list, two filters. No call,
no underscore, no arithmetic, no `~`, nothing that is set, taken in or run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from jinja2 import StrictUndefined, nodes
from jinja2.exceptions import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

Shape = Mapping[str, Any]
TEXT: Final[Shape] = {"sort": "text"}
FLAG: Final[Shape] = {"sort": "flag"}
LOOP: Final[Shape] = {"sort": "row", "columns": {"index": TEXT, "length": TEXT, "first": FLAG, "last": FLAG}}


class Filter(NamedTuple):
    """How many constant words a filter may have, and what it may be put behind."""

    words: int
    sorts: tuple[str, ...]


FILTERS: Final[Mapping[str, Filter]] = {"join": Filter(1, ("lines",)), "length": Filter(0, ("lines", "rows"))}
MAX_NEST: Final = 6


class Fault(Exception):
    """What is wrong with a template: a code, and the name or word that it is about."""

    def __init__(self, code: str, name: str = "", line: int | None = 0) -> None:
        """Remember all three; some nodes of the engine know no line."""
        super().__init__(code)
        self.code, self.name, self.line = code, name, line or 0


class Engine(ImmutableSandboxedEnvironment):
    """The engine with everything taken out that a template could call; `told` hears each value that is put out."""

    def __init__(self, told: Callable[[object], object] | None = None) -> None:
        """An engine for one template."""
        super().__init__(autoescape=True, undefined=StrictUndefined, finalize=told, keep_trailing_newline=True)
        self.globals.clear()
        self.tests.clear()
        self.filters = {name: self.filters[name] for name in FILTERS}


def parsed(source: str, engine: Engine) -> nodes.Template:
    """The engine's own tree; raises Fault `syntax` with the engine's line."""
    try:
        return engine.parse(source)
    except TemplateError as error:
        raise Fault("syntax", "", int(getattr(error, "lineno", 0) or 0)) from None
    except (RecursionError, ValueError, OverflowError, UnicodeError, MemoryError):
        raise Fault("syntax") from None


def refuse_foreign(tree: nodes.Template, names: Mapping[str, Shape]) -> None:
    """Raise Fault for the first thing in a tree that is not allowed."""
    try:
        for node in tree.body:
            statement(node, names, 0)
    except RecursionError:
        raise Fault("nested") from None


def statement(node: nodes.Node, names: Mapping[str, Shape], depth: int) -> None:
    """One node of a body."""
    if depth > MAX_NEST:
        raise Fault("nested", "", node.lineno)
    allowed = STATEMENTS.get(type(node))
    if allowed is None:
        raise Fault("forbidden", type(node).__name__, node.lineno)
    allowed(node, names, depth)


def output(node: Any, names: Mapping[str, Shape], _depth: int) -> None:
    """Text of the document, and texts put out."""
    for each in node.nodes:
        if not isinstance(each, nodes.TemplateData) and expression(each, names)["sort"] != "text":
            raise Fault("not_text", name_of(each), node.lineno)


def choice(node: Any, names: Mapping[str, Shape], depth: int) -> None:
    """`if`, `elif`, `else` over flags."""
    condition(node.test, names)
    for each in (*node.body, *node.elif_, *node.else_):
        statement(each, names, depth + 1)


def loop(node: Any, names: Mapping[str, Shape], depth: int) -> None:
    """`for name in list`, without a condition, an else or a call of itself."""
    if node.test is not None or node.recursive or node.else_ or not isinstance(node.target, nodes.Name):
        raise Fault("forbidden", "for", node.lineno)
    inner = looped(node, names)
    for each in node.body:
        statement(each, inner, depth + 1)


def looped(node: Any, names: Mapping[str, Shape]) -> Mapping[str, Shape]:
    """What is known inside a loop; raises for a list that is none and a name that hides another."""
    found = expression(node.iter, names)
    target = str(node.target.name)
    if target.startswith("_") or target in names or target == "loop":
        raise Fault("name", target, node.lineno)
    if found["sort"] == "lines":
        return {**names, target: TEXT, "loop": LOOP}
    if found["sort"] != "rows":
        raise Fault("not_list", name_of(node.iter), node.lineno)
    return {**names, target: {"sort": "row", "columns": found["columns"]}, "loop": LOOP}


def condition(node: nodes.Node, names: Mapping[str, Shape]) -> None:
    """Flags, joined by not, and, or."""
    if isinstance(node, nodes.Not):
        condition(node.node, names)
    elif isinstance(node, nodes.And | nodes.Or):
        condition(node.left, names)
        condition(node.right, names)
    elif expression(node, names)["sort"] != "flag":
        raise Fault("not_flag", name_of(node), node.lineno)


def expression(node: nodes.Node, names: Mapping[str, Shape]) -> Shape:
    """What a name leads to; raises Fault for anything but names, columns, constant places and the two filters."""
    read = EXPRESSIONS.get(type(node))
    if read is None:
        raise Fault("forbidden", type(node).__name__, node.lineno)
    return read(node, names)


def name(node: Any, names: Mapping[str, Shape]) -> Shape:
    """A name of the list, or of a loop around it."""
    if node.name.startswith("_"):
        raise Fault("forbidden", node.name, node.lineno)
    if node.name not in names:
        raise Fault("unknown", node.name, node.lineno)
    return names[node.name]


def attribute(node: Any, names: Mapping[str, Shape]) -> Shape:
    """A column of a row."""
    if node.attr.startswith("_"):
        raise Fault("forbidden", node.attr, node.lineno)
    row = expression(node.node, names)
    if row["sort"] != "row" or node.attr not in row["columns"]:
        raise Fault("unknown", name_of(node), node.lineno)
    shape: Shape = row["columns"][node.attr]
    return shape


def subscript(node: Any, names: Mapping[str, Shape]) -> Shape:
    """`list[0]`: a constant place."""
    if not isinstance(node.arg, nodes.Const) or type(node.arg.value) is not int:
        raise Fault("forbidden", "[]", node.lineno)
    found = expression(node.node, names)
    if found["sort"] == "lines":
        return TEXT
    if found["sort"] != "rows":
        raise Fault("not_list", name_of(node.node), node.lineno)
    return {"sort": "row", "columns": found["columns"]}


def filtered(node: Any, names: Mapping[str, Shape]) -> Shape:
    """`lines|join("、")` and `list|length`, with constant words alone."""
    if not is_allowed(node):
        raise Fault("forbidden", f"|{node.name}", node.lineno)
    found = expression(node.node, names)
    if found["sort"] not in FILTERS[node.name].sorts:
        raise Fault("not_list", name_of(node.node), node.lineno)
    return TEXT


def is_allowed(node: Any) -> bool:
    """True for a known filter of something, with no more than the words that it may have."""
    if node.name not in FILTERS or node.node is None:
        return False
    if node.kwargs or node.dyn_args or node.dyn_kwargs:
        return False
    return len(node.args) <= FILTERS[node.name].words and all(map(is_word, node.args))


def is_word(node: nodes.Node) -> bool:
    """True for a constant text."""
    return isinstance(node, nodes.Const) and isinstance(node.value, str)


def name_of(node: nodes.Node) -> str:
    """A name as the template writes it, for the report."""
    if isinstance(node, nodes.Getattr):
        return f"{name_of(node.node)}.{node.attr}"
    return str(getattr(node, "name", type(node).__name__))


STATEMENTS: Final[Mapping[type, Callable[[Any, Mapping[str, Shape], int], None]]] = {
    nodes.Output: output, nodes.If: choice, nodes.For: loop,
}  # fmt: skip
EXPRESSIONS: Final[Mapping[type, Callable[[Any, Mapping[str, Shape]], Shape]]] = {
    nodes.Name: name, nodes.Getattr: attribute, nodes.Getitem: subscript, nodes.Filter: filtered,
}  # fmt: skip


def printed_names(tree: nodes.Node, names: Mapping[str, Shape]) -> Iterator[str]:
    """The English names that a tree asks for, `parties.name` whatever its loop calls a row."""
    for each in tree.find_all((nodes.Getattr, nodes.Name)):
        try:
            yield str(expression(each, names).get("name", ""))
        except Fault:  # the target of a loop is no name yet
            continue
