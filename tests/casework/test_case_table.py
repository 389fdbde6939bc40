"""The reader's table and the published schema say the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib import resources
from typing import Any

from mediator.casework.case_table import CASE, Choice, Const, Count, Day, Fields, Flag, Items, Moment, Named, Text

SAID_IN_WORDS = ("description", "title", "$schema")


def as_schema(node: Any) -> dict[str, Any]:
    """A node of the table in the words of JSON Schema."""
    return WORDS[type(node)](node)


def items_schema(node: Items) -> dict[str, Any]:
    """A list with its limits."""
    bounds = {"minItems": node.least or None, "maxItems": node.most}
    return {"type": "array", "items": as_schema(node.of), **stated(bounds)}


def text_schema(node: Text) -> dict[str, Any]:
    """A string with its limits."""
    limits = {"maxLength": node.longest, "minLength": node.shortest or None, "pattern": node.pattern or None}
    return {"type": "string", **stated(limits)}


def fields_schema(node: Fields) -> dict[str, Any]:
    """An object with its members."""
    members = {name: as_schema(each) for name, each in node.members.items()}
    required = {"required": list(node.required)} if node.required else {}
    return {"type": "object", "additionalProperties": False, **required, "properties": members}


def stated(limits: dict[str, Any]) -> dict[str, Any]:
    """Limits that are set."""
    return {name: value for name, value in limits.items() if value is not None}


WORDS: dict[type, Callable[[Any], dict[str, Any]]] = {
    Const: lambda node: {"const": node.value},
    Choice: lambda node: {"enum": list(node.words)},
    Day: lambda _: {"type": "string", "format": "date"},
    Moment: lambda _: {"type": "string", "format": "date-time"},
    Flag: lambda _: {"type": "boolean"},
    Count: lambda node: {"type": "integer", "minimum": node.least, "maximum": node.most},
    Named: lambda node: {"type": "object", "additionalProperties": as_schema(node.of)},
    Text: text_schema,
    Items: items_schema,
    Fields: fields_schema,
}


def without_words(schema: Any) -> Any:
    """A schema without what is said to people alone; a member called `title` is kept."""
    if isinstance(schema, list):
        return [without_words(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        name: {key: without_words(each) for key, each in value.items()}
        if name == "properties"
        else without_words(value)
        for name, value in schema.items()
        if name not in SAID_IN_WORDS
    }


def published() -> Any:
    """The schema that comes with the program."""
    path = resources.files("mediator.casework").joinpath("data/case.schema.json")
    return json.loads(path.read_text(encoding="utf-8"))


def test_the_table_and_the_published_schema_agree() -> None:
    assert as_schema(CASE) == without_words(published())


def test_the_comparison_would_notice_a_changed_limit() -> None:
    schema = without_words(published())
    schema["properties"]["title"]["maxLength"] = 201
    assert as_schema(CASE) != schema
