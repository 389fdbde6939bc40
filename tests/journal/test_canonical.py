"""One value, one byte form: against RFC 8785 where both speak of the same values, and each limit at its border."""

from __future__ import annotations

import json
import unicodedata
from typing import NewType

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from mediator.errors import Unacceptable
from mediator.journal.canonical import (
    MAX_DEPTH,
    MAX_INT,
    MAX_ITEMS,
    MAX_MEMBERS,
    MAX_STRING,
    decode_object,
    decode_strict,
    encode,
)

KEYS = st.sampled_from(["a", "b", "z", "a0", "a_", "ab", "b0", "z_9", "fields", "k" * 32])
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=[
    *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))
]) | st.sampled_from('\n"\\/n\u0303')).map(lambda text: unicodedata.normalize("NFC", text))  # fmt: skip
Rule = NewType("Rule", str)
RULES = [Rule(name) for name in ("C1", "C2", "C3", "C4", "C8")]
SCALARS = TEXTS | st.integers(-MAX_INT, MAX_INT) | st.booleans()
VALUES = st.recursive(SCALARS, lambda part: st.lists(part, max_size=5) | st.dictionaries(KEYS, part, max_size=5))
OBJECTS = st.dictionaries(KEYS, VALUES, max_size=6)


def nested(depth: int) -> object:
    """Lists in lists."""
    value: object = 1
    for _ in range(depth):
        value = [value]
    return value


def read_or_rule(data: bytes) -> object:
    """The value, or the rule that refuses it."""
    try:
        return decode_strict(data)
    except Unacceptable as error:
        return Rule(error.where)


def refused(value: object) -> tuple[str, str]:
    """Code and rule by which writing refuses a value."""
    with pytest.raises(Unacceptable) as told:
        encode(value)
    return told.value.code, told.value.where


@given(VALUES)
def test_writing_agrees_with_rfc_8785(value: object) -> None:
    assert encode(value) == rfc8785.dumps(value)  # type: ignore[arg-type]  # the strategy draws JSON values only


@given(VALUES)
def test_what_is_written_is_read_back_as_it_was(value: object) -> None:
    assert decode_strict(encode(value)) == value


@given(OBJECTS, st.sampled_from([
    {"indent": 1}, {"separators": (", ", ":")}, {"separators": (",", ": ")}, {"ensure_ascii": True},
]), st.sampled_from(["", " ", "\n", "\ufeff"]))  # fmt: skip
def test_any_other_bytes_for_the_same_value_are_refused(value: object, style: dict[str, object], before: str) -> None:
    form: dict[str, object] = {"ensure_ascii": False, "separators": (",", ":"), "sort_keys": True, **style}
    other = (before + json.dumps(value, **form)).encode()  # type: ignore[arg-type]  # a table of styles
    assert json.loads(other.decode("utf-8-sig")) == value
    if other != encode(value):
        with pytest.raises(Unacceptable):
            decode_strict(other)


@given(st.dictionaries(KEYS, SCALARS, min_size=2, max_size=6), st.randoms())
def test_members_in_another_order_are_refused(value: dict[str, object], random: object) -> None:
    rows = list(value.items())
    random.shuffle(rows)  # type: ignore[attr-defined]  # hypothesis draws a Random
    other = json.dumps(dict(rows), ensure_ascii=False, separators=(",", ":")).encode()
    if other != encode(value):
        with pytest.raises(Unacceptable, match=r"entry\.canonical"):
            decode_strict(other)


@given(OBJECTS, st.data())
def test_a_flipped_bit_gives_another_value_or_none(value: object, data: st.DataObject) -> None:
    written = bytearray(encode(value))
    written[data.draw(st.integers(0, len(written) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    other = read_or_rule(bytes(written))
    assert other in RULES or (other != value and encode(other) == written)


@given(st.binary(max_size=60) | st.text('[]{}",:\\ntrue01-.e ', max_size=40).map(str.encode))
def test_any_bytes_are_read_or_refused_by_name(data: bytes) -> None:
    value = read_or_rule(data)
    assert value in RULES or encode(value) == data


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ({"Name": 1}, ("entry.canonical", "C1")), ({"a" * 33: 1}, ("entry.canonical", "C1")),
        ({"名": 1}, ("entry.canonical", "C1")), ({1: 2}, ("entry.canonical", "C1")),
        (object(), ("entry.canonical", "C1")),
        (None, ("entry.canonical", "C2")), ({"a": [None]}, ("entry.canonical", "C2")), (0.5, ("entry.canonical", "C2")),
        (float("nan"), ("entry.canonical", "C2")), (MAX_INT + 1, ("entry.canonical", "C3")),
        ([-MAX_INT - 1], ("entry.canonical", "C3")), (1 << 70, ("entry.canonical", "C3")),
        ("e\u0301", ("entry.canonical", "C4")), ("\x00", ("entry.canonical", "C4")), ("\t", ("entry.canonical", "C4")),
        ("\u202e", ("entry.canonical", "C4")), ("\ud800", ("entry.canonical", "C4")),
        (nested(MAX_DEPTH + 1), ("entry.limit", "C8")), ("字" * (MAX_STRING // 3 + 1), ("entry.limit", "C8")),
        ([0] * (MAX_ITEMS + 1), ("entry.limit", "C8")), ([[0] * (MAX_ITEMS + 1)], ("entry.limit", "C8")),
        ({f"k{n}": n for n in range(MAX_MEMBERS + 1)}, ("entry.limit", "C8")),
    ],
    ids=lambda each: each[1] if isinstance(each, tuple) else "",
)  # fmt: skip
def test_the_program_never_writes_what_it_would_not_read(value: object, told: tuple[str, str]) -> None:
    assert refused(value) == told


@pytest.mark.parametrize(
    "value",
    [
        nested(MAX_DEPTH), [0] * MAX_ITEMS, {f"k{n}": n for n in range(MAX_MEMBERS)}, "字" * (MAX_STRING // 3),
        "a" * MAX_STRING, [[] for _ in range(MAX_ITEMS)], {"a": [1] * 5000, "b": {f"k{n}": [n] for n in range(4000)}},
        ["[" * 5000, "," * 5000, '\\"{' * 5000],
    ],
    ids=["depth", "items", "members", "characters", "bytes", "lists", "several", "marks inside strings"],
)  # fmt: skip
def test_the_limits_themselves_are_allowed(value: object) -> None:
    assert decode_strict(encode(value)) == value


@pytest.mark.threat("T45")
@pytest.mark.parametrize(
    "data",
    [
        b"[" * 17 + b"]" * 17, b'{"a":' * 17 + b"1" + b"}" * 17, b"[" + b"0," * MAX_ITEMS + b"0]", b"[" * 100_000,
        b"{" + b'"a":0,' * MAX_MEMBERS + b'"a":0}', b'"' + b"a" * (MAX_STRING + 1) + b'"',
    ],
    ids=["lists", "objects", "items", "only openings", "members", "string"],
)  # fmt: skip
def test_what_is_over_a_limit_is_refused_as_such(data: bytes) -> None:
    with pytest.raises(Unacceptable, match=r"entry\.limit"):
        decode_strict(data)


@pytest.mark.parametrize("data", [b"[]", b'"a"', b"1", b"true"])
def test_a_part_that_must_be_an_object_is_one(data: bytes) -> None:
    assert decode_object(b"{}") == {}
    with pytest.raises(Unacceptable, match=r"entry\.canonical"):
        decode_object(data)
