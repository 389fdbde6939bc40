"""`MEN1`: what a desk signs, what any reader takes, and what nobody can change unseen."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.errors import Unacceptable
from mediator.journal.entry import NO_HASH, DeskId, Draft, Entry, StreamId, text_to_sign
from mediator.journal.framing import MAX_USUAL_BODY, erased_twin, held_entry, make_entry, read_entry, verify_entry
from mediator.journal.reach import Reach
from tests.journal.list_journal import Writer

CASE = StreamId("ab" * 16)
KEY = b"a desk's key"
USER = "cd" * 16


def sign(text: bytes) -> bytes:
    """A stand-in for Ed25519 of the same length."""
    return hmac.digest(KEY, text, "sha512")


def verify(text: bytes, signature: bytes) -> None:
    """Raises when the signature is not of this text."""
    if not hmac.compare_digest(sign(text), signature):
        raise Unacceptable("entry.signature")


def an_entry(
    *, n: int = 1, kind: str = "case.set", body: dict[str, object] | None = None, marks: dict[DeskId, int] | None = None
) -> Entry:
    """One entry of desk 01."""
    draft = Draft(CASE, kind, {"fields": {"facts": "欠款"}} if body is None else body, {}, 1764057600000, USER)
    prev = NO_HASH if n == 1 else "ef" * 32
    return make_entry(
        draft, desk=DeskId("01" * 16), n=n, prev=prev, marks=marks or {}, salt=bytes(range(32)), sign=sign
    )


ENTRY = an_entry(n=7, marks={DeskId("01" * 16): 6, DeskId("02" * 16): 3})


@given(st.integers(0, len(ENTRY.raw) - 65), st.integers(1, 255))
def test_an_entry_that_is_held_is_read_lightly_and_any_change_of_it_since_is_still_refused(
    place: int, change: int
) -> None:
    assert held_entry(ENTRY.raw, ENTRY.hash) == read_entry(ENTRY.raw)
    assert held_entry(erased_twin(ENTRY).raw, ENTRY.hash) == erased_twin(ENTRY)
    with pytest.raises(Unacceptable, match="entry"):
        held_entry(ENTRY.raw[:place] + bytes((ENTRY.raw[place] ^ change,)) + ENTRY.raw[place + 1 :], ENTRY.hash)


@given(st.integers(0, len(ENTRY.raw) - 1), st.integers(1, 255))
def test_a_changed_byte_is_refused_or_fails_its_signature(place: int, change: int) -> None:
    data = bytearray(ENTRY.raw)
    data[place] ^= change
    with pytest.raises(Unacceptable, match=r"entry\.|canonical"):
        verify_entry(read_entry(bytes(data)), verify)


@pytest.mark.threat("T41")
def test_a_cut_at_any_byte_is_refused() -> None:
    for end in range(len(ENTRY.raw)):
        with pytest.raises(Unacceptable, match=r"entry\.(magic|length)"):
            read_entry(ENTRY.raw[:end])


@given(st.binary(min_size=1, max_size=80))
def test_anything_behind_an_entry_is_refused(tail: bytes) -> None:
    with pytest.raises(Unacceptable, match=r"entry\.length"):
        read_entry(ENTRY.raw + tail)


@given(st.binary(max_size=300) | st.binary(max_size=300).map(lambda rest: b"MEN1\x01\x01\x00\x00" + rest))
def test_any_bytes_are_refused_by_name(data: bytes) -> None:
    with pytest.raises(Unacceptable) as told:
        read_entry(data)
    assert told.value.code.startswith("entry.")


@given(
    st.dictionaries(
        st.sampled_from(["facts", "title", "x", "later"]), st.integers(0, 9) | st.text("字\n", max_size=9), max_size=5
    ),
    st.dictionaries(
        st.integers(0, 2**128 - 1).map(lambda desk: DeskId(f"{desk:032x}")), st.integers(1, 2**53 - 1), max_size=6
    ),
    st.integers(2, 2**53 - 1),
)
def test_what_is_made_is_read_with_every_member(body: dict[str, object], marks: dict[DeskId, int], n: int) -> None:
    marks = {desk: mark for desk, mark in marks.items() if desk != "01" * 16}
    made = an_entry(n=n, body={"fields": body}, marks=marks)
    read = read_entry(made.raw)
    assert read == made
    assert (read.id, read.marks, read.content()) == ((DeskId("01" * 16), n), marks, {"fields": body})
    assert (read.stream, read.kind, read.reach, read.user, read.wall) == (
        CASE, "case.set", Reach.COUNTY, USER, 1764057600000,
    )  # fmt: skip


def test_the_hash_and_the_signature_are_over_the_head_with_their_labels() -> None:
    assert ENTRY.hash == hashlib.sha256(b"mediator/entry-hash/1\x00\x01" + ENTRY.head_bytes).hexdigest()
    assert text_to_sign(ENTRY.head_bytes) == b"mediator/entry/1\x00\x01" + ENTRY.head_bytes
    assert ENTRY.raw.endswith(sign(text_to_sign(ENTRY.head_bytes)))


@pytest.mark.threat("T68")
def test_an_erased_twin_proves_the_place_and_confirms_no_guess_of_the_body() -> None:
    twin = read_entry(erased_twin(ENTRY).raw)
    verify_entry(twin, verify)
    assert (twin.hash, twin.body, twin.salt) == (ENTRY.hash, None, None)
    assert ENTRY.body is not None
    assert ENTRY.body not in twin.raw
    assert hashlib.sha256(ENTRY.body).hexdigest() != twin.head.cm


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"n": 0}, "entry.head"), ({"marks": {DeskId("01" * 16): 1}}, "entry.marks"),
        ({"marks": {DeskId("x"): 1}}, "entry.head"),
        ({"marks": {DeskId(f"{n:032x}"): 1 for n in range(257)}}, "entry.limit"),
        ({"body": {"fields": {"facts": ["x" * 1_000] * 1_100}}}, "entry.limit"),
        ({"body": {"Fields": {}}}, "entry.canonical"),
    ],
)  # fmt: skip
def test_the_program_never_signs_what_it_would_not_read(change: dict[str, object], code: str) -> None:
    with pytest.raises(Unacceptable, match=code.replace(".", r"\.")):
        an_entry(**change)  # type: ignore[arg-type]  # a table of arguments


def test_a_body_of_the_usual_limit_is_taken() -> None:
    filler = ["x" * 1_000] * 1_045
    made = an_entry(body={"fields": {"facts": filler}})
    assert made.body is not None
    assert MAX_USUAL_BODY - 2_000 < len(made.body) <= MAX_USUAL_BODY
    assert read_entry(made.raw) == made


def test_a_kind_of_another_program_is_not_written_by_this_one() -> None:
    with pytest.raises(KeyError):
        an_entry(kind="weather.noted")


def test_the_program_itself_writes_without_a_user() -> None:
    entry = Writer("村").write(CASE, "case.set", {"fields": {}})
    assert (entry.user, b'"u"' in entry.head_bytes) == ("", False)
