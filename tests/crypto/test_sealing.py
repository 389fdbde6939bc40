"""Wrapping a file key for one recipient, and the chunked payload."""

from __future__ import annotations

import hashlib

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from mediator.crypto.sealing import CHUNK, TAG, Sealer, open_payload, seal_payload
from mediator.crypto.signing import DeskKeys
from mediator.errors import Unacceptable
from tests.crypto import plain_hpke

KEYS = DeskKeys.from_secret(bytes(range(64)))
SEALER = Sealer(KEYS)
OTHER = Sealer(DeskKeys.from_secret(bytes(range(64, 128))))
KEY, SALT, INFO = bytes(range(32)), hashlib.sha256(b"before").digest(), b"mediator/bundle/1\x00"


def test_the_independent_hpke_gives_the_vector_of_rfc_9180_a_1_1() -> None:
    sealed = plain_hpke.seal(
        bytes.fromhex("52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736"),
        bytes.fromhex("3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d"),
        bytes.fromhex("4f6465206f6e2061204772656369616e2055726e"),
        bytes.fromhex("4265617574792069732074727574682c20747275746820626561757479"),
        aead=plain_hpke.AES_128, aad=b"Count-0",
    )  # fmt: skip
    assert sealed[:32].hex() == "37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431"
    assert sealed[32:].hex() == (
        "f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a"
    )


def test_our_wrapping_is_hpke_as_an_independent_reader_reads_it() -> None:
    wrapped = SEALER.wrap(SEALER.seal_public, INFO, KEY)
    assert len(wrapped) == 80
    assert plain_hpke.unseal(KEYS.to_secret()[32:], INFO, wrapped, aead=plain_hpke.AES_256) == KEY


def test_we_open_what_an_independent_hpke_wrapped() -> None:
    wrapped = plain_hpke.seal(bytes(31) + b"\x01", SEALER.seal_public, INFO, KEY, aead=plain_hpke.AES_256, aad=b"")
    assert SEALER.unwrap(INFO, wrapped) == KEY


@pytest.mark.threat("T43")
def test_a_wrapped_key_opens_for_its_recipient_and_its_header_alone() -> None:
    wrapped = SEALER.wrap(SEALER.seal_public, INFO, KEY)
    assert SEALER.unwrap(INFO, wrapped) == KEY
    cases = [
        (OTHER, INFO, wrapped),
        (SEALER, b"other header", wrapped),
        (SEALER, INFO, wrapped[:-1]),
        (SEALER, INFO, b""),
    ]
    for sealer, info, data in cases:
        with pytest.raises(Unacceptable, match=r"bundle\.recipient"):
            sealer.unwrap(info, data)


def test_wrapping_to_something_that_is_no_key_is_refused() -> None:
    with pytest.raises(Unacceptable, match=r"key\.length"):
        SEALER.wrap(bytes(31), INFO, KEY)


def test_a_sealer_signs_with_its_own_key_and_verifies_others() -> None:
    mark = SEALER.sign(b"text")
    OTHER.verify(SEALER.sign_public, b"text", mark)
    with pytest.raises(Unacceptable, match=r"signature\.bad"):
        OTHER.verify(OTHER.sign_public, b"text", mark)


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_a_payload_of_any_length_comes_back_and_costs_one_tag_a_chunk(size: int) -> None:
    plain = bytes(size)
    sealed = SEALER.seal_payload(KEY, SALT, plain)
    assert len(sealed) == size + TAG * max(-(-size // CHUNK), 1)
    assert SEALER.open_payload(KEY, SALT, sealed) == plain


def test_a_chunk_is_aes_256_gcm_under_the_derived_key_with_counter_and_final_flag() -> None:
    derived = plain_hpke.expand(plain_hpke.extract(SALT, KEY), b"mediator/payload/1", 32)
    sealed = seal_payload(KEY, SALT, bytes(CHUNK) + b"end")
    cipher = AESGCM(derived)
    assert cipher.decrypt(bytes(11) + b"\x00", sealed[: CHUNK + TAG], None) == bytes(CHUNK)
    assert cipher.decrypt(bytes(10) + b"\x01\x01", sealed[CHUNK + TAG :], None) == b"end"


def test_the_frozen_payload_still_opens() -> None:
    assert seal_payload(KEY, SALT, "调解".encode()).hex() == "f7fb7eb1ac758f63111e375fd8291cbf412bbcf07aeb"


@pytest.mark.threat("T41")
@pytest.mark.parametrize(
    "change",
    [
        lambda data: data[:-1],
        lambda data: data + b"\x00",
        lambda data: data[: CHUNK + TAG],
        lambda data: data[CHUNK + TAG :],
        lambda data: data[CHUNK + TAG : 2 * (CHUNK + TAG)] + data[: CHUNK + TAG] + data[2 * (CHUNK + TAG) :],
        lambda data: data[: CHUNK + TAG] * 2 + data[CHUNK + TAG :],
        lambda data: data + data[-20:],
        lambda _data: b"",
    ],
)
def test_a_payload_cut_swapped_repeated_or_extended_is_refused_in_one_word(change: object) -> None:
    sealed = seal_payload(KEY, SALT, bytes(2 * CHUNK + 4))
    assert callable(change)
    with pytest.raises(Unacceptable, match=r"bundle\.payload"):
        open_payload(KEY, SALT, change(sealed))


@pytest.mark.threat("T41")
@given(st.data())
def test_no_flipped_bit_passes(data: st.DataObject) -> None:
    sealed = bytearray(seal_payload(KEY, SALT, b"a sentence"))
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Unacceptable, match=r"bundle\.payload"):
        open_payload(KEY, SALT, bytes(sealed))


@pytest.mark.threat("T43")
def test_a_payload_is_bound_to_all_bytes_before_it() -> None:
    sealed = seal_payload(KEY, SALT, b"text")
    with pytest.raises(Unacceptable, match=r"bundle\.payload"):
        open_payload(KEY, hashlib.sha256(b"another header").digest(), sealed)
