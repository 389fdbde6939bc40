"""Cards, certificates and memberships: signed, strictly read, kept as they came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.errors import MediatorError, Unacceptable
from mediator.journal.canonical import encode
from sync.wire.cards import (
    CenterCard,
    Certificate,
    Membership,
    card_bytes,
    card_of,
    certificate_of,
    checked,
    read_membership,
    signed,
)
from tests.sync.fakes import FakeSealer

COUNTY = FakeSealer("county")
CARD = CenterCard("c" * 32, "331122", "缙云县中心", COUNTY.sign_public.hex(), COUNTY.seal_public.hex(), 2)
CERTIFICATE = Certificate(
    desk="d" * 32, sign="1" * 64, seal="2" * 64, county="331122", township="331122101", room="缙壶", seat="7K",
    role="desk", not_before_no=3,
)  # fmt: skip
MEMBERSHIP = Membership(CARD, CERTIFICATE, "https://county.example")


def test_a_membership_is_kept_and_read_again() -> None:
    assert read_membership(card_bytes(MEMBERSHIP)) == MEMBERSHIP


def test_a_fingerprint_is_sixteen_characters_that_hang_on_the_signing_key() -> None:
    other = CenterCard("c" * 32, "331122", "缙云县中心", "1" * 64, CARD.seal, 2)
    assert len(CARD.fingerprint) == 16
    assert CARD.fingerprint != other.fingerprint
    assert not set(CARD.fingerprint) & set("ilou"), "no letter that a person takes for another"


@pytest.mark.threat("T42")
def test_a_signed_body_is_believed_from_its_signer_alone() -> None:
    value = signed(asdict(CARD), COUNTY)
    assert card_of(checked(value, COUNTY.sign_public, COUNTY)) == CARD
    forged: tuple[object, ...] = (
        None, [], "x", {}, {"body": value["body"]}, {"sig": value["sig"]}, value | {"sig": "0" * 128},
        value | {"sig": str(value["sig"]).upper()}, value | {"sig": 7}, value | {"body": str(value["body"]) + " "},
        signed(asdict(CARD), FakeSealer("neighbor")),
    )  # fmt: skip
    for each in forged:
        with pytest.raises(Unacceptable, match=r"certificate\.signature"):
            checked(each, COUNTY.sign_public, COUNTY)


@pytest.mark.threat("T42")
def test_a_signature_over_what_is_no_object_is_worth_nothing() -> None:
    with pytest.raises(Unacceptable, match=r"certificate\.signature"):
        checked(signed(["a"], COUNTY), COUNTY.sign_public, COUNTY)


CARDS: tuple[dict[str, object], ...] = (
    {"center": "c" * 31}, {"sign": "1" * 62}, {"seal": "x" * 64}, {"county": 331122}, {"name": None}, {"epoch": "2"},
    {"epoch": -1}, {"epoch": True}, {"sign": 7},
)  # fmt: skip
CERTIFICATES: tuple[dict[str, object], ...] = (
    {"desk": "d"}, {"sign": "1" * 63}, {"seal": ""}, {"seat": 7}, {"role": None}, {"not_before_no": "3"},
)  # fmt: skip


def changed(value: Mapping[str, object], changes: Mapping[str, object]) -> dict[str, object]:
    """A body with members changed, those that are None left out."""
    return {name: each for name, each in {**value, **changes}.items() if each is not None}


@pytest.mark.threat("T45")
@pytest.mark.parametrize("changes", CARDS, ids=str)
def test_a_card_with_one_member_wrong_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(Unacceptable, match=r"center\.card"):
        card_of(changed(asdict(CARD), changes))


@pytest.mark.threat("T45")
@pytest.mark.parametrize("changes", CERTIFICATES, ids=str)
def test_a_certificate_with_one_member_wrong_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(Unacceptable, match=r"certificate\.form"):
        certificate_of(changed(asdict(CERTIFICATE), changes))


def test_members_of_a_newer_county_are_passed_over() -> None:
    assert card_of(asdict(CARD) | {"crl_key": "3" * 64}) == CARD
    assert certificate_of(asdict(CERTIFICATE) | {"by": "admin"}) == CERTIFICATE
    assert card_of(changed(asdict(CARD), {"epoch": None})).epoch == 1


@pytest.mark.parametrize(
    "changes", [{"card": None}, {"certificate": []}, {"url": None}, {"url": 1}, {"card": "x"}], ids=str
)
def test_a_damaged_membership_is_refused_by_name(changes: dict[str, object]) -> None:
    whole = {"card": asdict(CARD), "certificate": asdict(CERTIFICATE), "url": ""}
    with pytest.raises(Unacceptable, match=r"center\.card"):
        read_membership(encode(changed(whole, changes)))


@given(st.binary(max_size=200))
def test_no_bytes_make_the_reader_fail_otherwise_than_by_name(data: bytes) -> None:
    with pytest.raises(MediatorError):
        read_membership(data)
