"""Passwords: which are good enough, what cost is allowed, and the slow road to a key."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from mediator.crypto import passwords
from mediator.crypto.passwords import HOUSE, LIGHT_FOR_TESTS, Params, Policy, hash_login, prepared, stretch, weaknesses
from mediator.errors import Unacceptable, WorldFailed


def test_the_library_gives_the_argon2id_vector_of_rfc_9106_5_3() -> None:
    kdf = Argon2id(
        salt=b"\x02" * 16, length=32, iterations=3, lanes=4, memory_cost=32, ad=b"\x04" * 12, secret=b"\x03" * 8
    )
    assert kdf.derive(b"\x01" * 32).hex() == "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"


def test_stretching_gives_the_published_argon2id_value_of_the_reference_program() -> None:
    # phc-winner-argon2, src/test.c: version 0x13, argon2id, t=2, m=2^16, p=1, "password", "somesalt"
    key = stretch(b"password", salt=b"somesalt", params=Params(65_536, 2, 1))
    assert key.hex() == "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7"


def test_a_login_verifier_is_the_stretched_password() -> None:
    light = LIGHT_FOR_TESTS.default
    salt = passwords.fresh_salt()
    assert len(salt) == 16
    assert hash_login("一把雨伞两双鞋ABC", salt=salt, params=light) == bytes(
        stretch(prepared("一把雨伞两双鞋ABC"), salt=salt, params=light)
    )


def test_full_width_and_half_width_typing_give_one_password() -> None:
    assert prepared("ＡＢＣ１２３abc!") == prepared("ABC123abc!")


def test_memory_that_is_not_there_is_said_and_never_saved_on(monkeypatch: pytest.MonkeyPatch) -> None:
    class Poor:
        def __init__(self, **_cost: object) -> None: ...

        def derive_into(self, _secret: bytes, _out: bytearray) -> None:
            raise MemoryError

    monkeypatch.setattr(passwords, "Argon2id", Poor)
    with pytest.raises(WorldFailed, match=r"memory\.short"):
        stretch(b"x", salt=bytes(16), params=LIGHT_FOR_TESTS.default)


@pytest.mark.threat("T08")
@pytest.mark.parametrize(
    "cost",
    [
        Params(64 * 1024 - 1, 3, 4), Params(64 * 1024, 2, 4), Params(64 * 1024, 3, 3), Params(1024 * 1024 + 1, 3, 4),
        Params(64 * 1024, 11, 4), Params(64 * 1024, 3, 17),
    ],
)  # fmt: skip
def test_the_house_refuses_a_cost_below_its_floor_or_above_its_ceiling(cost: Params) -> None:
    with pytest.raises(Unacceptable, match=r"vault\.kdf"):
        HOUSE.check(cost)


@pytest.mark.threat("T08")
@pytest.mark.parametrize("cost", [Params(64 * 1024, 3, 4), HOUSE.default, Params(1024 * 1024, 10, 16)])
def test_the_house_takes_every_cost_between_floor_and_ceiling(cost: Params) -> None:
    HOUSE.check(cost)


@pytest.mark.threat("T08")
def test_the_light_cost_of_tests_never_passes_the_house() -> None:
    LIGHT_FOR_TESTS.check(LIGHT_FOR_TESTS.default)
    with pytest.raises(Unacceptable, match=r"vault\.kdf"):
        HOUSE.check(LIGHT_FOR_TESTS.default)
    assert Policy(floor=HOUSE.floor, default=HOUSE.default).ceiling == Params(1024 * 1024, 10, 16)


@pytest.mark.threat("T08")
@pytest.mark.parametrize(
    ("password", "found"),
    [
        ("短的密码12", ("short",)),
        ("1234567890123", ("digits",)),
        ("１２３４５６７８９０１２３", ("digits",)),
        ("20260319445566", ()),
        ("PASSWORD123", ("obvious",)),
        ("aaaaaaaaaaaa", ("obvious",)),
        ("li.tiaojie-2026", ("personal",)),
        ("前面李秀兰后面一些字", ("personal",)),
        ("春天来了把门打开吧好", ()),
        ("1111", ("short", "digits", "obvious")),
    ],
)
def test_a_password_is_judged_by_every_rule_at_once(password: str, found: tuple[str, ...]) -> None:
    assert weaknesses(password, about=("LI.tiaojie", "李秀兰", "x")) == found


@pytest.mark.threat("T08")
def test_a_longer_list_of_common_passwords_may_be_handed_in() -> None:
    assert weaknesses("correct horse", more={"correct horse"}) == ("obvious",)
    assert weaknesses("correct horse") == ()
