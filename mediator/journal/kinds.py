"""Kinds of entries: who may write them, how far they go, and what their bodies hold.

A kind is never redefined; a wrong one gets a successor. Unknown kinds are kept, passed on and counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from mediator.journal.reach import Reach

_ID: Final = re.compile(r"[0-9a-f]{32}")
Check = Callable[[object], bool]


def is_text(value: object) -> bool:
    """Any string."""
    return isinstance(value, str)


def is_id(value: object) -> bool:
    """16 bytes as 32 lower-case hex."""
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def is_count(value: object) -> bool:
    """An integer, not a truth value."""
    return isinstance(value, int) and not isinstance(value, bool)


def is_flag(value: object) -> bool:
    """A truth value."""
    return isinstance(value, bool)


def is_day(value: object) -> bool:
    """An ISO day that exists; empty text clears the field."""
    if not isinstance(value, str):
        return False
    try:
        return value == "" or date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def is_texts(value: object) -> bool:
    """A list of strings."""
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def is_count_or_empty(value: object) -> bool:
    """An integer; empty text clears the field."""
    return value == "" or is_count(value)


def is_days(value: object) -> bool:
    """Named days as pairs of a free name and a day; names are people's words, so they cannot be keys (C1)."""
    return isinstance(value, list) and all(
        isinstance(row, list) and len(row) == 2 and is_text(row[0]) and is_day(row[1]) for row in value
    )


def is_files(value: object) -> bool:
    """Issued files: format, hash, size."""
    return isinstance(value, list) and all(
        isinstance(item, dict) and is_text(item.get("format")) and is_text(item.get("sha256"))
        and is_count(item.get("size")) for item in value
    )  # fmt: skip


def is_object(value: object) -> bool:
    """Any object."""
    return isinstance(value, dict)


FIELDS: Final[Mapping[str, Mapping[str, Check]]] = {
    "case": {
        **dict.fromkeys(
            ("kind", "title", "dispute_type", "origin", "category", "organization", "facts", "requests", "outcome"),
            is_text,
        ),
        "accepted_on": is_day, "dates": is_days,
    },
    "party": {
        **dict.fromkeys(
            ("ref", "side", "kind", "name", "role_as_given", "sex", "ethnicity", "id_type", "id_number",
             "legal_representative", "occupation", "phone", "address", "note", "acts_for", "authorization"), is_text
        ),
        "birth_date": is_day,
    },
    "hearing": {
        "held_at": is_count_or_empty, "place": is_text, "recorder": is_text, "mediators": is_texts,
        "script_done": is_texts,
    },
    "agreement": {
        "form": is_text, "signed_on": is_day, "place": is_text, "disputed_points": is_text, "responsibility": is_text,
        "copies": is_count_or_empty,
    },
    "clause": {"text": is_text, "no": is_text},
    "obligation": {
        **dict.fromkeys(
            ("payer", "payee", "due_as_given", "method", "goods", "note", "payer_party", "payee_party"), is_text
        ),
        "amount": is_count_or_empty, "due_on": is_day, "part_of_total": is_flag,
    },
    "payment": {"obligation": is_id, "amount": is_count, "paid_on": is_day, "method": is_text, "note": is_text},
    "follow_up": {
        **dict.fromkeys(("visitor", "visited", "situation", "satisfaction"), is_text), "visited_on": is_day,
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class KindRule:
    """One kind: `needs` are members the body must have; `entity` names the table that checks `fields`."""

    reach: Reach = Reach.COUNTY
    owner: str = "laptop"
    version: int = 1
    needs: Mapping[str, Check] | None = None
    entity: str = ""

    def fault(self, body: Mapping[str, object]) -> str:
        """Code of what is wrong with a body, empty when it is good; unknown members are no fault."""
        for name, check in (self.needs or {}).items():
            if name not in body or not check(body[name]):
                return f"entry.body.{name}"
        fields = body.get("fields", {})
        if self.entity and isinstance(fields, dict):
            for name, check in FIELDS[self.entity].items():
                if name in fields and not check(fields[name]):
                    return f"entry.field.{name}"
        return ""


def _of(entity: str, *, own_id: bool = True) -> KindRule:
    """Rule of a kind that writes fields of an entity."""
    needs: dict[str, Check] = {"fields": is_object}
    if own_id:
        needs["id"] = is_id
    return KindRule(needs=needs, entity=entity)


_ID_ONLY: Final = KindRule(needs={"id": is_id})
_CENTER: Final = KindRule(owner="center")
_ROOM: Final = KindRule(reach=Reach.ROOM)
KINDS: Final[Mapping[str, KindRule]] = {
    "case.opened": _of("case", own_id=False),
    "case.set": _of("case", own_id=False),
    "case.moved": KindRule(needs={"to": is_text}),
    "case.numbered": KindRule(needs={"number": is_text}),
    "party.added": _of("party"),
    "party.set": _of("party"),
    "party.left": _ID_ONLY,
    "hearing.opened": _of("hearing"),
    "hearing.set": _of("hearing"),
    "hearing.sentence": KindRule(
        needs={"id": is_id, "hearing": is_id, "speaker": is_text, "text": is_text, "at": is_count}
    ),
    "hearing.corrected": KindRule(needs={"id": is_id, "hearing": is_id, "text": is_text}),
    "hearing.closed": KindRule(needs={"hearing": is_id, "digest": is_text, "count": is_count}),
    "agreement.set": _of("agreement", own_id=False),
    "clause.added": _of("clause"),
    "clause.set": _of("clause"),
    "clause.removed": _ID_ONLY,
    "agreement.order": KindRule(needs={"clauses": is_texts}),
    "obligation.added": _of("obligation"),
    "obligation.set": _of("obligation"),
    "obligation.removed": _ID_ONLY,
    "agreement.signed": KindRule(needs={"digest": is_text, "form": is_text, "content": is_object}),
    "payment.recorded": _of("payment"),
    "payment.voided": _ID_ONLY,
    "follow_up.recorded": _of("follow_up"),
    "document.issued": KindRule(
        needs={"id": is_id, "kind": is_text, "number": is_text, "title": is_text, "pages": is_count, "files": is_files}
    ),
    "conflict.resolved": KindRule(needs={"entity": is_text, "field": is_text, "reason": is_text}),
    "note.private": KindRule(reach=Reach.PRIVATE, needs={"text": is_text}),
    "desk.opened": _ROOM,
    "desk.succeeds": KindRule(),
    "desk.enrolled": _CENTER,
    "order.issued": _CENTER,
    "numbers.granted": _CENTER,
    "numbers.closed": _CENTER,
}


def rule_of(kind: str) -> KindRule | None:
    """The rule of a known kind; every `access.*` and `audit.*` kind stays in the room."""
    if kind.startswith(("access.", "audit.")):
        return _ROOM
    return KINDS.get(kind)


def reach_of(kind: str) -> Reach:
    """The one reach of a kind; raises KeyError for a kind this program does not write."""
    rule = rule_of(kind)
    if rule is None:
        raise KeyError(kind)
    return rule.reach


def version_of(kind: str) -> int:
    """Version of the kind this program writes."""
    rule = rule_of(kind)
    return rule.version if rule else 1
