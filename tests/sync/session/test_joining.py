"""Joining a county: the code never travels, a stranger is bounded before he is opened, answers are for us alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.errors import MediatorError, Unacceptable
from mediator.journal.canonical import encode
from mediator.journal.entry import DeskId
from sync.session.joining import (
    JoinRequest,
    answer_bundle,
    card_body,
    proof_of,
    proves,
    read_answer,
    read_card,
    read_request,
    request_bundle,
)
from sync.wire.bundle import Address, pack
from sync.wire.cards import Certificate, Membership, signed
from sync.wire.frames import FrameType, write_frames
from sync.wire.limits import MAX_ENROLL
from tests.sync.fakes import FakeSealer
from tests.sync.session.county import CARD, CENTER, COUNTY, HOME

LAPTOP = FakeSealer("laptop")
DESK = DeskId("d" * 32)
REQUEST = JoinRequest(
    DESK, LAPTOP.sign_public.hex(), LAPTOP.seal_public.hex(), "壶镇镇人民调解委员会", "331122101", "李调解",
    proof_of("7K2M-9C4D", desk=DESK, sign=LAPTOP.sign_public, seal=LAPTOP.seal_public),
)  # fmt: skip
CERTIFICATE = Certificate(DESK, REQUEST.sign, REQUEST.seal, COUNTY, "331122101", "缙壶", "7K", "desk", 1)


def asked(payload: bytes, **changes: object) -> bytes:
    """Any payload as an `enroll` bundle, signed by the laptop."""
    own = {"center": CENTER, "county": COUNTY, "dir": "enroll", "desk": DESK, "to": (HOME.seal_public,), "no": 1}
    return pack(Address(**(own | changes)), payload, LAPTOP)  # type: ignore[arg-type]  # changed on purpose


def form(**changes: object) -> bytes:
    """A request with members changed, those that are None left out."""
    body = {name: value for name, value in (asdict(REQUEST) | changes).items() if value is not None}
    return write_frames([(FrameType.HELLO, encode(body))])


def refused(data: bytes) -> str:
    """The code with which the county refuses a request."""
    with pytest.raises(MediatorError) as error:
        read_request(data, center=CENTER, sealer=HOME)
    return error.value.code


# -- request ----------------------------------------------------------------------------------------------------------


def test_a_request_comes_to_the_county_as_it_was_written_and_shows_six_digits() -> None:
    data = request_bundle(REQUEST, CARD, LAPTOP, no=1, wall=5)
    read = read_request(data, center=CENTER, sealer=HOME)
    assert read == REQUEST
    assert read.comparison == REQUEST.comparison
    assert len(read.comparison) == 6


@pytest.mark.threat("T52")
def test_the_code_itself_is_nowhere_in_the_request_and_proves_these_keys_alone() -> None:
    data = request_bundle(REQUEST, CARD, LAPTOP, no=1, wall=5)
    assert b"7K2M" not in data
    assert proves("7k2m 9c4d", REQUEST), "as a person types it"
    assert not proves("7K2M-9C4E", REQUEST)
    assert not proves("7K2M-9C4D", replace(REQUEST, sign=REQUEST.seal))
    assert not proves("7K2M-9C4D", replace(REQUEST, desk="e" * 32))
    assert not proves("7K2M-9C4D", replace(REQUEST, proof=""))


@pytest.mark.threat("T52")
@given(st.text(max_size=80))
def test_no_text_in_the_place_of_a_proof_does_more_than_not_prove(text: str) -> None:
    assert not proves("7K2M-9C4D", replace(REQUEST, proof=text))


REQUESTS: tuple[tuple[str, Callable[[], bytes], str], ...] = (
    ("for another county", lambda: asked(form(), center="e" * 32), "bundle.foreign"),
    ("not a request", lambda: asked(form(), dir="up"), "bundle.foreign"),
    ("for another desk than it says", lambda: asked(form(desk="e" * 32)), "enroll.form"),
    ("with somebody else's key", lambda: asked(form(sign=HOME.sign_public.hex())), "enroll.form"),
    ("without a key", lambda: asked(form(seal=None)), "enroll.form"),
    ("with a short key", lambda: asked(form(seal="1" * 62)), "enroll.form"),
    ("with a key that is none", lambda: asked(form(sign="x" * 64)), "enroll.form"),
    ("with a number for a name", lambda: asked(form(name=7)), "enroll.form"),
    ("of a list", lambda: asked(write_frames([(FrameType.HELLO, b"[]")])), "enroll.form"),
    ("of 64 KiB", lambda: asked(form(name="a" * MAX_ENROLL)), "bundle.size"),
    ("of 64 KiB on the line", lambda: request_bundle(REQUEST, CARD, LAPTOP, no=1, wall=1) + bytes(MAX_ENROLL),
     "bundle.size"),
    ("sealed to somebody else", lambda: asked(form(), to=(LAPTOP.seal_public,)), "bundle.recipient"),
)  # fmt: skip


@pytest.mark.threat("T45")
@pytest.mark.threat("T52")
@pytest.mark.parametrize(("_name", "made", "code"), REQUESTS, ids=[name for name, *_ in REQUESTS])
def test_a_request_that_is_not_sound_is_refused_by_name(_name: str, made: Callable[[], bytes], code: str) -> None:
    assert read_request(asked(form(newer="member")), center=CENTER, sealer=HOME) == REQUEST
    assert refused(made()) == code


@pytest.mark.threat("T45")
def test_a_strangers_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    def touched(*_: object) -> bytes:
        raise AssertionError("opened")

    bomb = asked(write_frames([(FrameType.HELLO, encode({"name": " ".join(map(str, range(20_000)))}))]))
    assert len(bomb) < MAX_ENROLL
    monkeypatch.setattr("sync.session.joining.unseal", touched)
    assert refused(bomb) == "bundle.size"


@pytest.mark.threat("T42")
def test_a_request_whose_signature_is_not_that_of_its_key_is_refused() -> None:
    data = request_bundle(REQUEST, CARD, LAPTOP, no=1, wall=5)
    assert refused(data[:-1] + bytes((data[-1] ^ 1,))) == "bundle.signature"


# -- answer -----------------------------------------------------------------------------------------------------------


def test_an_answer_makes_a_member() -> None:
    data = answer_bundle(Membership(CARD, CERTIFICATE), HOME, no=1, wall=5)
    assert read_answer(data, CARD, LAPTOP, desk=DESK, url="https://x") == Membership(CARD, CERTIFICATE, "https://x")


def answered(certs: object, **changes: object) -> bytes:
    """Any certificates as an answer of the county."""
    rows = [(int(FrameType.HELLO), b"{}")] + ([(int(FrameType.CERTS), encode(certs))] if certs is not None else [])
    own = {"center": CENTER, "county": COUNTY, "dir": "answer", "desk": DESK, "to": (LAPTOP.seal_public,), "no": 1}
    return pack(Address(**(own | changes)), write_frames(rows), HOME)  # type: ignore[arg-type]


def certified(**changes: object) -> dict[str, object]:
    """A certificate for us with members changed, signed by the county."""
    return {"certificate": signed(asdict(CERTIFICATE) | changes, HOME)}


ANSWERS: tuple[tuple[str, bytes, str], ...] = (
    ("of another county", answered(certified(), center="e" * 32), "bundle.foreign"),
    ("to another desk", answered(certified(), desk="e" * 32), "bundle.foreign"),
    ("that is a down bundle", answered(certified(), dir="down"), "bundle.foreign"),
    ("without certificates", answered(None), "certificate.signature"),
    ("without ours", answered({}), "certificate.signature"),
    ("signed by nobody", answered({"certificate": {"body": "{}", "sig": "0" * 128}}), "certificate.signature"),
    ("for another desk's keys", answered(certified(sign="1" * 64)), "certificate.foreign"),
    ("for a key that we cannot open with", answered(certified(seal="1" * 64)), "certificate.foreign"),
    ("for another desk", answered(certified(desk="e" * 32)), "certificate.foreign"),
    ("for another county", answered(certified(county="330000")), "certificate.foreign"),
    ("with a key that is none", answered(certified(sign="wrong")), "certificate.form"),
    ("with a seat that is a number", answered(certified(seat=7)), "certificate.form"),
)


@pytest.mark.threat("T52")
@pytest.mark.threat("T42")
@pytest.mark.parametrize(("_name", "data", "code"), ANSWERS, ids=[name for name, *_ in ANSWERS])
def test_an_answer_that_is_not_the_countys_word_for_our_keys_is_refused(_name: str, data: bytes, code: str) -> None:
    with pytest.raises(Unacceptable) as error:
        read_answer(data, CARD, LAPTOP, desk=DESK)
    assert error.value.code == code


@pytest.mark.threat("T42")
def test_an_answer_of_somebody_with_another_key_is_refused() -> None:
    thief = FakeSealer("thief")
    data = answer_bundle(Membership(CARD, CERTIFICATE), thief, no=1, wall=5)
    with pytest.raises(Unacceptable, match=r"bundle\.signature"):
        read_answer(data, CARD, LAPTOP, desk=DESK)


# -- card -------------------------------------------------------------------------------------------------------------


def test_a_card_is_read_as_the_county_shows_it() -> None:
    assert read_card(card_body(CARD, HOME), LAPTOP) == CARD


NO_CARDS: tuple[tuple[str, bytes], ...] = (
    ("a captive portal", b"<!DOCTYPE html><html><body>Login</body></html>"),
    ("nothing", b""),
    ("no object", b"[]"),
    ("an object", b"{}"),
    ("a body that is none", encode({"body": "x", "sig": "0" * 128})),
    ("a body that is a number", encode({"body": 7, "sig": "0" * 128})),
    ("a card signed by another", card_body(CARD, LAPTOP)),
    ("a key too short", card_body(replace(CARD, seal="1" * 62), HOME)),
    ("a county that is a list", encode(signed(asdict(CARD) | {"county": []}, HOME))),
    ("changed afterwards", card_body(CARD, HOME).replace("缙云".encode(), "青田".encode())),
)


@pytest.mark.threat("T51")
@pytest.mark.parametrize(("_name", "data"), NO_CARDS, ids=[name for name, _ in NO_CARDS])
def test_whatever_else_answers_is_not_a_card(_name: str, data: bytes) -> None:
    with pytest.raises(Unacceptable, match=r"center\.card"):
        read_card(data, LAPTOP)


@given(st.binary(max_size=200))
def test_no_bytes_make_the_readers_fail_otherwise_than_by_name(data: bytes) -> None:
    with pytest.raises(Unacceptable, match=r"center\.card"):
        read_card(data, LAPTOP)
    with pytest.raises(MediatorError):
        read_request(data, center=CENTER, sealer=HOME)
