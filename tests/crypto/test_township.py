"""A township's key: wrapped to one desk alone, sealing a body to one entry alone; frozen bytes, two readers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.crypto.sealing import suite_1
from mediator.crypto.signing import DeskKeys
from mediator.crypto.township import digits_of, fresh_township_key, name_of, open_body, seal_body, unwrap_with, wrap_for
from mediator.errors import Unacceptable
from mediator.journal.framing import read_entry
from tests.sync.wire import independent

VECTORS = Path(__file__).parents[1] / "sync" / "wire" / "vectors"
FROZEN: dict[str, Any] = json.loads((VECTORS / "township.json").read_text())
KEY, READER = bytes.fromhex(FROZEN["key"]), str(FROZEN["reader"])
OWNER = DeskKeys.from_secret(bytes.fromhex(FROZEN["reader_secret"]))


def test_the_frozen_entry_is_opened_by_the_product_and_by_another_reader() -> None:
    data = bytes.fromhex(FROZEN["entry"])
    entry = read_entry(data)
    assert (entry.head.s, entry.content()) == ([1, FROZEN["name"]], {})
    assert entry.body is not None
    assert open_body(KEY, entry.body, entry.place).decode() == FROZEN["body"]
    assert independent.unsealed(data, KEY, bytes.fromhex(FROZEN["author"])).decode() == FROZEN["body"]
    assert (name_of(KEY), digits_of(FROZEN["name"])) == (FROZEN["name"], FROZEN["digits"])


def test_the_frozen_wrap_is_opened_by_the_product_and_by_another_reader() -> None:
    wrapped, opening = bytes.fromhex(FROZEN["wrapped"]), bytes.fromhex(FROZEN["opening"])
    assert unwrap_with(OWNER, wrapped, name=FROZEN["name"], reader=READER) == KEY
    assert independent.unwrapped(opening, wrapped, name=FROZEN["name"], desk=READER) == KEY


@pytest.mark.threat("T63")
@given(plain=st.binary(max_size=200), place=st.binary(min_size=1, max_size=60), bit=st.integers(0, 10_000))
def test_a_body_opens_with_its_key_in_its_place_unchanged_and_not_otherwise(
    plain: bytes, place: bytes, bit: int
) -> None:
    key = fresh_township_key()
    sealed = seal_body(key, plain, place)
    assert open_body(key, sealed, place) == plain
    at = bit % (len(sealed) * 8)
    spoiled = bytearray(sealed)
    spoiled[at // 8] ^= 1 << at % 8
    for wrong in ((key, bytes(spoiled), place), (key, sealed, place + b"!"), (fresh_township_key(), sealed, place)):
        with pytest.raises(Unacceptable, match=r"entry\.sealed"):
            open_body(*wrong)


@pytest.mark.threat("T43")
@pytest.mark.parametrize("fault", ["name", "desk", "reader", "bit", "short"])
def test_a_wrap_opens_for_its_desk_under_its_name_and_not_otherwise(fault: str) -> None:
    key, keys = fresh_township_key(), DeskKeys.fresh()
    wrapped = wrap_for(keys.seal_public, key, reader=READER)
    assert unwrap_with(keys, wrapped, name=name_of(key), reader=READER) == key
    spoiled = {"bit": bytes((wrapped[0] ^ 1,)) + wrapped[1:], "short": wrapped[:-1]}.get(fault, wrapped)
    name = name_of(fresh_township_key()) if fault == "name" else name_of(key)
    reader = "ab" * 16 if fault == "desk" else READER
    with pytest.raises(Unacceptable, match=r"key\.wrapped"):
        unwrap_with(DeskKeys.fresh() if fault == "reader" else keys, spoiled, name=name, reader=reader)


def test_a_key_that_bears_anothers_name_is_refused() -> None:
    key, other, keys = fresh_township_key(), fresh_township_key(), DeskKeys.fresh()
    info = b"mediator/township-wrap/1\0" + bytes.fromhex(name_of(other) + READER)
    forged = suite_1().encrypt(key, keys.opening_key.public_key(), info)
    with pytest.raises(Unacceptable, match=r"key\.wrapped"):
        unwrap_with(keys, forged, name=name_of(other), reader=READER)
    with pytest.raises(Unacceptable, match=r"key\.length"):
        wrap_for(b"short", key, reader=READER)
