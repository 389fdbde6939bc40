"""Ed25519: what a desk signs, and that nothing else passes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.crypto.signing import DeskKeys, verify
from mediator.errors import Unacceptable

# RFC 8032, 7.1: secret key, public key, message, signature.
RFC_8032 = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("secret", "public", "message", "signature"), RFC_8032)
def test_signatures_are_those_of_rfc_8032(secret: str, public: str, message: str, signature: str) -> None:
    keys = DeskKeys.from_secret(bytes.fromhex(secret) + bytes(32))
    text = bytes.fromhex(message)
    assert keys.sign_public.hex() == public
    assert keys.sign(text).hex() == signature
    verify(keys.sign_public, text, bytes.fromhex(signature))


def test_keys_survive_their_64_private_bytes() -> None:
    keys = DeskKeys.fresh()
    again = DeskKeys.from_secret(keys.to_secret())
    assert (again.sign_public, again.seal_public) == (keys.sign_public, keys.seal_public)
    assert again.sign(b"x") == keys.sign(b"x")


@pytest.mark.parametrize("size", [0, 32, 63, 65])
def test_private_bytes_of_another_length_are_refused(size: int) -> None:
    with pytest.raises(Unacceptable, match=r"key\.length"):
        DeskKeys.from_secret(bytes(size))


@pytest.mark.threat("T42")
@given(st.integers(0, 64 * 8 - 1))
def test_a_signature_with_any_bit_flipped_is_bad(bit: int) -> None:
    keys = DeskKeys.from_secret(bytes(range(64)))
    mark = bytearray(keys.sign(b"text"))
    mark[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Unacceptable, match=r"signature\.bad"):
        verify(keys.sign_public, b"text", bytes(mark))


@pytest.mark.threat("T42")
@pytest.mark.parametrize(
    ("public", "mark"), [(b"", bytes(64)), (bytes(31), bytes(64)), (bytes(32), b""), (b"\xff" * 32, bytes(64))]
)
def test_keys_and_signatures_that_are_none_are_bad_in_the_same_words(public: bytes, mark: bytes) -> None:
    with pytest.raises(Unacceptable, match=r"signature\.bad"):
        verify(public, b"text", mark)


@pytest.mark.threat("T15")
def test_private_keys_never_show_themselves() -> None:
    assert repr(DeskKeys.fresh()) == "<DeskKeys>"
