"""What the members of bodies and the fields of entities may hold; a newer program's fields are nobody's fault here."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final

from mediator.core.money import MAX_FEN
from mediator.core.sittings import FIELD_HEIGHT, FIELD_WIDTH, MOST_POINTS

_ID: Final = re.compile(r"[0-9a-f]{32}")
_KEY: Final = re.compile(r"[0-9a-f]{64}")
_WRAPPED: Final = re.compile(r"[0-9a-f]{160}")
Check = Callable[[object], bool]
MAX_PICTURE: Final = 32 * 1024
MOST_TARGETS: Final = 20_000


def is_text(value: object) -> bool:
    """Any string."""
    return isinstance(value, str)


def is_id(value: object) -> bool:
    """16 bytes as 32 lower-case hex."""
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def is_key(value: object) -> bool:
    """A public key: 64 lower-case hex digits."""
    return isinstance(value, str) and _KEY.fullmatch(value) is not None


def is_count(value: object) -> bool:
    """An integer, not a truth value."""
    return isinstance(value, int) and not isinstance(value, bool)


def is_count_or_empty(value: object) -> bool:
    """An integer; empty text clears the field."""
    return value == "" or is_count(value)


def is_money(value: object) -> bool:
    """Fen from nothing up to what can be written in words; goods are paid with 0."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MAX_FEN


def is_money_or_empty(value: object) -> bool:
    """Fen; empty text clears the field."""
    return value == "" or is_money(value)


def is_flag(value: object) -> bool:
    """A truth value."""
    return isinstance(value, bool)


def is_day(value: object) -> bool:
    """An ISO day that exists, in its one form `2026-03-05`."""
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def is_day_or_empty(value: object) -> bool:
    """An ISO day; empty text clears the field."""
    return value == "" or is_day(value)


def is_texts(value: object) -> bool:
    """A list of strings."""
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def is_ids(value: object) -> bool:
    """A list of ids."""
    return isinstance(value, list) and all(map(is_id, value))


def is_targets(value: object) -> bool:
    """What an erasure names: each desk once with its counters, both ascending; at most `MOST_TARGETS` in all."""
    if not isinstance(value, list) or not value or not all(map(is_target, value)):
        return False
    desks = [row[0] for row in value]
    return desks == sorted(set(desks)) and sum(len(row[1]) for row in value) <= MOST_TARGETS


def is_target(row: object) -> bool:
    """Counters of one desk, from 1 up."""
    match row:
        case [desk, [*counters]] if is_id(desk) and is_counts(counters):
            numbers = [n for n in counters if isinstance(n, int)]
            return bool(numbers) and numbers == sorted(set(numbers)) and numbers[0] >= 1
    return False


def is_wraps(value: object) -> bool:
    """A key wrapped to desks: each desk once, in order, with 80 bytes as hex."""
    if not isinstance(value, list) or not all(map(is_wrap, value)):
        return False
    desks = [row[0] for row in value]
    return desks == sorted(set(desks))


def is_wrap(row: object) -> bool:
    """A desk and what is sealed to it."""
    match row:
        case [desk, str(wrapped)] if is_id(desk):
            return _WRAPPED.fullmatch(wrapped) is not None
    return False


def is_two(value: object) -> bool:
    """Two different names, neither of them empty."""
    return isinstance(value, list) and is_texts(value) and len(set(value)) == len(value) == 2 and "" not in value


def is_days(value: object) -> bool:
    """Named days as pairs of a free name and a day; names are people's words, so they cannot be keys (C1)."""
    return isinstance(value, list) and all(
        isinstance(row, list) and len(row) == 2 and is_text(row[0]) and is_day_or_empty(row[1]) for row in value
    )


def is_counts(value: object) -> bool:
    """A list of integers."""
    return isinstance(value, list) and all(is_count(item) for item in value)


def is_stamps(value: object) -> bool:
    """Named moments as pairs of a free name and ms UTC."""
    return isinstance(value, list) and all(
        isinstance(row, list) and len(row) == 2 and is_text(row[0]) and is_count(row[1]) for row in value
    )


def is_point(value: object) -> bool:
    """[x, y, ms]: whole numbers inside the field of a signature, time from 0 on."""
    if not (is_counts(value) and isinstance(value, list) and len(value) == 3):
        return False
    x, y, t = value
    return bool(0 <= x <= FIELD_WIDTH and 0 <= y <= FIELD_HEIGHT and t >= 0)


def is_strokes(value: object) -> bool:
    """Strokes of a signature, each with a point at least, no more points than a hand makes; an empty list for none."""
    if not isinstance(value, list) or not all(isinstance(stroke, list) and stroke for stroke in value):
        return False
    return sum(map(len, value)) <= MOST_POINTS and all(is_point(point) for stroke in value for point in stroke)


