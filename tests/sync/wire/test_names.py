"""Names on a stick and the small names of the road: exact, the same on every system, hints only."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.wire.ids import CROCKFORD, comparison, crockford, fingerprint, key_id
from sync.wire.names import DIRECTION, StickName, card_name, parse_stick_name, stick_name

ids = st.binary(min_size=16, max_size=16).map(bytes.hex)
RESERVED = ("con", "prn", "aux", "nul", "com1", "lpt1")


@given(ids, st.sampled_from(sorted(DIRECTION.values())), ids, st.integers(0, 10**12), st.booleans())
def test_a_name_is_37_characters_and_says_again_what_it_was_made_from(
    center: str, direction: str, desk: str, no: int, part: bool
) -> None:
    made = stick_name(center, direction, desk, no)
    name = StickName(made.center, made.direction, made.desk, made.no, part)
    assert len(str(name)) == 37
    assert str(name) == str(name).lower()
    assert not str(name).startswith(RESERVED)
    assert parse_stick_name(str(name)) == name
    assert made.no == no % 10**8


BAD = (
    "", "med", "MED-000000-U-0000000000-00000001.MEDB", "med-00000-u-0000000000-00000001.medb",
    "med-000000-x-0000000000-00000001.medb", "med-000000-c-0000000000-00000001.medb",
    "med-000000-u-000000000-00000001.medb", "med-000000-u-0000000000-1.medb", "med-000000-u-0000000000-00000001.exe",
    "med-000000-u-0000000000-00000001.medb.lnk", "med-000000-u-0000000000-00000001.medb\n",
    " med-000000-u-0000000000-00000001.medb", "._med-000000-u-0000000000-00000001.medb",
    "med-00000i-u-0000000000-00000001.medb", "med-00000l-u-0000000000-00000001.medb",
    "med-000000-u-0000000000-0000000１.medb", "mеd-000000-u-0000000000-00000001.medb",
    "../med-000000-u-0000000000-00000001.medb", "med-000000-u-0000000000-00000001.medb/x", "autorun.inf", "con.medb",
)  # fmt: skip


@pytest.mark.threat("T48")
@pytest.mark.parametrize("name", BAD)
def test_a_name_that_only_looks_like_ours_is_nobodys(name: str) -> None:
    assert parse_stick_name("med-000000-u-0000000000-00000001.medb") is not None
    assert parse_stick_name(name) is None


@given(st.text(max_size=45))
def test_any_name_is_ours_only_if_it_is_written_as_we_write_it(name: str) -> None:
    parsed = parse_stick_name(name)
    assert parsed is None or str(parsed) == name


def test_a_card_is_an_answer_to_the_center_itself() -> None:
    card = card_name("ab" * 16)
    assert (card.direction, card.no) == ("answer", 0)
    assert crockford(bytes.fromhex("ab" * 16), 10) == card.desk


def test_crockford_text_is_the_bits_in_fives() -> None:
    """Worked by hand: 0xFF 0x00 is 11111 11100 000000, so 31, 28, 0."""
    assert crockford(b"\xff\x00", 3) == CROCKFORD[31] + CROCKFORD[28] + CROCKFORD[0] == "zw0"
    assert len(set(CROCKFORD)) == 32
    assert not set(CROCKFORD) & set("ilou")


def test_names_of_keys_are_hashes_under_labels_of_their_own() -> None:
    key = bytes(range(32))
    assert key_id(key) == hashlib.sha256(b"mediator/key/1\0" + key).hexdigest()[:32]
    assert len({key_id(key)[:16], fingerprint(key), comparison(key, key)}) == 3


@pytest.mark.threat("T52")
@given(st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
def test_both_ends_of_an_enrollment_show_the_same_six_digits(sign: bytes, seal: bytes) -> None:
    digits = comparison(sign, seal)
    assert len(digits) == 6
    assert digits.isdigit()
    assert digits == comparison(sign, seal)
