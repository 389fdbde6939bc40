"""Names of places by their codes."""

from mediator.core.divisions import division_names


def test_a_county_with_a_file_knows_its_townships_and_what_is_above_it() -> None:
    names = division_names("331122")
    assert names["331122101"] == "壶镇镇"
    assert names["331122"] == "缙云县"
    assert all(code.startswith("331122") or code in {"33", "3311"} for code in names)


def test_a_county_without_a_file_and_a_code_that_is_none_have_no_names() -> None:
    assert division_names("110101") == {}
    assert division_names("../../x") == {}
