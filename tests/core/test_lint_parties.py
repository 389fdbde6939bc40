"""A number belongs to whoever is named right before it, and only a look-alike is taken for a slip of the pen."""

from __future__ import annotations

import pytest

from mediator.core.codes import PartyKind, Side
from mediator.core.lint_parties import alike_in, mistaken, named_last, other_numbers, own_number, same_party, two_values
from mediator.core.records import Obligation, ObligationId, Party, PartyId

A, B = "331122196805040017", "331122197703150025"


def party(name: str, number: str = "", phone: str = "") -> Party:
    """A person on the list."""
    return Party(PartyId(name), name, Side.APPLICANT, PartyKind.PERSON, name, id_number=number, phone=phone)


PEOPLE = (party("张秀兰", A, "10012345678"), party("李建军", B, "10087654321"), party("李建"))


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("张秀兰，电话10012345678。", []),
        ("张秀兰，电话10087654321。", ["张秀兰"]),
        ("李建军应当支付张秀兰（电话10012345678）3000元。", []),
        ("李建军应当支付张秀兰（电话10087654321）3000元。", ["张秀兰"]),
        ("李建军（331122197703150025）与张秀兰（331122196805040017）", []),
        ("李建军（331122196805040017）与张秀兰（331122197703150025）", ["李建军", "张秀兰"]),
        ("李建，电话10000000000。", []),
        ("见证人的电话10000000000。", []),
        ("张秀兰在壶镇镇湖川村三组的老房子前面说过的那个很久以前的号码是10087654321。", []),
    ],
)
def test_a_number_is_held_against_the_name_that_stands_nearest_before_it(text: str, whose: list[str]) -> None:
    assert [told.partition("：")[2].partition("的号码")[0] for told in other_numbers(text, PEOPLE)] == whose


def test_two_people_of_one_name_may_each_have_their_number() -> None:
    twins = (party("张伟", A, "10012345678"), party("张伟", B, "10087654321"))
    assert list(other_numbers("张伟，电话10087654321；张伟，身份证号331122196805040017。", twins)) == []
    assert list(two_values(*twins)) == ["证件号码", "电话"]
    assert list(two_values(twins[0], party("张伟", A))) == []


@pytest.mark.parametrize(
    ("text", "name"), [("李建军与李建", "李建"), ("李建与李建军", "李建军"), ("王某与李建军", "李建军"), ("无人", "")]
)
def test_the_name_that_ends_last_is_the_whole_one(text: str, name: str) -> None:
    assert named_last(text, PEOPLE) == name


def test_a_telephone_is_compared_with_the_telephone_alone() -> None:
    assert (own_number(PEOPLE[0], "10000000000"), own_number(PEOPLE[0], B)) == ("10012345678", A)


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("兰", "蓝", True),
        ("己", "已", True),
        ("末", "未", True),
        ("军", "君", True),
        ("军", "花", False),
        ("a", "b", False),
    ],
)
def test_characters_are_mistaken_by_sound_or_stroke(one: str, other: str, found: bool) -> None:
    assert mistaken(one, other) is mistaken(other, one) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("张秀蓝收到", ["张秀蓝"]),
        ("张秀兰收到", []),
        ("李建君与李建军", ["李建君"]),
        ("张大兰收到", []),
        ("秀", []),
        ("", []),
    ],
)
def test_one_wrong_character_that_is_easily_mistaken_is_found(text: str, found: list[str]) -> None:
    known = {each.name for each in PEOPLE}
    assert [each for name in ("张秀兰", "李建军") for each in alike_in(text, name, known)] == found


@pytest.mark.parametrize(
    ("members", "same"),
    [
        ({"payer": "张三", "payee": "张三"}, True),
        ({"payer": "张三", "payee": "张三", "payer_party": "a", "payee_party": "b"}, False),
        ({"payer": "张三", "payee": "李四", "payer_party": "a", "payee_party": "a"}, True),
        ({"payer": "", "payee": ""}, False),
        ({"payer": "张三", "payee": "张三 ", "payer_party": "a"}, True),
    ],
)
def test_nobody_pays_himself_by_link_or_by_name(members: dict[str, str], same: bool) -> None:
    assert same_party(Obligation(ObligationId("1"), **members)) is same  # type: ignore[arg-type]  # ids are plain here
