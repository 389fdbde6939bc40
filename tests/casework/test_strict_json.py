"""Strict JSON: one way to write a thing, and every fault has a place."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.casework.strict_json import MAX_BYTES, decode, path_text
from mediator.errors import MediatorError, Unacceptable

texts = st.text(st.characters(exclude_categories=["Cs"]))
scalars = st.none() | st.booleans() | st.integers(-(10**30), 10**30) | texts
values = st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(texts, inner), max_leaves=20)


@given(values)
def test_whatever_the_standard_library_writes_is_read_as_the_same_value(value: object) -> None:
    assert decode(json.dumps(value).encode()) == value
    assert decode(json.dumps(value, ensure_ascii=False, indent=1).encode()) == value


@given(st.binary(max_size=200))
def test_any_bytes_give_a_value_or_a_refusal_and_never_a_crash(data: bytes) -> None:
    try:
        decode(data)
    except MediatorError as error:
        assert error.exit_code == 4  # noqa: PT017  either outcome is fine, a third is not


REFUSED = [
    (b"", "case.empty", "1:1"),
    (b" \n\t ", "case.empty", "1:1"),
    (b"\xef\xbb\xbf{}", "case.encoding", "1"),
    ("{}".encode("utf-16"), "case.encoding", "1"),
    ("{}".encode("utf-16-le"), "case.encoding", "1"),
    (b'{"a": "\xff"}', "case.encoding", "8"),
    (b'{"a": 1', "case.syntax", "1:8"),
    (b'{"a" 1}', "case.syntax", "a"),
    (b"{a: 1}", "case.syntax", "1:2"),
    (b"[1,]", "case.syntax", "cases[1]"),
    (b"[1 2]", "case.syntax", "1:4"),
    (b"{} {}", "case.syntax", "1:4"),
    (b"\n\n  nul", "case.syntax", "3:3"),
    (b"+1", "case.syntax", "1:1"),
    (b"01", "case.syntax", "1:1"),
    (b"1.", "case.syntax", "1:1"),
    (b'"\x01"', "case.syntax", "1:2"),
    (b'"\\x"', "case.syntax", "1:2"),
    (b'"\\u12"', "case.syntax", "1:2"),
    (b'"open', "case.syntax", "1:6"),
    (b'{"a": 1, "a": 2}', "case.duplicate", "a"),
    (b'[{"p": [{"x": 1, "x": 1}]}]', "case.duplicate", "cases[0].p[0].x"),
    (b'{"a": NaN}', "case.number", "a"),
    (b'{"a": Infinity}', "case.number", "a"),
    (b'{"a": -Infinity}', "case.number", "a"),
    (b'{"a": 1e999}', "case.number", "a"),
    (b'{"a": ' + b"9" * 5000 + b"}", "case.number", "a"),
    (b'{"a": "\\ud800"}', "case.surrogate", "a"),
    (b'{"a": "\\ud800\\u0041"}', "case.surrogate", "a"),
    (b'{"a": "\\udc00"}', "case.surrogate", "a"),
    (b"[" * 10_000, "case.depth", "1:66"),
    (b'{"a":' * 10_000, "case.depth", "1:326"),
]


@pytest.mark.parametrize(("data", "code", "where"), REFUSED)
def test_what_is_not_strict_is_refused_with_its_place(data: bytes, code: str, where: str) -> None:
    with pytest.raises(Unacceptable) as caught:
        decode(data)
    assert (caught.value.code, caught.value.where) == (code, where)


def test_a_file_beyond_the_limit_is_refused_before_it_is_read() -> None:
    with pytest.raises(Unacceptable, match=r"case\.size"):
        decode(b" " * (MAX_BYTES + 1))


def test_a_pair_of_escaped_surrogates_is_one_character() -> None:
    assert decode(b'"\\ud840\\udc0b"') == "\U0002000b"


def test_whole_numbers_come_as_integers_however_they_are_written() -> None:
    assert decode(b"[1.0, 1e2, -0, 1.5]") == [1, 100, 0, 1.5]


def test_a_place_reads_like_a_person_would_say_it() -> None:
    assert path_text(("parties", 0, "birth_date")) == "parties[0].birth_date"
    assert path_text((1, "parties", 0, "birth_date")) == "cases[1].parties[0].birth_date"
    assert path_text(()) == ""
    assert len(path_text(("x" * 5000,))) == 200
