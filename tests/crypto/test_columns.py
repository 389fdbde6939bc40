"""Single values sealed for a database: bound to their place, silent, unreadable without the key."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from mediator.crypto.columns import Columns
from mediator.errors import Unacceptable
from tests.crypto.plain_hpke import expand, extract

OWNER = "00112233445566778899aabbccddeeff"
COLUMNS = Columns(bytes(range(32)), owner=OWNER)


@pytest.mark.threat("T63")
@given(st.binary(max_size=200))
def test_a_sealed_value_comes_back_in_its_own_place(plain: bytes) -> None:
    sealed = COLUMNS.seal(plain, place=b"entry/331122/a/1")
    assert len(sealed) == len(plain) + 28
    assert COLUMNS.open(sealed, place=b"entry/331122/a/1") == plain


@pytest.mark.threat("T64")
def test_a_value_moved_to_another_row_or_changed_is_refused() -> None:
    sealed = COLUMNS.seal("李秀兰".encode(), place=b"row 1")
    for data, place in ((sealed, b"row 2"), (sealed[:-1], b"row 1"), (b"", b"row 1"), (sealed + b"x", b"row 1")):
        with pytest.raises(Unacceptable, match=r"column\.sealed"):
            COLUMNS.open(data, place=place)


def test_equal_values_never_look_equal() -> None:
    assert COLUMNS.seal(b"same", place=b"row") != COLUMNS.seal(b"same", place=b"row")


def test_sealing_is_aes_256_gcm_under_the_named_key() -> None:
    key = expand(extract(bytes.fromhex(OWNER), bytes(range(32))), b"med/1/column", 32)
    sealed = COLUMNS.seal(b"plain", place=b"row")
    assert AESGCM(key).decrypt(sealed[:12], sealed[12:], b"row") == b"plain"


@pytest.mark.threat("T63")
def test_a_mark_is_hmac_sha_256_under_a_key_of_its_own() -> None:
    key = expand(extract(bytes.fromhex(OWNER), bytes(range(32))), b"med/1/blind", 32)
    assert COLUMNS.mark(b"name") == hmac.new(key, b"name", hashlib.sha256).digest()
    assert COLUMNS.mark(b"name") != Columns(bytes(32), owner=OWNER).mark(b"name")


def test_another_key_and_a_wiped_key_open_nothing() -> None:
    sealed = COLUMNS.seal(b"plain", place=b"row")
    other, wiped = Columns(bytes(32), owner=OWNER), Columns(bytes(range(32)), owner=OWNER)
    wiped.close()
    for columns in (other, wiped):
        with pytest.raises(Unacceptable, match=r"column\.sealed"):
            columns.open(sealed, place=b"row")


def test_a_master_of_another_length_is_refused_and_no_key_shows_itself() -> None:
    with pytest.raises(Unacceptable, match=r"key\.length"):
        Columns(bytes(16), owner=OWNER)
    assert repr(COLUMNS) == "<Columns>"
