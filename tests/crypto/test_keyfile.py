"""The key file: canonical bytes, strict reading, two copies, nothing allocated for a hostile one."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.crypto import keyfile, passwords
from mediator.crypto.keyfile import KeyFile, _fill_slot, newest_first, parse, sealed_by, to_bytes
from mediator.crypto.passwords import HOUSE, LIGHT_FOR_TESTS, Params, prepared
from mediator.crypto.slots import unlock
from mediator.crypto.tree import VaultKeys
from mediator.errors import MediatorError, NoAccess, Unacceptable
from tests.crypto.builders import PASSWORD, VECTORS, bytes_of, made, raw

MADE = made()
DATA = to_bytes(MADE.file)
Change = Callable[[dict[str, Any]], object]


def test_a_key_file_reads_back_as_it_was_written() -> None:
    assert parse(DATA, policy=LIGHT_FOR_TESTS) == MADE.file
    assert MADE.file.logins == ("li",)
    assert len(DATA) < 1024


def test_the_frozen_key_file_of_the_house_still_opens_and_is_still_made_byte_for_byte() -> None:
    frozen = (VECTORS / "vault.keys").read_bytes()
    file = parse(frozen, policy=HOUSE)
    keys = unlock(file, "li", PASSWORD)
    assert keys.db == VaultKeys(bytes(range(32)), vault_id=file.vault_id).db
    slot = file.slot_of("li")
    again = _fill_slot(
        replace(slot, nonce="", ct=""), prepared(PASSWORD), bytes(range(32)), vault_id=file.vault_id, nonce=bytes(12)
    )
    assert again == slot
    assert to_bytes(sealed_by(replace(file, mac=""), keys)) == frozen


CHANGES: list[Change] = [
    lambda v: v.update(format="other"),
    lambda v: v.update(v=2),
    lambda v: v.update(suite=2),
    lambda v: v.pop("mac"),
    lambda v: v.update(mac="00"),
    lambda v: v.update(mac="é" * 64),
    lambda v: v.update(mac=v["mac"].upper()),
    lambda v: v.update(vault_id="00"),
    lambda v: v.update(vault_id=7),
    lambda v: v.update(seq="1"),
    lambda v: v.update(seq=True),
    lambda v: v.update(seq=-1),
    lambda v: v.update(epoch=1.0),
    lambda v: v.update(slots={}),
    lambda v: v.update(slots=None),
    lambda v: v["slots"][0].update(extra=1),
    lambda v: v["slots"][0].pop("ct"),
    lambda v: v["slots"][0].update(kind="backdoor"),
    lambda v: v["slots"][0].update(kdf="scrypt"),
    lambda v: v["slots"][0].update(login=3),
    lambda v: v["slots"][0].update(login="\ud800"),
    lambda v: v["slots"][0].update(id="zz"),
    lambda v: v["slots"][0].update(id=v["slots"][1]["id"]),
    lambda v: v["slots"][0].update(salt="AAAA"),
    lambda v: v["slots"][0].update(salt="*" * 22),
    lambda v: v["slots"][0].update(nonce="A" * 16 + "="),
    lambda v: v["slots"][0].update(salt=v["slots"][0]["salt"][:-1] + "B"),
    lambda v: v["slots"][0].update(ct=""),
    lambda v: v["slots"][0].update(m="65536"),
    lambda v: v["slots"][0].update(m=65536.0),
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_key_file_with_a_wrong_member_is_refused_in_one_word(change: Change) -> None:
    value = raw(MADE)
    change(value)
    data = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()
    with pytest.raises(Unacceptable, match=r"vault\.keys"):
        parse(data, policy=LIGHT_FOR_TESTS)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"[]", b"7", b"{", b"null", DATA + b" ", DATA[:-1], b"\xef\xbb\xbf" + DATA, DATA.decode().encode("utf-16"),
        DATA.replace(b'"v":1', b'"v":1,"v":1'), b"[" * 20_000, b" " * (64 * 1024 + 1),
    ],
)  # fmt: skip
def test_bytes_that_are_no_key_file_are_refused_in_one_word(data: bytes) -> None:
    with pytest.raises(Unacceptable, match=r"vault\.keys"):
        parse(data, policy=LIGHT_FOR_TESTS)


@given(st.integers(0, len(DATA) - 1), st.integers(1, 255))
def test_no_changed_byte_opens_the_vault(place: int, flip: int) -> None:
    changed = bytearray(DATA)
    changed[place] ^= flip
    with pytest.raises(MediatorError):
        unlock(parse(bytes(changed), policy=LIGHT_FOR_TESTS), "li", PASSWORD)


@pytest.mark.threat("T08")
@pytest.mark.parametrize(
    "cost", [Params(64, 1, 1), Params(2 << 20, 3, 4), Params(65_536, 99, 4), Params(65_536, 3, 64)]
)
def test_a_cost_out_of_bounds_is_refused_before_anything_is_allocated(
    cost: Params, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "Argon2id", None)
    value = raw(MADE)
    for slot in value["slots"]:
        slot.update(m=cost.memory_kib, t=cost.passes, p=cost.lanes)
    with pytest.raises(Unacceptable, match=r"vault\.kdf"):
        parse(bytes_of(value), policy=HOUSE)


def test_what_the_house_writes_is_at_or_above_its_floor() -> None:
    slot = keyfile.empty_slot(keyfile.PASSWORD, "li", HOUSE)
    HOUSE.check(slot.params)
    assert slot.params == Params(128 * 1024, 3, 4)


def test_the_valid_copy_with_the_higher_number_wins_in_either_order() -> None:
    newer = sealed_by(replace(MADE.file, seq=2), MADE.keys)
    for copies in ([DATA, to_bytes(newer)], [to_bytes(newer), DATA]):
        assert newest_first(copies, policy=LIGHT_FOR_TESTS) == [newer, MADE.file]


def test_a_damaged_copy_never_hides_a_good_one() -> None:
    assert newest_first([b"half a fi", DATA], policy=LIGHT_FOR_TESTS) == [MADE.file]
    assert newest_first([DATA, b"", DATA], policy=LIGHT_FOR_TESTS) == [MADE.file]


def test_without_a_valid_copy_the_first_copys_fault_is_told() -> None:
    with pytest.raises(Unacceptable, match=r"vault\.kdf"):
        newest_first([DATA, b"junk"], policy=HOUSE)
    with pytest.raises(Unacceptable, match=r"vault\.keys"):
        newest_first([], policy=HOUSE)


def test_a_login_is_needed_only_where_several_people_can_unlock() -> None:
    slot = MADE.file.slot_of(None)
    assert slot.login == "li"
    two = KeyFile(MADE.file.vault_id, 1, 1, (slot, replace(slot, login="wang")), "")
    with pytest.raises(NoAccess, match=r"vault\.which_user"):
        two.slot_of(None)
    with pytest.raises(NoAccess, match=r"vault\.unknown_user"):
        two.slot_of("zhao")
    assert two.slot_of("wang").login == "wang"
