"""Names of places by their codes."""

from mediator.core.divisions import division_names, full_name, townships


def test_a_county_with_a_file_knows_its_townships_and_what_is_above_it() -> None:
    names = division_names("331122")
    assert names["331122101"] == "壶镇镇"
    assert names["331122"] == "缙云县"
    assert all(code.startswith("331122") or code in {"33", "3311"} for code in names)


def test_a_county_without_a_file_and_a_code_that_is_none_have_no_names() -> None:
    assert division_names("110101") == {}
    assert division_names("../../x") == {}


def test_a_full_name_runs_from_the_province_down_and_is_empty_for_places_that_are_not_listed() -> None:
    assert full_name("331122101") == "浙江省丽水市缙云县壶镇镇"
    assert full_name("331122") == "浙江省丽水市缙云县"
    assert [full_name(code) for code in ("331122999", "110101001", "", "3")] == ["", "", "", ""]


def test_every_township_can_be_chosen_by_its_full_name() -> None:
    chosen = dict(townships())
    assert len(chosen) == 18
    assert chosen["331122101"] == "浙江省丽水市缙云县壶镇镇"
    assert all(len(code) == 9 and name.startswith("浙江省丽水市缙云县") for code, name in chosen.items())
