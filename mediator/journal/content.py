"""The frozen content of a signed agreement: its shape, and the digest that pins it (T65)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from mediator.journal.canonical import encode
from mediator.journal.checks import field_fault, is_id


def is_content(value: object) -> bool:
    """An agreement as signing froze it: `fields`, `clauses` and `obligations`, each as its entity demands."""
    if not isinstance(value, dict):
        return False
    fields = value.get("fields")
    return (
        isinstance(fields, dict)
        and not field_fault("agreement", fields)
        and all(are_rows(value.get(f"{entity}s"), entity) for entity in ("clause", "obligation"))
    )


def are_rows(value: object, entity: str) -> bool:
    """A list of clauses or obligations, each with its id beside its fields."""
    return isinstance(value, list) and all(
        isinstance(row, dict) and is_id(row.get("id")) and not field_fault(entity, row) for row in value
    )


def content_digest(content: Mapping[str, object]) -> str:
    """SHA-256 over the canonical bytes of an agreement's content: what a signing pins."""
    return hashlib.sha256(b"mediator/agreement/1\x00" + encode(content)).hexdigest()
