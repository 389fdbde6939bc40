"""New keys of a center, vouched for by the old ones: followed from any key of the chain, and from no other."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from mediator.crypto.sealing import Sealer
from mediator.crypto.signing import DeskKeys
from mediator.errors import Unacceptable
from mediator.journal.canonical import encode
from sync.wire.cards import CenterCard, Certificate, Membership, card_bytes, read_membership
from sync.wire.succession import by_any, follow, read, succession

VECTOR = Path(__file__).parent / "vectors" / "succession.json"
FIRST, SECOND, THIRD, STRANGER = (Sealer(DeskKeys.from_secret(bytes([n]) * 64)) for n in (1, 2, 3, 9))
CARD = CenterCard("c" * 32, "331122", "缙云县中心", FIRST.sign_public.hex(), FIRST.seal_public.hex())


def under(sealer: Sealer, card: CenterCard = CARD) -> CenterCard:
    """The same county under other keys."""
    return replace(card, sign=sealer.sign_public.hex(), seal=sealer.seal_public.hex())


CHAIN = [
    succession(under(SECOND), old=FIRST, new=SECOND),
    succession(under(THIRD), old=SECOND, new=THIRD),
]  # fmt: skip


@pytest.mark.parametrize(("held", "count"), [(CARD, 2), (under(SECOND), 1), (under(THIRD), 0), (under(STRANGER), 0)])
def test_from_any_key_of_the_chain_the_newest_is_reached(held: CenterCard, count: int) -> None:
    found = follow(held, CHAIN, STRANGER)
    assert len(found) == count
    assert not found or found[-1] == under(THIRD)


def bent(**changes: object) -> dict[str, object]:
    """The first word with something of it changed."""
    return CHAIN[0] | changes


@pytest.mark.threat("T42")
@pytest.mark.parametrize(
    "told",
    [
        bent(sig=CHAIN[1]["sig"]), bent(own="0" * 128), bent(own=CHAIN[1]["own"]), bent(body="{}"), bent(body=3), {},
        bent(body=str(CHAIN[0]["body"]).replace("缙云县", "云和县")),
        succession(under(SECOND), old=STRANGER, new=SECOND) | {"body": CHAIN[0]["body"]},
    ],
)  # fmt: skip
def test_what_a_key_did_not_sign_is_refused(told: dict[str, object]) -> None:
    with pytest.raises(Unacceptable, match=r"center\.succession"):
        follow(CARD, [told], STRANGER)


@pytest.mark.threat("T42")
def test_a_key_that_nobody_knew_vouches_for_nothing() -> None:
    assert follow(CARD, [succession(under(STRANGER), old=THIRD, new=STRANGER)], FIRST) == ()


@pytest.mark.parametrize("other", [{"center": "d" * 32}, {"county": "331123"}])
def test_a_key_cannot_be_handed_to_another_center(other: dict[str, str]) -> None:
    told = succession(replace(under(SECOND), **other), old=FIRST, new=SECOND)  # type: ignore[arg-type]  # texts all
    with pytest.raises(Unacceptable, match=r"center\.succession"):
        follow(CARD, [told], STRANGER)


def test_a_membership_keeps_every_key_and_its_old_bytes_where_none_changed() -> None:
    place = Certificate("d" * 32, "1" * 64, "2" * 64, "331122", "331122101", "缙壶", "07", "desk", 1)
    held = Membership(CARD, place, "https://center.example")
    assert b"former" not in card_bytes(held)
    anew = held.succeeded(follow(CARD, CHAIN, STRANGER), 1_772_000_000_000)
    assert read_membership(card_bytes(anew)) == anew
    assert anew.keys == (THIRD.sign_public, SECOND.sign_public, FIRST.sign_public)
    for bad in ([["zz", 1]], [["1" * 64]], {"a": 1}):
        data = json.loads(card_bytes(anew)) | {"former": bad}
        with pytest.raises(Unacceptable, match=r"center\.card"):
            read_membership(encode(data))


def test_what_any_key_reads_is_read_and_else_the_last_one_s_word_counts() -> None:
    def reading(key: bytes) -> int:
        if key != b"good":
            raise Unacceptable(key.decode())
        return 1

    assert by_any((b"one", b"good"), reading) == by_any((b"good", b"two"), reading) == 1
    with pytest.raises(Unacceptable, match="two"):
        by_any((b"one", b"two"), reading)


def test_the_frozen_words_are_read_by_us_and_by_another_reader() -> None:
    """Standard library and plain Ed25519: the label, then the bytes of the body, under both keys."""
    told = json.loads(VECTOR.read_text("utf-8"))
    for word in told["keys"]:
        body = json.loads(word["body"])
        for key, mark in ((body["before"], word["sig"]), (body["sign"], word["own"])):
            signed = b"mediator/succession/1\x00" + word["body"].encode()
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(mark), signed)
        before, card = read(word, STRANGER)
        assert (before, card.sign) == (body["before"], body["sign"])
    assert told["keys"] == CHAIN, "the same keys say the same, for ever"
