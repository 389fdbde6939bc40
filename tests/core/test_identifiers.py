"""Numbers that identify people and organizations, and how little of them lists show. All numbers here are made up."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.core.codes import Sex
from mediator.core.identifiers import (
    CREDIT,
    Birth,
    birth_and_sex,
    check_digit,
    credit_code_fault,
    mask_address,
    mask_id,
    mask_name,
    mask_phone,
    resident_id_fault,
)

FIRST17 = st.builds(
    lambda place, day, order: f"{place:06d}{day:%Y%m%d}{order:03d}",
    st.integers(110000, 659999), st.dates(date(1900, 1, 1), date(2030, 12, 31)), st.integers(0, 999),
)  # fmt: skip
IDS = FIRST17.map(lambda first: first + check_digit(first))


def weighed(code: str) -> str:
    """The check character of 17 characters by GB 32100, written out once more for the test."""
    total, weight = 0, 1
    for char in code:
        total += "0123456789ABCDEFGHJKLMNPQRTUWXY".index(char) * weight
        weight = weight * 3 % 31
    return "0123456789ABCDEFGHJKLMNPQRTUWXY"[-total % 31]


@pytest.mark.parametrize(
    ("first17", "check"),
    [
        ("33112219680504001", "7"), ("33112219721120002", "2"), ("33112219770315002", "5"), ("33112220000229003", "8"),
    ],
)  # fmt: skip
def test_the_worked_check_digits_of_the_rules(first17: str, check: str) -> None:
    assert check_digit(first17) == check
    assert resident_id_fault(first17 + check) == ""


@given(IDS)
def test_any_wrong_digit_is_noticed(number: str) -> None:
    assert resident_id_fault(number) == ""
    for place in range(18):
        for other in "0123456789X" if place == 17 else "0123456789":
            if other != number[place]:
                assert resident_id_fault(number[:place] + other + number[place + 1 :])


@given(IDS, st.integers(6, 15))
def test_two_swapped_digits_are_noticed(number: str, place: int) -> None:
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert swapped == number or resident_id_fault(swapped)


@given(FIRST17)
def test_birth_and_sex_are_those_of_the_number(first17: str) -> None:
    told = birth_and_sex(first17 + check_digit(first17))
    assert told is not None
    assert f"{told.day:%Y%m%d}" == first17[6:14]
    assert (told.sex is Sex.MALE) == (int(first17[16]) % 2 == 1)


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("331122196805040017", ""), ("331122 19680504 0017", ""), ("３３１１２２１９６８０５０４００１７", ""),
        ("33112219770315002x", "check"), ("331122196805040018", "check"),
        ("331122196802300010", "birth"), ("331122190013010013", "birth"), ("331122196800000017", "birth"),
        ("331122680504001", ""), ("331122680230001", "birth"), ("33112268050400X", "form"), ("", "form"),
        ("33112219680504001", "form"), ("3311221968050400177", "form"), ("33112219680504001A", "form"),
        ("X31122196805040017", "form"), ("٣٣١١٢٢١٩٦٨٠٥٠٤٠٠١٧", "form"), ("331122-19680504-0017", "form"),
    ],
)  # fmt: skip
def test_a_number_is_read_as_people_type_it_and_its_fault_is_named(number: str, fault: str) -> None:
    assert resident_id_fault(number) == fault


def test_a_lower_case_x_is_a_check_digit() -> None:
    first17 = next(f"3311221968050400{n}" for n in range(10) if check_digit(f"3311221968050400{n}") == "X")
    assert resident_id_fault(first17 + "x") == ""


def test_an_old_number_of_fifteen_digits_tells_a_birth_of_the_last_century() -> None:
    assert birth_and_sex("331122680504001") == Birth(date(1968, 5, 4), Sex.MALE)
    assert birth_and_sex("331122680504002") == Birth(date(1968, 5, 4), Sex.FEMALE)


@pytest.mark.parametrize("number", ["", "12345", "331122196802300010", "A" * 18, "331122680230001"])
def test_what_holds_no_birth_tells_none(number: str) -> None:
    assert birth_and_sex(number) is None


@pytest.mark.parametrize("code", ["52331122MJ00000019", "91331122MA0000002T", "91331122ma0000002t"])
def test_the_worked_credit_codes_of_the_rules(code: str) -> None:
    assert credit_code_fault(code) == ""


@given(st.text(CREDIT, min_size=17, max_size=17))
def test_any_wrong_character_of_a_credit_code_is_noticed(first17: str) -> None:
    code = first17 + weighed(first17)
    assert credit_code_fault(code) == ""
    for place in range(18):
        other = CREDIT[(CREDIT.index(code[place]) + 1 + place) % 31]
        if other != code[place]:
            assert credit_code_fault(code[:place] + other + code[place + 1 :]) == "check"


@pytest.mark.parametrize(
    "code", ["", "91331122MA000000", "91331122MI0000002T", "91331122MO0000002T", "9133112ZMA0000002T"]
)
def test_what_is_no_credit_code_is_told_by_its_form(code: str) -> None:
    assert credit_code_fault(code) == "form"


@pytest.mark.parametrize(
    ("mask", "value", "shown"),
    [
        (mask_name, "张三", "张*"), (mask_name, "欧阳修文", "欧阳**"), (mask_name, "欧阳", "欧*"), (mask_name, "", ""),
        (mask_name, "李", "李"), (mask_id, "331122196805040017", "331*************17"), (mask_id, "G1234", "G1234"),
        (mask_id, "G12345", "G12*45"), (mask_phone, "13800001234", "138****1234"), (mask_phone, "3123456", "3123456"),
        (mask_phone, "05783123456", "057****3456"),
        (mask_address, "浙江省缙云县壶镇镇中心村3组12号", "浙江省缙云县壶镇镇中心村…"),
        (mask_address, "缙云县五云街道黄龙社区1幢202室", "缙云县五云街道黄龙社区…"),
        (mask_address, "缙云县壶镇镇溪东路12号", "缙云县壶镇镇…"), (mask_address, "缙云县三溪乡", "缙云县三溪乡"),
        (mask_address, "解放路12号101室", "解放路…"), (mask_address, "壶镇镇溪东路12号村委会对面", "壶镇镇…"),
        (mask_address, "", ""), (mask_address, "12号", "…"),
    ],
)  # fmt: skip
def test_lists_show_no_more_than_a_clerk_needs(mask: object, value: str, shown: str) -> None:
    assert callable(mask)
    assert mask(value) == shown


@given(IDS, st.text("赵钱孙李周吴郑王", min_size=2, max_size=6))
def test_a_mask_keeps_the_length_and_hides_the_middle(number: str, name: str) -> None:
    assert len(mask_id(number)) == 18
    assert number[3:16] not in mask_id(number)
    assert len(mask_name(name)) == len(name)
    assert mask_name(name) == name[0] + "*" * (len(name) - 1)
