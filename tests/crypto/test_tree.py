"""Keys derived by name, wiped at the end, silent in every trace."""

from __future__ import annotations

import hmac

import pytest

from mediator.crypto.tree import VaultKeys, derive, wipe
from mediator.errors import Unacceptable
from tests.crypto.plain_hpke import expand, extract

VAULT = "00112233445566778899aabbccddeeff"


def test_derivation_gives_the_first_32_bytes_of_rfc_5869_a_1() -> None:
    salt, info = bytes(range(0x0D)), bytes(range(0xF0, 0xFA))
    key = derive(b"\x0b" * 22, salt=salt, label=info)
    assert key.hex() == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"


def test_derivation_gives_the_first_32_bytes_of_rfc_5869_a_3_without_salt_and_label() -> None:
    key = derive(b"\x0b" * 22, salt=b"", label=b"")
    assert key.hex() == "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"


@pytest.mark.parametrize("name", ["db", "rowmac", "keyfile", "index"])
def test_every_key_of_a_vault_is_what_an_independent_hkdf_gives_for_its_name(name: str) -> None:
    master = bytes(range(32))
    keys = VaultKeys(master, vault_id=VAULT)
    assert getattr(keys, name) == expand(extract(bytes.fromhex(VAULT), master), b"med/1/" + name.encode(), 32)


def test_keys_of_one_vault_and_of_two_vaults_all_differ() -> None:
    found = set()
    for vault in (VAULT, "ff" * 16):
        keys = VaultKeys(bytes(32), vault_id=vault)
        found |= {bytes(key) for key in (keys.db, keys.rowmac, keys.keyfile, keys.index)}
    assert len(found) == 8


def test_a_row_mac_is_hmac_sha256_under_its_own_key() -> None:
    keys = VaultKeys(bytes(32), vault_id=VAULT)
    assert keys.mac(b"row") == hmac.digest(bytes(keys.rowmac), b"row", "sha256")


def test_a_wrapped_secret_opens_for_its_purpose_only() -> None:
    keys = VaultKeys(bytes(32), vault_id=VAULT)
    wrapped = keys.wrap(b"private", purpose=b"desk keys")
    assert keys.unwrap(wrapped, purpose=b"desk keys") == b"private"
    assert keys.wrap(b"private", purpose=b"desk keys") != wrapped
    for bad, purpose in ((wrapped, b"other"), (wrapped[:-1], b"desk keys"), (b"", b"desk keys")):
        with pytest.raises(Unacceptable, match=r"key\.wrapped"):
            keys.unwrap(bad, purpose=purpose)


def test_closing_overwrites_every_key() -> None:
    keys = VaultKeys(bytes(range(32)), vault_id=VAULT)
    kept = (keys.db, keys.rowmac, keys.keyfile, keys.index)
    keys.close()
    assert all(key == bytes(32) for key in kept)


def test_wiping_works_in_place() -> None:
    first, second = bytearray(b"abc"), bytearray(b"d")
    wipe(first, second)
    assert (first, second) == (bytearray(3), bytearray(1))


@pytest.mark.threat("T15")
def test_a_key_never_shows_itself() -> None:
    keys = VaultKeys(bytes(range(32)), vault_id=VAULT)
    assert repr(keys) == "<VaultKeys of 00112233>"
    assert keys.db.hex() not in f"{keys!r} {keys}"