def is_files(value: object) -> bool:
    """Issued files: format, hash, size."""
    return isinstance(value, list) and all(
        isinstance(item, dict) and is_text(item.get("format")) and is_text(item.get("sha256"))
        and is_count(item.get("size")) for item in value
    )  # fmt: skip


def is_character(value: object) -> bool:
    """One code point."""
    return isinstance(value, str) and len(value) == 1


def is_small_png(value: object) -> bool:
    """A PNG of at most 32 KiB in strict base64."""
    if not isinstance(value, str) or len(value) > MAX_PICTURE * 4 // 3 + 4:
        return False
    try:
        data = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        return False
    return data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) <= MAX_PICTURE


def is_object(value: object) -> bool:
    """Any object."""
    return isinstance(value, dict)


def is_slots(value: object) -> bool:
    """Filled slots of a clause by name, what stands in them is checked by its template; empty text clears the field."""
    return value == "" or (is_object(value) and value != {})


def _texts(*names: str) -> dict[str, Check]:
    """Fields that hold plain text."""
    return dict.fromkeys(names, is_text)


FIELDS: Final[Mapping[str, Mapping[str, Check]]] = {
    "case": {
        **_texts(
            "kind", "title", "dispute_type", "origin", "category", "organization", "facts", "requests", "outcome",
            "village", "source_ref", "risk", "risk_reason", "visit", "visit_reason", "difficulty", "lead_body", "road",
            "road_reason", "prevented",
        ),
        "accepted_on": is_day_or_empty, "dates": is_days, "people": is_count_or_empty, "arrived_at": is_count_or_empty,
        "helping": is_texts,
    },
    "party": {
        **_texts(
            "ref", "side", "kind", "name", "role_as_given", "sex", "ethnicity", "id_type", "id_number",
            "legal_representative", "occupation", "phone", "address", "note", "acts_for", "authorization",
        ),
        "birth_date": is_day_or_empty,
    },
    "hearing": {
        **_texts("place", "recorder", "meeting", "interpreter"), "held_at": is_count_or_empty, "mediators": is_texts,
        "script_done": is_texts, "script_at": is_stamps, "observers": is_texts, "absent": is_texts, "pauses": is_counts,
    },
    "agreement": {
        **_texts("form", "place", "disputed_points", "responsibility"), "signed_on": is_day_or_empty,
        "copies": is_count_or_empty,
    },
    "clause": {**_texts("text", "no", "template"), "slots": is_slots},
    "obligation": {
        **_texts("payer", "payee", "due_as_given", "method", "goods", "note", "payer_party", "payee_party", "clause"),
        "amount": is_money_or_empty, "due_on": is_day_or_empty, "part_of_total": is_flag,
    },
    "payment": {"obligation": is_id, "amount": is_money, "paid_on": is_day, **_texts("method", "note", "goods")},
    "evidence": {**_texts("title", "place", "sha256"), "pages": is_count, "size": is_count},
    "follow_up": {**_texts("visitor", "visited", "situation", "satisfaction"), "visited_on": is_day},
    # A form's further fields are named by its kind of paper; `records` reads a value that is no text or table as empty.
    "form": {"paper": is_text},
    "link": {"other": is_id, **_texts("reason", "role", "note")},
    "event": {"event": is_text, "on": is_day, "at": is_count_or_empty, **_texts("text", "by")},
    "period": {
        **_texts("rule", "step", "unit", "approved_by", "reason"), "on": is_day, "length": is_count_or_empty,
    },
    "supervision": {
        **_texts("sort", "rule", "text", "place", "answer", "answered_by", "verdict", "verdict_text"),
        "due": is_day_or_empty, "answer_by": is_day_or_empty, "answered_on": is_day_or_empty,
    },
    "satisfaction": {"asked_on": is_day, **_texts("about", "answer", "asked", "asked_by", "note")},
    "amendment": {
        "obligation": is_id, "on": is_day, **_texts("paper", "note"), "amount": is_money_or_empty,
        "due_on": is_day_or_empty, "waived": is_flag,
    },
    "likeness": {"other": is_id, "same": is_flag, **_texts("likeness", "party", "other_party", "reason")},
}  # fmt: skip

# Written by kinds of their own (`case.moved`, `case.numbered`, `agreement.order`, `hearing.closed`, `X.left`).
PRESENT: Final = "present"
ELSEWHERE: Final = frozenset({("case", "status"), ("case", "number"), ("agreement", "order"), ("hearing", "closed")})


def field_fault(entity: str, fields: Mapping[str, object], needed: Iterable[str] = ()) -> str:
    """Name of the first field of an entity that is missing, of another type, or not its to write; else empty."""
    known = FIELDS[entity]
    for name, value in fields.items():
        if name == PRESENT or (entity, name) in ELSEWHERE or (name in known and not known[name](value)):
            return name
    return next((name for name in needed if name not in fields), "")
